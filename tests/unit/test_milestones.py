"""Milestones: which is due, what is reached, how one is moved. Pure."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.core.localtext import LocalText
from secretariat.plans.milestones import (
    Milestone,
    Milestones,
    due_on,
    in_order,
    next_open,
    postponed,
    reached,
)

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def _made(*days: date) -> Milestones:
    return in_order(Milestone(day, LocalText.of(f"By {day:%B}")) for day in days)


def test_they_stand_by_day_and_each_has_a_key_that_stays() -> None:
    made = _made(JULY, MAY)
    assert [one.on for one in made] == [MAY, JULY]
    assert len({one.key for one in made}) == 2
    assert in_order(made) == made


def test_the_next_open_one_is_the_day_that_is_due_and_the_last_once_all_are_reached() -> None:
    made = _made(MAY, JUNE, JULY)
    assert due_on((), JUNE) == JUNE
    assert due_on(made, None) == MAY
    first = reached(made, [made[0].key], date(2026, 4, 28))
    assert due_on(first, None) == JUNE
    assert first[0].reached_on == date(2026, 4, 28)
    whole = reached(first, [one.key for one in made[1:]], JULY)
    assert (next_open(whole), due_on(whole, None)) == (None, JULY)


def test_what_is_reached_already_or_not_there_cannot_be_reached() -> None:
    made = _made(MAY, JUNE)
    once = reached(made, [made[0].key], MAY)
    for keys in ([made[0].key], ["another"], [made[1].key, "another"]):
        with pytest.raises(KeyError):
            reached(once, keys, JUNE)


def test_a_postponement_moves_the_next_one_and_not_past_another() -> None:
    made = _made(MAY, JULY)
    moved = postponed(made, JUNE)
    assert [(one.on, one.key) for one in moved] == [(JUNE, made[0].key), (JULY, made[1].key)]
    with pytest.raises(ValueError, match="2026"):
        postponed(made, date(2026, 8, 1))
    assert postponed(_made(MAY), JULY)[0].on == JULY


def test_they_come_back_from_what_is_stored() -> None:
    made = reached(_made(MAY, JUNE), [], MAY)
    once = reached(made, [made[0].key], MAY)
    assert tuple(Milestone.from_json(one.to_json()) for one in once) == once
