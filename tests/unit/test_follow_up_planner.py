"""The planner, as a pure function: what is due, over policies, dates, and any length of downtime."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.follow_up import planner
from secretariat.follow_up.planner import Asked, Item, Rules, Series
from secretariat.follow_up.quiet import quiet_days, weekend

DAY = date(2026, 3, 2)
ONE = UUID(int=1)

days = st.integers(-400, 400).map(lambda n: DAY + timedelta(n))
steps = st.lists(st.integers(0, 120), min_size=1, max_size=4, unique=True).map(tuple)
rules = st.builds(
    Rules,
    before_due=steps,
    after_due=steps,
    answer_after=steps,
    check_in_every=st.integers(14, 200),
    check_ins=st.integers(1, 5),
    grace=st.integers(0, 120),
    apart=st.integers(1, 60),
    most_a_quarter=st.integers(1, 6),
)
items = st.lists(
    st.builds(
        Item,
        kind=st.sampled_from(["commitment", "proposal", "invitation"]),
        subject=st.integers(1, 9).map(lambda n: UUID(int=n)),
        since=days,
        due_on=st.none() | days,
        last_word_on=st.none() | days,
    ),
    max_size=6,
    unique_by=lambda item: item.subject,
)
quiet = st.sampled_from(["GT", "EG", "NP", "IR"]).map(lambda country: quiet_days(country, "UTC"))


def walk(
    things: list[Item], policy: Rules, start: date, scans: list[int], is_quiet: Callable[[date], bool]
) -> list[tuple[date, list[planner.Due]]]:
    """Digests sent by scans so many days apart."""
    series, today, sent = Series(), start, []
    for gap in scans:
        today += timedelta(gap)
        due = planner.digest(things, policy, today, series, is_quiet)
        if due:
            sent.append((today, due))
            series = Series((*series.sent_on, today), series.asked | {one.as_asked for one in due})
    return sent


@given(items, rules, days, quiet)
def test_nothing_before_its_step_and_nothing_after_the_end(
    things: list[Item], policy: Rules, today: date, is_quiet: Callable[[date], bool]
) -> None:
    for due in planner.digest(things, policy, today, Series(), is_quiet):
        every = planner.steps_of(due.item, policy)
        assert due.step in every
        assert due.step.on <= today <= every[-1].on + timedelta(policy.grace)


@given(items, rules, days, st.lists(st.integers(0, 90), max_size=25), quiet)
def test_never_two_in_a_window_never_on_a_quiet_day_never_more_than_the_quarter_allows(
    things: list[Item], policy: Rules, start: date, scans: list[int], is_quiet: Callable[[date], bool]
) -> None:
    sent = [day for day, _due in walk(things, policy, start, scans, is_quiet)]
    assert all(later - earlier >= timedelta(policy.apart) for earlier, later in pairwise(sent))
    assert not any(is_quiet(day) for day in sent)
    for day in sent:
        quarter = [other for other in sent if day - timedelta(planner.QUARTER_DAYS) < other <= day]
        assert len(quarter) <= policy.most_a_quarter


@given(items, rules, days, st.lists(st.integers(0, 90), max_size=25), quiet)
def test_no_step_is_asked_twice(
    things: list[Item], policy: Rules, start: date, scans: list[int], is_quiet: Callable[[date], bool]
) -> None:
    asked = [one.as_asked for _day, due in walk(things, policy, start, scans, is_quiet) for one in due]
    assert len(asked) == len(set(asked))


@given(items, rules, days, st.integers(0, 300), quiet)
def test_downtime_of_any_length_yields_one_digest(
    things: list[Item], policy: Rules, start: date, down: int, is_quiet: Callable[[date], bool]
) -> None:
    """However many scans the worker makes up for on the day it comes back."""
    assert len(walk(things, policy, start, [down, 0, 0, 0], is_quiet)) <= 1


@given(items, rules, days, days)
def test_ask_me_after_is_kept(things: list[Item], policy: Rules, today: date, after: date) -> None:
    due = planner.digest(things, policy, today, Series(not_before=after), lambda _day: False)
    assert not due or today >= after


@given(items, rules, days, quiet)
def test_a_step_that_was_missed_on_its_day_is_still_due_the_day_after(
    things: list[Item], policy: Rules, today: date, is_quiet: Callable[[date], bool]
) -> None:
    for item in things:
        step = planner.due_step(item, policy, today, ())
        later = planner.due_step(item, policy, today + timedelta(1), ())
        if step is not None and later is None:
            every = planner.steps_of(item, policy)
            assert today == every[-1].on + timedelta(policy.grace)


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
