"""How paragraphs are numbered."""

from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from secretariat.core.localtext import LocalText
from secretariat.texts.paragraphs import DEEPEST, ParagraphKind, Piece, counted, letters, roman

HEADING, PREAMBLE, OPERATIVE, PLAIN = ParagraphKind


def piece(kind: ParagraphKind, depth: int = 1) -> Piece:
    return Piece(uuid4(), kind, depth, LocalText.of("Words"))


def numbers(*pieces: Piece, language: str = "en") -> list[str]:
    return [one.number(language) for one in counted(pieces)]


def test_operative_paragraphs_run_on_whatever_headings_stand_between_them() -> None:
    text = [
        piece(PREAMBLE), piece(HEADING), piece(OPERATIVE), piece(HEADING, 2), piece(OPERATIVE), piece(PLAIN),
        piece(HEADING), piece(HEADING, 2), piece(OPERATIVE), piece(HEADING, 3),
    ]  # fmt: skip
    assert numbers(*text) == ["", "I.", "1.", "A.", "2.", "", "II.", "A.", "3.", ""]


def test_what_is_set_in_counts_anew_below_each_paragraph() -> None:
    text = [piece(OPERATIVE, depth) for depth in (1, 2, 2, 3, 3, 2, 1, 2)]
    assert numbers(*text) == ["1.", "(a)", "(b)", "(i)", "(ii)", "(c)", "2.", "(a)"]
    assert [one.cited("en") for one in counted(text)][3] == "1 (b) (i)"


def test_arabic_texts_count_in_their_own_letters() -> None:
    assert numbers(piece(OPERATIVE), piece(OPERATIVE, 2), piece(OPERATIVE, 2), language="ar") == ["1.", "(أ)", "(ب)"]


def test_what_is_set_in_below_nothing_counts_as_if_it_were_not() -> None:
    assert numbers(piece(OPERATIVE, 3), piece(OPERATIVE, 2), piece(OPERATIVE, 1)) == ["1.", "(a)", "2."]


def test_letters_and_figures_go_on_beyond_the_alphabet() -> None:
    assert [letters(one, "en", small=True) for one in (1, 26, 27, 52, 53)] == ["a", "z", "aa", "az", "ba"]
    assert [roman(one) for one in (1, 4, 9, 14, 40, 90, 400, 1999)] == [
        "I", "IV", "IX", "XIV", "XL", "XC", "CD", "MCMXCIX",
    ]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(ParagraphKind), st.integers(1, DEEPEST)), max_size=40))
def test_no_two_paragraphs_are_cited_alike(made: list[tuple[ParagraphKind, int]]) -> None:
    text = list(counted(piece(kind, depth) for kind, depth in made))
    cited = [one.cited("en") for one in text if one.piece.kind is OPERATIVE]
    assert all(cited)
    assert len(set(cited)) == len(cited)
    assert [one.piece.id for one in text if not one.place and one.piece.kind is OPERATIVE] == []


def test_a_heading_does_not_stand_in() -> None:
    assert [Piece(UUID(int=1), kind, 2, LocalText.of("A")).set_in for kind in (HEADING, OPERATIVE)] == [0, 1]
