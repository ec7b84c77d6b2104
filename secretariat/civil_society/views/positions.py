"""Positions inside a network: its list of them, one of them, and what organizations and the coordination do with it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.civil_society import choice_queries, policy, position_forms, position_queries, queries
from secretariat.civil_society import words as in_words
from secretariat.civil_society.models import AdoptsBy, Ballots, SubmissionKind
from secretariat.civil_society.position_models import Position, PositionDissent
from secretariat.civil_society.service import positions as service
from secretariat.civil_society.views.base import the_network, the_networks
from secretariat.core import clock
from secretariat.core.languages import LANGUAGES, current_reading, dates
from secretariat.core.languages import gettext as _
from secretariat.pages import place
from secretariat.pages.access import authorise, found, not_found, permission, signed_in
from secretariat.pages.forms import Form, as_shown, done, refusals, shown
from secretariat.pages.unit import db, received_at, viewer
from secretariat.processes.names import in_order, names_of
from secretariat.texts import queries as texts
from secretariat.texts.models import TextEdition

blueprint = Blueprint("positions", __name__)


def the_position(position_id: UUID) -> Position:
    """The position of this address, or the 404 which hidden and missing share."""
    one = found(position_queries.position_by_id(db(), position_id))
    found(one.edition)
    place.enter(one.process, track=one.track)
    return one


@blueprint.get("/processes/<slug>/positions")
@signed_in
def index(slug: str) -> ResponseReturnValue:
    """The positions of the network one is in, and its texts that can be opened to signatures."""
    process, networks = the_networks(slug)
    network = networks[0]
    if network.id not in viewer().tracks_in(process.id):
        not_found()
    rows, rules = position_queries.positions_of(db(), network.id), queries.rules_of(db(), network.id)
    may_open = policy.coordinates(viewer(), network)
    return render_template(
        "civil_society/positions.html",
        process=process,
        network=network,
        rows=rows,
        signed=position_queries.signed_of(db(), [one.id for one in rows]),
        now=clock.now(),
        ends_of=position_queries.deadline_of,
        editions=position_queries.editions_to_open(db(), network.id) if may_open else [],
        rule=in_words.ADOPTS_BY_HINT[rules.adopts_by if rules else AdoptsBy.CONSENSUS],
        ballots=in_words.BALLOTS[rules.ballots if rules else Ballots.EITHER],
        may_open=may_open,
        choices=choice_queries.choices_of(db(), network.id),
    )


@blueprint.route("/processes/<slug>/<track_slug>/adoption", methods=["GET", "POST"])
@permission("set the rule by which a network adopts")
def adoption(slug: str, track_slug: str) -> ResponseReturnValue:
    """By what rule the network adopts its positions."""
    process, network = the_network(slug, track_slug)
    authorise(policy.may_set_adoption(viewer(), network))
    values = position_forms.adoption_values(queries.rules_of(db(), network.id))
    form = position_forms.AdoptionForm(obj=values)
    if form.ready(values):
        service.set_adoption(db(), process, network, AdoptsBy(form.adopts_by.data), Ballots(form.ballots.data))
        return done(_("Saved."), url_for("positions.index", slug=slug))
    return shown(form, "civil_society/adoption.html", process=process, network=network)


@blueprint.route("/documents/<uuid:document_id>/position", methods=["GET", "POST"], endpoint="open")
@permission("open a position to signatures")
def open_(document_id: UUID) -> ResponseReturnValue:
    """Open an edition of the network to the signatures of its organizations."""
    edition = _edition(document_id)
    document = edition.document
    authorise(policy.may_open_position(viewer(), document))
    form = position_forms.EndForm(data={"zone": document.process.zone})
    if form.ready():
        with refusals(form):
            made = service.open_position(db(), edition, form.deadline)
            return done(_("Open to signatures. The organizations are written to."), _page(made))
    today = clock.today(document.process.zone)
    members = position_queries.organizations_read(db(), document.track_id, today)
    return shown(
        form,
        "civil_society/position_open.html",
        document=document,
        organizations=len(members),
        rule=in_words.ADOPTS_BY_HINT[service.adopts_by(db(), document.track)],
    )


def _edition(document_id: UUID) -> TextEdition:
    edition = found(texts.edition_of(db(), document_id))
    place.enter(edition.document.process, track=edition.document.track)
    return edition


@blueprint.get("/positions/<uuid:position_id>")
@signed_in
def show(position_id: UUID) -> ResponseReturnValue:
    """A position: who signed it, what is on record beside it, and what is to be done."""
    one, me = the_position(position_id), viewer()
    ends = position_queries.deadline_of(one)
    signatures, dissents = position_queries.signatures_of(db(), one.id), position_queries.dissents_of(db(), one.id)
    signed = {row.participant_id for row in signatures}
    weighed_on = min(clock.today(one.zone), one.ends_on)
    members = position_queries.organizations_read(db(), one.track_id, weighed_on)
    names = names_of(db(), [*signed, *members, *(row.participant_id for row in dissents)], process=one.process_id)
    open_now = policy.is_signed_now(one, ends.at, clock.now())
    said = signed | {row.participant_id for row in dissents}
    return render_template(
        "civil_society/position.html",
        one=one,
        document=one.edition.document,
        ends=ends,
        open_now=open_now,
        signatures=[(names[key], row) for key in in_order(names) for row in signatures if row.participant_id == key],
        dissents=dissents,
        names=names,
        silent=[names[key] for key in in_order(names) if key in members - said],
        members=len(members),
        mine=_mine(dissents),
        has_signed=me.participant in signed,
        by=in_words.ADOPTS_BY,
        rule=in_words.ADOPTS_BY_HINT[one.adopts_by],
        may={"sign": policy.may_sign(me, one), "keep": policy.may_keep_position(me, one)},
    )


def _mine(dissents: Sequence[PositionDissent]) -> PositionDissent | None:
    return next((row for row in dissents if row.participant_id == viewer().participant), None)


@blueprint.route("/positions/<uuid:position_id>/sign", methods=["GET", "POST"])
@permission("sign a position")
def sign(position_id: UUID) -> ResponseReturnValue:
    """Sign for the organization one represents; the page says which text that is, and who reads the signature."""
    one = the_position(position_id)
    authorise(policy.may_sign(viewer(), one))
    seen = as_shown(one.edition.sha256)
    form = Form(data={"version": seen.version})
    if form.ready(seen):
        with refusals(form):
            service.sign(db(), one, received_at())
            said = _("Signed. It can be taken back until %(end)s.", end=_until(one))
            return done(said, _page(one))
    return shown(
        form,
        "civil_society/position_sign.html",
        one=one,
        document=one.edition.document,
        name=_own_name(one),
        mine=_mine(position_queries.dissents_of(db(), one.id)),
    )


@blueprint.route("/positions/<uuid:position_id>/take-back", methods=["GET", "POST"])
@permission("take a signature back")
def take_back(position_id: UUID) -> ResponseReturnValue:
    """Take the signature of one's organization back, before the end."""
    one = the_position(position_id)
    authorise(policy.may_sign(viewer(), one))
    form = Form()
    if form.ready():
        with refusals(form):
            service.take_back(db(), one, received_at())
            return done(_("Taken back. Your organization can sign again until the end."), _page(one))
    return shown(
        form, "civil_society/position_take_back.html", one=one, document=one.edition.document, name=_own_name(one)
    )


@blueprint.route("/positions/<uuid:position_id>/dissent", methods=["GET", "POST"])
@permission("have a dissent on record")
def dissent(position_id: UUID) -> ResponseReturnValue:
    """Have on record, word for word, why one's organization does not sign."""
    one = the_position(position_id)
    authorise(policy.may_sign(viewer(), one))
    values = position_forms.dissent_values(_mine(position_queries.dissents_of(db(), one.id)))
    first = {"language": current_reading().language.code}
    form = position_forms.dissent_form(_languages(one))(obj=values, data=None if values else first)
    if form.ready(values) if values is not None else form.ready():
        with refusals(form):
            service.dissent(db(), one, position_forms.dissent(form), received_at())
            return done(_("On record. It can be changed until %(end)s.", end=_until(one)), _page(one))
    return shown(
        form, "civil_society/position_dissent.html", one=one, document=one.edition.document, name=_own_name(one)
    )


def _languages(one: Position) -> list[str]:
    spoken = [code for code in one.process.languages if code in LANGUAGES]
    return list(dict.fromkeys([*spoken, *LANGUAGES]))


@blueprint.route("/positions/<uuid:position_id>/dissent/take-back", methods=["GET", "POST"])
@permission("take a dissent back")
def take_dissent_back(position_id: UUID) -> ResponseReturnValue:
    """Take one's dissent from the record, before the end."""
    one = the_position(position_id)
    authorise(policy.may_sign(viewer(), one))
    form = Form()
    mine = _mine(position_queries.dissents_of(db(), one.id))
    if form.ready():
        with refusals(form):
            service.take_dissent_back(db(), one, received_at())
            return done(_("Taken back. Nothing of it stays on record."), _page(one))
    return shown(form, "civil_society/position_dissent_back.html", one=one, document=one.edition.document, mine=mine)


@blueprint.route("/positions/<uuid:position_id>/end", methods=["GET", "POST"])
@permission("change until when a position is signed")
def change_end(position_id: UUID) -> ResponseReturnValue:
    """Give a later end."""
    one = the_position(position_id)
    authorise(policy.may_keep_position(viewer(), one))
    values = position_forms.end_values(one)
    form = position_forms.EndForm(obj=values)
    if form.ready(values):
        with refusals(form):
            service.change_end(db(), one, form.deadline)
            return done(_("Saved."), _page(one))
    return shown(form, "civil_society/position_end.html", one=one, document=one.edition.document)


@blueprint.route("/positions/<uuid:position_id>/settle", methods=["GET", "POST"])
@permission("say what became of a position")
def settle(position_id: UUID) -> ResponseReturnValue:
    """Say whether the position is adopted, by the network's rule."""
    one = the_position(position_id)
    authorise(policy.may_keep_position(viewer(), one))
    form = position_forms.SettleForm(data={"on": clock.today(one.zone)})
    if form.ready():
        with refusals(form):
            service.settle(db(), one, form.settled)
            return done(_("On record."), _page(one))
    return shown(
        form,
        "civil_society/position_settle.html",
        one=one,
        document=one.edition.document,
        rule=in_words.ADOPTS_BY_HINT[one.adopts_by],
    )


@blueprint.route("/positions/<uuid:position_id>/submission", methods=["GET", "POST"])
@permission("make a submission of a position")
def submission(position_id: UUID) -> ResponseReturnValue:
    """Make a draft submission of an adopted position, with who signed it. Nothing crosses the wall by it."""
    one = the_position(position_id)
    authorise(policy.may_keep_position(viewer(), one))
    form = position_forms.SendForm()
    if form.ready():
        with refusals(form):
            made = service.make_submission(db(), one, SubmissionKind(form.kind.data), form.theme.data or "")
            said = _("A draft submission. Look at it as the governments will read it, then send it.")
            return done(said, url_for("civil_society.show", submission_id=made.id))
    rows = position_queries.signatures_of(db(), one.id)
    along = [row for row in position_queries.dissents_of(db(), one.id) if row.goes_along]
    concerned = [*(row.participant_id for row in rows), *(row.participant_id for row in along)]
    names = names_of(db(), concerned, process=one.process_id)
    return shown(
        form,
        "civil_society/position_submission.html",
        one=one,
        document=one.edition.document,
        signed=[names[key] for key in in_order(names) if key in {row.participant_id for row in rows}],
        along=along,
        names=names,
    )


def _own_name(one: Position) -> str:
    mine = viewer().participant
    return str(names_of(db(), [mine], process=one.process_id)[mine]) if mine is not None else ""


def _until(one: Position) -> str:
    return dates.deadline_text(position_queries.deadline_of(one).at, one.zone, today=clock.today(one.zone))


def _page(one: Position) -> str:
    return url_for("positions.show", position_id=one.id)
