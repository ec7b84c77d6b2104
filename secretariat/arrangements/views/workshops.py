"""Workshops: prepared and called by the secretariat, nominated and answered by participants, signed in or by link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.arrangements import certificates, inviting, policy
from secretariat.arrangements import workshop_forms as forms
from secretariat.arrangements import workshop_queries as queries
from secretariat.arrangements.evaluation import FEWEST, sums_of
from secretariat.arrangements.letters import INVITED_SCOPE, OWN_SCOPE
from secretariat.arrangements.service import resource_persons
from secretariat.arrangements.service import workshops as service
from secretariat.arrangements.views.base import blueprint, the_side
from secretariat.arrangements.workshop_models import SeatState, Workshop, WorkshopCall, WorkshopSeat
from secretariat.core import clock
from secretariat.core.database import new_key
from secretariat.core.languages import current_reading, ngettext
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.jobs.views import hand_out
from secretariat.mail.links import OpenedLink
from secretariat.mail.views.letters_first import letters_first, with_letters
from secretariat.mail.views.links import by_lent_link, by_link
from secretariat.meetings.queries import track_kept
from secretariat.meetings.words import spoken
from secretariat.pages import place
from secretariat.pages.access import authorise, found, not_found, permission, signed_in
from secretariat.pages.forms import Form, as_shown, done, refusals, shown
from secretariat.pages.unit import db, engine, viewer
from secretariat.processes.names import in_order, names_of

STATES = {SeatState.NOMINATED: "", SeatState.CHOSEN: "chosen", SeatState.RESERVE: "reserve"}


def the_workshop(key: UUID) -> Workshop:
    """The workshop of this address, or the 404 which hidden and missing share."""
    one = found(queries.workshop_by_id(db(), key))
    place.enter(one.process, track=one.track)
    return one


@blueprint.get("/processes/<slug>/workshops/")
@signed_in
def workshops(slug: str) -> ResponseReturnValue:
    """The workshops of a process."""
    process, _track = the_side(slug)
    listed = queries.workshops_of(db(), process.id)
    may = track_kept(db(), process.id, viewer()) is not None
    return render_template("arrangements/workshops.html", process=process, listed=listed, may_prepare=may)


@blueprint.route("/processes/<slug>/workshops/new", methods=["GET", "POST"])
@permission("prepare a workshop")
def prepare_workshop(slug: str) -> ResponseReturnValue:
    """Begin a workshop."""
    process = found(queries.process_by_slug(db(), slug))
    place.enter(process)
    track = found(track_kept(db(), process.id, viewer()))
    authorise(policy.may_keep_workshops(viewer(), track.id))
    form = _workshop_form(spoken(process.languages))
    if form.ready():
        with refusals(form):
            one = service.prepare(db(), process, track, form.words)
            return done(_("Prepared. The Secretariat alone reads it until you call for nominees."), _page(one))
    return shown(form, "arrangements/workshop_edit.html", process=process, one=None)


@blueprint.route("/workshops/<uuid:workshop_id>/edit", methods=["GET", "POST"])
@permission("change a workshop")
def edit_workshop(workshop_id: UUID) -> ResponseReturnValue:
    """Change what is said of a workshop."""
    one = the_workshop(workshop_id)
    authorise(policy.may_keep_workshops(viewer(), one.track_id))
    form, before = _workshop_form(spoken(one.process.languages), one), None
    if form.ready(one):
        with refusals(form):
            before = letters_first(one.process_id, lambda: service.change(db(), one, form.words))
            if before is None:
                return done(_changed(service.change(db(), one, form.words)), _page(one))
    return with_letters(form, before, "arrangements/workshop_edit.html", process=one.process, one=one)


def _changed(told: int) -> str:
    """What is said of a change, to how many governments."""
    if not told:
        return _("Saved.")
    return ngettext(
        "Saved. The government whose people are named is told by mail; write to resource persons again.",
        "Saved. The %(num)s governments whose people are named are told by mail; write to resource persons again.",
        told,
    )


def _workshop_form(languages: Any, one: Workshop | None = None) -> forms.WorkshopForm:
    form = forms.WorkshopForm(obj=one)
    for local in (form.title, form.about, form.place):
        local.languages = tuple(languages)
    return form


@blueprint.get("/workshops/<uuid:workshop_id>")
@signed_in
def workshop(workshop_id: UUID) -> ResponseReturnValue:
    """A workshop as its reader may see it."""
    one, me = the_workshop(workshop_id), viewer()
    calls, seats = queries.calls_of(db(), one.id), queries.seats_of(db(), one.id)
    built = queries.built_of(db(), one.id)
    keys = [*(each.participant_id for each in calls), *(each.participant_id for each in built)]
    keys += [seat.participant_id for seat in seats if seat.participant_id is not None]
    own = next((each for each in calls if each.participant_id == me.participant), None)
    named = names_of(db(), keys, process=one.process_id)
    today = clock.today(one.process.zone)
    return render_template(
        "arrangements/workshop.html",
        one=one,
        calls={each.participant_id: each for each in calls},
        order=[key for key in in_order(named) if any(each.participant_id == key for each in calls)],
        seats=seats,
        named=named,
        built=built,
        sums=sums_of(one.papers),
        remarks=one.remarks if len(one.papers) >= FEWEST else [],
        own=own if own is not None and policy.may_nominate(me, own) else None,
        keeps=policy.may_keep_workshops(me, one.track_id),
        called=policy.is_called(one, today),
        named_until=policy.named_until(one),
        begun=today >= one.starts_on,
    )


@blueprint.route("/workshops/<uuid:workshop_id>/call", methods=["GET", "POST"])
@permission("call for nominees")
def call_for_nominees(workshop_id: UUID) -> ResponseReturnValue:
    """Ask participants to name people."""
    one = the_workshop(workshop_id)
    authorise(policy.may_keep_workshops(viewer(), one.track_id))
    named = names_of(db(), queries.members_today(db(), one), process=one.process_id)
    order = in_order(named)
    form = forms.ticked_form(_("Whom to ask"), [(key, named[key]) for key in order])(
        data={"chosen": list(map(str, order))}
    )
    if form.ready():
        with refusals(form, {"asked": "chosen"}):
            had_ended = one.chosen_at is not None
            asked = service.call(db(), one, sorted(forms.ticked(form), key=str))
            if had_ended:
                return done(_("The call is open again. Say anew who comes once people are named."), _page(one))
            said = ngettext("One participant is asked.", "%(num)s participants are asked.", asked)
            return done(said, _page(one))
    return shown(
        form,
        "arrangements/workshop_tick.html",
        one=one,
        heading=_("Open the call again") if one.chosen_at else _("Call for nominees"),
        act=_("Open the call again") if one.chosen_at else _("Call for nominees"),
        note=_("It is open again for everybody who was asked. Who comes stays as it is until you say so anew.")
        if one.chosen_at
        else _("Members read the workshop from then on. Each participant is asked in its digest, with a link."),
    )


@blueprint.route("/workshops/<uuid:workshop_id>/choose", methods=["GET", "POST"])
@permission("choose who comes to a workshop")
def choose_people(workshop_id: UUID) -> ResponseReturnValue:
    """Say who comes; the others stand on the reserve list."""
    one = the_workshop(workshop_id)
    authorise(policy.may_keep_workshops(viewer(), one.track_id))
    seats = [seat for seat in queries.seats_of(db(), one.id) if seat.participant_id is not None]
    ticked = {
        "chosen": [str(seat.id) for seat in _proposed(one, seats)],
        "not_chosen": [str(seat.id) for seat in seats if seat.state is SeatState.NOT_CHOSEN],
    }
    unheard = service.unheard_before_its_day(db(), one)
    seen = as_shown(*sorted(str(seat.id) for seat in seats), *sorted(map(str, unheard)))
    form, before = forms.choosing_form(_people(one, seats))(data={**ticked, "version": seen.version}), None
    if form.ready(seen):
        is_beyond = form.is_beyond(service.over_places(one, seats, forms.ticked(form)))
        with refusals(form):

            def act(*, meant: bool = False) -> None:
                service.choose(
                    db(), one, forms.ticked(form), forms.ticked(form, "not_chosen"),
                    ends_call=meant or form.ends_call.data, beyond=meant or is_beyond,
                )  # fmt: skip

            before = letters_first(one.process_id, lambda: act(meant=True))  # read before it is decided
            if before is None:
                act()
                said = _("On record. Each participant is told what became of the people it named.")
                return done(said, _page(one))
    return with_letters(
        form,
        before,
        "arrangements/workshop_tick.html",
        one=one,
        heading=_("Choose who comes"),
        act=_("Say who comes"),
        note=_("Ticked beforehand are as many of each participant as it has places, in its own order."),
        has_letters=True,
        called=policy.is_called(one, clock.today(one.process.zone)),
        unheard=_in_order(one, unheard),
    )


def _in_order(one: Workshop, keys: list[UUID]) -> list[str]:
    named = names_of(db(), keys, process=one.process_id)
    return [str(named[key]) for key in in_order(named)]


def _proposed(one: Workshop, seats: list[WorkshopSeat]) -> list[WorkshopSeat]:
    """Who was chosen, also where the call is open again; before that the first of each participant, as many as it has
    places."""
    if any(seat.state is not SeatState.NOMINATED for seat in seats):
        return [seat for seat in seats if seat.state is SeatState.CHOSEN]
    counted: dict[UUID | None, int] = {}
    found = []
    for seat in seats:
        counted[seat.participant_id] = counted.get(seat.participant_id, 0) + 1
        if counted[seat.participant_id] <= one.places_each:
            found.append(seat)
    return found


@blueprint.route("/workshops/<uuid:workshop_id>/attendance", methods=["GET", "POST"])
@permission("note who came to a workshop")
def workshop_attendance(workshop_id: UUID) -> ResponseReturnValue:
    """Note who came."""
    one = the_workshop(workshop_id)
    authorise(policy.may_keep_workshops(viewer(), one.track_id))
    seats = queries.seats_of(db(), one.id)
    came = [str(seat.id) for seat in seats if (seat.attended if one.attended_at else _is_expected(seat))]
    form = forms.ticked_form(_("Who came"), _people(one, seats))(data={"chosen": came})
    if form.ready():
        with refusals(form):
            service.note_attendance(db(), one, forms.ticked(form))
            return done(_("Saved. Certificates can be printed, and participants evaluate."), _page(one))
    return shown(
        form,
        "arrangements/workshop_tick.html",
        one=one,
        heading=_("Note who came"),
        act=_("Save"),
        note=_("Also those of the reserve list who came."),
    )


def _is_expected(seat: WorkshopSeat) -> bool:
    return seat.state is SeatState.CHOSEN and seat.comes is not False


def _people(one: Workshop, seats: Any) -> list[tuple[UUID, str]]:
    named = names_of(db(), [seat.participant_id for seat in seats], process=one.process_id)
    place_of = {key: at for at, key in enumerate(in_order(named))}
    ordered = sorted(seats, key=lambda seat: (place_of.get(seat.participant_id, len(place_of)), seat.rank))
    said = ((seat, named.get(seat.participant_id) if seat.participant_id else _("resource person")) for seat in ordered)
    return [(seat.id, _("%(person)s, %(participant)s", person=seat.name, participant=of)) for seat, of in said]


@blueprint.route("/workshops/<uuid:workshop_id>/resource-person", methods=["GET", "POST"])
@permission("put down a resource person")
def resource_person(workshop_id: UUID) -> ResponseReturnValue:
    """A resource person or academic, in a personal capacity."""
    one = the_workshop(workshop_id)
    authorise(policy.may_keep_workshops(viewer(), one.track_id))
    form = forms.ResourceForm()
    if form.ready():
        with refusals(form):
            address = form["address"].data or ""
            resource_persons.put_down(db(), one, forms.seat_words(form), address)
            return done(_("Saved, and written to.") if address else _("Saved."), _page(one))
    return shown(form, "arrangements/workshop_person.html", one=one)


@blueprint.route("/workshop-seats/<uuid:seat_id>/invite", methods=["GET", "POST"])
@permission("write to a resource person")
def invite_resource_person(seat_id: UUID) -> ResponseReturnValue:
    """Write to a resource person, for the first time or again."""
    seat = found(queries.seat_by_id(db(), seat_id))
    one = the_workshop(seat.workshop_id)
    authorise(policy.may_keep_workshops(viewer(), one.track_id))
    found(seat if seat.participant_id is None else None)
    form = forms.InviteForm(data={"address": seat.address})
    if form.ready():
        with refusals(form):
            resource_persons.invite(db(), seat, form.address.data or "")
            return done(_("Written to. The answer will stand here."), _page(one))
    return shown(form, "arrangements/workshop_invite.html", one=one, seat=seat)


@blueprint.route("/l/<token>/resource", methods=["GET", "POST"])
@by_lent_link(INVITED_SCOPE, lambda key: inviting.inviter(engine(), key))
def invited_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The invitation of a resource person, and its answer: read with the eyes of who wrote, and nothing else."""
    seat = found(queries.seat_by_id(db(), link.subjects[0]))
    if not inviting.is_invited(seat, link.person, viewer()):
        not_found()
    one = the_workshop(seat.workshop_id)
    said = {True: "yes", False: "no", None: None}[seat.comes]
    form = forms.InvitedForm(data={"comes": said, "word": seat.word})
    if form.ready():
        with refusals(form):
            comes = form.comes.data == "yes"
            resource_persons.answer(db(), seat, comes=comes, word=form.word.data or "")
            thanks = _("Thank you. The Secretariat writes to you about the rest.") if comes else _("Thank you.")
            return done(thanks, request.path)
    return shown(form, "arrangements/workshop_invited.html", one=one, seat=seat)


@blueprint.route("/workshop-seats/<uuid:seat_id>/certificate.<form>", methods=["GET", "POST"])
@signed_in
def certificate(seat_id: UUID, form: str) -> ResponseReturnValue:
    """The certificate of one who came."""
    seat = found(queries.seat_by_id(db(), seat_id))
    one = the_workshop(seat.workshop_id)
    found(seat if seat.attended else None)
    return hand_out(certificates.CERTIFICATE, seat, one.process, one.track, form)


# --- a participant's own ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Own:
    """The call to the participant one speaks for, and how its page is addressed."""

    call: WorkshopCall
    address: Callable[[], str]


@blueprint.route("/workshops/<uuid:workshop_id>/own", methods=["GET", "POST"])
@permission("answer the call of a workshop")
def own_workshop(workshop_id: UUID) -> ResponseReturnValue:
    """Name people; afterwards evaluate, and say what could be used."""
    one = the_workshop(workshop_id)
    called = found(queries.own_call(db(), one.id, viewer().participant))
    authorise(policy.may_nominate(viewer(), called))
    return _answering(_Own(called, lambda: url_for("arrangements.own_workshop", workshop_id=workshop_id)))


@blueprint.route("/l/<token>/workshop", methods=["GET", "POST"])
@by_link(OWN_SCOPE)
def workshop_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same from the link of a mail, without a password."""
    called = found(next((each for each in (queries.call_by_id(db(), key) for key in link.subjects) if each), None))
    one = found(queries.workshop_by_id(db(), called.workshop_id))
    place.enter(one.process, track=one.track)
    authorise(policy.may_nominate(viewer(), called))
    return _answering(_Own(called, lambda: url_for("arrangements.workshop_by_link", token=link.token)))


def _answering(own: _Own) -> ResponseReturnValue:
    one, today = own.call.workshop, clock.today(own.call.workshop.process.zone)
    act = request.form.get("act", "")
    if act in ("regrets", "take_off"):
        return _pressed(own, act)
    if policy.asks_use(one, today):
        return _using(own)
    if one.attended_at is not None:
        return _evaluating(own)
    return _naming(own)


def _pressed(own: _Own, act: str) -> ResponseReturnValue:
    try:
        if act == "regrets":
            service.send_regrets(db(), own.call)
        else:
            key = request.form.get("seat", "")
            seats = queries.seats_of(db(), own.call.workshop_id, own.call.participant_id)
            service.take_off(db(), own.call, found(next((seat for seat in seats if str(seat.id) == key), None)))
    except Refused as problem:
        return done(problem.sentence, own.address(), "attend")
    return done(_("Saved."), own.address())


def _naming(own: _Own) -> ResponseReturnValue:
    form = forms.SeatForm()
    if form.ready():
        with refusals(form):
            service.nominate(db(), own.call, forms.seat_words(form))
            return done(_("Saved. Name another, or leave it at that."), own.address())
    return _own_page(own, "workshop_own", form)


def _evaluating(own: _Own) -> ResponseReturnValue:
    form = forms.EvaluationForm()
    if form.ready():
        with refusals(form):
            service.evaluate(db(), own.call, form.marks, form["remark"].data or "")
            return done(_("Thank you. The paper is among the others, by nobody."), own.address())
    return _own_page(own, "workshop_evaluate", form)


def _using(own: _Own) -> ResponseReturnValue:
    said = next(
        (
            each
            for each in queries.built_of(db(), own.call.workshop_id)
            if each.participant_id == own.call.participant_id
        ),
        None,
    )
    form = forms.UseForm(data={"words": said.words.in_language(said.words.original)[0] if said is not None else ""})
    if form.ready():
        with refusals(form):
            service.say_use(db(), own.call, form.said(current_reading().language.code))
            return done(_("Thank you. It stands with the workshop, and in the next progress report."), own.address())
    return _own_page(own, "workshop_use", form)


def _own_page(own: _Own, template: str, form: Form) -> ResponseReturnValue:
    one = own.call.workshop
    seats = queries.seats_of(db(), one.id, own.call.participant_id)
    named = names_of(db(), [own.call.participant_id], process=one.process_id)
    return shown(
        form,
        f"arrangements/{template}.html",
        one=one,
        call=own.call,
        seats=seats,
        came=[seat for seat in seats if seat.attended],
        participant=named[own.call.participant_id],
        address=own.address(),
        called=policy.is_called(one, clock.today(one.process.zone)),
        named_until=policy.named_until(one),
        places=sum(seat.state is SeatState.CHOSEN for seat in seats),
        nonce=lambda: new_key().hex,
    )


def _page(one: Workshop) -> str:
    return url_for("arrangements.workshop", workshop_id=one.id)
