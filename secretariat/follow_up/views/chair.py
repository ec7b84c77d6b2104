"""A word to the chair: told to the focal point first, sent by an officer, said by the chair."""

from __future__ import annotations

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.core.viewer import Hat, HatKind
from secretariat.follow_up import chair_word, policy, service
from secretariat.follow_up.chair_forms import ChairWordForm
from secretariat.follow_up.chair_models import ChairWord
from secretariat.follow_up.service import Recipient
from secretariat.follow_up.views import blueprint
from secretariat.follow_up.views.officer import kept
from secretariat.pages import place, unit
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import Form, done, shown
from secretariat.processes.names import names_of


@blueprint.route("/processes/<slug>/follow-up/<uuid:participant>/<uuid:person>/chair", methods=["GET", "POST"])
@permission("ask the chair for a word", policy.logs_contacts)
def ask_chair(slug: str, participant: UUID, person: UUID) -> ResponseReturnValue:
    """What the chair is to be asked to say; the focal point is told first, in the same words."""
    process, track = kept(slug)
    who = Recipient(person, Hat(HatKind.PARTICIPANT, participant), process.id, track.id)
    found({one.who: one for one in service.next_round(unit.db(), process, track)}.get(who))
    form = ChairWordForm()
    if form.ready():
        try:
            one = chair_word.tell(unit.db(), unit.viewer(), who, form.words.data or "")
        except Refused as refused:
            form.tell(refused)
        else:
            said = _("The focal point is written to. Nothing goes to the chair unless you send it, from the day on.")
            return done(said, url_for("follow_up.chair_word_page", chair_word_id=one.id))
    names = names_of(unit.db(), [participant], process=process.id)
    return shown(
        form,
        "follow_up/ask_chair.html",
        process=process,
        who=who,
        name=names[participant],
        rule=chair_word.rule_of(unit.db(), process.id, track.id),
        sends_from=clock.today(process.zone) + chair_word.TIME_TO_ANSWER,
    )


@blueprint.route("/chair-words/<uuid:chair_word_id>", methods=["GET", "POST"])
@permission("read a word to the chair")
def chair_word_page(chair_word_id: UUID) -> ResponseReturnValue:
    """One word: an officer sends it or calls it off, the chair says to have had it, the focal point reads it."""
    one, viewer = found(chair_word.word_by_id(unit.db(), chair_word_id)), unit.viewer()
    keeps, speaks = policy.may_log(viewer, one.track_id), policy.may_have_a_word(viewer, one)
    authorise(keeps or speaks or request.method == "GET")
    place.enter(one.process, track=one.track)
    form = Form(data={"version": one.version})
    if form.ready(one):
        try:
            return done(_act(one), url_for("follow_up.chair_word_page", chair_word_id=one.id))
        except Refused as refused:
            form.tell(refused)
    names = names_of(unit.db(), [one.participant_id], process=one.process_id)
    return shown(
        form,
        "follow_up/chair_word.html",
        one=one,
        keeps=keeps,
        speaks=speaks,
        name=names[one.participant_id],
        may_go=clock.today(one.process.zone) >= one.sends_from,
    )


def _act(one: ChairWord) -> str:
    db, viewer, act = unit.db(), unit.viewer(), request.form.get("act", "")
    if act == "send":
        chair_word.send(db, viewer, one)
        return _("The chair is written to, and reads this from now on.")
    if act == "call off":
        chair_word.call_off(db, viewer, one)
        return _("Called off. The chair does not read it.")
    chair_word.spoken(db, viewer, one)
    return _("Thank you. Nothing is kept of what was said.")
