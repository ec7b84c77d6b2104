"""Whom a circular goes to: standings, bodies and persons as they were chosen, resolved to persons under their hats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.labels import ADDRESSABLE_STANDINGS, Clause
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.languages.words import list_text
from secretariat.core.session import Reason, system_access
from secretariat.core.viewer import Hat
from secretariat.directory.contacts import Contact, contacts_of
from secretariat.directory.models import Appointment, RoleName
from secretariat.processes import clauses
from secretariat.processes.models import (
    Body,
    BodyMembership,
    BodyMembershipRule,
    ChairTerm,
    Participation,
    Process,
    StandingKind,
    Track,
)
from secretariat.processes.words import STANDINGS_OF_MANY


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen: standings by name, bodies by id, appointments by id."""

    standings: Sequence[str] = ()
    bodies: Sequence[UUID] = ()
    persons: Sequence[UUID] = ()

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Chosen:
        return cls(
            tuple(stored.get("standings", ())),
            tuple(UUID(one) for one in stored.get("bodies", ())),
            tuple(UUID(one) for one in stored.get("persons", ())),
        )

    @property
    def stored(self) -> dict[str, list[str]]:
        return {
            "standings": list(self.standings),
            "bodies": [str(one) for one in self.bodies],
            "persons": [str(one) for one in self.persons],
        }


@dataclass(frozen=True, slots=True)
class Reader:
    """A person it goes to, under a hat; `participant` is whom that person acts for, if it is one."""

    person: UUID
    hat: Hat
    participant: UUID | None
    is_alternate: bool = False


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom it goes to, which participants were meant, and those of them that nobody speaks for."""

    readers: Sequence[Reader]
    participants: frozenset[UUID] = frozenset()
    unheard: frozenset[UUID] = field(default=frozenset())


def resolved(session: Session, process: Process, track: Track, chosen: Chosen, on: date) -> Addressed:
    """Whom it goes to on a day, each person under one hat once; whoever is named in several ways is one. With all
    eyes: whoever is concerned is written to, also whose appointment the officer may not read."""
    with system_access(session, Reason.MAIL) as system:
        participants = _participants(system, process, track, chosen, on)
        named = _named(system, process, track, chosen.persons, on)
    spoken_for = contacts_of(session, process.id, track.id, on, participants) if participants else []
    readers = {(one.person, one.hat): _of_contact(one) for one in spoken_for}
    for one in named:
        readers.setdefault((one.person, one.hat), one)
    ordered = sorted(readers.values(), key=lambda one: (str(one.hat), one.is_alternate, str(one.person)))
    unheard = participants - {one.participant for one in ordered}
    return Addressed(ordered, participants, frozenset(one for one in unheard if one is not None))


def _of_contact(one: Contact) -> Reader:
    return Reader(one.person, one.hat, one.participant, one.is_alternate)


def _participants(session: Session, process: Process, track: Track, chosen: Chosen, on: date) -> frozenset[UUID]:
    held = session.scalars(
        select(Participation).where(Participation.process_id == process.id, Participation.track_id == track.id)
    ).all()
    today = [one for one in held if one.held_on(on) and one.participant_id is not None]
    found = {one.participant_id for one in today if one.standing.value in chosen.standings}
    if chosen.bodies:
        bodies = session.scalars(select(Body).where(Body.id.in_(chosen.bodies), Body.process_id == process.id)).all()
        own = [one.id for one in bodies if one.membership is BodyMembershipRule.OWN]
        if len(own) < len(bodies):
            found |= {one.participant_id for one in today if one.standing.value == "member"}
        seats = [
            *session.scalars(select(BodyMembership).where(BodyMembership.body_id.in_(own))),
            *session.scalars(select(ChairTerm).where(ChairTerm.body_id.in_(own))),
        ]
        found |= {one.participant_id for one in seats if one.held_on(on)}
    return frozenset(one for one in found if one is not None)


def _named(session: Session, process: Process, track: Track, persons: Sequence[UUID], on: date) -> Iterable[Reader]:
    if not persons:
        return []
    held = session.scalars(
        select(Appointment)
        .where(Appointment.id.in_(persons), Appointment.process_id == process.id, Appointment.track_id == track.id)
        .order_by(Appointment.id)
    )
    return [
        Reader(one.person_id, one.acts_as, one.participant_id, one.role is RoleName.ALTERNATE)
        for one in held
        if one.held_on(on)
    ]


def readers_of(process: Process, track: Track, chosen: Chosen, addressed: Addressed, bodies: Sequence[Body]) -> Clause:
    """Under which label it stands once it is sent: no more read it than it was sent to, and who speaks for these.

    A standing or a body as a whole is said as such, so that who joins later reads it as what else was said to it.
    Whoever is named singly reads it for himself; of a participant that was meant all its people do.
    """
    if not chosen.persons and not chosen.bodies:
        if set(chosen.standings) == {"member"}:
            return clauses.members_of(process, track)
        if set(ADDRESSABLE_STANDINGS) <= set(chosen.standings):
            return clauses.participants_of(process, track)
    if not chosen.persons and not chosen.standings and len(bodies) == 1:
        if bodies[0].membership is not BodyMembershipRule.OWN:
            return clauses.members_of(process, track)
        return clauses.participants_of(process, track, body=bodies[0])
    audience = {clauses.secretariat(track), *(clauses.participant(one) for one in addressed.participants)}
    singly = (one.person for one in addressed.readers if one.participant not in addressed.participants)
    audience |= {clauses.person(one) for one in singly}
    return clauses.named(process, track, audience=audience)


def in_words(chosen: Chosen, bodies: Sequence[Body], number: int) -> str:
    """To whom it went, in a few words."""
    found = [str(STANDINGS_OF_MANY[StandingKind(one)]) for one in chosen.standings]
    found += [local_text(one.name) for one in bodies]
    if chosen.persons:
        found.append(_("persons named singly"))
    return _("%(addressees)s (%(number)s copies)", addressees=list_text(found), number=number)
