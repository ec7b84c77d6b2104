"""The plan of action as a paper: what its page shows whole, without pages and filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from secretariat.core import clock
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.core.session import ViewerSession
from secretariat.documents import service as documents
from secretariat.jobs import kinds as jobs
from secretariat.jobs import papers
from secretariat.plans import plan_page, queries, table_paper  # noqa: F401 - the table enters its paper itself
from secretariat.plans.models import Commitment, Plan, ProgressUpdate
from secretariat.plans.service import importing, undoing
from secretariat.plans.service.evidence import files_named
from secretariat.plans.status import shown_as
from secretariat.prints.sheet import Head, Issuer, Sheet, as_wide_as, set_sheet
from secretariat.processes.names import names_of

PLAN = "plan"
ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment as the paper shows it; a past date is a date, whoever prints it."""

    commitment: Commitment
    participant: Any
    status: str
    said: ProgressUpdate | None


def issuer_of(plan: Plan) -> Issuer:
    """The process of a plan."""
    return Issuer(plan.process_id, plan.process.acronym, local_text(plan.process.name), plan.track.kind.value)


def plan_paper(session: ViewerSession, plan_id: UUID) -> Sheet | None:
    """The plan with its commitments. Proposals and whatever is narrower than the plan leave it when it is printed."""
    plan = queries.plan_by_id(session, plan_id)
    if plan is None:
        return None
    found = queries.table_rows(session, plan.id, queries.Filters(), clock.today(), offset=0, limit=ALL)
    made = as_wide_as(session, plan, (one for one in found if one.state in queries.IN_PLAN))
    said = queries.statements_in_force(session, [one.id for one in made])
    told = {one.commitment_id: one for one in as_wide_as(session, plan, said.values())}
    called = names_of(session, [one.participant_id for one in made], process=plan.process_id)
    rows = {
        one.id: Row(
            one, called[one.participant_id], shown_as(told[one.id].status if one.id in told else None), told.get(one.id)
        )
        for one in made
    }
    outline = as_wide_as(session, plan, queries.outline(session, plan.id))
    head = Head(local_text(plan.title), symbol=plan.symbol or "")
    return set_sheet(
        session,
        "plan",
        plan,
        issuer_of(plan),
        head,
        sections=plan_page.sections(outline, made, whole=True),
        rows=rows,
        amendments=as_wide_as(session, plan, queries.amendments_of(session, plan.id)),
    )


papers.register(PLAN, _l("Plan of action"), plan_paper, file="plan-of-action")
documents.named_also(files_named)
jobs.register_deed(importing.WORK, _l("A table brought into a plan"), importing.bring_in)
jobs.register_deed(undoing.WORK, _l("A table taken back from a plan"), undoing.take_back)
