"""Why nothing was asked on a day: the planner's reason, the first that holds."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from secretariat.follow_up.planner import Asked, Item, Rules, Series
from secretariat.follow_up.unanswered import Spoken, goes_to_the_alternate, is_to_be_rung
from secretariat.follow_up.why import Because, Why, because

DAY = date(2027, 3, 3)
SUBJECT = UUID(int=1)
DUE = Item("commitment", SUBJECT, DAY - timedelta(60), due_on=DAY + timedelta(10))
ASKED = frozenset({Asked("commitment", SUBJECT, "due-14", "")})
ALL = frozenset(Asked("commitment", SUBJECT, step, "") for step in ("due-14", "due+0", "due+28"))
LAST = DUE.due_on + timedelta(28) if DUE.due_on else DAY


def never(_day: date) -> bool:
    return False


@pytest.mark.parametrize(
    ("items", "series", "quiet", "reason"),
    [
        ([], Series(), False, Because(Why.NOTHING_OPEN)),
        ([DUE], Series(), False, Because(Why.DUE)),
        ([DUE], Series(), True, Because(Why.QUIET_DAY)),
        ([DUE], Series(not_before=DAY + timedelta(5)), False, Because(Why.ASKED_TO_WAIT, DAY + timedelta(5))),
        ([DUE], Series((DAY - timedelta(9),)), False, Because(Why.TOO_SOON, DAY - timedelta(9))),
        ([DUE], Series(asked=ASKED), False, Because(Why.NEXT_STEP, DAY + timedelta(10))),
        (
            [DUE],
            Series(tuple(DAY - timedelta(days) for days in (30, 45, 60, 75))),
            False,
            Because(Why.ENOUGH),
        ),
    ],
)
def test_the_first_reason_that_holds_is_given(items: list[Item], series: Series, quiet: bool, reason: Because) -> None:
    assert because(items, Rules(), DAY, series, lambda _day: quiet) == reason


def test_after_the_last_step_what_is_left_is_a_call() -> None:
    assert because([DUE], Rules(), LAST + timedelta(1), Series(asked=ALL), never) == Because(Why.ALL_ASKED)


@pytest.mark.parametrize(
    ("after", "series", "spoken", "is_rung"),
    [
        (6, Series((LAST,), ALL), None, False),
        (7, Series((LAST,), ALL), None, True),
        (7, Series((LAST,), ASKED), None, False),
        (61, Series((), ASKED), None, True),
        (7, Series((LAST,), ALL), Spoken(LAST, was_reached=True), False),
        (7, Series((LAST,), ALL), Spoken(LAST - timedelta(1), was_reached=True), True),
        (7, Series((LAST,), ALL), Spoken(LAST, was_reached=False), True),
        (7, Series((LAST,), ALL), Spoken(LAST, was_reached=True, next_on=LAST + timedelta(8)), False),
        (8, Series((LAST,), ALL), Spoken(LAST, was_reached=True, next_on=LAST + timedelta(8)), True),
    ],
)
def test_one_rings_after_time_to_answer_or_on_the_day_agreed(
    after: int, series: Series, spoken: Spoken | None, is_rung: bool
) -> None:
    assert is_to_be_rung(DUE, Rules(), LAST + timedelta(after), series, spoken) is is_rung


def test_an_alternate_is_asked_once_and_only_after_each_focal_point() -> None:
    on, silent, waiting = LAST + timedelta(7), Series((LAST,), ALL), Series((LAST,), ASKED)
    assert goes_to_the_alternate(DUE, Rules(), on, [silent], None, Series())
    assert not goes_to_the_alternate(DUE, Rules(), on, [], None, Series())
    assert not goes_to_the_alternate(DUE, Rules(), on, [silent, waiting], None, Series())
    asked = Series(asked=frozenset({Asked("commitment", SUBJECT, "alternate", "")}))
    assert not goes_to_the_alternate(DUE, Rules(), on, [silent], None, asked)
    assert not goes_to_the_alternate(DUE, Rules(), on, [silent], Spoken(LAST, was_reached=True), Series())
