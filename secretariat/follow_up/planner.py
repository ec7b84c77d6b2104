"""What is due now: awaited things, a policy, today and what was sent, and nothing else. Pure; no database, no clock.

A step is due from its day on, never on its day alone: after any time without a scan the last step reached is asked
once, and those before it are not made up for. What the participant has said since stills the step. A round before a
meeting is a step that ends with the meeting's day: what was not asked by then is not asked for that meeting (ADR 0036).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

GOES_ON = frozenset({"commitment"})
"""Kinds that are asked after from time to time and before meetings. The others await one answer."""
QUARTER_DAYS = 91
LEAST_APART = 7
"""Days that always lie between two digests, a round before a meeting included."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A follow-up policy in values; all numbers are days unless they say otherwise.

    `before_due` and `after_due` are the steps around a due date, zero among the latter being the day itself;
    `answer_after` those after a question without a date; `check_in_every` how often a commitment is asked after that
    has no date, or has gone quiet, and `check_ins` how many times; `before_meeting` the rounds before each meeting.
    Nothing is asked later than `grace` after the last step. Between two digests lie at least `apart`, before a meeting
    `LEAST_APART`, and there are at most `most_a_quarter`.
    """

    before_due: tuple[int, ...] = (14,)
    after_due: tuple[int, ...] = (0, 28)
    answer_after: tuple[int, ...] = (14, 42)
    check_in_every: int = 90
    check_ins: int = 4
    before_meeting: tuple[int, ...] = (56, 14)
    grace: int = 60
    apart: int = 28
    most_a_quarter: int = 4


@dataclass(frozen=True, slots=True)
class MeetingAhead:
    """A meeting before which there is a round, as the planner needs it: its id and its first day."""

    id: UUID
    on: date


@dataclass(frozen=True, slots=True)
class Item:
    """One thing awaited, as the planner needs it.

    `rules` are those of the plan it stands in, where that has some of its own: they say when it is asked after. How
    often anybody is written to is the process's own matter, whatever a plan says.
    """

    kind: str
    subject: UUID
    since: date
    due_on: date | None = None
    last_word_on: date | None = None
    cycle: str = ""
    earlier: tuple[UUID, ...] = ()
    """Ids under which the same thing was asked before: what was asked then is not asked again."""
    rules: Rules | None = None
    meetings: tuple[MeetingAhead, ...] = ()
    office: str = ""
    """The role that is asked, where that is not who speaks for the participant."""


@dataclass(frozen=True, slots=True)
class Step:
    """A moment at which something is asked. Its name is part of what makes a reminder unique. `until` is the day from
    which it makes no sense any more: that of the meeting."""

    name: str
    on: date
    until: date | None = None


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
    away_on: date | None = None
    """The day on which an absence notice answered the last message."""
    asked_while_away: frozenset[Asked] = frozenset()
    """What that message asked."""


# --- one thing ------------------------------------------------------------------------------------------------


def steps_of(item: Item, rules: Rules) -> list[Step]:
    """Every step at which the item is asked after, first to last."""
    own = item.rules or rules
    regular = _regular(item, own)
    rounds = _rounds(item, own, _end(item, own, regular)) if item.kind in GOES_ON and item.meetings else []
    return sorted([*regular, *rounds], key=lambda step: step.on)


def regular_steps(item: Item, rules: Rules) -> list[Step]:
    """The steps that follow from the item alone, first to last: without the rounds before meetings."""
    return _regular(item, item.rules or rules)


def end_of(item: Item, rules: Rules) -> date:
    """The last day on which the item may be asked after: the grace after its last step, rounds not counted."""
    own = item.rules or rules
    return _end(item, own, _regular(item, own))


def _regular(item: Item, own: Rules) -> list[Step]:
    """The steps that follow from the item alone."""
    around = [] if item.due_on is None else _around(item, item.due_on, own)
    if item.kind in GOES_ON:
        return sorted([*around, *_check_ins(item, own)], key=lambda step: step.on)
    if item.due_on is not None:
        return around
    return [Step(f"answer+{days}", item.since + timedelta(days)) for days in sorted(own.answer_after)]


def _around(item: Item, due_on: date, own: Rules) -> list[Step]:
    before = [Step(f"due-{days}", due_on - timedelta(days)) for days in sorted(own.before_due, reverse=True)]
    after = [Step(f"due+{days}", due_on + timedelta(days)) for days in sorted(own.after_due)]
    return [step for step in [*before, *after] if step.on >= item.since]


def _check_ins(item: Item, own: Rules) -> list[Step]:
    """Where there is no date, or it is far; and after it, once there was a word on it: so a day that has come and gone
    without one is not followed by check-ins."""
    began = _last_spoken_of(item)
    days = [began + timedelta(number * own.check_in_every) for number in range(1, own.check_ins + 1)]
    if item.due_on is not None:
        near = item.due_on - timedelta(max(own.before_due, default=0) + own.apart)
        over = item.due_on + timedelta(max(own.after_due, default=0))
        spoken = item.last_word_on is not None and item.last_word_on >= item.due_on
        days = [day for day in days if day < near or (spoken and day > over)]
    return [Step(f"check-in {day}", day) for day in days]


def _rounds(item: Item, own: Rules, end: date) -> list[Step]:
    """Before each meeting, unless there was a word shortly before: then one knows already."""
    found = []
    for meeting in item.meetings:
        for days in own.before_meeting:
            on = meeting.on - timedelta(days)
            is_known = item.last_word_on is not None and item.last_word_on > on - timedelta(own.apart)
            if item.since <= on <= end and not is_known:
                found.append(Step(f"meeting-{days} {meeting.id.hex[:24]}", on, meeting.on))
    return found


def _last_spoken_of(item: Item) -> date:
    return max(item.since, item.last_word_on or item.since)


def _end(item: Item, own: Rules, regular: Collection[Step]) -> date:
    last = max([step.on for step in regular], default=item.due_on or _last_spoken_of(item))
    return last + timedelta(own.grace)


def due_step(item: Item, rules: Rules, today: date, asked: Collection[Asked]) -> Step | None:
    """The step of an item that is due today: the last one reached, if nothing has answered or asked it yet."""
    steps = [step for step in steps_of(item, rules) if step.on <= today]
    reached = [step for step in steps if step.until is None or today < step.until]
    if not reached or today > end_of(item, rules):
        return None
    last = reached[-1]
    if item.last_word_on is not None and item.last_word_on >= last.on:
        return None
    since = [step for step in steps if step.on >= last.on]  # a round that is over has asked what came before it
    if any(_was_asked(item, step, asked) for step in since):
        return None
    return last


def _was_asked(item: Item, step: Step, asked: Collection[Asked]) -> bool:
    return any(Asked(item.kind, one, step.name, item.cycle) in asked for one in (item.subject, *item.earlier))


def due_items(items: Iterable[Item], rules: Rules, today: date, asked: Collection[Asked]) -> list[Due]:
    """Everything that is due today, in the order given."""
    found = ((item, due_step(item, rules, today, asked)) for item in items)
    return [Due(item, step) for item, step in found if step is not None]


# --- one recipient --------------------------------------------------------------------------------------------


def may_send(
    rules: Rules, today: date, series: Series, is_quiet: Callable[[date], bool], *, before_meeting: bool = False
) -> bool:
    """Whether a digest of this series may go today at all. A round before a meeting need not wait for the month."""
    if series.not_before is not None and today < series.not_before:
        return False
    apart = min(rules.apart, LEAST_APART) if before_meeting else rules.apart
    if any(today < sent + timedelta(apart) for sent in series.sent_on):
        return False
    lately = [sent for sent in series.sent_on if sent > today - timedelta(QUARTER_DAYS)]
    return len(lately) < rules.most_a_quarter and not is_quiet(today)


def digest(
    items: Iterable[Item], rules: Rules, today: date, series: Series, is_quiet: Callable[[date], bool]
) -> list[Due]:
    """What the digest of today asks; empty where none goes."""
    if not may_send(rules, today, series, is_quiet, before_meeting=True):
        return []
    due = due_items(items, rules, today, series.asked)
    if any(one.step.until is not None for one in due) or may_send(rules, today, series, is_quiet):
        return due
    return []


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


def forecast(
    items: Iterable[Item], rules: Rules, today: date, series: Series, is_quiet: Callable[[date], bool], days: int
) -> list[tuple[date, list[Due]]]:
    """Every digest from today on within so many days, if nobody said a word: what a policy would do."""
    kept, day, last = list(items), today, today + timedelta(days)
    found = []
    while day <= last:
        coming = next_digest(kept, rules, day, series, is_quiet, (last - day).days)
        if coming is None:
            break
        found.append(coming)
        series = sent(series, *coming)
        day = coming[0] + timedelta(1)
    return found


def sent(series: Series, on: date, due: Iterable[Due]) -> Series:
    """The series once a digest has gone."""
    asked = series.asked | {one.as_asked for one in due}
    return replace(series, sent_on=(*series.sent_on, on), asked=asked)


def asks_ever(rules: Rules, is_quiet: Callable[[date], bool], today: date) -> bool:
    """Whether these rules would ever ask after a commitment with a date, one without, and a question."""
    far = today + timedelta(200)
    samples = [
        Item("commitment", UUID(int=1), today, due_on=far),
        Item("commitment", UUID(int=2), today),
        Item("question", UUID(int=3), today),
    ]
    return all(next_digest([one], rules, today, Series(), is_quiet, within=800) for one in samples)
