"""An outcome with what became of it, and matters arising for an agenda."""

from __future__ import annotations

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core import matters
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.lineage import became
from secretariat.core.matters import Matter
from secretariat.core.refusals import Refused
from secretariat.meetings import onward_forms, policy, service
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
)
from secretariat.pages.access import authorise, permission, signed_in
from secretariat.pages.forms import done, shown
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
        may_send=bool(policy.may_propose_from(viewer(), meeting, one) and service.bodies_to_send_to(db(), meeting)),
        may_confirm=policy.may_confirm_outcome(viewer(), meeting, one),
    )


@blueprint.route("/meetings/<uuid:meeting_id>/outcomes/<uuid:outcome_id>/send", methods=["GET", "POST"])
@permission("send an outcome to another body")
def send_outcome(meeting_id: UUID, outcome_id: UUID) -> ResponseReturnValue:
    """Up or down to another body, whose next agenda takes it up."""
    meeting, one = outcome_of(meeting_id, outcome_id)
    authorise(policy.may_propose_from(viewer(), meeting, one))
    bodies = service.bodies_to_send_to(db(), meeting)
    form = onward_forms.send_form([(body.id, local_text(body.name)) for body in bodies])(
        data={"body": one.sent_to_id} if one.sent_to_id else None
    )
    if form.ready():
        body = onward_forms.body_chosen(form)
        try:
            service.send_outcome(db(), meeting, one, body)
        except Refused as problem:
            form.tell(problem)
        else:
            words = _("Sent; it arises for the next agenda of that body.") if body else _("Called back.")
            return done(words, _page_of(one))
    return shown(form, "meetings/send.html", meeting=meeting, outcome=one, bodies=bodies)


@blueprint.post("/meetings/<uuid:meeting_id>/outcomes/<uuid:outcome_id>/seen-to")
@permission("say that an outcome is seen to")
def see_to_outcome(meeting_id: UUID, outcome_id: UUID) -> ResponseReturnValue:
    """Nothing more is to be done about it; pressed again, something is."""
    meeting, one = outcome_of(meeting_id, outcome_id)
    authorise(policy.may_propose_from(viewer(), meeting, one))
    finished = one.seen_to_on is None
    service.see_to_outcome(db(), meeting, one, done=finished)
    words = _("Seen to; it arises for no agenda any more.") if finished else _("Open again.")
    return done(words, _page_of(one))


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
