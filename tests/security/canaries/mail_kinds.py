"""Kinds of mail in the canary world: what each is about, and what belongs in it by the oracle alone.

An entry stands in `letters/<room>.py`:

    @entry("commitment_proposed", says=("Your answer is awaited",))
    def proposed(post: Post) -> Iterator[Occasion]: ...

It may set the stage in the copy of the world it is given: confirm what waited, call off what stood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from uuid import UUID

from secretariat.core.session import SystemSession
from secretariat.core.viewer import Hat
from secretariat.mail import composition
from tests.factories.people import Official
from tests.security.canaries.world import World
from tests.security.oracle import READ_AS_PARTICIPANTS

SPEAKING = ("focal_point", "alternate", "representative")
KEEPING = ("officer", "chairs_office", "coordinator")
LEVELS = ("public", "participants", "members", "named")


@dataclass(frozen=True)
class Occasion:
    """One mail as the product would put it. `leaves`: whether by the oracle it is to leave; `words`: what belongs in it
    then; `own`: things it may speak of although its reader does not read them, being the reader's own; `entries`: how
    many things a digest lists."""

    spot: str
    subject: dict[str, Any]
    leaves: bool
    process: UUID | None = None
    track: UUID | None = None
    words: frozenset[str] = frozenset()
    own: frozenset[UUID] = frozenset()
    hat: Hat | None = None
    address: str | None = None
    entries: int | None = None


@dataclass
class Post:
    """What an entry is given: the world, a unit of work to set the stage in, and whose mail it is."""

    world: World
    session: SystemSession
    role: str

    @property
    def official(self) -> Official:
        return official_of(self.world, self.role)

    def reads(self, *things: UUID | None) -> bool:
        return all(self.world.reads(self.role, one) for one in things if one is not None)

    def is_appointed(self, track: UUID | None, names: Iterable[str] = ()) -> bool:
        """Whether the role is appointed on a track (as one of these) under its hat today, as the oracle has it."""
        reader = self.world.reader(self.role)
        return any(
            (one.person, one.acts_for, one.track) == (reader.person, reader.acts_for, track)
            and not one.over
            and (not names or one.role in names)
            for one in self.world.oracle.appointments
        )

    def wears_its_hat(self, track: UUID | None) -> bool:
        """Whether mail under the role's hat about a thing of a track leaves: who administers is appointed on none, and
        who reads in an emergency reads the governments' side."""
        if self.role == "reader in an emergency":
            return track in (None, self.world.ids["government"])
        return self.role == "administrator" or self.is_appointed(track)

    def takes_part(self, track: UUID) -> bool:
        """Whether whom the role acts for stands on a track today so that things are awaited of it."""
        return self._stands(track, READ_AS_PARTICIPANTS)

    def is_invited(self, track: UUID) -> bool:
        """Whether whom the role acts for is invited ad hoc, and asked about what it is invited to."""
        return self._stands(track, ("invited_ad_hoc",))

    def is_member(self, track: UUID) -> bool:
        """Whether whom the role acts for is a member on a track today."""
        return self._stands(track, ("member",))

    def _stands(self, track: UUID, standings: Iterable[str]) -> bool:
        return any(
            self.world.reader(self.role).acts_for == ("participant", one.participant)
            and one.track == track
            and not one.over
            and one.standing in standings
            for one in self.world.oracle.participations
        )

    def all_of(self, model: type[Any]) -> Iterator[tuple[str, Any]]:
        """Where each planted thing of a class stands, and the thing."""
        for (name, spot), key in list(self.world.at.items()):
            if name == model.__name__:
                yield spot, self.session.get_one(model, key)


Writes = Callable[[Post], Iterator[Occasion]]


@dataclass(frozen=True)
class Entry:
    """How one kind of mail is tried. `says` are the constants of its subject. `repeats_named` is False where words for
    named readers never stand in it. `is_last`: it changes the stage for the others."""

    notice: str
    occasions: Writes
    says: tuple[str, ...]
    shows: bool
    repeats_named: bool
    is_last: bool


ENTRIES: dict[str, Entry] = {}


def entry(
    notice: str, *, says: tuple[str, ...], shows: bool = True, repeats_named: bool = True, is_last: bool = False
) -> Callable[[Writes], Writes]:
    """Enter a kind of mail. `shows` is False where it never holds a word of a thing."""

    def enter(occasions: Writes) -> Writes:
        ENTRIES[notice] = Entry(notice, occasions, says, shows, repeats_named, is_last)
        return occasions

    return enter


def load_entries() -> None:
    """Every file of `letters`."""
    package = import_module("tests.security.canaries.letters")
    for found in sorted(iter_modules(package.__path__), key=lambda one: one.name):
        import_module(f"{package.__name__}.{found.name}")


def notices_without_entry() -> list[str]:
    """Kinds of mail the product knows that nobody has said how to try; and entries for kinds it does not know."""
    load_entries()
    ours = {one for one in composition.notices() if one != "of_the_tests"}  # what another test entered in this process
    where = "say in tests/security/canaries/letters/<its room>.py what it is about and what belongs in it"
    gone = "the product knows no such mail: take its entry away from tests/security/canaries/letters/"
    return [f"{one}: {where}" for one in sorted(ours - ENTRIES.keys())] + [
        f"{one}: {gone}" for one in sorted(ENTRIES.keys() - ours)
    ]


def official_of(world: World, role: str) -> Official:
    """Who has a role; the mails of nobody are none."""
    found = world.officials[role]
    assert found is not None
    return found


def level_of(world: World, role: str, thing: UUID | None) -> str:
    """How heavy a thing is for a reader: the heaviest line of its label, but for lines it was opened to expressly."""
    reader, heaviest = world.reader(role), "public"
    mine = {reader.acts_for, ("person", reader.person)}
    while thing is not None:
        one = world.oracle.things[thing]
        for rule in one.rules:
            if not mine & set(rule.opened_to):
                heaviest = max(heaviest, rule.level, key=LEVELS.index)
        thing = None if one.widened else one.inside  # type: ignore[assignment]
    return heaviest
