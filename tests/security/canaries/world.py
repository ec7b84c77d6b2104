"""The process all canaries live in, the readers who come by, and the oracle that knows who finds which."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.inspection import inspect

from secretariat.core import clock
from secretariat.core.database import new_key
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import attach, labelled_kinds
from secretariat.core.labels import Addressee, Clause, Level, Named
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, SystemSession, system_unit
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import Appointment, RoleName
from secretariat.processes.clauses import participants_of
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
from tests.security.oracle import Oracle, Reader, Rule

WORD = re.compile(r"zq[0-9a-f]{16}")
BEGAN = PartialDate("2019")


def new_word() -> str:
    return "zq" + secrets.token_hex(8)


@dataclass(frozen=True)
class Spot:
    """One way to label a thing: what is tried for every kind."""

    name: str
    level: str
    tracks: tuple[str, ...] = ("government",)
    body: str | None = None
    audience: tuple[tuple[str, str], ...] = ()
    opened_to: tuple[tuple[str, str], ...] = ()


SPOTS = (
    Spot("public", "public", ()),
    Spot("participants", "participants"),
    Spot("participants of the network", "participants", ("network",)),
    Spot("participants of both tracks", "participants", ("government", "network")),
    Spot("members", "members"),
    Spot("members of the network", "members", ("network",)),
    Spot("members of both tracks", "members", ("government", "network")),
    Spot("members, opened to an observer", "members", opened_to=(("participant", "observer"),)),
    Spot("members of a body", "members", body="group"),
    Spot("participants of a body", "participants", body="group"),
    Spot("members of everyone's body", "members", body="plenary"),
    Spot("a named member", "named", audience=(("participant", "member"),)),
    Spot("a named person", "named", audience=(("person", "observer"),)),
    Spot("the secretariat", "named", audience=(("secretariat", "government"),)),
    Spot("the coordinator", "named", ("network",), audience=(("secretariat", "network"),)),
    Spot("the chair", "named", audience=(("chair", "process"),)),
    Spot("the chair of a body", "named", audience=(("chair", "group"),)),
    Spot("liaison officers", "named", ("government", "network"), audience=(("liaison", "process"),)),
    Spot("one who left", "named", audience=(("participant", "former"),)),
)
SEEN_BY_ALL = next(spot for spot in SPOTS if spot.name == "participants of both tracks")

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
}
"""Readers of the governments' track, and the standing of who appointed them."""


@dataclass(frozen=True)
class Canary:
    """A word, and the thing that carries it."""

    word: str
    kind: str
    thing: UUID
    spot: str


@dataclass
class World:
    """What was planted, and who is there to look for it. Keys only; mapped objects stay in their unit of work."""

    engine: Engine
    ids: dict[str, UUID] = field(default_factory=dict)
    slugs: list[str] = field(default_factory=list)
    oracle: Oracle = field(default_factory=Oracle)
    officials: dict[str, Official | None] = field(default_factory=dict)
    canaries: dict[str, Canary] = field(default_factory=dict)
    planted: dict[str, list[UUID]] = field(default_factory=dict)
    at: dict[tuple[str, str], UUID] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)

    def reader(self, role: str) -> Reader:
        official = self.officials[role]
        if official is None:
            return Reader(None)
        hat = official.hat
        return Reader(official.person, (hat.kind.value, hat.id) if hat.id else (hat.kind.value, ""))

    def reads(self, role: str, thing: UUID) -> bool:
        return self.oracle.reads(self.reader(role), thing)

    def rules(self, spot: Spot) -> tuple[Rule, ...]:
        def named(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, UUID], ...]:
            return tuple((kind, self._named(kind, who)) for kind, who in pairs)

        return (
            Rule(
                self.ids["process"],
                spot.level,
                tuple(self.ids[track] for track in spot.tracks),
                self.ids[spot.body] if spot.body else None,
                named(spot.audience),
                named(spot.opened_to),
            ),
        )

    def _named(self, kind: str, who: str) -> UUID:
        if kind == "person":
            official = self.officials[who]
            assert official is not None
            return official.person
        return self.ids[f"state {who}" if kind == "participant" else who]


def clauses_of(rules: Iterable[Rule]) -> list[Clause]:
    """The product's words for the oracle's: the only place where the two meet."""

    def named(pairs: Any) -> frozenset[Addressee]:
        return frozenset(Addressee(Named(kind), one) for kind, one in pairs)

    return [
        Clause(
            one.process,  # type: ignore[arg-type]
            Level(one.level),
            frozenset(one.tracks),  # type: ignore[arg-type]
            one.body,  # type: ignore[arg-type]
            named(one.audience),
            named(one.opened_to),
        )
        for one in rules
    ]


@dataclass
class Plot:
    """What a kind is given to make one thing of: where it stands, and words to put into it."""

    world: World
    session: SystemSession
    spot: Spot
    inside: Any
    words: list[str] = field(default_factory=list)

    def id(self, name: str) -> UUID:
        return self.world.ids[name]

    @property
    def process(self) -> UUID:
        return self.world.ids["process"]

    @property
    def track(self) -> UUID:
        return self.world.ids[(self.spot.tracks or ("government",))[0]]

    def word(self) -> str:
        self.words.append(new_word())
        return self.words[-1]

    def text(self) -> LocalText:
        return LocalText.of(self.word())


Make = Callable[[Plot], Any]
M = TypeVar("M", bound=Make)


@dataclass(frozen=True)
class Kind:
    """How one labelled class is planted. `inside` is the class it stands in, None where nothing. `why_unseen` says why
    no page shows its words (a table nobody is shown); such a kind is searched for as a leak only."""

    model: type[Any]
    make: Make
    inside: type[Any] | None
    why_unseen: str
    spots: tuple[Spot, ...]


KINDS: dict[type[Any], Kind] = {}


def plants(
    model: type[Any], *, inside: type[Any] | None = Process, why_unseen: str = "", spots: Sequence[Spot] = SPOTS
) -> Callable[[M], M]:
    """Enter how things of a labelled class are made for the canary world."""

    def enter(make: M) -> M:
        KINDS[model] = Kind(model, make, inside, why_unseen, tuple(spots))
        return make

    return enter


def load_kinds() -> None:
    """Every file of `kinds`."""
    package = import_module("tests.security.canaries.kinds")
    for found in sorted(iter_modules(package.__path__), key=lambda one: one.name):
        import_module(f"{package.__name__}.{found.name}")


def kinds_without_entry() -> list[str]:
    """Labelled classes nobody has said how to plant."""
    load_kinds()
    return sorted(
        kind.__name__ for kind in labelled_kinds() if kind.__module__.startswith("secretariat.") and kind not in KINDS
    )


def make_world(engine: Engine) -> World:
    """The whole of it, in one unit of work."""
    load_kinds()
    world = World(engine)
    with system_unit(engine, Reason.REFERENCE) as session:
        _found(world, session)
        _people(world, session)
        session.flush()
        for kind in _in_order():
            for canary in _plant(world, session, kind):
                world.canaries[canary.word] = canary
    return world


def _found(world: World, session: SystemSession) -> None:
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


def _people(world: World, session: SystemSession) -> None:
    government, network = (session.get_one(Track, world.ids[name]) for name in ("government", "network"))
    world.officials["anonymous"] = None
    for role, standing in ROLES.items():
        state = _state(world, session, role, standing, government)
        world.officials[role] = _official(world, session, role, _role_name(role), government, state)
    world.officials["alternate"] = _official(
        world, session, "alternate", RoleName.ALTERNATE, government, _get_state(world, session, "member")
    )
    organization = _state(world, session, "organization", "member", network)
    world.officials["representative"] = _official(
        world, session, "representative", RoleName.REPRESENTATIVE, network, organization
    )
    for role, track, name in (
        ("officer", government, RoleName.OFFICER),
        ("coordinator", network, RoleName.COORDINATOR),
    ):
        made = people.official(session, name, track, Hat(HatKind.SECRETARIAT, track.id), name=f"the {role}")
        world.officials[role] = made
        world.oracle.appointments.append(
            oracle.Appointment(made.person, ("secretariat", track.id), name.value, track.process_id, track.id)
        )
    left = _official(world, session, "left", RoleName.ALTERNATE, government, _get_state(world, session, "member"))
    session.get_one(Appointment, left.appointment).until = clock.today()
    world.oracle.appointments[-1].over = True
    world.officials["one who was replaced"] = left
    world.officials["administrator"] = people.administrator(session)
    elsewhere = session.get_one(Track, world.ids["other government"])
    stranger = _state(world, session, "stranger", "member", elsewhere)
    world.officials["member of another process"] = _official(
        world, session, "stranger", RoleName.FOCAL_POINT, elsewhere, stranger
    )
    officer = people.official(
        session, RoleName.OFFICER, elsewhere, Hat(HatKind.SECRETARIAT, elsewhere.id), name="other"
    )
    world.officials["officer of another process"] = officer
    world.oracle.appointments.append(
        oracle.Appointment(officer.person, ("secretariat", elsewhere.id), "officer", elsewhere.process_id, elsewhere.id)
    )
    _in_the_group(world, session)
    _presiding(world, session)


def _role_name(role: str) -> RoleName:
    return {"chair": RoleName.CHAIR, "liaison officer": RoleName.LIAISON_OFFICER}.get(role, RoleName.FOCAL_POINT)


def _state(world: World, session: SystemSession, name: str, standing: str, track: Track) -> Participant:
    state = Participant(key=f"canary-{name}", kind=ParticipantKind.STATE)
    session.add(state)
    session.flush()
    for language in ("en", "es", "fr", "ar"):
        session.add(ParticipantName(participant_id=state.id, language=language, name=f"State {name}"))
    world.ids[f"state {name}"] = state.id
    over = standing == "former"
    row = Participation(
        process_id=track.process_id,
        track_id=track.id,
        participant_id=state.id,
        standing=StandingKind.MEMBER if over else StandingKind(standing),
        since=BEGAN,
        until=PartialDate("2023") if over else None,
    )
    attach(session, row)
    session.flush()
    held = oracle.Participation(state.id, track.process_id, track.id, row.standing.value, over)
    world.oracle.participations.append(held)
    world.oracle.things[row.id] = oracle.Thing(row.id, (), track.process_id)
    return state


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
    for body in (None, world.ids["group"]):
        term = ChairTerm(
            process_id=world.ids["process"],
            body_id=body,
            participant_id=world.ids["state chair"],
            role="chair",
            since=BEGAN,
        )
        attach(session, term)
        world.oracle.chairs.append(oracle.Chair(world.ids["state chair"], body or world.ids["process"]))
        if body:
            world.oracle.roles.append(oracle.BodyRole(body, world.ids["state chair"], "chair"))
    chair = world.officials["chair"]
    assert chair is not None
    government = session.get_one(Track, world.ids["government"])
    group = session.get_one(Body, world.ids["group"])
    people.official(session, RoleName.CHAIR, government, chair.hat, of=chair, body=group)
    world.oracle.appointments.append(
        oracle.Appointment(
            chair.person, ("participant", chair.hat.id), "chair", world.ids["process"], government.id, group.id
        )
    )


def _in_order() -> list[Kind]:
    """Containers before what stands in them."""
    ordered: list[Kind] = []

    def add(kind: Kind) -> None:
        if kind.inside in KINDS and kind.inside is not kind.model:
            add(KINDS[kind.inside])
        if kind not in ordered:
            ordered.append(kind)

    for kind in KINDS.values():  # as the files of features stand, and as a file has them
        add(kind)
    return ordered


def _plant(world: World, session: SystemSession, kind: Kind) -> Iterator[Canary]:
    """One with a label of its own for each spot; and, in a container that has spots itself, one without in each.

    A kind of which a container holds only one has no spots of its own.
    """
    for spot in kind.spots:
        yield from _one(world, session, kind, spot, _container(world, session, kind, SEEN_BY_ALL), own=True)
    if kind.inside in KINDS and kind.inside is not Process:
        for spot in KINDS[kind.inside].spots:
            yield from _one(world, session, kind, spot, _container(world, session, kind, spot), own=False)


def _container(world: World, session: SystemSession, kind: Kind, spot: Spot) -> Any:
    if kind.inside is None:
        return None
    if kind.inside is Process:
        return session.get_one(Process, world.ids["process"])
    spots = KINDS[kind.inside].spots
    return session.get_one(kind.inside, world.at[kind.inside.__name__, (spot if spot in spots else spots[0]).name])


def _one(world: World, session: SystemSession, kind: Kind, spot: Spot, inside: Any, *, own: bool) -> Iterator[Canary]:
    plot = Plot(world, session, spot, inside)
    thing = kind.make(plot)
    name = kind.model.__name__
    rules = world.rules(spot) if own else ()
    widened = own and spot.level == "public" and inside is not None
    attach(session, thing, clauses_of(rules), widened=widened)
    session.flush()
    placed = _inside(thing)
    world.oracle.things[thing.id] = oracle.Thing(thing.id, rules, placed, widened)
    world.planted.setdefault(name, []).append(thing.id)
    if own:
        world.at[name, spot.name] = thing.id
    for word in plot.words:
        yield Canary(word, name, thing.id, spot.name if own else f"inside: {spot.name}")


def _inside(thing: Any) -> UUID | None:
    names = thing.container if isinstance(thing.container, tuple) else (thing.container,) if thing.container else ()
    for name in names:
        column = next(iter(inspect(type(thing)).relationships[name].local_columns))
        key: UUID | None = getattr(thing, inspect(type(thing)).get_property_by_column(column).key)
        if key is not None:
            return key
    return None


def every_row(engine: Engine, model: type[Any]) -> list[UUID]:
    """Keys of all rows of a class, whoever may read them."""
    with system_unit(engine, Reason.HISTORY, writes=False) as session:
        return list(session.scalars(select(model.id)))
