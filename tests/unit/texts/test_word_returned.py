"""A file of ours that comes back: what was changed in it, and how one knows that it is ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from secretariat.texts import word_in, word_out
from secretariat.texts.word_in import FileComment, Left, NotOurs, Proposed, PutIn, Reason, Returned, Told, Words
from tests.unit.texts import word_files as made
from tests.unit.texts.word_files import CONTENT, OPERATIVE, PREAMBLE, p, paragraph_xml, replaced

NOTHING = Returned()
BY = 'w:author="A. Ruiz" w:date="2026-04-20T09:00:00Z"'


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_in, "in_a_child", made.ask_here)


def back(data: bytes, language: str = "en") -> Returned:
    return word_in.changes(data, CONTENT, language, made.TEXT_ID, 2)


def run(words: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def with_words(data: bytes, key: int, inside: str) -> bytes:
    """The file with other runs in a paragraph, whose bookmark stays."""
    was = paragraph_xml(data, key)
    start, end = was.index("<w:r>"), was.index("<w:bookmarkEnd")
    return replaced(data, was, was[:start] + inside + was[end:])


def without(data: bytes, key: int) -> bytes:
    return replaced(data, paragraph_xml(data, key), "")


def gone(data: bytes, key: int) -> bytes:
    """The file with a paragraph deleted as word processors do it with changes tracked: words and end."""
    was = paragraph_xml(data, key)
    now = was.replace("</w:pPr>", f"<w:rPr><w:del {BY}/></w:rPr></w:pPr>")
    start, end = now.index("<w:r>"), now.index("<w:bookmarkEnd")
    return replaced(data, was, now[:start] + f"<w:del {BY}>{run('x', 'delText')}</w:del>" + now[end:])


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_a_file_nobody_changed_says_nothing(language: str) -> None:
    assert back(made.sent(language), language) == NOTHING
    assert back(made.sent("es", "ar"), "ar") == NOTHING


def test_tracked_words_become_the_proposed_wording() -> None:
    changed = f"<w:del {BY}>{run('in two', 'delText')}</w:del><w:ins {BY}>{run('in four')}</w:ins>"
    inside = f"{run('Inform ')}{changed}{run(' hours.')}"
    assert back(with_words(made.sent(), 3, inside)).proposed == (Proposed(UUID(int=3), "Inform in four hours."),)


def test_words_changed_without_tracking_are_a_proposal_too() -> None:
    assert back(with_words(made.sent(), 9, run("Nobody is returned."))).proposed == (
        Proposed(UUID(int=9), "Nobody is returned."),
    )


def test_blanks_and_lines_make_no_other_wording() -> None:
    assert back(with_words(made.sent(), 9, run("Nobody  is returned ") + run("at night."))) == NOTHING


def test_comments_stand_with_their_paragraph_and_their_author() -> None:
    marked = '<w:commentRangeStart w:id="0"/>' + run("where it lives.") + '<w:commentRangeEnd w:id="0"/>'
    marked += '<w:r><w:commentReference w:id="0"/></w:r><w:r><w:commentReference w:id="1"/></w:r>'
    data = with_words(made.sent(), 6, marked)
    said = made.comments((0, "A. Ruiz", "Which country?"), (1, "Justice &amp; Home", "Agreed"), (7, "Nobody", "Lost"))
    data = made.changed(data, lambda _before: said, "word/comments.xml")
    at = "2026-04-20T09:00:00Z"
    assert back(data) == Returned(
        (
            Proposed(
                UUID(int=6), None,
                (FileComment("A. Ruiz", "Which country?", at), FileComment("Justice & Home", "Agreed", at)),
            ),
        ),
        comments=(FileComment("Nobody", "Lost", at),),
        told=(Told(Left.LOOSE_COMMENTS, 1),),
    )  # fmt: skip


@pytest.mark.parametrize("take_out", [without, gone])
def test_a_paragraph_taken_out_is_told_by_its_id(take_out: Callable[[bytes, int], bytes]) -> None:
    assert back(take_out(made.sent(), 4)) == Returned(taken_out=(UUID(int=4),))
    assert back(take_out(take_out(made.sent(), 2), 9)).taken_out == (UUID(int=2), UUID(int=9))


def test_new_paragraphs_stand_behind_those_they_follow() -> None:
    data = made.sent()
    first, fourth = paragraph_xml(data, 1), paragraph_xml(data, 4)
    new = '<w:p><w:pPr><w:pStyle w:val="TextOperative2"/><w:rPr><w:ins/></w:rPr></w:pPr><w:ins>'
    data = replaced(data, fourth, f"{fourth}{new}{run('a lawyer comes;')}</w:ins></w:p>")
    data = replaced(data, first, f"{p('Mindful of all,', style='TextPreamble')}{first}")
    assert back(data).put_in == (
        PutIn(None, Words(PREAMBLE, 1, "Mindful of all,")),
        PutIn(UUID(int=4), Words(OPERATIVE, 2, "a lawyer comes;")),
    )
    assert back(data).proposed == back(data).taken_out == ()


def test_a_paragraph_divided_keeps_its_id_for_the_first_part() -> None:
    data = made.sent()
    was = paragraph_xml(data, 9)
    cut = was.replace("<w:bookmarkEnd", f"</w:p><w:p>{run('At least.')}<w:bookmarkEnd").replace(" at night.", ".")
    found = back(replaced(data, was, cut))
    assert found.proposed == (Proposed(UUID(int=9), "Nobody is returned."),)
    assert [(one.after, one.words.text) for one in found.put_in] == [(UUID(int=9), "At least.")]


def test_a_paragraph_run_into_the_next_is_taken_out_and_its_words_go_with_it() -> None:
    data = made.sent()
    was = paragraph_xml(data, 4)
    data = replaced(data, was, was.replace("</w:pPr>", f"<w:rPr><w:del {BY}/></w:rPr></w:pPr>"))
    assert back(data) == Returned(
        (Proposed(UUID(int=5), "a person of trust stays;the family is looked for:"),), taken_out=(UUID(int=4),)
    )


def test_from_the_end_of_one_to_the_end_of_the_next_is_the_next_taken_out() -> None:
    data = made.sent()
    third, fourth = paragraph_xml(data, 3), paragraph_xml(data, 4)
    data = replaced(data, third, third.replace("</w:pPr>", f"<w:rPr><w:del {BY}/></w:rPr></w:pPr>"))
    emptied = fourth.replace("<w:r>", f"<w:del {BY}><w:r>").replace("</w:r>", "</w:r></w:del>")
    data = replaced(data, fourth, emptied.replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText "))
    assert back(data) == Returned(taken_out=(UUID(int=4),))


def test_a_paragraph_that_goes_on_with_a_new_one_stays_itself() -> None:
    data = made.sent()
    was = paragraph_xml(data, 9)
    ended = was.replace("</w:pPr>", f"<w:rPr><w:del {BY}/></w:rPr></w:pPr>")
    assert back(replaced(data, was, ended + p(" Nor by day."))) == Returned(
        (Proposed(UUID(int=9), "Nobody is returned at night. Nor by day."),)
    )


def test_a_paragraph_without_its_bookmark_is_known_by_its_words() -> None:
    data = made.sent()
    was = paragraph_xml(data, 6)
    assert back(replaced(data, was, p("where it lives."))) == NOTHING
    found = back(replaced(data, was, p("where it lived.")))
    assert found.taken_out == (UUID(int=6),)
    assert [(one.after, one.words.text) for one in found.put_in] == [(UUID(int=5), "where it lived.")]


def test_a_copied_paragraph_counts_once() -> None:
    data = made.sent()
    was = paragraph_xml(data, 6)
    found = back(replaced(data, was, was + was))
    assert found.proposed == found.taken_out == ()
    assert [one.words.text for one in found.put_in] == ["where it lives."]


def test_what_was_moved_and_another_title_are_told() -> None:
    data = made.sent()
    last = paragraph_xml(data, 9)
    data = replaced(replaced(data, last, ""), paragraph_xml(data, 1), last + paragraph_xml(data, 1))
    data = replaced(data, "Draft declaration</w:t>", "Declaration</w:t>")
    assert back(data) == Returned(told=(Told(Left.TITLE), Told(Left.MOVED)))


def test_each_language_of_a_file_with_two_is_read_by_itself() -> None:
    data = with_words(made.sent("es", "ar"), 9, run("Nadie."))
    data = replaced(data, "حيث تعيش.", "حيث يعيش.")
    assert back(data, "es").proposed == (Proposed(UUID(int=9), "Nadie."),)
    assert back(data, "ar").proposed == (Proposed(UUID(int=6), "حيث يعيش."),)


def test_a_row_deleted_in_a_file_with_two_is_a_paragraph_taken_out() -> None:
    data = made.sent("es", "ar")

    def edit(body: str) -> str:
        rows = body.split("<w:tr>")
        place = next(place for place, row in enumerate(rows) if f"p_{UUID(int=4).hex}" in row)
        assert "</w:trPr>" in rows[place]
        rows[place] = rows[place].replace("</w:trPr>", f"<w:del {BY}/></w:trPr>")
        return "<w:tr>".join(rows)

    data = made.changed(data, edit)
    assert back(data, "es").taken_out == back(data, "ar").taken_out == (UUID(int=4),)


def test_a_comparison_that_comes_back_is_the_later_edition() -> None:
    later = replace(CONTENT, pieces=(*CONTENT.pieces[2:], CONTENT.pieces[0]))
    data = made.tracked(CONTENT, later)
    assert word_in.changes(data, later, "en", made.TEXT_ID, 2) == NOTHING


# --- whether it is ours -------------------------------------------------------------------------------------------


def why_not(data: bytes, language: str = "en", text: UUID = made.TEXT_ID, edition: int = 2) -> Reason:
    with pytest.raises(NotOurs) as refused:
        word_in.changes(data, CONTENT, language, text, edition)
    return refused.value.reason


def test_a_file_of_another_text_edition_or_language_is_told_apart() -> None:
    assert why_not(made.sent(), text=UUID(int=78)) is Reason.ANOTHER_TEXT
    assert why_not(made.sent(), edition=3) is Reason.ANOTHER_EDITION
    other = made.sent(known=replace(CONTENT, pieces=CONTENT.pieces[1:]))
    assert why_not(other) is Reason.ANOTHER_EDITION
    assert why_not(made.sent("es"), "en") is Reason.ANOTHER_LANGUAGE
    assert why_not(made.sent("es", "ar"), "en") is Reason.ANOTHER_LANGUAGE


def test_a_file_without_its_properties_or_its_ids_is_not_compared() -> None:
    bare = word_out.written(CONTENT, "en", symbol="", marking="", foot=())
    assert why_not(bare) is Reason.PROPERTIES_LOST
    assert why_not(made.docx(p("Words"))) is Reason.PROPERTIES_LOST
    for name in ("SecretariatText", "SecretariatEdition", "SecretariatSHA256", "SecretariatLanguage"):
        lost = made.changed(made.sent(), lambda one, name=name: one.replace(name, "Other"), "docProps/custom.xml")  # type: ignore[misc]
        assert why_not(lost) is Reason.PROPERTIES_LOST
    copied = made.changed(made.sent(), lambda _one: made.document(p("Words"), p("More")))
    assert why_not(copied) is Reason.WITHOUT_IDS
