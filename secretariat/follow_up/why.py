"""Why nothing is asked of somebody on a day: the planner's reason. Pure; no database, no clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from secretariat.follow_up import planner
from secretariat.follow_up.planner import QUARTER_DAYS, Item, Rules, Series


class Why(StrEnum):
    """The first reason that holds."""

    NOTHING_OPEN = "nothing_open"
    ASKED_TO_WAIT = "asked_to_wait"
    QUIET_DAY = "quiet_day"
    TOO_SOON = "too_soon"
    ENOUGH = "enough"
    NEXT_STEP = "next_step"
    ALL_ASKED = "all_asked"
    DUE = "due"  # it was to go: what became of it stands with the mail


@dataclass(frozen=True, slots=True)
class Because:
    """A reason, and the day it turns on: until when somebody waits, when the last message went, when a step comes."""

    why: Why
    on: date | None = None


def because(
    items: Sequence[Item], rules: Rules, day: date, series: Series, is_quiet: Callable[[date], bool]
) -> Because:
    """Why no message went on a day, or that one was due. `series` is what had gone before that day."""
    if not items:
        return Because(Why.NOTHING_OPEN)
    if planner.digest(items, rules, day, series, is_quiet):
        return Because(Why.DUE)
    if series.not_before is not None and day < series.not_before:
        return Because(Why.ASKED_TO_WAIT, series.not_before)
    due = planner.due_items(items, rules, day, series.asked)
    if not due:
        return _next_step(items, rules, day)
    if is_quiet(day):
        return Because(Why.QUIET_DAY)
    if sum(one > day - timedelta(QUARTER_DAYS) for one in series.sent_on) >= rules.most_a_quarter:
        return Because(Why.ENOUGH)
    return Because(Why.TOO_SOON, max(series.sent_on, default=None))


def _next_step(items: Sequence[Item], rules: Rules, day: date) -> Because:
    coming = [step.on for item in items for step in planner.steps_of(item, rules) if step.on > day]
    return Because(Why.NEXT_STEP, min(coming)) if coming else Because(Why.ALL_ASKED)
