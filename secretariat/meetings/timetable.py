"""The hours of an agenda: each item begins where the one before it ends. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, NamedTuple, Protocol, TypeVar
from uuid import UUID


class Timed(Protocol):
    """An item of an agenda, as far as its hours go."""

    @property
    def id(self) -> UUID: ...
    @property
    def within_id(self) -> UUID | None: ...
    @property
    def day(self) -> int: ...
    @property
    def minutes(self) -> int | None: ...


class Part(Protocol):
    """A sitting, as far as its hours go: naive wall times."""

    @property
    def begins_wall(self) -> datetime: ...
    @property
    def ends_wall(self) -> datetime: ...


T = TypeVar("T", bound=Timed)


class Slot(NamedTuple, Generic[T]):
    """An item with the hour at which it begins; None where the minutes before it are not all known.

    `minutes` are its own, or those of its parts together. `over` is by how many minutes its parts run beyond what the
    item itself is given (negative: minutes to spare); None where either is not known. A part has the item before it.
    """

    item: T
    begins: datetime | None
    minutes: int | None = None
    over: int | None = None
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Day(Generic[T]):
    """A day of the meeting. `over` is by how many minutes its items run beyond its end (negative: minutes to spare);
    None where hours or minutes are not known and those that are do not fill the day by themselves."""

    number: int
    on: date | None
    slots: tuple[Slot[T], ...]
    ends: datetime | None
    over: int | None


def timetable(items: Sequence[T], sittings: Sequence[Part], first_day: date | None = None) -> list[Day[T]]:
    """The days of a meeting with their items in order, each with its hour. Days without items are left out.

    `first_day` dates the days where the meeting has no sittings yet. Parts of an item run one after the other inside
    it; one whose item is not among these runs like an item.
    """
    begins: dict[date, datetime] = {}
    ends: dict[date, datetime] = {}
    for one in sorted(sittings, key=lambda part: part.begins_wall):
        on = one.begins_wall.date()
        begins.setdefault(on, one.begins_wall)
        ends[on] = one.ends_wall
    first = min(begins, default=first_day)
    return [
        _day(number, first + timedelta(days=number - 1) if first else None, items, begins, ends)
        for number in sorted({one.day for one in items})
    ]


def _day(
    number: int, on: date | None, items: Sequence[T], begins: dict[date, datetime], ends: dict[date, datetime]
) -> Day[T]:
    at = begin = begins.get(on) if on else None
    here = [one for one in items if one.day == number]
    parts_of: dict[UUID, list[T]] = {one.within_id: [] for one in here if one.within_id is not None}
    on_their_own = here
    if parts_of:
        present = {one.id for one in here}
        on_their_own = [one for one in here if one.within_id is None or one.within_id not in present]
        for one in here:
            if one.within_id is not None:
                parts_of[one.within_id].append(one)
    slots: list[Slot[T]] = []
    for one in on_their_own:
        parts = parts_of.get(one.id) if parts_of else None
        run = _with_parts(one, parts, at) if parts else [Slot(one, at, one.minutes)]
        slots += run
        at = _later(at, run[0].minutes)
    end = ends.get(on) if on else None
    known = sum(slot.minutes or 0 for slot in slots if not slot.is_part)
    return Day(number, on, tuple(slots), end, _over(begin, at, end, known))


def _over(begin: datetime | None, at: datetime | None, end: datetime | None, known: int) -> int | None:
    """Minutes from the end of a day to that of its items, at `at`; where that is open, what `known` minutes take too
    many."""
    if begin is None or end is None:
        return None
    if at is not None:
        return round((at - end).total_seconds() / 60)
    beyond = round((begin + timedelta(minutes=known) - end).total_seconds() / 60)
    return beyond if beyond > 0 else None


def _with_parts(item: T, parts: Sequence[T], at: datetime | None) -> list[Slot[T]]:
    """An item and its parts, each at its hour."""
    inside = [one.minutes for one in parts]
    known = [one for one in inside if one is not None]
    together = sum(known) if parts and len(known) == len(inside) else None
    over = together - item.minutes if together is not None and item.minutes is not None else None
    slots = [Slot(item, at, item.minutes if item.minutes is not None else together, over)]
    for one in parts:
        slots.append(Slot(one, at, one.minutes, is_part=True))
        at = _later(at, one.minutes)
    return slots


def _later(at: datetime | None, minutes: int | None) -> datetime | None:
    return at + timedelta(minutes=minutes) if at is not None and minutes is not None else None
