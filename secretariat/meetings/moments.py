"""Meetings of a process and what came of them, on its timeline."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.dates import PartialDate
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.core.localtext import LocalText
from secretariat.meetings import queries
from secretariat.meetings.calendar_reading import SHOWN
from secretariat.meetings.models import Meeting, Outcome, OutcomeState
from secretariat.meetings.words import outcome_kind, place_in_words
from secretariat.processes.models import Process
from secretariat.processes.timeline import Lane, Moment, enter

LETTERS = 160
"""How much of an outcome's words the timeline shows; its page has all."""


def meetings(session: Session, process: Process) -> Iterable[Moment]:
    """Meetings that were not called off; of those one may not read, the notice."""
    for one in queries.meetings_of(session, process.id):
        if one.state in SHOWN:
            body = local_text(one.body) if one.body and one.body != one.title else ""
            yield Moment(
                one.title,
                one.starts_on,
                one.label_id,
                until=one.ends_on,
                note=[note for note in (body, place_in_words(one)) if note],
                page=("meetings.show", {"meeting_id": one.id}) if one.id is not None else None,
            )


def outcomes(session: Session, process: Process) -> Iterable[Moment]:
    """Confirmed outcomes, on the day they came about, else of their meeting, else of their confirmation."""
    rows = session.execute(
        select(
            Outcome.id, Outcome.kind, Outcome.text, Outcome.dated, Outcome.confirmed_at, Outcome.label_id,
            Outcome.meeting_id, Meeting.id.label("meeting"), Meeting.title, Meeting.starts_on, Meeting.ends_on,
        )
        .outerjoin(Meeting, Outcome.meeting_id == Meeting.id)
        .where(Outcome.process_id == process.id, Outcome.state == OutcomeState.CONFIRMED)
        .order_by(Outcome.meeting_id, Outcome.position, Outcome.id)
    )  # fmt: skip
    for one in rows:
        confirmed = PartialDate.parse(one.confirmed_at.date()) if one.confirmed_at is not None else None
        yield Moment(
            _short(one.text),
            one.dated or one.ends_on or one.starts_on or confirmed,
            one.label_id,
            note=[outcome_kind(one.kind), *([local_text(one.title)] if one.meeting is not None else [])],
            page=_page(one.id, one.meeting),
        )


def _page(outcome: UUID, meeting: UUID | None) -> tuple[str, dict[str, UUID]] | None:
    return ("meetings.outcome", {"meeting_id": meeting, "outcome_id": outcome}) if meeting is not None else None


def _short(words: LocalText) -> LocalText:
    said = {code: shorten(text, LETTERS, placeholder=" …") for code, text in words.texts.items()}
    return LocalText(said, words.original)


enter(Lane("meetings", 20, _l("Meetings"), _l("Meeting"), meetings))
enter(Lane("outcomes", 30, _l("Outcomes"), _l("Outcome"), outcomes))
