"""The register of letters: found, entered, put right, with their scans."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.correspondence import policy
from secretariat.correspondence import register_queries as queries
from secretariat.correspondence.register_forms import BY_HAND, DIRECTIONS, KINDS, LetterForm, values_of
from secretariat.correspondence.register_models import Direction, LetterKind, RegisteredLetter
from secretariat.correspondence.register_queries import Sought
from secretariat.correspondence.service import registering as service
from secretariat.directory.models import Appointment
from secretariat.documents.views.base import all_taken_in
from secretariat.documents.views.files import saved
from secretariat.meetings.models import Invitation
from secretariat.pages import lists, place, unit
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import done, refusals, shown
from secretariat.pages.lists import pages_of
from secretariat.pages.uploads import takes_files
from secretariat.processes.models import Participation, Process, Track
from secretariat.processes.names import in_order, names_of
from secretariat.processes.queries import process_by_slug

blueprint = Blueprint("register", __name__)


@blueprint.get("/processes/<slug>/<track_slug>/register")
@permission("keep the register")
def index(slug: str, track_slug: str) -> ResponseReturnValue:
    """The register of a track: what came and went, found by its words."""
    process, track = _track(slug, track_slug)
    authorise(policy.may_register(unit.viewer(), track.id))
    names = names_of(unit.db(), queries.correspondents_of(unit.db(), track), process=process.id)
    years = queries.years_of(unit.db(), track)
    sought, chosen = _sought({key: str(name) for key, name in names.items()}, years)
    wanted = queries.letters_sought(unit.db(), track, sought)
    pages = pages_of(queries.number_of(unit.db(), wanted))
    elsewhere = queries.named_elsewhere(unit.db(), track)
    return render_template(
        "correspondence/register.html",
        process=process,
        track=track,
        letters=unit.db().scalars(wanted.offset(pages.offset).limit(pages.rows)).all(),
        pages=pages,
        names=names,
        years=years,
        chosen=chosen,
        in_force=lists.chips(
            {
                "q": sought.words,
                "direction": DIRECTIONS[sought.direction] if sought.direction else "",
                "kind": KINDS[sought.kind] if sought.kind else "",
                "year": str(sought.year or ""),
            }
        ),
        directions=DIRECTIONS,
        kinds=KINDS,
        elsewhere=elsewhere,
        elsewhere_names=names_of(unit.db(), {one.participant for one in elsewhere}, process=process.id),
    )


@blueprint.route("/processes/<slug>/<track_slug>/register/new", methods=["GET", "POST"])
@permission("enter a letter in the register")
@takes_files
def enter(slug: str, track_slug: str) -> ResponseReturnValue:
    """Enter a letter, with its scans."""
    process, track = _track(slug, track_slug)
    authorise(policy.may_register(unit.viewer(), track.id))
    appointment, invitation = _appointment(track), _invitation(track)
    form = LetterForm(data=_proposed(appointment, invitation))
    _offer(form, process, track)
    if form.ready():
        with refusals(form):
            said = form.said(
                appointment=appointment.id if appointment else None, invitation=invitation.id if invitation else None
            )
            made = service.enter(unit.db(), process, track, said, all_taken_in(form, "scans", most=service.MOST_SCANS))
            return done(_("Entered as %(symbol)s.", symbol=made.symbol), _page(made))
    return shown(form, "correspondence/letter_form.html", process=process, track=track, letter=None)


@blueprint.get("/letters/<uuid:letter_id>")
@permission("keep the register")
def show(letter_id: UUID) -> ResponseReturnValue:
    """One entry: what it is, its scans, what it answers and what answers it, what it decided."""
    one = _letter(letter_id)
    db = unit.db()
    earlier = queries.letter_by_id(db, one.earlier_id) if one.earlier_id else None
    of_invitation = select(Invitation).where(Invitation.id == one.invitation_id)
    return render_template(
        "correspondence/letter.html",
        one=one,
        earlier=earlier,
        later=queries.later_ones(db, one),
        names=names_of(db, [one.correspondent_id], process=one.process_id),
        directions=DIRECTIONS,
        kinds=KINDS,
        appointment=db.scalar(select(Appointment.id).where(Appointment.id == one.appointment_id)),
        invitation=db.scalar(of_invitation) if one.invitation_id else None,
    )


@blueprint.route("/letters/<uuid:letter_id>/edit", methods=["GET", "POST"])
@permission("put the register right")
@takes_files
def edit(letter_id: UUID) -> ResponseReturnValue:
    """Put an entry right, or add a scan."""
    one = _letter(letter_id)
    form = LetterForm(data=values_of(one))
    _offer(form, one.process, one.track)
    if one.kind not in BY_HAND:
        form.kind.choices = [(one.kind.value, KINDS[one.kind])]
    if form.ready(one):
        with refusals(form):
            said = form.said(appointment=one.appointment_id, invitation=one.invitation_id)
            service.put_right(unit.db(), one, said, all_taken_in(form, "scans", most=service.MOST_SCANS))
            return done(_("Saved."), _page(one))
    return shown(form, "correspondence/letter_form.html", process=one.process, track=one.track, letter=one)


@blueprint.get("/letters/scans/<uuid:scan_id>")
@permission("keep the register")
def scan(scan_id: UUID) -> ResponseReturnValue:
    """A scan, to be saved."""
    one = found(queries.scan_by_id(unit.db(), scan_id))
    authorise(policy.may_register(unit.viewer(), one.letter.track_id))
    return saved(one, one.name, one.letter)


def _sought(names: dict[UUID, str], years: list[int]) -> tuple[Sought, dict[str, str]]:
    """What the address asks for; what is not there to be chosen filters nothing out."""
    given = {name: request.args.get(name, "").strip() for name in ("q", "direction", "kind", "year")}
    direction = next((one for one in Direction if one.value == given["direction"]), None)
    kind = next((one for one in LetterKind if one.value == given["kind"]), None)
    year = next((one for one in years if str(one) == given["year"]), None)
    words = given["q"][:200]
    fitting = [key for key, name in names.items() if words and words.casefold() in name.casefold()]
    chosen = {"q": words, "direction": given["direction"], "kind": given["kind"], "year": given["year"]}
    return Sought(words, fitting, direction, kind, year), chosen


def _appointment(track: Track) -> Appointment | None:
    """The appointment whose letter is to be entered, where the address names one."""
    key = request.args.get("appointment", type=_key)
    if key is None:
        return None
    return unit.db().scalar(select(Appointment).where(Appointment.id == key, Appointment.track_id == track.id))


def _invitation(track: Track) -> Invitation | None:
    """The invitation whose letter is to be entered, where the address names one."""
    key = request.args.get("invitation", type=_key)
    one = unit.db().scalar(select(Invitation).where(Invitation.id == key)) if key is not None else None
    return one if one is not None and one.meeting is not None and one.meeting.track_id == track.id else None


def _key(text: str) -> UUID:
    return UUID(text)


def _proposed(appointment: Appointment | None, invitation: Invitation | None) -> dict[str, Any]:
    """What is known already of a letter that is named elsewhere."""
    given: dict[str, Any] = {"passed_on": clock.today()}
    of = appointment or invitation
    if of is not None:
        given |= {
            "direction": Direction.IN.value,
            "kind": LetterKind.NOTE_VERBALE.value,
            "participant": str(of.participant_id or ""),
            "dated": of.letter_on,
        }
    if of is not None and of.letter_on is not None:
        given["passed_on"] = of.letter_on
    if appointment is not None:
        given |= {"reference": appointment.letter[:200], "subject": _("Nomination"), "decided": _("A nomination")}
    elif invitation is not None:
        words = _("Delegation to a meeting")
        given |= {"reference": invitation.letter_reference, "subject": words, "decided": _("Who comes to a meeting")}
    return given


def _offer(form: LetterForm, process: Process, track: Track) -> None:
    held = unit.db().scalars(
        select(Participation.participant_id).where(
            Participation.process_id == process.id, Participation.track_id == track.id
        )
    )
    names = names_of(unit.db(), {one for one in held if one is not None}, process=process.id)
    form.participant.choices = [("", ""), *((str(key), str(names[key])) for key in in_order(names))]
    earlier = queries.earlier_ones(unit.db(), track)
    form.earlier.choices = [("", ""), *((str(one.id), f"{one.symbol} · {one.subject}") for one in earlier)]


def _track(slug: str, track_slug: str) -> tuple[Process, Track]:
    process = found(process_by_slug(unit.db(), slug))
    wanted = select(Track).where(Track.process_id == process.id, Track.slug == track_slug)
    track = found(unit.db().scalar(wanted))
    place.enter(process, track=track)
    return process, track


def _letter(letter_id: UUID) -> RegisteredLetter:
    one = found(queries.letter_by_id(unit.db(), letter_id))
    authorise(policy.may_register(unit.viewer(), one.track_id))
    place.enter(one.process, track=one.track)
    return one


def _page(one: RegisteredLetter) -> str:
    return url_for("register.show", letter_id=one.id)
