"""Who came to the meetings of a body, time after time: for the secretariat in full, for the chair in sums. Pure.

Sums tell of numbers and of nobody: where a number is so small that it would point to somebody, it is not told, and
neither is the next smallest, from which it could be reckoned back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from secretariat.meetings.models import Attendance, Invitation

FEW = 3
"""Numbers below this one, but none, are not told in sums."""
CAME = (Attendance.PRESENT, Attendance.REPRESENTED)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sums:
    """One meeting in numbers; None for a number too small to be told.

    `again` are those of `came` that came to the meeting before it, too; None of `again` as a whole (`has_before` is
    false) where none is known. `levels` count the persons named at each level, the empty one those of whom it is not
    said; `ministries` how many different ones sent somebody.
    """

    came: int | None
    again: int | None
    has_before: bool
    persons: int | None
    ministries: int | None
    levels: Mapping[str, int | None]


def came(invitations: Iterable[Invitation]) -> set[UUID]:
    """Participants that were at the table."""
    return {one.participant_id for one in invitations if one.attendance in CAME}


def sums(invitations: Sequence[Invitation], before: Sequence[Invitation] | None, levels: Sequence[str]) -> Sums:
    """What the chair is told of one meeting, beside the one before it where one is known."""
    there = came(invitations)
    named = [person for one in invitations if one.participant_id in there for person in one.delegates]
    again = there & came(before) if before is not None else set()
    split = told({"again": len(again), "new": len(there - again)}) if before is not None else {"again": None}
    counted = Counter(one.level if one.level in levels else "" for one in named)
    return Sums(
        came=_told(len(there)),
        again=split["again"],
        has_before=before is not None,
        persons=_told(len(named)),
        ministries=_told(len({_plain(one.ministry) for one in named if one.ministry.strip()})),
        levels=told({level: counted[level] for level in (*levels, "")}),
    )


def told(counts: Mapping[T, int]) -> dict[T, int | None]:
    """The numbers that may be told beside their total; None for those that may not."""
    hidden = {key for key, number in counts.items() if 0 < number < FEW}
    if len(hidden) == 1:
        others = [key for key, number in counts.items() if number and key not in hidden]
        hidden |= {min(others, key=lambda key: counts[key])} if others else set()
    return {key: None if key in hidden else number for key, number in counts.items()}


def _told(number: int) -> int | None:
    return None if 0 < number < FEW else number


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
