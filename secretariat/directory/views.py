"""Pages of people: who acts for whom in a process, and one's own contact cards."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from secretariat.core import labelling
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import pgettext
from secretariat.core.languages.words import language_name
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused
from secretariat.core.viewer import HatKind
from secretariat.core.wording import ShownLabel, level_in_words
from secretariat.directory import contact_list, hats, policy, queries, service
from secretariat.directory.cards import Beyond, SharedWith
from secretariat.directory.contact_list import Alike, Wanted
from secretariat.directory.forms import CardForm, MailAddressForm, NumberForm, beyond_choices, sharing_choices
from secretariat.directory.lines import grouped
from secretariat.directory.models import Appointment, ContactCard, ContactNumber, RoleName
from secretariat.pages import access, lists, place, shell, unit
from secretariat.pages.addresses import address_parts
from secretariat.pages.forms import Form, done, shown
from secretariat.pages.lists import pages_of
from secretariat.processes.models import Process
from secretariat.processes.names import in_order, names_of

blueprint = Blueprint("people", __name__, url_prefix="/people")
SPOKEN = ("en", "es", "fr", "ar", "pt", "ru", "zh", "de", "it", "tr")
THEMES = "theme"


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)
    entry = shell.NavigationEntry(
        50, _l("People"), "people.directory", _address, _l("Organizations"), ("contacts", "lists", "appointments")
    )
    shell.add_to_navigation(app, entry)


def _address() -> str | None:
    here = place.here()
    return url_for("people.directory", slug=here.slug) if here and not unit.viewer().is_anonymous else None


@blueprint.get("/")
@access.signed_in
def start() -> ResponseReturnValue:
    """The people of the process one is in, or of the first one."""
    here = place.here()
    if here is not None:
        return redirect(url_for("people.directory", slug=here.slug))
    return render_template("people/nobody.html")


@blueprint.get("/<slug>")
@access.signed_in
def directory(slug: str) -> ResponseReturnValue:
    """Who acts for whom in a process, as far as the reader may know."""
    process = access.found(unit.db().scalar(select(Process).where(Process.slug == slug)))
    here = place.enter(process)
    on = unit.viewer().on
    every = contact_list.alike(unit.db(), process, on)
    choices, theme_first = _choices(every), request.args.get("by", "") == THEMES
    chosen = _chosen(choices)
    wanted = Wanted(chosen["role"], chosen["for"], chosen["theme"], chosen["language"])
    fitting = [one for one in every if wanted.fits(one)]
    some = contact_list.by_theme(fitting) if theme_first else fitting
    pages = pages_of(sum(one.number for one in some))
    shown_now = contact_list.page_of(
        unit.db(), process, on, some, wanted, pages.offset, pages.rows, theme_first=theme_first
    )
    kept = [track for track in process.tracks if unit.viewer().keeps(track.id)]
    before, after = address_parts("people.show", "appointment_id")
    return render_template(
        "people/directory.html",
        process=process,
        groups=grouped(shown_now, theme_first=theme_first),
        theme_first=theme_first,
        pages=pages,
        choices=choices,
        chosen=chosen,
        in_force=lists.chips({name: dict(choices.get(name, ())).get(value, "") for name, value in chosen.items()}),
        page_views=_views(theme_first=theme_first),
        before=before,
        after=after,
        here=lists.here_with(),
        label=_page_label({label for one in shown_now for label in one.labels}, process, here.track),
        kept=kept,
        vacancies=[(track, _names(process, queries.vacancies(unit.db(), process, track, on))) for track in kept],
        ended=queries.with_cards(unit.db(), queries.ended_appointments(unit.db(), process.id, on)) if kept else [],
        role_words=hats.ROLE_WORDS,
    )


def _chosen(choices: Mapping[str, Collection[tuple[str, str]]]) -> dict[str, str]:
    """What the address asks for; what is not there to be chosen filters nothing out."""
    asked = {name: request.args.get(name, "") for name in ("role", "for", "theme", "language")}
    return {name: value if value in dict(choices.get(name, ())) else "" for name, value in asked.items()}


def _choices(every: list[Alike]) -> dict[str, list[tuple[str, str]]]:
    """What can be filtered by: as what, for whom, what for, in which language; each only where there are several."""
    spoken = sorted({code for one in every for code in one.languages})
    held = {one.role for one in every}
    found = {
        "role": [(one.value, str(hats.ROLE_WORDS[one])) for one in RoleName if one in held],
        "for": list({one.hat: one.acts_for for one in every}.items()),
        "theme": [(one, one) for one in contact_list.themes_of(every)],
        "language": sorted(((code, language_name(code)) for code in spoken), key=lambda one: one[1]),
    }
    return {name: values for name, values in found.items() if len(values) > 1 or (values and name == "theme")}


def _views(*, theme_first: bool) -> list[tuple[str, str]]:
    """The same by participant and by theme."""
    here, other = lists.here_with(), lists.here_with(by=None if theme_first else THEMES)
    return [(_("By participant"), other if theme_first else here), (_("By theme"), here if theme_first else other)]


@blueprint.get("/appointments/<uuid:appointment_id>")
@access.signed_in
def show(appointment_id: UUID) -> ResponseReturnValue:
    """One appointment: by which letter, since when, how to reach the person, who was there before."""
    one = access.found(unit.db().scalar(select(Appointment).where(Appointment.id == appointment_id)))
    process = access.found(unit.db().scalar(select(Process).where(Process.id == one.process_id)))
    place.enter(process)
    hat = one.acts_as
    before = queries.history_of(unit.db(), hat.id, process.id) if hat.kind is HatKind.PARTICIPANT and hat.id else []
    return render_template(
        "people/appointment.html",
        one=queries.with_cards(unit.db(), [one])[0],
        process=process,
        acts_for=contact_list.acts_for(unit.db(), process, [one.hat])[one.hat],
        label=one,
        history=[entry for entry in before if entry.appointment.id != one.id],
        kept=policy.kept_track(unit.viewer(), one, process.tracks),
        may_end=policy.may_end(unit.viewer(), one) and (one.until is None or one.until > unit.viewer().on),
        role_words=hats.ROLE_WORDS,
        readers_of=service.readers_of,
    )


@blueprint.get("/own")
@access.signed_in
def own() -> ResponseReturnValue:
    """What each process knows of oneself, and who sees it."""
    person = access.found(unit.viewer().person)
    cards = queries.cards_of(unit.db(), person)
    processes = {
        one.id: one
        for one in unit.db().scalars(select(Process).where(Process.id.in_([card.process_id for card in cards])))
    }
    return render_template(
        "people/own.html",
        cards=cards,
        processes=processes,
        label=_page_label(one.label_id for one in cards),
        sharing=sharing_choices(),
        readers_of=service.readers_of,
        liaison_in={one.process for one in unit.viewer().roles if one.name == RoleName.LIAISON_OFFICER.value},
        beyond=beyond_choices(),
        beyond_readers_of=service.beyond_readers_of,
    )


@blueprint.route("/cards/<uuid:card_id>", methods=["GET", "POST"])
@access.permission("change a contact card")
def edit_card(card_id: UUID) -> ResponseReturnValue:
    """Change what stands on a contact card."""
    card = _card(card_id)
    access.authorise(policy.may_edit_card(unit.viewer(), card))
    mine = unit.viewer().person == card.person_id
    form = CardForm(obj=card, data={"address_as": forms_of_address(card)})
    form.languages.choices = [(code, language_name(code)) for code in SPOKEN]
    if not mine:
        del form.address_as
    if form.ready(card):
        try:
            service.change_card(
                unit.db(),
                card,
                name=form.name.data,
                function=form.function.data,
                ministry=form.ministry.data,
                languages=list(form.languages.data or []),
                zone=form.zone.data or "",
                address_as=dict(form.address_as.data.texts) if mine and form.address_as.data else {},
            )
        except Refused as refused:
            form.tell(refused)
        else:
            return done(_("Saved. Those who see the name see it so from now on."), back(card))
    return shown(form, "people/card.html", card=card, mine=mine, label=card)


@blueprint.post("/cards/<uuid:card_id>/confirm")
@access.permission("confirm one's contact card")
def confirm_card(card_id: UUID) -> ResponseReturnValue:
    """Say that all on one's card is right."""
    card = _card(card_id)
    access.authorise(unit.viewer().person == card.person_id)
    service.confirm_card(unit.db(), card)
    return done(_("Thank you. The others see that it was confirmed today."), url_for("people.own"))


@blueprint.route("/cards/<uuid:card_id>/telephone", methods=["GET", "POST"])
@access.permission("change a contact card")
def add_telephone(card_id: UUID) -> ResponseReturnValue:
    """Add a telephone number to a card."""
    card = _card(card_id)
    access.authorise(policy.may_edit_card(unit.viewer(), card))
    form = NumberForm()
    offer_readers(form, card)
    if form.ready():
        try:
            service.add_number(unit.db(), card, "telephone", form.value.data, chosen_readers(form))
        except Refused as refused:
            form.tell(refused)
        else:
            return done(_("Saved."), back(card))
    return shown(form, "people/number.html", card=card, title=_("Add a telephone number"))


@blueprint.post("/numbers/<uuid:number_id>/readers")
@access.permission("choose who sees one's numbers")
def share_number(number_id: UUID) -> ResponseReturnValue:
    """Choose who sees a number of one's own."""
    number = a_number(number_id)
    access.authorise(policy.may_choose_readers(unit.viewer(), number.card))
    wanted = request.form.get("shared_with", "")
    beyond = request.form.get("beyond", "")
    if wanted in list(SharedWith) and Form().ready():
        service.share_number(unit.db(), number, SharedWith(wanted), Beyond(beyond) if beyond in list(Beyond) else None)
        return done(_("Saved. From now on it is seen so."), url_for("people.own"))
    return redirect(url_for("people.own"), 303)


@blueprint.post("/numbers/<uuid:number_id>/remove")
@access.permission("change a contact card")
def remove_number(number_id: UUID) -> ResponseReturnValue:
    """Take a number off a card."""
    number = a_number(number_id)
    card = number.card
    access.authorise(policy.may_edit_card(unit.viewer(), card))
    try:
        service.take_number_away(unit.db(), number)
    except Refused as refused:
        return done(str(refused), back(card), "attend")
    return done(_("Taken away."), back(card))


def offer_readers(form: NumberForm | MailAddressForm, card: ContactCard) -> None:
    """Let the owner say who sees a new number; nobody else is asked."""
    form.shared_with.choices = sharing_choices()
    if not policy.may_choose_readers(unit.viewer(), card):
        del form.shared_with


def chosen_readers(form: Form) -> SharedWith:
    """Who is to see a new number: the secretariat alone where nobody was asked."""
    return SharedWith(form.shared_with.data) if "shared_with" in form else SharedWith.SECRETARIAT


def _card(card_id: UUID) -> ContactCard:
    return access.found(unit.db().scalar(select(ContactCard).where(ContactCard.id == card_id)))


def a_number(number_id: UUID) -> ContactNumber:
    """A number on a card the reader sees; one without its card has no page and nobody changes it."""
    wanted = select(ContactNumber).join(ContactNumber.card).where(ContactNumber.id == number_id)
    return access.found(unit.db().scalar(wanted))


def back(card: ContactCard) -> str:
    """Where one goes after a change of a card: to one's own details, or to the people of its process."""
    if unit.viewer().person == card.person_id:
        return url_for("people.own")
    process = unit.db().get_one(Process, card.process_id)
    return url_for("people.directory", slug=process.slug)


def forms_of_address(card: ContactCard) -> LocalText | None:
    """The forms of address a person chose, as a field takes them."""
    texts: dict[str, Any] = dict(card.address_as or {})
    return LocalText(texts, next(iter(texts))) if texts else None


def _page_label(labels: Iterable[int], process: Process | None = None, track: str = "") -> ShownLabel | None:
    """The heaviest level of what a page of many things shows, in the words of the process."""
    values = labelling.label_values(unit.db(), labels).values()
    level = max((value.level for value in values), key=lambda one: one.weight, default=None)
    if level is None:
        return None
    words = level_in_words(level, process.level_words if process else {})
    network = track == "civil_society"
    return ShownLabel(level.value, words, pgettext("track", "civil society") if network else "", civil_society=network)


def _names(process: Process, participants: list[UUID]) -> list[str]:
    names = names_of(unit.db(), participants, process=process.id)
    return [str(names[one]) for one in in_order(names)]
