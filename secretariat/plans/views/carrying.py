"""Carrying over what is open in other plans into one that a meeting has adopted."""

from __future__ import annotations

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.languages import ngettext
from secretariat.core.languages.templating import local_text
from secretariat.pages import unit
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import done, refusals
from secretariat.pages.forms import shown as shown_form
from secretariat.plans import policy, queries, service
from secretariat.plans.forms import CarryOverForm
from secretariat.plans.views import blueprint, shown


@blueprint.route("/plans/<uuid:plan_id>/carry-over", methods=["GET", "POST"])
@permission("carry commitments over into a plan")
def carry_over(plan_id: UUID) -> ResponseReturnValue:
    """What goes on is ticked; it stays its participant's commitment, in a new place."""
    plan = found(queries.plan_by_id(unit.db(), plan_id))
    authorise(policy.may_carry_over(unit.viewer(), plan))
    shown.enter_plan(plan)
    going_on = {str(one.id): one for one in queries.open_in_other_plans(unit.db(), plan)}
    called = shown.names(plan, [one.participant_id for one in going_on.values()])
    choices = [
        (
            key,
            _(
                "%(plan)s, %(number)s, %(participant)s: %(words)s",
                plan=local_text(one.plan.title), number=one.shown_number,
                participant=called[one.participant_id], words=local_text(one.words),
            ),
        )
        for key, one in going_on.items()
    ]  # fmt: skip
    form = CarryOverForm(commitments=choices, parts=shown.part_choices(plan))
    if form.ready():
        with refusals(form):
            part = queries.part_by_id(unit.db(), plan.id, UUID(form.part.data)) if form.part.data else None
            chosen = [going_on[key] for key in form.commitments.data or []]
            made = service.carry_over(unit.db(), unit.viewer(), plan, chosen, part)
            said = ngettext(
                "Carried over: one commitment. It stays in the earlier plan with what was said of it there.",
                "Carried over: %(num)s commitments. They stay in the earlier plan with what was said of them there.",
                len(made),
            )
            return done(said, url_for("plans.plan", plan_id=plan.id))
    return shown_form(form, "plans/carry_over.html", plan=plan, has_any=bool(choices))
