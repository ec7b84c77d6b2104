"""Guests at single items: the secretariat invites them; they read what they are invited to, and answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages import ngettext
from secretariat.core.languages.templating import local_text
from secretariat.core.refusals import Refused
from secretariat.documents import queries as documents
from secretariat.documents import words as document_words
from secretariat.mail.links import OpenedLink
from secretariat.mail.views import by_link
from secretariat.mail.views.letters_first import letters_first, with_letters
from secretariat.meetings import delegation_forms, guest_queries, policy, service
from secretariat.meetings import words as in_words
from secretariat.meetings.delegation_forms import NETWORK
from secretariat.meetings.guest_models import Guest
from secretariat.meetings.models import AgendaItem, Answer, Meeting
from secretariat.meetings.views.base import blueprint, names, new_nonce, the_meeting
from secretariat.meetings.views.invitations import invited_words, proposed_day
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import Form, done, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.names import in_order, names_of

# --- the secretariat ----------------------------------------------------------------------------------------------


@blueprint.route("/meetings/<uuid:meeting_id>/guests", methods=["GET", "POST"])
@permission("invite to single items of a meeting")
def guests(meeting_id: UUID) -> ResponseReturnValue:
    """Choose who is invited to which items, and to nothing else."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_invite(viewer(), meeting))
    offered = guest_queries.participants_to_open_to(db(), meeting, clock.today())
    networks = guest_queries.networks_to_open_to(db(), meeting)
    items = guest_queries.items_to_open(db(), meeting.id)
    named = names_of(db(), offered, process=meeting.process_id)
    choices = [(str(one), str(named[one])) for one in in_order(named)]
    choices += [(f"{NETWORK}{one.id}", _("The civil-society network, through its coordination")) for one in networks]
    form = delegation_forms.guests_form(choices, _choices(items))(answer_by=proposed_day(meeting))
    before = None
    if form.ready():

        def send() -> service.Invited:
            return _invited(meeting, form)

        try:
            before = letters_first(meeting.process_id, send)
            made = None if before else send()
        except Refused as problem:
            form.tell(problem)
            made = None
        if made is not None:
            unreached = [str(named[one]) for one in in_order(named) if one in made.without_contact]
            words = invited_words(made, unreached, is_over=False)
            return done(words, url_for("meetings.guests", meeting_id=meeting.id))
    present = guest_queries.guests_of(db(), meeting.id)
    called = names([one.participant_id for one in present], meeting)
    return with_letters(
        form,
        before,
        "meetings/guests.html",
        meeting=meeting,
        words=in_words,
        has_choices=bool(choices),
        has_items=bool(items),
        present=[(one, _called(one, called)) for one in present],
        new_nonce=new_nonce,
    )


def _invited(meeting: Meeting, form: Form) -> service.Invited:
    chosen = form["guests"].data
    walls = [UUID(one.removeprefix(NETWORK)) for one in chosen if one.startswith(NETWORK)]
    participants = [UUID(one) for one in chosen if not one.startswith(NETWORK)]
    opened = [UUID(one) for one in form["items"].data]
    return service.invite_guests(db(), meeting, participants, walls, opened, answer_by=form["answer_by"].data)


@blueprint.route("/meetings/<uuid:meeting_id>/guests/<uuid:guest_id>/items", methods=["GET", "POST"])
@permission("change the items of a guest")
def guest_items(meeting_id: UUID, guest_id: UUID) -> ResponseReturnValue:
    """Open other items to a guest; its calendar follows."""
    meeting, one = _guest_at(meeting_id, guest_id)
    authorise(policy.may_invite(viewer(), meeting))
    items = guest_queries.items_to_open(db(), meeting.id)
    form = delegation_forms.items_form(_choices(items), [str(each.item_id) for each in one.items])()
    before = None
    if form.ready():

        def change() -> int:
            return service.change_items(db(), meeting, one, [UUID(key) for key in form["items"].data])

        try:
            before = letters_first(meeting.process_id, change)
            if before is None:
                return done(_told(change()), url_for("meetings.guests", meeting_id=meeting.id))
        except Refused as problem:
            form.tell(problem)
    called = names([one.participant_id], meeting)
    return with_letters(
        form, before, "meetings/guest_items.html", meeting=meeting, guest=one, called=_called(one, called)
    )


@blueprint.post("/meetings/<uuid:meeting_id>/guests/<uuid:guest_id>/withdraw")
@permission("take back the invitation of a guest")
def withdraw_guest(meeting_id: UUID, guest_id: UUID) -> ResponseReturnValue:
    """Take an invitation to single items back."""
    meeting, one = _guest_at(meeting_id, guest_id)
    authorise(policy.may_invite(viewer(), meeting))
    told = service.withdraw_guest(db(), meeting, one)
    return done(_told(told), url_for("meetings.guests", meeting_id=meeting.id))


def _guest_at(meeting_id: UUID, guest_id: UUID) -> tuple[Meeting, Guest]:
    meeting = the_meeting(meeting_id)
    one = found(guest_queries.guest_by_id(db(), guest_id))
    return meeting, found(one if one.meeting_id == meeting.id and one.withdrawn_at is None else None)


def _told(number: int) -> str:
    return ngettext("Saved. One letter leaves.", "Saved. %(num)s letters leave.", number) if number else _("Saved.")


def _choices(items: Sequence[AgendaItem]) -> list[tuple[str, str]]:
    """Items with their numbers; the title keeps its own direction."""
    return [
        (str(one.id), f"{one.place}. \N{FIRST STRONG ISOLATE}{local_text(one.title)}\N{POP DIRECTIONAL ISOLATE}")
        for one in items
    ]


def _called(one: Guest, named: Mapping[UUID, object]) -> str:
    return str(named[one.participant_id]) if one.participant_id is not None else _("The civil-society network")


# --- the guest ----------------------------------------------------------------------------------------------------


@blueprint.route("/guests/<uuid:guest_id>", methods=["GET", "POST"])
@permission("answer an invitation to single items")
def guest(guest_id: UUID) -> ResponseReturnValue:
    """What a guest is invited to, and its answer."""
    one = found(guest_queries.guest_by_id(db(), guest_id))
    return _page(one, url_for("meetings.guest", guest_id=guest_id))


@blueprint.route("/l/<token>/guest", methods=["GET", "POST"])
@by_link("guest")
def guest_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same from the link of a mail, without a password."""
    found_one = next((one for one in (guest_queries.guest_by_id(db(), key) for key in link.subjects) if one), None)
    one = found(found_one)
    authorise(policy.may_answer_guest(viewer(), one))
    return _page(one, url_for("meetings.guest_by_link", token=link.token))


def _page(one: Guest, location: str) -> ResponseReturnValue:
    place.enter(one.process, track=one.network or one.track, across=True)
    may_answer = policy.may_answer_guest(viewer(), one)
    authorise(may_answer or request.method == "GET")
    values = delegation_forms.guest_reply_values(one)
    form = delegation_forms.GuestReplyForm(obj=values)
    closed = _why_closed(one)
    if closed is None and form.ready(values):
        try:
            service.answer_guest(db(), one, form.reply)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_thanks(one), location)
    if closed is not None and form.is_submitted():
        form.refuse(closed)
    return _shown(one, form, closed, may_answer=may_answer)


def _shown(one: Guest, form: Form, closed: str | None, *, may_answer: bool) -> ResponseReturnValue:
    named = names_of(db(), [one.participant_id], process=one.process_id)
    return shown(
        form,
        "meetings/guest.html",
        guest=one,
        closed=closed,
        may_answer=may_answer,
        participant=_("the civil-society network") if may_answer and one.network_id else _called(one, named),
        documents=documents.documents_of_meeting(db(), one.meeting_id) if one.items else [],
        document_words=document_words,
        words=in_words,
    )


def _why_closed(one: Guest) -> str | None:
    try:
        service.check_guest_answerable(one)
    except Refused as problem:
        return problem.sentence
    return None


def _thanks(one: Guest) -> str:
    return {
        Answer.ATTENDS: _("Thank you. Saved: you will attend. The Secretariat sees it now, and who reads these items."),
        Answer.REGRETS: _("Thank you. Saved: your regrets. The Secretariat sees it now, and who reads these items."),
    }.get(one.answer, _("Thank you. Saved. You will not be reminded before the day you named."))
