"""Which sums may be told to the chair, so that no participant can be read off them. Pure.

The chair is a member too and knows its own part of every sum, so that its own does not count: a number is told where
three others at least stand behind it. What is left after the numbers told are taken from their total could be worked
out, so it too must be of three others at least, or the total is all that is told. Nought is a number like the others:
it would say of each that it did nothing (ADR 0032).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

FEW = 3
"""How many others stand behind a number that is told."""

P = TypeVar("P", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Told(Generic[P]):
    """A total and its parts; None for what is not told."""

    total: int | None
    parts: Mapping[P, int | None]


def told(parts: Mapping[P, Mapping[UUID, int]], own: UUID | None) -> Told[P]:
    """What of a total and its parts may be told to who acts for `own`; `parts` map to what each participant adds."""
    behind = {part: _others(numbers, own) for part, numbers in parts.items()}
    if len(set().union(*behind.values())) < FEW:
        return Told(None, dict.fromkeys(parts))
    sums = {part: sum(numbers.values()) for part, numbers in parts.items()}
    hidden = {part for part in parts if len(behind[part]) < FEW}
    while hidden and len(hidden) < len(parts) and len(set().union(*(behind[part] for part in hidden))) < FEW:
        hidden.add(min((part for part in parts if part not in hidden), key=lambda part: (sums[part], str(part))))
    return Told(sum(sums.values()), {part: None if part in hidden else number for part, number in sums.items()})


def _others(numbers: Mapping[UUID, int], own: UUID | None) -> set[UUID]:
    return {one for one, number in numbers.items() if number and one != own}
