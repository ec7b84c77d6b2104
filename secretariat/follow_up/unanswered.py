"""What stays without a word after all that a policy asks by mail: then one rings. Pure; no database, no clock.

A person comes to the call list a week after the last message, so that there was time to answer it; sooner only where a
call was agreed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from secretariat.follow_up.planner import Asked, Item, Rules, Series, Step, end_of, regular_steps

TIME_TO_ANSWER = timedelta(days=7)
"""How long a message is left to be answered before one rings."""
TIME_FOR_THE_ALTERNATE = timedelta(days=21)
"""How long after the last message to the focal point one rings, whether or not the alternate could be asked."""

ALTERNATE = "alternate"
"""The name of the step at which an alternate is asked."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The latest contact about an item: on which day, whether anybody was reached, when to ring again."""

    on: date
    was_reached: bool
    next_on: date | None = None


def last_step(item: Item, rules: Rules) -> Step | None:
    """The last step of an item, rounds before meetings not counted; None where the policy never asks after it."""
    steps = regular_steps(item, rules)
    return steps[-1] if steps else None


def is_silent(item: Item, rules: Rules, today: date, asked: Collection[Asked]) -> bool:
    """Whether every step has been asked, or is over, and no word came since the last."""
    last = last_step(item, rules)
    if last is None or last.on > today:
        return False
    if item.last_word_on is not None and item.last_word_on >= last.on:
        return False
    was_asked = any(Asked(item.kind, one, last.name, item.cycle) in asked for one in (item.subject, *item.earlier))
    return was_asked or today > end_of(item, rules)


def had_time(series: Series, today: date, time: timedelta = TIME_TO_ANSWER) -> bool:
    """Whether the last message to a person had time to be answered."""
    return all(today >= sent + time for sent in series.sent_on)


def is_to_be_rung(item: Item, rules: Rules, today: date, series: Series, spoken: Spoken | None) -> bool:
    """Whether one rings about an item today: as agreed in the last contact, or since all was asked without a word."""
    if spoken is not None and spoken.next_on is not None:
        if today < spoken.next_on:
            return False
        if item.last_word_on is None or item.last_word_on < spoken.on:
            return True
    if not is_silent(item, rules, today, series.asked) or not had_time(series, today):
        return False
    last = last_step(item, rules)
    return not (spoken is not None and spoken.was_reached and last is not None and spoken.on >= last.on)


def alternate_step(item: Item, today: date) -> Step:
    """The one step at which an alternate is asked what the focal point left without a word."""
    return Step(ALTERNATE, today)


def alternate_was_asked(item: Item, asked: Collection[Asked]) -> bool:
    """Whether an alternate was asked this once."""
    return any(Asked(item.kind, one, ALTERNATE, item.cycle) in asked for one in (item.subject, *item.earlier))


def goes_to_the_alternate(
    item: Item, rules: Rules, today: date, focal_points: Collection[Series], spoken: Spoken | None, own: Series
) -> bool:
    """Whether an alternate is asked: once, after every step to each focal point and time to answer - at once where an
    absence notice answered the message that asked it - and only where nobody of the participant was reached about it
    meanwhile."""
    if not focal_points or alternate_was_asked(item, own.asked):
        return False
    last = last_step(item, rules)
    if last is None or today > end_of(item, rules):
        return False
    if spoken is not None and spoken.was_reached and (spoken.on >= last.on or spoken.next_on is not None):
        return False
    return all(
        is_away(item, one, spoken) or (is_silent(item, rules, today, one.asked) and had_time(one, today))
        for one in focal_points
    )


def is_away(item: Item, series: Series, spoken: Spoken | None) -> bool:
    """Whether an absence notice came back to the last message to a person, which asked about this item, with no word
    and nobody reached since."""
    if series.away_on is None or (item.last_word_on is not None and item.last_word_on >= series.away_on):
        return False
    if spoken is not None and spoken.was_reached and spoken.on >= series.away_on:
        return False
    own = (item.subject, *item.earlier)
    return any(
        (one.kind, one.cycle) == (item.kind, item.cycle) and one.subject in own for one in series.asked_while_away
    )
