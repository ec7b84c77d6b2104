"""What all pages of meetings share: loading under the reader's eyes, names, choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.database import new_key
from secretariat.documents.lines import ItemPaper, papers_by_item
from secretariat.documents.queries import documents_of_item
from secretariat.meetings import queries
from secretariat.meetings.models import AgendaItem, Meeting, Outcome, OutcomeParty
from secretariat.meetings.queries import page as reading
from secretariat.meetings.queries.page import Opened, Party
from secretariat.meetings.words import spoken
from secretariat.pages import place
from secretariat.pages.access import found
from secretariat.pages.unit import db
from secretariat.processes.models import Process, Track
from secretariat.processes.names import Name, in_order, names_of

blueprint = Blueprint("meetings", __name__)


def the_process(slug: str) -> Process:
    """The process of this address, on whose ground the page stands."""
    process = found(queries.process_by_slug(db(), slug))
    place.enter(process)
    return process


def the_meeting(meeting_id: UUID) -> Meeting:
    """The meeting of this address, or the 404 which hidden and missing share."""
    meeting = found(queries.meeting_by_id(db(), meeting_id))
    place.enter(meeting.process, track=meeting.track)
    return meeting


def the_opened(meeting_id: UUID) -> Opened:
    """The same for a page that only shows the meeting: it costs a third."""
    opened = found(reading.opened(db(), meeting_id))
    place.enter(opened.meeting.process, track=opened.meeting.track)
    return opened


def outcome_of(meeting_id: UUID, outcome_id: UUID) -> tuple[Meeting, Outcome]:
    """The meeting and an outcome of it; addresses whose parts disagree are a 404."""
    meeting = the_meeting(meeting_id)
    outcome = found(queries.outcome_by_id(db(), outcome_id))
    return meeting, found(outcome if outcome.meeting_id == meeting.id else None)


def papers_of(item: AgendaItem) -> list[ItemPaper]:
    """The papers of an item, as far as the reader reads them."""
    return papers_by_item(documents_of_item(db(), item.id)).get(item.id, [])


def party_named(party: OutcomeParty | Party, named: dict[UUID, Name]) -> str:
    """What a party to an outcome is called."""
    return str(named[party.participant_id]) if party.participant_id else party.name_text


def names(participants: Iterable[UUID | None], meeting: Meeting) -> dict[UUID, Name]:
    """What participants were called when the meeting took place, or are called today."""
    on = meeting.starts_on.first_day if meeting.starts_on else None
    past = on is not None and on < clock.today()
    return names_of(db(), participants, process=meeting.process_id, on=on if past else None)


def participants_offered(process: Process, track: Track) -> list[tuple[UUID, str]]:
    """Participants of a track to choose from, in alphabetical order of the reader's language."""
    today = queries.participants_today(db(), process.id, track.id, clock.today())
    named = names_of(db(), today, process=process.id)
    return [(one, str(named[one])) for one in in_order(named)]


def languages_of(process: Process) -> Sequence[str]:
    """Languages in which the words of a meeting are written."""
    return spoken(process.languages)


def page(template: str, meeting: Meeting, **context: Any) -> ResponseReturnValue:
    """A page about a meeting."""
    return render_template(f"meetings/{template}.html", meeting=meeting, new_nonce=new_nonce, **context)


def new_nonce() -> str:
    """For a form of one button: each has its own, so that each is answered."""
    return new_key().hex
