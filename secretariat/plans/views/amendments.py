"""Amendments of an adopted plan: new words for a part, or a part more, with the meeting that adopted them."""

from __future__ import annotations

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.pages import unit
from secretariat.pages.access import authorise, found, not_found, permission
from secretariat.pages.forms import done, refusals
from secretariat.pages.forms import shown as shown_form
from secretariat.plans import policy, queries, service
from secretariat.plans.forms import AddByAmendmentForm, AdoptForm, AmendForm
from secretariat.plans.models import Activity, Plan
from secretariat.plans.service import Adopted
from secretariat.plans.views import blueprint, shown


@blueprint.route("/plans/<uuid:plan_id>/amend", methods=["GET", "POST"])
@permission("amend a plan")
def amend(plan_id: UUID) -> ResponseReturnValue:
    """The text as it stands, each part of which can be amended, and a part more."""
    plan = the_amended(plan_id)
    outline = queries.outline(unit.db(), plan.id)
    above = [part for part in queries.standing(outline) if not isinstance(part, Activity)]
    form = AddByAmendmentForm(
        languages=shown.languages_of(plan.process),
        meetings=meetings_of(plan),
        above=[(str(part.id), f"{part.number} {local_text(part.title)}") for part in above],
    )
    if form.ready():
        with refusals(form):
            made = service.amend_by_adding(
                unit.db(), unit.viewer(), plan, form.kind.data or "", shown.given(form.title), adopted_in(form),
                above=next((one for one in above if str(one.id) == form.above.data), None),
                number=form.number.data or "",
            )  # fmt: skip
            return recorded(plan, made.number)
    return shown_form(form, "plans/amend.html", plan=plan, outline=outline)


@blueprint.route("/plans/<uuid:plan_id>/parts/<uuid:part_id>/amend", methods=["GET", "POST"])
@permission("amend a plan")
def amend_part(plan_id: UUID, part_id: UUID) -> ResponseReturnValue:
    """New words for an area, objective or activity."""
    plan = the_amended(plan_id)
    part = queries.part_by_id(unit.db(), plan.id, part_id)
    if part is None:
        not_found()
    form = AmendForm(
        data={"title": part.title}, languages=shown.languages_of(plan.process), meetings=meetings_of(plan)
    )  # fmt: skip
    if form.ready():
        with refusals(form):
            made = service.amend_part(unit.db(), unit.viewer(), plan, part, shown.given(form.title), adopted_in(form))
            return recorded(plan, made.number)
    return shown_form(form, "plans/amend_part.html", plan=plan, part=part)


def recorded(plan: Plan, number: str) -> ResponseReturnValue:
    """Back to the plan, where the amendment stands."""
    said = _("Recorded. %(number)s stands in the plan as amended; what it said before stands below.", number=number)
    return done(said, url_for("plans.plan", plan_id=plan.id) + "#amendments")


def adopted_in(form: AdoptForm) -> Adopted:
    """When and where it was adopted, as the form tells."""
    chosen = form.meeting.data
    return Adopted(shown.given(form.on), UUID(chosen) if chosen else None, form.where.data or None)


def meetings_of(plan: Plan) -> list[tuple[str, str]]:
    """Meetings to choose from."""
    return [(str(one.id), local_text(one.title)) for one in queries.meetings_held(unit.db(), plan)]


def the_amended(plan_id: UUID) -> Plan:
    """The plan, for whoever may amend it."""
    plan = found(queries.plan_by_id(unit.db(), plan_id))
    authorise(policy.may_amend(unit.viewer(), plan))
    shown.enter_plan(plan)
    return plan
