"""Pages on which the secretariat of a track enters, ends and hands over appointments."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from secretariat.accounts import appointments, service
from secretariat.accounts.forms import EndForm, HandOverForm, NameForm
from secretariat.core import clock
from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.directory import hats, policy, successors
from secretariat.directory import service as directory
from secretariat.directory.forms import MailAddressForm
from secretariat.directory.models import Appointment, ContactCard, ContactNumber, ProposedSuccessor, RoleName
from secretariat.directory.service import Details, Letter
from secretariat.directory.views import a_number, back, chosen_readers, offer_readers
from secretariat.pages import access, place, unit
from secretariat.pages.forms import Form, done, shown
from secretariat.processes.models import Participation, Process, SecretariatArrangement, StandingKind, Track
from secretariat.processes.names import in_order, names_of

blueprint = Blueprint("appointments", __name__, url_prefix="/people")


@blueprint.route("/<slug>/<track_slug>/name", methods=["GET", "POST"])
@access.permission("name people of a process")
def name(slug: str, track_slug: str) -> ResponseReturnValue:
    """Name somebody by letter on record."""
    process = access.found(unit.db().scalar(select(Process).where(Process.slug == slug)))
    track = access.found(next((one for one in process.tracks if one.slug == track_slug), None))
    access.authorise(unit.viewer().keeps(track.id))
    place.enter(process)
    told = _told_here(track)
    form = NameForm(data=_as_told(told) | _as_office(told))
    roles = [
        one for one in policy.ROLES[track.kind] if one is not RoleName.CHAIRS_OFFICE or _has_no_secretariat(process)
    ]
    form.role.choices = [(role.value, hats.ROLE_WORDS[role]) for role in roles]
    form.participant.choices = _participants(track)
    for local in (form.ministry, form.function, form.subject):
        local.languages = tuple(process.languages)
    if form.ready() and _is_said_for_whom(form, track):
        try:
            appointments.name(
                unit.db(),
                track,
                RoleName(form.role.data),
                UUID(form.participant.data) if form.participant.data else None,
                appointments.Named(_details(form), _letter(form), form.since.data, None, form.subject.data),
            )
        except Refused as refused:
            form.tell(refused)
        except NotAllowed:
            form.refuse(_("Nobody enters an appointment for himself; a colleague does it"), "email")
        else:
            if told is not None and (form.role.data, form.participant.data) == (told.role, str(told.participant_id)):
                successors.settle_for(unit.db(), told.appointment, told.role)
            return done(
                _("Entered. The person is told by mail, and stands in the list from that day."),
                url_for("people.directory", slug=slug),
            )
    return shown(form, "people/name.html", process=process, track=track)


@blueprint.route("/appointments/<uuid:appointment_id>/end", methods=["GET", "POST"])
@access.permission("end an appointment")
def end(appointment_id: UUID) -> ResponseReturnValue:
    """End an appointment, on record."""
    one, process = _appointment(appointment_id)
    form = EndForm(data={"until": clock.today(process.zone)})
    if form.ready() and form.until.data:
        try:
            appointments.end(unit.db(), one, on=form.until.data, why=form.why.data)
        except Refused as refused:
            form.tell(refused)
        else:
            return done(
                _("Entered. From that day it gives no access any more, and the person is told."),
                url_for("people.directory", slug=process.slug),
            )
    return shown(form, "people/end.html", **_about(one, process))


@blueprint.route("/appointments/<uuid:appointment_id>/hand-over", methods=["GET", "POST"])
@access.permission("hand an appointment over")
def hand_over(appointment_id: UUID) -> ResponseReturnValue:
    """Hand an appointment over to a successor, by the letter of the capital."""
    one, process = _appointment(appointment_id)
    told = successors.told_of(unit.db(), one.id, one.role)
    form = HandOverForm(data={"since": clock.today(process.zone), **_as_told(told)})
    for local in (form.ministry, form.function):
        local.languages = tuple(process.languages)
    if form.ready() and form.since.data:
        try:
            appointments.hand_over(unit.db(), one, _details(form), on=form.since.data, letter=_letter(form))
            successors.settle_for(unit.db(), one)
        except Refused as refused:
            form.tell(refused, {"until": "since", "why": "letter"})
        except NotAllowed:
            form.refuse(_("Nobody enters an appointment for himself; a colleague does it"), "email")
        else:
            return done(
                _("Entered. What is open goes on with the successor; both are told by mail."),
                url_for("people.directory", slug=process.slug),
            )
    return shown(form, "people/hand_over.html", **_about(one, process))


@blueprint.route("/successors/<uuid:successor_id>", methods=["GET", "POST"])
@access.permission("see to who follows now")
def successor(successor_id: UUID) -> ResponseReturnValue:
    """Whom a focal point says to follow: record the capital's letter, or set it aside."""
    told = access.found(successors.told_by_id(unit.db(), successor_id))
    access.authorise(policy.may_settle(unit.viewer(), told))
    one, process = _appointment(told.appointment_id)
    form = Form()
    if form.ready():
        successors.set_aside(unit.db(), told)
        return done(_("Set aside. Nothing was changed."), url_for("home.today"))
    track = access.found(next((each for each in process.tracks if each.id == told.track_id), None))
    about = _about(one, process) | {"role": hats.ROLE_WORDS[told.role]}
    return shown(form, "people/successor.html", told=told, track=track, **about)


def _told_here(track: Track) -> ProposedSuccessor | None:
    """What was told of an alternate who follows nobody, where the page is asked with it."""
    try:
        told = successors.told_by_id(unit.db(), UUID(request.args.get("told", "")))
    except ValueError:
        return None
    return told if told is not None and told.track_id == track.id and told.follows_nobody else None


def _as_office(told: ProposedSuccessor | None) -> dict[str, Any]:
    return {} if told is None else {"role": told.role.value, "participant": str(told.participant_id)}


def _as_told(told: ProposedSuccessor | None) -> dict[str, Any]:
    """What the focal point said of the successor, to be compared with the letter."""
    if told is None:
        return {}
    ministry = LocalText.of(told.ministry, current_reading().language.code) if told.ministry else None
    return {"name": told.name, "email": told.address, "ministry": ministry}


@blueprint.route("/cards/<uuid:card_id>/mail", methods=["GET", "POST"])
@access.permission("change a contact card")
def add_mail(card_id: UUID) -> ResponseReturnValue:
    """Give another address to write to; it takes effect when it is confirmed by the link sent there."""
    card = access.found(unit.db().scalar(select(ContactCard).where(ContactCard.id == card_id)))
    access.authorise(policy.may_edit_card(unit.viewer(), card))
    form = MailAddressForm()
    offer_readers(form, card)
    if form.ready():
        try:
            number = directory.add_number(unit.db(), card, "mail", form.value.data, chosen_readers(form))
        except Refused as refused:
            form.tell(refused)
        else:
            return _confirmation_sent(number, card)
    return shown(form, "people/number.html", card=card, title=_("Add an e-mail address"))


@blueprint.post("/numbers/<uuid:number_id>/write-to")
@access.permission("change a contact card")
def write_to(number_id: UUID) -> ResponseReturnValue:
    """Have the product write to this address: a link goes there to confirm it."""
    number = a_number(number_id)
    access.authorise(policy.may_edit_card(unit.viewer(), number.card) and number.kind == "mail")
    return _confirmation_sent(number, number.card)


def _confirmation_sent(number: ContactNumber, card: ContactCard) -> ResponseReturnValue:
    service.ask_to_write_to(unit.db(), number, card.person_id)
    return done(_("A link is on its way to the new address. Mail goes there once the link was opened."), back(card))


def _appointment(appointment_id: UUID) -> tuple[Appointment, Process]:
    one = access.found(unit.db().scalar(select(Appointment).where(Appointment.id == appointment_id)))
    process = access.found(unit.db().scalar(select(Process).where(Process.id == one.process_id)))
    access.authorise(policy.may_end(unit.viewer(), one))
    place.enter(process)
    return one, process


def _about(one: Appointment, process: Process) -> dict[str, Any]:
    card = unit.db().scalar(
        select(ContactCard).where(
            ContactCard.person_id == one.person_id,
            ContactCard.process_id == one.process_id,
            ContactCard.track_id == one.track_id,
        )
    )
    names = names_of(unit.db(), [one.participant_id], process=process.id)
    return {
        "one": one,
        "card": card,
        "process": process,
        "role": hats.ROLE_WORDS[one.role],
        "acts_for": str(names[one.participant_id]) if one.participant_id in names else _("Secretariat"),
        "label": one,
    }


def _has_no_secretariat(process: Process) -> bool:
    return process.secretariat_arrangement == SecretariatArrangement.NONE.value


def _participants(track: Track) -> list[tuple[str, str]]:
    on = unit.viewer().on
    held = unit.db().scalars(select(Participation).where(Participation.track_id == track.id))
    current = {one.participant_id for one in held if one.held_on(on) and one.standing is not StandingKind.FORMER}
    names = names_of(unit.db(), current, process=track.process_id)
    return [(str(one), str(names[one])) for one in in_order(names)]


def _is_said_for_whom(form: NameForm, track: Track) -> bool:
    keeps = form.role.data == policy.KEEPING_ROLES[track.kind].value  # a chair's office is named with its chair
    if keeps == bool(form.participant.data):
        form.refuse(
            _("The Secretariat's own people act for nobody else; leave this empty")
            if keeps
            else _("Choose for whom the person acts"),
            "participant",
        )
        return False
    return True


def _details(form: Any) -> Details:
    return Details(
        name=form.name.data,
        mail=form.email.data,
        telephone=form.telephone.data or "",
        function=form.function.data,
        ministry=form.ministry.data,
    )


def _letter(form: Any) -> Letter:
    return Letter(form.letter.data, form.letter_on.data)
