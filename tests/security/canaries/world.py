"""The process all canaries live in, the readers who come by, and the oracle that knows who finds which."""

from __future__ import annotations

import re
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.inspection import inspect

from secretariat.core.dates import PartialDate
from secretariat.core.labelling import attach, labelled_kinds
from secretariat.core.labels import Addressee, Clause, Level, Named
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, SystemSession, system_unit
from secretariat.processes.models import (
    Process,
)
from tests.factories.people import Official
from tests.security import oracle
from tests.security.canaries import feeds, links, readers
from tests.security.canaries.links import Link
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
    Spot("the officers", "named", audience=(("officers", "government"),)),
    Spot("the coordinator", "named", ("network",), audience=(("secretariat", "network"),)),
    Spot("the chair", "named", audience=(("chair", "process"),)),
    Spot("the chair of a body", "named", audience=(("chair", "group"),)),
    Spot("liaison officers", "named", ("government", "network"), audience=(("liaison", "process"),)),
    Spot("one who left", "named", audience=(("participant", "former"),)),
    Spot("one who left, and keeps", "named", audience=(("participant", "former who keeps"),)),
)
HOST = Spot("the host of a meeting", "named", audience=(("protocol", "hosted"), ("secretariat", "government")))
"""Where what is arranged for a meeting is planted beside all the others: for one protocol officer."""
LATER = (
    Spot("participants, later", "participants"),
    Spot("members, later", "members"),
    Spot("one who left, and keeps, later", "named", audience=(("participant", "former who keeps"),)),
)
"""What is made after somebody left: who kept what was there before does not read on."""
SEEN_BY_ALL = next(spot for spot in SPOTS if spot.name == "participants of both tracks")


@dataclass(frozen=True)
class Canary:
    """A word, and the thing that carries it."""

    word: str
    kind: str
    thing: UUID
    spot: str


@dataclass
class World:
    """What was planted, and who is there to look for it. Keys only; mapped objects stay in their unit of work.

    `files` are the contents of the storage, by key: whoever looks at a copy of the world lays them into its own.
    """

    engine: Engine
    ids: dict[str, UUID] = field(default_factory=dict)
    slugs: list[str] = field(default_factory=list)
    oracle: Oracle = field(default_factory=Oracle)
    officials: dict[str, Official | None] = field(default_factory=dict)
    canaries: dict[str, Canary] = field(default_factory=dict)
    age: int = 1
    planted: dict[str, list[UUID]] = field(default_factory=dict)
    at: dict[tuple[str, str], UUID] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    feeds: dict[str, str] = field(default_factory=dict)
    own_feeds: dict[str, str] = field(default_factory=dict)

    def reader(self, role: str) -> Reader:
        official = self.officials[role]
        if official is None:
            return Reader(None)
        hat = official.hat
        return Reader(official.person, (hat.kind.value, hat.id) if hat.id else (hat.kind.value, ""))

    def track_of(self, role: str) -> str:
        """The name of the track a role belongs to."""
        if role.endswith("of another process"):
            return "other government"
        return "network" if "representative" in role or role == "coordinator" else "government"

    @cached_property
    def kinds_of_key(self) -> dict[str, list[tuple[str, UUID]]]:
        """What is planted under a key, as text: class and key."""
        found: dict[str, list[tuple[str, UUID]]] = defaultdict(list)
        for kind, keys in self.planted.items():
            for key in keys:
                found[str(key)].append((kind, key))
        return found

    def acronym_of(self, process: UUID) -> str:
        """What the subjects of a process's mails begin with."""
        return self.slugs[0 if process == self.ids["process"] else 1].upper()[:3]

    @cached_property
    def spots(self) -> dict[UUID, str]:
        """Where each thing was planted. Asked only of a world that is whole."""
        return {key: spot for (_kind, spot), key in self.at.items()}

    @cached_property
    def beside(self) -> dict[UUID, UUID]:
        """Who is on a host's list comes to a meeting, and stands beside it; whom a participant names for a workshop,
        and what it says of it, stands beside the call that asks for both."""
        hosted = {
            key: self.at["Meeting", spot]
            for (kind, spot), key in self.at.items()
            if kind == "HostedPerson" and ("Meeting", spot) in self.at
        }
        named = [key for kind in ("WorkshopSeat", "CapacityBuilt") for key in self.planted.get(kind, [])]
        inside = {key: self.oracle.things[key].inside for key in named}
        return hosted | {key: one for key, one in inside.items() if isinstance(one, UUID)}

    def is_related(self, thing: UUID, subjects: Iterable[UUID]) -> bool:
        """Whether a thing is one of these or what one of them is about, stands in one of them, or one of them in it."""
        above = {*self._chain(thing), *([self.beside[thing]] if thing in self.beside else [])}
        meant = [one for subject in subjects for one in (subject, self.about.get(subject)) if one is not None]
        if thing in self.beside and any(self.beside[thing] in self._chain(subject) for subject in meant):
            return True
        return any(subject in above or thing in self._chain(subject) for subject in meant)

    @cached_property
    def about(self) -> dict[UUID, UUID]:
        """What is proposed about a label names its thing by kind and key, and stands in nothing: a meeting here. What
        is lent is the paper in which it stands, whose files its page shows. What one looks at before a report is issued
        are the entries of the plan it is about; what goes with a circular is a document."""
        within = {"LentDraft", "ReportCheck"}
        shown = {key: self.oracle.things[key].inside for (kind, _spot), key in self.at.items() if kind in within}
        return (
            {key: inside for key, inside in shown.items() if isinstance(inside, UUID)}
            | {
                key: self.at["Meeting", spot]
                for (kind, spot), key in self.at.items()
                if kind == "ProposedLowering" and ("Meeting", spot) in self.at
            }
            | {
                key: self.at["Document", "members"]
                for (kind, _spot), key in self.at.items()
                if kind == "Circular" and ("Document", "members") in self.at
            }
        )

    def _chain(self, thing: UUID) -> Iterator[UUID]:
        at: Any = thing
        while at is not None:
            yield at
            known = self.oracle.things.get(at)
            at = known.inside if known else None

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
                self.age,
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
            one.age,
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


@dataclass(frozen=True)
class Variant:
    """More things of a kind, in another state: a draft beside what is confirmed, a proposal beside what is accepted.

    They are planted at `spots`; or, with `inside`, one in each thing of that variant of what the kind stands in.
    """

    model: type[Any]
    name: str
    make: Make
    spots: tuple[str, ...]
    inside: str


KINDS: dict[type[Any], Kind] = {}
VARIANTS: list[Variant] = []


def plants(
    model: type[Any], *, inside: type[Any] | None = Process, why_unseen: str = "", spots: Sequence[Spot] = SPOTS
) -> Callable[[M], M]:
    """Enter how things of a labelled class are made for the canary world."""

    def enter(make: M) -> M:
        KINDS[model] = Kind(model, make, inside, why_unseen, tuple(spots))
        return make

    return enter


def also(model: type[Any], variant: str, *, spots: Sequence[str] = (), inside: str = "") -> Callable[[M], M]:
    """Enter how things of a class are made that stand in another state than those `plants` makes."""

    def enter(make: M) -> M:
        VARIANTS.append(Variant(model, variant, make, tuple(spots), inside))
        return make

    return enter


def load_kinds() -> None:
    """Every file of `kinds`."""
    package = import_module("tests.security.canaries.kinds")
    for found in sorted(iter_modules(package.__path__), key=lambda one: one.name):
        import_module(f"{package.__name__}.{found.name}")


COMES_WITH_ANOTHER = {
    "SearchEntry": "written with each thing that is found, under its label; looked for in test_search.py",
}
"""Labelled classes that are not planted by themselves, and why."""


def kinds_without_entry() -> list[str]:
    """Labelled classes nobody has said how to plant."""
    load_kinds()
    return sorted(
        kind.__name__
        for kind in labelled_kinds()
        if kind.__module__.startswith("secretariat.") and kind not in KINDS and kind.__name__ not in COMES_WITH_ANOTHER
    )


def make_world(engine: Engine, secret: str) -> World:
    """The whole of it; `secret` signs the links from mails."""
    load_kinds()
    world = World(engine)
    with system_unit(engine, Reason.REFERENCE) as session:
        readers.found(world, session)
        readers.settle_in(world, session)
        session.flush()
        for kind in _in_order():
            for canary in _plant(world, session, kind):
                world.canaries[canary.word] = canary
        for variant in VARIANTS:
            for canary in _plant_variant(world, session, variant):
                world.canaries[canary.word] = canary
        world.age += 1
        session.get_one(Process, world.ids["process"]).generation = world.age
        session.flush()
        for kind in _in_order():
            for canary in _plant_later(world, session, kind):
                world.canaries[canary.word] = canary
    links.plant(world, secret)
    feeds.plant(world)
    return world


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
        for spot in _spots_of_containers(kind.inside):
            yield from _one(world, session, kind, spot, _container(world, session, kind, spot), own=False)


def _spots_of_containers(inside: type[Any]) -> tuple[Spot, ...]:
    """The spots at which there is one of a class to put something into: its own, or those of what it stands in."""
    kind = KINDS[inside]
    if kind.spots or kind.inside not in KINDS or kind.inside is Process:
        return kind.spots
    return _spots_of_containers(kind.inside)


def _plant_variant(world: World, session: SystemSession, variant: Variant) -> Iterator[Canary]:
    kind = replace(KINDS[variant.model], make=variant.make)
    for spot in (one for one in SPOTS if one.name in variant.spots):
        inside = _container(world, session, kind, SEEN_BY_ALL)
        yield from _one(world, session, kind, spot, inside, own=True, suffix=f" ({variant.name})")
    if not variant.inside or kind.inside is None:
        return
    for (name, place), key in list(world.at.items()):
        if name == kind.inside.__name__ and place.endswith(f" ({variant.inside})"):
            spot = next(one for one in SPOTS if one.name == place.removeprefix("inside: ").partition(" (")[0])
            inside = session.get_one(kind.inside, key)
            yield from _one(world, session, kind, spot, inside, own=False, suffix=f" ({variant.name})")


def _plant_later(world: World, session: SystemSession, kind: Kind) -> Iterator[Canary]:
    """The same after somebody left: with labels of their own, and as new things in old containers."""
    if kind.spots != SPOTS or kind.model is Process:
        return
    for spot in LATER:
        yield from _one(world, session, kind, spot, _container(world, session, kind, SEEN_BY_ALL), own=True)
    if kind.inside in KINDS and kind.inside is not Process:
        old = next(spot for spot in SPOTS if spot.name == "members")
        yield from _one(world, session, kind, old, _container(world, session, kind, old), own=False, suffix=", later")


def _container(world: World, session: SystemSession, kind: Kind, spot: Spot) -> Any:
    if kind.inside is None:
        return None
    if kind.inside is Process:
        return session.get_one(Process, world.ids["process"])
    spots = _spots_of_containers(kind.inside)
    name = (spot if spot in spots else spots[0]).name
    found = world.at.get((kind.inside.__name__, name)) or world.at[kind.inside.__name__, f"inside: {name}"]
    return session.get_one(kind.inside, found)


def _one(
    world: World, session: SystemSession, kind: Kind, spot: Spot, inside: Any, *, own: bool, suffix: str = ""
) -> Iterator[Canary]:
    plot = Plot(world, session, spot, inside)
    thing = kind.make(plot)
    name = kind.model.__name__
    rules = world.rules(spot) if own else ()
    widened = own and spot.level == "public" and inside is not None
    attach(session, thing, clauses_of(rules), widened=widened)
    session.flush()
    placed = _inside(thing)
    world.oracle.things[thing.id] = oracle.Thing(thing.id, rules, placed, widened, world.age)
    world.planted.setdefault(name, []).append(thing.id)
    where = f"{spot.name if own else f'inside: {spot.name}'}{suffix}"
    world.at.setdefault((name, where), thing.id)
    for word in plot.words:
        yield Canary(word, name, thing.id, where)


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
