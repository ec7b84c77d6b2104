"""The call list, the contact log, and what is on file about oneself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused
from secretariat.follow_up import call_list, contact_log, contact_queries, policy, reply_queries
from secretariat.follow_up.call_list import Desk, Reachable
from secretariat.follow_up.contact_forms import (
    OUTCOMES,
    WAYS,
    ContactForm,
    CorrectionForm,
    PutRightForm,
    contact_form,
)
from secretariat.follow_up.contact_models import ContactNote
from secretariat.follow_up.views import blueprint
from secretariat.follow_up.views.officer import kept
from secretariat.pages import place, unit
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import done, shown
from secretariat.processes.models import Process
from secretariat.processes.names import in_order, names_of


@blueprint.get("/processes/<slug>/follow-up/calls")
@permission("see whom to ring", policy.logs_contacts)
def calls(slug: str) -> ResponseReturnValue:
    """Whom to ring today, with number, local time, last contact and what to ask."""
    process, track = kept(slug)
    return render_template("follow_up/calls.html", **_page(process, call_list.desk_of(unit.db(), process, track)))


@blueprint.route("/processes/<slug>/follow-up/calls/<uuid:participant>/<uuid:person>", methods=["GET", "POST"])
@permission("log a contact", policy.logs_contacts)
def log_contact(slug: str, participant: UUID, person: UUID) -> ResponseReturnValue:
    """The same page, with the form opened below one person."""
    process, track = kept(slug)
    desk = call_list.desk_of(unit.db(), process, track)
    to = found(desk.by_person.get(person))
    authorise(to.participant == participant and policy.may_log(unit.viewer(), track.id))
    things = desk.things.get(participant, ())
    kept_back = contact_queries.off_the_record(unit.db(), [(one.kind, one.subject) for one in things])
    form = contact_form(things, kept_back)
    if form.ready() and not form.missing():
        try:
            contact_log.log_contact(unit.db(), unit.viewer(), to.who, form.contact())
        except Refused as refused:
            form.tell(refused)
        else:
            return done(_said(form), url_for("follow_up.calls", slug=slug))
    return shown(form, "follow_up/calls.html", open=to, kept_back=bool(kept_back), **_page(process, desk))


def _said(form: ContactForm) -> str:
    if form.status.data:
        return _("Saved. The person can read it, and where it stands awaits the participant’s confirmation.")
    return _("Saved. The person can read it; it is deleted after twelve months.")


def _page(process: Process, desk: Desk) -> dict[str, Any]:
    rows = call_list.calls(desk)
    names = names_of(unit.db(), desk.people, process=process.id)
    listed = {one.to.person for one in rows}
    others: list[tuple[str, Reachable]] = [
        (str(names[key]), one) for key in in_order(names) for one in desk.people[key] if one.person not in listed
    ]
    return {
        "process": process,
        "rows": rows,
        "names": names,
        "others": others,
        "notes": desk.log.notes[:20],
        "by_person": desk.by_person,
        "outcomes": OUTCOMES,
        "ways": WAYS,
        "today": desk.today,
    }


@blueprint.route("/contacts/<uuid:note_id>", methods=["GET", "POST"])
@permission("read a contact note")
def contact_note(note_id: UUID) -> ResponseReturnValue:
    """One contact note: its person asks to have it put right, an officer does it or takes it away."""
    note = found(contact_queries.note_by_id(unit.db(), note_id))
    viewer = unit.viewer()
    keeps, own = policy.may_log(viewer, note.track_id), policy.is_on_file(viewer, note)
    authorise(keeps or own or request.method == "GET")
    place.enter(note.process, track=note.track)
    form = PutRightForm(data={"agreed": note.agreed, "version": note.version}) if keeps else CorrectionForm()
    if form.ready(note if keeps else None):
        try:
            return _act(note, form)
        except Refused as refused:
            form.tell(refused)
    return shown(form, "follow_up/contact_note.html", note=note, keeps=keeps, own=own, **_words([note]))


def _act(note: ContactNote, form: PutRightForm | CorrectionForm) -> ResponseReturnValue:
    here = url_for("follow_up.contact_note", note_id=note.id)
    if isinstance(form, CorrectionForm):
        contact_log.ask_correction(unit.db(), unit.viewer(), note, form.word.data or "")
        return done(_("Asked. The Secretariat puts it right or takes it away."), here)
    if request.form.get("act") == "take away":
        calls_page = url_for("follow_up.calls", slug=note.process.slug)
        contact_log.take_away(unit.db(), unit.viewer(), note)
        return done(_("Taken away, here and in the record of acts."), calls_page)
    contact_log.correct(unit.db(), unit.viewer(), note, form.agreed.data or "")
    return done(_("Put right. The person reads it so from now on."), here)


@blueprint.get("/contacts/")
@signed_in
def own_contacts() -> ResponseReturnValue:
    """What is on file about oneself."""
    person = found(unit.viewer().person)
    notes = contact_queries.notes_of_person(unit.db(), person)
    replies = reply_queries.replies_of_person(unit.db(), person)
    return render_template("follow_up/own_contacts.html", notes=notes, replies=replies, **_words(notes))


def _words(notes: Iterable[ContactNote]) -> dict[str, Any]:
    listed = list(notes)
    commitments = contact_queries.commitments_of(unit.db(), listed)
    titles: dict[UUID, LocalText] = {key: one.words for key, one in commitments.items()}
    return {"titles": titles, "outcomes": OUTCOMES, "ways": WAYS}
