"""Answering a proposal, from the link in a mail or signed in; and the page of a colleague who is asked for advice."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.refusals import Refused
from secretariat.mail.links import OpenedLink
from secretariat.mail.views.links import by_lent_link, by_link
from secretariat.pages import unit
from secretariat.pages.access import authorise, found, not_found, permission
from secretariat.pages.forms import done, refusals
from secretariat.pages.forms import shown as shown_form
from secretariat.plans import lending, letters, policy, queries, service
from secretariat.plans.forms import AdviceForm, AnswerForm, in_words
from secretariat.plans.models import Commitment, CommitmentState
from secretariat.plans.views import blueprint, shown

RING_AFTER = timedelta(days=14)
"""A proposal without an answer: one call after this, and no more."""


@blueprint.route("/l/<token>/accept", methods=["GET", "POST"])
@by_link(letters.ANSWER_SCOPE)
def accept(link: OpenedLink) -> ResponseReturnValue:
    """The page behind the link of a mail: a proposal and its four answers."""
    one = found(queries.commitment_by_id(unit.db(), link.subjects[0]))
    if not policy.speaks_for(unit.viewer(), one, one.plan):
        not_found()
    return _answer(one, request.path, link)


@blueprint.route("/commitments/<uuid:commitment_id>/answer", methods=["GET", "POST"])
@permission("answer a proposal")
def answer(commitment_id: UUID) -> ResponseReturnValue:
    """The same, signed in."""
    one = found(queries.commitment_by_id(unit.db(), commitment_id))
    authorise(policy.speaks_for(unit.viewer(), one, one.plan))
    return _answer(one, url_for("plans.commitment", commitment_id=one.id), None)


def _answer(one: Commitment, onward: str, link: OpenedLink | None) -> ResponseReturnValue:
    shown.enter_plan(one.plan)
    if one.state is not CommitmentState.PROPOSED:
        return _answered(one, link)
    form = AnswerForm(
        data={
            "words": local_text(one.words),
            "due_on": None if one.milestones else one.due_on,
            "milestones": one.milestones,
            "lead": local_text(one.lead) if one.lead else "",
        }
    )
    if request.method == "POST" and "ring" in request.form:
        service.ask_to_be_rung(unit.db(), unit.viewer(), one, form.word.data or "")
        return done(_("We will ring you. Until then nothing changes."), onward)
    if form.ready():
        with refusals(form):
            return done(_give(one, form), onward)
    return _page(form, one, link)


def _give(one: Commitment, form: AnswerForm) -> str:
    db, viewer, word = unit.db(), unit.viewer(), form.word.data or ""
    if form.answer.data == "decline":
        service.decline(db, viewer, one, word)
        return _("Taken back. No other government learns that it was proposed. Thank you for the answer.")
    if form.answer.data == "ask":
        if not form.colleague.data:
            raise Refused(_("Give your colleague’s address at work, for example name@ministry.example"), "colleague")
        service.ask_colleague(db, viewer, one, form.colleague.data)
        return _("Sent to your colleague, who reads this proposal and nothing else. The answer stays yours.")
    service.accept(
        db, viewer, one, amended=form.answer.data == "amend",
        words=in_words(form.words, shown.language(), one.words), due_on=form.due_on.data,
        steps=form.milestones.data, lead=in_words(form.lead, shown.language(), one.lead), word=word,
    )  # fmt: skip
    return _(
        "Accepted: commitment %(number)s of the plan. The members read it there from now on.", number=one.shown_number
    )


def _page(form: AnswerForm, one: Commitment, link: OpenedLink | None) -> ResponseReturnValue:
    proposal = found(queries.proposal_of(unit.db(), one.id))
    return shown_form(
        form, "plans/answer.html", commitment=one, proposal=proposal, link=link,
        consultations=queries.consultations_of(unit.db(), proposal.id),
        participant=shown.names(one.plan, [one.participant_id])[one.participant_id],
        acting=shown.acting_sentence(one.plan), ring_after=proposal.proposed_at + RING_AFTER,
    )  # fmt: skip


def _answered(one: Commitment, link: OpenedLink | None) -> ResponseReturnValue:
    """The receipt: what stands now, once a proposal was answered or taken back."""
    proposal = found(queries.proposal_of(unit.db(), one.id))
    return render_template(
        "plans/answered.html", commitment=one, proposal=proposal, link=link,
        row=shown.rows_of(one.plan, [one])[one.id],
    )  # fmt: skip


@blueprint.route("/l/<token>/advise", methods=["GET", "POST"])
@by_lent_link(letters.ADVICE_SCOPE, lambda key: lending.lender(unit.engine(), key))
def advise(link: OpenedLink) -> ResponseReturnValue:
    """What a focal point lent to a colleague, and nothing else: read with the lender's eyes."""
    lent = found(queries.consultation_by_id(unit.db(), link.subjects[0]))
    one = found(queries.commitment_by_id(unit.db(), lent.proposal.commitment_id))
    shown.enter_plan(one.plan)
    form = AdviceForm(data={"reply": lent.reply})
    if form.ready():
        with refusals(form):
            service.advise(unit.db(), lent, shown.given(form.reply))
            return done(_("Sent. Your colleague reads it and answers. Thank you."), request.path)
    participant = shown.names(one.plan, [one.participant_id])[one.participant_id]
    return shown_form(form, "plans/advise.html", commitment=one, lent=lent, participant=participant)
