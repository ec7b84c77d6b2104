"""Compares what survived with the survivors whose reason is written down."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SURVIVORS = Path(__file__).with_name("survivors.toml")
Key = tuple[str, str]
"""Module and name of a mutant."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`unexplained` survived without a written reason; `stale` have a reason and are gone or noticed by now."""

    unexplained: list[Key]
    stale: list[Key]


def verdict(survived: Iterable[Key], explained: Iterable[Key]) -> Verdict:
    """What is not as it is written down."""
    alive, written = set(survived), set(explained)
    return Verdict(sorted(alive - written), sorted(written - alive))


def written_down(path: Path = SURVIVORS) -> dict[Key, str]:
    """The survivors with a reason. Raises ValueError where one has none or stands twice."""
    found: dict[Key, str] = {}
    for group in tomllib.loads(path.read_text()).get("survivors", []):
        if len(group["reason"].split()) < 4:
            raise ValueError(f"say why these survive: {group['mutants']}")
        for name in group["mutants"]:
            if (group["module"], name) in found:
                raise ValueError(f"{name} of {group['module']} stands twice")
            found[group["module"], name] = group["reason"]
    return found
