"""What submissions became, and from which submissions a thing comes, each as far as the reader may read both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from secretariat.civil_society.became_models import AnswerLink, LedTo
from secretariat.civil_society.models import Submission, SubmissionAnswer, SubmissionState
from secretariat.civil_society.policy import LIAISON, REPRESENTATIVE
from secretariat.core import kinds
from secretariat.core.viewer import Viewer
from secretariat.documents.models import Document, DocumentState
from secretariat.meetings.models import AgendaItem, Meeting, Outcome
from secretariat.plans.models import Activity, Commitment, CommitmentState, Plan

MODELS: Mapping[LedTo, type[Any]] = {
    LedTo.AGENDA_ITEM: AgendaItem,
    LedTo.OUTCOME: Outcome,
    LedTo.ACTIVITY: Activity,
    LedTo.COMMITMENT: Commitment,
    LedTo.DOCUMENT: Document,
}
MOST = 300
"""Things of one kind that are offered; the latest."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing a submission led to, as its reader finds it. `link` is by what it is taken away."""

    link: UUID
    kind: LedTo
    title: Any
    page: str | None


def things_of(session: Session, answers: Collection[UUID]) -> dict[UUID, list[Thing]]:
    """What these answers are linked to; what the reader may not read is not among it, nor that there is more."""
    if not answers:
        return {}
    rows = session.scalars(
        select(AnswerLink)
        .where(AnswerLink.answer_id.in_(sorted(answers, key=str)))
        .order_by(AnswerLink.linked_at, AnswerLink.id)
    ).all()
    found = _read(session, rows)
    things: dict[UUID, list[Thing]] = defaultdict(list)
    for row in rows:
        one = found.get((row.kind, row.thing_id))
        if one is not None:
            things[row.answer_id].append(Thing(row.id, row.kind, *_called(one)))
    return things


def _read(session: Session, rows: Iterable[AnswerLink]) -> dict[tuple[LedTo, UUID], Any]:
    by_kind: dict[LedTo, set[UUID]] = defaultdict(set)
    for row in rows:
        by_kind[row.kind].add(row.thing_id)
    return {
        (kind, one.id): one
        for kind, keys in by_kind.items()
        for one in session.scalars(select(MODELS[kind]).where(MODELS[kind].id.in_(sorted(keys, key=str))))
    }


def _called(thing: Any) -> tuple[Any, str | None]:
    kind = kinds.kind_of(thing)
    assert kind is not None  # all of `MODELS` are entered
    return kind.title(thing), kind.page(thing)


def reads_submissions(viewer: Viewer) -> bool:
    """Whether anything of submissions can come before this reader: others are asked nothing more of the database."""
    represents = any(one.name in (REPRESENTATIVE, LIAISON) for one in viewer.roles)
    return bool(viewer.offices) or represents


def behind(session: Session, things: Sequence[UUID]) -> dict[UUID, list[Submission]]:
    """The submissions these things come from, as far as the reader may read them."""
    if not things:
        return {}
    rows = session.execute(
        select(AnswerLink.thing_id, Submission)
        .join(Submission, AnswerLink.submission_id == Submission.id)
        .join(SubmissionAnswer, AnswerLink.answer_id == SubmissionAnswer.id)
        .where(
            AnswerLink.thing_id.in_(sorted(things, key=str)),
            SubmissionAnswer.given_at.is_not(None),
            Submission.state != SubmissionState.DRAFT,
        )
        .order_by(Submission.sent_at, Submission.id)
    )
    found: dict[UUID, list[Submission]] = defaultdict(list)
    for thing, one in rows:
        if one not in found[thing]:
            found[thing].append(one)
    return found


def commenting_on(session: Session, document: UUID) -> Sequence[Submission]:
    """The submissions that were sent and comment on this version, or on the copy of it that was opened, as far as the
    reader may read them."""
    return session.scalars(
        select(Submission)
        .where(
            Submission.on_document_id == document,
            Submission.state == SubmissionState.SENT,
        )
        .order_by(Submission.sent_at, Submission.id)
    ).all()


@dataclass(frozen=True, slots=True)
class CameOf:
    """What came of a submission: a thing its reader reads, and the submission."""

    submission: Submission
    kind: LedTo
    title: Any
    page: str | None


def came_between(session: Session, process: UUID, since: datetime, until: datetime) -> list[CameOf]:
    """What the submissions of a process were linked to in a time, as far as the reader may read both."""
    rows = session.execute(
        select(AnswerLink, Submission)
        .join(Submission, AnswerLink.submission_id == Submission.id)
        .join(SubmissionAnswer, AnswerLink.answer_id == SubmissionAnswer.id)
        .where(
            Submission.process_id == process,
            SubmissionAnswer.given_at.is_not(None),
            AnswerLink.linked_at >= since,
            AnswerLink.linked_at < until,
        )
        .order_by(Submission.sent_at, Submission.id, AnswerLink.linked_at, AnswerLink.id)
    ).all()
    found = _read(session, [link for link, _one in rows])
    return [
        CameOf(one, link.kind, *_called(found[link.kind, link.thing_id]))
        for link, one in rows
        if (link.kind, link.thing_id) in found
    ]


def offered(session: Session, process: UUID, track: UUID, kind: LedTo) -> list[tuple[UUID, Any]]:
    """The things of a kind on the governments' side that the reader may read, the latest first, as they are called."""
    rows = session.scalars(_OFFERED[kind](process, track).limit(MOST)).unique().all()
    return [(one.id, _called(one)[0]) for one in rows]


def thing_by_id(session: Session, process: UUID, track: UUID, kind: LedTo, key: UUID) -> Any:
    """One of them; None for what is not offered."""
    return session.scalar(_OFFERED[kind](process, track).where(MODELS[kind].id == key))


def links_of(session: Session, answer: UUID) -> Sequence[AnswerLink]:
    """The links of an answer, whatever they lead to."""
    return session.scalars(select(AnswerLink).where(AnswerLink.answer_id == answer)).all()


def link_by_id(session: Session, key: UUID) -> AnswerLink | None:
    """A link with its answer."""
    return session.scalar(
        select(AnswerLink).where(AnswerLink.id == key).options(joinedload(AnswerLink.answer, innerjoin=True))
    )


def _items(process: UUID, track: UUID) -> Select[Any]:
    wanted = select(AgendaItem).join(Meeting, AgendaItem.meeting_id == Meeting.id)
    on_track = wanted.where(Meeting.process_id == process, Meeting.track_id == track, AgendaItem.is_break.is_(False))
    return on_track.order_by(Meeting.starts_on.desc(), AgendaItem.position, AgendaItem.id)


def _outcomes(process: UUID, track: UUID) -> Select[Any]:
    wanted = select(Outcome).where(Outcome.process_id == process, Outcome.track_id == track)
    return wanted.order_by(Outcome.dated.desc(), Outcome.number, Outcome.id)


def _activities(process: UUID, track: UUID) -> Select[Any]:
    wanted = select(Activity).join(Plan, Activity.plan_id == Plan.id)
    return wanted.where(Plan.process_id == process, Plan.track_id == track).order_by(
        Plan.adopted_on.desc(), Activity.place, Activity.id
    )


def _commitments(process: UUID, track: UUID) -> Select[Any]:
    wanted = select(Commitment).join(Plan, Commitment.plan_id == Plan.id)
    accepted = Commitment.state == CommitmentState.ACCEPTED
    return wanted.where(Plan.process_id == process, Plan.track_id == track, accepted).order_by(
        Plan.adopted_on.desc(), Commitment.place, Commitment.number, Commitment.id
    )


def _documents(process: UUID, track: UUID) -> Select[Any]:
    wanted = select(Document).where(Document.process_id == process, Document.track_id == track)
    return wanted.where(Document.state == DocumentState.ISSUED).order_by(Document.released_at.desc(), Document.id)


_OFFERED = {
    LedTo.AGENDA_ITEM: _items,
    LedTo.OUTCOME: _outcomes,
    LedTo.ACTIVITY: _activities,
    LedTo.COMMITMENT: _commitments,
    LedTo.DOCUMENT: _documents,
}
