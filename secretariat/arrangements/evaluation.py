"""The papers of a workshop as sums: pure. Fewer than three would say whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 3


@dataclass(frozen=True, slots=True)
class Sums:
    """How many papers there are, and the mean of each question, to one decimal."""

    papers: int
    means: tuple[str, ...]


def sums_of(papers: Sequence[Sequence[int]]) -> Sums | None:
    """The sums; None while fewer than three papers are in."""
    if len(papers) < FEWEST:
        return None
    means = [sum(marks) / len(papers) for marks in zip(*papers, strict=True)]
    return Sums(len(papers), tuple(f"{mean:.1f}" for mean in means))
