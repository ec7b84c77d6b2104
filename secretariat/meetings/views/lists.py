"""The list of delegations: on its page, as PDF, DOCX and XLSX; its readers; the letters; who came time after time."""

from __future__ import annotations

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from secretariat.core.database import Labelled
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.jobs.views import hand_out, handed
from secretariat.meetings import (
    continuity,
    delegation_forms,
    delegation_queries,
    delegation_works,
    policy,
    queries,
    service,
)
from secretariat.meetings import words as in_words
from secretariat.meetings.delegations import heads_first
from secretariat.meetings.models import Invitation, Meeting
from secretariat.meetings.views.base import blueprint, names, new_nonce, page, the_meeting
from secretariat.pages import marks
from secretariat.pages.access import authorise, found, not_found, permission, signed_in
from secretariat.pages.forms import done, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.names import in_order
from secretariat.processes.words import LEVELS

XLSX = "xlsx"


@blueprint.route("/meetings/<uuid:meeting_id>/delegations", methods=["GET", "POST"])
@signed_in
def delegations(meeting_id: UUID) -> ResponseReturnValue:
    """Delegations as their reader may see them; the secretariat says with which letter the list begins. Whoever does
    not read the list is led to its own delegation."""
    meeting = the_meeting(meeting_id)
    keeps = policy.may_keep(viewer(), meeting)
    own = queries.own_invitation(db(), meeting.id, viewer().participant)
    listing, reads = _list(meeting)
    if not reads:
        authorise(request.method == "GET" and own is not None)
        may_name = policy.may_answer(viewer(), found(own), meeting)
        return redirect(url_for("meetings.delegation" if may_name else "meetings.show", meeting_id=meeting.id), 303)
    form = delegation_forms.LetterForm(data={"letter": meeting.starting_letter})
    if request.method == "POST":
        authorise(keeps)
        if request.form.get("act") == "readers":
            one = service.own_list(db(), meeting)
            return redirect(f"/readers/{one.__tablename__}/{one.id}/label", 303)
        if form.ready():
            service.begin_with(db(), meeting, (form["letter"].data or "").upper())
            return done(_("Saved."), url_for("meetings.delegations", meeting_id=meeting.id))
    listed = delegation_works.listed_delegations(db(), meeting, on_page=True)
    needs = delegation_queries.needs_of(db(), [one.invitation.id for one in listed])
    people = [person for one in listed for person in one.delegates]
    unlisted = [person for person in people if person.is_unlisted]
    marks.opened_among([*unlisted, *(needs[person.id] for person in people if person.id in needs)])
    return shown(
        form,
        "meetings/delegations.html",
        meeting=meeting,
        listing=listing,
        listed=listed,
        ordered_in=delegation_works.ordered_in(meeting),
        guests=delegation_works.listed_guests(db(), meeting, on_page=True),
        needs=needs,
        words=in_words,
        levels=LEVELS,
        keeps=keeps,
        new_nonce=new_nonce,
        provisional=delegation_works.provisional_words,
        letter=delegation_works.letter_words,
        asks_letter=policy.asks_letter(meeting),
        awaited=[one for one in listed if any(policy.is_provisional(meeting, person) for person in one.delegates)],
        sees_continuity=keeps or own is not None or policy.chairs(viewer(), meeting),
    )


def _list(meeting: Meeting) -> tuple[Labelled, bool]:
    """The list as the thing whose label holds, and whether one reads it: the meeting stands for a list not yet made."""
    mine = delegation_queries.list_of(db(), meeting.id)
    has_list = delegation_queries.has_list(db(), meeting.id)
    return mine or meeting, policy.reads_list(viewer(), meeting, has_list, mine is not None)


@blueprint.route("/meetings/<uuid:meeting_id>/delegations/paper.<form>", methods=["GET", "POST"])
@signed_in
def delegations_paper(meeting_id: UUID, form: str) -> ResponseReturnValue:
    """The list of delegations as PDF, DOCX or XLSX."""
    meeting = the_meeting(meeting_id)
    thing, reads = _list(meeting)
    if not reads:
        not_found()
    if form == XLSX:
        key: UUID = thing.id  # type: ignore[attr-defined]
        return handed(found(delegation_works.delegations_table(db(), key)), thing)
    return hand_out(delegation_works.DELEGATIONS, thing, meeting.process, meeting.track, form)


@blueprint.route("/meetings/<uuid:meeting_id>/invitations/<uuid:invitation_id>/letter", methods=["GET", "POST"])
@permission("note the letter that names a delegation")
def note_letter(meeting_id: UUID, invitation_id: UUID) -> ResponseReturnValue:
    """That the letter has come which the rule of the body asks for, and whom it names."""
    meeting = the_meeting(meeting_id)
    one = found(queries.invitation_by_id(db(), invitation_id))
    found(one if one.meeting_id == meeting.id else None)
    authorise(policy.may_keep(viewer(), meeting) and policy.asks_letter(meeting))
    delegates = heads_first(one.delegates)
    values = {"on": one.letter_on, "reference": one.letter_reference}
    form = delegation_forms.letter_form(delegates)(data=values)
    if form.ready():
        try:
            named = [UUID(key) for key in form["named"].data]
            service.note_letter(db(), one, on=form["on"].data, reference=form["reference"].data or "", named=named)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Noted."), url_for("meetings.delegations", meeting_id=meeting.id))
    participant = names([one.participant_id], meeting)[one.participant_id]
    return shown(
        form,
        "meetings/letter.html",
        meeting=meeting,
        invitation=one,
        participant=participant,
        has_names=bool(delegates),
        letter=delegation_works.letter_words(one),
    )


# --- who came time after time -------------------------------------------------------------------------------------


@blueprint.get("/meetings/<uuid:meeting_id>/delegations/continuity")
@signed_in
def delegations_continuity(meeting_id: UUID) -> ResponseReturnValue:
    """Who came to the last meetings: each participant its own, the secretariat all, the chair sums."""
    meeting = the_meeting(meeting_id)
    me = viewer()
    keeps, chairs = policy.may_keep(me, meeting), policy.chairs(me, meeting)
    own = queries.own_invitation(db(), meeting.id, me.participant)
    if not (keeps or chairs or own is not None):
        not_found()
    past = delegation_queries.delegations_over_time(db(), meeting)
    rows = [one for each in past for one in each.invitations if keeps or one.participant_id == me.participant]
    named = names({one.participant_id for one in rows}, meeting)
    by_participant = {key: [(each, _of(each, key)) for each in past] for key in in_order(named)}
    return page(
        "continuity",
        meeting,
        words=in_words,
        levels=LEVELS,
        level_headings=[{"words": one, "class": "n"} for one in (*LEVELS.values(), _("Level not said"))],
        past=past,
        rows=by_participant,
        names=named,
        heads_first=heads_first,
        keeps=keeps,
        sums=_sums(past) if keeps or chairs else [],
    )


def _of(meeting: Meeting, participant: UUID) -> Invitation | None:
    return next((one for one in meeting.invitations if one.participant_id == participant), None)


def _sums(past: list[Meeting]) -> list[tuple[Meeting, continuity.Sums]]:
    """Each meeting in numbers, beside the one before it; from what the reader may read."""
    before = [*past[1:], None] if past else []
    return [
        (one, continuity.sums(one.invitations, other.invitations if other is not None else None, list(LEVELS)))
        for one, other in zip(past, before, strict=True)
    ]
