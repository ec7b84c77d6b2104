"""Texts for Word files, and such files made as others make them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from secretariat.core.localtext import LocalText
from secretariat.texts import word_out
from secretariat.texts.editions import Content
from secretariat.texts.paragraphs import ParagraphKind, Piece
from secretariat.texts.word import child
from secretariat.texts.word.problems import NotTaken

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADING, PREAMBLE, OPERATIVE, PLAIN = ParagraphKind
TEXT_ID = UUID(int=77)
ORIGIN = word_out.Origin(TEXT_ID, 2)
SYMBOL = "RCM/SOM/2026/4/Rev.1"
MARKING = "Members only. For the member countries and the secretariat."
AT = datetime(2026, 4, 14, 12, tzinfo=UTC)
ROWS = (
    (1, PREAMBLE, 1, "Recalling the declaration,", "Recordando la declaración,", "وإذ نستذكر الإعلان،"),
    (2, HEADING, 1, "Protection of children", "Protección de la niñez", "حماية الأطفال"),
    (3, OPERATIVE, 1, "Inform [within two hours] & record <it>.", "Informar [en dos horas].", "تُبلغ [خلال ساعتين]."),
    (4, OPERATIVE, 2, "a person of trust stays;", "una persona permanece;", "يبقى شخص موثوق؛"),
    (5, OPERATIVE, 2, "the family is looked for:", "se busca a la familia:", "يُبحث عن الأسرة:"),
    (6, OPERATIVE, 3, "where it lives.", "donde viva.", "حيث تعيش."),
    (7, PLAIN, 2, "This holds for all ages.", "Rige para todas las edades.", "يسري على جميع الأعمار."),
    (8, HEADING, 2, "Return", "Retorno", "العودة"),
    (9, OPERATIVE, 1, "Nobody is returned at night.", "Nadie es retornado de noche.", "لا يُعاد أحد ليلاً."),
)


def piece(key: int, kind: ParagraphKind, depth: int, *words: str) -> Piece:
    """A paragraph in English, and in Spanish and Arabic where these are given."""
    return Piece(UUID(int=key), kind, depth, LocalText(dict(zip(("en", "es", "ar"), words, strict=False)), "en"))


def content(*pieces: Piece, title: str = "Draft declaration") -> Content:
    """A text with these paragraphs."""
    said = LocalText({"en": title, "es": "Proyecto de declaración", "ar": "مشروع إعلان"}, "en")
    return Content(said, "en", ("en", "es", "ar"), ("en",), pieces)


CONTENT = content(*(piece(*row) for row in ROWS))


def sent(language: str = "en", beside: str | None = None, known: Content = CONTENT) -> bytes:
    """The file of an edition as it is sent out."""
    return word_out.written(
        known, language, symbol=SYMBOL, marking=MARKING, foot=("RCM",), beside=beside, origin=ORIGIN
    )


def tracked(before: Content, after: Content, language: str = "en") -> bytes:
    """The file of what changed."""
    return word_out.tracked(
        before, after, language, symbol=SYMBOL, marking=MARKING, foot=("RCM",), author="Secretariat", at=AT,
        origin=ORIGIN,
    )  # fmt: skip


# --- looking in, and changing what stands there -------------------------------------------------------------------


def part(data: bytes, name: str = "word/document.xml") -> Any:
    """A part of a file as a tree."""
    with ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def changed(data: bytes, edit: Callable[[str], str], name: str = "word/document.xml") -> bytes:
    """The file with another part; one that was not there is added."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as archive, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for one in archive.infolist():
            if one.filename != name:
                made.writestr(one.filename, archive.read(one))
        before = archive.read(name).decode() if name in archive.namelist() else ""
        made.writestr(name, edit(before))
    return out.getvalue()


def replaced(data: bytes, old: str, new: str) -> bytes:
    """The file with other words in its body, which were there."""

    def edit(before: str) -> str:
        assert old in before
        return before.replace(old, new, 1)

    return changed(data, edit)


def paragraph_xml(data: bytes, key: int) -> str:
    """The mark-up of a paragraph of a file of ours."""
    with ZipFile(BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    found = re.search(rf"<w:p>(?:(?!</w:p>).)*p_{UUID(int=key).hex}\".*?</w:p>", body, re.DOTALL)
    assert found
    return found[0]


def ask_here(_module: str, data: bytes, most: str, longest: str, *, seconds: float | None = None) -> bytes:
    """What the child that reads a file would say, said by this process."""
    try:
        said = child.here(data, most=int(most), longest=int(longest))
    except NotTaken as refused:
        said = {"problem": refused.problem.value, "number": refused.number}
    return json.dumps(said).encode()


# --- files as others make them ------------------------------------------------------------------------------------


def p(words: str = "", *, style: str = "", number: tuple[int, int] | None = None, runs: str = "") -> str:
    """The mark-up of a paragraph."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number is not None:
        properties += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    run = f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>' if words else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}{runs}</w:p>"


def document(*body: str) -> str:
    """The part with the body of a file."""
    return f"<w:document {_SPACE}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>"


def docx(*body: str, parts: Mapping[str, str | bytes] | None = None, relations: str = "", types: str = "") -> bytes:
    """A Word file with this body."""
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/>{types}</Types>',
        "word/document.xml": document(*body),
    }
    if relations:
        made["word/_rels/document.xml.rels"] = relation_part(relations)
    made.update(parts or {})
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, held in made.items():
            archive.writestr(name, held)
    return out.getvalue()


def relation_part(relations: str) -> str:
    """A part of relationships."""
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'


def relation(kind: str, target: str, mode: str = "External") -> str:
    """One relationship."""
    return f'<Relationship Id="r1" Type="{_RELATIONS}/{kind}" Target="{target}" TargetMode="{mode}"/>'


def styles(*made: str) -> str:
    """A part of styles."""
    return f"<w:styles {_SPACE}>{''.join(made)}</w:styles>"


def style(key: str, name: str, inside: str = "", *, based: str = "", more: str = "") -> str:
    """A style of paragraphs."""
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    said = f'<w:name w:val="{name}"/>{on}<w:pPr>{inside}</w:pPr>'
    return f'<w:style w:type="paragraph" w:styleId="{key}"{more}>{said}</w:style>'


def numbering(*lists: Sequence[str]) -> str:
    """A part of numberings: each list by the formats of its ranks, numbered from 1."""
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{key}">'
        + "".join(
            f'<w:lvl w:ilvl="{rank}"><w:numFmt w:val="{kind}"/><w:lvlText w:val="%{rank + 1}."/></w:lvl>'
            for rank, kind in enumerate(formats)
        )
        + "</w:abstractNum>"
        for key, formats in enumerate(lists, start=1)
    )
    numbers = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in range(1, len(lists) + 1)
    )
    return f"<w:numbering {_SPACE}>{kinds}{numbers}</w:numbering>"


def comments(*made: tuple[int, str, str]) -> str:
    """A part of comments: key, author, words."""
    each = (
        f'<w:comment w:id="{key}" w:author="{author}" w:date="2026-04-20T09:00:00Z">{p(words)}</w:comment>'
        for key, author, words in made
    )
    return f"<w:comments {_SPACE}>{''.join(each)}</w:comments>"


def notes(kind: str, *made: tuple[int, str]) -> str:
    """A part of footnotes or endnotes, with the line that divides them from the text."""
    line = f'<w:{kind} w:type="separator" w:id="-1">{p("-----")}</w:{kind}>'
    each = "".join(f'<w:{kind} w:id="{key}">{p(words)}</w:{kind}>' for key, words in made)
    return f"<w:{kind}s {_SPACE}>{line}{each}</w:{kind}s>"


def header(words: str) -> str:
    """A head of pages."""
    return f"<w:hdr {_SPACE}>{p(words)}</w:hdr>"
