"""What else lies on the days of a meeting: other meetings of the same participants. Pure; no database, no clock.

Nothing here is an obstacle: an officer is told before saving, and decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from secretariat.core.localtext import LocalText


@dataclass(frozen=True, slots=True)
class Span:
    """Days from a first to a last one, both included."""

    first: date
    last: date

    def shared(self, other: Span) -> Span | None:
        """The days two spans have in common; None where they have none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Span(first, last) if first <= last else None

    def each(self) -> list[date]:
        """Every day of it."""
        return [self.first + timedelta(days=ahead) for ahead in range((self.last - self.first).days + 1)]


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting as far as its days and who comes are known to the reader.

    `meeting` is None where the reader may know the days and not the meeting; `acronym` is that of its process, empty
    where the reader does not read that.
    """

    meeting: UUID | None
    title: LocalText
    acronym: str
    days: Span
    participants: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Clash:
    """Another meeting on some of the same days, and the participants who are to be at both."""

    other: Gathering
    days: Span
    participants: frozenset[UUID]


def clashing(days: Span, participants: Iterable[UUID], others: Iterable[Gathering]) -> list[Clash]:
    """The meetings that share days and participants with these, the earliest first."""
    wanted = frozenset(participants)
    found = []
    for other in others:
        shared, both = days.shared(other.days), wanted & other.participants
        if shared is not None and both:
            found.append(Clash(other, shared, both))
    return sorted(found, key=lambda one: (one.days.first, one.days.last, one.other.acronym, str(one.other.title)))
