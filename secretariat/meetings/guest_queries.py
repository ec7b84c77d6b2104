"""Reading guests - who is invited to single items of a meeting alone - under the reader's eyes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from secretariat.core.database import one_of
from secretariat.core.labelling import label_value
from secretariat.core.session import Reason, system_access
from secretariat.meetings import queries
from secretariat.meetings.guest_models import Guest, GuestSeat
from secretariat.meetings.models import AgendaItem, Answer, Meeting, MeetingState
from secretariat.processes.models import Body, LifeState, Process, StandingKind, Track, TrackKind


def guest_by_id(session: Session, guest: UUID) -> Guest | None:
    """A guest with its items; none where the reader may not see its process (joined inwards)."""
    return session.scalar(
        select(Guest)
        .where(Guest.id == guest)
        .options(
            joinedload(Guest.process, innerjoin=True),
            joinedload(Guest.track),
            joinedload(Guest.network),
            selectinload(Guest.items),
        )
    )


def guests_of(session: Session, meeting: UUID) -> Sequence[Guest]:
    """Guests of a meeting that are not withdrawn, with their items."""
    return session.scalars(
        select(Guest)
        .where(Guest.meeting_id == meeting, Guest.withdrawn_at.is_(None))
        .options(selectinload(Guest.items))
        .order_by(Guest.invited_at, Guest.id)
    ).all()


def seats_of(session: Session, meeting: UUID) -> Sequence[GuestSeat]:
    """The seats of guests at items of a meeting, in the order of the agenda."""
    return session.scalars(
        select(GuestSeat)
        .join(GuestSeat.item)
        .where(AgendaItem.meeting_id == meeting)
        .options(contains_eager(GuestSeat.item))
        .order_by(AgendaItem.day, AgendaItem.position, GuestSeat.id)
    ).all()


def items_to_open(session: Session, meeting: UUID) -> list[AgendaItem]:
    """Items that can be opened to guests: those all readers of the meeting read, without breaks."""
    agenda = queries.agenda_of(session, meeting)
    by_id = {one.id: one for one in agenda}
    return [one for one in agenda if not one.is_break and _is_for_all(one, by_id.get(one.within_id or one.id))]


def _is_for_all(item: AgendaItem, within: AgendaItem | None) -> bool:
    return item.own_label_id is None and within is not None and within.own_label_id is None


def participants_to_open_to(session: Session, meeting: Meeting, on: date) -> dict[UUID, StandingKind]:
    """Participants of the track that could not read the meeting if they were invited, and are no guests yet."""
    clauses = label_value(session, meeting.label_id).clauses
    held = queries.standings_today(session, meeting.process_id, meeting.track_id, meeting.body, on)
    known = {one.participant_id for one in guests_of(session, meeting.id)}
    gone = (StandingKind.FORMER, StandingKind.CANDIDATE, StandingKind.SUSPENDED)
    return {
        key: kind
        for key, (kind, standing) in held.items()
        if key not in known and kind not in gone and not queries.could_read(standing, clauses, on)
    }


def networks_to_open_to(session: Session, meeting: Meeting) -> list[Track]:
    """Networks of the process on the other side of the wall that are no guests yet."""
    known = {one.network_id for one in guests_of(session, meeting.id)}
    found = session.scalars(
        select(Track)
        .where(Track.process_id == meeting.process_id, Track.kind == TrackKind.CIVIL_SOCIETY)
        .order_by(Track.position)
    )
    return [one for one in found if one.id != meeting.track_id and one.id not in known]


def awaited_guests(
    session: Session, on: date, process: UUID | None = None, participant: UUID | None = None
) -> Sequence[Guest]:
    """Guests of meetings still to come that have not answered."""
    wanted = (
        select(Guest)
        .join(Guest.process)
        .where(
            one_of(Guest.answer, (Answer.AWAITED, Answer.WILL_ANSWER)),
            Guest.state == MeetingState.ANNOUNCED,
            Guest.withdrawn_at.is_(None),
            or_(Guest.last_on.is_(None), Guest.last_on >= on),
            Process.state == LifeState.ACTIVE,
        )
        .order_by(Guest.id)
    )
    if process is not None:
        wanted = wanted.where(Guest.process_id == process)
    if participant is not None:
        wanted = wanted.where(Guest.participant_id == participant)
    found = session.scalars(wanted).all()
    resting = _of_resting_bodies(session, {one.meeting_id for one in found}) if found else set()
    return [one for one in found if one.meeting_id not in resting]


def _of_resting_bodies(session: Session, meetings: set[UUID]) -> set[UUID]:
    """Meetings whose body rests or is concluded: nobody is asked, guests no more than others. With all eyes, for a
    guest reads neither the meeting nor, it may be, its body."""
    with system_access(session, Reason.FOLLOW_UP) as system:
        rests = select(Meeting.id).join(Body, Meeting.body_id == Body.id).where(Body.state != LifeState.ACTIVE)
        return set(system.scalars(rests.where(Meeting.id.in_(meetings))))
