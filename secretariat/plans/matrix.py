"""The matrix of activities by participants: for those who work on the plan, and never for more than its members.

It is a way to look at states side by side, so it is never published: whatever the label of the plan and of what is in
it, the matrix is opened to members and their secretariat alone, carries at least the words "Members only", and stands
in no edition. It has no sums.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from secretariat.core import clock
from secretariat.core.labelling import label_values_met
from secretariat.core.labels import Level
from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text, today
from secretariat.core.session import ViewerSession
from secretariat.core.wording import ShownLabel, banner_sentence, level_in_words
from secretariat.jobs.kinds import Result
from secretariat.pages.statuses import STATUSES
from secretariat.plans import policy, queries
from secretariat.plans.models import Plan
from secretariat.plans.queries import Cell, ListedPart
from secretariat.plans.status import NOT_YET_REPORTED
from secretariat.plans.table_paper import issuer_of
from secretariat.prints import xlsx
from secretariat.prints.sheet import Head, as_wide_as, file_name, foot_of, label_in_words, marking_of
from secretariat.processes.names import Name, in_order, names_of

FILE = "plan-matrix"


class Column(NamedTuple):
    """A participant: its name, and the two letters of a state or its name again."""

    id: UUID
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """`rows` are activities and whatever else commitments stand in, each with its cells by participant; None is the
    plan as a whole."""

    columns: Sequence[Column]
    rows: Sequence[tuple[ListedPart | None, Mapping[UUID, Sequence[Cell]]]]

    @property
    def labels(self) -> set[int]:
        """Every label something in the matrix is under."""
        cells = [cell for _part, row in self.rows for each in row.values() for cell in each]
        shown = {cell.label_id for cell in cells} | {cell.said_label_id for cell in cells if cell.said_label_id}
        return shown | {part.label_id for part, _row in self.rows if part is not None}


def matrix_of(session: ViewerSession, plan: Plan, on: date) -> Matrix:
    """The matrix as this reader may see it: members in alphabetical order, activities in the order of the text."""
    cells = queries.cells_of(session, plan.id)
    by_part: dict[UUID | None, dict[UUID, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for cell in cells:
        by_part[cell.part_id][cell.participant_id].append(cell)
    parts = queries.listed_parts(session, plan.id)
    rows: list[tuple[ListedPart | None, Mapping[UUID, Sequence[Cell]]]] = [
        (part, by_part[part.id]) for part, is_activity in parts if is_activity or part.id in by_part
    ]
    seen = {part.id for part, _row in rows if part is not None}
    rows += [(None, row) for part_id, row in by_part.items() if part_id not in seen and row]
    there = queries.participants_today(session, plan, on) | {cell.participant_id for cell in cells}
    return Matrix(_columns(session, plan, there), rows)


def _columns(session: ViewerSession, plan: Plan, participants: set[UUID]) -> list[Column]:
    names: dict[UUID, Name] = names_of(session, participants, process=plan.process_id)
    codes = queries.codes_of(session, participants)
    return [Column(key, str(names[key]), codes.get(key, str(names[key]))) for key in in_order(names)]


def least_label(session: ViewerSession, plan: Plan) -> ShownLabel:
    """Under what the matrix stands: the plan's own label, and Members only where that is lighter."""
    own = label_in_words(session, plan.label_id)
    if own.weight >= Level.MEMBERS.weight:
        return own
    return ShownLabel(Level.MEMBERS.value, level_in_words(Level.MEMBERS, plan.process.level_words))


def matrix_table(session: ViewerSession, plan_id: UUID) -> Result | None:
    """The matrix for a spreadsheet; None for who may not see it."""
    plan = queries.plan_by_id(session, plan_id)
    if plan is None or not policy.may_see_matrix(session.viewer, plan):
        return None
    matrix = matrix_of(session, plan, clock.today())
    wide = _wide(session, plan, matrix.labels)
    issuer, head = issuer_of(plan), Head(local_text(plan.title), symbol=plan.symbol or "")
    least = least_label(session, plan)
    marking, copy_of = marking_of(session, plan, issuer)
    table = xlsx.Table(
        title=head.title,
        above=[
            _("Participants in alphabetical order. The matrix is for those who work on the plan; it is not published.")
        ],
        headings=[(_("Activity"), 44), *((one.name, 16) for one in matrix.columns)],
        rows=[
            [_part_words(part, wide), *(_cell_words(row.get(one.id, ()), wide) for one in matrix.columns)]
            for part, row in matrix.rows
        ],
        marking=marking or f"{least.words}. {banner_sentence(least)}",
        copy_of=copy_of,
        foot=" · ".join(foot_of(issuer, head)),
        right_to_left=current_reading().language.direction == "rtl",
        sheet=_("Matrix")[:31],
    )  # fmt: skip
    return Result(file_name(FILE, "", today(), "xlsx"), xlsx.xlsx(table), xlsx.MEDIA_TYPE)


def _part_words(part: ListedPart | None, wide: set[int]) -> str:
    if part is None or part.label_id not in wide:
        return _("The plan as a whole")
    return f"{part.number} {local_text(part.title)}"


def _cell_words(cells: Sequence[Cell], wide: set[int]) -> str:
    """`1.1.1 b: Completed`, one in a line; what a participant said to fewer is not yet reported here."""
    return "\n".join(
        f"{one.shown_number}: {STATUSES[one.shown_status if one.said_label_id in wide else NOT_YET_REPORTED].words}"
        for one in cells
        if one.label_id in wide
    )


class _Under(NamedTuple):
    label_id: int


def _wide(session: ViewerSession, plan: Plan, labels: set[int]) -> set[int]:
    """Labels of what stands in a file for members: as wide as the plan, or of no body and below Named readers."""
    found = {one.label_id for one in as_wide_as(session, plan, map(_Under, labels))}
    for key, value in label_values_met(session, labels).items():
        if all(one.level.weight <= Level.MEMBERS.weight and one.body is None for one in value.clauses):
            found.add(key)
    return found
