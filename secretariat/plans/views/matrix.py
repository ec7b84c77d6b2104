"""The matrix of a plan, as a page and for a spreadsheet."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.jobs.views import handed
from secretariat.pages import lists, unit
from secretariat.pages.access import authorise, found, permission
from secretariat.plans import matrix, policy, queries
from secretariat.plans.models import Plan
from secretariat.plans.views import blueprint, shown
from secretariat.processes.wording import shown_labels


@blueprint.get("/plans/<uuid:plan_id>/matrix")
@permission("see the matrix of a plan")
def plan_matrix(plan_id: UUID) -> ResponseReturnValue:
    """Activities by participants, a hundred activities a page."""
    plan = _seen(plan_id)
    view = matrix.matrix_of(unit.db(), plan, clock.today())
    shown_labels(unit.db(), {plan.label_id, *view.labels})
    pages = lists.pages_of(len(view.rows))
    rows = view.rows[pages.offset : pages.offset + pages.rows]
    statuses = dict.fromkeys(cell.shown_status for _part, row in view.rows for each in row.values() for cell in each)
    return render_template(
        "plans/matrix.html",
        plan=plan,
        least=matrix.least_label(unit.db(), plan),
        view=view,
        rows=rows,
        pages=pages,
        statuses=list(statuses),
    )


@blueprint.get("/plans/<uuid:plan_id>/matrix.xlsx")
@permission("see the matrix of a plan")
def plan_matrix_table(plan_id: UUID) -> ResponseReturnValue:
    """The matrix as XLSX."""
    plan = _seen(plan_id)
    return handed(found(matrix.matrix_table(unit.db(), plan.id)), plan)


def _seen(plan_id: UUID) -> Plan:
    plan = found(queries.plan_by_id(unit.db(), plan_id))
    authorise(policy.may_see_matrix(unit.viewer(), plan))
    shown.enter_plan(plan)
    return plan
