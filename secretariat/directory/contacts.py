"""Who speaks for participants in a process, to write to all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.session import Reason, system_access
from secretariat.core.viewer import Hat
from secretariat.directory.models import Appointment
from secretariat.directory.models import RoleName as Role
from secretariat.directory.queries import SPEAKING_ROLES


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who speaks for a participant in a process, under the hat of that participant."""

    person: UUID
    hat: Hat
    participant: UUID
    is_alternate: bool


def contacts_of(
    session: Session,
    process: UUID,
    track: UUID,
    on: date,
    participants: Iterable[UUID] | None = None,
) -> list[Contact]:
    """Who speaks for the participants of a track on a day - focal points and alternates, in a network who represents
    its organizations - in a constant order; with all eyes, because whoever is concerned is told, even one whose
    appointment the officer who writes may not read."""
    wanted = None if participants is None else set(participants)
    contacts = []
    with system_access(session, Reason.MAIL) as system:
        held = system.scalars(
            select(Appointment).where(
                Appointment.process_id == process,
                Appointment.track_id == track,
                Appointment.role.in_(SPEAKING_ROLES),
            )
        )
        for one in held:
            participant = one.participant_id
            if participant is None or not one.held_on(on) or (wanted is not None and participant not in wanted):
                continue
            contacts.append(Contact(one.person_id, one.acts_as, participant, one.role is Role.ALTERNATE))
    return _once_each(contacts)


@dataclass(frozen=True, slots=True)
class Coordinator:
    """A person who answers for a network, under the hat of its coordination."""

    person: UUID
    hat: Hat


def coordination_of(session: Session, network: UUID, on: date) -> list[Coordinator]:
    """Who answers for a network on a day; with all eyes, because the wall hides them from who invites."""
    with system_access(session, Reason.MAIL) as system:
        held = system.scalars(
            select(Appointment)
            .where(Appointment.track_id == network, Appointment.role == Role.COORDINATOR)
            .order_by(Appointment.id)
        )
        found = {(one.person_id, one.acts_as) for one in held if one.held_on(on)}
    return [Coordinator(*one) for one in sorted(found, key=str)]


def _once_each(contacts: Iterable[Contact]) -> list[Contact]:
    """One entry a person and hat: who is focal point and alternate at once is the focal point."""
    kept: dict[tuple[UUID, Hat], Contact] = {}
    for one in sorted(
        contacts, key=lambda contact: (contact.is_alternate, str(contact.participant), str(contact.person))
    ):
        kept.setdefault((one.person, one.hat), one)
    return list(kept.values())
