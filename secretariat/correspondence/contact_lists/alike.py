"""Who is likely the same person: by an address, or by a name and whom one acts for. Pure.

Names are compared without marks, without the order of given and family name, and with the letters Arabic writes in
several ways as one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import Generic, TypeVar
from uuid import UUID

from secretariat.documents.headings import folded

Key = TypeVar("Key", bound=Hashable)
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "sir",
        "sr",
        "sra",
        "srta",
        "lic",
        "licda",
        "ing",
        "don",
        "dona",
        "abog",
        "m",
        "mme",
        "mlle",
        "me",
        "monsieur",
        "madame",
        "السيد",
        "السيده",
        "الدكتور",
        "الدكتوره",
        "د",
        "الاستاذ",
        "الاستاذه",
        "سعاده",
        "معالي",
        "h",
        "e",
        "he",
        "s",
        "e",
    ]
)
_SAME = str.maketrans({"ی": "ي", "ک": "ك", "ئ": "ي", "ؤ": "و", "ء": ""})

MOST_OF_ONE = 20
"""So many of one name or address are compared with each other: an address of a whole ministry tells of nobody."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """What one is compared by."""

    name: str
    participant: UUID | None = None
    mails: Sequence[str] = ()


@dataclass(slots=True)
class Known(Generic[Key]):
    """Those among whom somebody may stand already, each under a key of its own."""

    by_name: dict[tuple[tuple[str, ...], UUID | None], list[Key]] = field(default_factory=dict)
    by_mail: dict[str, list[Key]] = field(default_factory=dict)
    names: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    acting: dict[Key, UUID | None] = field(default_factory=dict)

    def put(self, key: Key, one: Somebody) -> None:
        name = told_by(one.name)
        self.names[key], self.acting[key] = name, one.participant
        if name:
            self.by_name.setdefault((name, one.participant), []).append(key)
        for mail in one.mails:
            self.by_mail.setdefault(mail.casefold(), []).append(key)

    def likely(self, one: Somebody) -> Key | None:
        """Who is most likely the same: the same name and participant, or the same address and nearly the same name."""
        name = told_by(one.name)
        same = self.by_name.get((name, one.participant)) if name else None
        return same[0] if same else next((key for key in self._at(one) if self._is(key, one, name)), None)

    def shares_an_address(self, one: Somebody) -> Key | None:
        """Who has one of these addresses under quite another name, or acts for somebody else."""
        name = told_by(one.name)
        return next((key for key in self._at(one) if not self._is(key, one, name)), None)

    def _is(self, key: Key, one: Somebody, name: Sequence[str]) -> bool:
        return self.acting[key] == one.participant and is_near(self.names[key], name)

    def _at(self, one: Somebody) -> Iterator[Key]:
        for mail in one.mails:
            yield from self.by_mail.get(mail.casefold(), ())


@lru_cache(maxsize=20_000)
def told_by(name: str) -> tuple[str, ...]:
    """The words of a name, without titles, in one order."""
    words = folded(name.translate(_SAME)).split()
    return tuple(sorted(one for one in words if one not in _TITLES) or sorted(words))


def is_near(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names can be one person's: all words of the shorter stand in the longer, or begin one of it."""
    short, long = sorted((one, other), key=len)
    return bool(short) and all(
        any(each == word or (len(each) == 1 and word.startswith(each)) for word in long) for each in short
    )


def pairs(people: Iterable[tuple[Key, Somebody]]) -> list[tuple[Key, Key]]:
    """Those who are likely one person, two and two; each pair once, in the order in which they stand."""
    listed = list(people)
    known: Known[int] = Known()
    for place, (_key, one) in enumerate(listed):
        known.put(place, one)
    groups = [*known.by_name.values(), *known.by_mail.values()]
    found = {
        (one, other)
        for group in groups
        for one, other in combinations(sorted(set(group))[:MOST_OF_ONE], 2)
        if known.acting[one] == known.acting[other] and is_near(known.names[one], known.names[other])
    }
    return [(listed[one][0], listed[other][0]) for one, other in sorted(found)]
