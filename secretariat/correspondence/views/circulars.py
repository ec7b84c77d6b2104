"""Circulars: written, looked at as each will read them, sent, followed; and the letter to its reader."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from secretariat.core.languages import current_reading, ngettext
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.correspondence import circular_page, policy, queries
from secretariat.correspondence.circular_forms import CircularForm, values_of
from secretariat.correspondence.models import Circular
from secretariat.correspondence.service import circulars as service
from secretariat.correspondence.works import CIRCULAR_PAPER, on_letterhead
from secretariat.directory import contact_list, hats
from secretariat.documents import queries as documents
from secretariat.jobs import papers
from secretariat.jobs.views import hand_out, handed
from secretariat.mail import reasons
from secretariat.mail.links import OpenedLink
from secretariat.mail.views import by_link
from secretariat.mail.views.letters_first import letters_first, with_letters
from secretariat.pages import place, unit
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import Form, as_shown, done, refusals, shown
from secretariat.processes.models import Process, StandingKind, Track, TrackKind
from secretariat.processes.queries import network_of, process_by_slug
from secretariat.processes.words import STANDINGS_OF_MANY

blueprint = Blueprint("circulars", __name__)
ADDRESSABLE = (
    StandingKind.MEMBER,
    StandingKind.OBSERVER,
    StandingKind.PARTNER,
    StandingKind.PARTICIPANT,
    StandingKind.PARTNER_FOR_ACTIVITIES,
    StandingKind.INVITED_AD_HOC,
)
"""Whom one writes to as a whole: not who has left or is a candidate."""


@blueprint.get("/processes/<slug>/circulars")
@signed_in
def here(slug: str) -> ResponseReturnValue:
    """The circulars of the side of a process on which the reader stands."""
    process = found(process_by_slug(unit.db(), slug))
    network = network_of(unit.db(), unit.viewer(), process.id)
    track = network or found(next((one for one in process.tracks if one.kind is TrackKind.GOVERNMENT), None))
    return index(slug, track.slug)


@blueprint.get("/processes/<slug>/<track_slug>/circulars")
@signed_in
def index(slug: str, track_slug: str) -> ResponseReturnValue:
    """The circulars of a track, as far as the reader reads them."""
    process, track = _track(slug, track_slug)
    return render_template(
        "correspondence/circulars.html",
        process=process,
        track=track,
        circulars=queries.circulars_of(unit.db(), process.id, track.id),
        may_write=policy.may_write(unit.viewer(), track),
    )


@blueprint.route("/processes/<slug>/<track_slug>/circulars/new", methods=["GET", "POST"])
@permission("write a circular")
def write(slug: str, track_slug: str) -> ResponseReturnValue:
    """Write a circular; it leaves when it is sent."""
    process, track = _track(slug, track_slug)
    authorise(policy.may_write(unit.viewer(), track))
    form = CircularForm()
    _offer(form, process, track)
    if form.ready():
        with refusals(form):
            made = service.draft(unit.db(), process, track, form.written)
            return done(_("Kept. Look at it as each will read it, and send it."), _page(made))
    return shown(form, "correspondence/circular_form.html", process=process, track=track, circular=None)


@blueprint.route("/circulars/<uuid:circular_id>/edit", methods=["GET", "POST"])
@permission("change a circular")
def edit(circular_id: UUID) -> ResponseReturnValue:
    """Change a draft."""
    one = _circular(circular_id)
    authorise(policy.may_change(unit.viewer(), one))
    form = CircularForm(data=values_of(one))
    _offer(form, one.process, one.track)
    if form.ready(one):
        with refusals(form):
            service.change(unit.db(), one, form.written)
            return done(_("Kept. Look at it as each will read it, and send it."), _page(one))
    return shown(
        form, "correspondence/circular_form.html", process=one.process, track=one.track, circular=one
    )  # fmt: skip


@blueprint.get("/circulars/<uuid:circular_id>")
@signed_in
def show(circular_id: UUID) -> ResponseReturnValue:
    """A circular: to its reader the letter and what goes with it; to those who keep it who has it."""
    one = _circular(circular_id)
    return render_template("correspondence/circular.html", **_shown(one))


@blueprint.route("/circulars/<uuid:circular_id>/send", methods=["GET", "POST"])
@permission("send a circular")
def send(circular_id: UUID) -> ResponseReturnValue:
    """Who receives it, without what, and as each will read it; then it is sent."""
    one = _circular(circular_id)
    authorise(policy.may_change(unit.viewer(), one))
    before = circular_page.before(unit.db(), one)
    seen = as_shown(one.version, before.number, *(name for each in before.enclosed for name in each.without))
    form, letters = Form(data={"version": seen.version}), None
    if form.ready(seen):
        with refusals(form):
            letters = letters_first(one.process_id, lambda: service.send(unit.db(), one))
            number = 0 if letters else service.send(unit.db(), one)
            if letters is None:
                return done(ngettext("Sent to one person.", "Sent to %(num)s persons.", number), _page(one))
    return with_letters(form, letters, "correspondence/circular_send.html", one=one, going=before)


@blueprint.route("/circulars/<uuid:circular_id>/throw-away", methods=["GET", "POST"])
@permission("throw a circular away")
def throw_away(circular_id: UUID) -> ResponseReturnValue:
    """Throw a draft away."""
    one = _circular(circular_id)
    authorise(policy.may_change(unit.viewer(), one))
    form = Form(data={"version": one.version})
    if form.ready(one):
        where = url_for("circulars.index", slug=one.process.slug, track_slug=one.track.slug)
        service.throw_away(unit.db(), one)
        return done(_("Thrown away. Nobody received it."), where)
    return shown(form, "correspondence/circular_throw_away.html", one=one)


@blueprint.post("/circulars/<uuid:circular_id>/received")
@permission("say that one has a circular")
def received(circular_id: UUID) -> ResponseReturnValue:
    """Say that one has it, signed in."""
    one = _circular(circular_id)
    authorise(policy.may_say(unit.viewer(), one, queries.own_copy(unit.db(), one.id)))
    if Form().ready():
        service.say_received(unit.db(), one)
        return done(_("Thank you. It is noted that you have it."), _page(one))
    return show(circular_id)


@blueprint.route("/l/<token>/circular", methods=["GET", "POST"])
@by_link("circular")
def by_mail(link: OpenedLink) -> ResponseReturnValue:
    """The letter behind the link of its mail; one click says that one has it."""
    one = _circular(link.subjects[0])
    found(queries.own_copy(unit.db(), one.id))
    form = Form()
    if form.ready():
        authorise(policy.may_say(unit.viewer(), one, queries.own_copy(unit.db(), one.id)))
        service.say_received(unit.db(), one)
        return done(_("Thank you. It is noted that you have it."), request.path)
    return shown(form, "correspondence/circular_by_link.html", **_shown(one))


@blueprint.route("/circulars/<uuid:circular_id>/letter.<form>", methods=["GET", "POST"])
@signed_in
def paper(circular_id: UUID, form: str) -> ResponseReturnValue:
    """The letter as a paper, as its reader reads it."""
    one = _circular(circular_id)
    made = on_letterhead(unit.db(), one) if form == papers.DOCX else None
    if made is not None:
        return handed(made, one)
    return hand_out(CIRCULAR_PAPER, one, one.process, one.track, form)


def _shown(one: Circular) -> dict[str, Any]:
    """What the letter shows to this reader; that one to whom it went has opened it is written down."""
    copy = queries.own_copy(unit.db(), one.id) if one.sent_at is not None else None
    if copy is not None:
        unit.opened(("circular_copies", copy.id), service.opening(copy.id))
    language = current_reading().language.code
    words, words_in = one.words.in_language(language)
    follows = policy.may_follow(unit.viewer(), one)
    return {
        "one": one,
        "copy": copy,
        "paragraphs": [each.strip() for each in words.split("\n\n") if each.strip()],
        "words_in": words_in,
        "enclosed": queries.enclosures(unit.db(), one.id, language),
        "having": circular_page.having(unit.db(), one) if follows else [],
        "mail_words": reasons.state_in_words,
        "reason_words": reasons.reason_in_words,
        "may": {
            "change": policy.may_change(unit.viewer(), one),
            "follow": follows,
            "say": policy.may_say(unit.viewer(), one, copy) and copy is not None and copy.word_at is None,
        },
    }


def _offer(form: CircularForm, process: Process, track: Track) -> None:
    """What can be chosen: the reader's own words for standings, bodies, persons and documents."""
    on = unit.viewer().on
    form.title.languages = form.words.languages = tuple(process.languages)
    form.standings.choices = [(one.value, STANDINGS_OF_MANY[one]) for one in ADDRESSABLE]
    bodies = documents.open_bodies(unit.db(), process.id, track.id, on)
    form.bodies.choices = [(str(one.id), local_text(one.name)) for one in bodies]
    form.persons.choices = [
        (
            str(one.id),
            ", ".join(each for each in (one.acts_for, str(hats.ROLE_WORDS[one.row.role]), one.row.name) if each),
        )
        for one in contact_list.lines_of(unit.db(), process, on)
        if one.row.track_id == track.id
    ]
    form.documents.choices = [
        (str(one.id), circular_page.title_of(one))
        for one in queries.documents_to_attach(unit.db(), process.id, track.id)
    ]


def _track(slug: str, track_slug: str) -> tuple[Process, Track]:
    process = found(process_by_slug(unit.db(), slug))
    wanted = select(Track).where(Track.process_id == process.id, Track.slug == track_slug)
    track = found(unit.db().scalar(wanted))
    place.enter(process, track=track)
    return process, track


def _circular(circular_id: UUID) -> Circular:
    one = found(queries.circular_by_id(unit.db(), circular_id))
    place.enter(one.process, track=one.track)
    return one


def _page(one: Circular) -> str:
    return url_for("circulars.show", circular_id=one.id)
