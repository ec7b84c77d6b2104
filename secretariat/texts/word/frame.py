"""The file around a text: styles and numberings a word processor goes on with, properties, and the frame of papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from secretariat.core.languages import DEFAULT_LANGUAGE, LANGUAGES, Language, language_or_none, reading_in
from secretariat.prints.docx import FONT, TEXT_WIDTH, framed
from secretariat.prints.sheet import Issuer, Sheet
from secretariat.texts.paragraphs import is_rtl
from secretariat.texts.word.markup import (
    HEADINGS,
    HEADINGS_BESIDE,
    NAMESPACE,
    OPERATIVE,
    OPERATIVE_BESIDE,
    STEP,
    Setter,
    clean,
)

_W = f'xmlns:w="{NAMESPACE}"'
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The one set of custom properties there is ([MS-OSHARED] 2.3.3.2.2)."""
_LONGEST_TITLE = 255
"""Signs of the title among the properties of a file; in the text it stands whole."""
_HEADINGS = (13, 11, 10)
"""Points, as in prints below the title."""
_BODY_PART = "word/document.xml"
_INSIDE = (("top", 85), ("left", 113), ("right", 113))
"""Between the lines of two languages beside each other and their words."""
_AFTER_TRACKING = ("doNotTrackMoves", "doNotTrackFormatting", "documentProtection", "defaultTabStop")


class Frame:
    """A file that waits for its paragraphs. `marking` and `copy_of` stand at the head of every page, `foot` and the
    page at its foot, in the language of the text."""

    def __init__(self, title: str, language: str, *, marking: str, foot: Sequence[str], copy_of: str = "") -> None:
        direction = "rtl" if is_rtl(language) else "ltr"
        spoken = language_or_none(language)
        nobody = Issuer(UUID(int=0), "", "")  # whose text it is, is not written into the file
        with reading_in(spoken.code if spoken else DEFAULT_LANGUAGE):
            sheet = Sheet(
                title=clean(title)[:_LONGEST_TITLE],
                issuer=nobody,
                html="",
                language=LANGUAGES.get(language) or Language(language, language, direction),
                foot=tuple(map(clean, foot)),
                marking=clean(marking),
                copy_of=clean(copy_of),
            )
            self.document = framed(sheet)
        self._set_up_styles(rtl=direction == "rtl")
        self._track_what_is_written()

    def number(self, setter: Setter) -> None:
        """Put in the numberings the paragraphs of a setter refer to."""
        numbering = self.document.part.numbering_part.element
        own = [(HEADINGS_BESIDE, OPERATIVE_BESIDE), (HEADINGS, OPERATIVE)][not setter.beside]
        for place, (key, levels) in enumerate(zip(own, (_HEADING_LEVELS, _OPERATIVE_LEVELS), strict=True)):
            numbering.insert(place, parse_xml(_abstract(key, levels, setter.language)))
            numbering.append(parse_xml(f'<w:num {_W} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'))
        for (base, _letter), (key, words) in setter.written_out.items():
            numbering.append(parse_xml(_written_out(key, base, words)))

    def say(self, properties: Mapping[str, str]) -> None:
        """Put properties into the file that word processors keep."""
        rows = "".join(
            f'<property fmtid="{_FORMAT_ID}" pid="{place}" name="{escape(name)}"><vt:lpwstr>{escape(value)}</vt:lpwstr>'
            "</property>"
            for place, (name, value) in enumerate(properties.items(), start=2)
        )
        xml = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_TYPES}">{rows}</Properties>'
        )
        package = self.document.part.package
        part = Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, xml.encode(), package)
        package.relate_to(part, f"{_RELATIONSHIPS}/custom-properties")

    def finished(self, paragraphs: Sequence[str]) -> bytes:
        """The file with these paragraphs. They go in as they are written: to move elements from another tree one by one
        takes as long as the square of their number."""
        framed, out = BytesIO(), BytesIO()
        self.document.save(framed)
        with ZipFile(framed) as around, ZipFile(out, "w", ZIP_DEFLATED) as archive:
            for one in around.infolist():
                part = around.read(one)
                archive.writestr(one, _filled(part, paragraphs) if one.filename == _BODY_PART else part)
        return out.getvalue()

    def _set_up_styles(self, *, rtl: bool) -> None:
        styles = self.document.styles.element
        present = {one.get(qn("w:styleId")): one for one in styles if one.tag == qn("w:style")}
        for key, xml in _styles(rtl=rtl).items():
            made = parse_xml(xml)
            if key in present:
                styles.replace(present[key], made)
            else:
                styles.append(made)

    def _track_what_is_written(self) -> None:
        """Whoever opens the file writes with tracked changes: so the ids around paragraphs stay where words are
        replaced, and what was changed can be told from what stood."""
        settings = self.document.settings.element
        behind = next(one for one in settings if one.tag in {qn(f"w:{name}") for name in _AFTER_TRACKING})
        behind.addprevious(parse_xml(f"<w:trackRevisions {_W}/>"))


def _filled(part: bytes, paragraphs: Sequence[str]) -> bytes:
    before, body, behind = part.partition(b"<w:body>")
    if not body:
        raise RuntimeError("the body of an empty document does not begin as it did")
    return b"".join((before, body, "".join(paragraphs).encode(), behind))


def side_by_side(rows: Sequence[tuple[str, str]], *, rtl: bool) -> str:
    """Two languages beside each other, paragraph by paragraph; the first stands where the lines begin."""
    width = TEXT_WIDTH // 635 // 2
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
    whole = "<w:trPr><w:cantSplit/></w:trPr>"
    turned = "<w:bidiVisual/>" if rtl else ""
    edges = "".join(f'<w:{side} w:w="{wide}" w:type="dxa"/>' for side, wide in _INSIDE)
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>' for side in ("insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr>{turned}<w:tblW w:w="{width * 2}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{edges}</w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/><w:gridCol w:w="{width}"/></w:tblGrid>'
        + "".join(f"<w:tr>{whole}{cell}{one}</w:tc>{cell}{other}</w:tc></w:tr>" for one, other in rows)
        + "</w:tbl>"
    )


# --- styles -------------------------------------------------------------------------------------------------------


def _styles(*, rtl: bool) -> dict[str, str]:
    title = _style("Title", "Title", '<w:spacing w:before="120" w:after="240"/>', size=18, bold=True, then="Normal")
    made = {
        "Title": title,
        "TextSymbol": _style("TextSymbol", "Text symbol", '<w:spacing w:after="120"/><w:jc w:val="right"/>', size=10),
        "TextPreamble": _style("TextPreamble", "Text preamble", '<w:spacing w:after="120"/>', size=10),
        "TextEnd": _style("TextEnd", "Text end", '<w:spacing w:after="0"/>', size=1),
    }
    for depth, size in enumerate(_HEADINGS, start=1):
        look = (
            f'<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="{depth - 1}"/>'
        )
        key, then = f"Heading{depth}", "TextOperative1"
        made[key] = _style(key, f"heading {depth}", look, size=size, bold=True, then=then)
        numbered = f'<w:numPr><w:ilvl w:val="{depth - 1}"/><w:numId w:val="{OPERATIVE}"/></w:numPr>'
        look = f'<w:spacing w:after="120"/><w:ind w:left="{STEP * depth}" w:hanging="{STEP}"/>'
        key = f"TextOperative{depth}"
        made[key] = _style(key, f"Text operative {depth}", numbered + look, size=10)
        look = f'<w:spacing w:after="120"/><w:ind w:left="{STEP * (depth - 1)}"/>'
        key = f"TextPlain{depth}"
        made[key] = _style(key, f"Text plain {depth}", look, size=10)
    return made


def _style(key: str, name: str, look: str, *, size: int, bold: bool = False, then: str = "") -> str:
    following = f'<w:next w:val="{then}"/>' if then else ""
    custom = ' w:customStyle="1"' if key.startswith("Text") else ""
    heavy = "<w:b/><w:bCs/>" if bold else ""
    return (
        f'<w:style {_W} w:type="paragraph"{custom} w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/>{following}<w:qFormat/><w:pPr>{look}</w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>{heavy}'
        f'<w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/></w:rPr></w:style>'
    )


# --- numberings ---------------------------------------------------------------------------------------------------

_OPERATIVE_LEVELS = (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"))
_HEADING_LEVELS = (("upperRoman", "%1."), ("upperLetter", "%2."), ("none", ""))


def _abstract(key: int, levels: Sequence[tuple[str, str]], language: str) -> str:
    made = "".join(_level(rank, kind, words, language) for rank, (kind, words) in enumerate(levels))
    return f'<w:abstractNum {_W} w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>{made}</w:abstractNum>'


def _level(rank: int, kind: str, words: str, language: str) -> str:
    if language == "ar" and kind.endswith("Letter"):
        kind = "arabicAbjad"
    return (
        f'<w:lvl w:ilvl="{rank}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{words}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{STEP * (rank + 1)}" w:hanging="{STEP}"/></w:pPr></w:lvl>'
    )


def _written_out(key: int, base: int, words: str) -> str:
    """A numbering that goes on with another but writes its second rank in these words."""
    return (
        f'<w:num {_W} w:numId="{key}"><w:abstractNumId w:val="{base}"/><w:lvlOverride w:ilvl="1">'
        f"{_level(1, 'lowerLetter', words, '')}</w:lvlOverride></w:num>"
    )
