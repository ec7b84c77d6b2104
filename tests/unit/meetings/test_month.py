"""A month laid out in whole weeks, with what lies on each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.meetings.clashes import Span
from secretariat.meetings.month import laid_out, month_after, month_before, whole_weeks

MONTHS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
WEEKDAYS = st.integers(0, 6)


@dataclass(frozen=True)
class Lasting:
    days: Span


@settings(deadline=None)
@given(MONTHS, WEEKDAYS)
def test_a_month_is_shown_in_whole_weeks_and_no_more(month: date, first_weekday: int) -> None:
    shown = whole_weeks(month, first_weekday)
    assert shown.first.weekday() == first_weekday
    assert ((shown.last - shown.first).days + 1) % 7 == 0
    assert shown.first <= month.replace(day=1)
    assert month.replace(day=1) - shown.first < timedelta(days=7)
    last = month_after(month) - timedelta(days=1)
    assert timedelta(0) <= shown.last - last < timedelta(days=7)


@settings(deadline=None)
@given(MONTHS)
def test_months_follow_one_another(month: date) -> None:
    assert month_before(month_after(month)) == month.replace(day=1)
    assert month_after(month) - timedelta(days=1) >= month


def test_the_first_and_the_last_month_have_no_neighbours_beyond() -> None:
    assert month_after(date(9999, 12, 5)) == date(9999, 12, 1)
    assert month_before(date(1, 1, 5)) == date(1, 1, 1)


@settings(deadline=None)
@given(MONTHS, WEEKDAYS, st.lists(st.tuples(st.integers(-40, 40), st.integers(0, 10)), max_size=6))
def test_everything_stands_on_each_of_its_days_that_is_shown(
    month: date, first_weekday: int, lying: list[tuple[int, int]]
) -> None:
    entries = [
        Lasting(Span(month + timedelta(days=ahead), month + timedelta(days=ahead + length))) for ahead, length in lying
    ]
    shown = whole_weeks(month, first_weekday)
    weeks = laid_out(month, first_weekday, entries)
    assert all(len(week) == 7 for week in weeks)
    for cell in (cell for week in weeks for cell in week):
        expected = [one for one in entries if one.days.first <= cell.on <= one.days.last]
        assert [one.entry for one in cell.entries] == expected
        assert all(one.days.first + timedelta(days=at.number - 1) == cell.on
                   for one, at in zip(expected, cell.entries, strict=True))  # fmt: skip
        assert cell.is_of_month == (cell.on.month == month.month)
        assert shown.first <= cell.on <= shown.last
