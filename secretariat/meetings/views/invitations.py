"""Inviting, answering - signed in or from the link of a mail - and noting who came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages import ngettext
from secretariat.core.languages.words import list_text
from secretariat.core.refusals import Refused
from secretariat.mail.links import OpenedLink
from secretariat.mail.views import by_link
from secretariat.mail.views.letters_first import letters_first, with_letters
from secretariat.meetings import forms, policy, queries, service
from secretariat.meetings import words as in_words
from secretariat.meetings.back_planning import day_of
from secretariat.meetings.milestone_models import MilestoneKind
from secretariat.meetings.models import Answer, Invitation, Meeting
from secretariat.meetings.views.base import blueprint, names, new_nonce, the_meeting
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import done, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.models import StandingKind
from secretariat.processes.names import in_order, names_of

ANSWER_DAYS = 14
"""Without that milestone answers are asked for so many days before the meeting, or halfway to it where it is nearer;
never on a weekend."""
FRIDAY = 4


@blueprint.route("/meetings/<uuid:meeting_id>/invite", methods=["GET", "POST"])
@permission("invite to a meeting")
def invite(meeting_id: UUID) -> ResponseReturnValue:
    """Choose whom to invite: the members of the body are ticked, others can be added, any can be left out."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_invite(viewer(), meeting))
    offered = {one.participant: one for one in queries.invitable(db(), meeting, clock.today())}
    named = names_of(db(), offered, process=meeting.process_id)
    order = in_order(named)
    is_over = not meeting.is_live or meeting.is_over(clock.today(meeting.zone or "UTC"))
    ticked = [one for one in order if _is_ticked(offered[one])]
    form_class = forms.invite_form([(one, named[one]) for one in order], ticked)
    form = form_class(answer_by=proposed_day(meeting))
    before = None
    if form.ready():
        chosen = [UUID(one) for one in form["chosen"].data]

        def send() -> service.Invited:
            return service.invite(db(), meeting, chosen, answer_by=form["answer_by"].data)

        try:
            before = letters_first(meeting.process_id, send)
            invited = None if before else send()
        except Refused as problem:
            form.tell(problem)
            invited = None
        if invited is not None:
            unreached = [str(named[one]) for one in order if one in invited.without_contact]
            words = invited_words(invited, unreached, is_over=is_over)
            return done(words, url_for("meetings.show", meeting_id=meeting_id))
    groups = [
        (in_words.STANDING[kind], {str(one) for one in order if offered[one].standing is kind}) for kind in StandingKind
    ]
    return with_letters(
        form,
        before,
        "meetings/invite.html",
        meeting=meeting,
        is_over=is_over,
        ways=_ways(meeting, offered.values()),
        groups=[(words, members) for words, members in groups if members],
        unreached={str(one) for one in order if not offered[one].focal_points},
        words=in_words,
    )


BODY, ALL, NOBODY = "body", "all", "nobody"


def _is_ticked(one: queries.Invitable) -> bool:
    """Whether a participant is ticked beforehand: who is in the body, or the standing asked for in the address."""
    tick = request.args.get("tick", BODY)
    if tick in (ALL, NOBODY):
        return tick == ALL
    known = {kind.value for kind in StandingKind}
    return one.standing.value == tick if tick in known else one.in_body


def _ways(meeting: Meeting, offered: Iterable[queries.Invitable]) -> list[tuple[str, str, bool]]:
    """Whom to tick in one go: words, address, and whether it is what is ticked now. Exceptions are then taken off."""
    found = list(offered)
    kinds = [kind for kind in StandingKind if any(one.standing is kind for one in found)]
    body = [(BODY, _("The members of the body"))] if any(one.in_body for one in found) else []
    ways = [*body, *((kind.value, str(in_words.STANDING[kind])) for kind in kinds if len(kinds) > 1)]
    ways += [(ALL, _("Everyone")), (NOBODY, _("Nobody"))]
    now = request.args.get("tick", BODY)
    return [(words, url_for("meetings.invite", meeting_id=meeting.id, tick=key), key == now) for key, words in ways]


def proposed_day(meeting: Meeting) -> date | None:
    """The day on which nominations are due, where the meeting has that milestone and it is still to come."""
    if meeting.starts_on is None:
        return None
    today, first = clock.today(meeting.zone or "UTC"), meeting.starts_on.first_day
    due_on = day_of(db(), meeting, MilestoneKind.NOMINATIONS_DUE)
    if due_on is not None and due_on > today:
        return due_on
    ahead = (first - today).days
    if ahead <= 0:
        return None
    day = first - timedelta(days=min(ANSWER_DAYS, max(1, ahead // 2)))
    return max(today, day - timedelta(days=max(0, day.weekday() - FRIDAY)))


def invited_words(invited: service.Invited, unreached: list[str], *, is_over: bool) -> str:
    """What inviting did, in words."""
    said = ngettext("One participant is invited.", "%(num)s participants are invited.", invited.participants)
    if is_over:
        sent = _("No letter leaves: the meeting is over.")
    else:
        sent = ngettext("One letter leaves.", "%(num)s letters leave.", invited.mails)
    if not unreached:
        return _("%(invited)s %(sent)s", invited=said, sent=sent)
    return _(
        "%(invited)s %(sent)s Nobody is on record to write to: %(participants)s.",
        invited=said,
        sent=sent,
        participants=list_text(unreached),
    )


@blueprint.route("/meetings/<uuid:meeting_id>/reply", methods=["GET", "POST"])
@permission("answer an invitation")
def reply(meeting_id: UUID) -> ResponseReturnValue:
    """A focal point's answer, signed in."""
    meeting = the_meeting(meeting_id)
    own = found(queries.own_invitation(db(), meeting.id, viewer().participant))
    authorise(policy.may_answer(viewer(), own, meeting))
    return _answering(
        own,
        url_for("meetings.show", meeting_id=meeting_id),
        url_for("meetings.delegation", meeting_id=meeting_id),
        url_for("meetings.propose_item", meeting_id=meeting_id),
        url_for("meetings.submit_paper", meeting_id=meeting_id),
    )


@blueprint.route("/l/<token>/reply", methods=["GET", "POST"])
@by_link("reply")
def reply_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same from the link of a mail, without a password."""
    own = found(next((one for one in (queries.invitation_by_id(db(), key) for key in link.subjects) if one), None))
    meeting = found(own.meeting)
    place.enter(meeting.process, track=meeting.track)
    authorise(policy.may_answer(viewer(), own, meeting))
    return _answering(
        own,
        url_for("meetings.reply_by_link", token=link.token),
        url_for("meetings.delegation_by_link", token=link.token),
        url_for("meetings.propose_item_by_link", token=link.token),
        url_for("meetings.submit_paper_by_link", token=link.token),
    )


def _answering(
    own: Invitation, location: str, delegation_address: str, propose_address: str, paper_address: str
) -> ResponseReturnValue:
    meeting = own.meeting
    values = forms.reply_values(own)
    form = forms.ReplyForm(obj=values)
    closed = _why_closed(meeting)
    act, _colon, noted = request.form.get("act", "").partition(":")
    if closed is None and act == "confirm":
        return _confirming(own, location, noted)
    if closed is None and form.ready(values):
        try:
            service.answer_invitation(db(), own, form.reply)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_thanks(own), location)
    if closed is not None and form.is_submitted():
        form.refuse(closed)
    named = names([own.participant_id], meeting)
    return shown(
        form,
        "meetings/reply.html",
        meeting=meeting,
        own=own,
        closed=closed,
        participant=named[own.participant_id],
        delegation_address=delegation_address,
        propose_address=propose_address,
        paper_address=paper_address,
        location=location,
        new_nonce=new_nonce,
        words=in_words,
    )


def _confirming(own: Invitation, location: str, noted: str) -> ResponseReturnValue:
    """With one press: what the secretariat noted is right - that which stood on the page, and none noted since."""
    if own.noted is not None and str(own.noted.id) != noted:
        words = _(
            "The Secretariat has noted another answer in the meantime; look at it, and confirm it if it is right."
        )
        return done(words, location, "attend")
    try:
        service.confirm_noted(db(), own)
    except Refused as problem:
        return done(problem.sentence, location, "attend")
    return done(_thanks(own), location)


def _why_closed(meeting: Meeting) -> str | None:
    """Why an answer would mean nothing any more; None while it does."""
    try:
        service.check_answerable(meeting)
    except Refused as problem:
        return problem.sentence
    return None


def _thanks(own: Invitation) -> str:
    return {
        Answer.ATTENDS: _("Thank you. Saved: you will attend. The Secretariat and the members see it now."),
        Answer.REGRETS: _("Thank you. Saved: your regrets. The Secretariat and the members see it now."),
    }.get(own.answer, _("Thank you. Saved. You will not be reminded before the day you named."))


@blueprint.route("/meetings/<uuid:meeting_id>/attendance", methods=["GET", "POST"])
@permission("note who attended a meeting")
def attendance(meeting_id: UUID) -> ResponseReturnValue:
    """Who was at the table, by delegation; the meeting is then held."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_record_attendance(viewer(), meeting))
    invitations = {one.participant_id: one for one in queries.invitations_of(db(), meeting.id)}
    named = names(invitations, meeting)
    ordered = [invitations[one] for one in in_order(named)]
    form = forms.attendance_form(ordered, named)()
    if form.ready():
        try:
            service.record_attendance(db(), meeting, forms.attendance_of(form, ordered))
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Saved. The meeting stands as held."), url_for("meetings.show", meeting_id=meeting_id))
    return shown(form, "meetings/attendance.html", meeting=meeting, invitations=ordered)
