"""What stands in a calendar and its feeds, under the reader's eyes: as many statements for one meeting as for many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from secretariat.core import clock
from secretariat.core.database import one_of
from secretariat.core.dates import PartialDate
from secretariat.core.localtext import LocalText
from secretariat.documents.models import Document, DocumentState
from secretariat.meetings import joint_queries
from secretariat.meetings.clashes import Span
from secretariat.meetings.joint_models import JointNotice
from secretariat.meetings.models import Meeting, MeetingNotice, MeetingState, Sitting
from secretariat.processes.models import Body, LifeState, Process
from secretariat.texts.deadline import Deadline
from secretariat.texts.models import CommentRound, TextEdition
from secretariat.texts.silence_models import SilenceProcedure

SHOWN = (MeetingState.DRAFT, MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.CLOSED)
"""States of meetings that stand in a calendar: what was called off leaves it."""
SENT = (MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.CLOSED)
"""States of meetings that stand in feeds."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting on its days. `meeting` is None where the reader may know the days and not the meeting; `acronym` is
    empty where the reader does not read its process."""

    meeting: UUID | None
    title: LocalText
    acronym: str
    days: Span
    place: LocalText | None
    is_online: bool
    is_draft: bool
    label_id: int
    sittings: tuple[Sitting | JointNotice, ...] = ()
    notice: UUID | None = None
    """Of a session both sides of a wall hold together: the notice one's own side has of it."""
    track: UUID | None = None
    """The side of the wall it stands on."""

    def sitting_on(self, day: date) -> Sitting | JointNotice | None:
        """The first sitting of a day."""
        return next((one for one in self.sittings if one.day == day), None)


def entries_between(session: Session, days: Span, processes: Collection[UUID]) -> list[Entry]:
    """Meetings of these processes on these days, the earliest first."""
    meetings = [one for one in session.execute(_rows(Meeting, days, processes)) if one.starts_on.precision == "day"]
    known = {one.id for one in meetings}
    notices = [
        one
        for one in session.execute(_rows(MeetingNotice, days, processes))
        if one.id not in known and one.starts_on.precision == "day"
    ]
    sittings = sittings_of(session, known)
    found = [
        Entry(
            one.id if one.id in known else None,
            one.title,
            one.acronym or "",
            Span(one.starts_on.first_day, (one.ends_on or one.starts_on).last_day),
            one.place,
            one.is_online,
            one.state is MeetingState.DRAFT,
            one.label_id,
            sittings.get(one.id, ()),
            track=one.track_id,
        )
        for one in (*meetings, *notices)
    ]
    # who reads the notices of both sides is told once of a session
    joint = {one.session_id: one for one in joint_queries.notices_on(session, days, processes)}
    found += [_of_both_sides(one) for one in joint.values()]
    return sorted(found, key=lambda one: (one.days.first, one.days.last, one.acronym, str(one.title)))


def _of_both_sides(one: JointNotice) -> Entry:
    span = Span(one.held_on, one.held_on)
    return Entry(
        None, one.title, one.process.acronym, span, one.place, False, False, one.label_id, (one,), one.id, one.track_id
    )


def sittings_of(session: Session, meetings: Collection[UUID]) -> dict[UUID, tuple[Sitting, ...]]:
    """The sittings of these meetings, by meeting, in order."""
    found: dict[UUID, list[Sitting]] = defaultdict(list)
    wanted = select(Sitting).where(Sitting.meeting_id.in_(sorted(meetings, key=str)))
    for one in session.scalars(wanted.order_by(Sitting.day, Sitting.begins)):
        found[one.meeting_id].append(one)
    return {key: tuple(sittings) for key, sittings in found.items()}


@dataclass(frozen=True, slots=True)
class Due:
    """The end of a silence or of a round of comments on a text that stands in the calendar of a year."""

    id: UUID
    is_silence: bool
    title: LocalText
    acronym: str
    days: Span
    label_id: int


def due_between(session: Session, days: Span, processes: Collection[UUID]) -> list[Due]:
    """What texts under silence or comment are due by on these days, the earliest first. What was called off, or ended
    before its day, is due no more."""
    found = [
        Due(one.id, kind is SilenceProcedure, one.title, one.acronym or "", Span(on, on), one.label_id)
        for kind in (SilenceProcedure, CommentRound)
        for one in session.execute(_due(kind, days, processes))
        if not _ended_before(one) and (on := one.ends_on)
    ]
    return sorted(found, key=lambda one: (one.days.first, one.acronym, str(one.title)))


def _due(kind: type[Any], days: Span, processes: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    ended = kind.recorded_at if kind is SilenceProcedure else kind.closed_at
    wanted = (
        select(
            kind.id, kind.ends_on, kind.ends_hour, kind.zone, ended.label("ended_at"), kind.label_id, Document.title,
            Process.acronym,
        )
        .join(TextEdition, kind.edition_id == TextEdition.id)
        .join(Document, TextEdition.document_id == Document.id)
        .outerjoin(Process, kind.process_id == Process.id)
        .where(
            kind.process_id.in_(sorted(processes, key=str)),
            kind.ends_on.between(days.first, days.last),
            Document.state == DocumentState.ISSUED,
        )
    )  # fmt: skip
    return wanted.where(kind.called_off_at.is_(None)) if kind is SilenceProcedure else wanted


def _ended_before(one: Row[*tuple[Any, ...]]) -> bool:
    """Whether its end was put on record before its hour came: an objection, or a round closed by hand."""
    return one.ended_at is not None and one.ended_at < Deadline(one.ends_on, one.ends_hour, one.zone).at


def processes_in(session: Session, processes: Collection[UUID]) -> list[Process]:
    """Those of these processes the reader reads, by acronym."""
    wanted = select(Process).where(Process.id.in_(sorted(processes, key=str))).order_by(Process.acronym, Process.id)
    return list(session.scalars(wanted))


def process_by_id(session: Session, process: UUID) -> Process | None:
    """One process."""
    return session.scalar(select(Process).where(Process.id == process))


# --- feeds --------------------------------------------------------------------------------------------------------


def meetings_sent(
    session: Session, since: date, *, processes: Collection[UUID] = (), body: UUID | None = None
) -> list[Meeting]:
    """Meetings of these processes, or of a body, that end on a day or later, with all a calendar is told of them."""
    where = Meeting.body_id == body if body is not None else Meeting.process_id.in_(sorted(processes, key=str))
    found = session.scalars(
        select(Meeting)
        .outerjoin(Process, Meeting.process_id == Process.id)
        .outerjoin(Body, Meeting.body_id == Body.id)
        .where(where, one_of(Meeting.state, SENT), Meeting.ends_on >= PartialDate.parse(since), _stays(Meeting))
        .options(joinedload(Meeting.process), selectinload(Meeting.sittings), selectinload(Meeting.join_link))
        .order_by(Meeting.starts_on, Meeting.id)
    )
    return [one for one in found if one.starts_on is not None and one.starts_on.precision == "day"]


def notices_sent(
    session: Session, since: date, *, processes: Collection[UUID] = (), body: UUID | None = None
) -> list[MeetingNotice]:
    """Notices of the same."""
    of_body = MeetingNotice.body_id == body
    where = of_body if body is not None else MeetingNotice.process_id.in_(sorted(processes, key=str))
    found = session.scalars(
        select(MeetingNotice)
        .outerjoin(Process, MeetingNotice.process_id == Process.id)
        .outerjoin(Body, MeetingNotice.body_id == Body.id)
        .where(
            where,
            one_of(MeetingNotice.state, SENT),
            MeetingNotice.ends_on >= PartialDate.parse(since),
            _stays(MeetingNotice),
        )
        .options(joinedload(MeetingNotice.process))
        .order_by(MeetingNotice.starts_on, MeetingNotice.id)
    )
    return [one for one in found if one.starts_on is not None and one.starts_on.precision == "day"]


def _stays(kind: type[Any]) -> Any:
    """Feeds of what rests or is concluded stop: what was held stays where it stood, what was to come is not told."""
    at_work = (or_(one.id.is_(None), one.state == LifeState.ACTIVE) for one in (Process, Body))
    return or_(kind.ends_on < PartialDate.parse(clock.today()), and_(*at_work))


def _rows(kind: type[Any], days: Span, processes: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    key = kind.id if kind is Meeting else kind.meeting_id
    return (
        select(
            key.label("id"), kind.title, Process.acronym, kind.starts_on, kind.ends_on, kind.place, kind.is_online,
            kind.state, kind.label_id, kind.track_id,
        )
        .outerjoin(Process, kind.process_id == Process.id)
        .where(
            kind.process_id.in_(sorted(processes, key=str)),
            one_of(kind.state, SHOWN),
            kind.starts_on <= PartialDate.parse(days.last),
            kind.ends_on >= PartialDate.parse(days.first),
        )
    )  # fmt: skip
