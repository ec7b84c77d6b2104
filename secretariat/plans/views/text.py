"""Writing a plan: begin it, put its areas, objectives and activities in, record its adoption, close it."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.refusals import Refused
from secretariat.documents.views.base import new_nonce
from secretariat.meetings.models import Outcome
from secretariat.pages import unit
from secretariat.pages.access import authorise, found, not_found, permission
from secretariat.pages.forms import done, refusals
from secretariat.pages.forms import shown as shown_form
from secretariat.pages.place import enter
from secretariat.plans import policy, queries, service
from secretariat.plans.forms import ActForm, AdoptForm, FromOutcomeForm, PartForm, PlanForm
from secretariat.plans.models import Activity, Plan, PlanState
from secretariat.plans.views import blueprint, shown
from secretariat.plans.views.placing import not_saved


@blueprint.route("/processes/<slug>/plans/new", methods=["GET", "POST"])
@permission("begin a plan")
def begin(slug: str) -> ResponseReturnValue:
    """A new plan, as a draft."""
    process = found(queries.process_by_slug(unit.db(), slug))
    tracks = [track for track in process.tracks if unit.viewer().keeps(track.id)]
    authorise(bool(tracks))
    enter(process, track=tracks[0])
    form = PlanForm(languages=shown.languages_of(process))
    if form.ready():
        with refusals(form):
            made = service.begin_plan(
                unit.db(), unit.viewer(), process, tracks[0], shown.given(form.title),
                period_from=form.period_from.data, period_until=form.period_until.data, symbol=form.symbol.data,
            )  # fmt: skip
            return done(
                _("Saved as a draft. Members see it; put its areas, objectives and activities in."),
                url_for("plans.text", plan_id=made.id),
            )
    return shown_form(form, "plans/begin.html", process=process)


@blueprint.route("/plans/<uuid:plan_id>/text", methods=["GET", "POST"])
@permission("write the text of a plan")
def text(plan_id: UUID) -> ResponseReturnValue:
    """Areas, objectives and activities of a draft, added one by one."""
    plan = _kept(plan_id)
    if not policy.may_edit_text(unit.viewer(), plan):
        return not_saved(plan, PartForm(languages=shown.languages_of(plan.process), above=[]).title.data)
    outline = queries.outline(unit.db(), plan.id)
    above = [part for part in outline if not isinstance(part, Activity)]
    form = PartForm(
        languages=shown.languages_of(plan.process),
        above=[(str(part.id), f"{part.number} {local_text(part.title)}") for part in above],
    )
    if form.ready():
        with refusals(form):
            part = _added(plan, form, next((one for one in above if str(one.id) == form.above.data), None))
            return done(
                _("Saved: %(number)s %(title)s.", number=part.number, title=local_text(part.title)),
                url_for("plans.text", plan_id=plan.id),
            )
    origins = queries.origins(unit.db(), outline)
    return shown_form(form, "plans/text.html", plan=plan, outline=outline, origins=origins, new_nonce=new_nonce)


def _added(plan: Plan, form: PartForm, above: queries.Part | None) -> queries.Part:
    db, viewer, number = unit.db(), unit.viewer(), form.number.data
    if form.kind.data == "area":
        if above is not None:
            raise Refused(_("An area stands in the plan itself; choose its end."), "above")
        return service.add_area(db, viewer, plan, shown.given(form.title), number)
    if form.kind.data == "objective":
        return service.add_objective(db, viewer, plan, shown.given(form.title), above=above, number=number)
    return service.add_activity(db, viewer, plan, shown.given(form.title), above=above, number=number)


@blueprint.route("/outcomes/<uuid:outcome_id>/text", methods=["GET", "POST"])
@permission("put an outcome into the text of a plan")
def put_in(outcome_id: UUID) -> ResponseReturnValue:
    """An outcome becomes an objective or an activity, not typed again: of a draft, for adopted text is frozen."""
    outcome = found(queries.outcome_by_id(unit.db(), outcome_id))
    authorise(unit.viewer().keeps(outcome.track_id))
    enter(outcome.process)
    plans = queries.plans_of(unit.db(), outcome.process_id)
    drafts = [one for one in plans if one.track_id == outcome.track_id and policy.may_edit_text(unit.viewer(), one)]
    outlines = queries.outlines(unit.db(), [one.id for one in drafts])
    if not drafts:
        return render_template("plans/no_draft.html", outcome=outcome, has_plans=bool(plans))
    form = FromOutcomeForm(
        data={"title": outcome.text, "above": str(drafts[0].id) if len(drafts) == 1 else None},
        languages=shown.languages_of(outcome.process),
        above=_places(drafts, outlines),
    )
    if form.ready():
        with refusals(form):
            part = _put_in(form, outcome, drafts, outlines)
            return done(
                _("Saved: %(number)s %(title)s.", number=part.number, title=local_text(part.title)),
                url_for("plans.text", plan_id=part.plan_id),
            )
    return shown_form(form, "plans/put_in.html", outcome=outcome, drafts=drafts)


def _places(drafts: list[Plan], outlines: dict[UUID, list[queries.Part]]) -> list[tuple[str, str]]:
    """Where an objective or activity can stand: at the end of each draft, and in each of its areas and objectives."""
    choices = []
    for plan in drafts:
        called = local_text(plan.title)
        choices.append((str(plan.id), _("%(plan)s: at its end", plan=called)))
        for part in outlines[plan.id]:
            if not isinstance(part, Activity):
                words = {"plan": called, "number": part.number, "title": local_text(part.title)}
                choices.append((str(part.id), _("%(plan)s: %(number)s %(title)s", **words)))
    return choices


def _put_in(
    form: FromOutcomeForm, outcome: Outcome, drafts: list[Plan], outlines: dict[UUID, list[queries.Part]]
) -> queries.Part:
    chosen = UUID(form.above.data)
    above = next((part for parts in outlines.values() for part in parts if part.id == chosen), None)
    plan = next(one for one in drafts if one.id == (above.plan_id if above is not None else chosen))
    add = service.add_objective if form.kind.data == "objective" else service.add_activity
    title = shown.given(form.title)
    return add(unit.db(), unit.viewer(), plan, title, above=above, number=form.number.data, outcome=outcome)


@blueprint.route("/plans/<uuid:plan_id>/adopt", methods=["GET", "POST"])
@permission("record the adoption of a plan")
def adopt(plan_id: UUID) -> ResponseReturnValue:
    """Record at which meeting the plan was adopted."""
    plan = _kept(plan_id)
    if plan.state is not PlanState.DRAFT:
        not_found()
    meetings = queries.meetings_held(unit.db(), plan)
    form = AdoptForm(
        languages=shown.languages_of(plan.process),
        meetings=[(str(one.id), local_text(one.title)) for one in meetings],
    )
    if form.ready():
        with refusals(form):
            meeting = next((one for one in meetings if str(one.id) == form.meeting.data), None)
            service.adopt_plan(
                unit.db(), unit.viewer(), plan, shown.given(form.on),
                where=form.where.data or None,  # the meeting's own title is shown to who reads the meeting
                meeting_id=meeting.id if meeting else None,
            )  # fmt: skip
            return done(
                _("Recorded. The text of the plan is frozen from now on; commitments come and change at any time."),
                url_for("plans.plan", plan_id=plan.id),
            )
    return shown_form(form, "plans/adopt.html", plan=plan)


@blueprint.route("/plans/<uuid:plan_id>/close", methods=["GET", "POST"])
@permission("close a plan")
def close(plan_id: UUID) -> ResponseReturnValue:
    """Close a plan whose period is over; asks on a page of its own."""
    plan = _kept(plan_id)
    if plan.state is not PlanState.ADOPTED:
        not_found()
    form = ActForm()
    if form.ready():
        with refusals(form):
            service.close_plan(unit.db(), unit.viewer(), plan)
            return done(
                _("Closed. Nothing more is awaited; all of it stays readable."), url_for("plans.plan", plan_id=plan.id)
            )
    return render_template("plans/close.html", plan=plan, form=form)


def _kept(plan_id: UUID) -> Plan:
    plan = found(queries.plan_by_id(unit.db(), plan_id))
    authorise(policy.may_keep(unit.viewer(), plan))
    shown.enter_plan(plan)
    return plan
