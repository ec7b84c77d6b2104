"""Tables as XLSX: one sheet with its marking, every cell a text and never a formula or a link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import Any

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEAD_ROWS = 1
LINE = 15
"""The height of a line, in points."""
_LANDSCAPE_A4 = 9
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST = 32_767
"""Characters a cell can hold."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be written: what stands above it, its headings with the width of each column, and its rows.

    `marking` stands above the table and at the foot of every printed page; `copy_of` says whose copy it is. With
    `filters` the program offers to filter and sort by each column.
    """

    title: str
    above: Sequence[str]
    headings: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]
    marking: str = ""
    copy_of: str = ""
    foot: str = ""
    right_to_left: bool = False
    sheet: str = "1"
    filters: bool = False


def xlsx(table: Table) -> bytes:
    """The file. Texts that begin like a formula, a number or an address stay texts."""
    from xlsxwriter import Workbook  # loaded by whoever makes a table, and by nobody else

    file = BytesIO()
    book = Workbook(
        file,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": table.title})
    sheet = book.add_worksheet(table.sheet)
    reads = {"reading_order": 2 if table.right_to_left else 1, "text_wrap": True, "valign": "top"}
    bold, title = book.add_format({**reads, "bold": True}), book.add_format({**reads, "bold": True, "font_size": 14})
    heading, cell = book.add_format({**reads, "bold": True, "bottom": 1}), book.add_format(reads)
    marked, plain = book.add_format({**reads, "bold": True, "border": 1}), book.add_format(reads)
    for column, (_words, width) in enumerate(table.headings):
        sheet.set_column(column, column, width)
    widths = [width for _words, width in table.headings]
    above = [
        (table.marking, marked),
        (table.copy_of, bold),
        (table.title, title),
        *((one, plain) for one in table.above),
    ]
    at = 0
    for words, form in above:
        if words:
            sheet.merge_range(at, 0, at, len(widths) - 1, "", form)
            _text(sheet, at, 0, words, form)
            sheet.set_row(at, _height([words], [sum(widths)], LINE * 4 // 3 if form is title else LINE))
            at += 1
    at += 1
    words_of = [words for words, _width in table.headings]
    for place, row in enumerate([words_of, *table.rows], start=at):
        sheet.set_row(place, _height(row, widths))
        for column, words in enumerate(row):
            _text(sheet, place, column, words, heading if place == at else cell)
    if table.filters:
        sheet.autofilter(at, 0, at + len(table.rows), len(widths) - 1)
    _pages(sheet, table, at)
    book.close()
    return file.getvalue()


def _height(row: Sequence[str], widths: Sequence[int], line: int = LINE) -> int:
    """How high a row must be for its longest cell: programs work it out for themselves only when one types in it."""
    return line * max(ceil(len(words) / width) or 1 for words, width in zip(row, widths, strict=True))


def _text(sheet: Any, row: int, column: int, words: str, form: Any = None) -> None:
    sheet.write_string(row, column, _UNFIT.sub("", words)[:LONGEST], form)


def _pages(sheet: Any, table: Table, heading: int) -> None:
    """How it prints: across, headings again on every page, the marking at the head and foot of each."""
    if table.right_to_left:
        sheet.right_to_left()
    sheet.freeze_panes(heading + _HEAD_ROWS, 0)
    sheet.set_landscape()
    sheet.set_paper(_LANDSCAPE_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading)
    sheet.set_header(f"&C{_at_most(table.marking, 200)}")
    sheet.set_footer(f"&L{_at_most(table.foot)}&C{_at_most(table.copy_of)}&R&P / &N")


def _at_most(words: str, most: int = 75) -> str:
    """Head and foot hold 255 signs in all, and take `&` for an order."""
    kept = words if len(words) <= most else f"{words[: most - 1]}…"
    return kept.replace("&", "&&")
