"""Days drawn along a line, in lanes one above the other: a year on two tracks, the years of a process. Pure.

A strip is a picture of what its page says in words too: nothing stands in it alone. Measures are those of the drawing;
where one reads from the right the template mirrors them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

WIDTH = 1040
_TICKS, _NAME, _ROW, _BETWEEN = 18, 18, 16, 10
_NARROWEST = 5.0
_ROWS = 5
"""Rows of a lane; what overlaps beyond them lies on the last."""
_LETTER = 7.2
_NAME_LETTERS = 120
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn: its days, its ink, what it says. `lane` None: across all of them; `inside` is written in it."""

    first: date
    last: date
    words: str
    lane: int | None
    ink: str = "f1"
    inside: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A rectangle of the drawing."""

    x: float
    y: float
    width: float
    height: float
    ink: str
    words: str
    inside: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The ground of a lane, and its name above it."""

    words: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    """Where a month or a year begins, and its name in the middle of it."""

    x: float
    middle: float
    words: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A drawing: `now` is where today lies, None where it lies outside."""

    height: float
    lanes: list[Lane]
    pieces: list[Piece]
    ticks: list[Tick]
    now: float | None
    width: int = WIDTH


def strip(
    first: date, last: date, lanes: Sequence[str], things: Iterable[Drawn], ticks: Sequence[tuple[date, str]], on: date
) -> Strip:
    """The drawing of these days. `ticks` are beginnings with their names, in order."""
    days = (last - first).days + 1

    def at(day: date) -> float:
        return WIDTH * min(max((day - first).days, 0), days) / days

    def width_of(one: Drawn) -> tuple[float, float]:
        x, end = at(one.first), at(max(one.first, one.last)) + WIDTH / days
        return min(x, WIDTH - _NARROWEST), max(end - x, _NARROWEST)

    shown = sorted((one for one in things if one.first <= last and one.last >= first), key=lambda one: one.first)
    rows = [_rows([(one, width_of(one)) for one in shown if one.lane == number]) for number in range(len(lanes))]
    grounds, y = [], float(_TICKS)
    for words, placed in zip(lanes, rows, strict=True):
        height = _ROW * (1 + max((row for _one, _x, row in placed), default=0))
        grounds.append(Lane(_cut(words, _NAME_LETTERS), y + _NAME, height))
        y += _NAME + height + _BETWEEN
    pieces = []
    for one in shown:  # what lies across all lanes lies behind what stands on one
        if one.lane is None and grounds:
            x, width = width_of(one)
            top, bottom = grounds[0].y, grounds[-1].y + grounds[-1].height
            pieces.append(_piece(one, x, top, width, bottom - top))
    for ground, placed in zip(grounds, rows, strict=True):
        for one, (x, width), row in placed:
            pieces.append(_piece(one, x, ground.y + row * _ROW + 1.5, width, _ROW - 3))
    begins = [at(day) for day, _words in ticks] + [float(WIDTH)]
    marks = [
        Tick(round(x, 1), round((x + begins[number + 1]) / 2, 1), words)
        for number, (x, (_day, words)) in enumerate(zip(begins, ticks, strict=False))
    ]
    return Strip(y, grounds, pieces, marks, round(at(on), 1) if first <= on <= last else None)


def _rows(things: Sequence[tuple[Drawn, tuple[float, float]]]) -> list[tuple[Drawn, tuple[float, float], int]]:
    """Each thing with the first row on which nothing else lies where it lies."""
    ends: list[float] = []
    placed = []
    for one, (x, width) in things:
        row = next((number for number, end in enumerate(ends) if end <= x), len(ends))
        row = min(row, _ROWS - 1)
        if row == len(ends):
            ends.append(0.0)
        ends[row] = x + width + 1
        placed.append((one, (x, width), row))
    return placed


def _piece(one: Drawn, x: float, y: float, width: float, height: float) -> Piece:
    room = int((width - 6) / _LETTER)
    inside = one.inside if one.inside and len(one.inside) <= room else ""
    x, y, width, height = (round(measure, 1) for measure in (x, y, min(width, WIDTH - x), height))
    return Piece(x, y, width, height, one.ink, one.words, inside)


def _cut(words: str, letters: int) -> str:
    return words if len(words) <= letters else words[: letters - 1].rstrip() + _CUT
