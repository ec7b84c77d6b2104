"""The agenda of a meeting's page, line by line in the reader's words.

A template works out what stands in a cell anew for each; here it is made in one pass, and the template writes it down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple
from uuid import UUID

from flask import url_for

from secretariat.core.hours import apart, instant
from secretariat.core.languages import current_reading, dates
from secretariat.core.languages.templating import bare_in_rows
from secretariat.core.languages.words import number_text
from secretariat.core.localtext import LocalText
from secretariat.documents.lines import ItemPaper
from secretariat.documents.queries import ListedDocument
from secretariat.meetings.models import ItemProposal, Meeting
from secretariat.meetings.queries.page import HeldSitting, ListedInvitation, ListedItem, ListedOutcome
from secretariat.meetings.timetable import Slot, timetable
from secretariat.processes.models import StandingKind
from secretariat.processes.names import Name, in_order


class AgendaLine(NamedTuple):
    """An item of the agenda, in the order in which the template takes it apart.

    `place` is its number, `over` by how many minutes its parts run beyond it, `from_outcome` the address of what an
    earlier meeting left to this one, as far as the reader reads that; `plain` its title in its languages; `papers`
    those of the item the reader may read.
    """

    id: UUID
    within_id: UUID | None
    begins: str
    place: str
    title: str
    annotation: str
    led_by: str
    minutes: str
    over: int | None
    is_part: bool
    is_break: bool
    from_outcome: str
    plain: LocalText
    papers: Sequence[ItemPaper]


@dataclass(slots=True)
class AgendaDay:
    """A day of the agenda; `over` is by how many minutes it runs beyond its end, where that is known."""

    on: date | None
    number: int
    over: int | None
    lines: list[AgendaLine]


def agenda_days(
    items: Sequence[ListedItem],
    sittings: Sequence[HeldSitting],
    named: Mapping[UUID, Name],
    first_day: date | None,
    papers: Mapping[UUID, Sequence[ItemPaper]],
) -> list[AgendaDay]:
    """The days of a meeting with the lines of their items."""
    # Asked for parts of items alone.
    numbers = {one.id: one.number for one in items} if any(one.within_id for one in items) else {}
    days = timetable(items, sittings, first_day)
    in_figures, words_of = cache(number_text), bare_in_rows()
    return [
        AgendaDay(
            day.on,
            day.number,
            day.over,
            [
                _line(slot, numbers, named, papers.get(slot.item.id, ()) if papers else (), in_figures, words_of)
                for slot in day.slots
            ],
        )
        for day in days
    ]


def _line(
    slot: Slot[ListedItem],
    numbers: Mapping[UUID, int | None],
    named: Mapping[UUID, Name],
    papers: Sequence[ItemPaper],
    in_figures: Callable[[int], str],
    words_of: Callable[[LocalText | None], str],
) -> AgendaLine:
    item, begins, from_outcome = slot.item, slot.begins, ""
    if item.left_by is not None:
        from_outcome = url_for("meetings.outcome", meeting_id=item.left_by, outcome_id=item.from_outcome_id)
    return AgendaLine(
        item.id,
        item.within_id,
        f"{begins.hour:02}:{begins.minute:02}" if begins is not None else "",
        _place(item, numbers),
        words_of(item.title),
        words_of(item.annotation),
        named[item.led_by_id].words if item.led_by_id is not None else item.led_by_text,
        in_figures(slot.minutes) if slot.minutes else "",
        slot.over,
        slot.is_part,
        item.is_break,
        from_outcome,
        item.title,
        papers,
    )


def _place(item: ListedItem, numbers: Mapping[UUID, int | None]) -> str:
    """`3`, or `3.1` for a part; of a part whose item the reader does not see its own number alone."""
    if item.number is None:
        return ""
    above = numbers.get(item.within_id) if item.within_id is not None else None
    return f"{above}.{item.number}" if above is not None else str(item.number)


def by_standing(
    invitations: Iterable[ListedInvitation], named: Mapping[UUID, Name]
) -> list[tuple[StandingKind, list[ListedInvitation]]]:
    """Invitations by the standing at the time, in alphabetical order within each."""
    by_participant = {one.participant_id: one for one in invitations}
    ordered = [by_participant[one] for one in in_order({one: named[one] for one in by_participant})]
    groups = [(kind, [one for one in ordered if one.standing is kind]) for kind in StandingKind]
    return [(kind, group) for kind, group in groups if group]


@dataclass(frozen=True, slots=True)
class Times:
    """The hours of a meeting: a line a sitting, the zone of its place once, the reader's own clock if it differs."""

    lines: list[tuple[date, str]]
    zone: str
    yours: list[str]


def times_of(sittings: Sequence[HeldSitting]) -> Times:
    """The hours of these sittings."""
    mine = current_reading().zone
    return Times(
        lines=[(one.day, dates.hour_range_text(one.begins, one.ends)) for one in sittings],
        zone=dates.zone_text(sittings[0].zone, sittings[0].begins_wall) if sittings else "",
        yours=list(  # days of the same hours say them once
            dict.fromkeys(
                dates.hours_text(instant(one.begins_wall, one.zone), instant(one.ends_wall, one.zone), mine)
                for one in sittings
                if apart(one.begins_wall, one.zone, mine)
            )
        ),
    )


def labels_on_page(
    meeting: Meeting,
    outcomes: Iterable[ListedOutcome] = (),
    proposals: Iterable[ItemProposal] = (),
    documents: Iterable[ListedDocument | ItemPaper] = (),
) -> set[int]:
    """Every label the page shows, so that their words are looked up at once."""
    return {
        meeting.label_id,
        *(one.draft.label_id for one in outcomes if one.draft is not None),
        *(one.label_id for one in proposals),
        *(one.label_id for one in documents),
    }
