"""Days on which the offices of a country are closed: its weekend and its public holidays. Pure; no database, no clock.

Holidays come from the library `holidays`, with the names it has in the reader's language, else in English, else in the
country's own. What follows the moon is marked as estimated until it is announced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

import holidays
from babel import Locale, UnknownLocaleError
from babel.core import get_global

_SATURDAY, _SUNDAY, _FRIDAY = 5, 6, 4
_OTHER_THAN_UNICODE_SAYS = {
    "BD": frozenset({_FRIDAY, _SATURDAY}),
    "BN": frozenset({_FRIDAY, _SUNDAY}),
    "MV": frozenset({_FRIDAY, _SATURDAY}),
}
"""Where the locale data of Unicode are not what offices keep."""
_ENGLISH = "en"
FIRST_YEAR, LAST_YEAR = 1970, 2100
"""Years whose holidays are worked out; before and after them nobody plans a meeting."""
_CALENDARS_KEPT = 500


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday of a country. `language` is the one its name is in; `is_estimated` where the moon decides."""

    on: date
    name: str
    language: str
    is_estimated: bool = False


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


def holidays_in(country: str, first: date, last: date, language: str = _ENGLISH) -> list[Holiday]:
    """The public holidays of a country from a day to a day, in order; none where the library does not know it.

    `country` is an ISO 3166-1 code of two letters, `language` that of the reader.
    """
    found = [
        held
        for year in range(first.year, last.year + 1)
        for on, held in _of_year(country, year, language).items()
        if first <= on <= last
    ]
    return sorted(found, key=lambda one: one.on)


def closed_in(country: str) -> Callable[[date], bool]:
    """Whether the offices of a country are closed on a day; of no country (empty) the weekend alone is known."""
    free = weekend(country)
    return lambda day: day.weekday() in free or day in _of_year(country, day.year, _ENGLISH)


def working_day_before(day: date, is_closed: Callable[[date], bool], most: int = 14) -> date:
    """This day, or the nearest working day before it; the day itself where `most` days before are all closed."""
    for back in range(most + 1):
        if not is_closed(day - timedelta(back)):
            return day - timedelta(back)
    return day


@lru_cache(maxsize=_CALENDARS_KEPT)
def _of_year(country: str, year: int, language: str) -> Mapping[date, Holiday]:
    spoken = _supported().get(country.upper())
    if spoken is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    chosen = _chosen(spoken, language)
    calendar = _calendar(country.upper(), year, chosen)
    marks = [calendar.tr(label) for label in _labels_of_estimates(calendar)]
    in_language = (chosen or calendar.default_language or _ENGLISH).partition("_")[0]
    return {on: _holiday(on, name, in_language, marks) for on, name in calendar.items()}


def _calendar(country: str, year: int, language: str | None) -> holidays.HolidayBase:
    """The calendar of a country and year, saying of what is estimated that it is, where the library can."""
    made = getattr(holidays, country)
    try:
        calendar: holidays.HolidayBase = made(years=year, language=language, islamic_show_estimated=True)
    except TypeError:
        calendar = made(years=year, language=language)
    return calendar


def _labels_of_estimates(calendar: holidays.HolidayBase) -> list[str]:
    names = ("observed_estimated_label", "estimated_label")
    return [label for name in names if (label := getattr(calendar, name, None))]


def _holiday(on: date, name: str, language: str, marks: list[str]) -> Holiday:
    """A holiday without the library's own mark of an estimate; several of one day stand in one name."""
    bare, estimated = name, False
    for mark in marks:
        _before, _percent, after = mark.partition("%s")
        if after and after in bare:
            bare, estimated = bare.replace(after, ""), True
    return Holiday(on, bare.replace("; ", " · "), language, estimated)


@cache
def _supported() -> Mapping[str, tuple[str, ...]]:
    """The languages the library has for each country it knows."""
    spoken = holidays.list_localized_countries(include_aliases=False)
    return {code: tuple(spoken.get(code, ())) for code in holidays.list_supported_countries(include_aliases=False)}


def _chosen(spoken: tuple[str, ...], language: str) -> str | None:
    """The nearest of a country's languages: the reader's, else English, else None for the country's own."""
    for wanted in (language, _ENGLISH):
        found = next((one for one in spoken if one.partition("_")[0] == wanted), None)
        if found is not None:
            return found
    return None
