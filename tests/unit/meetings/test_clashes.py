"""Other meetings of the same participants on the same days."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.core.localtext import LocalText
from secretariat.meetings.clashes import Gathering, Span, clashing

PEOPLE = [UUID(int=number) for number in range(1, 6)]
BEGAN = date(2027, 3, 1)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first = BEGAN + timedelta(days=draw(st.integers(0, 20)))
    return Span(first, first + timedelta(days=draw(st.integers(0, 5))))


some_people = st.frozensets(st.sampled_from(PEOPLE))


@st.composite
def gatherings(draw: st.DrawFn) -> Gathering:
    return Gathering(uuid4(), LocalText.of("A meeting"), "RCX", draw(spans()), draw(some_people))


def days_of(span: Span) -> set[date]:
    return {span.first + timedelta(days=one) for one in range((span.last - span.first).days + 1)}


@settings(deadline=None)
@given(spans(), some_people, st.lists(gatherings(), max_size=8))
def test_whoever_is_to_be_at_two_places_on_one_day_is_told_of_and_nobody_else(
    days: Span, participants: frozenset[UUID], others: list[Gathering]
) -> None:
    found = {
        one.other.meeting: (days_of(one.days), set(one.participants)) for one in clashing(days, participants, others)
    }
    expected = {
        one.meeting: (days_of(days) & days_of(one.days), set(participants & one.participants))
        for one in others
        if days_of(days) & days_of(one.days) and participants & one.participants
    }
    assert found == expected


@settings(deadline=None)
@given(spans(), spans())
def test_days_are_shared_both_ways(one: Span, other: Span) -> None:
    assert one.shared(other) == other.shared(one)


@settings(deadline=None)
@given(spans(), st.lists(gatherings(), max_size=8))
def test_the_earliest_stands_first(days: Span, others: list[Gathering]) -> None:
    firsts = [one.days.first for one in clashing(days, PEOPLE, others)]
    assert firsts == sorted(firsts)
