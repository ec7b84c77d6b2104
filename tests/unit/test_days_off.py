"""Weekends and public holidays of a country."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.core.days_off import Holiday, closed_in, country_of, holidays_in, working_day_before

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def test_a_holiday_has_the_name_the_reader_knows() -> None:
    new_year = date(2027, 1, 1)
    assert holidays_in("PA", new_year, new_year, "es") == [Holiday(new_year, "Año Nuevo", "es")]
    assert holidays_in("PA", new_year, new_year, "en") == [Holiday(new_year, "New Year's Day", "en")]
    (in_arabic,) = holidays_in("JO", new_year, new_year, "ar")
    assert in_arabic.language == "ar"


def test_where_the_readers_language_is_missing_it_is_said_in_english_and_says_so() -> None:
    (one,) = holidays_in("GT", date(2027, 1, 1), date(2027, 1, 1), "ar")
    assert (one.name, one.language) == ("New Year's Day", "en")


def test_what_follows_the_moon_is_estimated_and_what_does_not_is_not() -> None:
    found = {one.name: one.is_estimated for one in holidays_in("ID", date(2031, 1, 1), date(2031, 12, 31), "en")}
    assert found["Eid al-Fitr"]
    assert not found["Christmas Day"]
    assert not any("estimated" in name for name in found)


def test_every_feast_by_the_moon_is_estimated_where_the_library_marks_none_unless_asked() -> None:
    marked = [one.is_estimated for one in holidays_in("SA", date(2031, 1, 20), date(2031, 1, 30), "en")]
    assert marked
    assert all(marked)


def test_a_country_the_library_does_not_know_has_no_holidays_and_its_weekend() -> None:
    assert holidays_in("XX", date(2027, 1, 1), date(2027, 12, 31)) == []
    assert holidays_in("", date(2027, 1, 1), date(2027, 12, 31)) == []
    assert closed_in("")(date(2027, 1, 2))  # a Saturday
    assert not closed_in("")(date(2027, 1, 1))


def test_the_days_asked_for_may_lie_in_two_years() -> None:
    found = holidays_in("PA", date(2026, 12, 25), date(2027, 1, 2), "en")
    assert [one.on for one in found] == [date(2026, 12, 25), date(2027, 1, 1)]


def test_a_zone_lies_in_a_country_or_in_none() -> None:
    assert (country_of("America/Panama"), country_of("UTC"), country_of("nowhere")) == ("PA", "", "")


@settings(deadline=None)
@given(DAYS, st.sampled_from(["PA", "JO", "ID", "", "XX"]))
def test_the_working_day_before_is_open_near_and_not_after(day: date, country: str) -> None:
    found = working_day_before(day, closed_in(country))
    assert timedelta(0) <= day - found <= timedelta(14)
    assert not closed_in(country)(found)
    assert found == day or closed_in(country)(day)


def test_where_everything_is_closed_the_day_stays() -> None:
    assert working_day_before(date(2027, 1, 4), lambda _day: True) == date(2027, 1, 4)


def test_years_in_which_nobody_plans_cost_nothing() -> None:
    assert holidays_in("PA", date(1, 1, 1), date(1, 12, 31)) == []
    assert holidays_in("PA", date(9999, 1, 1), date(9999, 12, 31)) == []
