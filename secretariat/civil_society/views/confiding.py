"""Input in confidence: what an organization confides, and what lies with an office."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.civil_society import confided_forms as forms
from secretariat.civil_society import confided_queries, policy, queries
from secretariat.civil_society.confided_models import Confided, ConfidedCopy
from secretariat.civil_society.service import confiding
from secretariat.civil_society.views.base import own_network, the_networks
from secretariat.core.languages import gettext as _
from secretariat.pages import marks, place
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import Form, as_shown, done, refusals, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.models import Process, Track
from secretariat.processes.names import names_of

blueprint = Blueprint("confiding", __name__)


@blueprint.get("/processes/<slug>/in-confidence")
@signed_in
def index(slug: str) -> ResponseReturnValue:
    """What one's organization confides, and what was confided to one's office; for nobody else there is such a page."""
    process, networks = the_networks(slug)
    me = viewer()
    network = own_network(networks, lambda _viewer, one: _has_part(process, one))
    found(network if _has_part(process, network) else None)
    received = confided_queries.received(db(), process.id, network.id)
    return render_template(
        "civil_society/confidences.html",
        process=process,
        network=network,
        copies=confided_queries.copies(db(), process.id, network.id),
        received=received,
        names=confided_queries.names_of_confided(db(), [one.id for one in received]),
        may_confide=policy.may_confide(me, network),
        is_office=policy.keeps_confidences(me, process, network),
    )


def _has_part(process: Process, network: Track) -> bool:
    me = viewer()
    return policy.may_confide(me, network) or policy.keeps_confidences(me, process, network)


def way_to(process: Process, network: Track) -> str | None:
    """The page of inputs in confidence, for whoever has part in them; asks the database nothing."""
    there = url_for("confiding.index", slug=process.slug, network=network.slug)
    return there if _has_part(process, network) else None


@blueprint.route("/processes/<slug>/in-confidence/new", methods=["GET", "POST"])
@permission("confide something")
def begin(slug: str) -> ResponseReturnValue:
    """Begin an input in confidence."""
    process, networks = the_networks(slug)
    network = own_network(networks, policy.may_confide)
    authorise(policy.may_confide(viewer(), network))
    form = forms.confidence_form(process.languages, confided_queries.coordinators(db(), process, network))()
    if form.ready():
        with refusals(form):
            made = confiding.draft(db(), process, network, forms.confidence(form))
            return done(_("Kept for your organization. Look at whom it goes to, then send it."), _copy(made))
    return shown(form, "civil_society/confide.html", process=process, network=network, copy=None)


@blueprint.get("/confidences/<uuid:confided_copy_id>")
@signed_in
def copy(confided_copy_id: UUID) -> ResponseReturnValue:
    """What one's organization confides, and the answer."""
    this, me = the_copy(confided_copy_id), viewer()
    known = dict(confided_queries.coordinators(db(), this.process, this.track))
    sent = this.sent_on is not None and this.withdrawn_on is None
    return render_template(
        "civil_society/confided_copy.html",
        copy=this,
        coordinator=known.get(this.addressee_id, "") if this.addressee_id else "",
        names=names_of(db(), [this.government_id], process=this.process_id),
        changed=sent and policy.may_withdraw_confided(me, this) and not confided_queries.still_there(db(), this),
        may={
            "write": policy.may_write_confided(me, this),
            "withdraw": policy.may_withdraw_confided(me, this),
            "throw_away": policy.may_throw_confided_away(me, this),
        },
    )


@blueprint.route("/confidences/<uuid:confided_copy_id>/edit", methods=["GET", "POST"])
@permission("change what one confides")
def edit(confided_copy_id: UUID) -> ResponseReturnValue:
    """Change it before it is sent."""
    this = the_copy(confided_copy_id)
    authorise(policy.may_write_confided(viewer(), this))
    values = forms.confidence_values(this)
    there = confided_queries.coordinators(db(), this.process, this.track)
    form = forms.confidence_form(this.process.languages, there)(obj=values)
    if form.ready(values):
        with refusals(form):
            confiding.rewrite(db(), this, forms.confidence(form))
            return done(_("Saved."), _copy(this))
    return shown(form, "civil_society/confide.html", process=this.process, network=this.track, copy=this)


@blueprint.route("/confidences/<uuid:confided_copy_id>/send", methods=["GET", "POST"])
@permission("send what one confides")
def send(confided_copy_id: UUID) -> ResponseReturnValue:
    """Confide it; the page says who reads the words, and who alone the name."""
    this = the_copy(confided_copy_id)
    authorise(policy.may_write_confided(viewer(), this))
    to = confided_queries.addressee_of(db(), this)
    seen = as_shown(this.version, to.person if to else "")
    form = Form(data={"version": seen.version})
    if form.ready(seen):
        with refusals(form):
            confiding.send(db(), this)
            return done(_("Confided. An answer will stand here, and a mail tells of it."), _copy(this))
    known = dict(confided_queries.coordinators(db(), this.process, this.track))
    government = to.government if to is not None else None
    return shown(
        form, "civil_society/confide_send.html", copy=this, to=to, government=government,
        names=names_of(db(), [government], process=this.process_id),
        coordinator=known.get(to.person, "") if to is not None else "",
    )  # fmt: skip


@blueprint.route("/confidences/<uuid:confided_copy_id>/withdraw", methods=["GET", "POST"])
@permission("withdraw what one confided")
def withdraw(confided_copy_id: UUID) -> ResponseReturnValue:
    """Take it back; the name is erased."""
    this = the_copy(confided_copy_id)
    authorise(policy.may_withdraw_confided(viewer(), this))
    seen = as_shown(this.version)
    form = Form(data={"version": seen.version})
    if form.ready(seen):
        confiding.withdraw(db(), this)
        return done(_("Withdrawn. Your organization's name is erased there."), _copy(this))
    return shown(form, "civil_society/confide_act.html", copy=this, act="withdraw")


@blueprint.route("/confidences/<uuid:confided_copy_id>/tell-anew", methods=["GET", "POST"])
@permission("tell who confided it to whoever holds the office now")
def tell_anew(confided_copy_id: UUID) -> ResponseReturnValue:
    """Give the name to the person who holds the office now."""
    this = the_copy(confided_copy_id)
    authorise(policy.may_withdraw_confided(viewer(), this))
    found(True if not confided_queries.still_there(db(), this) else None)
    form = Form()
    if form.ready():
        with refusals(form):
            confiding.tell_name_anew(db(), this)
            return done(_("Told, to that person alone."), _copy(this))
    return shown(form, "civil_society/confide_act.html", copy=this, act="tell")


@blueprint.route("/confidences/<uuid:confided_copy_id>/discard", methods=["GET", "POST"])
@permission("throw away what one confides")
def discard(confided_copy_id: UUID) -> ResponseReturnValue:
    """Keep nothing of a draft, or of what was withdrawn."""
    this = the_copy(confided_copy_id)
    authorise(policy.may_throw_confided_away(viewer(), this))
    seen = as_shown(this.version)
    form = Form(data={"version": seen.version})
    there = url_for("confiding.index", slug=this.process.slug, network=this.track.slug)
    if form.ready(seen):
        confiding.throw_away(db(), this)
        return done(_("Thrown away."), there)
    return shown(form, "civil_society/confide_act.html", copy=this, act="discard")


@blueprint.get("/confided/<uuid:confided_id>")
@signed_in
def show(confided_id: UUID) -> ResponseReturnValue:
    """What was confided to one's office; to the one person it was said to, by whom."""
    this = the_confided(confided_id)
    name = confided_queries.names_of_confided(db(), [this.id]).get(this.id)
    if name is not None:
        marks.mark(name)
    return render_template(
        "civil_society/confided.html",
        one=this,
        name=name,
        may_answer=policy.may_answer_confided(viewer(), this) and this.answered_on is None and not this.withdrawn_on,
    )


@blueprint.route("/confided/<uuid:confided_id>/answer", methods=["GET", "POST"])
@permission("answer what was confided")
def answer(confided_id: UUID) -> ResponseReturnValue:
    """Answer it; whoever confided it reads the answer."""
    this = the_confided(confided_id)
    authorise(policy.may_answer_confided(viewer(), this))
    form = forms.answer_form(this.process.languages)()
    if form.ready():
        with refusals(form):
            confiding.answer(db(), this, form["words"].data)
            return done(
                _("Answered. Who confided it reads the answer."), url_for("confiding.show", confided_id=this.id)
            )
    return shown(form, "civil_society/confided_answer.html", one=this)


def the_copy(confided_copy_id: UUID) -> ConfidedCopy:
    """What an organization confides, or the 404 which hidden and missing share."""
    this = found(confided_queries.copy_by_id(db(), confided_copy_id))
    place.enter(this.process, track=this.track, across=True)
    return this


def the_confided(confided_id: UUID) -> Confided:
    """What was confided to an office, or the 404 which hidden and missing share."""
    this = found(confided_queries.confided_by_id(db(), confided_id))
    on_network = this.network_id in viewer().tracks_in(this.process_id)
    side = this.network if on_network else queries.government_of(db(), this.process_id)
    place.enter(this.process, track=side, across=True)
    return this


def _copy(this: ConfidedCopy) -> str:
    return url_for("confiding.copy", confided_copy_id=this.id)
