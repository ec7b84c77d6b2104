"""The whole table of a plan on paper: what the plan's readers read, and nothing narrower."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from secretariat.core import clock
from secretariat.core.languages import dates
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.core.languages.words import parts_text
from secretariat.core.session import ViewerSession
from secretariat.jobs import papers
from secretariat.plans import queries
from secretariat.plans.models import Plan
from secretariat.plans.status import shown_as
from secretariat.plans.tabulated import Asked, Tabulated, labels_of, tabulated
from secretariat.prints.sheet import Head, Issuer, Sheet, as_wide_as, set_sheet

PLAN_TABLE = "plan_table"
FILE = "plan-table"


def issuer_of(plan: Plan) -> Issuer:
    """The process of a plan."""
    return Issuer(plan.process_id, plan.process.acronym, local_text(plan.process.name), plan.track.kind.value)


class PaperRow(NamedTuple):
    """A row in the words of the reader's language. A past date is a date, whoever prints it."""

    number: str
    part: str
    words: str
    participant: str
    lead: str
    partners: str
    due: str
    indicator: str
    status: str
    said_on: str
    step: str


class _Under(NamedTuple):
    label_id: int


def _paper_rows(session: ViewerSession, plan: Plan) -> list[PaperRow]:
    found = tabulated(session, plan, Asked(), clock.today())
    evidence = queries.evidence_in_table(session, plan.id)
    labels = labels_of(found) | {one.label_id for named in evidence.values() for one in named}
    wide = {one.label_id for one in as_wide_as(session, plan, map(_Under, labels))}
    return [_paper_row(found, one, wide, evidence.get(one.id, ())) for one in found.rows if one.label_id in wide]


def _paper_row(
    found: Tabulated, row: queries.TableRow, wide: set[int], evidence: Sequence[queries.NamedEvidence]
) -> PaperRow:
    part = found.parts.get(row.part_id) if row.part_id is not None else None
    is_said = row.said_label_id in wide
    partners = [one for one in found.partners.get(row.id, ()) if one.label_id in wide]
    return PaperRow(
        row.shown_number,
        f"{part.number} {local_text(part.title)}" if part is not None and part.label_id in wide else "",
        local_text(row.words),
        str(found.names[row.participant_id]),
        local_text(row.lead),
        parts_text([found.name_of(one) for one in partners]),
        dates.day_in_full(row.due_on, weekday=False) if row.due_on else "",
        local_text(row.indicator),
        row.shown_status if is_said else shown_as(None),
        dates.day_in_full(dates.in_reader_zone(row.stated_at).date(), weekday=False)
        if is_said and row.stated_at
        else "",
        _step(row, [one.words for one in evidence if one.label_id in wide]) if is_said else "",
    )


def _step(row: queries.TableRow, evidence: Sequence[str]) -> str:
    """The step, and what is named as evidence of it, a line each."""
    return "\n".join(filter(None, [local_text(row.step), *evidence]))


def table_paper(session: ViewerSession, plan_id: UUID) -> Sheet | None:
    """The table as a paper across the page."""
    plan = queries.plan_by_id(session, plan_id)
    if plan is None:
        return None
    head = Head(local_text(plan.title), symbol=plan.symbol or "")
    return set_sheet(session, "plan_table", plan, issuer_of(plan), head, rows=_paper_rows(session, plan))


papers.register(PLAN_TABLE, _l("Table of a plan of action"), table_paper, file=FILE)
