"""What a file is, whatever its name says."""

import resource
import tracemalloc
import zlib
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from secretariat.documents import pdf
from secretariat.documents.sniffing import MOST_PARTS, Problem, Unfit, base_name, sniffed
from tests.factories import documents as made

_WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SLIDES = "vnd.openxmlformats-officedocument.presentationml.presentation"


def long_list(name: str, **parts: str) -> bytes:
    """A small file whose part of this name is of half a gigabyte when it is unpacked."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for one, words in parts.items():
            archive.writestr(one.replace("__", "/"), words)
        with archive.open(name, "w", force_zip64=True) as part:
            for _megabyte in range(512):
                part.write(b" " * 1_000_000)
    return file.getvalue()


@pytest.mark.parametrize("name", ["[Content_Types].xml", "mimetype", "META-INF/manifest.xml"])
def test_a_small_file_does_not_fill_the_memory(name: str) -> None:
    parts = {"mimetype": "application/vnd.oasis.opendocument.text"} if name.startswith("META") else {}
    content = long_list(name, word__document="<w/>", **parts)
    tracemalloc.start()
    try:
        assert why_not(content, "paper") is Problem.BROKEN
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


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


def with_long_table(megabytes: int) -> bytes:
    """A PDF of a page whose table of contents, a packed stream, is of so many megabytes when it is unpacked."""

    def entry(kind: int, at: int) -> bytes:
        return bytes([kind]) + at.to_bytes(4, "big") + bytes(2)

    objects = [
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n",
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n",
    ]
    written, places = b"%PDF-1.5\n", []
    for one in objects:
        places.append(len(written))
        written += one
    squeezed = zlib.compressobj(9)
    table = squeezed.compress(entry(0, 0) + b"".join(entry(1, at) for at in (*places, len(written))))
    rounds = megabytes * 10 // 7
    for _round in range(rounds):
        table += squeezed.compress(bytes(700_000 // 7))
    table += squeezed.flush()
    head = b"4 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/Length %d>>\nstream\n"
    size = 5 + rounds * 100_000 // 7
    written += b"".join([head % (size, len(table)), table, b"\nendstream\nendobj\nstartxref\n"])
    return written + b"%d\n%%%%EOF\n" % sum(map(len, [b"%PDF-1.5\n", *objects]))


def test_a_small_pdf_does_not_fill_the_memory_of_who_takes_it() -> None:
    content = with_long_table(700)
    assert len(content) < 1_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with suppress(Unfit):  # it may open, or not: not here
        sniffed(BytesIO(content), "paper.pdf")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes


def test_a_pdf_that_takes_too_long_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pdf.opens(made.pdf()) is pdf.Opens.WELL
    monkeypatch.setattr(pdf, "SECONDS", 0.001)
    assert pdf.opens(made.pdf()) is pdf.Opens.BROKEN


@pytest.mark.parametrize(
    ("content", "how"),
    [
        (made.pdf(), pdf.Opens.WELL),
        (made.pdf(password="secret"), pdf.Opens.ENCRYPTED),
        (made.pdf()[:200], pdf.Opens.BROKEN),
        (b"%PDF-1.7\n", pdf.Opens.BROKEN),
    ],
)
def test_how_a_pdf_opens(content: bytes, how: pdf.Opens) -> None:
    assert pdf.here(content) is pdf.opens(content) is how
