"""Numbers that tell of nobody."""

from uuid import UUID

import pytest

from secretariat.meetings.continuity import FEW, sums, told
from secretariat.meetings.models import Attendance, Delegate, Invitation


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"a": 5, "b": 0}, {"a": 5, "b": 0}),
        ({"a": 5, "b": 1}, {"a": None, "b": None}),
        ({"a": 9, "b": 2, "c": 4}, {"a": 9, "b": None, "c": None}),
        ({"a": 9, "b": 2, "c": 1}, {"a": 9, "b": None, "c": None}),
        ({"a": 2}, {"a": None}),
        ({}, {}),
    ],
    ids=["none is told", "the other would tell it", "the next smallest", "two small ones", "alone", "nothing"],
)
def test_a_small_number_is_not_told_nor_what_it_could_be_reckoned_from(
    counts: dict[str, int], expected: dict[str, int | None]
) -> None:
    assert told(counts) == expected


def invitation(number: int, *levels: str, came: bool = True) -> Invitation:
    one = Invitation(participant_id=UUID(int=number), attendance=Attendance.PRESENT if came else Attendance.REGRETS)
    one.delegates = [
        Delegate(name=f"{number} {place}", level=level, ministry=f"M{number}") for place, level in enumerate(levels)
    ]
    return one


def test_who_was_not_at_the_table_is_in_no_sum() -> None:
    now = [invitation(one, "senior") for one in range(1, 8)] + [invitation(9, "political", came=False)]
    before = [invitation(one) for one in range(1, 5)]
    made = sums(now, before, ["political", "senior", "technical"])
    assert (made.came, made.again, made.persons, made.ministries) == (7, 4, 7, 7)
    assert made.levels == {"political": 0, "senior": 7, "technical": 0, "": 0}


def test_one_that_is_new_at_the_table_is_not_pointed_at() -> None:
    now = [invitation(one) for one in range(1, 6)]
    assert sums(now, now[:-1], []).again is None
    assert sums(now, now, []).again == 5
    assert sums(now, None, []).has_before is False
    assert FEW == 3
