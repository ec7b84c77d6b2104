"""Statuses, numbers and places of a plan: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.plans import numbering
from secretariat.plans.status import NOT_YET_REPORTED, Status, UpdateState, in_force, shown_as


@dataclass(frozen=True)
class Said:
    state: UpdateState
    stated_at: datetime
    entered_at: datetime


def _at(day: int) -> datetime:
    return datetime(2026, 3, day, 9, tzinfo=UTC)


def test_silence_is_no_status() -> None:
    assert shown_as(None) == NOT_YET_REPORTED
    assert NOT_YET_REPORTED not in set(Status)
    assert in_force([]) is None


def test_a_note_and_what_was_corrected_never_hold() -> None:
    assert in_force([Said(state, _at(3), _at(3)) for state in (UpdateState.NOTED, UpdateState.CORRECTED)]) is None


def test_the_latest_said_holds_and_a_correction_stands_at_the_time_of_what_it_corrects() -> None:
    first, second = (Said(UpdateState.CONFIRMED, _at(day), _at(day)) for day in (1, 5))
    of_first = Said(UpdateState.CONFIRMED, _at(1), _at(9))
    of_second = Said(UpdateState.CONFIRMED, _at(5), _at(9))
    assert in_force([of_first, first, second]) == second
    assert in_force([first, second, of_second]) == of_second


@pytest.mark.parametrize(
    ("number", "written"), [(1, "a"), (2, "b"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba"), (703, "aaa")]
)
def test_letters(number: int, written: str) -> None:
    assert numbering.letters(number) == written


@given(st.integers(1, 20_000))
def test_no_two_numbers_have_the_same_letters(number: int) -> None:
    value = 0
    for letter in numbering.letters(number):
        value = value * 26 + ord(letter) - ord("a") + 1
    assert value == number


def test_there_is_no_letter_below_the_first() -> None:
    with pytest.raises(ValueError, match="begin at 1"):
        numbering.letters(0)


def test_a_commitment_has_its_letter_after_the_number_of_its_part_and_a_proposal_none() -> None:
    assert numbering.commitment_number("1.2.1", 4) == "1.2.1 d"
    assert numbering.commitment_number("", 4) == "d"
    assert numbering.commitment_number("1.2.1", None) == ""


def test_places_sort_as_the_plan_stands_on_paper() -> None:
    area = [numbering.place("", position) for position in (1, 2, 10)]
    objective = [numbering.place(area[0], position) for position in (1, 2)]
    activity = numbering.place(objective[0], 1)
    on_paper = [area[0], objective[0], activity, objective[1], area[1], area[2]]
    assert sorted(on_paper, key=str) == on_paper
    assert numbering.part_number("1.2", 3) == "1.2.3"
    assert numbering.part_number("", 3) == "3"
