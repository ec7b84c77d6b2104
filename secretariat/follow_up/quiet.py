"""Days on which nobody is written to: the weekend as it is in the recipient's country.

The country is the participant's where it is a state, else that of the recipient's zone. Public holidays belong in
`quiet_days`, too: a calendar of a country is one more test of a day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

_SATURDAY, _SUNDAY, _FRIDAY = 5, 6, 4
_OTHER_THAN_UNICODE_SAYS = {
    "BD": frozenset({_FRIDAY, _SATURDAY}),
    "BN": frozenset({_FRIDAY, _SUNDAY}),
    "MV": frozenset({_FRIDAY, _SATURDAY}),
}
"""Where the locale data of Unicode are not what offices keep."""


def country_of(zone: str) -> str:
    """The country a zone lies in (ISO 3166-1), empty where it lies in none."""
    found: str = get_global("zone_territories").get(zone, "")
    return found if len(found) == 2 and found.isalpha() else ""


@cache
def weekend(country: str) -> frozenset[int]:
    """The days of the week, Monday being 0, on which offices of a country are closed."""
    if country in _OTHER_THAN_UNICODE_SAYS:
        return _OTHER_THAN_UNICODE_SAYS[country]
    try:
        locale = Locale.parse(f"und_{country}" if country else "en_GB")
    except (UnknownLocaleError, ValueError):
        return frozenset({_SATURDAY, _SUNDAY})
    first, last = locale.weekend_start, locale.weekend_end
    return frozenset((first + day) % 7 for day in range((last - first) % 7 + 1))


def quiet_days(country: str, zone: str, *, weekends: bool = True) -> Callable[[date], bool]:
    """Whether nobody there is written to on a day; `weekends` says whether the policy keeps them free."""
    closed = weekend(country or country_of(zone)) if weekends else frozenset()
    return lambda day: day.weekday() in closed
