"""The labels a new meeting and its agenda items can be given, and who would read them."""

from __future__ import annotations

from collections.abc import Sequence

from secretariat.confidentiality import choices
from secretariat.confidentiality.choices import Offered
from secretariat.confidentiality.forms import LabelledForm
from secretariat.confidentiality.preview import Preview, Teller, preview_new, readers_today
from secretariat.core import clock
from secretariat.core.labelling import label_value
from secretariat.core.languages import ngettext
from secretariat.core.languages.templating import local_text
from secretariat.meetings.models import Meeting
from secretariat.pages.unit import db
from secretariat.processes.models import Body, Process, Track


def offered_for_meeting(process: Process, track: Track, bodies: Sequence[Body]) -> Offered:
    """The labels a new meeting can be given. That it takes place may be known more widely: that is its notice."""
    place = choices.Place(process, track, bodies)
    return choices.offered(db(), place, clock.today()).without(choices.PUBLIC, choices.BOTH)


def offered_for_item(meeting: Meeting) -> Offered:
    """An item is for the readers of its meeting, or for fewer."""
    bodies = [meeting.body] if meeting.body else []
    place = choices.Place(meeting.process, meeting.track, bodies, within=local_text(meeting.title))
    return choices.offered(db(), place, clock.today()).without(choices.PUBLIC, choices.BOTH)


def of_another_body(form: LabelledForm) -> bool:
    """Whether the readers chosen are those of a body that does not meet."""
    _kind, named, body = (form["readers"].data or "").partition(":")
    return bool(named) and body != (form["body"].data or "")


def would_read(form: LabelledForm, process: Process, bodies: Sequence[Body]) -> Preview | None:
    """Who would read the meeting once it is announced, if asked for."""
    if not form.looks or not form.has_label():
        return None
    body = next((one for one in bodies if str(one.id) == form["body"].data), None)
    return preview_new(db(), process.id, body or process, form.given)


def readers_in_words(meeting: Meeting) -> list[str]:
    """The participants that read a meeting today: by name if there are few, else their number."""
    read = readers_today(db(), label_value(db(), meeting.label_id))
    told = Teller(db(), meeting.process_id, [read]).told(read)
    if told.few:
        return told.names
    return [ngettext("%(num)s participant", "%(num)s participants", len(told.participants))]
