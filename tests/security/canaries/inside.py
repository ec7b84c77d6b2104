"""What stands inside an answer, whatever its form: pages and calendars as they are, papers with every word in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from types import SimpleNamespace
from unittest.mock import patch
from zipfile import ZipFile

from pypdf import PdfReader
from werkzeug.test import TestResponse

from secretariat.core import clock
from secretariat.prints import press, sheet

_FOLDED = re.compile(r"\r\n[ \t]")
_TAGS = re.compile(r"<[^>]+>")
PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def text_of(answer: TestResponse) -> str:
    """The body as text: a PDF with its pages, bookmarks and particulars; a DOCX with every part of it; folded lines of
    calendars made whole."""
    body = answer.get_data()
    answer.close()
    return text_in(answer.mimetype, body)


def text_in(media_type: str | None, body: bytes) -> str:
    """What such a file says."""
    if media_type == PDF:
        return _in_pdf(body)
    if media_type == DOCX:
        return _in_docx(body)
    return _FOLDED.sub("", body.decode("utf-8", "replace"))


@lru_cache(maxsize=1000)
def _in_pdf(content: bytes) -> str:
    reader = PdfReader(BytesIO(content))
    particulars = " ".join(str(value) for value in (reader.metadata or {}).values())
    metadata = reader.xmp_metadata
    return "\n".join(
        [particulars, metadata.stream.get_data().decode("utf-8", "replace") if metadata else "", str(reader.outline)]
        + [page.extract_text() for page in reader.pages]
    )


def _in_docx(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as parts:
        return "\n".join(
            _TAGS.sub("", parts.read(name).decode("utf-8", "replace"))
            for name in parts.namelist()
            if name.endswith((".xml", ".rels"))
        )


@contextmanager
def one_press() -> Iterator[None]:
    """One press for all papers of a walk, which prints the same sheet once: a process for each would take hours.

    Every sheet says the minute it was printed in; here all are of the same, or none would be the same for two readers.
    """
    before, press.press = press.press, lru_cache(maxsize=4000)(press.here)
    instant = clock.now()
    stopped = SimpleNamespace(now=lambda: instant, today=clock.today)
    try:
        with patch.object(sheet, "clock", stopped):
            yield
    finally:
        press.press = before
