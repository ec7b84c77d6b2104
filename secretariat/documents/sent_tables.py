"""Tables that people send to be looked at before anything of them is kept: opened, or a sentence why they cannot be.
Pure."""

from __future__ import annotations

from typing import Any

from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.documents import sheets

MOST_BYTES = 15_000_000
FIELD = "table"


def opened(content: bytes, too_large: Any) -> list[sheets.Sheet]:
    """Every sheet of it that holds something. Raises Refused; `too_large` is said of one that is larger than what it is
    for can be."""
    if len(content) > MOST_BYTES:
        raise Refused(str(too_large), FIELD)
    if content.startswith(b"%PDF-"):
        raise Refused(_("This is a PDF. Save the table as XLSX or CSV where it was made, and choose that one."), FIELD)
    try:
        book = sheets.book_of(content)
    except sheets.NotATable as problem:
        raise Refused(why_not(problem, too_large), FIELD) from None
    if not book:
        raise Refused(_("This table is empty."), FIELD)
    return book


def why_not(problem: sheets.NotATable, too_large: Any) -> str:
    """Why a table cannot be read, and what helps."""
    why = problem.why
    if why == "quote":
        return never_closed(problem.row)
    if why == "encoding":
        return _("The letters of this table cannot be read. Save it as XLSX, or as CSV in UTF-8, and choose that one.")
    if why in ("locked", "old"):
        return _("This file is locked, or of an older kind. Save it as XLSX without a password and choose that one.")
    if why == "macros":
        return _("This file holds macros, which are never run here. Save it as XLSX without them and choose that one.")
    if why == "large":
        return str(too_large)
    return _("This table cannot be opened. Save it anew as XLSX, or as CSV in UTF-8, and choose that one.")


def never_closed(row: int) -> str:
    """Of a quotation mark that swallows all the rows behind it."""
    return _(
        "A quotation mark in row %(row)s is never closed, so that the rows behind it cannot be told apart. Close it or "
        "take it away, and choose the file again.",
        row=row,
    )
