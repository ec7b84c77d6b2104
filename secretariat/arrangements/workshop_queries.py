"""Named reads of workshops, under the eyes of the session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session, joinedload

from secretariat.arrangements.workshop_models import (
    CapacityBuilt,
    SeatState,
    Workshop,
    WorkshopCall,
    WorkshopSeat,
)
from secretariat.core import clock
from secretariat.meetings.queries import participants_today
from secretariat.processes.models import Process, StandingKind, Track


def process_by_slug(session: Session, slug: str) -> Process | None:
    return session.scalar(select(Process).where(Process.slug == slug))


def workshops_of(session: Session, process: UUID) -> Sequence[Workshop]:
    """The workshops of a process, the latest first."""
    return session.scalars(
        select(Workshop).where(Workshop.process_id == process).order_by(Workshop.starts_on.desc(), Workshop.id)
    ).all()


def members_today(session: Session, one: Workshop) -> list[UUID]:
    """Whom a workshop can ask: the members of its track today, for members read it."""
    today = participants_today(session, one.process_id, one.track_id, clock.today(one.process.zone))
    return [key for key, standing in today.items() if standing is StandingKind.MEMBER]


def workshop_by_id(session: Session, key: UUID) -> Workshop | None:
    wanted = select(Workshop).where(Workshop.id == key)
    return session.scalar(
        wanted.options(joinedload(Workshop.process, innerjoin=True), joinedload(Workshop.track, innerjoin=True))
    )


def call_by_id(session: Session, key: UUID) -> WorkshopCall | None:
    return session.scalar(
        select(WorkshopCall).where(WorkshopCall.id == key).options(joinedload(WorkshopCall.workshop, innerjoin=True))
    )


def own_call(session: Session, workshop: UUID, participant: UUID | None) -> WorkshopCall | None:
    """The call to the participant one acts for."""
    if participant is None:
        return None
    return session.scalar(
        select(WorkshopCall)
        .where(WorkshopCall.workshop_id == workshop, WorkshopCall.participant_id == participant)
        .options(joinedload(WorkshopCall.workshop, innerjoin=True))
    )


def calls_of(session: Session, workshop: UUID) -> Sequence[WorkshopCall]:
    return session.scalars(select(WorkshopCall).where(WorkshopCall.workshop_id == workshop)).all()


def seats_of(session: Session, workshop: UUID, participant: UUID | None = None) -> Sequence[WorkshopSeat]:
    """Who was named, as far as the reader reads; of one participant where it is given. In the order of preference."""
    wanted = select(WorkshopSeat).where(WorkshopSeat.workshop_id == workshop)
    if participant is not None:
        wanted = wanted.where(WorkshopSeat.participant_id == participant)
    return session.scalars(wanted.order_by(WorkshopSeat.rank, WorkshopSeat.id)).all()


def seat_by_id(session: Session, key: UUID) -> WorkshopSeat | None:
    return session.scalar(
        select(WorkshopSeat).where(WorkshopSeat.id == key).options(joinedload(WorkshopSeat.workshop, innerjoin=True))
    )


def built_of(session: Session, workshop: UUID) -> Sequence[CapacityBuilt]:
    """What participants said that they could use."""
    return session.scalars(
        select(CapacityBuilt).where(CapacityBuilt.workshop_id == workshop).order_by(CapacityBuilt.said_at)
    ).all()


def built_between(
    session: Session, process: UUID, track: UUID, begins: datetime, ends: datetime
) -> Sequence[Row[*tuple[Any, ...]]]:
    """What was said of workshops of a track in a period: participant, words, title and last day of the workshop."""
    return session.execute(
        select(CapacityBuilt.participant_id, CapacityBuilt.words, Workshop.title, Workshop.ends_on)
        .join(Workshop, Workshop.id == CapacityBuilt.workshop_id)
        .where(
            Workshop.process_id == process,
            Workshop.track_id == track,
            CapacityBuilt.said_at >= begins,
            CapacityBuilt.said_at < ends,
        )
        .order_by(Workshop.ends_on, CapacityBuilt.said_at, CapacityBuilt.id)
    ).all()


# --- awaited ------------------------------------------------------------------------------------------------------

_CALL = (
    WorkshopCall.id,
    WorkshopCall.participant_id,
    WorkshopCall.label_id,
    WorkshopCall.answered_on,
    WorkshopCall.evaluated,
    WorkshopCall.workshop_id,
    Workshop.process_id,
    Workshop.track_id,
    Workshop.title,
    Workshop.called_at,
    Workshop.nominate_by,
    Workshop.ends_on,
    Workshop.chosen_at,
    Workshop.attended_at,
    Process.zone,
)


def rows_of_awaited(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Calls that may await something: for one process or participant where the parameters say so."""
    wanted = (
        select(*_CALL)
        .join(Workshop, Workshop.id == WorkshopCall.workshop_id)
        .join(Track, Track.id == Workshop.track_id)
        .join(Process, Process.id == Workshop.process_id)
        .where(Workshop.called_at.is_not(None))
    )
    if of_process:
        wanted = wanted.where(Workshop.process_id == bindparam("process", type_=Workshop.process_id.type))
    if of_participant:
        wanted = wanted.where(
            WorkshopCall.participant_id == bindparam("participant", type_=WorkshopCall.participant_id.type)
        )
    return wanted.order_by(WorkshopCall.id)


def calls_awaiting(session: Session, process: UUID | None, participant: UUID | None) -> Sequence[Row[*tuple[Any, ...]]]:
    asked = rows_of_awaited(of_process=process is not None, of_participant=participant is not None)
    return session.execute(asked, {"process": process, "participant": participant}).all()


def came(session: Session, workshops: Collection[UUID]) -> Counter[tuple[UUID, UUID | None]]:
    """How many came of each participant, by workshop."""
    rows = session.execute(
        select(WorkshopSeat.workshop_id, WorkshopSeat.participant_id).where(
            WorkshopSeat.workshop_id.in_(sorted(workshops, key=str)), WorkshopSeat.attended.is_(True)
        )
    )
    return Counter((row.workshop_id, row.participant_id) for row in rows)


def said_use(session: Session, workshops: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Which participants have said what they could use, by workshop."""
    rows = session.execute(
        select(CapacityBuilt.workshop_id, CapacityBuilt.participant_id).where(
            CapacityBuilt.workshop_id.in_(sorted(workshops, key=str))
        )
    )
    return {(row.workshop_id, row.participant_id) for row in rows}


def ended_seats(session: Session, on: date) -> Sequence[WorkshopSeat]:
    return session.scalars(select(WorkshopSeat).where(WorkshopSeat.ends_on <= on)).all()


KEPT = timedelta(days=730)
CHOSEN = SeatState.CHOSEN
