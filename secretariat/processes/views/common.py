"""What the pages of a process share: finding it, asking who keeps it, showing a form and doing what it asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core.dates import PartialDate
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.pages import place
from secretariat.pages.access import authorise, found, not_found
from secretariat.pages.forms import Form, done, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes import forms, policy, queries, service
from secretariat.processes.models import Body, LifeState, Process, ProcessText, Track
from secretariat.processes.names import names_of


def process_of(slug: str) -> Process:
    process = found(queries.process_by_slug(db(), slug))
    place.enter(process)
    return process


def name_of(process: Process, participant_id: UUID) -> str:
    return names_of(db(), [participant_id], process=process.id)[participant_id].words


def kept_of(slug: str) -> tuple[Process, Track]:
    """The process, and the side of it the viewer keeps; whoever keeps none gets the 404 of what is not there."""
    process = process_of(slug)
    track = policy.kept_track(viewer(), process)
    authorise(track is not None)
    assert track is not None
    return process, track


def edited_of(slug: str) -> Process:
    """The process, for who may change the process itself."""
    process = process_of(slug)
    authorise(policy.may_edit(viewer(), process))
    return process


def act_on(
    form: Form,
    row: Any,
    act: Callable[[], str],
    *,
    onward: str,
    process: Process,
    heading: str,
    button: str,
    sentence: str = "",
) -> ResponseReturnValue:
    """Show a form, or do what it asks: say what was kept and go on, or say beside the field why it cannot be."""
    if form.ready(row):
        try:
            said = act()
        except NotAllowed:
            not_found()
        except Refused as refusal:
            form.tell(refusal)
        else:
            return done(said, onward)
    return shown(
        form, "processes/form.html", process=process, heading=heading, button=button, sentence=sentence, onward=onward,
        label_of=row if isinstance(row, ProcessText) else None,
    )  # fmt: skip


def page_of(process: Process, anchor: str = "") -> str:
    return url_for("processes.show", slug=process.slug, _anchor=anchor or None)


def on_day(day: Any) -> PartialDate:
    return PartialDate.parse(day)


def spoken_in(form: Form, process: Process) -> None:
    """Texts are asked for in the languages of the process."""
    for field in form:
        if getattr(field, "is_local_text", False):
            field.languages = tuple(process.languages)


def state_form(process: Process, thing: Process | Body, onward: str, name: str) -> ResponseReturnValue:
    form = forms.StateForm(data={"version": thing.version})

    def act() -> str:
        assert form.since.data is not None
        service.set_state(
            db(), viewer(), thing, LifeState(form.state.data), since=form.since.data, decision=form.decision.data
        )
        return _("Saved. Its memory stays readable for its readers.")

    return act_on(
        form,
        thing,
        act,
        onward=onward,
        process=process,
        heading=_("Let %(name)s rest, conclude it, or resume", name=name),
        button=_("Enter the decision"),
        sentence=_("Only by decision of the members. Reminders and feeds stop; everything stays readable as it is."),
    )
