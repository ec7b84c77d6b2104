"""The process the canaries live in and the readers who come by: every standing, office and hat, all with accounts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from secretariat.core import clock
from secretariat.core.database import new_key
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import attach
from secretariat.core.localtext import LocalText
from secretariat.core.session import SystemSession
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import Appointment, EmergencyAccess, RoleName
from secretariat.processes.clauses import named, participants_of, secretariat
from secretariat.processes.models import (
    Body,
    BodyMembership,
    BodyMembershipRule,
    ChairTerm,
    Participant,
    ParticipantKind,
    ParticipantName,
    Participation,
    Process,
    StandingKind,
    Track,
    TrackKind,
)
from tests.factories import people
from tests.factories.people import Official
from tests.security import oracle
from tests.security.oracle import Rule

if TYPE_CHECKING:
    from tests.security.canaries.world import World

BEGAN = PartialDate("2019")
LEFT = PartialDate("2023")

ROLES: dict[str, str] = {
    "member": "member",
    "other member": "member",
    "chair": "member",
    "liaison officer": "member",
    "observer": "observer",
    "partner": "partner",
    "participant": "participant",
    "partner for activities": "partner_for_activities",
    "invited": "invited_ad_hoc",
    "candidate": "candidate",
    "suspended": "suspended",
    "former": "former",
    "suspended who keeps": "suspended",
    "former who keeps": "former",
    "chair of the group": "member",
    "two hats, the member's": "member",
}
"""Readers of the governments' track, and the standing of who appointed them. Who keeps reads, by the process's rule,
what was addressed to it before it left; what is made in a later round (`world.LATER`) is not for it."""

KEEPS = frozenset({"suspended who keeps", "former who keeps"})


def found(world: World, session: SystemSession) -> None:
    for name, slug in (("process", "canaria"), ("other process", "altera")):
        process = Process(slug=slug, acronym=slug.upper()[:3], name=LocalText.of(slug), generation=1)
        tracks = [
            Track(kind=kind, slug=kind.value.replace("_", "-"), name=LocalText.of(kind.value), position=place)
            for place, kind in enumerate((TrackKind.GOVERNMENT, TrackKind.CIVIL_SOCIETY), 1)
        ]
        process.id = new_key()
        for track in tracks:
            track.id = new_key()
        attach(session, process, [participants_of(process, *tracks)])
        session.flush()
        for track in tracks:
            track.process_id = process.id
            attach(session, track, container=process)
        session.flush()
        world.slugs.append(slug)
        prefix = "" if name == "process" else "other "
        world.ids |= {name: process.id, f"{prefix}government": tracks[0].id, f"{prefix}network": tracks[1].id}
        both = tuple(track.id for track in tracks)
        rule = Rule(process.id, "participants", both)
        world.oracle.things[process.id] = oracle.Thing(process.id, (rule,))
        for track in tracks:
            world.oracle.things[track.id] = oracle.Thing(track.id, (), process.id)
    for name, membership in (("plenary", BodyMembershipRule.PROCESS), ("group", BodyMembershipRule.OWN)):
        body = Body(
            process_id=world.ids["process"],
            track_id=world.ids["government"],
            name=LocalText.of(name),
            kind="working_group",
            membership=membership,
        )
        attach(session, body)
        session.flush()
        world.ids[name] = body.id
        everyones = membership is BodyMembershipRule.PROCESS
        world.oracle.bodies[body.id] = oracle.Body(body.id, body.process_id, body.track_id, everyones)
        world.oracle.things[body.id] = oracle.Thing(body.id, (), world.ids["process"])


def settle_in(world: World, session: SystemSession) -> None:
    government, network = (session.get_one(Track, world.ids[name]) for name in ("government", "network"))
    world.officials["anonymous"] = None
    for role, standing in ROLES.items():
        state = _state(world, session, role, standing, government)
        world.officials[role] = _official(world, session, role, _role_name(role), government, state)
    _colleagues(world, session, government)
    _network(world, session, network)
    _secretariats(world, session, government, network)
    world.officials["administrator"] = people.administrator(session)
    world.officials["protocol officer"] = _for_the_host(world, session, government)
    world.officials["reader in an emergency"] = _in_an_emergency(world, session, government)
    _elsewhere(world, session)
    _in_the_group(world, session)
    _presiding(world, session)


def _colleagues(world: World, session: SystemSession, government: Track) -> None:
    """Others whom the member has appointed: beside the focal point, in its place, and one who was replaced."""
    member = _get_state(world, session, "member")
    for role, name in (("alternate", RoleName.ALTERNATE), ("colleague", RoleName.COLLEAGUE)):
        world.officials[role] = _official(world, session, role, name, government, member)
    world.officials["one who was replaced"] = left = _official(
        world, session, "left", RoleName.ALTERNATE, government, member
    )
    session.get_one(Appointment, left.appointment).until = clock.today()
    world.oracle.appointments[-1].over = True


def _network(world: World, session: SystemSession, network: Track) -> None:
    for role, name, standing in (
        ("representative", "organization", "member"),
        ("representative of an observer", "observing organization", "observer"),
        ("former representative", "organization that left", "former"),
    ):
        organization = _state(world, session, name, standing, network)
        world.officials[role] = _official(world, session, role, RoleName.REPRESENTATIVE, network, organization)


def _secretariats(world: World, session: SystemSession, government: Track, network: Track) -> None:
    """Each track's keeper; the office of the chair, which serves as one; and one who is a member's focal point too,
    under either hat."""
    first = world.officials["two hats, the member's"]
    for role, track, name, of in (
        ("officer", government, RoleName.OFFICER, None),
        ("coordinator", network, RoleName.COORDINATOR, None),
        ("chair's office", government, RoleName.CHAIRS_OFFICE, None),
        ("two hats, the secretariat's", government, RoleName.OFFICER, first),
    ):
        chairs_for = world.ids["state chair"] if name is RoleName.CHAIRS_OFFICE else None
        hat = Hat(HatKind.SECRETARIAT, track.id)
        made = people.official(session, name, track, hat, of=of, name=f"the {role}", chairs_for_id=chairs_for)
        world.officials[role] = made
        world.oracle.appointments.append(
            oracle.Appointment(
                made.person, ("secretariat", track.id), name.value, track.process_id, track.id, chairs_for=chairs_for
            )
        )


def _for_the_host(world: World, session: SystemSession, track: Track) -> Official:
    """Who sees to one meeting for its host, and takes part in nothing."""
    world.ids["hosted"] = new_key()
    hat = Hat(HatKind.PROTOCOL, world.ids["hosted"])
    made = people.official(session, RoleName.PROTOCOL_OFFICER, track, hat, name="the protocol officer")
    world.oracle.appointments.append(
        oracle.Appointment(
            made.person, ("protocol", world.ids["hosted"]), "protocol_officer", track.process_id, track.id
        )
    )
    return made


def _in_an_emergency(world: World, session: SystemSession, track: Track) -> Official:
    """An administrator who reads the governments' side for a day, under the hat of that emergency."""
    made, hat, now = people.administrator(session), Hat(HatKind.EMERGENCY, track.id), clock.now()
    access = EmergencyAccess(
        process_id=track.process_id, track_id=track.id, person_id=made.person, hat=str(hat), reason="an emergency",
        hours=24, asked_at=now, confirmed_at=now, ends_at=now + timedelta(hours=24),
    )  # fmt: skip
    attach(session, access, [named(track.process, track, audience=[secretariat(track)])])
    session.flush()
    world.oracle.emergencies.append(oracle.Emergency(made.person, track.process_id, track.id))
    return replace(made, hat=hat)


def _elsewhere(world: World, session: SystemSession) -> None:
    """Who reads much in another process reads nothing here."""
    track = session.get_one(Track, world.ids["other government"])
    stranger = _state(world, session, "stranger", "member", track)
    world.officials["member of another process"] = _official(
        world, session, "stranger", RoleName.FOCAL_POINT, track, stranger
    )
    officer = people.official(session, RoleName.OFFICER, track, Hat(HatKind.SECRETARIAT, track.id), name="other")
    world.officials["officer of another process"] = officer
    world.oracle.appointments.append(
        oracle.Appointment(officer.person, ("secretariat", track.id), "officer", track.process_id, track.id)
    )


def _role_name(role: str) -> RoleName:
    return {"chair": RoleName.CHAIR, "liaison officer": RoleName.LIAISON_OFFICER}.get(role, RoleName.FOCAL_POINT)


def _state(world: World, session: SystemSession, name: str, standing: str, track: Track) -> Participant:
    state = Participant(key=f"canary-{name}", kind=ParticipantKind.STATE)
    session.add(state)
    session.flush()
    for language in ("en", "es", "fr", "ar"):
        session.add(ParticipantName(participant_id=state.id, language=language, name=f"State {name}"))
    world.ids[f"state {name}"] = state.id
    keeps = name in KEEPS
    if standing == "former" or keeps:
        _stands(world, session, state, track, StandingKind.MEMBER, BEGAN, until=LEFT, keeps=keeps)
    if standing != "former":
        _stands(world, session, state, track, StandingKind(standing), LEFT if keeps else BEGAN)
    return state


def _stands(
    world: World,
    session: SystemSession,
    state: Participant,
    track: Track,
    standing: StandingKind,
    since: PartialDate,
    *,
    until: PartialDate | None = None,
    keeps: bool = False,
) -> None:
    row = Participation(
        process_id=track.process_id,
        track_id=track.id,
        participant_id=state.id,
        standing=standing,
        since=since,
        until=until,
        last_generation=world.age if keeps else None,
    )
    attach(session, row)
    session.flush()
    world.oracle.participations.append(
        oracle.Participation(
            state.id, track.process_id, track.id, standing.value, until is not None, world.age if keeps else None
        )
    )
    world.oracle.things[row.id] = oracle.Thing(row.id, (), track.process_id)


def _get_state(world: World, session: SystemSession, name: str) -> Participant:
    return session.get_one(Participant, world.ids[f"state {name}"])


def _official(
    world: World, session: SystemSession, name: str, role: RoleName, track: Track, state: Participant
) -> Official:
    made = people.official(session, role, track, people.hat_of(state), name=f"the {name}")
    world.oracle.appointments.append(
        oracle.Appointment(made.person, ("participant", state.id), role.value, track.process_id, track.id)
    )
    return made


def _in_the_group(world: World, session: SystemSession) -> None:
    """A member and a partner are members of the group, an observer observes there."""
    for role, name in (("member", "member"), ("member", "partner"), ("observer", "participant")):
        row = BodyMembership(body_id=world.ids["group"], participant_id=world.ids[f"state {name}"], role=role)
        attach(session, row)
        world.oracle.roles.append(oracle.BodyRole(world.ids["group"], world.ids[f"state {name}"], role))


def _presiding(world: World, session: SystemSession) -> None:
    """One chairs the process and the group, another the group alone."""
    government = session.get_one(Track, world.ids["government"])
    group = session.get_one(Body, world.ids["group"])
    for role, body in (("chair", None), ("chair", group), ("chair of the group", group)):
        state = world.ids[f"state {role}"]
        term = ChairTerm(
            process_id=world.ids["process"],
            body_id=body.id if body else None,
            participant_id=state,
            role="chair" if role == "chair" else "co_chair",
            since=BEGAN,
        )
        attach(session, term)
        world.oracle.chairs.append(oracle.Chair(state, body.id if body else world.ids["process"]))
        if body is None:
            continue
        world.oracle.roles.append(oracle.BodyRole(body.id, state, term.role))
        chair = world.officials[role]
        assert chair is not None
        people.official(session, RoleName.CHAIR, government, chair.hat, of=chair, body=body)
        world.oracle.appointments.append(
            oracle.Appointment(
                chair.person, ("participant", state), "chair", world.ids["process"], government.id, body.id
            )
        )
