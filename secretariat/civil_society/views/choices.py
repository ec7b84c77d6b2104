"""Who goes to what was opened to a network: asked by its coordination, named and voted by its organizations."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.civil_society import choice_forms as forms
from secretariat.civil_society import choice_queries, policy
from secretariat.civil_society import words as in_words
from secretariat.civil_society.choice_models import Choice
from secretariat.civil_society.service import choosing as service
from secretariat.civil_society.tally import Phase
from secretariat.core.languages import gettext as _
from secretariat.core.languages.words import parts_text
from secretariat.meetings import guest_queries
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import Form, done, refusals, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.names import names_of

blueprint = Blueprint("choices", __name__)


def the_choice(choice_id: UUID) -> Choice:
    """The choice of this address, or the 404 which hidden and missing share."""
    one = found(choice_queries.choice_by_id(db(), choice_id))
    place.enter(one.process, track=one.track)
    return one


@blueprint.route("/guests/<uuid:guest_id>/choice", methods=["GET", "POST"], endpoint="open")
@permission("ask a network's organizations who goes")
def open_(guest_id: UUID) -> ResponseReturnValue:
    """Ask the organizations who goes to what was opened to the network."""
    guest = found(guest_queries.guest_by_id(db(), guest_id))
    network = found(guest.network)
    place.enter(guest.process, track=network)
    authorise(policy.may_open_choice(viewer(), guest, network))
    rule = service.ballots_of(db(), network)
    form = forms.open_form(rule)(data={"places": 2, "ballot": forms.OPEN})
    if form.ready():
        with refusals(form):
            made = service.open_choice(db(), guest, network, form.opened)
            return done(_("Asked. The organizations are written to."), _page(made))
    return shown(
        form, "civil_society/choice_open.html", guest=guest, ruled=in_words.BALLOTS[rule] if form.ruled else ""
    )


FEWEST_PAPERS = 3
"""Of fewer secret papers no count is told to the network: it would say whose they are."""


@blueprint.get("/choices/<uuid:choice_id>")
@signed_in
def show(choice_id: UUID) -> ResponseReturnValue:
    """Who is named, who has voted, and who goes. Votes are told once the vote is over."""
    one, me = the_choice(choice_id), viewer()
    candidates = choice_queries.candidates_of(db(), one.id)
    ballots = choice_queries.ballots_of(db(), one.id)
    stands = choice_queries.phase_of(one, len(candidates))
    over = choice_queries.is_counted(one, len(candidates))
    least = FEWEST_PAPERS if one.secret else 1
    concerned = {*(each.participant_id for each in candidates), *(each.participant_id for each in ballots)}
    return render_template(
        "civil_society/choice.html",
        one=one,
        stands=stands.value,
        candidates=candidates,
        ballots=ballots,
        by_id={str(each.id): each for each in candidates},
        tally=choice_queries.tally_of(db(), one, candidates) if over and len(ballots) >= least else None,
        names=names_of(db(), concerned, process=one.process_id),
        latest=choice_queries.choice_on(db(), one.guest_id),
        has_voted=me.participant in {each.participant_id for each in ballots},
        mine=me.participant,
        may={"vote": policy.may_vote(me, one), "keep": policy.may_keep_choice(me, one)},
        may_call_off=policy.may_keep_choice(me, one) and one.ended_at is None,
    )


@blueprint.route("/choices/<uuid:choice_id>/name", methods=["GET", "POST"])
@permission("name who goes for a network")
def name(choice_id: UUID) -> ResponseReturnValue:
    """Name a person, for one's organization."""
    one = the_choice(choice_id)
    authorise(policy.may_vote(viewer(), one))
    form = forms.NameForm()
    if form.ready():
        with refusals(form):
            service.name_candidate(db(), one, form.name.data or "", form.function.data or "")
            return done(_("Named. The network reads it."), _page(one))
    return shown(form, "civil_society/choice_act.html", one=one, heading=_("Name a person"), act=_("Name the person"))


@blueprint.route("/choice-candidates/<uuid:candidate_id>/take-back", methods=["GET", "POST"])
@permission("take back whom one named to go")
def take_back(candidate_id: UUID) -> ResponseReturnValue:
    """Take back whom one's organization named."""
    candidate = found(choice_queries.candidate_by_id(db(), candidate_id))
    one = the_choice(candidate.choice_id)
    authorise(policy.may_vote(viewer(), one) and candidate.participant_id == viewer().participant)
    form = Form()
    if form.ready():
        with refusals(form):
            service.take_candidate_back(db(), one, candidate)
            return done(_("Taken back."), _page(one))
    return shown(
        form, "civil_society/choice_act.html", one=one, heading=_("Take it back"), act=_("Take it back"),
        about=candidate.name,
    )  # fmt: skip


@blueprint.route("/choices/<uuid:choice_id>/vote", methods=["GET", "POST"])
@permission("vote who goes for a network")
def vote(choice_id: UUID) -> ResponseReturnValue:
    """Give the one voice of one's organization."""
    one = the_choice(choice_id)
    authorise(policy.may_vote(viewer(), one))
    form = forms.vote_form(_ticked(one))()
    if form.ready():
        with refusals(form):
            service.vote(db(), one, forms.chosen(form))
            return done(_("Thank you. Your organization has voted."), _page(one))
    return shown(form, "civil_society/choice_vote.html", one=one)


@blueprint.route("/choices/<uuid:choice_id>/settle", methods=["GET", "POST"])
@permission("say who goes for a network")
def settle(choice_id: UUID) -> ResponseReturnValue:
    """Say who goes, as the vote says it; they are named to the meeting as the network's delegation."""
    one = the_choice(choice_id)
    authorise(policy.may_keep_choice(viewer(), one))
    candidates = choice_queries.candidates_of(db(), one.id)
    over = choice_queries.phase_of(one, len(candidates)) is Phase.OVER
    tally = choice_queries.tally_of(db(), one, candidates) if over else None
    elected = [str(each) for each in tally.elected] if tally is not None else []
    form = forms.settle_form(_ticked(one), tied=tally is not None and bool(tally.tied))(data={"chosen": elected})
    if form.ready():
        with refusals(form):
            service.settle(db(), one, forms.chosen(form), (form["word"].data or "") if "word" in form else "")
            return done(_("On record. The chosen are named to the meeting, for the network."), _page(one))
    return shown(form, "civil_society/choice_settle.html", one=one, tally=tally, candidates=candidates)


@blueprint.route("/choices/<uuid:choice_id>/shift", methods=["GET", "POST"])
@permission("shift the days of a vote with its meeting")
def shift(choice_id: UUID) -> ResponseReturnValue:
    """Give the days of a vote anew where its meeting has moved; they stand there moved as far as it has."""
    one = the_choice(choice_id)
    authorise(policy.may_keep_choice(viewer(), one))
    named_until, ends_on = service.shifted_days(one)
    form = forms.ShiftForm(data={"named_until": named_until, "ends_on": ends_on})
    if form.ready():
        with refusals(form):
            assert form.named_until.data is not None  # both are needed
            assert form.ends_on.data is not None
            service.shift(db(), one, form.named_until.data, form.ends_on.data)
            return done(_("Shifted. The organizations are written to."), _page(one))
    return shown(form, "civil_society/choice_shift.html", one=one)


@blueprint.route("/choices/<uuid:choice_id>/call-off", methods=["GET", "POST"])
@permission("call off a choice of who goes")
def call_off(choice_id: UUID) -> ResponseReturnValue:
    """Call a choice off, and say why; the organizations are told."""
    one = the_choice(choice_id)
    authorise(policy.may_keep_choice(viewer(), one))
    form = forms.CallOffForm()
    if form.ready():
        with refusals(form):
            service.call_off(db(), one, form.word.data or "")
            return done(_("Called off. The organizations are written to."), _page(one))
    candidates = choice_queries.candidates_of(db(), one.id)
    return shown(
        form, "civil_society/choice_call_off.html", one=one, counted=choice_queries.is_counted(one, len(candidates)),
    )  # fmt: skip


def _ticked(one: Choice) -> list[tuple[str, str]]:
    candidates = choice_queries.candidates_of(db(), one.id)
    return [(str(each.id), parts_text((each.name, each.function))) for each in candidates]


def _page(one: Choice) -> str:
    return url_for("choices.show", choice_id=one.id)
