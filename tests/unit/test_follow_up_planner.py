"""The planner, as a pure function: what is due, over policies, dates, countries, meetings and lengths of downtime."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.follow_up import planner
from secretariat.follow_up.planner import Asked, Due, Item, MeetingAhead, Rules, Series, Step
from secretariat.follow_up.quiet import QuietPeriod, next_day, quiet_days, weekend

DAY = date(2026, 3, 2)
ONE = UUID(int=1)
FREE: Callable[[date], bool] = lambda _day: False  # noqa: E731

days = st.integers(-400, 400).map(lambda n: DAY + timedelta(n))
steps = st.lists(st.integers(0, 120), min_size=1, max_size=4, unique=True).map(tuple)
rules = st.builds(
    Rules,
    before_due=steps,
    after_due=steps,
    answer_after=steps,
    check_in_every=st.integers(14, 200),
    check_ins=st.integers(1, 5),
    before_meeting=st.lists(st.integers(1, 120), max_size=3, unique=True).map(tuple),
    grace=st.integers(0, 120),
    apart=st.integers(1, 60),
    most_a_quarter=st.integers(1, 6),
)
meetings = st.lists(
    st.builds(MeetingAhead, st.integers(100, 130).map(lambda n: UUID(int=n << 80)), days),
    max_size=3,
    unique_by=lambda one: one.id,
).map(tuple)
item = st.builds(
    Item,
    kind=st.sampled_from(["commitment", "commitment", "proposal", "invitation"]),
    subject=st.integers(1, 9).map(lambda n: UUID(int=n)),
    since=days,
    due_on=st.none() | days,
    last_word_on=st.none() | days,
    rules=st.none() | rules,
    meetings=meetings,
)
items = st.lists(item, max_size=6, unique_by=lambda item: item.subject)
periods = st.lists(
    st.builds(
        lambda first, length, yearly: QuietPeriod(first, first + timedelta(length), yearly),
        days,
        st.integers(0, 40),
        st.booleans(),
    ),
    max_size=3,
)
places = st.sampled_from(
    [
        ("GT", ""),
        ("EG", ""),
        ("NP", ""),
        ("IR", ""),
        ("", "Asia/Riyadh"),
        ("", "America/Panama"),
        ("", "UTC"),
        ("ZZ", ""),
    ]
)
quiet = st.builds(
    lambda place, holidays, kept: quiet_days(*place, holidays=holidays, periods=kept), places, st.booleans(), periods
)
scans_apart = st.lists(st.integers(0, 90), max_size=25)


def walk(
    things: list[Item], policy: Rules, start: date, scans: list[int], is_quiet: Callable[[date], bool]
) -> list[tuple[date, list[Due]]]:
    """Digests sent by scans so many days apart."""
    series, today, found = Series(), start, []
    for gap in scans:
        today += timedelta(gap)
        due = planner.digest(things, policy, today, series, is_quiet)
        if due:
            found.append((today, due))
            series = planner.sent(series, today, due)
    return found


def is_round(due: list[Due]) -> bool:
    return any(one.step.name.startswith("meeting-") for one in due)


@given(items, rules, days, quiet)
def test_nothing_before_its_step_and_nothing_after_the_end(
    things: list[Item], policy: Rules, today: date, is_quiet: Callable[[date], bool]
) -> None:
    for due in planner.digest(things, policy, today, Series(), is_quiet):
        assert due.step in planner.steps_of(due.item, policy)
        assert due.step.on <= today <= planner.end_of(due.item, policy)
        assert due.step.on >= due.item.since


@given(item, rules)
def test_the_end_follows_from_the_item_alone_and_no_meeting_moves_it(thing: Item, policy: Rules) -> None:
    """However many meetings are announced, asking ends; and no round is planned beyond the end."""
    own = thing.rules or policy
    end = planner.end_of(thing, policy)
    assert end == planner.end_of(replace(thing, meetings=()), policy)
    assert all(step.on <= end for step in planner.steps_of(thing, policy))
    last = max(thing.since, thing.due_on or thing.since, thing.last_word_on or thing.since)
    longest = max(own.check_in_every * own.check_ins, *own.after_due, *own.answer_after)
    assert end <= last + timedelta(longest + own.grace)


@given(items, rules, days, scans_apart, quiet)
def test_never_two_in_a_window_never_on_a_quiet_day_never_more_than_the_quarter_allows(
    things: list[Item], policy: Rules, start: date, scans: list[int], is_quiet: Callable[[date], bool]
) -> None:
    """A round before a meeting need not wait for the month, and waits for a week."""
    sent = walk(things, policy, start, scans, is_quiet)
    for (earlier, _first), (later, due) in pairwise(sent):
        window = min(policy.apart, planner.LEAST_APART) if is_round(due) else policy.apart
        assert later - earlier >= timedelta(window)
    on = [day for day, _due in sent]
    assert not any(is_quiet(day) for day in on)
    for day in on:
        quarter = [other for other in on if day - timedelta(planner.QUARTER_DAYS) < other <= day]
        assert len(quarter) <= policy.most_a_quarter


@given(items, rules, days, scans_apart, quiet)
def test_no_step_is_asked_twice_nor_one_that_lies_before_what_was_asked(
    things: list[Item], policy: Rules, start: date, scans: list[int], is_quiet: Callable[[date], bool]
) -> None:
    sent = walk(things, policy, start, scans, is_quiet)
    asked = [one.as_asked for _day, due in sent for one in due]
    assert len(asked) == len(set(asked))
    for subject in {one.subject for one in asked}:
        steps = [one.step.on for _day, due in sent for one in due if one.item.subject == subject]
        assert steps == sorted(steps)


@given(items, rules, days, st.integers(0, 300), quiet)
def test_downtime_of_any_length_yields_one_digest(
    things: list[Item], policy: Rules, start: date, down: int, is_quiet: Callable[[date], bool]
) -> None:
    """However many scans the worker makes up for on the day it comes back."""
    made = walk(things, policy, start, [down, 0, 0, 0], is_quiet)
    assert len(made) <= 1
    for _day, due in made:
        assert len({one.item.subject for one in due}) == len(due)


@given(items, rules, days, days)
def test_ask_me_after_is_kept(things: list[Item], policy: Rules, today: date, after: date) -> None:
    due = planner.digest(things, policy, today, Series(not_before=after), FREE)
    assert not due or today >= after


@given(items, rules, days, quiet)
def test_a_step_that_was_missed_on_its_day_is_still_due_the_day_after(
    things: list[Item], policy: Rules, today: date, is_quiet: Callable[[date], bool]
) -> None:
    """Until the end, and a round until the day of its meeting."""
    for thing in things:
        step = planner.due_step(thing, policy, today, ())
        later = planner.due_step(thing, policy, today + timedelta(1), ())
        if step is not None and later is None:
            is_over = today == planner.end_of(thing, policy)
            assert is_over or (step.until is not None and today + timedelta(1) >= step.until)


@given(item, rules, days)
def test_a_round_is_never_asked_on_the_day_of_its_meeting_or_later_nor_right_after_a_word(
    thing: Item, policy: Rules, today: date
) -> None:
    step = planner.due_step(thing, policy, today, ())
    own = thing.rules or policy
    if step is not None and step.until is not None:
        [meeting] = [one for one in thing.meetings if one.id.hex[:24] == step.name.split()[1]]
        assert step.on < today + timedelta(1) <= meeting.on
        assert step.on in [meeting.on - timedelta(days) for days in own.before_meeting]
        assert thing.last_word_on is None or thing.last_word_on <= step.on - timedelta(own.apart)


@given(items, rules, days)
def test_nothing_is_asked_once_a_word_was_said_since_its_step(things: list[Item], policy: Rules, today: date) -> None:
    answered = [replace(thing, last_word_on=today) for thing in things]
    assert planner.due_items(answered, policy, today, ()) == []


@given(items, rules, days, st.lists(days, max_size=4), quiet, st.integers(0, 60))
def test_the_next_digest_is_the_one_that_looking_day_by_day_finds(
    things: list[Item],
    policy: Rules,
    today: date,
    before: list[date],
    is_quiet: Callable[[date], bool],
    within: int,
) -> None:
    series = Series(sent_on=tuple(sorted(day for day in before if day < today)))
    found = None
    for ahead in range(within + 1):
        due = planner.digest(things, policy, today + timedelta(ahead), series, is_quiet)
        if due:
            found = today + timedelta(ahead), due
            break
    assert planner.next_digest(things, policy, today, series, is_quiet, within) == found


@given(items, rules, days, quiet)
def test_a_forecast_is_what_daily_scans_would_send(
    things: list[Item], policy: Rules, today: date, is_quiet: Callable[[date], bool]
) -> None:
    daily = walk(things, policy, today, [0, *[1] * 120], is_quiet)
    assert planner.forecast(things, policy, today, Series(), is_quiet, 120) == daily


@given(items, rules, rules, days)
def test_a_plan_says_when_its_own_commitments_are_asked_after_and_nothing_else(
    things: list[Item], policy: Rules, own: Rules, today: date
) -> None:
    """Items of a plan with rules of its own are due as under a process with these rules; the others as before."""
    of_plan = [replace(thing, rules=own) for thing in things]
    bare = [replace(thing, rules=None) for thing in things]
    assert [one.step for one in planner.due_items(of_plan, policy, today, ())] == [
        one.step for one in planner.due_items(bare, own, today, ())
    ]
    mixed = planner.due_items([*of_plan, *bare], policy, today, ())
    assert [one for one in mixed if one.item.rules is None] == planner.due_items(bare, policy, today, ())


@given(items, rules, rules, days, scans_apart)
def test_no_plan_has_anybody_written_to_more_often_than_the_process_allows(
    things: list[Item], policy: Rules, own: Rules, start: date, scans: list[int]
) -> None:
    eager = replace(own, apart=1, most_a_quarter=6)
    of_plan = [replace(thing, rules=eager) for thing in things]
    sent = walk(of_plan, policy, start, scans, FREE)
    for (earlier, _first), (later, due) in pairwise(sent):
        window = min(policy.apart, planner.LEAST_APART) if is_round(due) else policy.apart
        assert later - earlier >= timedelta(window)


appointments = st.lists(st.tuples(days, st.integers(0, 200)), max_size=4)
"""Tenures of an office, by first day and length."""


@given(items, rules, days, scans_apart, quiet, appointments, st.sets(st.integers(1, 9)))
def test_nobody_is_asked_outside_a_tenure_nor_about_what_they_may_not_read(
    things: list[Item],
    policy: Rules,
    start: date,
    scans: list[int],
    is_quiet: Callable[[date], bool],
    tenures: list[tuple[date, int]],
    readable: set[int],
) -> None:
    """As the scan does it: it asks who holds the office today, and plans with what that person reads today."""
    series, today = Series(), start
    for gap in scans:
        today += timedelta(gap)
        holds = any(first <= today < first + timedelta(length) for first, length in tenures)
        seen = [one for one in things if holds and one.subject.int in readable]
        due = planner.digest(seen, policy, today, series, is_quiet)
        assert not due or holds
        assert {one.item.subject.int for one in due} <= readable
        series = planner.sent(series, today, due) if due else series
    assert all(any(first <= on < first + timedelta(length) for first, length in tenures) for on in series.sent_on)


@given(items, rules, days, scans_apart, st.integers(0, 24))
def test_a_successor_is_asked_nothing_the_predecessor_answered(
    things: list[Item], policy: Rules, start: date, scans: list[int], handover: int
) -> None:
    """The series begins anew with the person; the thing and what was said of it do not."""
    first = walk(things, policy, start, scans[:handover], FREE)
    over = start + timedelta(sum(scans[:handover]))
    told = [
        replace(thing, last_word_on=over) if any(one.item.subject == thing.subject for _d, due in first for one in due)
        else thing for thing in things
    ]  # fmt: skip
    for on, due in walk(told, policy, over, scans[handover:], FREE):
        for one in due:
            assert one.item.last_word_on is None or one.item.last_word_on < one.step.on <= on


# --- quiet days -----------------------------------------------------------------------------------------------


@given(days, st.integers(0, 100), st.integers(0, 6))
def test_a_period_of_every_year_comes_again(first: date, length: int, years: int) -> None:
    period = QuietPeriod(first, first + timedelta(length), every_year=True)
    for day in (period.first, period.last):
        if (day.month, day.day) != (2, 29):
            assert period.covers(day.replace(year=day.year + years))
    before, after = period.first - timedelta(1), period.last + timedelta(1)
    assert not period.covers(before)
    assert not period.covers(after)


@given(days, st.integers(0, 40), quiet)
def test_a_period_of_one_year_is_that_year_alone(first: date, length: int, is_quiet: Callable[[date], bool]) -> None:
    period = QuietPeriod(first, first + timedelta(length))
    assert [period.covers(first + timedelta(n)) for n in (-1, 0, length, length + 1, 365)] == [
        False, True, True, False, False,
    ]  # fmt: skip
    day = next_day(first, is_quiet)
    assert not is_quiet(day)
    assert all(is_quiet(first + timedelta(n)) for n in range((day - first).days))
    assert QuietPeriod.read(period.stored) == period


@pytest.mark.parametrize(
    ("country", "day", "why"),
    [
        ("GT", date(2026, 9, 15), "Independence Day"),
        ("CR", date(2026, 4, 3), "Good Friday"),
        ("BD", date(2026, 2, 21), "Language Martyrs' Day, a Saturday there, closed anyway"),
        ("EG", date(2026, 3, 20), "the feast after Ramadan, estimated"),
    ],
)
def test_public_holidays_of_the_country_are_quiet(country: str, day: date, why: str) -> None:
    assert quiet_days(country, "UTC", holidays=True)(day), why
    free = quiet_days(country, "UTC", weekends=False)
    assert not free(day)


def test_holidays_are_known_by_the_zone_where_no_country_is() -> None:
    independence = date(2026, 9, 15)
    assert quiet_days("", "America/Guatemala", holidays=True)(independence)
    assert not quiet_days("", "UTC", holidays=True)(independence)


# --- single cases ---------------------------------------------------------------------------------------------


def commitment(**fields: object) -> Item:
    return Item("commitment", ONE, **{"since": DAY - timedelta(100), **fields})  # type: ignore[arg-type]


def test_a_commitment_is_asked_before_its_day_on_it_and_after_it() -> None:
    item, policy = commitment(due_on=DAY), Rules()
    found = {
        ahead: step.name if (step := planner.due_step(item, policy, DAY + timedelta(ahead), ())) else None
        for ahead in (-15, -14, -1, 0, 27, 28, 88, 89)
    }
    assert found == {
        -15: None, -14: "due-14", -1: "due-14", 0: "due+0", 27: "due+0", 28: "due+28", 88: "due+28", 89: None,
    }  # fmt: skip


def test_a_word_said_after_the_step_stills_it() -> None:
    item = commitment(due_on=DAY + timedelta(10), last_word_on=DAY - timedelta(1))
    assert planner.due_step(item, Rules(), DAY, ()) is None
    assert planner.due_step(item, Rules(), DAY + timedelta(10), ()) is not None


def test_a_step_before_the_commitment_was_made_never_was() -> None:
    item = commitment(since=DAY, due_on=DAY + timedelta(5))
    assert [step.name for step in planner.steps_of(item, Rules())] == ["due+0", "due+28"]


MEETING = MeetingAhead(UUID(int=7 << 100), DAY + timedelta(60))
ROUND = {
    days: Step(f"meeting-{days} {MEETING.id.hex[:24]}", MEETING.on - timedelta(days), MEETING.on) for days in (56, 14)
}


def test_there_is_a_round_eight_and_two_weeks_before_a_meeting() -> None:
    item = commitment(since=DAY, meetings=(MEETING,))
    found = [planner.due_step(item, Rules(), DAY + timedelta(day), ()) for day in (3, 4, 45, 46, 59, 60)]
    assert found == [None, ROUND[56], ROUND[56], ROUND[14], ROUND[14], None]


def test_who_spoke_shortly_before_a_round_is_not_asked_in_it() -> None:
    spoke = commitment(since=DAY - timedelta(50), last_word_on=MEETING.on - timedelta(60), meetings=(MEETING,))
    assert planner.due_step(spoke, Rules(), MEETING.on - timedelta(50), ()) is None
    assert planner.due_step(spoke, Rules(), MEETING.on - timedelta(14), ()) == ROUND[14]


def test_a_meeting_is_no_reason_to_ask_what_awaits_one_answer() -> None:
    proposal = Item("proposal", ONE, DAY, meetings=(MEETING,))
    assert [step.name for step in planner.steps_of(proposal, Rules())] == ["answer+14", "answer+42"]


def test_a_meeting_called_off_is_asked_for_no_more() -> None:
    assert planner.due_step(commitment(since=DAY), Rules(), DAY + timedelta(10), ()) is None


def test_a_meeting_moved_is_one_round_still() -> None:
    """The name of the step is the meeting's, not its day's."""
    moved = replace(MEETING, on=MEETING.on + timedelta(5))
    asked = {Asked("commitment", ONE, ROUND[56].name, "")}
    item = commitment(since=DAY, meetings=(moved,))
    assert planner.due_step(item, Rules(), DAY + timedelta(20), asked) is None
    assert planner.due_step(item, Rules(), moved.on - timedelta(14), asked) is not None


def test_a_round_goes_within_the_month_and_takes_with_it_what_else_is_due() -> None:
    things = [
        commitment(since=DAY, meetings=(MEETING,)),
        Item("commitment", UUID(int=2), DAY - timedelta(90), due_on=DAY + timedelta(14)),
    ]
    sent = planner.forecast(things, Rules(), DAY, Series(), FREE, 62)
    assert [(on - DAY, [one.step.name.split()[0] for one in due]) for on, due in sent] == [
        (timedelta(0), ["due-14"]),
        (timedelta(7), ["meeting-56"]),
        (timedelta(35), ["due+0"]),
        (timedelta(46), ["meeting-14", "due+28"]),
    ]


def test_what_a_missed_round_did_not_ask_is_not_asked_after_its_meeting() -> None:
    item = commitment(since=DAY, meetings=(MEETING,))
    asked = {Asked("commitment", ONE, ROUND[14].name, "")}
    assert planner.due_step(item, Rules(), MEETING.on, asked) is None
    assert planner.due_step(item, Rules(), MEETING.on + timedelta(1), ()) is None


def test_a_commitment_far_from_its_day_is_checked_in_on_when_quiet() -> None:
    item = commitment(since=DAY, due_on=DAY + timedelta(500))
    names = [step.name for step in planner.steps_of(item, Rules())]
    assert names[:4] == [f"check-in {DAY + timedelta(90 * n)}" for n in (1, 2, 3, 4)]
    assert names[4:] == ["due-14", "due+0", "due+28"]


def test_a_commitment_past_its_day_is_checked_in_on_once_it_was_spoken_of_and_else_asking_ends() -> None:
    spoken = commitment(due_on=DAY, last_word_on=DAY + timedelta(3))
    assert planner.due_step(spoken, Rules(), DAY + timedelta(93), ()) is not None
    silent = commitment(due_on=DAY)
    assert planner.end_of(silent, Rules()) == DAY + timedelta(88)
    later = replace(MEETING, on=DAY + timedelta(150))
    assert planner.due_step(replace(silent, meetings=(later,)), Rules(), DAY + timedelta(140), ()) is None


def test_rules_that_never_ask_are_known_for_it() -> None:
    assert planner.asks_ever(Rules(), FREE, DAY)
    assert not planner.asks_ever(Rules(), lambda _day: True, DAY)
    assert not planner.asks_ever(Rules(most_a_quarter=0), FREE, DAY)


def test_a_new_date_begins_anew() -> None:
    first = commitment(due_on=DAY, cycle="first")
    asked = {Asked("commitment", ONE, "due+0", "first")}
    assert planner.due_step(first, Rules(), DAY, asked) is None
    assert planner.due_step(commitment(due_on=DAY, cycle="second"), Rules(), DAY, asked) is not None


def test_an_undated_commitment_is_checked_in_on_and_not_for_ever() -> None:
    item, policy = commitment(since=DAY), Rules(check_in_every=90, check_ins=2, grace=30)
    found = [planner.due_step(item, policy, DAY + timedelta(day), ()) is not None for day in (89, 90, 180, 210, 211)]
    assert found == [False, True, True, True, False]


def test_a_proposal_is_asked_after_without_a_date() -> None:
    proposal = Item("proposal", ONE, DAY)
    names = [
        step.name if (step := planner.due_step(proposal, Rules(), DAY + timedelta(day), ())) else None
        for day in (13, 14, 41, 42, 102, 103)
    ]
    assert names == [None, "answer+14", "answer+14", "answer+42", "answer+42", None]


@pytest.mark.parametrize(
    ("country", "zone", "closed"),
    [
        ("GT", "America/Guatemala", {5, 6}),
        ("EG", "Africa/Cairo", {4, 5}),
        ("", "Asia/Riyadh", {4, 5}),
        ("BD", "Asia/Dhaka", {4, 5}),
        ("IN", "Asia/Kolkata", {6}),
        ("", "UTC", {5, 6}),
        ("ZZ", "UTC", {5, 6}),
    ],
)
def test_the_weekend_is_that_of_the_country(country: str, zone: str, closed: set[int]) -> None:
    week = [date(2026, 3, 2) + timedelta(day) for day in range(7)]
    assert {day.weekday() for day in week if quiet_days(country, zone)(day)} == closed


def test_a_policy_may_keep_no_weekend_free() -> None:
    assert not any(quiet_days("GT", "UTC", weekends=False)(DAY + timedelta(day)) for day in range(7))
    assert weekend("GT") == {5, 6}
