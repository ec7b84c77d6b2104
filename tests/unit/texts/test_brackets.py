"""Words in square brackets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.texts.brackets import BracketsDoNotClose, check, is_open, parts

WORDS = st.text("ab []", max_size=30)


def shown(words: str) -> list[tuple[str, bool]]:
    return [(one.words, one.open) for one in parts(words)]


def test_what_stands_in_brackets_is_told_from_the_rest() -> None:
    assert shown("within [two] [four] hours") == [
        ("within ", False), ("[two]", True), (" ", False), ("[four]", True), (" hours", False),
    ]  # fmt: skip
    assert shown("[all [of] it]") == [("[all [of] it]", True)]
    assert is_open("a [b]")
    assert not is_open("a b")


@pytest.mark.parametrize("words", ["a [b", "a ] b", "[a] b]", "[[a]"])
def test_a_bracket_without_its_counterpart_is_told_with_what_stands_around_it(words: str) -> None:
    with pytest.raises(BracketsDoNotClose) as told:
        check(words)
    assert told.value.around
    assert told.value.around in words


@given(WORDS)
def test_nothing_is_lost_or_added(words: str) -> None:
    assert "".join(one.words for one in parts(words)) == words


@given(WORDS)
def test_every_stretch_in_brackets_begins_and_ends_with_one(words: str) -> None:
    try:
        check(words)
    except BracketsDoNotClose:
        return
    for one in parts(words):
        assert one.open == one.words.startswith("[") == one.words.endswith("]") or not one.open
        if not one.open:
            assert "[" not in one.words
