"""What a participant says of its own persons: signed in, or by the link of its invitation, without a password."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.arrangements import forms, policy, queries, service
from secretariat.arrangements.models import HostedPerson
from secretariat.arrangements.views.base import blueprint
from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.mail.links import OpenedLink
from secretariat.mail.views.links import by_link
from secretariat.meetings import policy as meeting_policy
from secretariat.meetings import queries as meetings
from secretariat.meetings import words as in_words
from secretariat.meetings.models import Invitation, Meeting
from secretariat.meetings.views.base import names, the_meeting
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import Form, done, refusals, shown
from secretariat.pages.unit import db, viewer


@dataclass(frozen=True, slots=True)
class _Own:
    """The delegation one speaks for, and how its pages are addressed: signed in, or by link."""

    invitation: Invitation
    address: Callable[..., str]
    back: str

    @property
    def meeting(self) -> Meeting:
        return self.invitation.meeting


@blueprint.get("/meetings/<uuid:meeting_id>/arrangements")
@permission("give the arrangements of one's delegation")
def own(meeting_id: UUID) -> ResponseReturnValue:
    """Whom one's participant sends, and what was said of each."""
    return _listing(_signed_in(meeting_id))


@blueprint.get("/l/<token>/arrangements")
@by_link("reply")
def own_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same from the link of a mail."""
    return _listing(_linked(link))


@blueprint.route("/meetings/<uuid:meeting_id>/arrangements/<uuid:hosted_id>", methods=["GET", "POST"])
@permission("give the arrangements of one's delegation")
def one_of_own(meeting_id: UUID, hosted_id: UUID) -> ResponseReturnValue:
    """When a person comes, and what the person needs."""
    return _giving(_signed_in(meeting_id), hosted_id)


@blueprint.route("/l/<token>/arrangements/<uuid:hosted_id>", methods=["GET", "POST"])
@by_link("reply")
def one_of_own_by_link(link: OpenedLink, hosted_id: UUID) -> ResponseReturnValue:
    """The same from the link of a mail."""
    return _giving(_linked(link), hosted_id)


def _signed_in(meeting_id: UUID) -> _Own:
    meeting = the_meeting(meeting_id)
    invitation = found(meetings.own_invitation(db(), meeting.id, viewer().participant))
    authorise(meeting_policy.may_answer(viewer(), invitation, meeting))

    def address(hosted: UUID | None = None) -> str:
        if hosted is None:
            return url_for("arrangements.own", meeting_id=meeting_id)
        return url_for("arrangements.one_of_own", meeting_id=meeting_id, hosted_id=hosted)

    return _Own(invitation, address, url_for("meetings.delegation", meeting_id=meeting_id))


def _linked(link: OpenedLink) -> _Own:
    found_here = (meetings.invitation_by_id(db(), key) for key in link.subjects)
    invitation = found(next((one for one in found_here if one), None))
    meeting = found(invitation.meeting)
    place.enter(meeting.process, track=meeting.track)
    authorise(meeting_policy.may_answer(viewer(), invitation, meeting))

    def address(hosted: UUID | None = None) -> str:
        if hosted is None:
            return url_for("arrangements.own_by_link", token=link.token)
        return url_for("arrangements.one_of_own_by_link", token=link.token, hosted_id=hosted)

    return _Own(invitation, address, url_for("meetings.delegation_by_link", token=link.token))


def _listing(mine: _Own) -> ResponseReturnValue:
    return _page(mine, "arrangements/own.html", Form(), persons=_persons(mine))


def _giving(mine: _Own, hosted: UUID) -> ResponseReturnValue:
    who = found(next((one for one in _persons(mine) if one.id == hosted), None))
    needs = queries.needs_said(db(), who)
    form = forms.given_form()(obj=forms.Values(who, needs))
    if form.ready(who):
        with refusals(form):
            service.give(db(), who, mine.meeting, forms.given(form))
            return done(_("Saved. You can change it until the meeting."), mine.address())
    return _page(mine, "arrangements/given.html", form, who=who, needs=needs)


def _persons(mine: _Own) -> Sequence[HostedPerson]:
    return queries.own_persons(db(), mine.meeting.id, mine.invitation.participant_id)


def _page(mine: _Own, template: str, form: Form, **more: Any) -> ResponseReturnValue:
    meeting = mine.meeting
    last = (meeting.ends_on or meeting.starts_on) if meeting.starts_on else None
    named = names([mine.invitation.participant_id], meeting)
    return shown(
        form,
        template,
        meeting=meeting,
        participant=named[mine.invitation.participant_id],
        address=mine.address,
        back=mine.back,
        words=in_words,
        is_open=policy.is_open(meeting, clock.today(meeting.zone or "UTC")),
        erased_on=policy.erased_after(last.last_day) if last is not None else None,
        **more,
    )


def asked(invitation: Invitation) -> str:
    """Where a participant says when its persons come, from the page of its delegation; empty where no list is kept, and
    while nobody is named."""
    if not queries.own_persons(db(), invitation.meeting_id, invitation.participant_id):
        return ""
    token = (request.view_args or {}).get("token")
    if token:
        return url_for("arrangements.own_by_link", token=token)
    return url_for("arrangements.own", meeting_id=invitation.meeting_id)
