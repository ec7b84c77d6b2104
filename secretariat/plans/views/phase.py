"""Under which phase of governance the secretariat puts a commitment: an aid of its officers, read by nobody else."""

from __future__ import annotations

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.pages import unit
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import done, refusals
from secretariat.pages.forms import shown as shown_form
from secretariat.plans import policy, queries, service
from secretariat.plans.forms import PhaseForm
from secretariat.plans.phase_models import Phase
from secretariat.plans.views import blueprint, shown


@blueprint.route("/commitments/<uuid:commitment_id>/phase", methods=["GET", "POST"])
@permission("put a commitment under a phase")
def phase(commitment_id: UUID) -> ResponseReturnValue:
    """Choose a phase, or none."""
    one = found(queries.commitment_by_id(unit.db(), commitment_id))
    authorise(policy.may_tag(unit.viewer(), one.plan))
    shown.enter_plan(one.plan)
    tag = queries.phase_of(unit.db(), one.id)
    form = PhaseForm(data={"phase": tag.phase.value if tag else "", "version": tag.version if tag else ""})
    if form.ready(tag):
        with refusals(form):
            service.tag_phase(unit.db(), unit.viewer(), one, Phase(form.phase.data) if form.phase.data else None)
            return done(
                _("Saved. The officers of the Secretariat read it, and nobody else."),
                url_for("plans.commitment", commitment_id=one.id),
            )
    return shown_form(form, "plans/phase.html", commitment=one, tag=tag)
