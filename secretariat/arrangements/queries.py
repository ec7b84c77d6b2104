"""Named reads of host's lists. Where somebody does not read the list itself its key is looked up with all eyes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.arrangements.models import HostedPerson, HostList
from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_access
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import Appointment
from secretariat.directory.queries import Entry, with_cards
from secretariat.meetings.models import Delegate, DelegateNeeds, Invitation, Meeting
from secretariat.processes.models import Body, Process, Track, TrackKind


@dataclass(frozen=True, slots=True)
class Side:
    """The side of a process a list belongs to, in values."""

    id: UUID
    kind: TrackKind
    slug: str
    name: LocalText


@dataclass(frozen=True, slots=True)
class Ground:
    """The process a list belongs to, in values: a protocol officer takes part in none, and is told for which one he
    works and nothing else of it."""

    id: UUID
    slug: str
    acronym: str
    name: LocalText
    zone: str
    demonstration: bool
    generation: int
    commitment_words: dict[str, str]
    track: Side


def ground_of(session: Session, one: HostList | HostedPerson) -> Ground:
    """The process and side of a list. With all eyes."""
    with system_access(session, Reason.ARRANGEMENTS) as system:
        process, track = system.get_one(Process, one.process_id), system.get_one(Track, one.track_id)
        return Ground(
            process.id,
            process.slug,
            process.acronym,
            process.name,
            process.zone,
            process.demonstration,
            process.generation,
            dict(process.commitment_words),
            Side(track.id, track.kind, track.slug, track.name),
        )


def list_by_id(session: Session, key: UUID) -> HostList | None:
    return session.scalar(select(HostList).where(HostList.id == key))


def list_of(session: Session, meeting: UUID) -> HostList | None:
    """The list of a meeting, for who reads it."""
    return session.scalar(select(HostList).where(HostList.meeting_id == meeting))


def key_of_list(session: Session, meeting: UUID) -> UUID | None:
    """The key of a meeting's list, while it is kept. With all eyes: a participant reads its persons alone."""
    wanted = select(HostList.id).where(HostList.meeting_id == meeting, HostList.erased_on.is_(None))
    with system_access(session, Reason.ARRANGEMENTS) as system:
        return system.scalar(wanted)


def person_by_id(session: Session, key: UUID) -> HostedPerson | None:
    return session.scalar(select(HostedPerson).where(HostedPerson.id == key))


def persons_of(session: Session, key: UUID) -> Sequence[HostedPerson]:
    """Everybody on a list whom the reader may read, in the order in which they were named."""
    return session.scalars(
        select(HostedPerson).where(HostedPerson.list_id == key).order_by(HostedPerson.place, HostedPerson.id)
    ).all()


def provisional_on(session: Session, one: HostList) -> dict[UUID, date | None]:
    """Who of a list is provisional until a letter of the capital has come, by the key of whom was named, with the day
    of the letter that does not name the person. With all eyes: a protocol officer reads no row of the meeting."""
    wanted = (
        select(Delegate.id, Invitation.letter_on)
        .join(Invitation, Invitation.id == Delegate.invitation_id)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .join(Body, Body.id == Meeting.body_id)
        .where(Invitation.meeting_id == one.meeting_id, Body.names_by_letter, Delegate.is_by_letter.is_(False))
    )
    with system_access(session, Reason.ARRANGEMENTS) as system:
        return {row.id: row.letter_on for row in system.execute(wanted)}


def needs_said(session: Session, person: HostedPerson) -> str:
    """What was said with the delegation that a person needs, for who reads it: the participant and the secretariat."""
    wanted = select(DelegateNeeds.words).where(DelegateNeeds.delegate_id == person.delegate_id)
    return session.scalar(wanted) or ""


def own_persons(session: Session, meeting: UUID, participant: UUID | None) -> Sequence[HostedPerson]:
    """The persons of one's own delegation on the list of a meeting; none where there is no list."""
    key = key_of_list(session, meeting) if participant is not None else None
    if key is None:
        return []
    return [one for one in persons_of(session, key) if one.participant_id == participant]


def protocol_officers(session: Session, key: UUID) -> list[Entry]:
    """Who sees to a list for the host today, with their cards."""
    wanted = select(Appointment).where(Appointment.hat == str(Hat(HatKind.PROTOCOL, key)))
    on = clock.today()
    held = [one for one in session.scalars(wanted.order_by(Appointment.since, Appointment.id)) if one.held_on(on)]
    return with_cards(session, held)
