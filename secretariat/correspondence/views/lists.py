"""Lists of contacts are brought in: sent, columns chosen, looked at row by row, confirmed; and the people from them."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.correspondence import listed_queries, policy
from secretariat.correspondence.contact_lists import shape as shapes
from secretariat.correspondence.contact_lists.columns import COLUMNS
from secretariat.correspondence.contact_lists.meaning import CARD, SAID_WORDS, Looked
from secretariat.correspondence.contact_lists.shape import Shape
from secretariat.correspondence.list_forms import ListForm, alike_form, columns_form, names_form
from secretariat.correspondence.listed_models import ContactList, ListedContact, ListState
from secretariat.correspondence.service import listing
from secretariat.correspondence.words import LIST_STATES
from secretariat.directory.models import Appointment, ContactCard
from secretariat.documents import sent_tables
from secretariat.pages import lists, place, unit
from secretariat.pages.access import authorise, found, not_found, permission, signed_in
from secretariat.pages.forms import Form, done, refusals, shown
from secretariat.pages.uploads import UploadField, takes_files
from secretariat.processes import queries as processes
from secretariat.processes.models import Participation, Process, Track
from secretariat.processes.names import in_order, names_of

blueprint = Blueprint("lists", __name__, url_prefix="/people")
VIEWS = ("mend", "alike", "notes", "rows")
MOST_PAIRS = 50


@blueprint.route("/<slug>/<track_slug>/lists", methods=["GET", "POST"])
@permission("bring lists of contacts in")
@takes_files
def send(slug: str, track_slug: str) -> ResponseReturnValue:
    """A list to be looked at, and those there were."""
    process = found(processes.process_by_slug(unit.db(), slug))
    wanted = select(Track).where(Track.process_id == process.id, Track.slug == track_slug)
    track = found(unit.db().scalar(wanted))
    place.enter(process, track=track)
    authorise(policy.may_bring_in(unit.viewer(), track))
    form = ListForm()
    if form.ready():
        with refusals(form):
            name, content = _sent(form)
            made = listing.look_at(unit.db(), track, name, content)
            return done(
                _("Read. Look at what stands in each column; nobody is entered before you confirm it."),
                url_for("lists.columns", contact_list_id=made.id),
            )
    return shown(
        form,
        "correspondence/lists.html",
        process=process,
        track=track,
        sent=listed_queries.lists_of(unit.db(), track.id),
        states=LIST_STATES,
        most_mb=sent_tables.MOST_BYTES // 1_000_000,
    )


def _sent(form: ListForm) -> tuple[str, bytes]:
    field = cast("UploadField", form["table"])
    assert field.data is not None
    if field.sent > sent_tables.MOST_BYTES:
        most = sent_tables.MOST_BYTES // 1_000_000
        raise Refused(_("This file is larger than %(most)s MB, which no list of contacts is.", most=most), "table")
    field.data.stream.seek(0)
    return field.data.filename or "", field.data.stream.read()


@blueprint.get("/lists/<uuid:contact_list_id>")
@permission("bring lists of contacts in")
def show(contact_list_id: UUID) -> ResponseReturnValue:
    """One list: who would come in and what is to be mended; how far it is; what became of it."""
    one = _the_list(contact_list_id)
    if one.state is ListState.LOOKED_AT:
        return _preview(one)
    return render_template(
        "correspondence/list_done.html",
        one=one,
        stuck=listing.is_stuck(unit.db(), one),
        state=LIST_STATES[one.state],
        new_nonce=_nonce,
    )


def _preview(one: ContactList, form: Any = None) -> ResponseReturnValue:
    chosen, looked = Shape.from_json(one.shape), listing.looked(unit.db(), one)
    by_view = {"mend": looked.wrong, "alike": looked.alike, "notes": looked.noted, "rows": looked.rows}
    view = next((name for name in VIEWS if name == request.args.get("show", "")), _first(looked))
    pages = lists.pages_of(len(by_view[view]))
    rows = by_view[view][pages.offset : pages.offset + pages.rows]
    called = names_of(unit.db(), [row.participant for row in rows], process=one.process_id)
    asks = names_form(looked.unknown, chosen.names, _participants(one.track)) if looked.unknown else None
    return shown(
        form or Form(formdata=None),
        "correspondence/list_preview.html",
        one=one,
        looked=looked,
        view=view,
        views=[
            (_("To be mended"), lists.here_with(show="mend"), len(looked.wrong)),
            (_("Likely here already"), lists.here_with(show="alike"), len(looked.alike)),
            (_("Taken so"), lists.here_with(show="notes"), len(looked.noted)),
            (_("All rows"), lists.here_with(show="rows"), len(looked.rows)),
        ],
        rows=rows,
        pages=pages,
        names=called,
        asks=asks,
        alike=alike_form(rows) if view == "alike" and rows else None,
        columns={**COLUMNS, "programs": _("What was left out")},
        said_words=SAID_WORDS,
        card_kind=CARD,
        has_changed=bool(one.became.get("changed")),
        new_nonce=_nonce,
    )


def _first(looked: Looked) -> str:
    return "mend" if looked.wrong else "alike" if looked.alike else "rows"


@blueprint.route("/lists/<uuid:contact_list_id>/columns", methods=["GET", "POST"])
@permission("bring lists of contacts in")
def columns(contact_list_id: UUID) -> ResponseReturnValue:
    """Which sheet, which headings, and what stands in each column."""
    one = _waiting(contact_list_id)
    chosen, book = Shape.from_json(one.shape), listing.book_of(unit.db(), one)
    form = columns_form(book, chosen, _participants(one.track))
    if form.ready():
        given = form.shape(chosen)
        with refusals(form):
            if (given.sheet, given.heading) != (chosen.sheet, chosen.heading):
                listing.choose(unit.db(), one, shapes.guess(book, sheet=given.sheet, heading=given.heading))
                return done(_("Read anew. Look at what stands in each column."), _at("lists.columns", one))
            if form.is_double():
                raise Refused(_("“%(column)s” is chosen for two columns.", column=form.is_double()))
            listing.choose(unit.db(), one, given)
            return done(_("Read so."), _at("lists.show", one))
    return shown(form, "correspondence/list_columns.html", one=one)


@blueprint.post("/lists/<uuid:contact_list_id>/names")
@permission("bring lists of contacts in")
def names(contact_list_id: UUID) -> ResponseReturnValue:
    """Who is meant by names of participants nobody has here."""
    one = _waiting(contact_list_id)
    looked = listing.looked(unit.db(), one)
    form = names_form(looked.unknown, Shape.from_json(one.shape).names, _participants(one.track))
    if form.ready():
        listing.answer(unit.db(), one, form.answers)
        return done(_("Saved."), _at("lists.show", one))
    return _preview(one, form)


@blueprint.post("/lists/<uuid:contact_list_id>/alike")
@permission("bring lists of contacts in")
def alike(contact_list_id: UUID) -> ResponseReturnValue:
    """Who is the same person as somebody who is there, and who is not."""
    one = _waiting(contact_list_id)
    every = listing.looked(unit.db(), one).alike
    pages = lists.pages_of(len(every))
    form = alike_form(every[pages.offset : pages.offset + pages.rows])
    if form.ready():
        listing.say(unit.db(), one, form.answers)
        return done(_("Saved."), url_for("lists.show", contact_list_id=one.id, show="alike"))
    return _preview(one, form)


@blueprint.post("/lists/<uuid:contact_list_id>/confirm")
@permission("bring lists of contacts in")
def confirm(contact_list_id: UUID) -> ResponseReturnValue:
    """Bring all of it in."""
    one, form = _the_list(contact_list_id), Form()
    if one.state is ListState.LOOKED_AT and form.ready():
        try:
            listing.confirm(unit.db(), one)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Confirmed. It comes in as a whole; you may leave this page."), _at("lists.show", one))
        return _preview(one, form)
    return done(_("This list is confirmed already; nothing was done twice."), _at("lists.show", one))


@blueprint.post("/lists/<uuid:contact_list_id>/throw-away")
@permission("bring lists of contacts in")
def throw_away(contact_list_id: UUID) -> ResponseReturnValue:
    """Not go on with a list that is not in."""
    one = _waiting(contact_list_id)
    where = url_for("lists.send", slug=one.process.slug, track_slug=one.track.slug)
    listing.throw_away(unit.db(), one)
    return done(_("Thrown away; nobody of it was entered."), where)


@blueprint.post("/lists/<uuid:contact_list_id>/go-on")
@permission("bring lists of contacts in")
def go_on(contact_list_id: UUID) -> ResponseReturnValue:
    """Ask anew for what was interrupted."""
    one = _the_list(contact_list_id)
    authorise(one.state is ListState.CONFIRMED)
    listing.go_on(unit.db(), one)
    return done(_("It is done anew; nothing is done twice."), _at("lists.show", one))


# --- people from lists --------------------------------------------------------------------------------------------


@blueprint.get("/<slug>/listed")
@signed_in
def listed(slug: str) -> ResponseReturnValue:
    """The people from lists one reads: of one's own participant, or of all for who keeps the track."""
    process = found(processes.process_by_slug(unit.db(), slug))
    network = processes.network_of(unit.db(), unit.viewer(), process.id)
    track = network or found(next((one for one in process.tracks if one.kind.value == place.GOVERNMENT), None))
    place.enter(process, track=track)
    every = listed_queries.listed_in(unit.db(), process.id, track.id)
    keeps = policy.may_bring_in(unit.viewer(), track)
    if not every and not keeps:
        not_found()
    called = names_of(unit.db(), [one.participant_id for one in every], process=process.id)
    order = {key: number for number, key in enumerate(in_order(called))}
    every = sorted(every, key=lambda one: order[one.participant_id])
    pages = lists.pages_of(len(every))
    pairs = listing.likely_pairs(unit.db(), track) if keeps and every else []
    return render_template(
        "correspondence/listed.html",
        process=process,
        track=track,
        people=every[pages.offset : pages.offset + pages.rows],
        pages=pages,
        names=called,
        keeps=keeps,
        pairs=pairs[:MOST_PAIRS],
        number_of_pairs=len(pairs),
        card_kind=CARD,
    )


@blueprint.get("/listed/<uuid:listed_id>")
@signed_in
def person(listed_id: UUID) -> ResponseReturnValue:
    """One person from a list: how to be reached, and what no list can say."""
    one = _person(listed_id)
    return render_template(
        "correspondence/listed_person.html",
        one=one,
        keeps=policy.may_bring_in(unit.viewer(), one.track),
        may_take_off=policy.may_take_off(unit.viewer(), one),
        called=names_of(unit.db(), [one.participant_id], process=one.process_id)[one.participant_id],
    )


@blueprint.route("/listed/<uuid:listed_id>/merge/<into_kind>/<uuid:into_id>", methods=["GET", "POST"])
@permission("make one of two contacts")
def merge(listed_id: UUID, into_kind: str, into_id: UUID) -> ResponseReturnValue:
    """Make one of two who are the same person; says what will happen."""
    one = _person(listed_id)
    authorise(policy.may_bring_in(unit.viewer(), one.track))
    into = cast("ListedContact | ContactCard", found(_into(one, into_kind, into_id)))
    form = Form()
    where = url_for("lists.listed", slug=one.process.slug)
    if form.ready():
        with refusals(form):
            listing.merge(unit.db(), one, into)
            return done(_("Made one. What was new stands with %(name)s.", name=into.name), where)
    there = _numbers(into)
    return shown(
        form,
        "correspondence/listed_merge.html",
        one=one,
        into=into,
        is_card=isinstance(into, ContactCard),
        new=[value for _kind, value in one.numbers if listing.told_alike(value) not in there],
        called=names_of(unit.db(), [one.participant_id], process=one.process_id)[one.participant_id],
        where=where,
    )


def _into(one: ListedContact, kind: str, key: UUID) -> ListedContact | ContactCard | None:
    """Who would stay: another person from a list, or somebody who is named by letter, of the same track."""
    if kind == CARD:
        wanted = select(ContactCard).where(ContactCard.id == key, ContactCard.track_id == one.track_id)
        held = select(Appointment.id).where(
            Appointment.person_id == ContactCard.person_id, Appointment.track_id == one.track_id
        )
        return unit.db().scalar(wanted.where(held.exists()))
    return unit.db().scalar(
        select(ListedContact).where(
            ListedContact.id == key, ListedContact.track_id == one.track_id, ListedContact.id != one.id
        )
    )


def _numbers(into: ListedContact | ContactCard) -> set[str]:
    values = [one.value for one in into.numbers] if isinstance(into, ContactCard) else [one[1] for one in into.numbers]
    return {listing.told_alike(value) for value in values}


@blueprint.route("/listed/<uuid:listed_id>/take-off", methods=["GET", "POST"])
@permission("take a contact off the list")
def take_off(listed_id: UUID) -> ResponseReturnValue:
    """Take a person off the list."""
    one = _person(listed_id)
    authorise(policy.may_take_off(unit.viewer(), one))
    form, process = Form(), one.process
    if form.ready():
        listing.take_off(unit.db(), one)
        rest = listed_queries.number_listed(unit.db(), process.id) or policy.may_bring_in(unit.viewer(), one.track)
        return done(
            _("Taken off the list."), url_for("lists.listed" if rest else "people.directory", slug=process.slug)
        )
    return shown(form, "correspondence/listed_take_off.html", one=one)


def _person(listed_id: UUID) -> ListedContact:
    one = found(listed_queries.listed_by_id(unit.db(), listed_id))
    place.enter(one.process, track=one.track)
    return one


def _the_list(contact_list_id: UUID) -> ContactList:
    one = found(listed_queries.list_by_id(unit.db(), contact_list_id))
    place.enter(one.process, track=one.track)
    authorise(policy.may_bring_in(unit.viewer(), one.track))
    return one


def _waiting(contact_list_id: UUID) -> ContactList:
    one = _the_list(contact_list_id)
    authorise(one.state is ListState.LOOKED_AT)
    return one


def _participants(track: Track) -> list[tuple[str, str]]:
    """Whom people of a track can act for, in the order of the reader's language."""
    wanted = select(Participation.participant_id).where(
        Participation.track_id == track.id, Participation.participant_id.is_not(None)
    )
    called = names_of(unit.db(), unit.db().scalars(wanted), process=track.process_id)
    return [(str(key), str(called[key])) for key in in_order(called)]


def _at(endpoint: str, one: ContactList) -> str:
    return url_for(endpoint, contact_list_id=one.id)


def _nonce() -> Any:
    return Form(formdata=None).nonce.data


def number_here(process: Process) -> int:
    """How many people from lists one reads in a process, for the page of all people."""
    return listed_queries.number_listed(unit.db(), process.id)
