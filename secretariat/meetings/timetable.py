"""The hours of an agenda: each item begins where the one before it ends. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, Protocol, TypeVar


class Timed(Protocol):
    """An item of an agenda, as far as its hours go."""

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


@dataclass(frozen=True, slots=True)
class Slot(Generic[T]):
    """An item with the hour at which it begins; None where the minutes before it are not all known."""

    item: T
    begins: datetime | None


@dataclass(frozen=True, slots=True)
class Day(Generic[T]):
    """A day of the meeting. `over` is by how many minutes its items run beyond its end (negative: minutes to spare);
    None where hours or minutes are not known."""

    number: int
    on: date | None
    slots: tuple[Slot[T], ...]
    ends: datetime | None
    over: int | None


def timetable(items: Sequence[T], sittings: Sequence[Part], first_day: date | None = None) -> list[Day[T]]:
    """The days of a meeting with their items in order, each with its hour. Days without items are left out.

    `first_day` dates the days where the meeting has no sittings yet.
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
    at = begins.get(on) if on else None
    slots = []
    for one in (one for one in items if one.day == number):
        slots.append(Slot(one, at))
        at = at + timedelta(minutes=one.minutes) if at is not None and one.minutes is not None else None
    end = ends.get(on) if on else None
    over = round((at - end).total_seconds() / 60) if at is not None and end is not None else None
    return Day(number, on, tuple(slots), end, over)
