"""Outside frameworks to which objectives of a plan point: the Global Compact, and one of the plan's own region.

The Global Compact is reference data, the same everywhere. What a regional community has set itself the secretariat
enters once; it stands with the track, for all its plans. A goal is told by its key: `gcm:8`, `own:3.1`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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


class NotInOriginal(ValueError):
    """A number that stands in another language and not in the original."""

    def __init__(self, number: str, language: str) -> None:
        super().__init__(number)
        self.number, self.language = number, language


@dataclass(frozen=True, slots=True)
class Goal:
    """What a framework sets out to do. `mark` is what stands in a table: `GCM 8`, or its number alone where it is of
    the process's own region."""

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
    own = plan.track.framework_name or LocalText({}, "en")
    regional = (
        Goal(f"{OWN}:{one['number']}", one["number"], own, one["number"], LocalText.from_json(one["title"]))
        for one in plan.track.framework_goals
    )
    return {one.key: one for one in (*global_compact(), *regional)}


def pointed_to(goals: Mapping[str, Goal], keys: Iterable[str]) -> list[Goal]:
    """Those of these keys there are, in the order of their frameworks."""
    wanted = set(keys)
    return [goal for key, goal in goals.items() if key in wanted]


def goals_in(typed: LocalText) -> list[dict[str, Any]]:
    """What was typed, a goal in each line: its number, then its words; in each language, in the order of the original.

    Raises ValueError with the line that has no words, or whose number is another's; NotInOriginal.
    """
    told = {language: _told(text) for language, text in typed.texts.items()}
    first = told.get(typed.original, {})
    for language, goals in told.items():
        for number in goals.keys() - first.keys():
            raise NotInOriginal(number, language)
    return [
        {
            "number": number,
            "title": LocalText(
                {language: goals[number] for language, goals in told.items() if number in goals}, typed.original
            ).to_json(),
        }
        for number in first
    ]


def _told(text: str) -> dict[str, str]:
    """The goals of one language: words by number."""
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        number, _space, title = line.partition(" ")
        number = number.rstrip(".):")
        if not number or not title.strip() or number in found or len(number) > LONGEST_NUMBER:
            raise ValueError(line)
        found[number] = title.strip()[:LONGEST_TITLE]
    return found


def typed(goals: Sequence[Mapping[str, Any]]) -> LocalText | None:
    """The same as `goals_in` reads it."""
    if not goals:
        return None
    titles = [(one["number"], LocalText.from_json(one["title"])) for one in goals]
    spoken = {language for _number, title in titles for language in title.texts}
    return LocalText(
        {
            language: "\n".join(
                f"{number} {title.texts[language]}" for number, title in titles if language in title.texts
            )
            for language in spoken
        },
        titles[0][1].original,
    )
