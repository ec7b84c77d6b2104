"""Sums for the chair: nobody can be read off them, also not by who knows its own part and what is left of a total."""

from __future__ import annotations

from itertools import product
from random import Random
from uuid import UUID

from secretariat.ownership.telling import FEW, told

A, B, C, D, E = (UUID(int=number) for number in range(1, 6))


def test_a_number_with_three_others_behind_it_is_told() -> None:
    found = told({"came": {A: 1, B: 2, C: 1, D: 1}, "not": {A: 1, B: 1, C: 1, E: 1}}, own=A)
    assert (found.total, dict(found.parts)) == (9, {"came": 5, "not": 4})


def test_ones_own_part_does_not_count_among_those_behind_a_number() -> None:
    assert told({"came": {A: 1, B: 1, C: 1}}, own=A).total is None
    assert told({"came": {A: 1, B: 1, C: 1}}, own=None).total == 3


def test_what_is_left_of_the_total_tells_of_nobody_either() -> None:
    """Two did not come; who knows the total and who came would know that: so only the total is told."""
    came = dict.fromkeys((A, B, C, D, E), 1)
    found = told({"came": came, "not": {B: 1, C: 1}}, own=A)
    assert (found.total, dict(found.parts)) == (7, {"came": None, "not": None})


def test_that_all_or_none_did_something_is_not_told() -> None:
    """It would say so of each of them."""
    found = told({"answered": {}, "not": dict.fromkeys((A, B, C, D), 1)}, own=A)
    assert (found.total, dict(found.parts)) == (4, {"answered": None, "not": None})


def test_nobody_can_be_read_off_any_sum() -> None:
    """Random tables: whatever is told, and whatever is left of the total, has three others behind it or is all."""
    chance, parts = Random(11), ("a", "b", "c", "d")
    tried = 0
    for _again, many in product(range(400), (2, 4, 7)):
        table = {part: {UUID(int=one): chance.choice((0, 0, 1, 2, 30)) for one in range(1, many + 1)} for part in parts}
        found = told(table, own=A)
        behind = {part: {one for one, number in of.items() if number and one != A} for part, of in table.items()}
        hidden = [part for part, number in found.parts.items() if number is None]
        if found.total is None:
            assert hidden == list(parts)
            continue
        tried += 1
        assert all(len(behind[part]) >= FEW for part in parts if part not in hidden)
        assert not hidden or len(set().union(*(behind[part] for part in hidden))) >= FEW
        assert found.total == sum(sum(of.values()) for of in table.values())
    assert tried > 100
