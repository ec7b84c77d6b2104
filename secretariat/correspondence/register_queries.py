"""Named reads of the register, under the session's eyes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from secretariat.correspondence.register_models import Direction, LetterKind, LetterScan, RegisteredLetter
from secretariat.directory.models import Appointment
from secretariat.meetings.models import Invitation, Meeting
from secretariat.processes.models import Track


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; empty for all. `participants` are those whose names hold the words."""

    words: str = ""
    participants: Collection[UUID] = ()
    direction: Direction | None = None
    kind: LetterKind | None = None
    year: int | None = None


def letter_by_id(session: Session, key: UUID) -> RegisteredLetter | None:
    """One entry, in its process and track."""
    wanted = (
        select(RegisteredLetter)
        .join(RegisteredLetter.process)
        .join(RegisteredLetter.track)
        .options(contains_eager(RegisteredLetter.process), contains_eager(RegisteredLetter.track))
    )
    return session.scalar(wanted.where(RegisteredLetter.id == key))


def scan_by_id(session: Session, key: UUID) -> LetterScan | None:
    """A scan of a letter the reader reads."""
    return session.scalar(select(LetterScan).join(LetterScan.letter).where(LetterScan.id == key))


def letters_sought(session: Session, track: Track, sought: Sought) -> Select[RegisteredLetter]:
    """The entries of a track that fit, the latest first."""
    wanted = select(RegisteredLetter).where(
        RegisteredLetter.process_id == track.process_id, RegisteredLetter.track_id == track.id
    )
    if sought.direction is not None:
        wanted = wanted.where(RegisteredLetter.direction == sought.direction)
    if sought.kind is not None:
        wanted = wanted.where(RegisteredLetter.kind == sought.kind)
    if sought.year is not None:
        first, last = date(sought.year, 1, 1), date(sought.year, 12, 31)
        wanted = wanted.where(RegisteredLetter.passed_on >= first, RegisteredLetter.passed_on <= last)
    if sought.words:
        fields: tuple[Any, ...] = (
            RegisteredLetter.subject,
            RegisteredLetter.correspondent,
            RegisteredLetter.reference,
            RegisteredLetter.symbol,
            RegisteredLetter.decided,
        )
        fits = [one.icontains(sought.words, autoescape=True) for one in fields]
        if sought.participants:
            fits.append(RegisteredLetter.correspondent_id.in_(list(sought.participants)))
        wanted = wanted.where(or_(*fits))
    return wanted.order_by(RegisteredLetter.passed_on.desc(), RegisteredLetter.number.desc(), RegisteredLetter.id)


def number_of(session: Session, wanted: Select[RegisteredLetter]) -> int:
    """How many entries fit."""
    return session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0


def correspondents_of(session: Session, track: Track) -> list[UUID]:
    """The participants with whom letters of a track were exchanged."""
    rows = session.scalars(
        select(RegisteredLetter.correspondent_id)
        .where(RegisteredLetter.track_id == track.id, RegisteredLetter.correspondent_id.is_not(None))
        .distinct()
    )
    return sorted((one for one in rows if one is not None), key=str)


def years_of(session: Session, track: Track) -> list[int]:
    """The years of a register, the latest first."""
    rows = session.execute(
        select(func.min(RegisteredLetter.passed_on), func.max(RegisteredLetter.passed_on)).where(
            RegisteredLetter.track_id == track.id
        )
    ).one()
    return list(range(rows[1].year, rows[0].year - 1, -1)) if rows[0] is not None else []


def earlier_ones(session: Session, track: Track, most: int = 200) -> Sequence[RegisteredLetter]:
    """What a letter can answer, the latest first."""
    return session.scalars(letters_sought(session, track, Sought()).limit(most)).all()


def later_ones(session: Session, letter: RegisteredLetter) -> Sequence[RegisteredLetter]:
    """What answers a letter."""
    wanted = select(RegisteredLetter).where(RegisteredLetter.earlier_id == letter.id)
    return session.scalars(wanted.order_by(RegisteredLetter.passed_on, RegisteredLetter.id)).all()


@dataclass(frozen=True, slots=True)
class NamedElsewhere:
    """A letter that is named where it decided something, and does not stand in the register yet."""

    words: str
    on: date | None
    participant: UUID | None
    appointment: UUID | None = None
    invitation: UUID | None = None


def named_elsewhere(session: Session, track: Track, most: int = 20) -> list[NamedElsewhere]:
    """Letters that named focal points and delegations and are in no entry, the latest first."""
    entered = select(RegisteredLetter.appointment_id, RegisteredLetter.invitation_id).where(
        RegisteredLetter.track_id == track.id, RegisteredLetter.direction == Direction.IN
    )
    known = {key for row in session.execute(entered) for key in row if key is not None}
    appointments = session.scalars(
        select(Appointment)
        .where(Appointment.track_id == track.id, Appointment.letter != "")
        .order_by(Appointment.since.desc(), Appointment.id)
        .limit(most + len(known))
    )
    found = [
        NamedElsewhere(one.letter, one.letter_on, one.participant_id, appointment=one.id)
        for one in appointments
        if one.id not in known and one.participant_id is not None
    ]
    invitations = session.scalars(
        select(Invitation)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .where(Meeting.track_id == track.id, Invitation.letter_on.is_not(None))
        .order_by(Invitation.letter_on.desc(), Invitation.id)
        .limit(most + len(known))
    )
    found += [
        NamedElsewhere(one.letter_reference, one.letter_on, one.participant_id, invitation=one.id)
        for one in invitations
        if one.id not in known
    ]
    return sorted(found, key=lambda one: one.on or date.min, reverse=True)[:most]
