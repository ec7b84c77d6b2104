"""How a list of contacts is to be read: its sheet, its headings, its columns, and what was said of single rows.
Guessed, then chosen. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from secretariat.correspondence.contact_lists import columns
from secretariat.correspondence.contact_lists.columns import COLUMNS, PARTICIPANT
from secretariat.documents.sheets import Sheet

_AMONG = 40
MOST_COLUMNS_SHOWN = 40
MERGE, APART, OUT = "merge", "apart", "out"
"""What is said of a row that is likely somebody who is there already: the same person, another one, leave it out."""


@dataclass(frozen=True, slots=True)
class Shape:
    """`sheet` and the places of `columns` count from 0, `heading` is a row as a spreadsheet shows it (0: none).
    `for_all` is the participant all of them act for, as text. `fills_down`: an empty cell of the participant means the
    one above it. `lenient`: numbers and addresses that are none are left out, and the rest of the row comes in. `names`
    are answers to names of participants nobody has here, `said` what was said of rows, by number."""

    sheet: int = 0
    heading: int = 1
    columns: Mapping[int, str] = field(default_factory=dict)
    for_all: str = ""
    fills_down: bool = False
    lenient: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[int, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "heading": self.heading,
            "columns": {str(place): one for place, one in self.columns.items()},
            "for_all": self.for_all,
            "fills_down": self.fills_down,
            "lenient": self.lenient,
            "names": dict(self.names),
            "said": {str(row): one for row, one in self.said.items()},
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Shape:
        known = {*COLUMNS, columns.PROGRAMS}
        return cls(
            told["sheet"], told["heading"],
            {int(place): one for place, one in told["columns"].items() if one in known},
            told["for_all"], told["fills_down"], told["lenient"], told["names"],
            {int(row): one for row, one in told["said"].items()},
        )  # fmt: skip


def guess(book: Sequence[Sheet], *, sheet: int | None = None, heading: int | None = None) -> Shape:
    """How a list is most likely to be read; `sheet` and `heading` where they are chosen already."""
    tried = range(len(book)) if sheet is None or not 0 <= sheet < len(book) else [sheet]
    best = max(tried, key=lambda one: (_best_row(book[one])[0], len(book[one].rows)))
    rows = book[best].rows
    number = heading if heading in {one for one, _cells in rows} else _best_row(book[best])[1]
    cells = next((cells for one, cells in rows if one == number), [])
    found = columns.guess(cells)
    below = [cells for one, cells in rows if one > number]
    return Shape(sheet=best, heading=number, columns=found, fills_down=_leaves_out(below, found))


def _leaves_out(below: Sequence[Sequence[str]], found: Mapping[int, str]) -> bool:
    """Whether some rows leave the participant to the row above."""
    at = next((place for place, one in found.items() if one == PARTICIPANT), None)
    if at is None or not below:
        return False
    said = [at < len(cells) and bool(cells[at]) for cells in below]
    return said[0] and not all(said)


def headings_of(book: Sequence[Sheet], shape: Shape) -> list[str]:
    """The headings of the chosen sheet, column by column."""
    rows = book[shape.sheet].rows if shape.sheet < len(book) else []
    cells = next((cells for one, cells in rows if one == shape.heading), [])
    most = max([len(cells), *(len(one) for _number, one in rows[:200])], default=0)
    return [*cells, *[""] * (most - len(cells))][:MOST_COLUMNS_SHOWN]


def sample(book: Sequence[Sheet], shape: Shape, place: int) -> str:
    """The first words below a heading, to choose by."""
    rows = book[shape.sheet].rows if shape.sheet < len(book) else []
    below = (cells[place] for one, cells in rows if one > shape.heading and place < len(cells) and cells[place])
    return next(below, "")[:80]


def _best_row(sheet: Sheet) -> tuple[int, int]:
    """How many columns the best row of headings names, and its number."""
    found = [(len(columns.guess(cells)), -place, number) for place, (number, cells) in enumerate(sheet.rows[:_AMONG])]
    known, _place, number = max(found, default=(0, 0, 1))
    if known >= 2:
        return known, number
    return known, next((number for number, cells in sheet.rows[:_AMONG] if sum(map(bool, cells)) > 1), number)
