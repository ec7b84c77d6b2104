"""Delegations: a participant names its own, signed in or by the link of its mail; answers noted after a call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.mail.links import OpenedLink
from secretariat.mail.views.links import by_link
from secretariat.meetings import delegation_forms, delegation_queries, delegation_works, policy, queries, service
from secretariat.meetings import words as in_words
from secretariat.meetings.delegations import heads_first
from secretariat.meetings.models import Delegate, Invitation, Meeting
from secretariat.meetings.views.base import blueprint, names, new_nonce, the_meeting
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import done, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.words import LEVELS


@dataclass(frozen=True, slots=True)
class _Own:
    """The invitation of the participant one speaks for, and how its pages are addressed: signed in, or by link."""

    invitation: Invitation
    address: Callable[..., str]
    answer_address: str

    @property
    def meeting(self) -> Meeting:
        return self.invitation.meeting


# --- the participant's own ----------------------------------------------------------------------------------------


@blueprint.route("/meetings/<uuid:meeting_id>/delegation", methods=["GET", "POST"])
@permission("name a delegation")
def delegation(meeting_id: UUID) -> ResponseReturnValue:
    """Who comes, person by person."""
    return _naming(_signed_in(meeting_id))


@blueprint.route("/l/<token>/delegation", methods=["GET", "POST"])
@by_link("reply")
def delegation_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same from the link of a mail, without a password."""
    return _naming(_linked(link))


@blueprint.route("/meetings/<uuid:meeting_id>/delegation/<uuid:delegate_id>", methods=["GET", "POST"])
@permission("change a delegate")
def delegate(meeting_id: UUID, delegate_id: UUID) -> ResponseReturnValue:
    """Change a person, or take one off."""
    return _changing(_signed_in(meeting_id), delegate_id)


@blueprint.route("/l/<token>/delegation/<uuid:delegate_id>", methods=["GET", "POST"])
@by_link("reply")
def delegate_by_link(link: OpenedLink, delegate_id: UUID) -> ResponseReturnValue:
    """The same from the link of a mail."""
    return _changing(_linked(link), delegate_id)


def _signed_in(meeting_id: UUID) -> _Own:
    meeting = the_meeting(meeting_id)
    own = found(queries.own_invitation(db(), meeting.id, viewer().participant))
    authorise(policy.may_answer(viewer(), own, meeting))

    def address(delegate: UUID | None = None) -> str:
        if delegate is None:
            return url_for("meetings.delegation", meeting_id=meeting_id)
        return url_for("meetings.delegate", meeting_id=meeting_id, delegate_id=delegate)

    return _Own(own, address, url_for("meetings.reply", meeting_id=meeting_id))


def _linked(link: OpenedLink) -> _Own:
    own = found(next((one for one in (queries.invitation_by_id(db(), key) for key in link.subjects) if one), None))
    meeting = found(own.meeting)
    place.enter(meeting.process, track=meeting.track)
    authorise(policy.may_answer(viewer(), own, meeting))

    def address(delegate: UUID | None = None) -> str:
        if delegate is None:
            return url_for("meetings.delegation_by_link", token=link.token)
        return url_for("meetings.delegate_by_link", token=link.token, delegate_id=delegate)

    return _Own(own, address, url_for("meetings.reply_by_link", token=link.token))


def _naming(own: _Own) -> ResponseReturnValue:
    form = delegation_forms.delegate_form()()
    if form.ready():
        try:
            service.add_delegate(db(), own.invitation, delegation_forms.delegate_words(form))
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Saved. Name another, or leave it at that."), own.address())
    needs = delegation_queries.needs_of(db(), [own.invitation.id])
    return _page(own, "meetings/delegation.html", form, needs=needs, earlier=_earlier(own))


def _changing(own: _Own, delegate_id: UUID) -> ResponseReturnValue:
    one = found(delegation_queries.delegate_of(db(), own.invitation.id, delegate_id))
    values = delegation_forms.delegate_values(one)
    form = delegation_forms.delegate_form()(obj=values)
    if request.form.get("act") == "remove":
        return _taken_off(own, one)
    if form.ready(values):
        try:
            service.change_delegate(db(), own.invitation, one, delegation_forms.delegate_words(form))
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Saved."), own.address())
    return _page(own, "meetings/delegate.html", form, delegate=one)


def _taken_off(own: _Own, one: Delegate) -> ResponseReturnValue:
    try:
        service.remove_delegate(db(), own.invitation, one)
    except Refused as problem:
        return done(problem.sentence, own.address(), "attend")
    return done(_("Taken off the delegation."), own.address())


def _page(own: _Own, template: str, form: Any, **more: Any) -> ResponseReturnValue:
    named = names([own.invitation.participant_id], own.meeting)
    return shown(
        form,
        template,
        meeting=own.meeting,
        own=own.invitation,
        delegates=heads_first(own.invitation.delegates),
        participant=named[own.invitation.participant_id],
        address=own.address,
        answer_address=own.answer_address,
        closed=_why_closed(own.meeting),
        provisional=delegation_works.provisional_words,
        letter=delegation_works.letter_words(own.invitation),
        words=in_words,
        levels=LEVELS,
        new_nonce=new_nonce,
        **more,
    )


def _why_closed(meeting: Meeting) -> str | None:
    try:
        service.check_answerable(meeting)
    except Refused as problem:
        return problem.sentence
    return None


def _earlier(own: _Own) -> list[tuple[Meeting, list[Delegate]]]:
    """Whom the participant sent before, as far as the names are kept."""
    before = delegation_queries.earlier_delegations(db(), own.meeting, own.invitation.participant_id)
    return [(one.meeting, heads_first(one.delegates)) for one in before if one.delegates]


# --- answers taken by telephone -----------------------------------------------------------------------------------


@blueprint.route("/meetings/<uuid:meeting_id>/invitations/<uuid:invitation_id>/note", methods=["GET", "POST"])
@permission("note an answer to an invitation")
def note_answer(meeting_id: UUID, invitation_id: UUID) -> ResponseReturnValue:
    """What a participant said in a call; its focal points confirm it."""
    meeting = the_meeting(meeting_id)
    one = found(queries.invitation_by_id(db(), invitation_id))
    found(one if one.meeting_id == meeting.id else None)
    authorise(policy.may_keep(viewer(), meeting))
    form = delegation_forms.NoteAnswerForm()
    if form.ready():
        try:
            service.note_answer(db(), one, form.reply, form["word"].data)
        except Refused as problem:
            form.tell(problem)
        else:
            words = _("Noted. The focal points receive it, and it counts once one of them confirms it.")
            return done(words, url_for("meetings.show", meeting_id=meeting.id, _anchor="invitations"))
    named = names([one.participant_id], meeting)
    return shown(
        form,
        "meetings/note_answer.html",
        meeting=meeting,
        invitation=one,
        participant=named[one.participant_id],
        words=in_words,
    )
