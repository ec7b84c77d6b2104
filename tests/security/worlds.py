"""Small worlds for the tests of the wall: a process, who is in it, and people appointed by them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine

from secretariat.core.dates import PartialDate
from secretariat.core.labelling import attach
from secretariat.core.labels import Clause
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, SystemSession, system_unit
from secretariat.core.viewer import Hat, HatKind, Viewer
from secretariat.directory import viewers
from secretariat.directory.models import Appointment, Person, RoleName
from secretariat.processes import clauses
from secretariat.processes.models import (
    Body,
    BodyMembershipRule,
    Participant,
    ParticipantKind,
    Participation,
    Process,
    StandingKind,
    Track,
    TrackKind,
)

BEGAN = PartialDate("2020")
APPOINTED = date(2021, 1, 1)


def word() -> str:
    """A word nobody can guess and nothing else contains."""
    return "zq" + secrets.token_hex(8)


@dataclass(frozen=True)
class Reader:
    """Somebody who can read, under one hat."""

    name: str
    person: UUID | None
    hat: Hat


@dataclass
class World:
    """One process in a database, and how to ask for its readers' eyes. Holds keys, never mapped objects."""

    engine: Engine
    process: UUID
    government: UUID
    network: UUID
    readers: dict[str, Reader] = field(default_factory=dict)

    def viewer(self, name: str) -> Viewer:
        reader = self.readers[name]
        return viewers.viewer(self.engine, reader.person, reader.hat)


def found(engine: Engine, *, level: str = "participants", name: str = "") -> World:
    """A process with a governments' and a civil-society track, readable by all its participants on both."""
    with system_unit(engine, Reason.REFERENCE) as session:
        slug = f"p-{secrets.token_hex(6)}"
        process = Process(id=uuid4(), slug=slug, acronym="TST", name=_text(name or "A process"), generation=1)
        government, network = (
            Track(id=uuid4(), process_id=process.id, kind=kind, slug=kind.value, name=_text(kind.value), position=place)
            for place, kind in enumerate((TrackKind.GOVERNMENT, TrackKind.CIVIL_SOCIETY))
        )
        clause = clauses.public(process) if level == "public" else clauses.participants_of(process, government, network)
        attach(session, process, [clause])
        session.flush()
        attach(session, government, container=process)
        attach(session, network, container=process)
        return World(engine, process.id, government.id, network.id)


def _text(words: str) -> LocalText:
    return LocalText.of(words)


def put(session: SystemSession, thing: Any, own: Iterable[Clause] = (), **options: Any) -> Any:
    """Attach a thing and flush it, so that what stands in it can follow."""
    attach(session, thing, own, **options)
    session.flush()
    return thing


def join(
    world: World, name: str, standing: StandingKind, *, track: UUID | None = None, role: RoleName = RoleName.FOCAL_POINT
) -> Reader:
    """A participant with this standing and one person it has appointed."""
    on = track or world.government
    with system_unit(world.engine, Reason.REFERENCE) as session:
        process = session.get_one(Process, world.process)
        participant = Participant(id=uuid4(), key=f"{name}-{secrets.token_hex(6)}", kind=ParticipantKind.STATE)
        person = Person(id=uuid4())
        session.add_all([participant, person])
        session.flush()
        put(
            session,
            Participation(
                process_id=process.id, track_id=on, participant_id=participant.id, standing=standing, since=BEGAN
            ),
            container=process,
        )
        hat = Hat(HatKind.PARTICIPANT, participant.id)
        _appoint(session, world, person.id, hat, role, on)
        world.readers[name] = Reader(name, person.id, hat)
        return world.readers[name]


def keep(world: World, name: str, *, track: UUID | None = None) -> Reader:
    """Somebody of the secretariat of a track (for the network: its coordinator)."""
    on = track or world.government
    role = RoleName.OFFICER if on == world.government else RoleName.COORDINATOR
    with system_unit(world.engine, Reason.REFERENCE) as session:
        person = Person(id=uuid4())
        session.add(person)
        session.flush()
        hat = Hat(HatKind.SECRETARIAT, on)
        _appoint(session, world, person.id, hat, role, on)
        world.readers[name] = Reader(name, person.id, hat)
        return world.readers[name]


def _appoint(session: SystemSession, world: World, person: UUID, hat: Hat, role: RoleName, track: UUID) -> Appointment:
    process = session.get_one(Process, world.process)
    appointment = Appointment(
        person_id=person, hat=str(hat), role=role, process_id=world.process, track_id=track, since=APPOINTED
    )
    keeper = clauses.named(
        process, session.get_one(Track, track), audience=[clauses.secretariat(session.get_one(Track, track))]
    )
    put(session, appointment, [keeper])
    return appointment


def own_body(session: SystemSession, world: World, name: str, own: Iterable[Clause] = ()) -> Body:
    """A body of the governments' track with a membership of its own."""
    process = session.get_one(Process, world.process)
    body = Body(
        process_id=world.process,
        track_id=world.government,
        name=_text(name),
        kind="working_group",
        membership=BodyMembershipRule.OWN,
    )
    put(session, body, own, container=process)
    return body
