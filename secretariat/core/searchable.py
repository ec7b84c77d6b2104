"""What search finds: every feature says of its things which words they are found by.

A feature enters its own in its module `searched`, which `secretariat.registers.fill()` imports; the room of search
keeps an entry for each of them, under the label of the thing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from secretariat.core.localtext import LocalText

Words = LocalText | str | None


@dataclass(frozen=True, slots=True)
class Step:
    """From a thing to what it stands in: by which of its columns, and to which class."""

    column: str
    to: type[Any]


def _no_day(_thing: Any) -> None:
    return None


def _stands(_thing: Any) -> bool:
    return True


def _in_any(_thing: Any) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Searchable:
    """A labelled class whose things are found.

    `title` gives the words that weigh most, `words` all others. Words in several languages are each taken in their own;
    a plain string is in the language that `language` tells, or else may be in any. `way` leads from the thing to what
    has its process (`process_id`); `shown` counts the steps to what a person is shown when the words are found (0: the
    thing itself), a registered kind. `day` is what it is dated; without one it is dated as what it stands in. What no
    longer `stands` is not found.
    """

    model: type[Any]
    title: Callable[[Any], Words | Iterable[Words]]
    words: Callable[[Any], Iterable[Words]]
    way: tuple[Step, ...] = ()
    shown: int = 0
    day: Callable[[Any], date | None] = _no_day
    stands: Callable[[Any], bool] = _stands
    language: Callable[[Any], str | None] = _in_any

    @property
    def name(self) -> str:
        """What it is called in the index: the name of its table."""
        return str(self.model.__tablename__)

    @property
    def is_dated(self) -> bool:
        """Whether it has a day of its own."""
        return self.day is not _no_day

    @property
    def found(self) -> type[Any]:
        """The class of what a person is shown."""
        return self.way[self.shown - 1].to if self.shown else self.model


_searchable: dict[str, Searchable] = {}


def register(one: Searchable) -> None:
    """Enter a class. Raises ValueError where it was entered before."""
    if one.name in _searchable and _searchable[one.name].model is not one.model:
        raise ValueError(f"{one.name} is entered twice")
    _searchable[one.name] = one


def of(thing: Any) -> Searchable | None:
    """What is said of the class of a thing; None where it is not found."""
    one = _searchable.get(getattr(type(thing), "__tablename__", ""))
    return one if one is not None and one.model is type(thing) else None


def by_name(name: str) -> Searchable | None:
    """What is said of the class of this table."""
    return _searchable.get(name)


def every() -> list[Searchable]:
    """All of them, in a constant order."""
    return [_searchable[name] for name in sorted(_searchable)]
