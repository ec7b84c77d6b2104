"""Routing and answering, on the governments' side; and the page of an answer that tells of a third."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.civil_society import became, forms, policy, queries
from secretariat.civil_society import words as in_words
from secretariat.civil_society.became_models import LedTo
from secretariat.civil_society.models import SubmissionAnswer
from secretariat.civil_society.service import answering, linking, routing
from secretariat.civil_society.service.submitting import ANSWER_DAYS
from secretariat.civil_society.views.base import blueprint, the_answer, the_submission
from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages import ngettext
from secretariat.core.languages.templating import local_text
from secretariat.core.languages.words import parts_text
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import Form, as_shown, done, refusals, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.names import in_order, names_of


@blueprint.route("/submissions/<uuid:submission_id>/route", methods=["GET", "POST"])
@permission("route a submission")
def route(submission_id: UUID) -> ResponseReturnValue:
    """Say whose liaison officer answers, and by when."""
    one = the_submission(submission_id)
    government = queries.government_of(db(), one.process_id)
    authorise(policy.may_route(viewer(), one, government))
    today = clock.today(one.process.zone)
    officers = queries.liaison_officers(db(), one.process_id, today)
    names = names_of(db(), {each.participant for each in officers}, process=one.process_id)
    choices = [(key, parts_text([str(names[key]), *_subjects(officers, key)])) for key in in_order(names)]
    given = {"to": one.routed_to_id, "expected_on": one.expected_on or today + timedelta(ANSWER_DAYS)}
    form = forms.route_form(choices)(data=given)
    if form.ready():
        with refusals(form):
            routing.route(db(), one, government, UUID(form["to"].data), form["expected_on"].data)
            return done(_("Routed. Its liaison officers are written to."), _of(one.id))
    return shown(form, "civil_society/route.html", one=one, choices=choices)


def _subjects(officers: list[queries.Liaison], participant: UUID) -> list[str]:
    return [word for one in officers if one.participant == participant for word in one.subjects[:1]]


@blueprint.route("/submissions/<uuid:submission_id>/answer", methods=["GET", "POST"])
@permission("answer a submission for a government")
def answer(submission_id: UUID) -> ResponseReturnValue:
    """Draft the answer of one's own government."""
    return _begin(submission_id, for_process=False)


@blueprint.route("/submissions/<uuid:submission_id>/answer-of-process", methods=["GET", "POST"])
@permission("answer a submission for the process")
def answer_for_process(submission_id: UUID) -> ResponseReturnValue:
    """Draft an answer of the process, which leaves once the body has agreed on it."""
    return _begin(submission_id, for_process=True)


def _begin(submission_id: UUID, *, for_process: bool) -> ResponseReturnValue:
    one, me = the_submission(submission_id), viewer()
    government = queries.government_of(db(), one.process_id)
    authorise(
        policy.may_answer_for_process(me, one, government) if for_process else policy.may_answer_for_government(me, one)
    )
    form = forms.answer_form(one.process.languages, for_process=for_process)()
    if form.ready():
        with refusals(form):
            made = answering.begin(db(), one, government, forms.said(form), for_process=for_process)
            return done(_("Kept as a draft. Look at it as the network will read it, then give it."), _page(made))
    names = names_of(db(), [me.participant], process=one.process_id)
    whose = "" if for_process or me.participant is None else str(names[me.participant])
    return shown(form, "civil_society/answer.html", one=one, whose=whose, for_process=for_process)


@blueprint.get("/answers/<uuid:submission_answer_id>")
@signed_in
def show_answer(submission_answer_id: UUID) -> ResponseReturnValue:
    """An answer as the network will read it; for its author what is to be done, for whom it tells of a word."""
    this, me = the_answer(submission_answer_id), viewer()
    may_give = policy.may_give(me, this)
    rows = queries.shown_of(db(), this.id) if this.given_at is None else []
    wanted = answering.not_shown_yet(db(), this) if may_give else []
    concerned = [this.participant_id, *wanted, *(row.participant_id for row in rows)]
    mine = next((row for row in rows if policy.may_comment(me, row)), None) if not may_give else None
    return render_template(
        "civil_society/answer_show.html",
        answer=this,
        one=this.submission,
        rows=rows,
        wanted=wanted,
        mine=mine,
        may_give=may_give,
        may_link=policy.may_link(me, this),
        things=became.things_of(db(), [this.id]).get(this.id, []),
        led_to=in_words.LED_TO,
        digest=answering.digest_of(this),
        names=names_of(db(), concerned, process=this.process_id),
        says=in_words.SAYS,
    )


@blueprint.route("/answers/<uuid:submission_answer_id>/edit", methods=["GET", "POST"])
@permission("change a draft answer")
def edit_answer(submission_answer_id: UUID) -> ResponseReturnValue:
    """Change a draft."""
    this = _mine(submission_answer_id)
    values = forms.answer_values(this)
    for_process = this.participant_id is None
    form = forms.answer_form(this.process.languages, for_process=for_process)(obj=values)
    if form.ready(values):
        with refusals(form):
            answering.rewrite(db(), this, forms.said(form))
            return done(_("Saved."), _page(this))
    names = names_of(db(), [this.participant_id], process=this.process_id)
    whose = "" if this.participant_id is None else str(names[this.participant_id])
    return shown(form, "civil_society/answer.html", one=this.submission, whose=whose, for_process=for_process)


@blueprint.route("/answers/<uuid:submission_answer_id>/show-to", methods=["GET", "POST"])
@permission("show a draft answer to whom it tells of")
def show_to(submission_answer_id: UUID) -> ResponseReturnValue:
    """Show it to every participant it tells of."""
    this = _mine(submission_answer_id)
    wanted = answering.not_shown_yet(db(), this)
    seen = as_shown(this.version, *wanted)
    form = Form(data={"version": seen.version})
    if form.ready(seen):
        with refusals(form):
            number = answering.show(db(), this)
            words = ngettext("Shown to %(num)s participant.", "Shown to %(num)s participants.", number)
            return done(words, _page(this))
    names = names_of(db(), wanted, process=this.process_id)
    return shown(form, "civil_society/show_to.html", answer=this, names=[str(names[key]) for key in in_order(names)])


@blueprint.route("/answers/<uuid:submission_answer_id>/word", methods=["GET", "POST"])
@permission("say something of an answer that tells of one's government")
def word(submission_answer_id: UUID) -> ResponseReturnValue:
    """What a participant says of an answer that tells of it."""
    this, me = the_answer(submission_answer_id), viewer()
    row = found(queries.shown_to(db(), this.id, me.participant) if me.participant is not None else None)
    authorise(policy.may_comment(me, row))
    form = forms.WordForm(data={"words": row.words})
    if form.ready():
        with refusals(form):
            answering.say_of(db(), row, form["words"].data)
            return done(_("Thank you. Who writes the answer reads it now."), _page(this))
    return shown(form, "civil_society/word.html", answer=this, says=in_words.SAYS)


@blueprint.route("/answers/<uuid:submission_answer_id>/give", methods=["GET", "POST"])
@permission("give an answer")
def give(submission_answer_id: UUID) -> ResponseReturnValue:
    """Give the answer; the page names who reads it from then on."""
    this = _mine(submission_answer_id)
    seen = as_shown(this.version)
    form = Form(data={"version": seen.version})
    if form.ready(seen):
        with refusals(form):
            answering.give(db(), this)
            return done(_("Given. The whole network is told."), _of(this.submission_id))
    names = names_of(db(), [this.participant_id], process=this.process_id)
    return shown(form, "civil_society/give.html", answer=this, one=this.submission, names=names, says=in_words.SAYS)


@blueprint.route("/answers/<uuid:submission_answer_id>/discard", methods=["GET", "POST"])
@permission("throw a draft answer away")
def discard_answer(submission_answer_id: UUID) -> ResponseReturnValue:
    """Go on with a draft no more."""
    this = _mine(submission_answer_id)
    seen = as_shown(this.version)
    form = Form(data={"version": seen.version})
    if form.ready(seen):
        answering.throw_away(db(), this)
        return done(_("Thrown away."), _of(this.submission_id))
    return shown(form, "civil_society/discard_answer.html", answer=this, one=this.submission)


@blueprint.route("/answers/<uuid:submission_answer_id>/links/<led_to>", methods=["GET", "POST"])
@permission("link an answer to what the submission became")
def link(submission_answer_id: UUID, led_to: str) -> ResponseReturnValue:
    """Link an answer to an item, outcome, activity, commitment or document one reads."""
    this = the_answer(submission_answer_id)
    authorise(policy.may_link(viewer(), this))
    kind = found(LedTo(led_to) if led_to in set(LedTo) else None)
    things = became.offered(db(), this.process_id, this.track_id, kind)
    form = forms.link_form([(key, local_text(title)) for key, title in things])()
    if form.ready():
        with refusals(form):
            linking.link(db(), this, kind, UUID(form["thing"].data))
            return done(_("Linked. Who may read both finds the one from the other."), _page(this))
    return shown(form, "civil_society/link.html", answer=this, kind=kind, kinds=in_words.LED_TO, things=things)


@blueprint.route("/answer-links/<uuid:link_id>/take-away", methods=["GET", "POST"])
@permission("take the link of an answer away")
def take_link_away(link_id: UUID) -> ResponseReturnValue:
    """Take a link away that is not right."""
    one = found(became.link_by_id(db(), link_id))
    this = the_answer(one.answer_id)
    authorise(policy.may_link(viewer(), this))
    form = Form()
    if form.ready():
        linking.take_away(db(), this, one)
        return done(_("Taken away."), _page(this))
    thing = next((each for each in became.things_of(db(), [this.id]).get(this.id, []) if each.link == one.id), None)
    return shown(form, "civil_society/link_away.html", answer=this, thing=found(thing), kinds=in_words.LED_TO)


def _mine(submission_answer_id: UUID) -> SubmissionAnswer:
    this = the_answer(submission_answer_id)
    authorise(policy.may_give(viewer(), this) and this.submission is not None)
    return this


def _page(this: SubmissionAnswer) -> str:
    return url_for("civil_society.show_answer", submission_answer_id=this.id)


def _of(submission: UUID) -> str:
    return url_for("civil_society.show", submission_id=submission)
