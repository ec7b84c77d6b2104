"""How a table is to be read: its sheet, its headings, what stands in which column. Guessed, then chosen. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from secretariat.documents.headings import folded
from secretariat.documents.sheets import Sheet
from secretariat.plans.exchange import columns, days, steps
from secretariat.plans.exchange.columns import Column

_AMONG = 40
"""The headings stand in one of so many first rows: above them are titles, markings, remarks."""
MOST_COLUMNS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Shape:
    """`sheet` counts from 0, `heading` is the number of a row as a spreadsheet shows it, `columns` counts from 0.

    `fills_down`: an empty cell of an area, objective or activity means the one above it; so do the words of a
    commitment where somebody is named beside them. `single`: what a row with one cell begins, `area`, `objective` or
    nothing. `names` are answers to names nobody has here, by what is written (folded): the id of a participant,
    `members`, `partner` or `nobody`. `left_out` are numbers of rows.
    """

    sheet: int = 0
    heading: int = 1
    columns: Mapping[int, Column] = field(default_factory=dict)
    day_first: bool = True
    fills_down: bool = True
    single: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[int, ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether it is the shape of a table that went out from here."""
        return columns.is_own(self.columns)

    def to_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "heading": self.heading,
            "columns": {str(place): one.key for place, one in self.columns.items()},
            "day_first": self.day_first,
            "fills_down": self.fills_down,
            "single": self.single,
            "names": dict(self.names),
            "left_out": list(self.left_out),
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Shape:
        found = {int(place): Column.of(key) for place, key in said["columns"].items()}
        return cls(
            said["sheet"], said["heading"], {place: one for place, one in found.items() if one is not None},
            said["day_first"], said["fills_down"], said["single"], said["names"], tuple(said["left_out"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Habit:
    """What was chosen before in a process: columns by their folded headings, answers to names."""

    columns: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def with_choices(self, headings: Mapping[str, str], shape: Shape) -> Habit:
        """The same, with what was chosen now; a column that was set aside is remembered as none."""
        return Habit({**self.columns, **headings}, {**self.names, **shape.names})


def guess(
    book: Sequence[Sheet],
    habit: Habit,
    languages: Sequence[str],
    *,
    sheet: int | None = None,
    heading: int | None = None,
) -> Shape:
    """How a table is most likely to be read; `sheet` and `heading` where they are chosen already."""
    tried = range(len(book)) if sheet is None or not 0 <= sheet < len(book) else [sheet]
    best = max(tried, key=lambda one: (_best_row(book[one], habit, languages)[0], len(book[one].rows)))
    rows = book[best].rows
    number = heading if heading in {one for one, _cells in rows} else _best_row(book[best], habit, languages)[1]
    cells = next((cells for one, cells in rows if one == number), [])
    found = columns.guess(cells, habit.columns, languages)
    below = [cells for one, cells in rows if one > (number or 0)]
    found = _with_undated(below, found)
    return Shape(
        sheet=best,
        heading=number or 1,
        columns=found,
        day_first=_day_first(below, found),
        fills_down=not columns.is_own(found),
        single=_single(below, found),
        names=dict(habit.names),
    )


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


def remembered(book: Sequence[Sheet], shape: Shape) -> dict[str, str]:
    """What was chosen, by heading."""
    headings = headings_of(book, shape)
    return {folded(one): shape.columns[at].key if at in shape.columns else "" for at, one in enumerate(headings) if one}


def _best_row(sheet: Sheet, habit: Habit, languages: Sequence[str]) -> tuple[int, int]:
    """How many columns the best row of headings names, and its number."""
    found = [
        (len(columns.guess(cells, habit.columns, languages)), -place, number)
        for place, (number, cells) in enumerate(sheet.rows[:_AMONG])
    ]
    known, _place, number = max(found, default=(0, 0, 1))
    if known >= 2:
        return known, number
    wide = next((number for number, cells in sheet.rows[:_AMONG] if sum(map(bool, cells)) > 1), number)
    return known, wide


def _day_first(below: Sequence[Sequence[str]], found: Mapping[int, Column]) -> bool:
    at = next((place for place, one in found.items() if one.name == "due"), None)
    if at is None:
        return True
    told = days.is_day_first(cells[at] for cells in below if at < len(cells))
    return True if told is None else told


def _with_undated(below: Sequence[Sequence[str]], found: Mapping[int, Column]) -> dict[int, Column]:
    """Milestones are days with words. Where they have none, others mean by it what is done on the way: an activity, or
    nothing that has a place here."""
    kept = dict(found)
    for place, column in found.items():
        if column.name != "milestones":
            continue
        told = [cells[place] for cells in below if place < len(cells) and cells[place]]
        if told and sum(map(steps.is_dated, told)) * 2 < len(told):
            del kept[place]
            if "activity" not in {one.name for one in found.values()}:
                kept[place] = Column("activity", column.languages)
    return kept


def _single(below: Sequence[Sequence[str]], found: Mapping[int, Column]) -> str:
    """Rows with one cell begin an area, where there is no column of areas and some rows have more."""
    if "area" in {one.name for one in found.values()} or not below:
        return ""
    lone = sum(_is_single(cells) for cells in below)
    return "area" if 0 < lone < len(below) / 2 else ""


def _is_single(cells: Sequence[str]) -> bool:
    return sum(map(bool, cells)) == 1
