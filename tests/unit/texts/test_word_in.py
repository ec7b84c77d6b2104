"""Somebody's Word file: what its paragraphs become, and what is told of the rest."""

from __future__ import annotations

import pytest

from secretariat.core.languages import reading_in
from secretariat.texts import word_in, word_words
from secretariat.texts.paragraphs import MOST_PARAGRAPHS, ParagraphKind
from secretariat.texts.word_in import Left, Problem, Told
from tests.unit.texts import word_files as made
from tests.unit.texts.word_files import HEADING, OPERATIVE, PLAIN, PREAMBLE, docx, p

NUMBERS = {"word/numbering.xml": made.numbering(("decimal", "lowerLetter", "lowerRoman"), ("bullet",), ("none",))}


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process, which is quicker; one test below asks a child."""
    monkeypatch.setattr(word_in, "in_a_child", made.ask_here)


def said(data: bytes) -> list[tuple[ParagraphKind, int, str]]:
    return [(one.kind, one.depth, one.text) for one in word_in.read(data).paragraphs]


def told(data: bytes) -> dict[Left, int]:
    return {one.what: one.number for one in word_in.read(data).told}


def refused(data: bytes) -> Problem:
    with pytest.raises(word_in.NotTaken) as problem:
        word_in.read(data)
    return problem.value.problem


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


# --- headings and numbers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "name", "inside"),
    [
        ("Heading2", "heading 2", ""),
        ("Ttulo2", "heading 2", ""),  # Word in Spanish: its own key, the English name
        ("Titre2", "Titre 2", '<w:outlineLvl w:val="1"/>'),
        ("a2", "عنوان ٢", '<w:outlineLvl w:val="1"/>'),
    ],
)
def test_a_heading_is_known_by_its_outline_in_any_language(key: str, name: str, inside: str) -> None:
    own = {"word/styles.xml": made.styles(made.style(key, name, inside), made.style("Mine", "Mine", based=key))}
    assert said(docx(p("Return", style=key), p("Costs", style="Mine"), parts=own)) == [
        (HEADING, 2, "Return"), (HEADING, 2, "Costs"),
    ]  # fmt: skip


def test_what_is_no_heading_says_so() -> None:
    body = made.style("Body", "Body", '<w:outlineLvl w:val="9"/>', based="Heading1")
    own = {"word/styles.xml": made.styles(made.style("Heading1", "heading 1"), body)}
    assert said(docx(p("Words", style="Body"), parts=own)) == [(PLAIN, 1, "Words")]


def test_styles_that_go_in_circles_end() -> None:
    own = {"word/styles.xml": made.styles(made.style("A", "A", based="B"), made.style("B", "B", based="A"))}
    assert said(docx(p("Words", style="A"), parts=own)) == [(PLAIN, 1, "Words")]


def test_the_number_of_a_heading_is_not_part_of_it() -> None:
    own = {"word/styles.xml": made.styles(made.style("Heading1", "heading 1"))}
    heads = ["II. Protection", "A. Return", "3) Costs", "1.2. Rights", "أ- الحماية", "I am not numbered", "A right"]
    assert [one[2] for one in said(docx(*(p(one, style="Heading1") for one in heads), parts=own))] == [
        "Protection", "Return", "Costs", "Rights", "الحماية", "I am not numbered", "A right",
    ]  # fmt: skip


def test_the_title_is_that_of_the_style() -> None:
    own = {"word/styles.xml": made.styles(made.style("Puesto", "Title"))}
    found = word_in.read(docx(p("Draft  declaration", style="Puesto"), p("Words"), parts=own))
    assert found.title == "Draft declaration"
    assert [one.text for one in found.paragraphs] == ["Words"]


def test_numbers_of_the_word_processor_give_the_depth() -> None:
    data = docx(
        p("The Conference,"), p("One", number=(1, 0)), p("a", number=(1, 1)), p("i", number=(1, 2)),
        p("iv", number=(1, 5)), p("bullet", number=(2, 0)), p("nothing", number=(3, 0)), p("off", number=(0, 0)),
        parts=NUMBERS,
    )  # fmt: skip
    assert said(data) == [
        (PREAMBLE, 1, "The Conference,"), (OPERATIVE, 1, "One"), (OPERATIVE, 2, "a"), (OPERATIVE, 3, "i"),
        (PLAIN, 1, "iv"), (PLAIN, 2, "bullet"), (PLAIN, 1, "nothing"), (PLAIN, 1, "off"),
    ]  # fmt: skip


def test_numbers_of_a_style_count_too_and_lists_of_letters_stand_below() -> None:
    numbered = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    own = {
        "word/styles.xml": made.styles(made.style("Para", "Para", numbered), made.style("Sub", "Sub", based="Para")),
        "word/numbering.xml": made.numbering(("decimal",), ("lowerLetter",), ("lowerRoman",)),
    }
    data = docx(p("One", style="Sub"), p("a", number=(2, 0)), p("i", number=(3, 0)), p("Two", style="Para"), parts=own)
    assert [one[:2] for one in said(data)] == [(OPERATIVE, 1), (OPERATIVE, 2), (OPERATIVE, 3), (OPERATIVE, 1)]


@pytest.mark.parametrize(
    ("typed", "depths"),
    [
        (["1. A", "2. B", "(a) C", "(b) D", "(i) E", "(ii) F", "(c) G", "3. H"], [1, 1, 2, 2, 3, 3, 2, 1]),
        (["1) A", "a) B", "b) C", "2.- D"], [1, 2, 2, 1]),
        (["1. A", "1.1 B", "1.1.1 C", "1.2. D"], [1, 2, 3, 2]),
        (["١. مادة", "أ) بند", "ب) بند", "(ج) بند", "٢- مادة"], [1, 2, 2, 2, 1]),
        (["1. A", *(f"({sign}) B" for sign in "abcdefghij")], [1, *[2] * 10]),
        (
            ["1. A", "(a) B", "(i) C", "(ii) D", "(iii) E", "(iv) F", "(v) G", "(b) H", "(i) I"],
            [1, 2, 3, 3, 3, 3, 3, 2, 3],
        ),
        (["\u200f1.\tمادة", "\u202b(أ) بند"], [1, 2]),
        (["1º A", "2° B"], [1, 1]),
    ],
)
def test_typed_numbers_are_taken_off_and_give_the_depth(typed: list[str], depths: list[int]) -> None:
    found = said(docx(*map(p, typed)))
    assert [one[:2] for one in found] == [(OPERATIVE, depth) for depth in depths]
    assert all(len(one[2].split()) == 1 for one in found)


@pytest.mark.parametrize(
    "words",
    ["2026. A year", "3.5 million people", "12 hours later", "A. Smith said", "(see above) it holds", "e.g. this",
     "وإن كان كذلك", "A right", "I agree", "(OIM) informa", "1.", "(a)"],
)  # fmt: skip
def test_what_only_looks_like_a_number_stays(words: str) -> None:
    assert said(docx(p(words))) == [(PLAIN, 1, words)]


# --- preamble -----------------------------------------------------------------------------------------------------


def test_what_stands_before_the_first_number_is_the_preamble() -> None:
    found = said(docx(p("The Conference,"), p("1. Decides"), p("Recalling what was said"), p("2. Asks")))
    assert [one[0] for one in found] == [PREAMBLE, OPERATIVE, PLAIN, OPERATIVE]


@pytest.mark.parametrize(
    "words",
    ["Recalling the declaration", "Deeply concerned that", "Bearing in mind", "Noting", "Recordando que",
     "Teniendo en cuenta", "Convencidos de que", "Rappelant la déclaration", "Considérant que", "وإذ نستذكر",
     "إذ تشير"],
)  # fmt: skip
def test_without_any_number_the_preamble_is_known_by_how_it_begins(words: str) -> None:
    assert said(docx(p(words), p("Countries will meet."))) == [(PREAMBLE, 1, words), (PLAIN, 1, "Countries will meet.")]


def test_a_kind_that_is_not_asked_for_becomes_plain() -> None:
    found = word_in.read(docx(p("The Conference,"), p("1. Decides")), kinds=(OPERATIVE, PLAIN))
    assert [one.kind for one in found.paragraphs] == [PLAIN, OPERATIVE]


# --- what else a file holds ---------------------------------------------------------------------------------------


def test_tables_become_plain_paragraphs_row_by_row() -> None:
    def cell(inside: str) -> str:
        return f"<w:tc>{inside}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell(p('x'))}{cell(p('y'))}</w:tr></w:tbl>"
    table = f"<w:tbl><w:tr>{cell(p('A') + p('B'))}{cell(p())}{cell(p('C'))}</w:tr><w:tr>{cell(inner)}</w:tr></w:tbl>"
    data = docx(p("Before"), table, p("1. After"))
    assert said(data) == [
        (PREAMBLE, 1, "Before"), (PLAIN, 1, "A B | C"), (PLAIN, 1, "x | y"), (OPERATIVE, 1, "After"),
    ]  # fmt: skip
    assert told(data) == {Left.TABLES: 2}


def test_footnotes_stand_in_parentheses_where_they_were_called() -> None:
    call = '<w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:endnoteReference w:id="1"/></w:r>'
    data = docx(
        p(runs=run("Children") + call + run(" are heard.")),
        parts={
            "word/footnotes.xml": made.notes("footnote", (1, "Under 18.")),
            "word/endnotes.xml": made.notes("endnote", (1, "Both.")),
        },
    )
    assert said(data) == [(PLAIN, 1, "Children (Under 18.) (Both.) are heard.")]
    assert told(data) == {Left.FOOTNOTES: 2}


def test_pictures_boxes_objects_and_heads_of_pages_are_told() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p('In a box')}</w:txbxContent></w:pict></w:r>"
    both = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = p("Words", runs=f"<w:r><w:drawing/></w:r>{both}{box}<w:r><w:object/></w:r>")
    data = docx(
        body, "<w:altChunk/>", parts={"word/header1.xml": made.header("Ministry"), "word/header2.xml": made.header("")}
    )
    assert said(data) == [(PLAIN, 1, "Words")]
    assert told(data) == {
        Left.PICTURES: 2, Left.TEXT_BOXES: 1, Left.EMBEDDED: 2, Left.HEADERS: 1,
    }  # fmt: skip


def test_hidden_words_stay_hidden() -> None:
    secret = '<w:style w:type="character" w:styleId="S"><w:name w:val="S"/><w:rPr><w:vanish/></w:rPr></w:style>'
    runs = run("secret", "<w:vanish/>") + run("too", '<w:rStyle w:val="S"/>') + run(" shown", '<w:vanish w:val="0"/>')
    data = docx(p("Words", runs=runs), parts={"word/styles.xml": made.styles(secret)})
    assert said(data) == [(PLAIN, 1, "Words shown")]
    assert told(data) == {Left.HIDDEN: 2}


@pytest.mark.parametrize("paragraph", [
    p("In ", runs="<w:del><w:r><w:delText>two</w:delText></w:r></w:del>"),
    p("In ", runs=f"<w:ins>{run('four')}</w:ins>"),
    p("In ", runs=f"<w:moveTo>{run(' y')}</w:moveTo>"),
    f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('One ')}</w:p>{p('and two')}",
    f"<w:ins>{p('All new')}</w:ins>",
    f"<w:del>{p('All gone')}</w:del>",
    f"<w:tbl><w:tr><w:trPr><w:ins/></w:trPr><w:tc>{p('A new row')}</w:tc></w:tr></w:tbl>",
])  # fmt: skip
def test_tracked_changes_of_a_file_that_was_not_sent_out_are_refused(paragraph: str) -> None:
    """Nobody here can say which of them stand."""
    assert refused(docx(p("Words"), paragraph)) is Problem.TRACKED


def test_changes_of_looks_alone_are_no_changes_of_words() -> None:
    looks = "<w:rPrChange><w:rPr/></w:rPrChange><w:b/>"
    assert said(docx(p("Words", runs=run(" shown", looks)))) == [(PLAIN, 1, "Words shown")]


def test_the_table_of_contents_and_the_code_of_fields_are_no_words() -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('Protection 1')}</w:sdtContent></w:sdt>"
    )
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r>'
        f'{run("code")}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("12")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    own = {"word/styles.xml": made.styles(made.style("TOC1", "toc 1"))}
    data = docx(contents, p("Return 2", style="TOC1"), p("Page ", runs=field + run(" of many")), parts=own)
    assert said(data) == [(PLAIN, 1, "Page 12 of many")]
    assert told(data) == {Left.CONTENTS: 2}


def test_words_in_links_controls_and_signs_are_words() -> None:
    runs = (
        f"<w:hyperlink>{run('link')}</w:hyperlink><w:sdt><w:sdtContent>{run(' control')}</w:sdtContent></w:sdt>"
        '<w:r><w:br/><w:t>line</w:t><w:tab/><w:t>tab</w:t><w:noBreakHyphen/><w:sym w:char="00A7"/>'
        '<w:sym w:char="F0B7"/></w:r>'
    )
    data = docx(p(runs=runs), relations=made.relation("hyperlink", "https://example.org/"))
    assert said(data) == [(PLAIN, 1, "link control\nline tab\u2011§")]


def test_comments_are_listed_and_not_taken_in() -> None:
    marks = '<w:commentRangeStart w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>'
    data = docx(p("Words", runs=marks), parts={"word/comments.xml": made.comments((4, "A. Ruiz", "Too long"))})
    found = word_in.read(data)
    assert found.comments == (word_in.FileComment("A. Ruiz", "Too long", "2026-04-20T09:00:00Z"),)
    assert found.told == (Told(Left.COMMENTS, 1),)
    assert [one.text for one in found.paragraphs] == ["Words"]


def test_a_file_of_ours_is_read_as_the_text_it_holds() -> None:
    for beside in (None, "ar"):
        found = word_in.read(made.sent("es", beside))
        assert found.title == "Proyecto de declaración"
        assert [(one.kind, one.depth, one.text) for one in found.paragraphs] == [
            (kind, depth, spanish) for _key, kind, depth, _english, spanish, _arabic in made.ROWS
        ]
        assert [one.what for one in found.told] == [Left.HEADERS]


def test_a_child_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    data = docx(p("1. Decides"), p("وإذ نستذكر"))
    here = word_in.read(data)
    monkeypatch.undo()
    assert word_in.read(data) == here
    with pytest.raises(word_in.NotTaken) as refused:
        word_in.read(b"x")
    assert refused.value.problem is word_in.Problem.NOT_WORD


# --- limits -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [MOST_PARAGRAPHS + 1, 10_000])
def test_too_many_paragraphs_are_refused_with_their_number(number: int) -> None:
    assert len(word_in.read(docx(p("Words") * MOST_PARAGRAPHS, p())).paragraphs) == MOST_PARAGRAPHS
    with pytest.raises(word_in.NotTaken) as refused:
        word_in.read(docx(p("Words") * number))
    assert (refused.value.problem, refused.value.number) == (word_in.Problem.TOO_MANY_PARAGRAPHS, number)
    sentence = word_words.problem_in_words(refused.value.problem, number)
    assert f"{number:,} paragraphs" in sentence
    assert "at most 2,000" in sentence


def test_the_longest_text_there_is_comes_back() -> None:
    known = made.content(*(made.piece(key, OPERATIVE, 1, "Words", "Palabras") for key in range(MOST_PARAGRAPHS)))
    for beside in (None, "es"):
        data = made.sent("en", beside, known)
        assert len(word_in.read(data).paragraphs) == MOST_PARAGRAPHS
        assert word_in.changes(data, known, "en", made.TEXT_ID, 2) == word_in.Returned()


def test_a_paragraph_that_is_too_long_is_refused_with_its_place() -> None:
    with pytest.raises(word_in.NotTaken) as refused:
        word_in.read(docx(p("Words"), p(), p("x" * 20_001)))
    assert (refused.value.problem, refused.value.number) == (word_in.Problem.LONG_PARAGRAPH, 2)


def test_a_file_without_words_is_refused() -> None:
    with pytest.raises(word_in.NotTaken) as refused:
        word_in.read(docx(p(), p(" \t")))
    assert refused.value.problem is word_in.Problem.NO_WORDS


def test_everything_told_has_a_sentence_in_every_language() -> None:
    for language in ("en", "es", "fr", "ar"):
        with reading_in(language):
            for number in (1, 2, 5):
                sentences = word_words.left_in_words(Told(what, number) for what in Left)
                assert all(sentences)
                assert len({*sentences}) == len(Left)
            assert len({word_words.problem_in_words(one, 3) for one in word_in.Problem}) == len(word_in.Problem)
            assert len({word_words.reason_in_words(one) for one in word_in.Reason}) == len(word_in.Reason)
