"""A letterhead made in Word: what is broken in it is named, what runs or fetches refused, and letters stand on it."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from flask import Flask
from werkzeug.datastructures import FileStorage

from secretariat.core.refusals import Refused
from secretariat.correspondence import letterheads
from tests.integration.meetings.conftest import Desk, Stage

WHERE = "/processes/rcx/government/letterhead"


def word(*paragraphs: str) -> bytes:
    document = Document()
    for one in paragraphs:
        document.add_paragraph(one)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(out, "w") as after:
        for one in before.infolist():
            if one.filename != name:
                after.writestr(one, before.read(one))
        after.writestr(name, part)
    return out.getvalue()


LINKED = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="x/image" Target="https://elsewhere.example/seal.png" TargetMode="External"/>'
    b"</Relationships>"
)


IN_NUMBERS = LINKED.replace(b'"External"', b'"&#69;xternal"')
FOOT = '<?xml version="1.0"?><w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p>{}</w:p></w:ftr>'


def field(*pieces: str) -> bytes:
    """The foot of a page with a field, written in these pieces."""
    run = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    said = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in pieces)
    return FOOT.format(run.format("begin") + said + run.format("end")).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "This is no Word document"),
        (word("{letter}", "{symbl}"), r"There is no placeholder \{symbl\}"),
        (word("{letter}", "On {date"), "A placeholder is not closed here: On {date"),
        (word("{symbol}"), r"\{letter\} must stand once"),
        (word("{letter}", "{letter}"), r"\{letter\} must stand once"),
        (with_part(word("{letter}"), "word/vbaProject.bin", b"x"), "holds macros"),
        (with_part(word("{letter}"), "word/_rels/header1.xml.rels", LINKED), "https://elsewhere.example/seal.png"),
        (with_part(word("{letter}"), "word/_rels/header1.xml.rels", IN_NUMBERS), "https://elsewhere.example/seal.png"),
        (
            with_part(word("{letter}"), "word/footer9.xml", field("includepicture https://a.example")),
            "It holds a field",
        ),
        (with_part(word("{letter}"), "word/footer9.xml", field(" INCL", "UDETEXT x ")), "It holds a field"),
        (with_part(word("{letter}"), "word/footer9.xml", b"<!DOCTYPE a><a/>"), "This is no Word document"),
        (with_part(word("{letter}"), "word/embeddings/sheet.xlsx", b"x"), "another file inside"),
        (b"PK\x03\x04" + b"0" * (2 * 1024 * 1024), "at most 2 MB"),
    ],
)
def test_what_is_wrong_with_it_is_said(content: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        letterheads.check(content)


def test_a_field_that_fetches_nothing_is_fine() -> None:
    letterheads.check(with_part(word("{letter}"), "word/footer9.xml", field(" PAGE ", r"\\* MERGEFORMAT ")))


def test_a_letter_stands_on_it_in_its_paragraphs_with_its_marking(app: Flask, stage: Stage) -> None:
    letterheads.check(letterheads.example("RCX"))
    officer, member = Desk(app, stage.officer), Desk(app, stage.focal["mx"])
    own = word("RCX", "{symbol} of {date}", "{salutation}", "{letter}", "{signature}")
    officer.send(WHERE, {"language": "", "file": FileStorage(BytesIO(own), "own.docx")})
    assert "own.docx" in officer.get(WHERE)
    member.get(WHERE, 404)
    typed = {"title-en": "A visit", "words-en": "First <b>part</b>.\n\nSecond {part}.", "standings": ["member"]}
    page, _shown = officer.send("/processes/rcx/government/circulars/new", typed)
    officer.send(f"{page}/send", {})
    with member.client.get(f"{page}/letter.docx") as answer:
        made = Document(BytesIO(answer.data))
    words = [one.text for one in made.paragraphs]
    assert words[0].startswith("Members only.")
    assert words[1:2] == ["RCX"]
    assert words[2].startswith("RCX/CIRC/2026/1 of ")
    assert words[3] == "To the focal point of Mexico,"
    assert words[4:] == ["First <b>part</b>.", "Second {part}.", "Secretariat"]
