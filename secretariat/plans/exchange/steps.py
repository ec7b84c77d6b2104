"""Milestones in a cell: a line each, its day before its words; a column for each language. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from secretariat.core.languages import lazy_gettext as _l
from secretariat.plans.exchange import days
from secretariat.plans.milestones import MOST, Milestones

LONGEST = 300
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})\s*:?\s*(.*)", re.DOTALL)
_BETWEEN = re.compile(r"\s*(?::|\s[-–—]\s)\s*")


class Step(NamedTuple):
    """A day, and what is to be reached by it, by language."""

    on: date
    texts: Mapping[str, str]


def written(milestones: Milestones, code: str) -> str:
    """All of them in one language, so that each language has the same lines; nothing where none is said in it."""
    said = [(one.on, " ".join(one.words.texts.get(code, "").split())) for one in milestones]
    if not any(words for _on, words in said):
        return ""
    return "\n".join(f"{on.isoformat()}: {words}".strip() for on, words in said)


def languages_of(milestones: Milestones) -> list[str]:
    """In which languages something of them is said."""
    return sorted({code for one in milestones for code in one.words.texts})


def reached(milestones: Milestones) -> str:
    """Which of them are, and since when."""
    return "\n".join(f"{one.on.isoformat()}: {one.reached_on.isoformat()}" for one in milestones if one.reached_on)


def is_dated(cell: str) -> bool:
    """Whether each line of a cell begins with a day."""
    return all(_line(one.strip(), day_first=True) for one in cell.split("\n") if one.strip())


def read(cells: Mapping[str, str], *, day_first: bool) -> tuple[list[Step], Any]:
    """What `written` gave, or what others write alike; or none, and a sentence about what is to be mended."""
    told = {code: [line for line in cell.split("\n") if line.strip()] for code, cell in cells.items()}
    found: dict[str, list[tuple[date, str]]] = {}
    for code, lines in told.items():
        found[code] = []
        for line in lines:
            step = _line(line.strip(), day_first=day_first)
            if step is None:
                return [], _l(
                    "“%(said)s” begins with no day; write one before each milestone, for example 2027-06-30: the law "
                    "is drafted.",
                    said=line.strip()[:60],
                )
            found[code].append(step)
    return _together(found)


def _together(found: Mapping[str, Sequence[tuple[date, str]]]) -> tuple[list[Step], Any]:
    days_of = {tuple(on for on, _words in lines) for lines in found.values()}
    if len(days_of) > 1:
        return [], _l("The milestones have other days in another language; give each the same lines.")
    steps = [
        Step(on, {code: lines[at][1] for code, lines in found.items() if lines[at][1]})
        for at, on in enumerate(next(iter(days_of), ()))
    ]
    if not all(one.texts for one in steps):
        return [], _l("Say in a few words what is to be reached by each day.")
    if len(steps) > MOST:
        return [], _l("Give at most %(most)s milestones.", most=MOST)
    if any(len(words) > LONGEST for one in steps for words in one.texts.values()):
        return [], _l("At most %(most)s characters stand here.", most=LONGEST)
    return steps, None


def _line(line: str, *, day_first: bool) -> tuple[date, str] | None:
    dated = _DATED.fullmatch(line)
    said, words = dated.groups() if dated else (*_BETWEEN.split(line, maxsplit=1), "")[:2]
    day = days.read(said, day_first=day_first)
    return (day.on, words.strip()) if day is not None and day.on is not None else None
