"""A text as a Word file: what stands in it, and that all of it is Word's own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from docx import Document

from secretariat.texts import word_in, word_out
from secretariat.texts.paragraphs import alphabet
from secretariat.texts.word import names
from tests.unit.texts import word_files as made
from tests.unit.texts.word_files import CONTENT, HEADING, OPERATIVE, W


def test_a_text_is_headings_and_paragraphs_of_the_word_processor() -> None:
    document = Document(BytesIO(made.sent()))
    assert [(one.style.name if one.style else "", one.text) for one in document.paragraphs] == [
        ("Text symbol", made.SYMBOL),
        ("Title", "Draft declaration"),
        ("Text preamble", "Recalling the declaration,"),
        ("Heading 1", "Protection of children"),
        ("Text operative 1", "Inform [within two hours] & record <it>."),
        ("Text operative 2", "a person of trust stays;"),
        ("Text operative 2", "the family is looked for:"),
        ("Text operative 3", "where it lives."),
        ("Text plain 2", "This holds for all ages."),
        ("Heading 2", "Return"),
        ("Text operative 1", "Nobody is returned at night."),
    ]


def test_numbers_are_those_of_the_word_processor_and_set_in_by_depth() -> None:
    body = made.part(made.sent())
    ranks = [
        (one.find(f"{W}pPr/{W}numPr/{W}ilvl").get(f"{W}val"), one.find(f"{W}pPr/{W}ind").get(f"{W}left"))
        for one in body.iter(f"{W}p")
        if one.find(f"{W}pPr/{W}numPr") is not None
    ]
    assert ranks == [
        ("0", "567"),
        ("0", "567"),
        ("1", "1134"),
        ("1", "1134"),
        ("2", "1701"),
        ("1", "567"),
        ("0", "567"),
    ]
    formats = re.findall(r'numFmt w:val="(\w+)"/><w:lvlText w:val="([^"]*)"', _text(made.sent(), "word/numbering.xml"))
    assert formats[:3] == [("upperRoman", "%1."), ("upperLetter", "%2."), ("none", "")]
    assert formats[3:6] == [("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)")]
    arabic = re.findall(r'numFmt w:val="(\w+)"', _text(made.sent("ar"), "word/numbering.xml"))
    assert arabic[:6] == ["upperRoman", "arabicAbjad", "none", "decimal", "arabicAbjad", "lowerRoman"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_beyond_the_alphabet_each_letter_is_written_out(language: str) -> None:
    most = len(alphabet(language))
    pieces = [made.piece(1, OPERATIVE, 1, "All:")]
    pieces += [made.piece(10 + key, OPERATIVE, 2, "a part;") for key in range(most + 2)]
    pieces += [made.piece(500, OPERATIVE, 3, "within it;"), made.piece(501, OPERATIVE, 1, "The next.")]
    known = made.content(*pieces)
    data = made.sent(language, known=known)
    numbering = made.part(data, "word/numbering.xml")
    words = {
        one.get(f"{W}numId"): one.find(f"{W}lvlOverride/{W}lvl/{W}lvlText").get(f"{W}val")
        for one in numbering.iter(f"{W}num")
        if one.find(f"{W}lvlOverride/{W}lvl") is not None
    }
    used = [one.get(f"{W}val") for one in made.part(data).iter(f"{W}numId")]
    assert [words.get(one) for one in used] == [
        *[None] * (most + 1),
        *(one.number(language) for one in known.counted()[most + 1 : most + 3]),
        known.counted()[most + 2].number(language),
        None,
    ]


def test_words_in_brackets_are_shaded_and_no_others() -> None:
    shaded = [
        "".join(one.itertext())
        for one in made.part(made.sent()).iter(f"{W}r")
        if one.find(f"{W}rPr/{W}shd") is not None
    ]
    assert shaded == ["[within two hours]"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_marking_and_copy_stand_at_the_head_and_the_page_at_the_foot(language: str) -> None:
    data = word_out.written(
        CONTENT, language, symbol=made.SYMBOL, marking=made.MARKING, foot=("RCM",), copy_of="Copy of Ana Ruiz."
    )
    section = Document(BytesIO(data)).sections[0]
    assert [one.text for one in section.header.paragraphs] == [made.MARKING, "Copy of Ana Ruiz."]
    foot = "".join(section.footer.paragraphs[0]._p.itertext())
    assert foot.startswith("\u2068RCM\u2069 · ")
    assert ("Page" in foot) == (language == "en")
    assert not section.different_first_page_header_footer


def test_arabic_runs_from_right_to_left() -> None:
    body = made.part(made.sent("ar"))
    assert all(one.find(f"{W}pPr/{W}bidi") is not None for one in body.iter(f"{W}p"))
    runs = [one for one in body.iter(f"{W}r") if "".join(one.itertext()) != made.SYMBOL]
    assert runs
    assert all(one.find(f"{W}rPr/{W}rtl") is not None for one in runs)
    assert not list(made.part(made.sent("es")).iter(f"{W}bidi"))


def test_a_second_language_stands_beside_the_first() -> None:
    table = Document(BytesIO(made.sent("ar", "es"))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows][:3] == [
        ["مشروع إعلان", "Proyecto de declaración"],
        ["وإذ نستذكر الإعلان،", "Recordando la declaración,"],
        ["حماية الأطفال", "Protección de la niñez"],
    ]
    assert len(table.rows) == len(CONTENT.pieces) + 1
    assert table._tbl.tblPr.find(f"{W}bidiVisual") is not None
    assert Document(BytesIO(made.sent("es", "ar"))).tables[0]._tbl.tblPr.find(f"{W}bidiVisual") is None


def test_what_is_not_translated_stands_in_its_original() -> None:
    known = made.content(made.piece(1, OPERATIVE, 1, "English alone"))
    paragraph = list(made.part(made.sent("ar", known=known)).iter(f"{W}p"))[-1]
    assert "".join(paragraph.itertext()) == "English alone"
    assert paragraph.find(f"{W}pPr/{W}bidi") is None
    assert paragraph.find(f"{W}r/{W}rPr/{W}lang").get(f"{W}val") == "en"


def test_the_file_says_what_it_is_and_not_who_made_it() -> None:
    data = made.sent("en", "ar")
    custom = dict(re.findall(r'name="(\w+)"><vt:lpwstr>([^<]*)', _text(data, "docProps/custom.xml")))
    assert custom == {
        "SecretariatText": names.sign_of(made.TEXT_ID),
        "SecretariatEdition": "2",
        "SecretariatSHA256": CONTENT.sha256,
        "SecretariatLanguage": "en",
        "SecretariatBeside": "ar",
    }
    properties = Document(BytesIO(data)).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")


def test_what_is_written_in_the_file_is_tracked() -> None:
    assert made.part(made.sent(), "word/settings.xml").find(f"{W}trackRevisions") is not None


def test_each_bookmark_is_there_once() -> None:
    moved = replace(CONTENT, pieces=(*CONTENT.pieces[2:], *CONTENT.pieces[:2]))
    for data in (made.sent(), made.sent("en", "ar"), made.tracked(CONTENT, moved)):
        marks = [one.get(f"{W}name") for one in made.part(data).iter(f"{W}bookmarkStart")]
        assert len({*marks}) == len(marks)
        assert max(map(len, marks)) <= 40
        ids = [one.get(f"{W}id") for one in made.part(data).iter(f"{W}bookmarkStart", f"{W}ins", f"{W}del")]
        assert len({*ids}) == len(ids)


def test_signs_no_file_may_hold_are_left_out_and_lines_stay() -> None:
    known = made.content(made.piece(1, HEADING, 1, "One\x0b\ufffe two\r\nthree\tfour"), title="Title\x00")
    assert [one.text for one in Document(BytesIO(made.sent(known=known))).paragraphs][1:] == [
        "Title", "One two\nthree\tfour",
    ]  # fmt: skip


def test_a_title_of_any_length_stands_whole() -> None:
    known = made.content(made.piece(1, HEADING, 1, "One"), title="Declaration " * 60)
    document = Document(BytesIO(made.sent(known=known)))
    assert document.paragraphs[1].text == "Declaration " * 60
    assert document.core_properties.title == ("Declaration " * 60)[:255]


def test_neither_reading_nor_writing_is_loaded_before_it_is_asked_for() -> None:
    code = (
        "import sys\nfrom secretariat.texts import word_in, word_out, word_words\n"
        "print([name for name in ('docx', 'lxml') if name in sys.modules])"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: apt install libreoffice-writer"
)
def test_ids_and_properties_stay_when_libreoffice_saves_the_file(tmp_path: Path) -> None:
    shown = {"en.docx": made.sent(), "ar.docx": made.sent("ar"), "beside.docx": made.sent("en", "ar")}
    for name, data in shown.items():
        (tmp_path / name).write_bytes(data)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    command += ["docx:MS Word 2007 XML", "--outdir", str(tmp_path / "back"), *(str(tmp_path / name) for name in shown)]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    nothing = word_in.Returned()
    for name, language in (("en.docx", "en"), ("ar.docx", "ar"), ("beside.docx", "en"), ("beside.docx", "ar")):
        data = (tmp_path / "back" / name).read_bytes()
        assert b"p_" + UUID(int=3).hex.encode() in _text(data, "word/document.xml").encode()
        assert word_in.changes(data, CONTENT, language, made.TEXT_ID, 2) == nothing


def _text(data: bytes, name: str) -> str:
    from lxml import etree

    return str(etree.tostring(made.part(data, name), encoding="unicode"))
