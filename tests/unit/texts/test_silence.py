"""Where a silence procedure stands, at the resolution of a second and on days when clocks are changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.core.days_off import closed_in
from secretariat.core.hours import hour_problem
from secretariat.texts.silence import (
    GRACE,
    LEAST,
    Hold,
    HoldCause,
    Reaction,
    ReactionKind,
    Run,
    SilenceState,
    end_for,
    ends_for_all,
    expiry,
    is_late,
    is_to_remind,
    may_be_recorded,
    open_for,
    state,
    vacancies,
)

BELIZE, HONDURAS, MEXICO, COLOMBIA = (UUID(int=number) for number in range(1, 5))
MEMBERS = (BELIZE, HONDURAS, MEXICO)
OPENED = datetime(2027, 3, 1, 15, tzinfo=UTC)
END = datetime(2027, 3, 15, 22, tzinfo=UTC)
RUN = Run(OPENED, END)
SECOND = timedelta(seconds=1)
OBJECTION, ASKS, COMMENT, *_KEPT = (
    ReactionKind.OBJECTION, ReactionKind.ASKS_FOR_TIME, ReactionKind.COMMENT, ReactionKind.INTERPRETATION,
)  # fmt: skip
seconds = st.integers(-5 * 24 * 3600, 5 * 24 * 3600).map(lambda number: END + number * SECOND)
near = st.integers(-2_000, 2_000).map(lambda number: END + timedelta(milliseconds=number))


def objected(at: datetime, by: UUID = MEXICO, holds: tuple[Hold, ...] = ()) -> Reaction:
    return Reaction(by, OBJECTION, at, is_late(RUN, by, holds, at))


# --- the hour -----------------------------------------------------------------------------------------------------


def test_ten_working_days_are_counted_in_the_country_of_the_zone() -> None:
    """Holy Week of 2027 in Panama: Good Friday the 26th of March is not counted, nor are two week-ends."""
    found = expiry(datetime(2027, 3, 19, 15, tzinfo=UTC), 10, time(17), "America/Panama", closed_in("PA"))
    assert found.deadline.on == date(2027, 4, 5)
    assert found.deadline.at == datetime(2027, 4, 5, 22, tzinfo=UTC)
    assert found.not_counted == (
        date(2027, 3, 20), date(2027, 3, 21), date(2027, 3, 26), date(2027, 3, 27), date(2027, 3, 28),
        date(2027, 4, 3), date(2027, 4, 4),
    )  # fmt: skip


def test_friday_is_free_where_it_is_free() -> None:
    """In Cairo the week-end is Friday and Saturday, and a Sunday counts."""
    found = expiry(datetime(2027, 6, 3, 9, tzinfo=UTC), 1, time(17), "Africa/Cairo", closed_in("EG"), None)
    assert found.deadline.on == date(2027, 6, 6)  # Thursday evening to Sunday
    assert found.not_counted == (date(2027, 6, 4), date(2027, 6, 5))


def test_the_day_it_begins_is_that_of_the_place() -> None:
    """At two in the morning of Tuesday in UTC it is still Monday in Panama."""
    found = expiry(datetime(2027, 6, 8, 2, tzinfo=UTC), 5, time(17), "America/Panama", lambda _day: False)
    assert found.deadline.on == date(2027, 6, 12)


def test_never_under_72_hours() -> None:
    """What was circulated long before leaves 72 hours all the same, on a working day."""
    start, opened = datetime(2027, 6, 1, 15, tzinfo=UTC), datetime(2027, 6, 11, 15, tzinfo=UTC)  # a Friday
    found = expiry(start, 1, time(17), "America/Panama", closed_in("PA"), opened)
    assert found.deadline.at - opened >= LEAST
    assert found.deadline.on == date(2027, 6, 14)


@pytest.mark.parametrize(
    ("zone", "day", "hour", "found"),
    [
        ("Europe/Vienna", date(2027, 3, 28), time(2, 30), time(3, 30)),  # the clocks pass over it
        ("Europe/Vienna", date(2027, 10, 31), time(2, 30), time(3, 30)),  # it comes twice
        ("America/Panama", date(2027, 3, 28), time(2, 30), time(2, 30)),
    ],
)
def test_an_hour_at_which_clocks_are_changed_becomes_the_next_plain_one(
    zone: str, day: date, hour: time, found: time
) -> None:
    start = datetime.combine(day - timedelta(days=5), time(12), UTC)
    assert expiry(start, 5, hour, zone, lambda _day: False).deadline.hour == found


ZONES = ("America/Panama", "Europe/Vienna", "Africa/Cairo", "Asia/Kathmandu", "Pacific/Apia", "America/Santiago")


@given(
    st.integers(0, 7 * 365 * 86400).map(lambda number: datetime(2025, 1, 1, tzinfo=UTC) + number * SECOND),
    st.integers(1, 30),
    st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    st.sampled_from(ZONES),
    st.sets(st.dates(date(2025, 1, 1), date(2032, 4, 1)), max_size=40),
)
def test_every_expiry_exists_once_and_leaves_three_days(
    start: datetime, working_days: int, hour: time, zone: str, holidays: set[date]
) -> None:
    start = start.replace(microsecond=0)

    def closed(day: date) -> bool:
        return day.weekday() > 4 or day in holidays

    found = expiry(start, working_days, hour, zone, closed)
    deadline = found.deadline
    assert hour_problem(deadline.wall, zone) is None
    assert deadline.at - start >= LEAST
    assert not closed(deadline.on)
    began = start.astimezone(ZoneInfo(zone)).date()
    between = [began + timedelta(days=number) for number in range(1, (deadline.on - began).days + 1)]
    assert tuple(day for day in between if closed(day)) == found.not_counted
    assert sum(not closed(day) for day in between) >= working_days


# --- where it stands ----------------------------------------------------------------------------------------------


def test_at_the_hour_itself_it_is_over() -> None:
    assert state(RUN, [], [], MEMBERS, END - SECOND) is SilenceState.RUNNING
    assert state(RUN, [], [], MEMBERS, END) is SilenceState.PASSED
    assert not is_late(RUN, MEXICO, [], END - timedelta(microseconds=1))
    assert is_late(RUN, MEXICO, [], END)
    assert is_late(RUN, MEXICO, [], END + SECOND)


@given(near, near)
def test_an_objection_breaks_it_if_it_came_before_the_hour_whenever_one_looks(
    received: datetime, now: datetime
) -> None:
    found = state(RUN, [objected(received)], [], MEMBERS, now)
    expected = (
        SilenceState.BROKEN if received < END else SilenceState.RUNNING if now < END else SilenceState.PASSED
    )  # fmt: skip
    assert found is expected


@given(st.lists(st.sampled_from([one for one in ReactionKind if one is not OBJECTION])), near, seconds)
def test_nothing_but_an_objection_breaks_it(kinds: list[ReactionKind], received: datetime, now: datetime) -> None:
    said = [Reaction(MEXICO, one, received) for one in kinds]
    assert state(RUN, said, [], MEMBERS, now) is not SilenceState.BROKEN


@pytest.mark.parametrize("cause", HoldCause)
def test_it_does_not_end_for_who_is_held(cause: HoldCause) -> None:
    open_still = Hold(BELIZE, cause, OPENED)
    assert end_for(RUN, BELIZE, [open_still]) is None
    assert end_for(RUN, MEXICO, [open_still]) == END
    assert state(RUN, [], [open_still], MEMBERS, END - SECOND) is SilenceState.RUNNING
    assert state(RUN, [], [open_still], MEMBERS, END + timedelta(days=99)) is SilenceState.WAITING
    assert open_for(RUN, [open_still], MEMBERS, END) == [BELIZE]
    assert ends_for_all(RUN, [open_still], MEMBERS) is None
    late = END + timedelta(days=9)
    assert state(RUN, [objected(late, BELIZE, (open_still,))], [open_still], MEMBERS, late) is SilenceState.BROKEN
    assert state(RUN, [objected(late, MEXICO, (open_still,))], [open_still], MEMBERS, late) is SilenceState.WAITING


@pytest.mark.parametrize(("cause", "more"), [(HoldCause.BOUNCED, LEAST), (HoldCause.ASKED_FOR_TIME, timedelta())])
def test_who_was_held_has_its_time_from_when_that_ended(cause: HoldCause, more: timedelta) -> None:
    until = END + timedelta(days=2)
    hold = Hold(BELIZE, cause, OPENED, until)
    assert end_for(RUN, BELIZE, [hold]) == until + more
    assert state(RUN, [], [hold], MEMBERS, until + more - SECOND) is SilenceState.WAITING
    assert state(RUN, [], [hold], MEMBERS, until + more) is SilenceState.PASSED


def test_what_was_mended_early_takes_nothing_away() -> None:
    assert end_for(RUN, BELIZE, [Hold(BELIZE, HoldCause.BOUNCED, OPENED, OPENED + SECOND)]) == END
    assert end_for(RUN, BELIZE, [Hold(BELIZE, HoldCause.ASKED_FOR_TIME, OPENED, OPENED + SECOND)]) == END


def test_what_began_when_it_was_over_changes_nothing() -> None:
    assert end_for(RUN, BELIZE, [Hold(BELIZE, HoldCause.VACANT, END)]) == END
    assert end_for(RUN, BELIZE, [Hold(BELIZE, HoldCause.VACANT, OPENED - LEAST, OPENED)]) == END


def test_who_asks_again_while_its_own_time_runs_has_it() -> None:
    first = Hold(BELIZE, HoldCause.BOUNCED, OPENED, END)
    second = Hold(BELIZE, HoldCause.ASKED_FOR_TIME, END + timedelta(days=1), END + timedelta(days=7))
    assert end_for(RUN, BELIZE, [second, first]) == END + timedelta(days=7)


def test_a_member_that_has_left_is_not_waited_for_and_its_objection_stands() -> None:
    hold = Hold(BELIZE, HoldCause.VACANT, OPENED)
    others = (HONDURAS, MEXICO)
    assert state(RUN, [], [hold], others, END) is SilenceState.PASSED
    assert state(RUN, [objected(OPENED, BELIZE)], [hold], others, END) is SilenceState.BROKEN


def test_a_text_that_stands_no_more_is_called_off() -> None:
    for run in (Run(OPENED, END, is_called_off=True), Run(OPENED, END, stands=False)):
        for now in (OPENED, END, END + LEAST):
            assert state(run, [], [], MEMBERS, now) is SilenceState.CALLED_OFF


holds = st.builds(
    Hold,
    st.sampled_from(MEMBERS),
    st.sampled_from(HoldCause),
    st.integers(-20 * 86400, 5 * 86400).map(lambda number: END + number * SECOND),
    st.none() | st.integers(0, 9 * 86400).map(lambda number: END + number * SECOND),
)


@given(st.lists(holds, max_size=6), seconds, st.integers(0, 86400))
def test_once_it_has_passed_it_has_passed(held: list[Hold], now: datetime, later: int) -> None:
    """Without anything new, time alone leads from running through waiting to passed, and never back."""
    order = [SilenceState.RUNNING, SilenceState.WAITING, SilenceState.PASSED]
    first = state(RUN, [], held, MEMBERS, now)
    second = state(RUN, [], held, MEMBERS, now + later * SECOND)
    assert order.index(first) <= order.index(second)


@given(st.lists(holds, max_size=6), seconds)
def test_it_has_passed_exactly_when_it_has_ended_for_the_last_member(held: list[Hold], now: datetime) -> None:
    ended = ends_for_all(RUN, held, MEMBERS)
    assert (state(RUN, [], held, MEMBERS, now) is SilenceState.PASSED) == (ended is not None and now >= ended)


@given(st.lists(holds, max_size=6), seconds)
def test_a_member_in_time_can_object_exactly_while_it_is_open_for_it(held: list[Hold], now: datetime) -> None:
    for member in MEMBERS:
        assert is_late(RUN, member, held, now) == (member not in open_for(RUN, held, MEMBERS, now))


# --- the record ---------------------------------------------------------------------------------------------------


def test_silence_is_recorded_after_a_minute_an_objection_at_once() -> None:
    assert not may_be_recorded(SilenceState.PASSED, END, END + GRACE - SECOND)
    assert may_be_recorded(SilenceState.PASSED, END, END + GRACE)
    assert may_be_recorded(SilenceState.BROKEN, None, OPENED)
    for other in (SilenceState.RUNNING, SilenceState.WAITING, SilenceState.CALLED_OFF):
        assert not may_be_recorded(other, END, END + LEAST)


def test_a_reminder_has_its_hour() -> None:
    two_days = timedelta(days=2)
    assert not is_to_remind(RUN, SilenceState.RUNNING, END - two_days - SECOND)
    assert is_to_remind(RUN, SilenceState.RUNNING, END - two_days)
    assert not is_to_remind(RUN, SilenceState.RUNNING, END)
    assert not is_to_remind(RUN, SilenceState.BROKEN, END - two_days)


# --- vacancies ----------------------------------------------------------------------------------------------------


def test_nobody_at_all_is_a_vacancy_from_the_first_day() -> None:
    day = date(2027, 3, 1)
    (found,) = vacancies(BELIZE, [], day)
    assert (found.cause, found.since, found.until) == (HoldCause.VACANT, datetime(2027, 3, 1, tzinfo=UTC), None)


def test_a_vacancy_ends_with_the_day_of_the_successor() -> None:
    held = [(date(2026, 1, 1), date(2027, 3, 5)), (date(2027, 3, 9), None)]
    (found,) = vacancies(BELIZE, held, date(2027, 3, 1))
    assert (found.since, found.until) == (datetime(2027, 3, 5, tzinfo=UTC), datetime(2027, 3, 9, tzinfo=UTC))


def test_an_alternate_fills_it() -> None:
    held = [(date(2026, 1, 1), date(2027, 3, 5)), (date(2026, 6, 1), None)]
    assert vacancies(BELIZE, held, date(2027, 3, 1)) == []


days = st.dates(date(2027, 2, 1), date(2027, 4, 30))


@given(st.lists(st.tuples(days, st.none() | days), max_size=6), st.integers(0, 80))
def test_a_day_is_vacant_exactly_when_nobody_is_appointed_on_it(
    held: list[tuple[date, date | None]], number: int
) -> None:
    begin = date(2027, 2, 1)
    day = begin + timedelta(days=number)
    noon = datetime.combine(day, time(12), UTC)
    covered = any(since <= day and (until is None or day < until) for since, until in held)
    found = vacancies(BELIZE, held, begin)
    assert any(one.since <= noon and (one.until is None or noon < one.until) for one in found) != covered
