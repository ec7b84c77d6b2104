"""Wall times of a place: whether an hour exists there, and which instant it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo, available_timezones


class HourProblem(Enum):
    """What can be wrong with an hour on the wall of a place on the day its clocks change."""

    SKIPPED = "skipped"  # the clocks pass over it
    TWICE = "twice"  # it comes twice


def is_zone(name: str) -> bool:
    """Whether `name` is a time zone of the IANA list."""
    return name in available_timezones()


def hour_problem(wall: datetime, zone: str) -> HourProblem | None:
    """What is wrong with this hour (naive) in this zone; None for nearly every hour of the year."""
    where = ZoneInfo(zone)
    first, second = (wall.replace(tzinfo=where, fold=fold).utcoffset() for fold in (0, 1))
    if first == second:
        return None
    returned = wall.replace(tzinfo=where).astimezone(UTC).astimezone(where).replace(tzinfo=None)
    return HourProblem.TWICE if returned == wall else HourProblem.SKIPPED


def instant(wall: datetime, zone: str) -> datetime:
    """The instant of a wall time (naive) in a zone, in UTC."""
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def apart(wall: datetime, zone: str, other: str) -> timedelta:
    """How far the clock of `other` is ahead of that of `zone` at this wall time; negative where it is behind."""
    here = wall.replace(tzinfo=ZoneInfo(zone))
    there = here.astimezone(ZoneInfo(other))
    return (there.utcoffset() or timedelta()) - (here.utcoffset() or timedelta())
