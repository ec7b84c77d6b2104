"""A year of a process on its two tracks, side by side, as far as the reader knows of them. Pure.

What stands on a lane is what the reader reads anyway; of the other side's days that is, for its offices, that they are
taken. A lane nothing is known of is not there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from secretariat.meetings.clashes import Span


@dataclass(frozen=True, slots=True)
class OnLane:
    """What lies on days: an entry of the calendar, or - `entry` None - days that the other side says are taken."""

    days: Span
    entry: Any = None
    track: UUID | None = None

    @property
    def is_joint(self) -> bool:
        """Whether both sides hold it together."""
        return self.entry is not None and self.entry.notice is not None


@dataclass(slots=True)
class Stretch:
    """A part of a month, as a row: what stands on each lane, or one session across all of them."""

    month: date
    lanes: list[list[OnLane]]
    joint: OnLane | None = None
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """The lanes by track, None for a side that is known by a session held with it alone; and the months."""

    lanes: list[UUID | None]
    rows: list[Stretch] = field(default_factory=list)

    @property
    def spans(self) -> bool:
        """Whether a joint session lies across the lanes: there are two of them, so it is theirs."""
        return len(self.lanes) == 2

    def lane_of(self, one: OnLane) -> int | None:
        """The number of its lane; None where it lies across them."""
        return None if one.is_joint and self.spans else self.lanes.index(one.track)


def side_by_side(
    entries: Iterable[Any], taken: Iterable[tuple[Span, UUID]], tracks: Sequence[UUID], known: Collection[UUID]
) -> Sides:
    """`tracks` are those of the process in order, `known` those that stand there also with nothing on them."""
    things = [OnLane(one.days, one, one.track) for one in entries]
    things += [OnLane(days, None, track) for days, track in taken]
    things.sort(key=lambda one: (one.days.first, one.days.last, one.is_joint))
    on_lanes = {one.track for one in things if one.track is not None} | set(known)
    sides = Sides(_lanes(on_lanes, tracks, is_joint=any(one.is_joint for one in things)))
    for one in things:
        _put(sides, one)
    return sides


def _lanes(on_lanes: Collection[UUID], tracks: Sequence[UUID], *, is_joint: bool) -> list[UUID | None]:
    """In the order of the tracks. Where a session is held with a side of which nothing else is known, that side is
    named if it is the only one the reader knows of."""
    others = [one for one in tracks if one not in on_lanes]
    if is_joint and len(on_lanes) == 1 and len(others) == 1:
        on_lanes = {*on_lanes, *others}
    lanes: list[UUID | None] = [one for one in tracks if one in on_lanes]
    lanes += sorted((one for one in on_lanes if one not in tracks), key=str)
    return [*lanes, None] if is_joint and len(lanes) == 1 else lanes


def _put(sides: Sides, one: OnLane) -> None:
    """Add it to the row it belongs to: what lies before and after a joint session stands in rows of its own."""
    month = one.days.first.replace(day=1)
    last = sides.rows[-1] if sides.rows else None
    across = sides.lane_of(one) is None
    if last is None or last.month != month or last.joint is not None or across:
        is_first = last is None or last.month != month
        last = Stretch(month, [[] for _lane in sides.lanes], one if across else None, is_first)
        sides.rows.append(last)
    if not across:
        last.lanes[sides.lanes.index(one.track)].append(one)


def rows_by_month(rows: Sequence[Stretch]) -> Mapping[date, int]:
    """How many rows each month has."""
    found: dict[date, int] = {}
    for one in rows:
        found[one.month] = found.get(one.month, 0) + 1
    return found
