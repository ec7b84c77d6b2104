"""Days on which nobody is written to: weekend and public holidays as they are in the recipient's country, and the
periods a process keeps free. Pure.

The country is the participant's where it is a state, else that of the recipient's zone. Where neither is known the
weekend is Saturday and Sunday, and no holiday is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from secretariat.core.days_off import closed_in, country_of, weekend

__all__ = ["QuietPeriod", "country_of", "quiet_days", "weekend"]


@dataclass(frozen=True, slots=True)
class QuietPeriod:
    """From a day to a day, both quiet; where `every_year`, on the same days of each year."""

    first: date
    last: date
    every_year: bool = False

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last - self.first).days + 1

    def covers(self, day: date) -> bool:
        """Whether it is quiet on a day."""
        if not self.every_year:
            return self.first <= day <= self.last
        if self.days >= 366:
            return True
        begins, ends, here = ((one.month, one.day) for one in (self.first, self.last, day))
        return begins <= here <= ends if begins <= ends else here >= begins or here <= ends

    @property
    def stored(self) -> dict[str, Any]:
        """As a policy keeps it."""
        return {"first": self.first.isoformat(), "last": self.last.isoformat(), "every_year": self.every_year}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> QuietPeriod:
        """What `stored` wrote."""
        return cls(date.fromisoformat(stored["first"]), date.fromisoformat(stored["last"]), bool(stored["every_year"]))


def quiet_days(
    country: str, zone: str, *, weekends: bool = True, holidays: bool = False, periods: Iterable[QuietPeriod] = ()
) -> Callable[[date], bool]:
    """Whether nobody there is written to on a day; `weekends`, `holidays` and `periods` say what the policy keeps."""
    place = country or country_of(zone)
    free = weekend(place) if weekends else frozenset()
    is_closed = closed_in(place) if holidays and place else None
    kept = tuple(periods)

    def is_quiet(day: date) -> bool:
        if day.weekday() in free or any(one.covers(day) for one in kept):
            return True
        # `closed_in` knows the weekend, too, which this policy may not keep free.
        return is_closed is not None and day.weekday() not in weekend(place) and is_closed(day)

    return is_quiet


def next_day(day: date, is_quiet: Callable[[date], bool], most: int = 400) -> date:
    """This day, or the first after it that is not quiet; after `most` days the last one looked at."""
    for ahead in range(most):
        if not is_quiet(day + timedelta(ahead)):
            return day + timedelta(ahead)
    return day + timedelta(most)
