"""The plan as a table that goes out: for a spreadsheet, or as CSV."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from secretariat.jobs.views import handed
from secretariat.pages import marks, unit
from secretariat.pages.access import authorise, found, not_found, permission, signed_in
from secretariat.plans import policy, queries
from secretariat.plans.exchange import going_out
from secretariat.plans.views import blueprint, shown


@blueprint.get("/plans/<uuid:plan_id>/tables")
@signed_in
def tables(plan_id: UUID) -> ResponseReturnValue:
    """What there is of the plan as a table."""
    plan = found(queries.plan_by_id(unit.db(), plan_id))
    shown.enter_plan(plan)
    return render_template(
        "plans/tables.html",
        plan=plan,
        may_keep=policy.may_keep(unit.viewer(), plan),
        may_propose=policy.may_propose(unit.viewer(), plan),
    )


@blueprint.get("/plans/<uuid:plan_id>/whole.<form>")
@signed_in
def table_file(plan_id: UUID, form: str) -> ResponseReturnValue:
    """The plan with its commitments as XLSX or CSV."""
    if form not in going_out.FORMS:
        not_found()
    plan = found(queries.plan_by_id(unit.db(), plan_id))
    shown.enter_plan(plan)
    table = found(going_out.plan_table(unit.db(), plan.id))
    return handed(going_out.made(table, form), plan)


@blueprint.get("/plans/<uuid:plan_id>/working-table.<form>")
@permission("keep a plan as a table")
def working_file(plan_id: UUID, form: str) -> ResponseReturnValue:
    """The same with the proposals that await an answer, for the secretariat."""
    if form not in going_out.FORMS:
        not_found()
    plan = found(queries.plan_by_id(unit.db(), plan_id))
    authorise(policy.may_keep(unit.viewer(), plan))
    shown.enter_plan(plan)
    table = found(going_out.working_table(unit.db(), plan.id))
    marks.opened_among(table.proposals)
    return handed(going_out.made(table, form), plan)
