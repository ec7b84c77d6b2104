"""What a network submitted and was answered, where both sides let everybody read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from secretariat.civil_society import queries
from secretariat.civil_society.models import Submission, SubmissionAnswer, SubmissionState
from secretariat.civil_society.reply_models import AnswerReply
from secretariat.core.labelling import label_value
from secretariat.core.labels import Level

MOST = 100
"""Submissions on the page; the latest."""


@dataclass(frozen=True, slots=True)
class Published:
    """A submission that everybody reads, with those of its answers that everybody reads, and the replies to them."""

    submission: Submission
    answers: Sequence[SubmissionAnswer]
    replies: dict[UUID, AnswerReply]


def published(session: Session, process: UUID) -> list[Published]:
    """Submissions and answers of a process that are public, the latest first: the network has published the one, who
    answered the other. Whoever looks finds the same."""
    given = aliased(SubmissionAnswer)
    sent = session.scalars(
        select(Submission)
        .where(
            Submission.process_id == process,
            Submission.state == SubmissionState.SENT,
            exists().where(given.submission_id == Submission.id, given.given_at.is_not(None)),
        )
        .order_by(Submission.sent_at.desc(), Submission.id)
        .limit(MOST)
    ).all()
    public = _Public(session)
    shown = [one for one in sent if public(one)]
    answers: dict[UUID, list[SubmissionAnswer]] = {one.id: [] for one in shown}
    rows = session.scalars(
        select(SubmissionAnswer)
        .where(SubmissionAnswer.submission_id.in_(sorted(answers, key=str)), SubmissionAnswer.given_at.is_not(None))
        .order_by(SubmissionAnswer.given_at, SubmissionAnswer.id)
    )
    for row in rows:
        if public(row):
            answers[row.submission_id].append(row)
    replies = queries.replies_to(session, [row.id for found in answers.values() for row in found])
    told = {key: one for key, one in replies.items() if public(one)}
    return [Published(one, answers[one.id], told) for one in shown if answers[one.id]]


class _Public:
    """Whether a thing has a label for everybody; each label is looked up once."""

    def __init__(self, session: Session) -> None:
        self._session, self._known = session, dict[int, bool]()

    def __call__(self, thing: Submission | SubmissionAnswer | AnswerReply) -> bool:
        key = thing.label_id
        if key not in self._known:
            self._known[key] = label_value(self._session, key).level is Level.PUBLIC
        return self._known[key]
