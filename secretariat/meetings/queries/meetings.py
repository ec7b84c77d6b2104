"""Meetings in lists and one by one, notices, and the last meeting of each body."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from secretariat.core.database import one_of
from secretariat.core.dates import PartialDate
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_access
from secretariat.meetings.models import (
    Meeting,
    MeetingNotice,
    MeetingState,
)
from secretariat.processes.models import (
    Body,
    Process,
)

LOOKED_BACK = 60
"""Among how many of the latest meetings the last one of each body is looked for."""


@dataclass(frozen=True, slots=True)
class ListedMeeting:
    """A meeting as a list shows it. `id` is None where the reader may know the days and not the meeting."""

    id: UUID | None
    title: LocalText
    body: LocalText | None
    starts_on: PartialDate | None
    ends_on: PartialDate | None
    place: LocalText | None
    is_online: bool
    state: MeetingState
    label_id: int


def process_by_slug(session: Session, slug: str) -> Process | None:
    return session.scalar(select(Process).where(Process.slug == slug))


def meetings_of(session: Session, process: UUID) -> list[ListedMeeting]:
    """All meetings of a process the reader may know of: meetings, and notices of those one may not read."""
    listed = [
        ListedMeeting(*row)
        for row in session.execute(
            select(
                Meeting.id,
                Meeting.title,
                Body.name,
                Meeting.starts_on,
                Meeting.ends_on,
                Meeting.place,
                Meeting.is_online,
                Meeting.state,
                Meeting.label_id,
            )
            .outerjoin(Body, Meeting.body_id == Body.id)
            .where(Meeting.process_id == process)
        )
    ]
    known = {one.id for one in listed}
    notices = session.execute(
        select(
            MeetingNotice.meeting_id,
            MeetingNotice.title,
            Body.name,
            MeetingNotice.starts_on,
            MeetingNotice.ends_on,
            MeetingNotice.place,
            MeetingNotice.is_online,
            MeetingNotice.state,
            MeetingNotice.label_id,
        )
        .outerjoin(Body, MeetingNotice.body_id == Body.id)
        .where(MeetingNotice.process_id == process)
    )
    return listed + [ListedMeeting(None, *row[1:]) for row in notices if row[0] not in known]


def meetings_in_full(session: Session, process: UUID) -> dict[UUID, Meeting]:
    """All meetings of a process the reader may read, by id."""
    return {one.id: one for one in session.scalars(select(Meeting).where(Meeting.process_id == process))}


def coming_and_past(
    listed: Iterable[ListedMeeting], on: date
) -> tuple[list[ListedMeeting], list[ListedMeeting], list[ListedMeeting]]:
    """Meetings to come (the next first), those without days, and past ones (the latest first)."""
    coming, undated, past = [], [], []
    for one in listed:
        last = one.ends_on or one.starts_on
        if last is None:
            undated.append(one)
        elif last.last_day < on or one.state in (MeetingState.HELD, MeetingState.CLOSED):
            past.append(one)
        else:
            coming.append(one)
    return (
        sorted(coming, key=lambda one: (str(one.starts_on), str(one.title))),
        sorted(undated, key=lambda one: str(one.title)),
        sorted(past, key=lambda one: (str(one.starts_on or ""), str(one.title)), reverse=True),
    )


def meeting_by_id(session: Session, meeting: UUID) -> Meeting | None:
    """A meeting with body, process and host; none where the reader may not see its process (joined inwards)."""
    return session.scalar(
        select(Meeting)
        .where(Meeting.id == meeting)
        .options(
            joinedload(Meeting.process, innerjoin=True),
            joinedload(Meeting.track, innerjoin=True),
            joinedload(Meeting.body),
            selectinload(Meeting.sittings),
            selectinload(Meeting.join_link),
        )
    )


def notice_of(session: Session, meeting: UUID) -> MeetingNotice | None:
    """The notice of a meeting, where it has readers of its own."""
    return session.scalar(select(MeetingNotice).where(MeetingNotice.meeting_id == meeting))


def last_of_each_body(session: Session, track: UUID, bodies: Iterable[UUID], most: int) -> list[Meeting]:
    """The last meeting of each of these bodies, and of the whole process, that was announced: the latest first."""
    went_ahead = (MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.CLOSED)
    found = session.scalars(
        select(Meeting)
        .where(Meeting.track_id == track, one_of(Meeting.state, went_ahead), Meeting.starts_on.is_not(None))
        .order_by(Meeting.starts_on.desc(), Meeting.id)
        .limit(LOOKED_BACK)
    )
    last: dict[UUID | None, Meeting] = {}
    for one in found:
        last.setdefault(one.body_id, one)
    open_ones = {None, *bodies}
    return [one for body, one in last.items() if body in open_ones][:most]


def titles_of_body(session: Session, body: UUID) -> list[tuple[date | None, LocalText]]:
    """The titles of a body's meetings and their first days, with all eyes: for the number in a proposed title."""
    with system_access(session, Reason.NUMBERING) as system:
        kept = select(Meeting.starts_on, Meeting.title)
        kept = kept.where(Meeting.body_id == body, Meeting.state != MeetingState.CANCELLED)
        return [(first.first_day if first is not None else None, title) for first, title in system.execute(kept)]
