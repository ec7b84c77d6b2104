"""Cells that begin like a formula: written so that no program runs them, and read back as they were. Pure.

A cell of a CSV that begins with one of these signs gets an apostrophe before it, one more where it begins with
apostrophes already; reading takes one away. What is no formula stays as it is. In a spreadsheet a text is a text, so
that only those that begin with an apostrophe get one more, and a CSV that was saved as a spreadsheet reads the same.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

_SIGNS = r"=+\-@\t\r\n|%＝＋－＠"
_LIKE_A_FORMULA = re.compile(rf"'*[{_SIGNS}]")
_WRITTEN = re.compile(rf"'+[{_SIGNS}]")
_CALCULATES = re.compile(r"\s*(?:[=＝]|[@+\-＋－＠]\s*[\w.]+\s*[(|!])")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def plain(text: str) -> str:
    """As a cell can hold it: lines end with one sign, nothing stands around them, and none of what XML cannot hold."""
    return _UNFIT.sub("", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def harmless(text: str) -> str:
    """A cell for a CSV."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def quoted(text: str) -> str:
    """A cell for a spreadsheet, which is written as a text."""
    return f"'{text}" if _WRITTEN.match(text) else text


def as_it_was(cell: str) -> str:
    """What was written by `harmless` or `quoted`."""
    return cell[1:] if _WRITTEN.match(cell) else cell


def would_calculate(text: str) -> bool:
    """Whether words are a formula written out, as `=HYPERLINK(...)` in a text that no spreadsheet made."""
    return _CALCULATES.match(text) is not None


def csv_of(above: Iterable[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV as spreadsheets open it at once, in UTF-8; `above` stands in rows of its own before the table."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([harmless(one)] for one in above if one)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
