"""Named reads of the contact log, under the eyes of the session they are given."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from secretariat.core.session import Reason, system_access
from secretariat.follow_up.contact_models import ContactNote
from secretariat.follow_up.unanswered import Spoken
from secretariat.meetings.models import AttributionRule, Meeting, Outcome
from secretariat.plans.models import Commitment
from secretariat.processes.models import ParticipantName, Participation

COMMITMENTS = ("commitment", "proposal")
"""Kinds of awaited things that are commitments."""


def note_by_id(session: Session, note: UUID) -> ContactNote | None:
    """One contact note with what it was about."""
    wanted = select(ContactNote).where(ContactNote.id == note)
    return session.scalar(
        wanted.options(selectinload(ContactNote.items), joinedload(ContactNote.process), joinedload(ContactNote.track))
    )


def notes_in(session: Session, tracks: Collection[UUID]) -> Sequence[ContactNote]:
    """The contact notes of tracks, latest first."""
    wanted = select(ContactNote).where(ContactNote.track_id.in_(sorted(tracks, key=str)))
    return session.scalars(
        wanted.options(selectinload(ContactNote.items)).order_by(ContactNote.contacted_at.desc(), ContactNote.id)
    ).all()


def notes_of_person(session: Session, person: UUID) -> Sequence[ContactNote]:
    """What is on file about a person, as far as the reader may read it, latest first."""
    wanted = select(ContactNote).where(ContactNote.person_id == person)
    return session.scalars(
        wanted.options(
            selectinload(ContactNote.items), joinedload(ContactNote.process), joinedload(ContactNote.track)
        ).order_by(ContactNote.contacted_at.desc(), ContactNote.id)
    ).all()


def corrections_asked(session: Session) -> Sequence[ContactNote]:
    """Notes whose persons asked to have something put right, first come first."""
    wanted = select(ContactNote).where(ContactNote.correction_asked_at.is_not(None))
    return session.scalars(wanted.order_by(ContactNote.correction_asked_at, ContactNote.id)).all()


@dataclass(frozen=True, slots=True)
class Log:
    """The contact notes of a track, latest first, sorted by what they are about and with whom."""

    notes: Sequence[ContactNote]
    zone: str

    def about(self, participant: UUID, subject: UUID) -> Spoken | None:
        """The latest contact with a participant about a thing."""
        for note in self.notes:
            if note.participant_id == participant and any(one.subject_id == subject for one in note.items):
                return Spoken(self.day_of(note), note.was_reached, note.next_on)
        return None

    def latest_with(self, person: UUID) -> ContactNote | None:
        return next((one for one in self.notes if one.person_id == person), None)

    def spoken_with(self, person: UUID) -> ContactNote | None:
        """The latest contact in which a person was reached."""
        return next((one for one in self.notes if one.person_id == person and one.was_reached), None)

    def day_of(self, note: ContactNote) -> date:
        return note.contacted_at.astimezone(ZoneInfo(self.zone)).date()


def spoken_about(session: Session, process: UUID, track: UUID, participant: UUID, zone: str) -> dict[UUID, date]:
    """The last day on which a participant was reached about each thing. With all eyes: a mail that waits heeds it."""
    found: dict[UUID, date] = {}
    with system_access(session, Reason.FOLLOW_UP) as system:
        wanted = select(ContactNote).where(
            ContactNote.process_id == process,
            ContactNote.track_id == track,
            ContactNote.participant_id == participant,
        )
        for note in system.scalars(wanted.options(selectinload(ContactNote.items)).order_by(ContactNote.contacted_at)):
            if note.was_reached:
                on = note.contacted_at.astimezone(ZoneInfo(zone)).date()
                found |= {one.subject_id: on for one in note.items}
    return found


def latest_about(session: Session, process: UUID, track: UUID, participant: UUID) -> dict[UUID, Spoken]:
    """The latest contact with a participant about each thing, under the eyes of the session."""
    found: dict[UUID, Spoken] = {}
    wanted = select(ContactNote).where(
        ContactNote.process_id == process, ContactNote.track_id == track, ContactNote.participant_id == participant
    )
    for note in session.scalars(wanted.options(selectinload(ContactNote.items)).order_by(ContactNote.contacted_at)):
        spoken = Spoken(note.contacted_at.date(), note.was_reached, note.next_on)
        found |= {one.subject_id: spoken for one in note.items}
    return found


def off_the_record(session: Session, subjects: Iterable[tuple[str, UUID]]) -> set[UUID]:
    """Which of these things came from a meeting that was off the record: of them nothing is written down. With all
    eyes: the rule holds whoever reads the meeting."""
    commitments = [subject for kind, subject in subjects if kind in COMMITMENTS]
    if not commitments:
        return set()
    with system_access(session, Reason.FOLLOW_UP) as system:
        rows = system.execute(
            select(Commitment.id, Commitment.meeting_id, Outcome.meeting_id)
            .outerjoin(Outcome, Outcome.id == Commitment.outcome_id)
            .where(Commitment.id.in_(commitments))
        ).all()
        meetings = {meeting for _key, *both in rows for meeting in both if meeting is not None}
        kept = set(
            system.scalars(
                select(Meeting.id).where(
                    Meeting.id.in_(sorted(meetings, key=str)), Meeting.attribution == AttributionRule.OFF_THE_RECORD
                )
            )
        )
    return {key for key, *both in rows if kept & set(both)}


def names_of_others(session: Session, process: UUID, besides: UUID) -> list[str]:
    """Every name by which the other participants of a process go, in any language."""
    taking_part = select(Participation.participant_id).where(Participation.process_id == process)
    rows = session.execute(
        select(ParticipantName.participant_id, ParticipantName.name).where(
            ParticipantName.participant_id.in_(taking_part),
            or_(ParticipantName.process_id == process, ParticipantName.process_id.is_(None)),
        )
    ).all()
    own = {name for participant, name in rows if participant == besides}
    return sorted({name for participant, name in rows if participant != besides} - own)


def commitments_of(session: Session, notes: Iterable[ContactNote]) -> dict[UUID, Commitment]:
    """The commitments notes were about, as far as the reader may read them."""
    keys = {one.subject_id for note in notes for one in note.items if one.kind in COMMITMENTS}
    if not keys:
        return {}
    return {one.id: one for one in session.scalars(select(Commitment).where(Commitment.id.in_(sorted(keys, key=str))))}
