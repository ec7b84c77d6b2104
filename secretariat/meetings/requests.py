"""Requests to the secretariat: outcomes that speak to it, that are requests to nobody else, or that were made one.

They are open until they are seen to. With a day within a week, or past, they lie on the secretariat's desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, bindparam, func, or_, select
from sqlalchemy.orm import Session

from secretariat.core import awaited
from secretariat.core.database import one_of
from secretariat.meetings.models import Addressed, Meeting, MeetingState, Outcome, OutcomeState
from secretariat.processes.models import Body, LifeState, Process

REQUEST = "request"
SOON = timedelta(days=7)
"""What is due so soon lies on the desk."""


def is_request(outcome: Outcome) -> bool:
    """Whether an outcome asks something of the secretariat."""
    speaks_to_it = outcome.addressed_to == Addressed.SECRETARIAT.value
    to_nobody_else = outcome.kind == REQUEST and not outcome.addressed_to
    return speaks_to_it or to_nobody_else or outcome.asked_of_secretariat_at is not None


def _asks_secretariat() -> ColumnElement[bool]:
    """`is_request`, for the database."""
    return or_(
        Outcome.addressed_to == Addressed.SECRETARIAT.value,
        (Outcome.kind == REQUEST) & (Outcome.addressed_to == ""),
        Outcome.asked_of_secretariat_at.is_not(None),
    )


@dataclass(frozen=True, slots=True)
class Requests:
    """The requests to one secretariat: what is open, the earliest day first; a page of what is seen to, the latest
    first, and how much of that there is in all."""

    open: Sequence[Row[*tuple[Any, ...]]]
    done: Sequence[Row[*tuple[Any, ...]]]


_SHOWN = (
    Outcome.id,
    Outcome.meeting_id,
    Outcome.text,
    Outcome.label_id,
    Outcome.due_on,
    Outcome.seen_to_on,
    Outcome.seen_to_word,
    Meeting.title,
    Meeting.starts_on,
)


def _of_track() -> Any:
    return (
        select(*_SHOWN)
        .join(Meeting, Outcome.meeting_id == Meeting.id)
        .where(
            Outcome.track_id == bindparam("track", type_=Outcome.track_id.type),
            Outcome.state == OutcomeState.CONFIRMED,
            _asks_secretariat(),
        )
    )


_OPEN = _of_track().where(Outcome.seen_to_on.is_(None)).order_by(Outcome.due_on.is_(None), Outcome.due_on, Outcome.id)
_DONE = _of_track().where(Outcome.seen_to_on.is_not(None)).order_by(Outcome.seen_to_on.desc(), Outcome.id)
_HOW_MANY_DONE = (
    select(func.count(Outcome.id))
    .join(Meeting, Outcome.meeting_id == Meeting.id)
    .where(
        Outcome.track_id == bindparam("track", type_=Outcome.track_id.type),
        Outcome.state == OutcomeState.CONFIRMED,
        Outcome.seen_to_on.is_not(None),
        _asks_secretariat(),
    )
)


def done_of(session: Session, track: UUID) -> int:
    """How many requests to the secretariat of a track are seen to, as far as the reader reads them."""
    return session.scalar(_HOW_MANY_DONE, {"track": track}) or 0


def requests_of(session: Session, track: UUID, *, offset: int, limit: int) -> Requests:
    """The requests to the secretariat of a track; of those that are seen to, a page."""
    return Requests(
        open=session.execute(_OPEN, {"track": track}).all(),
        done=session.execute(_DONE.offset(offset).limit(limit), {"track": track}).all(),
    )


# --- on the desk --------------------------------------------------------------------------------------------------

_PREPARED = (MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.CLOSED)
# Built once: everybody's day begins with it.
_DUE = (
    select(
        Outcome.id, Outcome.text, Outcome.label_id, Outcome.process_id, Outcome.track_id, Outcome.meeting_id,
        Outcome.due_on, Outcome.confirmed_at,
    )
    .join(Meeting, Outcome.meeting_id == Meeting.id)
    .join(Process, Outcome.process_id == Process.id)
    .outerjoin(Body, Meeting.body_id == Body.id)
    .where(
        Outcome.state == OutcomeState.CONFIRMED,
        Outcome.seen_to_on.is_(None),
        Outcome.due_on <= bindparam("by", type_=Outcome.due_on.type),
        _asks_secretariat(),
        one_of(Meeting.state, _PREPARED),
        Process.state == LifeState.ACTIVE,
        or_(Meeting.body_id.is_(None), Body.state == LifeState.ACTIVE),
    )
    .order_by(Outcome.due_on, Outcome.id)
)  # fmt: skip
_DUE_IN_PROCESS = _DUE.where(Outcome.process_id == bindparam("process", type_=Outcome.process_id.type))


def due(session: Session, process: UUID | None, participant: UUID | None, on: date) -> Iterable[awaited.Awaited]:
    """Open requests that are late or due within a week, of the secretariat that keeps their track. What a process or
    body at rest left behind asks nothing."""
    if participant is not None:
        return []
    asked = {"by": on + SOON}
    rows = (
        session.execute(_DUE, asked)
        if process is None
        else session.execute(_DUE_IN_PROCESS, {**asked, "process": process})
    )
    return [_awaited(one, on) for one in rows]


def _awaited(one: Row[*tuple[Any, ...]], on: date) -> awaited.Awaited:
    return awaited.Awaited(
        kind=REQUEST,
        subject=one.id,
        process=one.process_id,
        track=one.track_id,
        participant=None,
        title=one.text,
        since=one.confirmed_at.date() if one.confirmed_at is not None else on,
        due_on=one.due_on,
        cycle=one.due_on.isoformat(),
        label_id=one.label_id,
        within=one.meeting_id,
    )
