"""The page of a colleague in another ministry to whom one commitment was passed."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.mail.links import OpenedLink
from secretariat.mail.views.links import by_lent_link
from secretariat.pages import unit
from secretariat.pages.access import found
from secretariat.pages.forms import done, refusals
from secretariat.pages.forms import shown as shown_form
from secretariat.pages.uploads import takes_files
from secretariat.plans import drafts, lending, letters, queries
from secretariat.plans.forms import DraftForm
from secretariat.plans.status import Status
from secretariat.plans.views import blueprint, evidence, shown


@blueprint.route("/l/<token>/draft", methods=["GET", "POST"])
@by_lent_link(letters.DRAFT_SCOPE, lambda key: lending.lender_of_update(unit.engine(), key))
@takes_files
def draft(link: OpenedLink) -> ResponseReturnValue:
    """What a focal point passed on, and nothing else: read with the lender's eyes."""
    lent = found(queries.lent_update(unit.db(), link.subjects[0]))
    found(lent.commitment)
    one = lent.commitment
    shown.enter_plan(one.plan)
    form = DraftForm(data={"status": lent.status, "words": lent.words})
    if form.ready():
        with refusals(form):
            status = Status(form.status.data) if form.status.data else None
            drafts.draft(unit.db(), lent, status, shown.given(form.words), evidence.taken_in(form))
            return done(_("Sent. Your colleague reads it beside the form and reports. Thank you."), request.path)
    participant = shown.names(one.plan, [one.participant_id])[one.participant_id]
    return shown_form(
        form,
        "plans/draft.html",
        commitment=one,
        participant=participant,
        sent=queries.files_with_draft(unit.db(), lent.id),
        file_in_words=evidence.in_words,
        open=lending.awaits_draft(lent, unit.viewer()),
    )
