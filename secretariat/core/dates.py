"""Instants in UTC, and dates as precise as their source."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Literal

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator

Precision = Literal["year", "month", "day"]
_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class UtcInstant(TypeDecorator[datetime]):
    """An instant, always aware, always UTC; naive values are refused rather than guessed."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone; use core.clock.now()")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to the year, the month or the day, kept and shown as the source wrote it (`2009`, `2009-04`)."""

    written: str

    def __post_init__(self) -> None:
        self.first_day  # noqa: B018 - a date that is none must not come into being

    @classmethod
    def parse(cls, value: int | str | date) -> PartialDate:
        """Read a year (as number or text), a year and month, or a day.

        Raises ValueError with a sentence that names what was written.
        """
        if isinstance(value, date):
            return cls(value.isoformat())
        return cls(str(value).strip())

    @property
    def precision(self) -> Precision:
        return {4: "year", 7: "month", 10: "day"}[len(self.written)]  # type: ignore[return-value]

    @property
    def first_day(self) -> date:
        """The earliest day it can mean."""
        return _first_day(self.written)

    @property
    def last_day(self) -> date:
        """The latest day it can mean."""
        first = self.first_day
        if self.precision == "year":
            return date(first.year, 12, 31)
        if self.precision == "month":
            return date(first.year, first.month, monthrange(first.year, first.month)[1])
        return first

    def __str__(self) -> str:
        return self.written


@lru_cache(maxsize=20_000)
def _first_day(written: str) -> date:
    match = _WRITTEN.fullmatch(written)
    if match is None:
        raise ValueError(f"{written!r} is no date; write 2009, 2009-04 or 2009-04-23")
    year, month, day = match.groups()
    try:
        return date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError(f"{written!r} is no date of the calendar; write 2009, 2009-04 or 2009-04-23") from None


class PartialDateColumn(TypeDecorator[PartialDate]):
    """Stores a `PartialDate` as written; the texts sort as the dates do."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: Dialect) -> str | None:
        return None if value is None else value.written

    def process_result_value(self, value: str | None, dialect: Dialect) -> PartialDate | None:
        return None if value is None else PartialDate(value)


def reached(value: PartialDate | None, on: date) -> bool:
    """Whether a beginning lies on or before `on`; an unknown beginning is taken as reached."""
    return value is None or value.first_day <= on


def passed(value: PartialDate | None, on: date) -> bool:
    """Whether an end lies on or before `on`: the end is the first day that no longer counts. Unknown is not passed.

    An imprecise end is taken at its first day: a right that may have ended has ended.
    """
    return value is not None and value.first_day <= on
