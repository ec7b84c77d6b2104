"""What a network and who answered it both let everybody read; and where one submission stands on the way there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from secretariat.civil_society.published_models import PublishedAnswer, PublishedReply, PublishedSubmission

SHOWN = 50
"""Submissions on one page."""


@dataclass(frozen=True, slots=True)
class Both:
    """A submission and its answers, each published by its own side; and what the network replied, by answer."""

    submission: PublishedSubmission
    answers: Sequence[PublishedAnswer]
    replies: Mapping[UUID, PublishedReply]


def of_both_sides(session: Session, process: UUID, page: int = 1) -> tuple[list[Both], bool]:
    """What both sides of a process have published, the latest first, and whether there is more. Whoever looks finds the
    same: what one side alone has published stands nowhere."""
    answered = exists().where(PublishedAnswer.submission_id == PublishedSubmission.submission_id)
    found = session.scalars(
        select(PublishedSubmission)
        .where(PublishedSubmission.process_id == process, answered)
        .order_by(PublishedSubmission.sent_on.desc(), PublishedSubmission.id)
        .offset((page - 1) * SHOWN)
        .limit(SHOWN + 1)
    ).all()
    shown = found[:SHOWN]
    answers: dict[UUID, list[PublishedAnswer]] = defaultdict(list)
    wanted = select(PublishedAnswer).where(PublishedAnswer.submission_id.in_([one.submission_id for one in shown]))
    for row in session.scalars(wanted.order_by(PublishedAnswer.given_on, PublishedAnswer.id)):
        answers[row.submission_id].append(row)
    replies = {row.answer_id: row for row in replies_of(session, [one.submission_id for one in shown])}
    return [Both(one, answers[one.submission_id], replies) for one in shown], len(found) > SHOWN


def is_anything_published(session: Session, process: UUID) -> bool:
    """Whether both sides of a process have published anything."""
    answered = exists().where(PublishedAnswer.submission_id == PublishedSubmission.submission_id)
    wanted = select(PublishedSubmission.id).where(PublishedSubmission.process_id == process, answered)
    return session.scalar(wanted.limit(1)) is not None


def of_network(session: Session, submission: UUID) -> PublishedSubmission | None:
    """What the network published of a submission."""
    return session.scalar(select(PublishedSubmission).where(PublishedSubmission.submission_id == submission))


def of_answers(session: Session, submission: UUID) -> dict[UUID, PublishedAnswer]:
    """What was published of the answers to a submission, by answer."""
    wanted = select(PublishedAnswer).where(PublishedAnswer.submission_id == submission)
    return {one.answer_id: one for one in session.scalars(wanted)}


def replies_of(session: Session, submissions: Collection[UUID]) -> Sequence[PublishedReply]:
    """What was published of the replies of the network to the answers to these submissions."""
    wanted = select(PublishedReply).where(PublishedReply.submission_id.in_(sorted(submissions, key=str)))
    return session.scalars(wanted.order_by(PublishedReply.id)).all()


def of_answer(session: Session, answer: UUID) -> PublishedAnswer | None:
    """What was published of one answer."""
    return session.scalar(select(PublishedAnswer).where(PublishedAnswer.answer_id == answer))
