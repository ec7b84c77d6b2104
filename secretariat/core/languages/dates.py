"""Dates and times in words, in the reader's language.

Patterns come whole from the catalogue, in the letters of Unicode TR 35 (`EEE d MMM`). Never figures alone: the month
is a word. Days are `date`, instants are aware `datetime` in UTC, sittings and deadlines wall time with a zone.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.core import get_global
from babel.dates import format_date, format_time

from secretariat.core.dates import PartialDate
from secretariat.core.languages.catalogue import Language, current_reading, gettext, ngettext, pgettext

NEAR_DAYS = 8
"""Days to come within which the distance stands beside the date."""

# The United Nations write both names of the month in Arabic; the locale data know only one at a time.
ARABIC_MONTHS = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)


def _written(day: date, pattern: str) -> str:
    return _written_in(current_reading().language, day, pattern)


@lru_cache(maxsize=5000)
def _written_in(language: Language, day: date, pattern: str) -> str:
    """A day by a pattern, with what the locale data lack: both Arabic month names, the French first of the month."""
    if language.code == "ar":
        for letters in ("MMMM", "MMM"):
            pattern = pattern.replace(letters, f"'{ARABIC_MONTHS[day.month - 1]}'")
    if language.code == "fr" and day.day == 1:
        pattern = pattern.replace("d", "'1er'")
    return format_date(day, pattern, locale=language.locale)


def day_text(day: date, *, today: date, weekday: bool = True) -> str:
    """`Tue 14 Apr`; `19 Nov 2025` if it is not of this year."""
    if day.year != today.year:
        return _written(day, pgettext("date pattern", "d MMM y"))
    return _written(day, pgettext("date pattern", "EEE d MMM") if weekday else pgettext("date pattern", "d MMM"))


def day_in_full(day: date, *, weekday: bool = True) -> str:
    """`Tuesday 14 April 2026`, as in prose and letters."""
    return _written(day, pgettext("date pattern", "EEEE d MMMM y") if weekday else pgettext("date pattern", "d MMMM y"))


def month_in_full(day: date) -> str:
    """`April 2026`."""
    return _written(day, pgettext("date pattern", "MMMM y"))


def weekday_text(day: date, *, full: bool = False) -> str:
    """`Tue`, or `Tuesday`, at the head of a column."""
    return _written(day, "cccc" if full else "ccc")


def weekday_letter(day: date) -> str:
    """`T`, at the head of a column as narrow as a figure."""
    return _written(day, "ccccc")


def day_of_month_text(day: date, *, month: bool = False) -> str:
    """`14`; `14 Apr` where it is another month's."""
    return _written(day, pgettext("date pattern", "d MMM") if month else "d")


def month_name(day: date) -> str:
    """`April`, beside the day in a list."""
    return _written(day, "MMMM")


def partial_date_text(value: PartialDate) -> str:
    """A date from a source as precisely as it was written: `2009`, `April 2009` or `23 April 2009`."""
    if value.precision == "year":
        return str(value.first_day.year)
    if value.precision == "month":
        return month_in_full(value.first_day)
    return day_in_full(value.first_day, weekday=False)


def days_text(first: date, last: date) -> str:
    """`14 April 2026`, `14–15 April 2026`, `30 April–2 May 2026`, `30 December 2026–2 January 2027`."""
    if first == last:
        return day_in_full(first, weekday=False)
    if (first.year, first.month) == (last.year, last.month):
        month = _written(first, "MMMM")
        return pgettext(
            "days of one month",
            "%(first)s–%(last)s %(month)s %(year)s",
            first=_written(first, "d"),
            last=last.day,
            month=month,
            year=first.year,
        )
    if first.year == last.year:
        begin = _written(first, pgettext("date pattern", "d MMMM"))
    else:
        begin = day_in_full(first, weekday=False)
    return pgettext("days", "%(first)s–%(last)s", first=begin, last=day_in_full(last, weekday=False))


def distance_text(day: date, *, today: date) -> str | None:
    """`today`, `tomorrow`, `in 3 days` inside eight days to come; otherwise None."""
    ahead = (day - today).days
    if ahead < 0 or ahead >= NEAR_DAYS:
        return None
    if ahead == 0:
        return gettext("today")
    if ahead == 1:
        return gettext("tomorrow")
    return ngettext("in %(num)s day", "in %(num)s days", ahead)


def ago_text(day: date, *, today: date) -> str:
    """`today`, `yesterday`, `13 days ago`; for the secretariat and a reader's own state only."""
    behind = (today - day).days
    if behind <= 0:
        return gettext("today")
    if behind == 1:
        return gettext("yesterday")
    return ngettext("%(num)s day ago", "%(num)s days ago", behind)


def hour_text(moment: time | datetime) -> str:
    """`09:00`, in every language."""
    return _hour_in(current_reading().language, moment.hour, moment.minute)


@lru_cache(maxsize=2000)
def _hour_in(language: Language, hour: int, minute: int) -> str:
    return format_time(time(hour, minute), "HH:mm", locale=language.locale)


def hour_range_text(begin: time, end: time) -> str:
    """`09:00–17:00`."""
    return pgettext("hours", "%(begin)s–%(end)s", begin=hour_text(begin), end=hour_text(end))


def offset_text(offset: timedelta | None) -> str:
    """`UTC−5`, `UTC+5:30`, `UTC`, with a true minus sign."""
    minutes = int((offset or timedelta()).total_seconds() // 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}{f':{rest:02d}' if rest else ''}"


def place_of_zone(zone: str) -> str:
    """`Panama` for `America/Panama`, in the reader's language.

    The locale data hold some places under the key they once had (`Asia/Calcutta`), with today's name.
    """
    known = current_reading().language.locale.time_zones
    for key in (zone, *_former_keys().get(zone, ())):
        city: str | None = known.get(key, {}).get("city")
        if city:
            return city
    return zone.rpartition("/")[2].replace("_", " ")


@lru_cache(maxsize=1)
def _former_keys() -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for former, present in get_global("zone_aliases").items():
        keys.setdefault(present, []).append(former)
    return keys


def zone_text(zone: str, at: datetime) -> str:
    """`Panama time (UTC−5)`: the zone by its place, with its offset on that day."""
    offset = offset_text(on_clock_of(at, ZoneInfo(zone)).utcoffset())
    if zone in ("UTC", "Etc/UTC"):
        return "UTC"
    return gettext("%(place)s time (%(offset)s)", place=place_of_zone(zone), offset=offset)


def hours_text(begin: datetime, end: datetime | None, zone: str) -> str:
    """`09:00–17:00, Panama time (UTC−5)`. Naive times are wall times of the zone, aware ones are turned into it."""
    where = ZoneInfo(zone)
    first = on_clock_of(begin, where)
    if end is None:
        return gettext("%(hour)s, %(zone)s", hour=hour_text(first), zone=zone_text(zone, first))
    return gettext(
        "%(begin)s–%(end)s, %(zone)s",
        begin=hour_text(first),
        end=hour_text(on_clock_of(end, where)),
        zone=zone_text(zone, first),
    )


def deadline_text(moment: datetime, zone: str, *, today: date) -> str:
    """`Fri 13 Mar, 17:00, Panama time (UTC−5)`: a deadline always carries its hour and its place."""
    local = on_clock_of(moment, ZoneInfo(zone))
    return gettext(
        "%(day)s, %(hour)s, %(zone)s",
        day=day_text(local.date(), today=today),
        hour=hour_text(local),
        zone=zone_text(zone, local),
    )


def moment_text(moment: datetime, *, today: date) -> str:
    """`Tue 14 Apr, 09:12`, in the reader's own zone; the zone is said once in the foot of the page."""
    local = in_reader_zone(moment)
    return gettext("%(day)s, %(hour)s", day=day_text(local.date(), today=today), hour=hour_text(local))


def in_reader_zone(moment: datetime) -> datetime:
    """An instant on the reader's clock."""
    return on_clock_of(moment, ZoneInfo(current_reading().zone))


def on_clock_of(moment: datetime, zone: tzinfo) -> datetime:
    """An instant, or a wall time that has no zone yet, on the clock of a zone."""
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
