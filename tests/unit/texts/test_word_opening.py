"""Word files that are not opened, and why."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from secretariat.documents.extraction import Unreadable
from secretariat.texts import word_in
from secretariat.texts.word import opening
from secretariat.texts.word.opening import opened
from secretariat.texts.word_in import NotTaken, Problem
from tests.factories import documents
from tests.unit.texts import word_files as made
from tests.unit.texts.word_files import docx, p

_MACRO_TYPE = '<Override PartName="/x" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
_DTD = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><x>&a;&b;</x>'


def why_not(data: bytes) -> Problem:
    with pytest.raises(NotTaken) as refused:
        opened(data)
    return refused.value.problem


def test_a_file_of_ours_and_one_of_somebody_open() -> None:
    assert "word/document.xml" in opened(made.sent()).names
    assert "word/document.xml" in opened(docx(p("Words"))).names


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", Problem.EMPTY),
        (b"Words", Problem.NOT_WORD),
        (documents.pdf(), Problem.NOT_WORD),
        (documents.odt(), Problem.NOT_WORD),
        (documents.packed(**{"readme.txt": "x"}), Problem.NOT_WORD),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Problem.ENCRYPTED),
        (b"PK\x03\x04 and no more", Problem.BROKEN),
        (docx(p("Words"))[:-60], Problem.BROKEN),
        (docx(parts={"word/document.xml": ""}), Problem.BROKEN),
    ],
)
def test_what_is_no_word_file_says_so(data: bytes, problem: Problem) -> None:
    assert why_not(data) is problem


def test_a_part_with_a_password_is_told() -> None:
    data = bytearray(docx(p("Words")))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(sign, at + 1)
    assert why_not(bytes(data)) is Problem.ENCRYPTED


@pytest.mark.parametrize(
    "data",
    [
        docx(p("Words"), types=_MACRO_TYPE),
        docx(p("Words"), types='<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'),
        docx(p("Words"), parts={"word/vbaProject.bin": b"x"}),
        docx(p("Words"), parts={"other/VBAPROJECT.BIN": b"x"}),
        docx(p("Words"), parts={"word/activeX/activeX1.xml": "<x/>"}),
        docx(p("Words"), relations=made.relation("vbaProject", "elsewhere.bin", "Internal")),
        docx(p("Words"), relations=made.relation("control", "activeX.xml", "Internal")),
    ],
)
def test_programs_are_not_opened(data: bytes) -> None:
    assert why_not(data) is Problem.MACROS


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "subDocument", "frame", "externalLinkPath"])
@pytest.mark.parametrize("where", ["word/_rels/document.xml.rels", "word/_rels/settings.xml.rels", "_rels/.rels"])
def test_nothing_leads_out_of_a_file_but_hyperlinks(kind: str, where: str) -> None:
    for target, mode in (
        ("http://127.0.0.1:9/x", "External"), ("file:///c:/x.dotx", "external"), ("\\\\server\\x", "Internal"),
        ("https://example.org/x", "Internal"),
    ):  # fmt: skip
        part = {where: made.relation_part(made.relation(kind, target, mode))}
        assert why_not(docx(p("Words"), parts=part)) is Problem.EXTERNAL_LINKS
    opened(docx(p("Words"), parts={where: made.relation_part(made.relation(kind, "media/x.png", "Internal"))}))
    opened(docx(p("Words"), parts={where: made.relation_part(made.relation("hyperlink", "https://example.org/"))}))


@pytest.mark.parametrize("name", ["word/document.xml", "word/settings.xml", "customXml/item1.xml", "_rels/.rels"])
@pytest.mark.parametrize("code", ["utf-8", "utf-16", "utf-16-be"])
def test_what_defines_entities_is_not_opened(name: str, code: str) -> None:
    head = "" if code == "utf-8" else f'<?xml version="1.0" encoding="{code}"?>'
    assert why_not(docx(p("Words"), parts={name: (head + _DTD).encode(code)})) is Problem.ENTITIES


def test_entities_in_a_code_of_their_own_are_not_followed_either() -> None:
    with pytest.raises(NotTaken) as refused:
        opening.parsed(('<?xml version="1.0" encoding="IBM037"?>' + _DTD).encode("cp037"))
    assert refused.value.problem in (Problem.ENTITIES, Problem.BROKEN)


@pytest.mark.parametrize(
    "broken", ["<w:document", "no mark-up", "<a></b>", "<a>&nothing;</a>", "<a>" * 400 + "</a>" * 400]
)
def test_broken_mark_up_is_told(broken: str) -> None:
    with pytest.raises(NotTaken) as refused:
        word_in.read(docx(parts={"word/document.xml": broken}))
    assert refused.value.problem is Problem.BROKEN


@pytest.mark.parametrize(
    "name", ["../x.xml", "word/../../x.xml", "/etc/x", "\\x", "word\\..\\x", "C:/x", "word/..", "c:x"]
)
def test_names_of_parts_that_lead_away_are_not_opened(name: str) -> None:
    assert why_not(docx(p("Words"), parts={name: "x"})) is Problem.PATHS


def test_two_parts_of_one_name_are_not_opened() -> None:
    out = BytesIO(docx(p("Words")))
    with ZipFile(out, "a") as archive:
        archive.writestr("WORD/document.xml", made.document(p("Others")))
    assert why_not(out.getvalue()) is Problem.BROKEN


def test_what_becomes_far_too_large_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = docx(p("Words"), parts={"word/media/image1.png": b"\0" * 5_000_000})
    assert why_not(packed) is Problem.BOMB  # some thousand times smaller than its content
    many = docx(p("Words"), parts={f"x/{number}": "" for number in range(opening.MOST_ENTRIES)})
    assert why_not(many) is Problem.BOMB
    monkeypatch.setattr(opening, "MOST_OF_A_PART", 1000)
    assert why_not(docx(p("Words" * 250))) is Problem.BOMB
    monkeypatch.setattr(opening, "MOST_UNPACKED", 1000)
    assert why_not(docx(p("Words" * 250))) is Problem.BOMB
    monkeypatch.setattr(opening, "LARGEST", 100)
    assert why_not(docx(p("Words"))) is Problem.TOO_LARGE


def test_a_text_that_says_the_same_over_and_over_is_no_bomb() -> None:
    data = docx(p("Member countries will inform the consulate within two hours of arrival. ") * 10_000)
    with ZipFile(BytesIO(data)) as archive:
        held = archive.getinfo("word/document.xml")
    assert held.file_size > opening.MOST_RATIO * held.compress_size
    opened(data)


def test_a_part_that_says_it_is_shorter_than_it_is_is_not_read() -> None:
    data = bytearray(docx(p("Words" * 1000)))
    length = len(made.document(p("Words" * 1000))).to_bytes(4, "little")
    assert data.count(length) == 2
    with pytest.raises(NotTaken) as refused:
        opened(bytes(data.replace(length, (100).to_bytes(4, "little"))))
    assert refused.value.problem is Problem.BROKEN


def test_a_file_that_fills_the_memory_of_its_child_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def falls(*_arguments: object, **_more: object) -> bytes:
        raise Unreadable("MemoryError")

    monkeypatch.setattr(word_in, "in_a_child", falls)
    with pytest.raises(NotTaken) as refused:
        word_in.read(docx(p("Words")))
    assert refused.value.problem is Problem.NOT_READ


def test_a_file_that_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_in, "SECONDS", 0.01)
    with pytest.raises(NotTaken) as refused:
        word_in.read(docx(p("Words")))
    assert refused.value.problem is Problem.NOT_READ


def test_whatever_bytes_come_they_are_read_or_refused() -> None:
    """Every byte of a small file turned, and the file cut at every tenth."""
    whole = docx(p("1. Words"), parts={"word/numbering.xml": made.numbering(("decimal",))})
    for place in range(0, len(whole), 3):
        for data in (whole[:place], whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]):
            try:
                made.ask_here("", data, "10", "100")
            except Exception as problem:  # a refusal is said, so that nothing is raised
                pytest.fail(f"{place}: {problem!r}")


@pytest.mark.parametrize("way", [ZIP_BZIP2, ZIP_LZMA])
def test_packed_as_no_word_processor_does_it_is_not_read(way: int) -> None:
    out = BytesIO()
    with ZipFile(BytesIO(docx(p("Words")))) as archive, ZipFile(out, "w", way) as packed:
        for one in archive.infolist():
            packed.writestr(one.filename, archive.read(one))
    assert why_not(out.getvalue()) is Problem.BROKEN


def test_packed_without_pressing_is_read_too() -> None:
    out = BytesIO()
    with ZipFile(BytesIO(docx(p("Words")))) as archive, ZipFile(out, "w") as stored:
        for one in archive.infolist():
            assert one.compress_type == ZIP_DEFLATED
            stored.writestr(one.filename, archive.read(one))
    assert word_in.read(out.getvalue()).paragraphs[0].text == "Words"
