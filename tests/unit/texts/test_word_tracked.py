"""What changed between two editions as tracked changes: all accepted give the later one, all rejected the earlier."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.texts.editions import Content
from secretariat.texts.paragraphs import ParagraphKind
from secretariat.texts.word import names
from secretariat.texts.word.markup import style
from tests.unit.texts import word_files as made
from tests.unit.texts.word_files import CONTENT, HEADING, OPERATIVE, PREAMBLE, W

Stated = list[tuple[str, str, str, str]]


def resolved(data: bytes, *, accept: bool) -> Stated:
    """Id, style, rank and words of each paragraph of a file when all its changes are accepted or rejected, as
    ISO/IEC 29500-1 17.13.5 says what that does to runs, ends of paragraphs and properties."""
    body = made.part(data).find(f"{W}body")
    stays, goes = ("ins", "del") if accept else ("del", "ins")
    found: Stated = []
    for paragraph in body.findall(f"{W}p"):
        properties = paragraph.find(f"{W}pPr")
        mark = properties.find(f"{W}rPr")
        words = "".join(
            "".join(text.text or "" for text in one.iter(f"{W}t", f"{W}delText"))
            for one in paragraph
            if one.tag in (f"{W}r", f"{W}{stays}")
        )
        if mark is not None and mark.find(f"{W}{goes}") is not None:
            assert words == ""  # only whole paragraphs go, so that nothing runs into the next
            continue
        was = properties.find(f"{W}pPrChange/{W}pPr")
        look = properties if accept or was is None else was
        rank = look.find(f"{W}numPr/{W}ilvl")
        name = paragraph.find(f"{W}bookmarkStart").get(f"{W}name")
        found.append((name, _value(look.find(f"{W}pStyle")), _value(rank), words))
    return found


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{W}val"))


def stated(content: Content, language: str = "en") -> Stated:
    """The same of an edition."""
    return [
        (names.TITLE, "Title", "", content.title.in_language(language)[0]),
        *(
            (
                names.bookmark(one.piece.id),
                style(one.piece.kind, one.piece.depth),
                str(len(one.place) - 1) if one.place else "",
                one.piece.words.in_language(language)[0],
            )
            for one in content.counted()
        ),
    ]


def without_frame(found: Stated) -> Stated:
    """Without symbol and end; a moved paragraph has its own id where it was, too."""
    shown = [one for one in found if one[0] not in (names.SYMBOL, names.END)]
    return [(name.removesuffix("_0"), look, rank, words) for name, look, rank, words in shown]


LATER = made.content(
    made.piece(2, HEADING, 1, "Protection of all children", "Protección de toda la niñez", "حماية جميع الأطفال"),
    made.piece(3, OPERATIVE, 1, "Inform within [four] hours & <it>.", "Informar en [cuatro] horas.", "تُبلغ خلال أربع."),
    made.piece(5, OPERATIVE, 2, "the family is looked for:", "se busca a la familia:", "يُبحث عن الأسرة:"),
    made.piece(4, OPERATIVE, 3, "a person of trust stays;", "una persona permanece;", "يبقى شخص موثوق؛"),
    made.piece(7, PREAMBLE, 1, "This holds for all ages.", "Rige para todas las edades.", "يسري على الجميع."),
    made.piece(20, OPERATIVE, 1, "It reports [each year].", "Informa [cada año].", "تقدم تقريراً."),
    title="Declaration",
)


def test_all_accepted_give_the_later_edition_and_all_rejected_the_earlier() -> None:
    for language in ("en", "es", "ar"):
        data = made.tracked(CONTENT, LATER, language)
        assert without_frame(resolved(data, accept=True)) == stated(LATER, language)
        assert without_frame(resolved(data, accept=False)) == stated(CONTENT, language)


def test_changes_are_signed_and_dated() -> None:
    changes = list(made.part(made.tracked(CONTENT, LATER)).iter(f"{W}ins", f"{W}del", f"{W}pPrChange"))
    assert len(changes) > 10
    assert {(one.get(f"{W}author"), one.get(f"{W}date")) for one in changes} == {
        ("Secretariat", "2026-04-14T12:00:00Z"),
    }  # fmt: skip


def test_only_what_changed_is_marked() -> None:
    assert not list(made.part(made.tracked(CONTENT, CONTENT)).iter(f"{W}ins", f"{W}del", f"{W}pPrChange"))
    wording = replace(CONTENT.pieces[8], words=CONTENT.pieces[8].words.with_text("en", "Nobody is returned by night."))
    later = replace(CONTENT, pieces=(*CONTENT.pieces[:8], wording))
    changes = made.part(made.tracked(CONTENT, later)).iter(f"{W}ins", f"{W}del")
    assert [(one.tag.removeprefix(W), "".join(one.itertext())) for one in changes] == [("del", "at"), ("ins", "by")]


def test_brackets_are_shaded_as_they_stood_and_as_they_stand() -> None:
    later = made.content(made.piece(1, OPERATIVE, 1, "In four hours [or two]"))
    earlier = made.content(made.piece(1, OPERATIVE, 1, "In [four] hours"))
    runs = made.part(made.tracked(earlier, later)).iter(f"{W}r")
    shaded = ["".join(one.itertext()) for one in runs if one.find(f"{W}rPr/{W}shd") is not None]
    assert shaded == ["[", "]", "[or two]"]


WORDS = st.text("ab [].\n", min_size=1, max_size=12).filter(str.strip)
PIECES = st.lists(
    st.tuples(st.integers(1, 9), st.sampled_from(ParagraphKind), st.integers(1, 3), WORDS),
    unique_by=lambda one: one[0],
    max_size=9,
)


@settings(max_examples=40, deadline=None)
@given(PIECES, PIECES)
def test_whatever_two_editions_say_both_can_be_had(before: list[Any], after: list[Any]) -> None:
    old, new = (made.content(*(made.piece(*one) for one in pieces)) for pieces in (before, after))
    data = made.tracked(old, new)
    for edition, accept in ((old, False), (new, True)):
        found = [(*one[:3], one[3].replace("\n", "")) for one in without_frame(resolved(data, accept=accept))]
        assert found == [(*one[:3], one[3].replace("\n", "")) for one in stated(edition)]


def test_what_was_moved_has_one_id_where_it_stands() -> None:
    moved = replace(CONTENT, pieces=(*CONTENT.pieces[1:], CONTENT.pieces[0]))
    data = made.tracked(CONTENT, moved)
    marks = [one.get(f"{W}name") for one in made.part(data).iter(f"{W}bookmarkStart")]
    assert [one for one in marks if UUID(int=1).hex in one] == [f"p_{UUID(int=1).hex}_0", f"p_{UUID(int=1).hex}"]
