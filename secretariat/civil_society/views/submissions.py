"""The ledger of submissions, and a submission on the network's side: drafted, sent, withdrawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.civil_society import became, forms, policy, queries, works
from secretariat.civil_society import words as in_words
from secretariat.civil_society.models import ON_THE_WAY, Submission, SubmissionState
from secretariat.civil_society.service import commenting, routing, submitting
from secretariat.civil_society.views.base import (
    blueprint,
    may_write_or_wrote,
    own_network,
    sent_meanwhile,
    the_network,
    the_networks,
    the_submission,
)
from secretariat.civil_society.views.commenting import on_version
from secretariat.civil_society.views.confiding import way_to
from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.jobs.views import hand_out
from secretariat.pages.access import authorise, permission, signed_in
from secretariat.pages.forms import Form, as_shown, done, refusals, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.models import Process, Track
from secretariat.processes.names import in_order, names_of
from secretariat.texts.views.base import new_nonce


@blueprint.get("/processes/<slug>/submissions")
@signed_in
def ledger(slug: str) -> ResponseReturnValue:
    """What a network has sent, by number, with what became of it; its drafts for who drafts them."""
    process, networks = the_networks(slug)
    asked = request.args.get("network", "")
    network = next((one for one in networks if one.slug == asked), networks[0])
    page = min(max(request.args.get("page", 1, int), 1), 1000)
    found = queries.ledger_of(db(), process.id, network.id, page)
    last = queries.last_answers(db(), [one.id for one in found.sent])
    me, government = viewer(), queries.government_of(db(), process.id)
    waiting = [one for one in found.sent if _awaits(one, last)]
    return render_template(
        "civil_society/ledger.html",
        process=process,
        network=network,
        networks=networks,
        ledger=found,
        page=page,
        last=last,
        waiting=sorted(waiting, key=lambda one: (one.expected_on is None, one.expected_on)),
        names=names_of(db(), [one.routed_to_id for one in found.sent], process=process.id),
        kinds=in_words.KIND,
        says=in_words.SAYS,
        rules=queries.rules_of(db(), network.id),
        in_confidence=way_to(process, network),
        may={
            "draft": policy.may_draft(me, network),
            "rules": policy.may_set_rules(me, government, process),
            "own": lambda one: policy.may_answer_for_government(me, one),
        },
    )


def _awaits(one: Submission, last: dict[UUID, Any]) -> bool:
    return one.state is SubmissionState.SENT and (one.id not in last or last[one.id].says in ON_THE_WAY)


@blueprint.route("/processes/<slug>/submissions/new", methods=["GET", "POST"])
@permission("draft a submission")
def draft(slug: str) -> ResponseReturnValue:
    """Begin a submission of the network one is in."""
    process, networks = the_networks(slug)
    network = own_network(networks, policy.may_draft)
    authorise(policy.may_draft(viewer(), network))
    form = forms.submission_form(process.languages)()
    if form.ready():
        with refusals(form):
            made = submitting.draft(db(), process, network, forms.written(form))
            return done(_("Kept as a draft."), url_for("civil_society.show", submission_id=made.id))
    return shown(form, "civil_society/write.html", process=process, network=network, one=None)


@blueprint.get("/submissions/<uuid:submission_id>")
@signed_in
def show(submission_id: UUID) -> ResponseReturnValue:
    """A submission, its answers, and what is to be done."""
    one = the_submission(submission_id)
    me, government = viewer(), queries.government_of(db(), one.process_id)
    answers = queries.answers_of(db(), one.id)
    concerned = [one.organization_id, one.routed_to_id, *(each.participant_id for each in answers), *_of_position(one)]
    mine = [each for each in answers if each.given_at is None and policy.may_give(me, each)]
    return render_template(
        "civil_society/show.html",
        one=one,
        government=government,
        answers=[each for each in answers if each.given_at is not None],
        drafts=mine,
        awaits=_awaits(one, queries.last_answers(db(), [one.id])),
        names=names_of(db(), concerned, process=one.process_id),
        kinds=in_words.KIND,
        says=in_words.SAYS,
        things=became.things_of(db(), [each.id for each in answers if each.given_at is not None]),
        led_to=in_words.LED_TO,
        may_link=lambda each: policy.may_link(me, each),
        replies=queries.replies_to(db(), [each.id for each in answers]) if answers else {},
        may_reply=lambda each: one.withdrawn_at is None and policy.may_reply(me, each),
        signed=_signed(one),
        dissents=[(UUID(each["by"]), each) for each in one.dissents],
        adopted_by=in_words.ADOPTS_BY,
        on=on_version(one, writing=policy.may_write(me, one)),
        new_nonce=new_nonce,
        today=clock.today(one.process.zone),
        may={
            "write": policy.may_write(me, one),
            "throw_away": policy.may_throw_away(me, one),
            "send": policy.may_send(me, one),
            "withdraw": policy.may_withdraw(me, one),
            "route": policy.may_route(me, one, government),
            "answer": policy.may_answer_for_government(me, one),
            "answer_for_process": policy.may_answer_for_process(me, one, government),
        },
    )


def _signed(one: Submission) -> list[str]:
    names = names_of(db(), one.signed_by, process=one.process_id)
    return [str(names[key]) for key in in_order(names)]


def _of_position(one: Submission) -> list[UUID]:
    """The organizations named beside a position: who signed it, and who asked that a dissent go along."""
    return [*one.signed_by, *(UUID(each["by"]) for each in one.dissents)]


@blueprint.route("/submissions/<uuid:submission_id>/paper.<form>", methods=["GET", "POST"])
@signed_in
def paper(submission_id: UUID, form: str) -> ResponseReturnValue:
    """A submission that was sent, as PDF or DOCX."""
    one = the_submission(submission_id)
    return hand_out(works.SUBMISSION, one, one.process, one.track, form)


@blueprint.route("/submissions/<uuid:submission_id>/edit", methods=["GET", "POST"])
@permission("write a submission")
def edit(submission_id: UUID) -> ResponseReturnValue:
    """Change a draft."""
    one = the_submission(submission_id)
    authorise(may_write_or_wrote(one))
    values = forms.submission_values(one)
    form = (forms.whole_form if one.is_by_paragraph else forms.submission_form)(one.process.languages)(obj=values)
    if not policy.may_write(viewer(), one):
        form.tell(sent_meanwhile())
    elif form.ready(values):
        with refusals(form):
            if one.is_by_paragraph:
                commenting.rewrite(db(), one, form["title"].data, form["words"].data, form["theme"].data or "")
            else:
                submitting.rewrite(db(), one, forms.written(form))
            return done(_("Saved."), url_for("civil_society.show", submission_id=one.id))
    return shown(form, "civil_society/write.html", process=one.process, network=one.track, one=one)


@blueprint.route("/submissions/<uuid:submission_id>/send", methods=["GET", "POST"])
@permission("send a submission")
def send(submission_id: UUID) -> ResponseReturnValue:
    """Send it over the wall; the page says who reads it from then on, and that its words are frozen."""
    one = the_submission(submission_id)
    authorise(policy.may_send(viewer(), one))
    on = on_version(one, writing=False)
    seen = as_shown(one.version, on.later.key if on is not None and on.later is not None else "")
    form = Form(data={"version": seen.version})
    if form.ready(seen):
        with refusals(form):
            submitting.send(db(), one)
            sent = _("Sent. Its number is %(number)s; its arrival is acknowledged by mail.", number=one.symbol)
            return done(sent, url_for("civil_society.show", submission_id=one.id))
    rules = queries.rules_of(db(), one.track_id)
    days = rules.answer_days if rules else submitting.ANSWER_DAYS
    signed, dissents = _signed(one), [(UUID(each["by"]), each) for each in one.dissents]
    names = names_of(db(), [key for key, _each in dissents], process=one.process_id)
    return shown(
        form, "civil_society/send.html", one=one, kinds=in_words.KIND, days=days, signed=signed, dissents=dissents,
        names=names, adopted_by=in_words.ADOPTS_BY, on=on,
    )  # fmt: skip


@blueprint.route("/submissions/<uuid:submission_id>/discard", methods=["GET", "POST"])
@permission("throw a draft submission away")
def discard(submission_id: UUID) -> ResponseReturnValue:
    """Go on with a draft no more."""
    one = the_submission(submission_id)
    authorise(policy.may_throw_away(viewer(), one))
    seen = as_shown(one.version)
    form = Form(data={"version": seen.version})
    there = _ledger(one.process, one.track)
    if form.ready(seen):
        submitting.throw_away(db(), one)
        return done(_("Thrown away."), there)
    return shown(form, "civil_society/discard.html", one=one)


@blueprint.route("/submissions/<uuid:submission_id>/withdraw", methods=["GET", "POST"])
@permission("withdraw a submission")
def withdraw(submission_id: UUID) -> ResponseReturnValue:
    """Withdraw what was sent; it stays on file as withdrawn."""
    one = the_submission(submission_id)
    authorise(policy.may_withdraw(viewer(), one))
    form = forms.WithdrawalForm()
    if form.ready():
        submitting.withdraw(db(), one, form["word"].data or "")
        return done(_("Withdrawn. It stays on file, and no answer is asked for."), _page(one))
    return shown(form, "civil_society/withdraw.html", one=one)


@blueprint.route("/processes/<slug>/<track_slug>/engagement", methods=["GET", "POST"])
@permission("set the rules of engagement")
def rules(slug: str, track_slug: str) -> ResponseReturnValue:
    """By what rules process and network engage."""
    process, network = the_network(slug, track_slug)
    government = queries.government_of(db(), process.id)
    authorise(policy.may_set_rules(viewer(), government, process))
    values = forms.rules_values(queries.rules_of(db(), network.id))
    form = forms.rules_form(process.languages)(obj=values)
    if form.ready(values):
        with refusals(form):
            routing.set_rules(
                db(),
                process,
                government,
                network,
                words=form["words"].data,
                stem=form["stem"].data or "",
                answer_days=form["answer_days"].data,
            )
            return done(_("Saved. Both sides read them."), _ledger(process, network))
    return shown(form, "civil_society/rules.html", process=process, network=network)


def _ledger(process: Process, network: Track) -> str:
    return url_for("civil_society.ledger", slug=process.slug, network=network.slug)


def _page(one: Submission) -> str:
    return url_for("civil_society.show", submission_id=one.id)
