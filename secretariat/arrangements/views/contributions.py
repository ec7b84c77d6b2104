"""Contributions: entered by the secretariat, answered by the giver, read by the members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.arrangements import contribution_queries as queries
from secretariat.arrangements import policy
from secretariat.arrangements.contribution_forms import AnswerForm, ContributionForm, NotedForm
from secretariat.arrangements.contribution_models import Contribution
from secretariat.arrangements.service import contributions as service
from secretariat.arrangements.sums import sums
from secretariat.arrangements.views.base import blueprint, the_side
from secretariat.arrangements.words import amount
from secretariat.core import clock
from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.languages.order import collation_key
from secretariat.mail.links import OpenedLink
from secretariat.mail.views.links import by_link
from secretariat.meetings.queries import participants_today
from secretariat.pages import lists, place
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import Form, done, refusals, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.names import Name, in_order, name_of, names_of
from secretariat.processes.wording import shown_labels


@blueprint.get("/processes/<slug>/contributions/")
@signed_in
def contributions(slug: str) -> ResponseReturnValue:
    """What was given to the side of a process one stands on, by giver in the order of the alphabet."""
    process, track = the_side(slug)
    every = queries.contributions_of(db(), process.id, track.id)
    named = names_of(db(), {one.participant_id for one in every}, process=process.id)
    ordered = _by_giver(every, named)
    pages = lists.pages_of(len(ordered))
    listed = ordered[pages.offset : pages.offset + pages.rows]
    shown_labels(db(), {one.label_id for one in listed})
    return render_template(
        "arrangements/contributions.html",
        process=process,
        listed=listed,
        pages=pages,
        sums=sums(one for one in every if one.confirmed_at is not None),
        unconfirmed=sum(one.confirmed_at is None for one in every),
        called=lambda one: named[one.participant_id] if one.participant_id else one.giver,
        amount=amount,
        may_enter=policy.may_keep_contributions(viewer(), track.id),
    )


def _by_giver(every: Sequence[Contribution], named: dict[UUID, Name]) -> list[Contribution]:
    """Participants in the order of the alphabet, then those by name, likewise; of one giver the latest first."""
    spoken = current_reading().language.code
    place_of: dict[UUID | None, int] = {key: number for number, key in enumerate(in_order(named))}
    here = [one for one in every if one.participant_id is not None]
    by_name = [one for one in every if one.participant_id is None]
    return [
        *sorted(here, key=lambda one: place_of[one.participant_id]),
        *sorted(by_name, key=lambda one: collation_key(one.giver, spoken)),
    ]


@blueprint.route("/processes/<slug>/contributions/new", methods=["GET", "POST"])
@permission("enter a contribution")
def enter_contribution(slug: str) -> ResponseReturnValue:
    """Enter what a participant gives."""
    process, track = the_side(slug)
    authorise(policy.may_keep_contributions(viewer(), track.id))
    form = ContributionForm()
    today = participants_today(db(), process.id, track.id, clock.today(process.zone))
    named = names_of(db(), today, process=process.id)
    form.participant.offer([("", ""), *((key, named[key]) for key in in_order(named))])
    if form.ready():
        with refusals(form):
            one = service.enter(db(), process, track, form.gift)
            said = _("Entered. The giver is asked whether it is right; then the members read it.")
            return done(said if one.participant_id else _("Entered; the giver's word is noted next."), _page(one))
    return shown(form, "arrangements/contribution_edit.html", process=process, one=None)


@blueprint.get("/contributions/<uuid:contribution_id>")
@signed_in
def contribution(contribution_id: UUID) -> ResponseReturnValue:
    """One contribution; its giver says here whether it is right."""
    one = _the(contribution_id)
    return _contribution(one, AnswerForm(data={"version": one.version}))


@blueprint.post("/contributions/<uuid:contribution_id>/answer")
@permission("say whether a contribution is right")
def answer_contribution(contribution_id: UUID) -> ResponseReturnValue:
    """The giver says whether it is right."""
    one = _the(contribution_id)
    authorise(policy.may_answer_contribution(viewer(), one))
    form = AnswerForm(data={"version": one.version})
    if form.ready(one):
        with refusals(form):
            return done(_answered(one, form), _page(one))
    return _contribution(one, form)


@blueprint.route("/l/<token>/contribution", methods=["GET", "POST"])
@by_link("contribution")
def contribution_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same from the link of a mail, without a password; once it is answered the page says what was said."""
    one = _the(link.subjects[0])
    form = AnswerForm(data={"version": one.version})
    if request.method == "POST" or one.confirmed_at is None:
        authorise(policy.may_answer_contribution(viewer(), one))
        if form.ready(one):
            with refusals(form):
                return done(_answered(one, form), request.path)
    return _contribution(one, form, "arrangements/contribution_own.html")


@blueprint.route("/contributions/<uuid:contribution_id>/word", methods=["GET", "POST"])
@permission("note the word of a giver")
def note_givers_word(contribution_id: UUID) -> ResponseReturnValue:
    """Note where a giver that takes no part said that it is right."""
    one = _the(contribution_id)
    authorise(policy.may_note_givers_word(viewer(), one))
    form = NotedForm(data={"version": one.version})
    if form.ready(one):
        with refusals(form):
            service.note_word(db(), one, form.said.data or "")
            return done(_("Noted. The members read it from now on."), _page(one))
    return shown(form, "arrangements/contribution_word.html", one=one, called=_called(one), amount=amount)


def _called(one: Contribution) -> str:
    """Who gives it, in words."""
    return str(name_of(db(), one.participant_id, process=one.process_id)) if one.participant_id else one.giver


def _contribution(
    one: Contribution, form: AnswerForm, template: str = "arrangements/contribution.html"
) -> ResponseReturnValue:
    may_answer = policy.may_answer_contribution(viewer(), one)
    return shown(
        form,
        template,
        one=one,
        called=_called(one),
        amount=amount,
        is_of_a_member=service.is_of_a_member(db(), one) if may_answer else None,
        may_answer=may_answer,
        keeps=policy.may_keep_contributions(viewer(), one.track_id),
        may_take_away=policy.may_take_contribution_away(viewer(), one),
        may_note=policy.may_note_givers_word(viewer(), one),
    )


def _answered(one: Contribution, form: AnswerForm) -> str:
    if form.answer.data == "right":
        service.confirm(db(), one)
        return _("Thank you. It stands in the list of contributions from now on.")
    service.doubt(db(), one, form.word.data or _("It is not right"))
    return _("Thank you. The Secretariat reads it and enters it anew.")


@blueprint.route("/contributions/<uuid:contribution_id>/edit", methods=["GET", "POST"])
@permission("change a contribution")
def edit_contribution(contribution_id: UUID) -> ResponseReturnValue:
    """Enter what changed: the giver is asked anew."""
    one = _the(contribution_id)
    authorise(policy.may_keep_contributions(viewer(), one.track_id))
    form = ContributionForm(obj=one, data={"more": bool(one.pledged and one.received and one.received > one.pledged)})
    del form.participant  # a participant that gives stays who it is
    if one.participant_id is not None:
        del form.giver
    if form.ready(one):
        with refusals(form):
            service.change(db(), one, replace(form.gift, participant=one.participant_id))
            said = _("Saved. The giver is asked whether it is right; then the members read it.")
            return done(said if one.participant_id else _("Saved; the giver's word is noted anew."), _page(one))
    return shown(form, "arrangements/contribution_edit.html", process=one.process, one=one, called=_called(one))


@blueprint.route("/contributions/<uuid:contribution_id>/take-away", methods=["GET", "POST"])
@permission("take a contribution away")
def take_contribution_away(contribution_id: UUID) -> ResponseReturnValue:
    """Take away what was entered by mistake."""
    one = _the(contribution_id)
    authorise(policy.may_take_contribution_away(viewer(), one))
    form, where = Form(data={"version": one.version}), url_for("arrangements.contributions", slug=one.process.slug)
    if form.ready(one):
        service.take_away(db(), one)
        return done(_("Taken away."), where)
    return shown(form, "arrangements/contribution_remove.html", one=one, called=_called(one))


def _the(key: UUID) -> Contribution:
    one = found(queries.contribution_by_id(db(), key))
    place.enter(one.process, track=one.track)
    return one


def _page(one: Contribution) -> str:
    return url_for("arrangements.contribution", contribution_id=one.id)
