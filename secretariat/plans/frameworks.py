"""Outside frameworks to which objectives of a plan point: the Global Compact, and one of the plan's own region.

The Global Compact is reference data, the same everywhere. What a regional community has set itself the secretariat
enters with the plan. A goal is told by its key: `gcm:8`, `own:3.1`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from secretariat.core.localtext import LocalText
from secretariat.plans.models import Plan

OWN = "own"
MOST_GOALS, LONGEST_NUMBER, LONGEST_TITLE = 200, 20, 300
_DATA = Path(__file__).parent.parent / "reference" / "data" / "frameworks"


@dataclass(frozen=True, slots=True)
class Goal:
    """What a framework sets out to do. `mark` is what stands in a table: `GCM 8`, or its number alone where it is of
    the plan's own region."""

    key: str
    mark: str
    framework: LocalText
    number: str
    title: LocalText


@cache
def global_compact() -> tuple[Goal, ...]:
    """The objectives of the Global Compact for Migration, in their order."""
    read: dict[str, Any] = yaml.safe_load((_DATA / "gcm.yaml").read_text(encoding="utf-8"))
    name = LocalText(read["name"], "en")
    return tuple(
        Goal(f"{read['key']}:{one['number']}", f"{read['mark']} {one['number']}", name, one["number"],
             LocalText(one["title"], "en"))
        for one in read["goals"]
    )  # fmt: skip


def goals_of(plan: Plan) -> dict[str, Goal]:
    """Everything the objectives of a plan can point to, by key, in order."""
    own = plan.framework_name or LocalText({}, "en")
    language = own.original
    regional = (
        Goal(f"{OWN}:{one['number']}", one["number"], own, one["number"], LocalText({language: one["title"]}, language))
        for one in plan.framework_goals
    )
    return {one.key: one for one in (*global_compact(), *regional)}


def pointed_to(goals: Mapping[str, Goal], keys: Iterable[str]) -> list[Goal]:
    """Those of these keys there are, in the order of their frameworks."""
    wanted = set(keys)
    return [goal for key, goal in goals.items() if key in wanted]


def goals_in(text: str) -> list[dict[str, str]]:
    """What was typed, a goal in each line: its number, then its words. Raises ValueError with the line that has no
    words, or whose number is another's."""
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        number, _space, title = line.partition(" ")
        number = number.rstrip(".):")
        if not number or not title.strip() or number in found or len(number) > LONGEST_NUMBER:
            raise ValueError(line)
        found[number] = title.strip()[:LONGEST_TITLE]
    return [{"number": number, "title": title} for number, title in found.items()]


def typed(goals: Iterable[Mapping[str, str]]) -> str:
    """The same as `goals_in` reads it."""
    return "\n".join(f"{one['number']} {one['title']}" for one in goals)
