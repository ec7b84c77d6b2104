"""Tables that people send, CSV or XLSX, as rows of text. Pure: nothing is calculated, drawn, fetched or run.

What a formula would give is not known here, so that its cell is told apart (`FORMULA`). Dates of a spreadsheet come as
`2009-04-23`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

FORMULA: Final = "\ue000formula"
"""Stands in a cell that holds a formula: of a private area of Unicode, so that no text is taken for it."""
MOST_ROWS, MOST_COLUMNS = 20_000, 100
MOST_CHARACTERS = 8_000
"""Of one cell; what is longer is no title, name or date."""
_MOST_OF_A_PART = 12_000_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DATES = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
"""Formats of numbers that every spreadsheet knows as those of a date."""
_COLUMN = re.compile(r"([A-Z]{1,3})\d+")

Rows = list[tuple[int, list[str]]]
"""The rows that hold something, each with its number as a spreadsheet shows it."""


class NotATable(ValueError):
    """What was sent cannot be read as a table; `why` is `encoding`, `broken`, `locked` or `large`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def rows_of(content: bytes) -> Rows:
    """The rows of a table. Raises NotATable."""
    return _in_workbook(content) if content.startswith(b"PK") else _in_text(content)


# --- CSV ----------------------------------------------------------------------------------------------------------


def _in_text(content: bytes) -> Rows:
    text = _decoded(content)
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    found: Rows = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            _take(found, reader.line_num, cells)
    except csv.Error:
        raise NotATable("broken") from None
    return found


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise NotATable("encoding") from None
    if "\0" in text:
        raise NotATable("broken")
    return text


def _take(found: Rows, number: int, cells: list[str]) -> None:
    cells = [" ".join(one.split()) for one in cells[:MOST_COLUMNS]]
    if not any(cells):
        return
    if len(found) >= MOST_ROWS or any(len(one) > MOST_CHARACTERS for one in cells):
        raise NotATable("large")
    found.append((number, cells))


# --- XLSX ---------------------------------------------------------------------------------------------------------


def _in_workbook(content: bytes) -> Rows:
    from lxml import etree  # takes a moment to load, and most requests bring no table

    try:
        with ZipFile(BytesIO(content)) as book:
            if any(one.flag_bits & 1 for one in book.infolist()):
                raise NotATable("locked")
            return _Workbook(book).rows()
    except (BadZipFile, KeyError, ValueError, OSError, EOFError, NotImplementedError, etree.XMLSyntaxError) as problem:
        raise problem if isinstance(problem, NotATable) else NotATable("broken") from None


class _Workbook:
    """The first sheet of a spreadsheet."""

    def __init__(self, book: ZipFile) -> None:
        self.book = book
        self.parts = {one.filename: one for one in book.infolist()}
        self.root = self._part("xl/workbook.xml")
        if self.root is None:
            raise NotATable("broken")
        properties = self.root.find(f"{_MAIN}workbookPr")
        since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self.first_day = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
        self.words = list(self._shared())
        self.dates = self._formats_of_dates()

    def rows(self) -> Rows:
        sheet = self._part(self._first_sheet())
        if sheet is None:
            raise NotATable("broken")
        found: Rows = []
        for place, row in enumerate(sheet.iter(f"{_MAIN}row"), start=1):
            said = row.get("r") or ""
            _take(found, int(said) if said.isdecimal() else place, self._cells(row))
        return found

    def _cells(self, row: Any) -> list[str]:
        cells: list[str] = []
        for cell in row.iter(f"{_MAIN}c"):
            at = _column(cell.get("r") or "", len(cells))
            if at >= MOST_COLUMNS:
                break
            cells += [""] * (at + 1 - len(cells))
            cells[at] = self._text(cell)
        return cells

    def _text(self, cell: Any) -> str:
        if cell.find(f"{_MAIN}f") is not None:
            return FORMULA
        kind, value = cell.get("t") or "n", cell.findtext(f"{_MAIN}v") or ""
        if kind == "s":
            return self.words[int(value)] if value.isdecimal() and int(value) < len(self.words) else ""
        if kind == "inlineStr":
            return _words(cell.find(f"{_MAIN}is"))
        if kind in ("str", "d"):
            return value.removesuffix("T00:00:00")
        if kind != "n":
            return ""  # true, false, and errors say nothing here
        style = cell.get("s") or ""
        return self._day(value) if style in self.dates else _number(value)

    def _day(self, value: str) -> str:
        try:
            return (self.first_day + timedelta(days=int(float(value)))).isoformat()
        except (ValueError, OverflowError):
            return value

    def _first_sheet(self) -> str:
        sheets = [one for one in self.root.iter(f"{_MAIN}sheet") if one.get("state") in (None, "visible")]
        relations = self._part("xl/_rels/workbook.xml.rels")
        if sheets and relations is not None:
            for one in relations:
                if one.get("Id") == sheets[0].get(_RELATION):
                    target = str(one.get("Target") or "")
                    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return "xl/worksheets/sheet1.xml"

    def _shared(self) -> Iterator[str]:
        root = self._part("xl/sharedStrings.xml")
        if root is not None:
            for one in root.iter(f"{_MAIN}si"):
                yield _words(one)

    def _formats_of_dates(self) -> frozenset[str]:
        """Numbers of the styles of cells that show a day."""
        root = self._part("xl/styles.xml")
        if root is None:
            return frozenset()
        own = {one.get("numFmtId"): str(one.get("formatCode") or "") for one in root.iter(f"{_MAIN}numFmt")}
        styles = root.find(f"{_MAIN}cellXfs")
        found = set()
        for place, one in enumerate(styles if styles is not None else ()):
            key = one.get("numFmtId") or "0"
            if (key.isdecimal() and int(key) in _DATES) or _shows_a_day(own.get(key, "")):
                found.add(str(place))
        return frozenset(found)

    def _part(self, name: str) -> Any:
        from lxml import etree

        part = self.parts.get(name)
        if part is None:
            return None
        if part.file_size > _MOST_OF_A_PART:
            raise NotATable("large")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(self.book.read(part), parser)


def _words(element: Any) -> str:
    """The text of a cell with formats in it; how its characters are spoken is left out."""
    if element is None:
        return ""
    spoken = {id(one) for hint in element.iter(f"{_MAIN}rPh") for one in hint.iter(f"{_MAIN}t")}
    return "".join(one.text or "" for one in element.iter(f"{_MAIN}t") if id(one) not in spoken)


def _column(address: str, otherwise: int) -> int:
    """The place of a cell such as `AB12`, counted from 0."""
    found = _COLUMN.fullmatch(address)
    if found is None:
        return otherwise
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _number(value: str) -> str:
    """A whole number without a point: a year, the number of an item."""
    try:
        return str(int(float(value))) if float(value).is_integer() else value
    except (ValueError, OverflowError):
        return value


def _shows_a_day(code: str) -> bool:
    plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code).lower()
    return "y" in plain or ("d" in plain and "m" in plain)
