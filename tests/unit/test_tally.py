"""What a vote says: who is elected, who is tied, and where a choice stands on a day."""

from datetime import date
from uuid import UUID

import pytest

from secretariat.civil_society.tally import Phase, counted, phase

A, B, C = (UUID(int=one) for one in (1, 2, 3))


def test_those_with_most_votes_are_elected_and_a_paper_counts_once() -> None:
    tally = counted([A, B, C], [[str(B), str(B)], [str(B), str(A)], ["somebody else"]], 1)
    assert tally.votes == {A: 1, B: 2, C: 0}
    assert (tally.elected, tally.tied, tally.left) == (frozenset({B}), frozenset(), 0)


def test_who_is_level_for_the_last_place_is_tied() -> None:
    tally = counted([A, B, C], [[str(A), str(B)], [str(A), str(C)]], 2)
    assert (tally.elected, tally.tied, tally.left) == (frozenset({A}), frozenset({B, C}), 1)
    nobody = counted([A, B, C], [], 2)
    assert (nobody.elected, nobody.tied, nobody.left) == (frozenset(), frozenset({A, B, C}), 2)


def test_where_all_can_go_all_are_elected() -> None:
    assert counted([A, B], [[str(A)]], 2).elected == {A, B}
    assert counted([], [], 2).elected == frozenset()


@pytest.mark.parametrize(
    ("day", "candidates", "settled", "stands"),
    [(3, 0, False, Phase.NAMING), (4, 3, False, Phase.VOTING), (4, 2, False, Phase.OVER), (7, 3, False, Phase.VOTING),
     (8, 3, False, Phase.OVER), (3, 3, True, Phase.SETTLED)],
)  # fmt: skip
def test_where_a_choice_stands(day: int, candidates: int, settled: bool, stands: Phase) -> None:
    named, ends = date(2027, 3, 3), date(2027, 3, 7)
    found = phase(date(2027, 3, day), named, ends, candidates=candidates, places=2, settled=settled)
    assert found is stands
