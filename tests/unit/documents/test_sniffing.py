"""What a file is, whatever its name says."""

from io import BytesIO

import pytest

from secretariat.documents.sniffing import MOST_PARTS, Problem, Unfit, base_name, sniffed
from tests.factories import documents as made

_WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SLIDES = "vnd.openxmlformats-officedocument.presentationml.presentation"


def why_not(content: bytes, name: str) -> Problem:
    with pytest.raises(Unfit) as refused:
        sniffed(BytesIO(content), name)
    return refused.value.problem


@pytest.mark.parametrize(
    ("content", "name", "ending"),
    [
        (made.pdf(), "paper.pdf", "pdf"),
        (made.pdf(), "paper.PDF", "pdf"),
        (made.pdf(), "paper", "pdf"),
        (made.pdf(), "agenda 14.04.2026", "pdf"),
        (made.docx(), "paper.docx", "docx"),
        (made.odt(), "paper.odt", "odt"),
        (made.office("xl/workbook.xml", _SHEET, "<workbook/>"), "list.xlsx", "xlsx"),
        (made.office("ppt/presentation.xml", _SLIDES, "<presentation/>"), "talk.pptx", "pptx"),
        (made.TEXT, "paper.txt", "txt"),
        ("ورقة عمل".encode(), "paper.txt", "txt"),
        (b"\xef\xbb\xbfWith a mark", "paper.txt", "txt"),
        (b"<html><script>alert(1)</script></html>", "page.txt", "txt"),
    ],
)
def test_what_is_taken_is_known_by_its_content(content: bytes, name: str, ending: str) -> None:
    assert sniffed(BytesIO(content), name).ending == ending


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (b"", "paper.pdf", Problem.EMPTY),
        (made.docx(), "paper.pdf", Problem.NOT_WHAT_IT_SAYS),
        (made.pdf(), "paper.docx", Problem.NOT_WHAT_IT_SAYS),
        (made.pdf(), "paper.exe", Problem.NOT_WHAT_IT_SAYS),
        (made.TEXT, "paper.pdf", Problem.NOT_WHAT_IT_SAYS),
        (b"MZ\x90\x00\x03", "paper.pdf", Problem.NOT_WHAT_IT_SAYS),
        (b"MZ\x90\x00\x03", "setup.exe", Problem.NOT_TAKEN),
        (b"<html><script>alert(1)</script></html>", "page.html", Problem.NOT_TAKEN),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "map.png", Problem.NOT_TAKEN),
        (made.packed(**{"readme.txt": "x"}), "all.zip", Problem.NOT_TAKEN),
        (made.packed(**{"readme.txt": "x"}), "paper.docx", Problem.NOT_WHAT_IT_SAYS),
        (made.office("xl/workbook.xml", _WORD, "<workbook/>"), "list.xlsx", Problem.NOT_WHAT_IT_SAYS),
        (made.pdf(password="secret"), "paper.pdf", Problem.ENCRYPTED),
        (made.odt(encrypted=True), "paper.odt", Problem.ENCRYPTED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "paper.docx", Problem.ENCRYPTED),
        (made.pdf()[:200], "paper.pdf", Problem.BROKEN),
        (b"%PDF-1.7\n", "paper.pdf", Problem.BROKEN),
        (made.docx()[:-400], "paper.docx", Problem.BROKEN),
        (made.office("word/document.xml", _WORD, ""), "paper.docx", Problem.BROKEN),
        (made.odt().replace(b"content.xml", b"kontent.xml"), "paper.odt", Problem.BROKEN),
        (
            made.office("word/document.xml", _WORD, "<document/>", **{"word/vbaProject.bin": "x"}),
            "paper.docx",
            Problem.HOLDS_PROGRAMS,
        ),
        (b"a\0b", "paper.txt", Problem.NOT_WHAT_IT_SAYS),
        ("Añadido".encode("latin-1"), "paper.txt", Problem.NOT_WHAT_IT_SAYS),
        (made.TEXT, "ورقة" * 75 + ".txt", Problem.LONG_NAME),
    ],
)
def test_what_is_not_taken_says_why(content: bytes, name: str, problem: Problem) -> None:
    assert why_not(content, name) is problem


def test_a_document_of_too_many_parts_is_not_unpacked() -> None:
    many = made.packed(**{f"part{number}": "" for number in range(MOST_PARTS + 1)})
    assert why_not(many, "paper.docx") is Problem.TOO_LARGE


def test_whatever_byte_of_a_file_is_another_it_is_known_or_refused() -> None:
    whole = made.docx("Reception")
    for place in range(len(whole)):
        turned = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        try:
            assert sniffed(BytesIO(turned), "paper.docx").ending == "docx"
        except Unfit:
            continue


def test_a_file_is_left_at_its_start() -> None:
    content = BytesIO(made.docx())
    sniffed(content, "paper.docx")
    assert content.tell() == 0


@pytest.mark.parametrize(
    ("sent", "name"),
    [("C:\\papers\\agenda.pdf", "agenda.pdf"), ("/tmp/agenda.pdf", "agenda.pdf"), ("two\nlines.pdf", "two lines.pdf")],
)
def test_a_name_is_told_without_its_folders(sent: str, name: str) -> None:
    assert base_name(sent) == name
