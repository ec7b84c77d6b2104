"""A plan as a table for a spreadsheet or as CSV, in the shape in which it comes in again.

`plan_table` is what the plan's own readers read: commitments, no proposals. `working_table` is the secretariat's: with
the proposals that await an answer, for those who read these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from secretariat.core import clock
from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text, today
from secretariat.core.localtext import LocalText
from secretariat.core.session import ViewerSession
from secretariat.documents import cells
from secretariat.jobs.kinds import Result
from secretariat.pages.statuses import shown_status
from secretariat.plans import frameworks, partners, queries, works
from secretariat.plans.exchange import columns, steps
from secretariat.plans.exchange.columns import Column
from secretariat.plans.models import Activity, Area, Commitment, CommitmentState, Objective, Plan
from secretariat.plans.status import shown_as
from secretariat.prints import xlsx
from secretariat.prints.sheet import Head, Sheet, as_wide_as, file_name, set_sheet
from secretariat.processes.names import names_of

XLSX, CSV = "xlsx", "csv"
FORMS = (XLSX, CSV)
_FILE = "plan-of-action-table"


@dataclass(frozen=True, slots=True)
class Table:
    """The table, with what of it was read: the plan and, of the secretariat's, the proposals."""

    plan: Plan
    proposals: Sequence[Commitment]
    frame: Sheet
    columns: Sequence[Column]
    rows: Sequence[dict[str, str]]
    """A cell by the key of its column."""


def plan_table(session: ViewerSession, plan_id: UUID) -> Table | None:
    """The plan as its readers have it."""
    return _table(session, plan_id, with_proposals=False)


def working_table(session: ViewerSession, plan_id: UUID) -> Table | None:
    """The plan with the proposals that await an answer, as far as this reader reads them."""
    return _table(session, plan_id, with_proposals=True)


def made(table: Table, form: str) -> Result:
    """The file, `xlsx` or `csv`."""
    name = file_name(_FILE, "", today(), form)
    headings = [columns.heading(one) for one in table.columns]
    lines = [[row.get(one.key, "") for one in table.columns] for row in table.rows]
    frame = table.frame
    if form == CSV:
        above = [frame.marking, frame.copy_of, frame.title, " · ".join(frame.foot)]
        return Result(name, cells.csv_of(above, [headings, *lines]), "text/csv; charset=utf-8")
    sheet = xlsx.Table(
        title=frame.title,
        above=[],
        headings=[(words, columns.width(one)) for words, one in zip(headings, table.columns, strict=True)],
        rows=[[cells.quoted(cell) for cell in line] for line in lines],
        marking=frame.marking,
        copy_of=frame.copy_of,
        foot=" · ".join(frame.foot),
        right_to_left=current_reading().language.direction == "rtl",
        sheet=_("Plan of action")[:31],
        filters=True,
    )
    return Result(name, xlsx.xlsx(sheet), xlsx.MEDIA_TYPE)


def _table(session: ViewerSession, plan_id: UUID, *, with_proposals: bool) -> Table | None:
    plan = queries.plan_by_id(session, plan_id)
    if plan is None:
        return None
    found = queries.table_rows(session, plan.id, queries.Filters(), clock.today(), offset=0, limit=works.ALL)
    commitments = as_wide_as(session, plan, (one for one in found if one.state in queries.IN_PLAN))
    proposals = queries.proposals_in_table(session, plan.id, queries.Filters(), clock.today()) if with_proposals else []
    outline = as_wide_as(session, plan, queries.outline(session, plan.id))
    rows = [*_of_parts(session, plan, outline, [*commitments, *proposals])]
    frame = set_sheet(
        session,
        "table",
        plan,
        works.issuer_of(plan),
        Head(local_text(plan.title), symbol=plan.symbol or ""),
        labels=sorted({one.label_id for one in proposals}),
    )
    return Table(plan, proposals, frame, columns.shape_out(_languages(plan, rows)), rows)


def _languages(plan: Plan, rows: Iterable[dict[str, str]]) -> list[str]:
    """Those of the process, then what else words are in."""
    told = {key.partition(":")[2] for row in rows for key in row if ":" in key}
    return [*plan.process.languages, *sorted(told - set(plan.process.languages))]


def _of_parts(
    session: ViewerSession, plan: Plan, outline: Sequence[queries.Part], made: Sequence[Commitment]
) -> Iterable[dict[str, str]]:
    """A row a commitment, in the order of the plan; a row of its own for a part in which nothing stands."""
    by_place: dict[str, list[Commitment]] = {}
    for one in made:
        by_place.setdefault(one.place, []).append(one)
    parts: dict[UUID | None, queries.Part] = {part.id: part for part in outline}
    above = {part.place for part in outline} | by_place.keys()
    tell, goals = _Teller(session, plan, made), frameworks.goals_of(plan)
    for one in sorted(by_place.pop("", []), key=_order):
        yield tell.commitment(one)
    for part in outline:
        around = _around(part, parts, goals)
        own = by_place.get(part.place, [])
        for one in sorted(own, key=_order):
            yield around | tell.commitment(one)
        if not own and not any(place != part.place and place.startswith(part.place) for place in above):
            yield around


def _around(
    part: queries.Part, parts: dict[UUID | None, queries.Part], goals: Mapping[str, frameworks.Goal]
) -> dict[str, str]:
    """A part and those it stands in, as cells."""
    chain: list[Any] = [parts.get(getattr(part, "area_id", None)), parts.get(getattr(part, "objective_id", None)), part]
    kinds = {Area: "area", Objective: "objective", Activity: "activity"}
    row: dict[str, str] = {}
    for one in filter(None, chain):
        name = kinds[type(one)]
        row[f"{name}_number"] = one.number
        row |= _said(name, one.title)
        if isinstance(one, Objective) and one.points_to:
            row["outside"] = "\n".join(goal.mark for goal in frameworks.pointed_to(goals, one.points_to))
    return row


def _order(one: Commitment) -> tuple[int, str, str]:
    """Those with a number by it; proposals by what they say, for nothing else orders them."""
    return one.number or 1_000_000_000, str(sorted(one.words.texts.items())), str(one.participant_id)


def _said(name: str, words: LocalText | None) -> dict[str, str]:
    return {f"{name}:{code}": cells.plain(text) for code, text in words.texts.items()} if words else {}


class _Teller:
    """Commitments as cells; everything about them is read at once."""

    def __init__(self, session: ViewerSession, plan: Plan, made: Sequence[Commitment]) -> None:
        keys = [one.id for one in made]
        said = queries.statements_in_force(session, keys)
        self.said = {one.commitment_id: one for one in as_wide_as(session, plan, said.values())}
        evidence = queries.evidence_in_table(session, plan.id)
        wide = as_wide_as(session, plan, (one for named in evidence.values() for one in named))
        self.evidence: dict[UUID, list[str]] = {}
        for item in wide:
            self.evidence.setdefault(item.commitment_id, []).append(item.words)
        self.partners = queries.partners(session, keys)
        self.networks = partners.networks(session, plan)
        named = [one.participant_id for rows in self.partners.values() for one in rows]
        self.names = names_of(session, [*(one.participant_id for one in made), *named], process=plan.process_id)

    def commitment(self, one: Commitment) -> dict[str, str]:
        """`participant` and partners by the names they have here, partners one a line."""
        last = self.said.get(one.id)
        is_proposal = one.state is CommitmentState.PROPOSED
        status = "proposed" if is_proposal else shown_as(last.status if last else None)
        row: dict[str, Any] = {
            "number": one.shown_number,
            "participant": str(self.names[one.participant_id]),
            "partners": "\n".join(self._partners(one.id)),
            "due": one.due_on.isoformat() if one.due_on else "",
            "status": str(shown_status(status).words),
            "reached": steps.reached(one.milestones),
            "said_on": last.stated_at.date().isoformat() if last else "",
            "evidence": cells.plain("\n".join(self.evidence.get(one.id, []))) if last else "",
        }
        for name in ("words", "lead", "baseline", "indicator"):
            row |= _said(name, getattr(one, name))
        for code in steps.languages_of(one.milestones):
            row[f"milestones:{code}"] = cells.plain(steps.written(one.milestones, code))
        return row | _said("step", last.step if last else None)

    def _partners(self, commitment: UUID) -> list[str]:
        found = (
            str(self.names[one.participant_id])
            if one.participant_id in self.names
            else local_text(self.networks[one.track_id])
            if one.track_id in self.networks
            else one.name_text
            for one in self.partners.get(commitment, [])
        )
        return [" ".join(cells.plain(one).split()) for one in found if one]
