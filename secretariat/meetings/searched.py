"""By which words meetings, their items, notes and outcomes are found."""

from __future__ import annotations

from datetime import date

from secretariat.core.dates import PartialDate
from secretariat.core.searchable import Searchable, Step, register
from secretariat.meetings.models import AgendaItem, Meeting, Outcome, OutcomeStatement


def _day(dated: PartialDate | None) -> date | None:
    return dated.first_day if dated else None


register(
    Searchable(
        Meeting,
        title=lambda one: one.title,
        words=lambda one: [one.place, one.host_text, one.note],
        day=lambda one: _day(one.starts_on),
    )
)
register(
    Searchable(
        AgendaItem,
        title=lambda one: one.title,
        words=lambda one: [one.annotation, one.led_by_text],
        way=(Step("meeting_id", Meeting),),
    )
)
register(
    Searchable(
        Outcome,
        title=lambda one: one.text,
        words=lambda one: [one.note, one.seen_to_word],
        day=lambda one: _day(one.dated),
    )
)
register(
    Searchable(
        OutcomeStatement,
        title=lambda _one: None,
        words=lambda one: [one.text],
        way=(Step("outcome_id", Outcome),),
        shown=1,
    )
)
