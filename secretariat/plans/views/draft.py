"""The page of a colleague in another ministry to whom one commitment was passed."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from secretariat.core import journal
from secretariat.core.languages import gettext as _
from secretariat.mail import links
from secretariat.mail.links import Refusal
from secretariat.mail.views import closed, settings
from secretariat.pages import unit
from secretariat.pages.access import authorise, capability
from secretariat.pages.forms import done
from secretariat.pages.forms import shown as shown_form
from secretariat.plans import drafts, lending, letters, queries
from secretariat.plans.forms import DraftForm
from secretariat.plans.status import Status
from secretariat.plans.views import blueprint, shown


@blueprint.route("/l/<token>/draft", methods=["GET", "POST"])
@capability(letters.DRAFT_SCOPE)
def draft(token: str) -> ResponseReturnValue:
    """What a focal point passed on, and nothing else: read with the lender's eyes."""
    authorise(True)
    link = links.resolve(unit.engine(), settings().secret_key, token, letters.DRAFT_SCOPE)
    lender = None if isinstance(link, Refusal) else lending.lender_of_update(unit.engine(), link.subjects[0])
    if isinstance(link, Refusal) or lender is None:
        reason = link.reason if isinstance(link, Refusal) else "nothing lent"
        unit.note(journal.security_event("link refused", scope=letters.DRAFT_SCOPE, reason=reason))
        return closed(token)
    unit.act_as(*lender)
    lent = queries.lent_update(unit.db(), link.subjects[0])
    if lent is None or lent.commitment is None:
        return closed(token)
    one = lent.commitment
    shown.enter_plan(one.plan)
    form = DraftForm(data={"status": lent.status, "words": lent.words})
    if form.ready():
        with shown.refusals(form):
            status = Status(form.status.data) if form.status.data else None
            drafts.draft(unit.db(), lent, status, shown.given(form.words))
            return done(_("Sent. Your colleague reads it beside the form and reports. Thank you."), request.path)
    participant = shown.names(one.plan, [one.participant_id])[one.participant_id]
    return shown_form(
        form,
        "plans/draft.html",
        commitment=one,
        participant=participant,
        open=lending.awaits_draft(lent, unit.viewer()),
    )
