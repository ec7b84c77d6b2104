"""The table of a plan as it stands on a page: areas, objectives and activities with the commitments in them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from secretariat.plans.status import NOT_YET_REPORTED, Status

Key = tuple[str, int, str]
_LAST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: `kind` is group (objective), act (activity) or c (commitment)."""

    kind: str
    thing: Any


@dataclass(slots=True)
class Section:
    """An area and what stands in it; None for what stands in no area."""

    area: Any
    groups: list[list[Line]] = field(default_factory=list)

    def put(self, line: Line) -> None:
        """Lines of one objective stand together, so that a table's bodies are its objectives."""
        if line.kind == "group" or not self.groups:
            self.groups.append([])
        self.groups[-1].append(line)


def key_of(commitment: Any) -> Key:
    """What commitments are sorted by; a proposal stands after those of its part that have a number."""
    return commitment.place, commitment.number or _LAST, str(commitment.id)


def merged(rows: Sequence[Any], proposals: Iterable[Any], before: Any | None, *, is_last: bool) -> list[Any]:
    """A page of commitments with the proposals that stand among them.

    `before` is the last commitment of the page before this one. Each proposal stands on exactly one page.
    """
    low = key_of(before) if before is not None else None
    high = key_of(rows[-1]) if rows and not is_last else None
    here = [
        one
        for one in proposals
        if (low is None or key_of(one) > low) and (is_last or (high is not None and key_of(one) <= high))
    ]
    return sorted([*rows, *here], key=key_of)


def sections(outline: Sequence[Any], rows: Sequence[Any], *, whole: bool) -> list[Section]:
    """The table: `outline` are the parts of the plan in order, `rows` what is shown. `whole` shows empty parts too,
    but for those that were taken out."""
    parts = {part.id: part for part in outline}
    wanted: set[UUID] = {part.id for part in outline if part.taken_out_at is None} if whole else set()
    for row in rows:
        wanted.update(one for one in (row.area_id, row.objective_id, row.activity_id) if one in parts)
    lines: list[tuple[Key, Any]] = [((part.place, 0, ""), part) for part in outline if part.id in wanted]
    lines += [(key_of(row), row) for row in rows]
    found: list[Section] = []
    for _key, thing in sorted(lines, key=lambda line: line[0]):
        area_id = thing.id if thing.__tablename__ == "areas" else thing.area_id
        if not found or (found[-1].area.id if found[-1].area else None) != area_id:
            found.append(Section(parts.get(area_id)))
        kind = {"areas": "", "objectives": "group", "activities": "act"}.get(thing.__tablename__, "c")
        if kind:
            found[-1].put(Line(kind, thing))
    return found


# --- bars: one ink in three strengths, and a hatch for what is not known --------------------------------------------

BAR_WIDTH = 320
_GAP = 1.5
_STRENGTHS = (
    ("f1", (Status.COMPLETED.value,)),
    ("f2", (Status.IN_PROGRESS.value,)),
    ("f3", (Status.NOT_YET_STARTED.value, Status.POSTPONED.value)),
    ("hatch", (NOT_YET_REPORTED,)),
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar: where it begins, how wide it is, its ink and for how many it stands."""

    x: float
    width: float
    ink: str
    number: int


def bar(counts: dict[str, int], width: int = BAR_WIDTH, most: int = 0) -> list[Segment]:
    """The bar of an area. Withdrawn commitments are not in it; `most` is the number that fills the width."""
    shown = [(ink, sum(counts.get(key, 0) for key in keys)) for ink, keys in _STRENGTHS]
    total = max(most, sum(number for _ink, number in shown))
    segments, x = [], 0.0
    for ink, number in shown:
        if number:
            full = width * number / total
            segments.append(Segment(round(x, 1), round(max(full - _GAP, 1), 1), ink, number))
            x += full
    return segments


def in_bar(counts: dict[str, int]) -> int:
    """For how many commitments a bar stands."""
    return sum(number for key, number in counts.items() if key != Status.WITHDRAWN.value)
