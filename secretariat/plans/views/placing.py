"""Where the parts of a plan stand: moved in a draft; in an adopted plan moved, taken out and put back by amendments."""

from __future__ import annotations

from uuid import UUID

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused
from secretariat.pages import unit
from secretariat.pages.access import authorise, found, not_found, permission
from secretariat.pages.forms import CONFLICT, done, refusals
from secretariat.pages.forms import shown as shown_form
from secretariat.plans import policy, queries, service
from secretariat.plans.forms import ActForm, AdoptForm
from secretariat.plans.models import Activity, Area, Objective, Plan
from secretariat.plans.place_forms import MoveForm, PlaceForm, TakeOutForm, WordsForm
from secretariat.plans.service import moving
from secretariat.plans.views import blueprint, shown
from secretariat.plans.views.amendments import adopted_in, meetings_of, recorded, the_amended

_AT_END = "in:"
_BEFORE = "before:"


@blueprint.post("/plans/<uuid:plan_id>/parts/<uuid:part_id>/move")
@permission("write the text of a plan")
def move_part(plan_id: UUID, part_id: UUID) -> ResponseReturnValue:
    """Up or down by the button pressed, or beside the part on which it was dropped."""
    plan, part = _of_draft(plan_id, part_id)
    # Back at the part, so that the next key pressed finds its buttons again.
    location = url_for("plans.text", plan_id=plan.id, _anchor=f"item-{part.id}")
    try:
        _moved(plan, part)
    except Refused as problem:
        return done(problem.sentence, location, "attend")
    return done(_("Moved."), location)


def _moved(plan: Plan, part: queries.Part) -> None:
    db, viewer, act = unit.db(), unit.viewer(), request.form.get("act")
    if act in ("up", "down"):
        service.move_part(db, viewer, plan, part, up=act == "up")
        return
    outline = queries.outline(db, plan.id)
    beside = next((one for one in outline if str(one.id) == request.form.get("beside")), None)
    if beside is None:
        not_found()
    if beside.id != part.id:
        spot = moving.after(outline, beside) if act == "after" else moving.before(outline, beside)
        service.place_part(db, viewer, plan, part, spot)


@blueprint.route("/plans/<uuid:plan_id>/parts/<uuid:part_id>/place", methods=["GET", "POST"])
@permission("write the text of a plan")
def place_part(plan_id: UUID, part_id: UUID) -> ResponseReturnValue:
    """Put a part of a draft elsewhere, with all that stands in it."""
    plan, part = _of_draft(plan_id, part_id)
    outline = queries.outline(unit.db(), plan.id)
    form = PlaceForm(places=_places(outline, part))
    if form.ready():
        with refusals(form):
            service.place_part(unit.db(), unit.viewer(), plan, part, _spot(outline, form.place.data or ""))
            location = url_for("plans.text", plan_id=plan.id, _anchor=f"item-{part.id}")
            return done(_("Moved."), location)
    return shown_form(form, "plans/place.html", plan=plan, part=part, goes_along=moving.below(outline, part))


@blueprint.route("/plans/<uuid:plan_id>/parts/<uuid:part_id>/words", methods=["GET", "POST"])
@permission("write the text of a plan")
def reword_part(plan_id: UUID, part_id: UUID) -> ResponseReturnValue:
    """Other words for a part of a draft. Who writes them for a part that went away meanwhile is shown them again."""
    plan = found(queries.plan_by_id(unit.db(), plan_id))
    authorise(policy.may_keep(unit.viewer(), plan))
    shown.enter_plan(plan)
    part = queries.part_by_id(unit.db(), plan.id, part_id)
    if part is None or not policy.may_edit_text(unit.viewer(), plan):
        return not_saved(plan, WordsForm(languages=shown.languages_of(plan.process)).title.data)
    form = WordsForm(data={"title": part.title, "version": part.version}, languages=shown.languages_of(plan.process))
    if form.ready(part):
        with refusals(form):
            service.change_part(unit.db(), unit.viewer(), part, shown.given(form.title))
            return done(_("Saved."), url_for("plans.text", plan_id=plan.id, _anchor=f"item-{part.id}"))
    return shown_form(form, "plans/reword.html", plan=plan, part=part)


@blueprint.route("/plans/<uuid:plan_id>/parts/<uuid:part_id>/take-away", methods=["GET", "POST"])
@permission("write the text of a plan")
def take_part_away(plan_id: UUID, part_id: UUID) -> ResponseReturnValue:
    """Take a part out of a draft for good; asks on a page of its own."""
    plan, part = _of_draft(plan_id, part_id)
    form = ActForm()
    if form.ready():
        with refusals(form):
            service.take_part_away(unit.db(), unit.viewer(), part)
            return done(_("Taken away."), url_for("plans.text", plan_id=plan.id))
    return shown_form(form, "plans/take_part_away.html", plan=plan, part=part)


@blueprint.route("/plans/<uuid:plan_id>/parts/<uuid:part_id>/amend/place", methods=["GET", "POST"])
@permission("amend a plan")
def amend_place(plan_id: UUID, part_id: UUID) -> ResponseReturnValue:
    """A meeting put a part elsewhere."""
    plan, part = _of_adopted(plan_id, part_id)
    outline = queries.standing(queries.outline(unit.db(), plan.id))
    form = MoveForm(
        languages=shown.languages_of(plan.process), meetings=meetings_of(plan), places=_places(outline, part)
    )
    if form.ready():
        with refusals(form):
            spot = _spot(outline, form.place.data or "")
            made = service.amend_by_moving(unit.db(), unit.viewer(), plan, part, spot, adopted_in(form))
            return recorded(plan, made.number)
    return shown_form(form, "plans/amend_place.html", plan=plan, part=part, goes_along=moving.below(outline, part))


@blueprint.route("/plans/<uuid:plan_id>/parts/<uuid:part_id>/amend/out", methods=["GET", "POST"])
@permission("amend a plan")
def take_out(plan_id: UUID, part_id: UUID) -> ResponseReturnValue:
    """A meeting took a part out. The page names what goes with it, and the commitments that stay."""
    plan, part = _of_adopted(plan_id, part_id)
    if part.taken_out_at is not None:
        not_found()
    under = queries.standing(moving.below(queries.outline(unit.db(), plan.id), part))
    form = TakeOutForm(languages=shown.languages_of(plan.process), meetings=meetings_of(plan))
    if form.ready():
        with refusals(form):
            made = service.amend_by_taking_out(
                unit.db(), unit.viewer(), plan, part, adopted_in(form), with_below=bool(form.with_below.data)
            )
            said = _("Recorded. %(number)s is out; commitments made in it stand where they stood.", number=made.number)
            return done(said, url_for("plans.plan", plan_id=plan.id, _anchor="amendments"))
    made_in = queries.commitments_in_parts(unit.db(), plan.id, part.place)
    return shown_form(
        form, "plans/take_out.html", plan=plan, part=part, under=under, stay=made_in,
        called=shown.names(plan, [one.participant_id for one in made_in]),
    )  # fmt: skip


@blueprint.route("/plans/<uuid:plan_id>/parts/<uuid:part_id>/amend/back", methods=["GET", "POST"])
@permission("amend a plan")
def put_back(plan_id: UUID, part_id: UUID) -> ResponseReturnValue:
    """A meeting put back what was taken out, where it stood."""
    plan, part = _of_adopted(plan_id, part_id)
    if part.taken_out_at is None:
        not_found()
    form = AdoptForm(languages=shown.languages_of(plan.process), meetings=meetings_of(plan))
    if form.ready():
        with refusals(form):
            made = service.amend_by_putting_back(unit.db(), unit.viewer(), plan, part, adopted_in(form))
            said = _("Recorded. %(number)s stands in the plan again, where it stood.", number=made.number)
            return done(said, url_for("plans.plan", plan_id=plan.id, _anchor="amendments"))
    return shown_form(form, "plans/put_back.html", plan=plan, part=part)


def not_saved(plan: Plan, words: LocalText | None) -> ResponseReturnValue:
    """The words that were written for what is not there any more; without any it is an address of nothing."""
    if words is None:
        not_found()
    return make_response(render_template("plans/not_saved.html", plan=plan, words=words), CONFLICT)


def _places(outline: list[queries.Part], part: queries.Part) -> list[tuple[str, str]]:
    """All places where a part of its kind can stand, in the order of the text."""
    may_hold: tuple[type[queries.Part], ...] = ()
    if isinstance(part, Objective):
        may_hold = (Area,)
    elif isinstance(part, Activity):
        may_hold = (Area, Objective)
    own = {part.id, *(one.id for one in moving.below(outline, part))}
    places = []
    for one in outline:
        if one.id in own:
            continue
        words = {"number": one.number, "title": local_text(one.title)}
        above = moving.before(outline, one).above
        if above is None or isinstance(above, may_hold):
            places.append((f"{_BEFORE}{one.id}", _("Before %(number)s %(title)s", **words)))
        if may_hold and isinstance(one, may_hold):
            places.append((f"{_AT_END}{one.id}", _("At the end of %(number)s %(title)s", **words)))
    return [*places, (_AT_END, _("At the end of the plan"))]


def _spot(outline: list[queries.Part], chosen: str) -> moving.Spot:
    kind, _colon, key = chosen.partition(":")
    part = next((one for one in outline if str(one.id) == key), None)
    if kind == _BEFORE[:-1] and part is not None:
        return moving.before(outline, part)
    return moving.Spot(part)


def _of_draft(plan_id: UUID, part_id: UUID) -> tuple[Plan, queries.Part]:
    plan = found(queries.plan_by_id(unit.db(), plan_id))
    authorise(policy.may_edit_text(unit.viewer(), plan))
    shown.enter_plan(plan)
    return plan, _the_part(plan, part_id)


def _of_adopted(plan_id: UUID, part_id: UUID) -> tuple[Plan, queries.Part]:
    plan = the_amended(plan_id)
    return plan, _the_part(plan, part_id)


def _the_part(plan: Plan, part_id: UUID) -> queries.Part:
    part = queries.part_by_id(unit.db(), plan.id, part_id)
    if part is None:
        not_found()
    return part
