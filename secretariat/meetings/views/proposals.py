"""States bring, not only answer: items they propose for an agenda, signed in or by the link of a mail."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.mail.links import OpenedLink
from secretariat.mail.views.links import by_link
from secretariat.meetings import policy, proposal_forms, queries, service
from secretariat.meetings import words as in_words
from secretariat.meetings.models import ItemProposal, ItemState, Meeting
from secretariat.meetings.views.base import blueprint, languages_of, names, new_nonce, the_meeting
from secretariat.meetings.views.papers import KEEP, compose_address, drafts_of, onward, page_of
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import Form, done, shown
from secretariat.pages.unit import db, viewer


@blueprint.route("/meetings/<uuid:meeting_id>/proposals/new", methods=["GET", "POST"])
@permission("propose an item for an agenda")
def propose_item(meeting_id: UUID) -> ResponseReturnValue:
    """An item of one's government for the agenda."""
    meeting = the_meeting(meeting_id)
    return proposing(meeting, url_for("meetings.show", meeting_id=meeting_id, _anchor="proposals"))


@blueprint.route("/l/<token>/propose", methods=["GET", "POST"])
@by_link("reply")
def propose_item_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same from the link of a mail, without a password."""
    own = found(next((one for one in (queries.invitation_by_id(db(), key) for key in link.subjects) if one), None))
    meeting = found(own.meeting)
    place.enter(meeting.process, track=meeting.track)
    return proposing(meeting, url_for("meetings.reply_by_link", token=link.token), by_mail=True)


def proposing(meeting: Meeting, location: str, *, by_mail: bool = False) -> ResponseReturnValue:
    """The form of an item; `location` is where one is led afterwards."""
    authorise(policy.speaks_at(viewer(), meeting))
    if not by_mail and (kept_at := onward(meeting)) is not None:
        return redirect(kept_at, 303)
    form = proposal_forms.propose_form(languages_of(meeting.process))()
    keeps = request.form.get("act") == KEEP
    if form.ready():
        try:
            proposed = proposal_forms.proposed_item(form)
            if keeps:
                made = service.prepare_item(db(), meeting, proposed)
                kept_at = compose_address(made) if by_mail else page_of(made)
                return done(_("Kept as a draft; your government alone reads it."), kept_at)
            service.propose_item(db(), meeting, proposed)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Proposed. The chair decides, and you are told what becomes of it."), location)
    named = names([viewer().participant], meeting)
    return shown(
        form,
        "meetings/propose_item.html",
        meeting=meeting,
        participant=named[found(viewer().participant)],
        closed=service.why_nothing_is_taken(meeting),
        words=in_words,
        back=location if location != request.path else None,
        drafts=[] if by_mail else drafts_of(meeting),  # a link opens what it is about alone
        proposed=[] if by_mail else _proposed(meeting),
        new_nonce=new_nonce,
    )


def _proposed(meeting: Meeting) -> list[ItemProposal]:
    """What one's government has proposed already, so that nobody asks for it twice."""
    every = queries.item_proposals_of(db(), meeting.id)
    return [one for one in every if one.participant_id == viewer().participant and one.state is not ItemState.PREPARED]


@blueprint.get("/meetings/<uuid:meeting_id>/proposals/<uuid:proposal_id>")
@signed_in
def item_proposal(meeting_id: UUID, proposal_id: UUID) -> ResponseReturnValue:
    """A proposed item and what it was answered."""
    meeting, proposal = _both(meeting_id, proposal_id)
    form = proposal_forms.answer_form(languages_of(meeting.process))()
    return _page(meeting, proposal, form)


@blueprint.post("/meetings/<uuid:meeting_id>/proposals/<uuid:proposal_id>/answer")
@permission("answer a proposed agenda item")
def answer_item(meeting_id: UUID, proposal_id: UUID) -> ResponseReturnValue:
    """The decision, and a word to its author."""
    meeting, proposal = _both(meeting_id, proposal_id)
    authorise(policy.may_answer_item(viewer(), proposal))
    form = proposal_forms.answer_form(languages_of(meeting.process))()
    if form.ready():
        taken_up = form["taken_up"].data == "yes"
        try:
            service.answer_item(db(), proposal, form["answer"].data, taken_up=taken_up)
        except Refused as problem:
            form.tell(problem)
        else:
            words = _("Taken up; its author is told.") if taken_up else _("Answered; its author is told.")
            return done(words, url_for("meetings.show", meeting_id=meeting.id, _anchor="proposals"))
    return _page(meeting, proposal, form)


@blueprint.post("/meetings/<uuid:meeting_id>/proposals/<uuid:proposal_id>/withdraw")
@permission("withdraw a proposed agenda item")
def withdraw_item(meeting_id: UUID, proposal_id: UUID) -> ResponseReturnValue:
    """Whose it is takes it back, while it waits."""
    meeting, proposal = _both(meeting_id, proposal_id)
    authorise(policy.may_withdraw_item(viewer(), proposal))
    service.withdraw_item(db(), proposal)
    return done(_("Withdrawn."), url_for("meetings.show", meeting_id=meeting.id, _anchor="proposals"))


def _page(meeting: Meeting, proposal: ItemProposal, form: Form) -> ResponseReturnValue:
    named = names([proposal.participant_id], meeting)
    return shown(
        form,
        "meetings/item_proposal.html",
        meeting=meeting,
        proposal=proposal,
        participant=named[proposal.participant_id],
        may_answer=policy.may_answer_item(viewer(), proposal),
        may_withdraw=policy.may_withdraw_item(viewer(), proposal),
        may_prepare=policy.may_prepare_item(viewer(), proposal),
        words=in_words,
        new_nonce=new_nonce,
    )


def _both(meeting_id: UUID, proposal_id: UUID) -> tuple[Meeting, ItemProposal]:
    """The meeting and an item proposed for it; addresses whose parts disagree are a 404."""
    meeting = the_meeting(meeting_id)
    proposal = found(queries.item_proposal(db(), proposal_id))
    return meeting, found(proposal if proposal.meeting_id == meeting.id else None)
