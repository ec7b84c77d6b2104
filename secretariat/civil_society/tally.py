"""What a vote says; pure, values in and values out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Phase(StrEnum):
    """Where a choice stands on a day."""

    NAMING = "naming"
    VOTING = "voting"
    OVER = "over"
    SETTLED = "settled"
    ENDED = "ended"
    """Called off, or lapsed."""


def phase(today: date, named_until: date, ends_on: date, *, candidates: int, places: int, settled: bool) -> Phase:
    """Where it stands: there is a vote only where more are named than can go."""
    if settled:
        return Phase.SETTLED
    if today <= named_until:
        return Phase.NAMING
    return Phase.VOTING if today <= ends_on and candidates > places else Phase.OVER


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes of each candidate, most first; who is elected by them, and who is tied for the places that are left."""

    votes: dict[UUID, int]
    elected: frozenset[UUID]
    tied: frozenset[UUID]
    left: int
    """Places for which the tied stand level."""


def counted(candidates: Sequence[UUID], papers: Iterable[Collection[str]], places: int) -> Tally:
    """Count papers; each names up to `places` candidates, and what names none of these counts for nobody."""
    said = Counter(one for paper in papers for one in set(paper))
    votes = {one: said[str(one)] for one in candidates}
    order = sorted(candidates, key=lambda one: -votes[one])
    if len(order) <= places:
        return Tally(votes, frozenset(order), frozenset(), 0)
    last = votes[order[places - 1]]
    if votes[order[places]] < last:
        return Tally(votes, frozenset(order[:places]), frozenset(), 0)
    elected = frozenset(one for one in order if votes[one] > last)
    return Tally(votes, elected, frozenset(one for one in order if votes[one] == last), places - len(elected))
