"""Replies by mail: what has come in for a track, and one of them with the form in which it is written down."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.documents.views.base import new_nonce
from secretariat.follow_up import answered, call_list, contact_queries, policy, reply_queries
from secretariat.follow_up.call_list import Desk, Reachable
from secretariat.follow_up.contact_forms import OUTCOMES, ContactForm, contact_form
from secretariat.follow_up.contact_models import ContactOutcome, ContactWay
from secretariat.follow_up.reply_models import MailReply, ReplyState
from secretariat.follow_up.views import blueprint
from secretariat.follow_up.views.officer import kept
from secretariat.mail.inbound import address
from secretariat.mail.views import settings
from secretariat.pages import place, unit
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import Form, done, shown
from secretariat.processes.names import in_order, names_of

STEP_LENGTH = 1000


@blueprint.get("/processes/<slug>/follow-up/replies")
@permission("read replies by mail", policy.logs_contacts)
def replies(slug: str) -> ResponseReturnValue:
    """What has come in and nobody has seen to yet, and what was seen to lately."""
    process, track = kept(slug)
    open_ones = reply_queries.waiting(unit.db(), track.id)
    closed = reply_queries.seen_to_lately(unit.db(), track.id)
    people = call_list.people_of(unit.db(), process, track, clock.today(process.zone))
    return render_template(
        "follow_up/replies.html",
        process=process,
        open_ones=open_ones,
        closed=closed,
        called={one.person: one.name for several in people.values() for one in several},
        names=names_of(
            unit.db(), {one.participant_id for one in [*open_ones, *closed] if one.participant_id}, process=process.id
        ),
        answered_at=address.answered_at(settings(), track.id),
        states=ReplyState,
    )


@blueprint.route("/replies/<uuid:reply_id>", methods=["GET", "POST"])
@permission("read a reply by mail")
def reply(reply_id: UUID) -> ResponseReturnValue:
    """One reply. An officer writes down what it says, or sets it aside; who wrote it reads it here."""
    one = found(reply_queries.reply_by_id(unit.db(), reply_id))
    keeps = policy.may_log(unit.viewer(), one.track_id)
    authorise(keeps or request.method == "GET")
    place.enter(one.process, track=one.track)
    if not keeps:
        return render_template("follow_up/reply.html", reply=one, form=None)
    if request.form.get("act") in ("set aside", "take away"):
        return _without_writing(one)
    desk = call_list.desk_of(unit.db(), one.process, one.track)
    writer = _writer(one, desk)
    form = _form(one, desk, writer) if writer is not None and one.state is ReplyState.WAITING else None
    if form is not None and writer is not None and form.ready() and not form.missing():
        try:
            answered.note(unit.db(), unit.viewer(), one, writer.who, form.contact())
        except Refused as refused:
            form.tell(refused)
        else:
            said = _("Written down. The person can read it, and where it stands awaits the participant’s confirmation.")
            return done(said, url_for("follow_up.replies", slug=one.process.slug))
    names = names_of(unit.db(), desk.people, process=one.process_id)
    page = {
        "reply": one,
        "writer": writer,
        "names": names,
        "officer": True,
        "new_nonce": new_nonce,
        "could_be": [(str(names[key]), to) for key in in_order(names) for to in desk.people[key]],
    }
    if form is None:
        return render_template("follow_up/reply.html", form=None, **page)
    return shown(form, "follow_up/reply.html", **page)


def _without_writing(one: MailReply) -> ResponseReturnValue:
    """Set it aside, or take it away; the list of what waits."""
    back = url_for("follow_up.replies", slug=one.process.slug)
    if not Form().ready():
        return done(_("Nothing was changed; the page was out of date."), back, "attend")
    try:
        if request.form["act"] == "take away":
            answered.take_away(unit.db(), unit.viewer(), one)
            return done(_("Taken away."), back)
        answered.set_aside(unit.db(), unit.viewer(), one)
    except Refused as refused:
        return done(refused.sentence, back, "attend")
    return done(_("Set aside. It is deleted after twelve months."), back)


def _writer(one: MailReply, desk: Desk) -> Reachable | None:
    """Whose words they are: who was written to, for whom that was; or whom the officer says."""
    told = request.values.get("person", "")
    for participant, people in desk.people.items():
        for to in people:
            if not told and (one.person_id, one.participant_id) == (to.person, participant):
                return to
            if told == f"{participant}:{to.person}":
                return to
    return None


def _form(one: MailReply, desk: Desk, writer: Reachable) -> ContactForm:
    """The form of a contact, filled with what is known of a mail; the items that were asked after stand first."""
    asked = reply_queries.asked_in(unit.db(), one.mail_id)
    things = sorted(desk.things.get(writer.participant, ()), key=lambda thing: thing.subject not in asked)
    kept_back = contact_queries.off_the_record(unit.db(), [(thing.kind, thing.subject) for thing in things])
    came = one.received_at.astimezone(ZoneInfo(current_reading().zone))
    form = contact_form(
        things,
        kept_back,
        on=came.date(),
        at=came.time(),
        way=ContactWay.MAIL.value,
        outcome=ContactOutcome.NOTED.value,
        step=one.words[:STEP_LENGTH],
    )
    form.outcome.choices = [
        (one.value, words) for one, words in OUTCOMES.items() if one is not ContactOutcome.NOT_REACHED
    ]
    return form
