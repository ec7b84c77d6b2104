"""Wall times: hours that do not exist, or exist twice; and the hours of an agenda."""

# ruff: noqa: DTZ001 - hours on the wall of a place have no zone of their own

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from secretariat.core.hours import HourProblem, apart, hour_problem, instant, is_zone
from secretariat.meetings.timetable import timetable


@pytest.mark.parametrize(
    ("wall", "zone", "problem"),
    [
        (datetime(2027, 3, 14, 2, 30), "America/New_York", HourProblem.SKIPPED),
        (datetime(2027, 3, 14, 3, 0), "America/New_York", None),
        (datetime(2027, 11, 7, 1, 30), "America/New_York", HourProblem.TWICE),
        (datetime(2027, 11, 7, 2, 0), "America/New_York", None),
        (datetime(2027, 3, 14, 2, 30), "America/Panama", None),
        (datetime(2027, 3, 28, 2, 0), "Europe/Vienna", HourProblem.SKIPPED),
    ],
)
def test_an_hour_the_clocks_pass_over_or_repeat_is_told(wall: datetime, zone: str, problem: HourProblem | None) -> None:
    assert hour_problem(wall, zone) is problem


def test_the_instant_follows_from_the_wall_of_the_place() -> None:
    assert instant(datetime(2027, 4, 14, 9), "America/Panama") == datetime(2027, 4, 14, 14, tzinfo=UTC)


def test_how_far_another_clock_is_ahead() -> None:
    assert apart(datetime(2027, 4, 14, 9), "America/Panama", "America/Guatemala") == timedelta(hours=-1)
    assert not apart(datetime(2027, 1, 14, 9), "America/Panama", "America/New_York")


def test_zones_are_those_of_the_list() -> None:
    assert [is_zone(name) for name in ("America/Panama", "Panama time", "../etc", "")] == [True, False, False, False]


@dataclass(frozen=True)
class Item:
    day: int
    minutes: int | None
    within_id: UUID | None = None
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Part:
    begins_wall: datetime
    ends_wall: datetime


FIRST = Part(datetime(2027, 4, 14, 9), datetime(2027, 4, 14, 12))
SECOND = Part(datetime(2027, 4, 15, 10), datetime(2027, 4, 15, 11))


def test_each_item_begins_where_the_one_before_it_ends() -> None:
    one, two, next_day = Item(1, 30), Item(1, 150), Item(2, 90)
    first, second = timetable([one, two, next_day], [FIRST, SECOND])
    assert [slot.begins for slot in first.slots] == [datetime(2027, 4, 14, 9), datetime(2027, 4, 14, 9, 30)]
    assert (first.over, second.over) == (0, 30)
    assert [slot.begins for slot in second.slots] == [datetime(2027, 4, 15, 10)]


def test_after_an_item_of_unknown_length_no_hour_is_guessed() -> None:
    (day,) = timetable([Item(1, None), Item(1, 30)], [FIRST])
    assert [slot.begins for slot in day.slots] == [datetime(2027, 4, 14, 9), None]
    assert day.over is None


def test_minutes_that_fill_more_than_the_day_by_themselves_are_told_though_others_are_open() -> None:
    (fits,) = timetable([Item(1, None), Item(1, 180)], [FIRST])
    (overflows,) = timetable([Item(1, None), Item(1, 170), Item(1, 30)], [FIRST])
    assert (fits.over, overflows.over) == (None, 20)


def test_without_hours_the_days_still_stand() -> None:
    days = timetable([Item(1, 30), Item(3, 30)], [], date(2027, 4, 14))
    assert [(one.number, one.on) for one in days] == [(1, date(2027, 4, 14)), (3, date(2027, 4, 16))]
    assert all(slot.begins is None for one in days for slot in one.slots)


def test_parts_run_one_after_the_other_inside_their_item() -> None:
    item = Item(1, 60)
    parts = [Item(1, 20, item.id), Item(1, 25, item.id)]
    (day,) = timetable([Item(1, 30), item, *parts, Item(1, 30)], [FIRST])
    assert [slot.begins.strftime("%H:%M") for slot in day.slots if slot.begins] == [
        "09:00", "09:30", "09:30", "09:50", "10:30",
    ]  # fmt: skip
    assert [slot.is_part for slot in day.slots] == [False, False, True, True, False]
    assert [slot.over for slot in day.slots] == [None, -15, None, None, None]
    assert day.over == -60


def test_an_item_without_minutes_takes_those_of_its_parts() -> None:
    item = Item(1, None)
    (day,) = timetable([item, Item(1, 20, item.id), Item(1, 25, item.id), Item(1, 30)], [FIRST])
    assert [slot.minutes for slot in day.slots] == [45, 20, 25, 30]
    assert day.slots[-1].begins == datetime(2027, 4, 14, 9, 45)


def test_after_a_part_of_unknown_length_no_hour_is_guessed() -> None:
    item = Item(1, None)
    (day,) = timetable([item, Item(1, None, item.id), Item(1, 25, item.id), Item(1, 30)], [FIRST])
    assert [slot.begins for slot in day.slots] == [FIRST.begins_wall, FIRST.begins_wall, None, None]
    assert (day.slots[0].minutes, day.over) == (None, None)


def test_a_part_whose_item_is_not_shown_runs_like_an_item() -> None:
    (day,) = timetable([Item(1, 20, uuid4()), Item(1, 30)], [FIRST])
    assert [slot.begins for slot in day.slots] == [FIRST.begins_wall, datetime(2027, 4, 14, 9, 20)]
