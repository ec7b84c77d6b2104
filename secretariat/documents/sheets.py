"""Tables that people send, CSV or XLSX, as rows of text. Pure: nothing is calculated, drawn, fetched or run.

What a formula would give is not known here, so that its cell is told apart (`FORMULA`). Dates of a spreadsheet come as
`2009-04-23`. `rows_of` is the first sheet, each cell on one line; `book_of` is all of them, cells with their lines, and
what is merged downwards said again in each row.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

FORMULA: Final = "\ue000formula"
"""Stands in a cell that holds a formula: of a private area of Unicode, so that no text is taken for it. In a book what
it last gave follows."""
MOST_ROWS, MOST_COLUMNS = 20_000, 100
MOST_CHARACTERS = 8_000
"""Of one cell; what is longer is no title, name or date."""
_MOST_OF_A_PART = 12_000_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DATES = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
"""Formats of numbers that every spreadsheet knows as those of a date."""
_COLUMN = re.compile(r"([A-Z]{1,3})(\d+)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OLD = b"\xd0\xcf\x11\xe0"
"""What spreadsheets began with before XLSX, and what those that are locked still begin with."""
_END = "\ue001"
"""Stands behind the last row of a text, alone in its row unless a quotation mark before it is never closed: of a
private area of Unicode, so that no text ends so."""
_SNIFFED = 40
"""So many rows tell by what the cells of a text are parted."""

Rows = list[tuple[int, list[str]]]
"""The rows that hold something, each with its number as a spreadsheet shows it."""


class NotATable(ValueError):
    """What was sent cannot be read as a table; `why` is `encoding`, `broken`, `quote`, `locked`, `old`, `macros` or
    `large`. Of a quotation mark that nothing closes `row` is where it begins."""

    def __init__(self, why: str, row: int = 0) -> None:
        super().__init__(why)
        self.why, self.row = why, row


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name (empty of a CSV) and its rows."""

    name: str
    rows: Rows


def rows_of(content: bytes) -> Rows:
    """The rows of a table. Raises NotATable."""
    _check_age(content)
    if content.startswith(b"PK"):
        rows: Rows = _opened(content, lambda book: book.rows(book.sheets()[0], _in_a_line))
        return rows
    return _in_text(content, _in_a_line)


def book_of(content: bytes) -> list[Sheet]:
    """Every sheet that is not hidden and holds something. Raises NotATable."""
    _check_age(content)
    if content.startswith(b"PK"):
        found = _opened(
            content, lambda book: [Sheet(one.name, book.rows(one, _in_lines, merged=True)) for one in book.sheets()]
        )
    else:
        found = [Sheet("", _in_text(content, _in_lines))]
    return [one for one in found if one.rows]


def is_formula(cell: str) -> bool:
    """Whether a formula stands in a cell."""
    return cell.startswith(FORMULA)


def _check_age(content: bytes) -> None:
    if content.startswith(_OLD):
        raise NotATable("old")


def _in_a_line(cell: str) -> str:
    return FORMULA if is_formula(cell) else " ".join(cell.split())


def _in_lines(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()


# --- CSV ----------------------------------------------------------------------------------------------------------


def _in_text(content: bytes, cleaned: Callable[[str], str]) -> Rows:
    text = decoded(content)
    found: Rows = []
    reader = csv.reader(StringIO(f"{text}\n{_END}", newline=""), delimiter=_separator(text))
    begins = 1
    try:
        for cells in reader:
            if cells == [_END]:
                break
            if cells[-1:] and cells[-1].endswith(f"\n{_END}"):  # all the rest became one cell
                raise NotATable("quote", begins)
            _take(found, reader.line_num, map(cleaned, cells))
            begins = reader.line_num + 1
    except csv.Error:  # also where one cell grew beyond what is read
        quoted = '"' in "".join(text.split("\n")[begins - 1 : begins])
        raise (NotATable("quote", begins) if quoted else NotATable("broken")) from None
    return found


def _separator(text: str) -> str:
    """The sign by which the largest share of the first rows has equally many cells; a comma in words parts nothing. A
    share, for a wrong sign takes each line of a cell of several lines for a row."""

    def told(sign: str) -> tuple[float, int]:
        widths: Counter[int] = Counter()
        reader = csv.reader(StringIO(text, newline=""), delimiter=sign)
        try:
            for _row in range(_SNIFFED):
                widths[len(next(reader))] += 1
        except (StopIteration, csv.Error):
            pass
        width, rows = max(widths.items(), key=lambda one: (one[0] > 1, one[1], one[0]), default=(0, 0))
        return (rows / widths.total() if width > 1 else 0), width

    return max(",;\t", key=told)


def decoded(content: bytes) -> str:
    """A text in UTF-8 or UTF-16. Raises NotATable."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise NotATable("encoding") from None
    if "\0" in text:
        raise NotATable("broken")
    return text


def _take(found: Rows, number: int, row: Iterable[str]) -> None:
    cells = list(row)[:MOST_COLUMNS]
    if not any(cells):
        return
    if len(found) >= MOST_ROWS or any(len(one) > MOST_CHARACTERS for one in cells):
        raise NotATable("large")
    found.append((number, cells))


# --- XLSX ---------------------------------------------------------------------------------------------------------


def _opened(content: bytes, read: Callable[[_Workbook], Any]) -> Any:
    from lxml import etree  # takes a moment to load, and most requests bring no table

    try:
        with ZipFile(BytesIO(content)) as book:
            if any(one.flag_bits & 1 for one in book.infolist()):
                raise NotATable("locked")
            if any(one.filename.lower().endswith("vbaproject.bin") for one in book.infolist()):
                raise NotATable("macros")
            return read(_Workbook(book))
    except (BadZipFile, KeyError, ValueError, OSError, EOFError, NotImplementedError, etree.XMLSyntaxError) as problem:
        raise problem if isinstance(problem, NotATable) else NotATable("broken") from None


@dataclass(frozen=True, slots=True)
class _Named:
    """A sheet by its name and the part of the file it stands in."""

    name: str
    part: str


class _Workbook:
    """The sheets of a spreadsheet."""

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

    def rows(self, of: _Named, cleaned: Callable[[str], str], *, merged: bool = False) -> Rows:
        """Read row by row, so that a long sheet is never held twice."""
        from lxml import etree

        found: Rows = []
        ranges: list[str] = []
        stream = self.book.open(self._bounded(of.part))
        tags = (f"{_MAIN}row", f"{_MAIN}mergeCell")
        for _event, one in etree.iterparse(stream, tag=tags, resolve_entities=False, no_network=True):
            if one.tag == tags[1]:
                ranges.append(str(one.get("ref") or ""))
                continue
            said = one.get("r") or ""
            number = int(said) if said.isdecimal() else (found[-1][0] if found else 0) + 1
            _take(found, number, map(cleaned, self._cells(one)))
            one.clear()
            while one.getprevious() is not None:
                del one.getparent()[0]
        if merged:
            _say_again(found, ranges)
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
            return FORMULA + self._value(cell)
        return self._value(cell)

    def _value(self, cell: Any) -> str:
        kind, value = cell.get("t") or "n", cell.findtext(f"{_MAIN}v") or ""
        if kind == "s":
            return self.words[int(value)] if value.isdecimal() and int(value) < len(self.words) else ""
        if kind == "inlineStr":
            return _words(cell.find(f"{_MAIN}is"))
        if kind in ("str", "d"):
            return _unescaped(value.removesuffix("T00:00:00"))
        if kind != "n":
            return ""  # true, false, and errors say nothing here
        style = cell.get("s") or ""
        return self._day(value) if style in self.dates else _number(value)

    def _day(self, value: str) -> str:
        try:
            return (self.first_day + timedelta(days=int(float(value)))).isoformat()
        except (ValueError, OverflowError):
            return value

    def sheets(self) -> list[_Named]:
        """Those one sees, in their order."""
        relations = self._part("xl/_rels/workbook.xml.rels")
        targets = {one.get("Id"): str(one.get("Target") or "") for one in (relations if relations is not None else ())}
        found = [
            _Named(str(one.get("name") or ""), _path(targets[one.get(_RELATION)]))
            for one in self.root.iter(f"{_MAIN}sheet")
            if one.get("state") in (None, "visible") and one.get(_RELATION) in targets
        ]
        there = [one for one in found if one.part in self.parts]
        return there or [_Named("", "xl/worksheets/sheet1.xml")]

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

        if name not in self.parts:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(self.book.read(self._bounded(name)), parser)

    def _bounded(self, name: str) -> str:
        if name not in self.parts:
            raise NotATable("broken")
        if self.parts[name].file_size > _MOST_OF_A_PART:
            raise NotATable("large")
        return name


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _say_again(rows: Rows, ranges: Iterable[str]) -> None:
    """What is merged over several rows stands in each of them; what is merged over several columns stays in its first,
    for it is a title."""
    at = dict(rows)
    for one in ranges:
        first, _to, last = one.partition(":")
        begins, ends = _COLUMN.fullmatch(first), _COLUMN.fullmatch(last)
        if begins is None or ends is None:
            continue
        column, top = _column(first, 0), int(begins[2])
        said = at.get(top, [])[column : column + 1]
        if not said or not said[0]:
            continue
        for number in range(top + 1, min(int(ends[2]), top + MOST_ROWS) + 1):
            cells = at.get(number)
            if cells is not None:
                cells += [""] * (column + 1 - len(cells))
                cells[column] = said[0]


def _words(element: Any) -> str:
    """The text of a cell with formats in it; how its characters are spoken is left out."""
    if element is None:
        return ""
    spoken = {id(one) for hint in element.iter(f"{_MAIN}rPh") for one in hint.iter(f"{_MAIN}t")}
    return _unescaped("".join(one.text or "" for one in element.iter(f"{_MAIN}t") if id(one) not in spoken))


def _unescaped(text: str) -> str:
    """With the signs a spreadsheet writes as `_x000D_`; of those nobody can read none is kept."""
    return _ESCAPED.sub(lambda found: _readable(chr(int(found[1], 16))), text) if "_x" in text else text


def _readable(sign: str) -> str:
    return sign if sign.isprintable() or sign in "\n\r\t" else ""


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
