"""The network replies to an answer."""

from __future__ import annotations

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.civil_society import forms, policy
from secretariat.civil_society import words as in_words
from secretariat.civil_society.service import replying
from secretariat.civil_society.views.base import blueprint, the_answer
from secretariat.core.languages import gettext as _
from secretariat.pages.access import authorise, permission
from secretariat.pages.forms import done, refusals, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.names import names_of


@blueprint.route("/answers/<uuid:submission_answer_id>/reply", methods=["GET", "POST"])
@permission("reply to an answer")
def reply(submission_answer_id: UUID) -> ResponseReturnValue:
    """Reply to an answer for the network; the page says who reads it, and that it stays as it is."""
    this = the_answer(submission_answer_id)
    authorise(policy.may_reply(viewer(), this))
    form = forms.reply_form(this.process.languages)()
    if form.ready():
        with refusals(form):
            replying.reply(db(), this, form["words"].data)
            there = url_for("civil_society.show", submission_id=this.submission_id)
            return done(_("Sent. Who reads the answer reads it."), there)
    names = names_of(db(), [this.participant_id], process=this.process_id)
    return shown(
        form, "civil_society/reply.html", answer=this, one=this.submission, names=names, says=in_words.SAYS,
    )  # fmt: skip
