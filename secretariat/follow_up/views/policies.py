"""The pages on which a track says how it asks: for the process, and for one plan; with what they would have somebody
sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.follow_up import forecast, policy, queries, service
from secretariat.follow_up import manner as manners
from secretariat.follow_up.manner import Manner, PlanManner
from secretariat.follow_up.policy_forms import (
    PERIODS,
    PlanPolicyForm,
    PolicyForm,
    StepsForm,
    plan_written,
    step_in_words,
    written,
)
from secretariat.follow_up.views import blueprint
from secretariat.follow_up.views.officer import kept
from secretariat.pages import place, unit
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import done, shown
from secretariat.plans.models import Plan, PlanState
from secretariat.processes.models import Body, LifeState, Process, Track
from secretariat.processes.names import in_order, names_of


@blueprint.route("/processes/<slug>/follow-up/policy", methods=["GET", "POST"])
@permission("look after follow-up", policy.keeps_follow_up)
def edit_policy(slug: str) -> ResponseReturnValue:
    """How the track asks."""
    process, track = kept(slug)
    row = queries.policy_of(unit.db(), process.id, track.id)
    present = manners.read(unit.db(), process.id, track.id)
    form = PolicyForm(data={**written(present), "version": row.version if row else ""})
    examples = _offer(form, process, track)
    if "preview" in request.form:
        if form.validate_on_submit() and not form.bounds_refused():
            meant = replace(form.manner(), plans=present.plans)
            return render_template(
                "follow_up/policy.html", form=form, **_words(form, process, track, examples, meant, present)
            )
    elif form.ready(row) and not form.bounds_refused():
        service.set_policy(unit.db(), unit.viewer(), process, track, form.manner())
        return done(_("Saved. The next round follows it."), url_for("follow_up.next_round", slug=slug))
    return shown(form, "follow_up/policy.html", **_words(form, process, track, examples, present, present))


@blueprint.route("/plans/<uuid:plan_id>/follow-up-policy", methods=["GET", "POST"])
@permission("look after follow-up", policy.keeps_follow_up)
def edit_plan_policy(plan_id: UUID) -> ResponseReturnValue:
    """How the commitments of one plan are asked after, where that is not as the process does it."""
    plan = found(unit.db().scalar(select(Plan).where(Plan.id == plan_id, Plan.state == PlanState.ADOPTED)))
    authorise(unit.viewer().keeps(plan.track_id))
    place.enter(plan.process, track=plan.track)
    row = queries.plan_policy_of(unit.db(), plan.id)
    present = manners.read(unit.db(), plan.process_id, plan.track_id)
    own = present.plans.get(plan.id, PlanManner())
    form = PlanPolicyForm(data={**plan_written(own, present), "version": row.version if row else ""})
    examples = _offer(form, plan.process, plan.track)
    back = url_for("follow_up.edit_policy", slug=plan.process.slug, _anchor="plans")
    meant = present
    if "drop" in request.form and form.ready(row):
        service.drop_plan_policy(unit.db(), unit.viewer(), plan)
        return done(_("Saved. This plan is asked after as the others are."), back)
    if "drop" not in request.form and "preview" in request.form:
        if form.validate_on_submit() and not form.bounds_refused():
            meant = _with_plan(present, plan, own, form)
            words = _words(form, plan.process, plan.track, examples, meant, present)
            return render_template("follow_up/plan_policy.html", form=form, plan=plan, own=row is not None, **words)
    elif form.ready(row) and not form.bounds_refused():
        rules = form.steps(present.rules)
        service.set_plan_policy(unit.db(), unit.viewer(), plan, rules, form.bodies, stopped=bool(form.stopped.data))
        return done(_("Saved. The commitments of this plan follow it from now on."), back)
    words = _words(form, plan.process, plan.track, examples, meant, present)
    return shown(form, "follow_up/plan_policy.html", plan=plan, own=row is not None, **words)


def _with_plan(present: Manner, plan: Plan, own: PlanManner, form: PlanPolicyForm) -> Manner:
    meant = replace(own, rules=form.steps(present.rules), stopped=bool(form.stopped.data), bodies=form.bodies)
    return replace(present, plans={**present.plans, plan.id: meant})


def _offer(form: StepsForm, process: Process, track: Track) -> dict[UUID, UUID]:
    """Say what the form offers; the persons an example can be shown of, by participant."""
    bodies = unit.db().scalars(
        select(Body)
        .where(Body.process_id == process.id, Body.track_id == track.id, Body.state == LifeState.ACTIVE)
        .order_by(Body.position, Body.id)
    )
    examples = forecast.recipients_of(unit.db(), process, track)
    names = names_of(unit.db(), examples, process=process.id)
    form.offers(
        [(one.id, local_text(one.name)) for one in bodies],
        [(key, str(names[key])) for key in in_order(names)],
    )
    return examples


def _words(
    form: StepsForm, process: Process, track: Track, examples: dict[UUID, UUID], meant: Manner, present: Manner
) -> dict[str, Any]:
    """What the page tells beside the form: what somebody would be sent, and the plans with rules of their own."""
    names = names_of(unit.db(), examples, process=process.id)
    ordered = list(in_order(names))
    chosen = UUID(form.example.data) if form.example.data and not form.example.errors else None
    chosen = chosen or (_first_with_something(process, track, ordered) if ordered else None)
    foreseen = (
        forecast.foreseen(unit.db(), process, track, chosen, examples[chosen], meant) if chosen in examples else []
    )
    plans = unit.db().scalars(
        select(Plan)
        .where(Plan.process_id == process.id, Plan.track_id == track.id, Plan.state == PlanState.ADOPTED)
        .order_by(Plan.adopted_on.desc(), Plan.id)
    )
    return {
        "process": process,
        "chosen": names.get(chosen, "") if chosen else "",
        "chosen_id": str(chosen) if chosen else "",
        "foreseen": foreseen,
        "why": step_in_words,
        "places": range(PERIODS),
        "plans": [(one, _has_rules(present, one)) for one in plans],
    }


def _first_with_something(process: Process, track: Track, ordered: list[UUID]) -> UUID:
    """The first participant of whom something is awaited; else the first."""
    asked = {one.participant for one in service.open_things(unit.db(), process, track)}
    return next((one for one in ordered if one in asked), ordered[0])


def _has_rules(present: Manner, plan: Plan) -> bool:
    return present.plans.get(plan.id, PlanManner()).rules is not None
