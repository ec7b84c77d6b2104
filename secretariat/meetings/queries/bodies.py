"""Bodies at work, the track one keeps, who takes part and who chairs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.viewer import Viewer
from secretariat.meetings.models import (
    Meeting,
)
from secretariat.processes.models import (
    Body,
    ChairTerm,
    LifeState,
    Participation,
    StandingKind,
    Track,
)


def open_bodies(session: Session, process: UUID, track: UUID, on: date) -> list[Body]:
    """Bodies of a track that are at work today, in the order of the process."""
    found = session.scalars(select(Body).where(Body.process_id == process, Body.track_id == track))
    at_work = [one for one in found if one.held_on(on) and one.state is LifeState.ACTIVE]
    return sorted(at_work, key=lambda one: (one.position, str(one.name), str(one.id)))


def bodies_of(session: Session, processes: Sequence[UUID], on: date) -> list[Body]:
    """Bodies of these processes that are at work today, on whichever track the reader reads."""
    found = session.scalars(select(Body).where(Body.process_id.in_(sorted(processes, key=str))))
    at_work = [one for one in found if one.held_on(on) and one.state is LifeState.ACTIVE]
    return sorted(at_work, key=lambda one: (str(one.process_id), one.position, str(one.name), str(one.id)))


def track_kept(session: Session, process: UUID, viewer: Viewer) -> Track | None:
    """The track of the process whose secretariat one acts as."""
    tracks = session.scalars(select(Track).where(Track.process_id == process).order_by(Track.position))
    return next((one for one in tracks if viewer.keeps(one.id)), None)


def participants_today(session: Session, process: UUID, track: UUID, on: date) -> dict[UUID, StandingKind]:
    """Participants of a track with the standing they have on a day; those that have left are not among them."""
    held = session.scalars(
        select(Participation).where(Participation.process_id == process, Participation.track_id == track)
    )
    gone = (StandingKind.FORMER, StandingKind.CANDIDATE)
    return {
        one.participant_id: one.standing
        for one in held
        if one.participant_id is not None and one.held_on(on) and one.standing not in gone
    }


def chair_terms_of(session: Session, meeting: Meeting, on: date) -> list[ChairTerm]:
    """Who chairs the meeting's body on a day; else who chairs the process."""
    terms = session.scalars(
        select(ChairTerm)
        .where(
            ChairTerm.process_id == meeting.process_id,
            ChairTerm.body_id.is_(None) | (ChairTerm.body_id == meeting.body_id),
        )
        .order_by(ChairTerm.id)
    )
    held = [one for one in terms if one.held_on(on) and one.role in ("chair", "co_chair")]
    own = [one for one in held if one.body_id is not None]
    return own or held
