"""The rows of a table, by what their columns are: what stands in the plan's own words, and what is yet to be looked up.
Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from secretariat.core.languages import lazy_gettext as _l
from secretariat.documents import cells as written
from secretariat.documents import sheets
from secretariat.plans.exchange import tongues
from secretariat.plans.exchange.columns import IN_LANGUAGES, LEVELS, NOT_TAKEN
from secretariat.plans.exchange.shape import Shape

Texts = Mapping[str, str]
_NUMBERED = re.compile(r"\s*((?:[A-Za-z]|\d{1,2})(?:\.\d{1,3})+\.?|\d{1,2}[.):])\s+(?=\S)", re.ASCII)
"""A number that stands before its words: `1.2 Border management`, `3) Return`."""
_COUNTED = re.compile(r"\s*(\d{1,2})\s+(?=\S)", re.ASCII)
"""A figure before words, which is a number where a whole column counts on so: `1 Return`, `2 Data`, `3 Borders`."""
_ENOUGH_TO_COUNT = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be known of a cell: its column and a sentence."""

    column: str
    sentence: Any


@dataclass(frozen=True, slots=True)
class Part:
    """An area, objective or activity as a row names it."""

    number: str
    texts: Texts

    def __bool__(self) -> bool:
        return bool(self.number or self.texts)


NONE = Part("", {})


@dataclass(slots=True)
class Row:
    """A row below the headings; `number` is as a spreadsheet shows it. `problems` and `notes` are of its cells alone:
    what cannot be taken, and how something was taken that could have been meant otherwise."""

    number: int
    parts: dict[str, Part] = field(default_factory=dict)
    words: Texts = field(default_factory=dict)
    lead: Texts = field(default_factory=dict)
    indicator: Texts = field(default_factory=dict)
    baseline: Texts = field(default_factory=dict)
    milestones: Texts = field(default_factory=dict)
    participant: str = ""
    partners: str = ""
    due: str = ""
    outside: str = ""
    not_taken: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    is_alone: bool = False
    """Whether it is one cell across the table that heads what comes below it."""

    @property
    def title(self) -> str:
        """What it is about, for who is told of it."""
        told = [self.words, *(self.parts[level].texts for level in reversed(LEVELS) if level in self.parts)]
        return next((text for texts in told for text in texts.values()), "")


def rows_of(sheet: sheets.Sheet, shape: Shape) -> list[Row]:
    """The rows of a sheet as they are to be read; those left out are not among them."""
    found = [
        _read(number, cells, shape)
        for number, cells in sheet.rows
        if number > shape.heading and number not in shape.left_out
    ]
    for level in _splits(shape):
        _count(found, level)
    above = _Above()
    for row in found:
        if row.is_alone:
            above.begin(shape.single, row.parts[shape.single])
            row.parts = dict(above.parts)
        else:
            _place(row, above, shape)
    return found


def _read(number: int, cells: Sequence[str], shape: Shape) -> Row:
    alone = _alone(cells) if shape.single else None
    if alone is None:
        return _row(number, cells, shape)
    part = _part("", {_first_language(shape): alone}, splits=True)
    return Row(number, parts={shape.single: part}, is_alone=True)


def _splits(shape: Shape) -> set[str]:
    """The levels whose numbers are looked for before their words: where no column holds them."""
    have_numbers = {one.name.removesuffix("_number") for one in shape.columns.values() if one.name.endswith("_number")}
    return set() if shape.is_own else set(LEVELS) - have_numbers


def _count(rows: Sequence[Row], level: str) -> None:
    """Take a bare figure for a number where everything at this level begins with one, and they count on from 1: a lone
    `2 workshops` keeps its figure."""
    named = [row for row in rows if row.parts.get(level)]
    told: list[int] = []
    last: Texts = {}
    for row in named:
        part = row.parts[level]
        found = None if part.number else _COUNTED.match(next(iter(part.texts.values())))
        if found is None:
            return
        if part.texts != last:
            told.append(int(found[1]))
            last = part.texts
    goes_on = all(one in (1, before + 1) for before, one in zip([0, *told], told, strict=False))
    if not goes_on or max(told, default=0) < _ENOUGH_TO_COUNT:
        return
    for row in named:
        row.parts[level] = _without_number(row.parts[level].texts, _COUNTED)
    sentence = _l("The figures before the words count on from 1 and are taken as numbers, here and below.")
    named[0].notes.append(Problem(level, sentence))


def _row(number: int, cells: Sequence[str], shape: Shape) -> Row:
    row = Row(number)
    texts: dict[str, dict[str, str]] = {name: {} for name in IN_LANGUAGES}
    said: dict[str, str] = {}
    for place, column in shape.columns.items():
        cell = cells[place] if place < len(cells) else ""
        if column.name in NOT_TAKEN:
            if cell and column.name not in row.not_taken:
                row.not_taken.append(column.name)
        elif sheets.is_formula(cell):
            row.problems.append(Problem(column.name, _formula(cell)))
        elif cell := written.plain(written.as_it_was(cell)):
            if column.name not in IN_LANGUAGES:
                said[column.name] = cell
            else:
                _in_languages(row, texts[column.name], column.name, cell, column.languages)
    splits = _splits(shape)
    for name in LEVELS:
        row.parts[name] = _part(said.get(f"{name}_number", ""), texts[name], splits=name in splits)
    row.words, row.lead, row.indicator = texts["words"], texts["lead"], texts["indicator"]
    row.baseline, row.milestones = texts["baseline"], texts["milestones"]
    row.participant, row.partners, row.due = (said.get(name, "") for name in ("participant", "partners", "due"))
    row.outside = said.get("outside", "")
    return row


def _formula(cell: str) -> Any:
    last = cell.removeprefix(sheets.FORMULA).strip()
    if last:
        return _l(
            "A formula stands here, and is not calculated; it last gave “%(last)s”. Write what it gives.",
            last=last[:60],
        )
    return _l("A formula stands here, and is not calculated; write what it gives.")


def _in_languages(row: Row, texts: dict[str, str], name: str, cell: str, languages: Sequence[str]) -> None:
    if len(languages) < 2:
        texts[languages[0] if languages else "en"] = cell
        return
    parted = tongues.parted(cell, languages)
    if parted is None:
        row.problems.append(
            Problem(name, _l("Two languages stand here and cannot be told apart; give each a line of its own."))
        )
    else:
        texts.update(parted)


def _part(number: str, texts: Mapping[str, str], *, splits: bool) -> Part:
    """With the number taken from before its words, where it stands there and nowhere else."""
    if splits and not number:
        return _without_number(texts, _NUMBERED)
    return Part(number.rstrip(".") if not number.isalpha() else number, texts)


def _without_number(texts: Texts, pattern: re.Pattern[str]) -> Part:
    found = {code: pattern.match(text) for code, text in texts.items()}
    number = next((one[1].rstrip(".):") for one in found.values() if one is not None), "")
    return Part(number, {code: text[one.end() :] if (one := found[code]) else text for code, text in texts.items()})


@dataclass(slots=True)
class _Above:
    """What stands above a row and goes on in its empty cells: parts by level, and the words of a commitment, which
    several participants share where a table names them one below the other."""

    parts: dict[str, Part] = field(default_factory=dict)
    words: Texts = field(default_factory=dict)
    said_in: int = 0
    """The row in which the words stand."""

    def begin(self, level: str, part: Part) -> None:
        """From here on something new stands at this level, and nothing below it."""
        for deeper in LEVELS[LEVELS.index(level) :]:
            self.parts.pop(deeper, None)
        self.parts[level], self.words = part, {}


def _place(row: Row, above: _Above, shape: Shape) -> None:
    """An empty cell means the one above it, down to the level at which the row says something new."""
    if not shape.fills_down:
        return
    if not any(row.parts[level] for level in LEVELS) and not row.participant and not row.words:
        return
    for level in LEVELS:
        if not row.parts[level]:
            row.parts[level] = above.parts.get(level, NONE)
        elif row.parts[level] != above.parts.get(level, NONE):
            above.begin(level, row.parts[level])
    if row.words:
        above.words, above.said_in = row.words, row.number
    elif row.participant and above.words and not any(one.column == "words" for one in row.problems):
        row.words = above.words
        note = _l("Nothing stands here; the words of row %(row)s are taken.", row=above.said_in)
        row.notes.append(Problem("words", note))


def _alone(cells: Sequence[str]) -> str | None:
    said = [one for one in cells if one]
    return said[0] if len(said) == 1 and not sheets.is_formula(said[0]) else None


def _first_language(shape: Shape) -> str:
    return next((one.languages[0] for one in shape.columns.values() if one.languages), "en")


def pieces(cell: str, *, lines_alone: bool) -> Iterator[str]:
    """The names of a cell that stand apart: a line each, and else a semicolon or a bullet between them."""
    for one in cell.split("\n") if lines_alone else re.split(r"[;\n•؛|]", cell):
        bare = " ".join(one.split()).strip(" -–·*") if not lines_alone else " ".join(one.split())
        if bare:
            yield bare
