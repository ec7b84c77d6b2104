"""Milestones of a commitment: days on the way, each with its words. Pure but for the column they are kept in.

A commitment has a due date or milestones. The next milestone that is not reached is the day that is due; once all are
reached the last one stays, until the participant says that it is done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import JSON, Dialect
from sqlalchemy.types import TypeDecorator

from secretariat.core.database import new_key
from secretariat.core.languages.dates import day_in_full
from secretariat.core.localtext import LocalText

MOST = 8
"""How many milestones a commitment has at the most: it is a statement of intent and no plan of its own."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day, and what is to be reached by it. `key` tells it from the others of its commitment, whatever is revised."""

    on: date
    words: LocalText
    reached_on: date | None = None
    key: str = ""

    @property
    def is_open(self) -> bool:
        return self.reached_on is None

    def __str__(self) -> str:
        return f"{day_in_full(self.on, weekday=False)}: {self.words}"

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "on": self.on.isoformat(),
            "words": self.words.to_json(),
            "reached_on": self.reached_on.isoformat() if self.reached_on else None,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Milestone:
        reached = value["reached_on"]
        return cls(
            date.fromisoformat(value["on"]),
            LocalText.from_json(value["words"]),
            date.fromisoformat(reached) if reached else None,
            value["key"],
        )


Milestones = tuple[Milestone, ...]


def in_order(given: Iterable[Milestone]) -> Milestones:
    """By their days, those of one day as they were given, each with a key of its own."""
    keyed = (one if one.key else replace(one, key=new_key().hex[:12]) for one in given)
    return tuple(sorted(keyed, key=lambda one: one.on))


def open_ones(milestones: Milestones) -> Milestones:
    """Those still to be reached, the next first."""
    return tuple(one for one in milestones if one.is_open)


def next_open(milestones: Milestones) -> Milestone | None:
    """The one that is due next; None where there is none, or all are reached."""
    return next(iter(open_ones(milestones)), None)


def due_on(milestones: Milestones, otherwise: date | None) -> date | None:
    """The day that is due: that of the next open milestone, else of the last; `otherwise` where there are none."""
    if not milestones:
        return otherwise
    return (next_open(milestones) or milestones[-1]).on


def reached(milestones: Milestones, keys: Collection[str], on: date) -> Milestones:
    """The same with these marked as reached on a day. Raises KeyError where one of them is not open."""
    missing = set(keys) - {one.key for one in open_ones(milestones)}
    if missing:
        raise KeyError(*missing)
    return tuple(replace(one, reached_on=on) if one.key in keys else one for one in milestones)


def reopened(milestones: Milestones, keys: Collection[str]) -> Milestones:
    """The same with these not reached. Raises KeyError where one of them is not reached."""
    missing = set(keys) - {one.key for one in milestones if not one.is_open}
    if missing:
        raise KeyError(*missing)
    return tuple(replace(one, reached_on=None) if one.key in keys else one for one in milestones)


def postponed(milestones: Milestones, to: date) -> Milestones:
    """The same with the next open one moved to a day. Raises ValueError where another is due before that."""
    moving, *later = open_ones(milestones)
    if later and later[0].on < to:
        raise ValueError(later[0].on)
    return in_order(replace(one, on=to) if one is moving else one for one in milestones)


class MilestonesColumn(TypeDecorator[Milestones]):
    """Stores milestones as JSON, in their order."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Milestones | None, dialect: Dialect) -> Any:
        return [one.to_json() for one in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> Milestones:
        return tuple(Milestone.from_json(one) for one in value or ())
