"""A letterhead as an officer makes it in Word: checked when it comes, filled when a letter is written. Pure.

It holds placeholders such as `{symbol}`; `{letter}` stands alone in a paragraph, which is written once for each
paragraph of the letter and keeps its look. What runs by itself or fetches something from elsewhere is refused.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LARGEST = 2 * 1024 * 1024
"""Bytes of a letterhead, as it is sent."""
UNPACKED = 20 * 1024 * 1024
"""Bytes of it unpacked: what is more is no letterhead."""
PLACEHOLDERS = ("symbol", "date", "addressee", "salutation", "letter", "attachments", "copy", "process", "signature")
LETTER = "letter"
_BRACED = re.compile(r"\{([^{}\n]{1,60})\}")
_MAIN = "word/document.xml"

_MACROS = re.compile(r"(^|/)(vbaProject|vbaData)[^/]*$|macroEnabled", re.IGNORECASE)
_EMBEDDED = re.compile(r"^word/(embeddings|activeX)/")
_FETCHING = re.compile(r"\b(INCLUDEPICTURE|INCLUDETEXT|DDE|DDEAUTO|LINK|IMPORT|RD)\b", re.IGNORECASE)


def check(content: bytes) -> None:
    """Whether a file can be used as a letterhead. Raises Refused with a sentence that names what is in the way."""
    if len(content) > LARGEST:
        raise Refused(_("A letterhead has at most 2 MB; make its pictures smaller."), "file")
    parts = _parts(content)
    if any(_MACROS.search(name) for name in parts) or b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise Refused(_("This file holds macros. Save it in Word as a document without macros (.docx)."), "file")
    if any(_EMBEDDED.match(name) for name in parts):
        raise Refused(_("This file holds another file inside it. Take it out, and send it again."), "file")
    for name, part in parts.items():
        if name.endswith(".rels") and (found := _external(part)):
            raise Refused(
                _("It fetches something from elsewhere: %(address)s. Take the link out.", address=found), "file"
            )
    document = _document(content)
    words = [_text(one) for one in _paragraphs(document)]
    if any(_FETCHING.search(field) for name, part in parts.items() if name.endswith(".xml") for field in _fields(part)):
        raise Refused(_("It holds a field that fetches something from elsewhere. Take it out."), "file")
    for name in (name for text in words for name in _BRACED.findall(text)):
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
            sentence = _("There is no placeholder {%(name)s}. Those there are: %(known)s.", name=name, known=known)
            raise Refused(sentence, "file")
    broken = next((text for text in words if "{" in _BRACED.sub("", text) or "}" in _BRACED.sub("", text)), None)
    if broken is not None:
        raise Refused(_("A placeholder is not closed here: %(words)s", words=broken.strip()[:80]), "file")
    alone = [text for text in words if text.strip() == f"{{{LETTER}}}"]
    if len(alone) != 1:
        raise Refused(
            _("{letter} must stand once, alone in a paragraph: there the words of the letter are written."), "file"
        )


def filled(content: bytes, values: Mapping[str, str], letter: Sequence[str], above: str = "", below: str = "") -> bytes:
    """The letter on its letterhead. A value goes in as text, never as mark-up; each paragraph of the letter looks as
    the one in which `{letter}` stands. `above` and `below` are its marking, which no letterhead leaves out."""
    document = _document(content)
    for paragraph in list(_paragraphs(document)):
        text = _text(paragraph)
        if text.strip() == f"{{{LETTER}}}":
            _write_letter(paragraph, letter)
        elif _BRACED.search(text):
            _write(paragraph, _BRACED.sub(lambda found: values.get(found[1], ""), text))
    if above:
        first = next(iter(document.paragraphs), None)
        marked = first.insert_paragraph_before() if first is not None else document.add_paragraph()
        marked.add_run(above).bold = True
    if below:
        document.add_paragraph().add_run(below).italic = True
    return _saved(document)


def example(acronym: str) -> bytes:
    """A letterhead with every placeholder, to begin with."""
    from docx import Document

    document = Document()
    document.sections[0].header.paragraphs[0].text = acronym
    for one in ("symbol", "date", "addressee", "salutation", "letter", "signature", "attachments", "copy"):
        document.add_paragraph(f"{{{one}}}")
    document.sections[0].footer.paragraphs[0].text = "{process}"
    return _saved(document)


def _saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _parts(content: bytes) -> dict[str, bytes]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if sum(one.file_size for one in entries) > UNPACKED or len(entries) > 500:
                raise Refused(_("This file is too large to be a letterhead."), "file")
            if _MAIN not in archive.namelist():
                raise Refused(_no_word_file(), "file")
            wanted = [one for one in entries if one.filename.endswith((".rels", ".xml"))]
            found = {one.filename: archive.read(one)[:UNPACKED] for one in wanted}
            return {one.filename: found.get(one.filename, b"") for one in entries}
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise Refused(_no_word_file(), "file") from None


def _no_word_file() -> str:
    return _("This is no Word document. Save the letterhead in Word as .docx, and choose that file.")


def _read(part: bytes) -> Any:
    """A part as Word reads it: letters written as numbers are letters, and nothing is fetched to read it."""
    from lxml import etree

    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise Refused(_no_word_file(), "file")
    try:
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        raise Refused(_no_word_file(), "file") from None


def _external(part: bytes) -> str:
    """The first address outside that a part leads to; empty where there is none."""
    for one in _read(part).iter("{*}Relationship"):
        if (one.get("TargetMode") or "").strip().lower() == "external":
            return (one.get("Target") or "?")[:120]
    return ""


def _document(content: bytes) -> Any:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        return Document(BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, SyntaxError):
        raise Refused(_no_word_file(), "file") from None


def _paragraphs(document: Any) -> Iterator[Any]:
    """Every paragraph: of the text, of tables, of heads and feet of pages."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    roots = [document.element.body]
    for section in document.sections:
        for part in (
            section.header, section.footer, section.first_page_header, section.first_page_footer,
            section.even_page_header, section.even_page_footer,
        ):  # fmt: skip
            if not part.is_linked_to_previous:
                roots.append(part._element)
    for root in roots:
        for element in root.iter(qn("w:p")):
            yield Paragraph(element, document)


def _fields(part: bytes) -> Iterator[str]:
    """What each field of a part says, also where it is written in pieces."""
    begun: list[str] = []
    for one in _read(part).iter("{*}fldChar", "{*}instrText", "{*}fldSimple"):
        said = {name.rpartition("}")[2]: value for name, value in one.attrib.items()}
        if one.tag.endswith("fldSimple"):
            yield said.get("instr", "")
        elif one.tag.endswith("instrText"):
            begun = begun or [""]
            begun[-1] += one.text or ""
        elif said.get("fldCharType") == "begin":
            begun.append("")
        elif said.get("fldCharType") == "end" and begun:
            yield begun.pop()
    yield from begun


def _text(paragraph: Any) -> str:
    return "".join(run.text for run in paragraph.runs)


def _write(paragraph: Any, words: str) -> None:
    """Put words in the place of a paragraph's own, in the look of its first run; lines stay lines."""
    first, *others = paragraph.runs
    first.text = words  # the library writes a line break for each new line
    for one in others:
        one._r.getparent().remove(one._r)


def _write_letter(paragraph: Any, letter: Sequence[str]) -> None:
    from docx.text.paragraph import Paragraph

    model = copy.deepcopy(paragraph._p)
    here = paragraph
    for place, words in enumerate(letter or [""]):
        if place:
            element = copy.deepcopy(model)
            here._p.addnext(element)
            here = Paragraph(element, paragraph._parent)
        _write(here, words)
