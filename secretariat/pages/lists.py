"""Pages of a long list, and filters that are part of the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from secretariat.pages import languages

ROWS = 100
"""Rows on a page; a print has all."""
_NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one is in a long list. Numbers count from 1; an empty list has one page."""

    number: int
    total: int
    rows: int = ROWS

    @property
    def count(self) -> int:
        return max(1, -(-self.total // self.rows))

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.number - 1) * self.rows

    @property
    def first(self) -> int:
        return self.offset + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.offset + self.rows, self.total)

    @property
    def earlier(self) -> str | None:
        return here_with(page=self.number - 1) if self.number > 1 else None

    @property
    def later(self) -> str | None:
        return here_with(page=self.number + 1) if self.number < self.count else None

    @property
    def around(self) -> list[tuple[int | None, str]]:
        """Numbers to show with their addresses; None stands for those left out."""
        wanted = {1, self.count, *range(self.number - _NEIGHBOURS, self.number + _NEIGHBOURS + 1)}
        shown: list[tuple[int | None, str]] = []
        before = 0
        for number in sorted(n for n in wanted if 1 <= n <= self.count):
            if number > before + 1:
                shown.append((None, ""))
            shown.append((number, here_with(page=number)))
            before = number
        return shown


def pages_of(total: int, rows: int = ROWS) -> Pages:
    """The page asked for by `?page=`; nonsense and what lies beyond the end give the nearest there is."""
    pages = Pages(1, total, rows)
    asked = request.args.get("page", 1, type=int)
    return Pages(min(max(asked, 1), pages.count), total, rows)


def here_with(**changes: Any) -> str:
    """The present address under the same filters, with some of them changed; None takes one away.

    A change of filter begins again at the first page.
    """
    values = languages.asked_for()
    if "page" not in changes or changes["page"] == 1:
        values.pop("page", None)
        changes = {name: value for name, value in changes.items() if name != "page"}
    for name, value in changes.items():
        if value is None:
            values.pop(name, None)
        else:
            values[name] = value
    return url_for(request.endpoint or "", **{**values, **(request.view_args or {})})


def chips(words: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """Filters in force that have words, each with the address that takes it away."""
    return [
        (shown, here_with(**{name: None}))
        for name, shown in words.items()
        if request.args.get(name, "").strip() and shown
    ]
