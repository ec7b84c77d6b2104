"""The same paper as a DOCX one can work on: headings, lists and tables of a word processor, made from the paper's HTML.

Only elements a paper uses are known; any other stops the making, so that nothing is left out unseen. Text goes in as
text, never as mark-up. A chart goes in as a picture of itself, with what it says in words behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.prints import docx_format as fmt
from secretariat.prints import drawing
from secretariat.prints.sheet import Sheet

FONT = "Arial"
"""Present wherever a DOCX is opened, in Latin and Arabic letters."""
TEXT_WIDTH = 170 * 36000
"""Of a page between its margins, in the units of the format (36,000 a millimetre)."""
PART_SET_IN = 340 * 635
"""How far what is a part of something is set in (class `part`, and each rank of `in-1`, `in-2`): 6 mm as in print, in
whole twentieths of a point."""
LETTERS = 84
"""That stand side by side in it."""
A_DOT = 9525
"""A unit of a drawing: a 96th of an inch, as on pages."""
SHORT = 12
"""Letters up to which the words of a cell are not broken: a heading of two words, a name."""
IN_A_CELL = 2 * 12700
"""Below a paragraph in a table: two points."""
LETTERS_OF_A_ROW = 600
"""Of a table, up to which it stays on one page."""
BLOCKS = frozenset({"main", "div", "section", "figure", "figcaption"})
PARAGRAPHS = {"h1": "Heading 1", "h2": "Heading 2", "h3": "Heading 3", "p": "", "blockquote": "Quote", "caption": ""}
INLINE = frozenset({"a", "b", "bdi", "em", "i", "mark", "q", "small", "span", "strong", "time"})
_SPACES = re.compile(r"[ \t\r\n]+")


class UnknownElement(ValueError):
    """A paper holds an element the DOCX has no counterpart for."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How a piece of text looks."""

    bold: bool = False
    small: bool = False
    soft: bool = False
    ltr: bool = False


def docx(sheet: Sheet) -> bytes:
    """The DOCX of a paper. Raises UnknownElement."""
    from lxml import html

    main = html.document_fromstring(sheet.html).find(".//main")
    if main is None:
        raise UnknownElement("a paper without main")
    writer = _Writer(sheet)
    writer.blocks(main, writer.document)
    return writer.finished()


def framed(sheet: Sheet) -> Any:
    """The document of a paper before anything is written in it: page, styles, marking and foot as on every other. For
    who writes it without a template."""
    return _Writer(sheet).document


class _Writer:
    def __init__(self, sheet: Sheet) -> None:
        from docx import Document

        self.sheet = sheet
        self.rtl = sheet.language.direction == "rtl"
        self.document = Document()
        self._set_up_page()
        self._set_up_styles()
        self._set_up_margins()

    # --- blocks -------------------------------------------------------------------------------------------------

    def blocks(self, parent: Any, into: Any, style: str = "") -> None:
        """Paragraphs, lists and tables inside an element; loose text becomes a paragraph of its own."""
        loose: list[tuple[str, _Look]] = []
        self._gather(parent.text, _Look(), loose)
        for child in self._children(parent):
            if child.tag in INLINE or child.tag == "br":
                loose.extend(self._runs(child, _Look()))
            elif child.tag != "svg":
                self._loose(loose, into, style, parent)
                self._block(child, into)
            elif parent.tag == "figure":
                self._loose(loose, into, style, parent)
                self._picture(self._framed(into, parent), child)
            self._gather(child.tail, _Look(), loose)
        self._loose(loose, into, style, parent)

    def _block(self, element: Any, into: Any) -> None:
        if "key" in element.get("class", "").split():
            self._key(element, into)
        elif element.tag in BLOCKS:
            self.blocks(element, into)
        elif element.tag in PARAGRAPHS:
            kinds = element.get("class", "").split()
            look = _Look(soft="soft" in kinds, bold="barred" in kinds, small="barred" in kinds)
            self._paragraph(self._inside(element, look), into, PARAGRAPHS[element.tag], element)
        elif element.tag in ("ul", "ol"):
            self._list(element, into)
        elif element.tag == "table":
            self._table(element, into)
        elif element.tag == "dl":
            self._facts(element, into)
        else:
            raise UnknownElement(f"a DOCX has no counterpart for <{element.tag}>")

    def _list(self, element: Any, into: Any) -> None:
        for item in self._children(element):
            self.blocks(item, into, "List Bullet" if element.tag == "ul" else "List Number")

    def _framed(self, into: Any, element: Any) -> Any:
        """A paragraph for pictures."""
        made = into.add_paragraph()
        if self._is_rtl(element):
            fmt.flag(made._p.get_or_add_pPr(), "w:bidi")
        return made

    def _picture(self, paragraph: Any, svg: Any) -> None:
        """A drawing, with its title for who does not see it; without one it is mere decoration."""
        width, height = drawing.size_of(svg)
        made = paragraph.add_run().add_picture(BytesIO(drawing.png(svg)), width * A_DOT, height * A_DOT)
        said, title = made._inline.docPr, " ".join(svg.findtext("title", "").split())
        if title:
            said.set("descr", title)
        else:
            said.append(fmt.decorative())

    def _key(self, element: Any, into: Any) -> None:
        """What the inks of a chart stand for, in one line."""
        paragraph = self._framed(into, element)
        for item in self._children(element):
            for svg in item.iterchildren("svg"):
                self._picture(paragraph, svg)
            self._write(paragraph, [(f"\u00a0{item.text_content().strip()}\u2003", _Look(small=True))])

    def _facts(self, element: Any, into: Any) -> None:
        table = self._grid(into, len(element), 2, [1, 3])
        for row, pair in zip(table.rows, element, strict=True):
            for cell, part in zip(row.cells, pair, strict=True):
                self._fill(cell, part, _Look(soft=part.tag == "dt"))

    def _table(self, element: Any, into: Any) -> None:
        caption = element.find("caption")
        if caption is not None and not self._is_hidden(caption):
            self._block(caption, into)
        rows = [row for row in element.iter("tr") if not self._is_hidden(row)]
        width = max((sum(_span(cell) for cell in row) for row in rows), default=0)
        if not width:
            return
        table = self._grid(into, len(rows), width, _widths(rows, width))
        for made, row in zip(table.rows, rows, strict=True):
            if len(row.text_content()) < LETTERS_OF_A_ROW:
                fmt.flag(made._tr.get_or_add_trPr(), "w:cantSplit")
            if row.getparent().tag == "thead":
                fmt.flag(made._tr.get_or_add_trPr(), "w:tblHeader")
            leads_on = row.get("class", "").split()[:1] == ["group"]
            place = 0
            for cell in row:
                last = min(place + _span(cell), width) - 1
                target = made.cells[place].merge(made.cells[last]) if last > place else made.cells[place]
                self._fill(target, cell, _Look(bold=row.get("class", "").split()[:1] in (["group"], ["act"])))
                if leads_on:
                    _keep_with_next(target)
                place = last + 1

    def _grid(self, into: Any, rows: int, columns: int, widths: Sequence[float]) -> Any:
        table = into.add_table(rows, columns)
        if into is self.document:
            fmt.rule(table._tbl.tblPr)
        if self.rtl:
            fmt.flag(table._tbl.tblPr, "w:bidiVisual")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = int(TEXT_WIDTH * width / sum(widths))
            for cell in column.cells:
                cell.width = column.width
        return table

    def _fill(self, cell: Any, element: Any, look: _Look) -> None:
        first = cell.paragraphs[0]
        if any(child.tag not in INLINE and child.tag not in ("br", "svg") for child in self._children(element)):
            self.blocks(element, cell)
            if not first.text and len(cell.paragraphs) > 1:
                first._p.getparent().remove(first._p)
        else:
            self._write(first, self._inside(element, look), rtl=self._is_rtl(element))
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = IN_A_CELL
            self._place(paragraph, element)

    # --- text ---------------------------------------------------------------------------------------------------

    def _loose(self, runs: list[tuple[str, _Look]], into: Any, style: str, parent: Any) -> None:
        if any(text.strip() for text, _look in runs):
            self._paragraph(list(runs), into, style, rtl=self._is_rtl(parent))
        runs.clear()

    def _paragraph(
        self, runs: Sequence[tuple[str, _Look]], into: Any, style: str, element: Any = None, *, rtl: bool | None = None
    ) -> None:
        if any(text.strip() for text, _look in runs):
            made = into.add_paragraph(style=style or None)
            self._write(made, runs, rtl=self._is_rtl(element) if element is not None else rtl)
            if element is not None:
                self._place(made, element)

    def _place(self, paragraph: Any, element: Any) -> None:
        """Parts are set in, figures stand at the end edge. The format's left and right are the beginning and the end of
        a paragraph, also of one from right to left (ISO/IEC 29500-1 17.3.1.6, 17.3.1.13)."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        kinds = element.get("class", "").split()
        set_in = 1 if "part" in kinds else next((int(one[3:]) for one in kinds if one in ("in-1", "in-2")), 0)
        if "barred" in kinds:
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.space_after = IN_A_CELL
        if set_in:
            paragraph.paragraph_format.left_indent = PART_SET_IN * set_in
        if "n" in kinds:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _is_rtl(self, element: Any) -> bool:
        """In which direction an element is written: as it says, or what it stands in."""
        said = (one.get("dir") for one in (element, *element.iterancestors()))
        return next((one == "rtl" for one in said if one in ("rtl", "ltr")), self.rtl)

    def _write(self, paragraph: Any, runs: Sequence[tuple[str, _Look]], *, rtl: bool | None = None) -> None:
        from docx.shared import Pt, RGBColor

        rtl = self.rtl if rtl is None else rtl
        if rtl:
            fmt.flag(paragraph._p.get_or_add_pPr(), "w:bidi")
        for text, look in _tidy(runs):
            run = paragraph.add_run(text)
            if look.bold:
                run.bold = run.font.cs_bold = True
            if look.small:
                run.font.size = Pt(8.5)
                fmt.value(run._r.get_or_add_rPr(), "w:szCs", "17")  # Arabic has its own size
            if look.soft:
                run.font.color.rgb = RGBColor(0x44, 0x44, 0x44)
            if rtl and not look.ltr:
                run.font.rtl = True

    def _inside(self, element: Any, look: _Look | None = None) -> list[tuple[str, _Look]]:
        return list(self._pieces(element, look or _Look()))

    def _pieces(self, element: Any, look: _Look) -> Iterator[tuple[str, _Look]]:
        if element.text:
            yield element.text, look
        for child in self._children(element):
            yield from self._runs(child, look)
            if child.tail:
                yield child.tail, look

    def _runs(self, element: Any, look: _Look) -> Iterator[tuple[str, _Look]]:
        if element.tag == "br":
            yield "\n", look
            return
        if element.tag == "svg":
            return
        if element.tag not in INLINE:
            raise UnknownElement(f"a DOCX has no counterpart for <{element.tag}> inside a paragraph")
        look = replace(
            look,
            bold=look.bold or element.tag in ("b", "strong"),
            small=look.small or element.tag == "small",
            soft=look.soft or "soft" in element.get("class", "").split(),
            ltr=look.ltr or element.get("dir") == "ltr",
        )
        if element.tag == "small" and element.getparent().tag in ("td", "th"):
            yield "\n", look
        if element.tag == "span" and "label" in element.getparent().get("class", "").split():
            yield "· ", look  # whom a label names; in print a space stands there
        quotes = ("“", "”") if element.tag == "q" else ("", "")
        yield quotes[0], look
        yield from self._pieces(element, look)
        yield quotes[1], look
        if element.tag == "b" and element.getparent().tag == "figcaption":
            yield "\n", look

    def _gather(self, text: str | None, look: _Look, into: list[tuple[str, _Look]]) -> None:
        if text:
            into.append((text, look))

    def _children(self, element: Any) -> Iterator[Any]:
        return (child for child in element if isinstance(child.tag, str) and not self._is_hidden(child))

    def _is_hidden(self, element: Any) -> bool:
        return bool({"noprint", "vh", "sprite"} & set(element.get("class", "").split()))

    # --- frame --------------------------------------------------------------------------------------------------

    def _set_up_page(self) -> None:
        from docx.shared import Mm

        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin, section.bottom_margin = Mm(24), Mm(22)
        properties = self.document.core_properties
        properties.title, properties.language = self.sheet.title, self.sheet.language.code
        properties.author = properties.last_modified_by = self.sheet.issuer.name
        properties.comments = properties.keywords = ""
        properties.created = properties.modified = clock.now().replace(tzinfo=None)

    def _set_up_styles(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        sizes = {"Normal": 10, "Heading 1": 18, "Heading 2": 13, "Heading 3": 11, "List Bullet": 10, "Quote": 10}
        for name, size in sizes.items():
            style = self.document.styles[name]
            style.font.name, style.font.size = FONT, Pt(size)
            style.font.color.rgb = RGBColor(0, 0, 0)
            letters = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                letters.attrib.pop(qn(f"w:{kind}"), None)
            for kind in ("ascii", "hAnsi", "cs"):
                letters.set(qn(f"w:{kind}"), FONT)
            fmt.value(style.element.get_or_add_rPr(), "w:szCs", str(size * 2))

    def _set_up_margins(self) -> None:
        """Marking and copy at the head of every page; what the paper is, and its number, at the foot."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        section = self.document.sections[0]
        head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
        for place, words in enumerate(one for one in (self.sheet.marking, self.sheet.copy_of) if one):
            paragraph = head if not place else section.header.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._write(paragraph, [(words, _Look(bold=True, small=True))])
        before, between, after = _("Page %(number)s of %(total)s", number="\0", total="\0").split("\0")
        pieces = [f"\u2068{one}\u2069 · " for one in self.sheet.foot] + [before, "PAGE", between, "NUMPAGES", after]
        for piece in pieces:
            if piece in ("PAGE", "NUMPAGES"):
                fmt.add_field(foot, piece)
            elif piece:
                self._small_run(foot, piece)
        if self.rtl:
            fmt.flag(foot._p.get_or_add_pPr(), "w:bidi")

    def _small_run(self, paragraph: Any, text: str) -> None:
        from docx.shared import Pt

        run = paragraph.add_run(text)
        run.font.size = Pt(8.5)
        run.font.rtl = True if self.rtl else None

    def finished(self) -> bytes:
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()


def _widths(rows: Sequence[Any], columns: int) -> list[float]:
    """How wide columns are, in letters: each holds its longest word, and a few short words beside each other; what is
    left goes to those with much text."""
    least, text = [4.0] * columns, [1.0] * columns
    for row in rows:
        if len(row) == columns:
            for place, cell in enumerate(row):
                words = " ".join(cell.text_content().split())
                whole = "nb" in cell.get("class", "").split() or len(words) <= SHORT
                longest = len(words) if whole else max((len(word) for word in words.split()), default=0)
                least[place] = max(least[place], min(longest, 18) + 2.5)
                text[place] = max(text[place], min(len(words), 200))
    left = max(LETTERS - sum(least), 0)
    return [one + left * much / sum(text) for one, much in zip(least, text, strict=True)]


def _span(cell: Any) -> int:
    return int(cell.get("colspan", "1"))


def _keep_with_next(cell: Any) -> None:
    """A heading of rows does not stand alone at the end of a page."""
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def _tidy(runs: Sequence[tuple[str, _Look]]) -> Iterator[tuple[str, _Look]]:
    """Runs with blanks made single, none beside a break or at the ends."""
    at_start = True
    kept: list[tuple[str, _Look]] = []
    for text, look in runs:
        words = text if text == "\n" else _SPACES.sub(" ", text)
        if at_start:
            words = words.lstrip(" ")
        if words == "\n" and kept:
            kept[-1] = (kept[-1][0].rstrip(" "), kept[-1][1])
        if words:
            kept.append((words, look))
            at_start = words.endswith((" ", "\n"))
    while kept and not kept[-1][0].strip():
        kept.pop()
    if kept:
        kept[-1] = (kept[-1][0].rstrip(), kept[-1][1])
    return iter(kept)
