"""Support asked for and given: the list of a plan, what was given written down, and the word of who had asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.documents.views.base import new_nonce
from secretariat.pages import unit
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import done, refusals
from secretariat.pages.forms import shown as shown_form
from secretariat.plans import partners, policy, queries, service
from secretariat.plans.models import Commitment, Plan
from secretariat.plans.support_forms import SupportForm
from secretariat.plans.support_models import GivenState, SupportGiven
from secretariat.plans.views import blueprint, shown
from secretariat.processes.names import in_order
from secretariat.processes.wording import shown_labels


@blueprint.get("/plans/<uuid:plan_id>/support")
@signed_in
def support(plan_id: UUID) -> ResponseReturnValue:
    """What participants said would help, as far as one reads it, with what was given."""
    plan = found(queries.plan_by_id(unit.db(), plan_id))
    shown.enter_plan(plan)
    asked = queries.support_in(unit.db(), plan.id)
    shown_labels(unit.db(), {plan.label_id, *(thing.label_id for one in asked for thing in _things(one))})
    return render_template(
        "plans/support.html",
        plan=plan,
        asked=asked,
        names=shown.names(plan, [one.commitment.participant_id for one in asked]),
        giver=givers_named(plan, [given for one in asked for given in one.given]),
        may_note=policy.may_note_support(unit.viewer(), plan),
        may_answer=lambda given, commitment: _may_answer(given, commitment, plan),
    )


def _things(one: queries.Asked) -> list[Any]:
    return [one.need, one.update, one.commitment, *one.given]


@blueprint.route("/support-needed/<uuid:need_id>/given", methods=["GET", "POST"])
@permission("write down support given")
def note_support(need_id: UUID) -> ResponseReturnValue:
    """Write down what was given for a need."""
    need = found(queries.need_by_id(unit.db(), need_id))
    commitment, viewer = need.update.commitment, unit.viewer()
    plan = commitment.plan
    authorise(policy.may_note_support(viewer, plan))
    shown.enter_plan(plan)
    is_own_word = policy.speaks_for(viewer, commitment, plan)
    form = SupportForm(givers=_givers(plan, commitment) if is_own_word or policy.may_keep(viewer, plan) else None)
    if form.ready():
        with refusals(form):
            service.note_support(
                unit.db(), viewer, need, form.words.data, language=shown.language(), giver=_giver(form),
                on=form.on.data,
            )  # fmt: skip
            return done(_said(plan, commitment, is_own_word), url_for("plans.support", plan_id=plan.id))
    return shown_form(
        form,
        "plans/note_support.html",
        need=need,
        commitment=commitment,
        plan=plan,
        participant=shown.names(plan, [commitment.participant_id])[commitment.participant_id],
        is_own_word=is_own_word,
        acting=shown.acting_sentence(plan),
    )


def _said(plan: Plan, commitment: Commitment, is_own_word: bool) -> str:
    if is_own_word:
        return _("Saved. Who reads what you asked for reads this too, and the next report says so.")
    name = shown.names(plan, [commitment.participant_id])[commitment.participant_id]
    return _("Noted. It counts once %(participant)s confirms it; nobody else reads it until then.", participant=name)


def _givers(plan: Plan, commitment: Commitment) -> list[tuple[str, str]]:
    choices = partners.to_choose(unit.db(), plan, clock.today()) - {commitment.participant_id}
    called = shown.names(plan, choices)
    return [(str(key), str(called[key])) for key in in_order(called)]


def _giver(form: SupportForm) -> service.Giver | None:
    if not form.asks_giver:
        return None
    if form.giver.data:
        return service.Giver(UUID(form.giver.data))
    return service.Giver(name=form.giver_name.data or "")


@blueprint.get("/support-given/<uuid:given_id>")
@signed_in
def support_given(given_id: UUID) -> ResponseReturnValue:
    """One line of what was given; who had asked says whether it was."""
    given, commitment = _given(given_id)
    return render_template(
        "plans/support_given.html",
        given=given,
        commitment=commitment,
        plan=commitment.plan,
        giver=givers_named(commitment.plan, [given]),
        participant=shown.names(commitment.plan, [commitment.participant_id])[commitment.participant_id],
        may_answer=_may_answer(given, commitment, commitment.plan),
        acting=shown.acting_sentence(commitment.plan),
        new_nonce=new_nonce,
    )


@blueprint.post("/support-given/<uuid:given_id>/confirm")
@permission("confirm support given")
def confirm_support(given_id: UUID) -> ResponseReturnValue:
    """It was given."""
    said = _("Saved. Who reads what you asked for reads this too, and the next report says so.")
    return _answer(given_id, service.confirm_support, said)


@blueprint.post("/support-given/<uuid:given_id>/set-aside")
@permission("set aside support noted as given")
def set_support_aside(given_id: UUID) -> ResponseReturnValue:
    """One does not know of it so."""
    said = _("Set aside. It counts nowhere, and nobody else reads it.")
    return _answer(given_id, service.set_support_aside, said)


def _answer(given_id: UUID, act: Callable[..., None], said: str) -> ResponseReturnValue:
    given, commitment = _given(given_id)
    authorise(policy.speaks_for(unit.viewer(), commitment, commitment.plan))
    back = url_for("plans.support", plan_id=commitment.plan_id)
    try:
        act(unit.db(), unit.viewer(), given)
    except Refused as refused:
        return done(refused.sentence, back, "attend")
    return done(said, back)


def _given(given_id: UUID) -> tuple[SupportGiven, Commitment]:
    given = found(queries.given_by_id(unit.db(), given_id))
    commitment = given.need.update.commitment
    shown.enter_plan(commitment.plan)
    return given, commitment


def _may_answer(given: SupportGiven, commitment: Commitment, plan: Plan) -> bool:
    return given.state is GivenState.NOTED and policy.speaks_for(unit.viewer(), commitment, plan)


def givers_named(plan: Plan, given: Iterable[SupportGiven]) -> dict[UUID, Any]:
    """Who gave, by line, as far as one knows that it takes part."""
    lines = list(given)
    may = partners.known(unit.db(), plan, [one.giver_id for one in lines if one.giver_id is not None])
    called = shown.names(plan, may)
    return {
        one.id: str(called[one.giver_id]) if one.giver_id in may and one.giver_id is not None else one.giver_text
        for one in lines
    }
