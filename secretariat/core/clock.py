"""The only source of the present moment.

Everything that asks "what time is it" asks here, so that a test, a bench or a rehearsal of a restore can move the
whole product in time at once: outside production an offset in seconds may be read from a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

_offset_file: Path | None = None
_moved = timedelta()


def configure(offset_file: Path | None) -> None:
    """Let the clock run ahead (or behind) by the number of seconds written in `offset_file`; None for the true time."""
    global _offset_file
    _offset_file = offset_file


@contextmanager
def moved(by: timedelta) -> Iterator[None]:
    """Let what is done inside happen at another time: how a demonstration gets a past. One process, one thread."""
    global _moved
    before, _moved = _moved, by
    try:
        yield
    finally:
        _moved = before


def _offset() -> timedelta:
    if _offset_file is None:
        return _moved
    try:
        return _moved + timedelta(seconds=float(_offset_file.read_text().strip() or 0))
    except FileNotFoundError:
        return _moved


def now() -> datetime:
    """The present instant, in UTC and aware of it."""
    if _offset_file is None and not _moved:
        return datetime.now(UTC)
    return datetime.now(UTC) + _offset()


def machine() -> datetime:
    """The present instant on the machine's own clock, wherever a rehearsal has moved the product's time.

    For leases alone: they measure how long a process has been silent, and must not end because time was moved.
    """
    return datetime.now(UTC)


def today(zone: str = "UTC") -> date:
    """The calendar day it is now in `zone` (an IANA name)."""
    return now().astimezone(ZoneInfo(zone)).date()


def day_began() -> datetime:
    """The instant at which the present day began, in UTC: for what may be known to the day and no closer."""
    return now().replace(hour=0, minute=0, second=0, microsecond=0)
