"""To what outside frameworks the objectives of a plan point."""

from __future__ import annotations

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.pages import unit
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import done, refusals
from secretariat.pages.forms import shown as shown_form
from secretariat.plans import frameworks, policy, queries, service
from secretariat.plans.framework_forms import FrameworkForm, PointForm
from secretariat.plans.models import Objective, Plan
from secretariat.plans.views import blueprint, shown


@blueprint.route("/plans/<uuid:plan_id>/frameworks", methods=["GET", "POST"])
@permission("enter a regional framework")
def plan_frameworks(plan_id: UUID) -> ResponseReturnValue:
    """The framework of a regional community, and the objectives with what they point to."""
    plan = _kept(plan_id)
    track = plan.track
    form = FrameworkForm(
        data={
            "name": track.framework_name,
            "goals": frameworks.typed(track.framework_goals),
            "version": track.version,
        },
        languages=shown.languages_of(plan.process),
    )
    if form.ready(track):
        with refusals(form):
            goals = frameworks.goals_in(form.goals.data) if form.goals.data else []
            service.set_framework(unit.db(), unit.viewer(), plan, form.name.data, goals)
            return done(_("Saved."), url_for("plans.plan_frameworks", plan_id=plan.id))
    goals_there = frameworks.goals_of(plan)
    objectives = [one for one in queries.outline(unit.db(), plan.id) if isinstance(one, Objective)]
    points = [(one, frameworks.pointed_to(goals_there, one.points_to)) for one in objectives]
    return shown_form(form, "plans/frameworks.html", plan=plan, points=points)


@blueprint.route("/plans/<uuid:plan_id>/frameworks/<uuid:objective_id>", methods=["GET", "POST"])
@permission("point an objective to outside frameworks")
def point(plan_id: UUID, objective_id: UUID) -> ResponseReturnValue:
    """Choose what one objective answers to."""
    plan = _kept(plan_id)
    part = found(queries.part_by_id(unit.db(), plan.id, objective_id))
    authorise(isinstance(part, Objective))
    assert isinstance(part, Objective)
    goals = frameworks.goals_of(plan)
    form = PointForm(
        data={"goals": [key for key in part.points_to if key in goals], "version": part.version},
        goals=[(key, f"{one.mark} {local_text(one.title)}") for key, one in goals.items()],
    )
    if form.ready(part):
        with refusals(form):
            service.point(unit.db(), unit.viewer(), part, form.goals.data or [])
            return done(_("Saved."), url_for("plans.plan_frameworks", plan_id=plan.id))
    return shown_form(form, "plans/point.html", plan=plan, part=part)


def _kept(plan_id: UUID) -> Plan:
    plan = found(queries.plan_by_id(unit.db(), plan_id))
    authorise(policy.may_propose(unit.viewer(), plan))
    shown.enter_plan(plan)
    return plan
