"""A month as a calendar lays it out, and where the entries stand in it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, Protocol, TypeVar

from secretariat.meetings.clashes import Span

WEEK = 7


class Lasting(Protocol):
    """What lies on days."""

    @property
    def days(self) -> Span: ...


T = TypeVar("T", bound=Lasting)


@dataclass(frozen=True, slots=True)
class OnDay(Generic[T]):
    """An entry on one of its days: the `number`-th of `count`."""

    entry: T
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    """A day of the table; `is_of_month` where it is not of the month before or after."""

    on: date
    is_of_month: bool
    entries: tuple[OnDay[T], ...]


def whole_weeks(month: date, first_weekday: int) -> Span:
    """The days a table of this month shows: whole weeks, beginning on `first_weekday` (Monday is 0).

    `month` is any day of it.
    """
    first = month.replace(day=1)
    last = month_after(month) - timedelta(days=1)
    begin = first - timedelta(days=(first.weekday() - first_weekday) % WEEK)
    end = last + timedelta(days=(first_weekday - 1 - last.weekday()) % WEEK)
    return Span(begin, end)


def month_after(month: date) -> date:
    """The first day of the next month; of the last month there is, its own."""
    if (month.year, month.month) == (date.max.year, 12):
        return month.replace(day=1)
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def month_before(month: date) -> date:
    """The first day of the month before; of the first month there is, its own."""
    if (month.year, month.month) == (1, 1):
        return month.replace(day=1)
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def laid_out(month: date, first_weekday: int, entries: Iterable[T]) -> list[list[Cell[T]]]:
    """The weeks of a month, each day with what lies on it, in the order given."""
    shown = whole_weeks(month, first_weekday)
    on_days: dict[date, list[OnDay[T]]] = defaultdict(list)
    for one in entries:
        shared = shown.shared(one.days)
        if shared is None:
            continue
        count = (one.days.last - one.days.first).days + 1
        for ahead in range((shared.last - shared.first).days + 1):
            on = shared.first + timedelta(days=ahead)
            on_days[on].append(OnDay(one, (on - one.days.first).days + 1, count))
    length = (shown.last - shown.first).days + 1
    cells = [
        Cell(on, on.month == month.month, tuple(on_days[on]))
        for on in (shown.first + timedelta(days=ahead) for ahead in range(length))
    ]
    return [cells[begin : begin + WEEK] for begin in range(0, length, WEEK)]
