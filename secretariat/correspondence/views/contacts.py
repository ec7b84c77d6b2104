"""The contact list as a file, and the page on which one says once a year that one's own details are right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from secretariat.core.languages import gettext as _
from secretariat.core.languages.words import language_name
from secretariat.core.viewer import HatKind
from secretariat.correspondence import contacts_out, queries
from secretariat.correspondence.forms import DetailsForm
from secretariat.directory import service
from secretariat.directory.forms import sharing_choices
from secretariat.directory.models import ContactCard
from secretariat.directory.views import SPOKEN, chosen_readers, forms_of_address
from secretariat.jobs.views import hand_out, handed
from secretariat.mail.links import OpenedLink
from secretariat.mail.views import by_link
from secretariat.pages import place, unit
from secretariat.pages.access import authorise, found, not_found, permission, signed_in
from secretariat.pages.forms import Form, done, refusals, shown
from secretariat.processes import queries as processes
from secretariat.processes.models import Process, Track

blueprint = Blueprint("contacts", __name__)


@blueprint.route("/people/<slug>/contact-list.<form>", methods=["GET", "POST"])
@signed_in
def paper(slug: str, form: str) -> ResponseReturnValue:
    """The contact list as PDF or DOCX: what its reader may know, and no more."""
    process = _entered(slug)
    return hand_out(contacts_out.CONTACTS, process, process, _track(process), form)


@blueprint.get("/people/<slug>/contacts.<form>")
@signed_in
def file(slug: str, form: str) -> ResponseReturnValue:
    """The contact list as CSV or vCards."""
    if form not in contacts_out.FORMS:
        not_found()
    process = _entered(slug)
    return handed(found(contacts_out.contact_file(unit.db(), process, form)), process)


@blueprint.route("/people/cards/<uuid:card_id>/look", methods=["GET", "POST"])
@permission("confirm one's contact card")
def confirm(card_id: UUID) -> ResponseReturnValue:
    """Look at one's details and say that they are right."""
    authorise(True)
    card = found(queries.own_card(unit.db(), card_id, unit.viewer().person))
    return _confirmed(card, url_for("people.edit_card", card_id=card.id), more=url_for("people.own"))


@blueprint.route("/l/<token>/details", methods=["GET", "POST"])
@by_link("details")
def confirm_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same behind a link from a mail, without a password."""
    return _confirmed(_of_link(link), f"{request.path}/change")


@blueprint.route("/l/<token>/details/change", methods=["GET", "POST"])
@by_link("details")
def change_by_link(link: OpenedLink) -> ResponseReturnValue:
    """Change one's details behind a link from a mail; a new telephone number among them."""
    card = _of_link(link)
    form = DetailsForm(obj=card, data={"address_as": forms_of_address(card)})
    form.languages.choices = [(code, language_name(code)) for code in SPOKEN]
    form.shared_with.choices = sharing_choices()
    back = request.path.removesuffix("/change")
    if form.ready(card):
        with refusals(form):
            _change(card, form)
            return done(_("Saved. Those who see the name see it so from now on."), back)
    return shown(form, "correspondence/change_details.html", card=card, back=back)


def _change(card: ContactCard, form: DetailsForm) -> None:
    if form.value.data:
        service.add_number(unit.db(), card, "telephone", form.value.data, chosen_readers(form))
    service.change_card(
        unit.db(),
        card,
        name=form.name.data,
        function=form.function.data,
        ministry=form.ministry.data,
        languages=list(form.languages.data or []),
        zone=form.zone.data or "",
        address_as=dict(form.address_as.data.texts) if form.address_as.data else {},
    )


def _confirmed(card: ContactCard, change: str, **more: Any) -> ResponseReturnValue:
    form = Form()
    if form.ready():
        service.confirm_card(unit.db(), card)
        return done(_("Thank you. The others see that it was confirmed today."), request.path)
    process = unit.db().get(Process, card.process_id)
    return shown(
        form,
        "correspondence/details.html",
        card=card,
        process=process,
        change=change,
        sharing=dict(sharing_choices()),
        readers_of=service.readers_of,
        **{"more": "", **more},
    )


def _of_link(link: OpenedLink) -> ContactCard:
    """The card of the link, to nobody but its owner; under the hat of a host's list one is asked nothing."""
    if link.hat.kind is HatKind.PROTOCOL:
        not_found()
    card = found(queries.own_card(unit.db(), link.subjects[0], link.person))
    process = unit.db().get(Process, card.process_id)
    if process is not None:
        place.enter(process, track=unit.db().get(Track, card.track_id))
    return card


def _entered(slug: str) -> Process:
    process = found(unit.db().scalar(select(Process).where(Process.slug == slug)))
    place.enter(process)
    return process


def _track(process: Process) -> Track:
    """The side of the wall the reader stands on."""
    network = processes.network_of(unit.db(), unit.viewer(), process.id)
    return network or found(next((one for one in process.tracks if one.kind.value == place.GOVERNMENT), None))
