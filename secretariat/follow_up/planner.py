"""What is due now: awaited things, a policy, today and what was sent, and nothing else. Pure; no database, no clock.

A step is due from its day on, never on its day alone: after any time without a scan the last step reached is asked
once, and those before it are not made up for. What the participant has said since stills the step.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

CHECKED_IN = frozenset({"commitment"})
"""Kinds that without a date are asked after from time to time. The others await one answer."""
QUARTER_DAYS = 91


@dataclass(frozen=True, slots=True)
class Rules:
    """A follow-up policy in values; all numbers are days unless they say otherwise.

    `before_due` and `after_due` are the steps around a due date, zero among the latter being the day itself;
    `answer_after` those after a question without a date; `check_in_every` how often an undated commitment is asked
    after, `check_ins` how many times. Nothing is asked later than `grace` after the last step. Between two digests lie
    at least `apart`, and there are at most `most_a_quarter`.
    """

    before_due: tuple[int, ...] = (14,)
    after_due: tuple[int, ...] = (0, 28)
    answer_after: tuple[int, ...] = (14, 42)
    check_in_every: int = 90
    check_ins: int = 4
    grace: int = 60
    apart: int = 28
    most_a_quarter: int = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One thing awaited, as the planner needs it."""

    kind: str
    subject: UUID
    since: date
    due_on: date | None = None
    last_word_on: date | None = None
    cycle: str = ""
    earlier: tuple[UUID, ...] = ()
    """Ids under which the same thing was asked before: what was asked then is not asked again."""


@dataclass(frozen=True, slots=True)
class Step:
    """A moment at which something is asked. Its name is part of what makes a reminder unique."""

    name: str
    on: date


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked once: never again for this subject in this cycle."""

    kind: str
    subject: UUID
    step: str
    cycle: str


@dataclass(frozen=True, slots=True)
class Due:
    """An item, and the step that is due."""

    item: Item
    step: Step

    @property
    def as_asked(self) -> Asked:
        return Asked(self.item.kind, self.item.subject, self.step.name, self.item.cycle)


@dataclass(frozen=True, slots=True)
class Series:
    """The digests one person has had under one hat in one process and track."""

    sent_on: tuple[date, ...] = ()
    asked: frozenset[Asked] = frozenset()
    not_before: date | None = None
    """"Ask me after ...": nothing before this day."""


def steps_of(item: Item, rules: Rules) -> list[Step]:
    """Every step at which the item is asked after, first to last."""
    if item.due_on is not None:
        before = [Step(f"due-{days}", item.due_on - timedelta(days)) for days in sorted(rules.before_due, reverse=True)]
        after = [Step(f"due+{days}", item.due_on + timedelta(days)) for days in sorted(rules.after_due)]
        return [step for step in [*before, *after] if step.on >= item.since]
    if item.kind in CHECKED_IN:
        began = max(item.since, item.last_word_on or item.since)
        return [
            Step(
                f"check-in {began + timedelta(number * rules.check_in_every)}",
                began + timedelta(number * rules.check_in_every),
            )
            for number in range(1, rules.check_ins + 1)
        ]
    return [Step(f"answer+{days}", item.since + timedelta(days)) for days in sorted(rules.answer_after)]


def due_step(item: Item, rules: Rules, today: date, asked: Collection[Asked]) -> Step | None:
    """The step of an item that is due today: the last one reached, if nothing has answered or asked it yet."""
    steps = steps_of(item, rules)
    reached = [step for step in steps if step.on <= today]
    if not reached or today > steps[-1].on + timedelta(rules.grace):
        return None
    last = reached[-1]
    if item.last_word_on is not None and item.last_word_on >= last.on:
        return None
    if any(Asked(item.kind, one, last.name, item.cycle) in asked for one in (item.subject, *item.earlier)):
        return None
    return last


def due_items(items: Iterable[Item], rules: Rules, today: date, asked: Collection[Asked]) -> list[Due]:
    """Everything that is due today, in the order given."""
    found = ((item, due_step(item, rules, today, asked)) for item in items)
    return [Due(item, step) for item, step in found if step is not None]


def may_send(rules: Rules, today: date, series: Series, is_quiet: Callable[[date], bool]) -> bool:
    """Whether a digest of this series may go today at all."""
    if series.not_before is not None and today < series.not_before:
        return False
    if is_quiet(today):
        return False
    if any(today < sent + timedelta(rules.apart) for sent in series.sent_on):
        return False
    lately = [sent for sent in series.sent_on if sent > today - timedelta(QUARTER_DAYS)]
    return len(lately) < rules.most_a_quarter


def digest(
    items: Iterable[Item], rules: Rules, today: date, series: Series, is_quiet: Callable[[date], bool]
) -> list[Due]:
    """What the digest of today asks; empty where none goes."""
    if not may_send(rules, today, series, is_quiet):
        return []
    return due_items(items, rules, today, series.asked)


def next_digest(
    items: Iterable[Item], rules: Rules, today: date, series: Series, is_quiet: Callable[[date], bool], within: int
) -> tuple[date, list[Due]] | None:
    """The first digest from today on, and what it would ask if nothing changed; None within so many days."""
    kept = list(items)
    for ahead in range(within + 1):
        day = today + timedelta(ahead)
        due = digest(kept, rules, day, series, is_quiet)
        if due:
            return day, due
    return None
