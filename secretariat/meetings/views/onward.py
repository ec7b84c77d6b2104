"""An outcome with what became of it, and matters arising for an agenda."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock, matters
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.lineage import became
from secretariat.core.matters import Matter
from secretariat.core.refusals import Refused
from secretariat.meetings import onward_forms, policy, queries, requests, service
from secretariat.meetings import words as in_words
from secretariat.meetings.matters import last_day
from secretariat.meetings.models import Meeting, Outcome, PartyRole
from secretariat.meetings.views.base import (
    blueprint,
    languages_of,
    names,
    outcome_of,
    page,
    party_named,
    the_meeting,
    the_process,
)
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import Form, done, shown
from secretariat.pages.lists import pages_of
from secretariat.pages.unit import db, viewer


@blueprint.get("/meetings/<uuid:meeting_id>/outcomes/<uuid:outcome_id>")
@signed_in
def outcome(meeting_id: UUID, outcome_id: UUID) -> ResponseReturnValue:
    """One outcome: its words, how it stands, where it came from and what became of it."""
    meeting, one = outcome_of(meeting_id, outcome_id)
    named = names(
        [*(party.participant_id for party in one.parties), *(said.participant_id for said in one.statements)], meeting
    )
    return page(
        "outcome_shown",
        meeting,
        outcome=one,
        names=named,
        words=in_words,
        became=became(db(), one.id),
        addressees=[party_named(party, named) for party in one.parties_as(PartyRole.ADDRESSEE)],
        may_lead_on=policy.may_propose_from(viewer(), meeting, one),
        is_request=requests.is_request(one),
        may_confirm=policy.may_confirm_outcome(viewer(), meeting, one),
    )


@blueprint.route("/meetings/<uuid:meeting_id>/outcomes/<uuid:outcome_id>/send", methods=["GET", "POST"])
@permission("send an outcome to another body")
def send_outcome(meeting_id: UUID, outcome_id: UUID) -> ResponseReturnValue:
    """Up or down to another body, whose next agenda takes it up; or to the secretariat, as a request."""
    meeting, one = outcome_of(meeting_id, outcome_id)
    authorise(policy.may_propose_from(viewer(), meeting, one))
    bodies = service.bodies_to_send_to(db(), meeting)
    form = onward_forms.send_form([(body.id, local_text(body.name)) for body in bodies])(
        data=onward_forms.send_values(one)
    )
    if form.ready():
        try:
            words = _sent(meeting, one, form)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(words, _page_of(one))
    return shown(form, "meetings/send.html", meeting=meeting, outcome=one)


def _sent(meeting: Meeting, one: Outcome, form: Form) -> str:
    if onward_forms.is_to_secretariat(form):
        service.ask_secretariat(db(), meeting, one)
        return _("Sent; it stands among the requests to the Secretariat until it is seen to.")
    body = onward_forms.body_chosen(form)
    service.send_outcome(db(), meeting, one, body)
    return _("Sent; it arises for the next agenda of that body.") if body else _("Called back.")


@blueprint.route("/meetings/<uuid:meeting_id>/outcomes/<uuid:outcome_id>/seen-to", methods=["GET", "POST"])
@permission("say that an outcome is seen to")
def see_to_outcome(meeting_id: UUID, outcome_id: UUID) -> ResponseReturnValue:
    """Nothing more is to be done about it, with a word on what was done."""
    meeting, one = outcome_of(meeting_id, outcome_id)
    authorise(policy.may_propose_from(viewer(), meeting, one))
    form = onward_forms.seen_to_form(languages_of(meeting.process))(data={"word": one.seen_to_word})
    named_in_it: list[str] = []
    if form.ready() and not (named_in_it := form.to_ask(service.names_to_query(db(), meeting, form["word"].data))):
        try:
            service.see_to_outcome(db(), meeting, one, form["word"].data)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Seen to; it arises for no agenda any more."), _page_of(one))
    return shown(
        form,
        "meetings/seen_to.html",
        meeting=meeting,
        outcome=one,
        named_in_it=named_in_it,
        is_request=requests.is_request(one),
    )


@blueprint.post("/meetings/<uuid:meeting_id>/outcomes/<uuid:outcome_id>/open-again")
@permission("say that an outcome is open again")
def reopen_outcome(meeting_id: UUID, outcome_id: UUID) -> ResponseReturnValue:
    """Something is to be done about it after all."""
    meeting, one = outcome_of(meeting_id, outcome_id)
    authorise(policy.may_propose_from(viewer(), meeting, one))
    service.reopen_outcome(db(), meeting, one)
    return done(_("Open again."), _page_of(one))


@blueprint.get("/processes/<slug>/requests/")
@permission("read the requests to the secretariat")
def requests_to_secretariat(slug: str) -> ResponseReturnValue:
    """What meetings asked of the secretariat: open, due, and what was done."""
    process = the_process(slug)
    track = found(queries.track_kept(db(), process.id, viewer()))
    authorise(policy.may_schedule(viewer(), track.id))
    place.enter(process, track=track)
    pages = pages_of(requests.done_of(db(), track.id))
    listed = requests.requests_of(db(), track.id, offset=pages.offset, limit=pages.rows)
    today = clock.today(process.zone)
    return render_template(
        "meetings/requests.html", process=process, listed=listed, pages=pages, words=in_words, on=today,
        soon=today + requests.SOON,
    )  # fmt: skip


@blueprint.route("/meetings/<uuid:meeting_id>/agenda/matters", methods=["GET", "POST"])
@permission("take up matters arising")
def matters_arising(meeting_id: UUID) -> ResponseReturnValue:
    """What earlier meetings, other bodies and plans leave to this agenda; what is ticked becomes items."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_keep_agenda(viewer(), meeting))
    every = _arising(meeting)
    arising = {one.key: one for one in every if not one.answered_at}
    form = onward_forms.matters_form([(key, local_text(one.title)) for key, one in arising.items()])()
    if form.ready():
        try:
            taken = service.take_up(
                db(), meeting, [_taken_up(arising[key]) for key in form["chosen"].data if key in arising]
            )
        except Refused as problem:
            form.tell(problem)
        else:
            return done(
                _("Added to the agenda."),
                url_for("meetings.show", meeting_id=meeting.id, _anchor=f"item-{taken[0].id}"),
            )
    return shown(
        form,
        "meetings/matters.html",
        meeting=meeting,
        arising=arising,
        to_answer=[one for one in every if one.answered_at],
    )


def _arising(meeting: Meeting) -> list[Matter]:
    return matters.arising(
        db(),
        matters.Asked(
            process=meeting.process_id,
            track=meeting.track_id,
            body=meeting.body_id,
            meeting=meeting.id,
            by=last_day(meeting),
            languages=languages_of(meeting.process),
        ),
    )


def _taken_up(one: Matter) -> service.TakenUp:
    return service.TakenUp(one.title, one.outcome)


def _page_of(one: Outcome) -> str:
    return url_for("meetings.outcome", meeting_id=one.meeting_id, outcome_id=one.id)
