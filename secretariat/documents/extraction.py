"""The words of a file, for search: read in a child that holds no secrets and no connection, bounded in time and size.

What people send is read here by libraries that were not made for what is malicious. The child is given the bytes on
standard input (`python -m secretariat.documents.extraction MEDIA-TYPE`), says the words on standard output, and ends.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from secretariat.documents.sniffing import TYPES

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60
"""Longest the child may take, by the clock and of the processor."""
MEMORY = 2 * 1024 * 1024 * 1024
"""Bytes of address space it may take."""
MOST_CHARACTERS = 2_000_000
"""What comes after is not searched for."""
_MOST_OF_A_PART = 64 * 1024 * 1024
_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
_PARTS = {
    TYPES["docx"]: ("word/document", "word/footnotes", "word/endnotes", "word/header", "word/footer"),
    TYPES["xlsx"]: ("xl/sharedStrings", "xl/worksheets/sheet"),
    TYPES["pptx"]: ("ppt/slides/slide", "ppt/notesSlides/notesSlide"),
    TYPES["odt"]: ("content", "styles"),
}
"""Where the words stand: parts of a packed document whose names begin so."""
_ENDS_A_LINE = frozenset({"p", "h", "br", "tab", "row", "si", "c"})


class Unreadable(RuntimeError):
    """The words of a file could not be read."""


def words_of(content: bytes, media_type: str) -> str:
    """The words of a file, at most `MOST_CHARACTERS`. Raises Unreadable."""
    return in_a_child(__name__, content, media_type).decode("utf-8", "replace")


def in_a_child(module: str, content: bytes, *arguments: str, seconds: float | None = None) -> bytes:
    """What a module of ours says of bytes, run as a child that holds no secrets and no connection; it calls `bounded`
    before it reads. Raises Unreadable."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    longest = SECONDS if seconds is None else seconds
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", module, *arguments],
            input=content,
            capture_output=True,
            timeout=longest,
            cwd=ROOT,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(f"not read within {longest} seconds") from None
    if done.returncode:
        raise Unreadable(done.stderr.decode("utf-8", "replace")[-500:])
    return done.stdout


def bounded() -> None:
    """From here on this process takes no more time and memory than a child may."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def here(content: bytes, media_type: str) -> str:
    """The words of a file, read in this process."""
    readers = {TYPES["pdf"]: _in_pdf, TYPES["txt"]: _in_text}
    pieces = readers[media_type](content) if media_type in readers else _in_parts(content, _PARTS[media_type])
    return _bounded(pieces)


def _bounded(pieces: Iterator[str]) -> str:
    kept, left = [], MOST_CHARACTERS
    for piece in pieces:
        kept.append(piece[:left].replace("\0", ""))
        left -= len(piece)
        if left <= 0:
            break
    return "".join(kept).strip()


def _in_text(content: bytes) -> Iterator[str]:
    yield content.decode("utf-8-sig", "replace")


def _in_pdf(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    for page in PdfReader(BytesIO(content)).pages:
        yield page.extract_text()
        yield "\n"


def _in_parts(content: bytes, wanted: tuple[str, ...]) -> Iterator[str]:
    with ZipFile(BytesIO(content)) as archive:
        for part in sorted(archive.infolist(), key=lambda one: (len(one.filename), one.filename)):
            if part.filename.endswith(".xml") and part.filename.startswith(wanted) and part.file_size < _MOST_OF_A_PART:
                yield from _in_xml(archive.read(part))


def _in_xml(part: bytes) -> Iterator[str]:
    """Texts of a part in order; nothing it names is fetched, and no entity it defines is followed."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    yield from _texts(etree.fromstring(part, parser))


def _texts(element: Any) -> Iterator[str]:
    """The texts of an element and of all in it. A comment, or an entity that is not followed, has none but what comes
    after it. No deeper than the parser goes, some 250 levels."""
    if isinstance(element.tag, str):
        if element.text:
            yield element.text if element.text.strip() else " "
        for inside in element:
            yield from _texts(inside)
            if inside.tail:
                yield inside.tail if inside.tail.strip() else " "
        if element.tag.rpartition("}")[2] in _ENDS_A_LINE:
            yield "\n"


def _main() -> None:
    bounded()
    sys.stdout.buffer.write(here(sys.stdin.buffer.read(), sys.argv[1]).encode("utf-8", "replace"))


if __name__ == "__main__":
    _main()
