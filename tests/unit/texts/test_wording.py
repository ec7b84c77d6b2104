"""Two wordings, and two editions, compared."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from secretariat.core.localtext import LocalText
from secretariat.texts.paragraphs import ParagraphKind, Piece, counted
from secretariat.texts.wording import Change, Fate, compared, compared_paragraphs

PUT_IN, TAKEN_AWAY = Change.PUT_IN, Change.TAKEN_AWAY


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(one.change.value, one.words) for one in compared(before, after)]


def test_words_are_compared_and_not_letters() -> None:
    assert told("within two hours of arrival", "within four hours of arrival") == [
        ("same", "within "), ("taken_away", "two"), ("put_in", "four"), ("same", " hours of arrival"),
    ]  # fmt: skip
    assert told("the child’s consulate", "the child's consulate")[1:3] == [
        ("taken_away", "child’s"), ("put_in", "child's"),
    ]  # fmt: skip


@given(st.text("ab c.", max_size=30), st.text("ab c.", max_size=30))
def test_both_wordings_can_be_read_from_the_comparison(before: str, after: str) -> None:
    stretches = compared(before, after)
    assert "".join(one.words for one in stretches if one.change is not PUT_IN) == before
    assert "".join(one.words for one in stretches if one.change is not TAKEN_AWAY) == after


def text(*paragraphs: tuple[int, str]) -> list[Piece]:
    return [Piece(UUID(int=key), ParagraphKind.OPERATIVE, 1, LocalText.of(words)) for key, words in paragraphs]


def fates(before: list[Piece], after: list[Piece]) -> list[tuple[int, Fate]]:
    found = compared_paragraphs(counted(before), counted(after), "en")
    return [(one.counted.piece.id.int, one.fate) for one in found]


def test_a_paragraph_is_known_by_its_key() -> None:
    before = text((1, "One"), (2, "Two"), (3, "Three"), (4, "Four"))
    after = text((1, "One"), (3, "Three, at last"), (5, "Five"), (4, "Four"))
    assert fates(before, after) == [
        (1, Fate.SAME), (2, Fate.TAKEN_OUT), (3, Fate.CHANGED), (5, Fate.NEW), (4, Fate.SAME),
    ]  # fmt: skip


def test_what_was_moved_is_said_to_be_moved_and_no_more() -> None:
    before = text((1, "One"), (2, "Two"), (3, "Three"))
    after = text((3, "Three"), (1, "One"), (2, "Two"))
    assert fates(before, after) == [(3, Fate.MOVED), (1, Fate.SAME), (2, Fate.SAME)]


KEYS = st.lists(st.integers(1, 12), unique=True, max_size=10)


@given(KEYS, KEYS)
def test_every_paragraph_of_both_editions_is_there_once(before: list[int], after: list[int]) -> None:
    found = fates(text(*((key, f"Words {key}") for key in before)), text(*((key, f"Words {key}") for key in after)))
    assert sorted(key for key, _fate in found) == sorted({*before, *after})
    assert [key for key, fate in found if fate is not Fate.TAKEN_OUT] == after
    assert {key for key, fate in found if fate is Fate.TAKEN_OUT} == {*before} - {*after}
    assert {key for key, fate in found if fate is Fate.NEW} == {*after} - {*before}
