"""The order in which delegations are listed."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from secretariat.meetings.delegations import begun_with, heads_first
from secretariat.meetings.models import DelegateRole

NAMES = ["Belize", "Canada", "El Salvador", "Guatemala", "Mexico"]


@dataclass(frozen=True)
class Person:
    role: DelegateRole
    position: int


def test_the_head_stands_first_and_advisers_last() -> None:
    adviser, second, head, first = (
        Person(DelegateRole.ADVISER, 1), Person(DelegateRole.DELEGATE, 3), Person(DelegateRole.HEAD, 4),
        Person(DelegateRole.DELEGATE, 2),
    )  # fmt: skip
    assert heads_first([adviser, second, head, first]) == [head, first, second, adviser]


def turned(letter: str) -> list[str]:
    return begun_with(letter, [(name, name) for name in NAMES], "en")


def test_the_list_begins_with_the_letter_that_was_drawn() -> None:
    assert turned("G") == ["Guatemala", "Mexico", "Belize", "Canada", "El Salvador"]
    assert turned("D") == ["El Salvador", "Guatemala", "Mexico", "Belize", "Canada"]
    assert turned("") == turned("A") == turned("Z") == NAMES


@given(st.text(max_size=1), st.lists(st.text(min_size=1, max_size=5), unique=True).map(sorted))
def test_nobody_is_lost_or_stands_twice(letter: str, names: list[str]) -> None:
    assert sorted(begun_with(letter, [(name, name) for name in names], "en")) == names
