"""Milestones counted from the days of a meeting: they move with it, and each stands as what is seen of the meeting."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.core.days_off import closed_in
from secretariat.meetings.clashes import Span
from secretariat.meetings.milestone_models import Anchor, MilestoneKind
from secretariat.meetings.milestones import (
    AFTERWARDS,
    DEFAULTS,
    NOTED_BY_HAND,
    SOON,
    MilestoneState,
    Placed,
    Rule,
    Signs,
    counted,
    placed,
)

FIRST = date(2027, 6, 1)
DAYS = Span(FIRST, FIRST + timedelta(days=2))
LONG_BEFORE = FIRST - timedelta(days=300)


def never(_day: date) -> bool:
    return False


spans = st.builds(
    lambda first, length: Span(first, first + timedelta(days=length)),
    st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    st.integers(0, 6),
)
rules = st.lists(
    st.builds(Rule, st.sampled_from(MilestoneKind), st.integers(-200, 200), st.sampled_from(Anchor)),
    unique_by=lambda one: one.kind,
)
kinds = st.frozensets(st.sampled_from(MilestoneKind))


@settings(deadline=None)
@given(rules, spans, st.integers(-400, 400))
def test_a_meeting_that_moves_takes_every_milestone_along(kept: list[Rule], days: Span, by: int) -> None:
    moved = Span(days.first + timedelta(days=by), days.last + timedelta(days=by))
    before = {one.kind: one.counted_on for one in counted(kept, days, never)}
    after = {one.kind: one.counted_on for one in counted(kept, moved, never)}
    assert after == {kind: day + timedelta(days=by) for kind, day in before.items()}


@settings(deadline=None)
@given(rules, spans, st.sampled_from(["PA", "JO", "ID", ""]))
def test_what_falls_on_a_day_off_moves_to_the_working_day_before_and_never_after(
    kept: list[Rule], days: Span, country: str
) -> None:
    is_closed = closed_in(country)
    for one in counted(kept, days, is_closed):
        assert not is_closed(one.due_on)
        assert one.due_on == one.counted_on or (is_closed(one.counted_on) and one.due_on < one.counted_on)


@settings(deadline=None)
@given(rules, spans)
def test_the_earliest_stands_first_and_each_kind_once(kept: list[Rule], days: Span) -> None:
    found = counted(kept, days, never)
    assert [one.due_on for one in found] == sorted(one.due_on for one in found)
    assert {one.kind for one in found} == {one.kind for one in kept}
    assert len(found) == len(kept)


@settings(deadline=None)
@given(rules, spans, st.dates(date(2026, 1, 1), date(2031, 6, 30)), kinds, st.booleans())
def test_what_is_due_is_due_from_its_day_minus_a_week_and_late_from_the_day_after(
    kept: list[Rule], days: Span, on: date, noted: frozenset[MilestoneKind], is_invited: bool
) -> None:
    invited_on = on if is_invited else None
    signs = Signs(days, on - timedelta(days=1000), invited_on=invited_on, noted=dict.fromkeys(noted, on))
    for one in placed(counted(kept, days, never), signs, on):
        if one.kind in noted:
            assert (one.state, one.done_on) == (MilestoneState.DONE, on)
        if one.state is MilestoneState.LATE:
            assert one.due_on < on
        if one.state is MilestoneState.DUE:
            assert on <= one.due_on <= on + SOON
        if one.state is MilestoneState.TO_COME:
            assert one.due_on > on + SOON
        assert one.is_soon == (one.state in (MilestoneState.LATE, MilestoneState.DUE))


@settings(deadline=None)
@given(rules, spans, kinds, st.integers(0, 60))
def test_nothing_of_before_is_expected_once_the_meeting_has_begun(
    kept: list[Rule], days: Span, noted: frozenset[MilestoneKind], later: int
) -> None:
    signs = Signs(days, None, noted=dict.fromkeys(noted, days.first))
    for one in placed(counted(kept, days, never), signs, days.first + timedelta(days=later)):
        assert one.kind in AFTERWARDS or not one.is_open


def states(signs: Signs, on: date) -> dict[str, str]:
    return {one.kind.value: one.state.value for one in placed(counted(DEFAULTS, DAYS, never), signs, on)}


def test_a_draft_has_reached_nothing() -> None:
    found = states(Signs(DAYS, None, agenda_issued_on=LONG_BEFORE, papers_out_on=LONG_BEFORE), LONG_BEFORE)
    assert set(found.values()) == {"to_come"}


def test_what_is_seen_of_a_meeting_is_not_noted_by_hand() -> None:
    signs = Signs(DAYS, LONG_BEFORE, invited_on=LONG_BEFORE, is_answered=True, agenda_issued_on=LONG_BEFORE)
    done = {kind for kind, state in states(signs, LONG_BEFORE).items() if state == "done"}
    assert done == {kind.value for kind in MilestoneKind} - {kind.value for kind in NOTED_BY_HAND}


def test_answers_count_only_where_somebody_was_invited() -> None:
    assert states(Signs(DAYS, LONG_BEFORE, is_answered=True), LONG_BEFORE)["nominations_due"] == "to_come"


def test_a_meeting_at_short_notice_goes_without_what_it_was_too_late_for() -> None:
    announced = FIRST - timedelta(days=20)
    found = states(Signs(DAYS, announced), announced)
    assert found["call_for_items"] == "left_out"
    assert (found["invitation"], found["nominations_due"], found["papers"]) == ("late", "late", "late")
    assert found["draft_report"] == "to_come"


def test_a_call_that_could_have_gone_out_is_late() -> None:
    announced = FIRST - timedelta(days=100)
    assert states(Signs(DAYS, announced), FIRST - timedelta(days=80))["call_for_items"] == "late"


def test_every_kind_has_a_day_where_a_body_says_nothing() -> None:
    assert [one.kind for one in DEFAULTS] == list(MilestoneKind)
    assert [one.days for one in DEFAULTS] == sorted(one.days for one in DEFAULTS)


def test_a_milestone_left_out_is_neither_open_nor_soon() -> None:
    (one,) = placed(counted([DEFAULTS[1]], DAYS, never), Signs(DAYS, FIRST), FIRST)
    assert one == Placed(one.milestone, MilestoneState.LEFT_OUT)
    assert not one.is_open
    assert not one.is_soon
