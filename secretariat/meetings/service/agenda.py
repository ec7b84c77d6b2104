"""Keeping the agenda: items and their parts, breaks, order and numbers; issued as provisional, then adopted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.labelling import attach, moved, renew
from secretariat.core.labels import Clause, LabelValue
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.documents.models import Document
from secretariat.meetings import guest_queries, policy, queries
from secretariat.meetings.models import AgendaItem, Meeting
from secretariat.meetings.service.guests import close_item, follow_guests
from secretariat.meetings.service.record import record


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWords:
    """What the form of an agenda item says. `day` counts from 1; a part of another item stands on the day of that."""

    title: LocalText
    annotation: LocalText | None = None
    within: UUID | None = None
    day: int = 1
    minutes: int | None = None
    is_break: bool = False
    led_by_id: UUID | None = None
    led_by_text: str = ""


def day_count(meeting: Meeting) -> int:
    """How many days the meeting lasts."""
    if meeting.starts_on is None or meeting.ends_on is None:
        return 1
    return (meeting.ends_on.last_day - meeting.starts_on.first_day).days + 1


def add_item(
    session: ViewerSession, meeting: Meeting, words: ItemWords, readers: frozenset[Clause] = frozenset()
) -> AgendaItem:
    """A new item, the last of its day or of the item it is a part of, for the readers of what it stands in or those of
    them who also satisfy `readers`.

    Raises NotAllowed; Refused for a day the meeting does not have, and for a part of what can have none.
    """
    return put_item(session, meeting, words, _check(session, meeting, words), readers)


def put_item(
    session: ViewerSession,
    meeting: Meeting,
    words: ItemWords,
    within: AgendaItem | None = None,
    readers: frozenset[Clause] = frozenset(),
) -> AgendaItem:
    """As `add_item`, for whoever has decided that it stands on the agenda."""
    item = AgendaItem(meeting_id=meeting.id, position=_last_position(session, meeting) + 1, title=words.title)
    _write(item, words, within)
    attach(session, item, readers, container=within or meeting)
    session.flush()
    _number(session, meeting)
    record(session, "agenda item added", meeting, item)
    return item


def change_item(session: ViewerSession, meeting: Meeting, item: AgendaItem, words: ItemWords) -> None:
    """Raises NotAllowed; Refused for a day the meeting does not have, and for a part of what can have none."""
    within = _check(session, meeting, words, item)
    last, before = _last_position(session, meeting), item.within_id
    _write(item, words, within)
    if item.within_id != before:
        item.position = last + 1
        moved(session, item, why="agenda item moved")
    session.flush()
    renew(session, item, why="agenda item changed")
    _number(session, meeting)
    record(session, "agenda item changed", meeting, item)


def move_item(session: ViewerSession, meeting: Meeting, item: AgendaItem, *, up: bool) -> None:
    """Change places with the item before or after it, its parts with it; at the edge of a day, go over to the day
    beside it. A part stays inside its item.

    Raises NotAllowed.
    """
    _may_keep(session, meeting)
    step = -1 if up else 1
    with system_access(session, Reason.NUMBERING) as system:
        items = _all_items(system, meeting)
        mine = next(one for one in items if one.id == item.id)
        row = [one for one in items if one.within_id == mine.within_id and one.day == mine.day]
        other = row.index(mine) + step
        if 0 <= other < len(row):
            mine.position, row[other].position = row[other].position, mine.position
        elif mine.within_id is None and 1 <= mine.day + step <= day_count(meeting):
            mine.day += step
    _number(session, meeting)
    record(session, "agenda reordered", meeting)


def place_item(
    session: ViewerSession, meeting: Meeting, item: AgendaItem, beside: AgendaItem, *, after: bool = False
) -> None:
    """Put an item directly before (or after) another, its parts with it: an item beside an item, on whichever day; a
    part beside a part of the same item.

    Raises NotAllowed; Refused where the two cannot stand side by side.
    """
    _may_keep(session, meeting)
    if item.within_id != beside.within_id:
        raise Refused(_("A part of an item stays inside its item"))
    with system_access(session, Reason.NUMBERING) as system:
        items = [one for one in _all_items(system, meeting) if one.within_id == item.within_id]
        mine = next(one for one in items if one.id == item.id)
        row = [one for one in items if one is not mine]
        place = next((place for place, one in enumerate(row) if one.id == beside.id), None)
        if place is not None:  # None where it is put beside itself
            mine.day = row[place].day
            row.insert(place + after, mine)
            for position, one in enumerate(row):
                one.position = position
    _number(session, meeting)
    record(session, "agenda reordered", meeting)


def has_more_than_a_title(session: ViewerSession, item: AgendaItem) -> bool:
    """Whether more would go with an item than can be typed again at once: an annotation, papers that are for it, or
    guests, who are written to."""
    if item.annotation:
        return True
    paper = session.scalar(select(Document.id).where(Document.item_id == item.id).limit(1))
    return paper is not None or any(one.item_id == item.id for one in guest_queries.seats_of(session, item.meeting_id))


def remove_item(session: ViewerSession, meeting: Meeting, item: AgendaItem) -> None:
    """Take an item off the agenda. What it said stays on the trail.

    Raises NotAllowed; Refused for an item with parts, and for one on which a note is written.
    """
    _may_keep(session, meeting)
    if _parts_of(session, meeting, item):
        raise Refused(_("This item has parts; take them off the agenda first, or make them items of their own"))
    note = queries.note_on(session, meeting.id, item.id)
    if note is not None and note.text:
        raise Refused(_("A note is written on this item, so it stays on the agenda"))
    if note is not None:
        session.delete(note)
        session.flush()
    record(session, "agenda item removed", meeting, item, title=item.title.to_json())
    close_item(session, item.id)
    session.delete(item)
    session.flush()
    _number(session, meeting)


def issue_agenda(session: ViewerSession, meeting: Meeting) -> None:
    """Say that the agenda is out, as provisional: until the meeting adopts it, it can change.

    Raises NotAllowed; Refused where nothing stands on it.
    """
    _may_keep(session, meeting)
    if not queries.agenda_of(session, meeting.id):
        raise Refused(_("Nothing stands on the agenda yet"))
    meeting.agenda_issued_at = meeting.agenda_issued_at or clock.now()
    session.flush()
    record(session, "provisional agenda issued", meeting)


def adopt_agenda(session: ViewerSession, meeting: Meeting) -> None:
    """Note that the meeting has adopted its agenda; it counts as issued from then at the latest.

    Raises NotAllowed; Refused where nothing stands on it.
    """
    issue_agenda(session, meeting)
    meeting.agenda_adopted_at = meeting.agenda_adopted_at or clock.now()
    session.flush()
    record(session, "agenda adopted", meeting)


def _may_keep(session: ViewerSession, meeting: Meeting) -> None:
    if not policy.may_keep_agenda(session.viewer, meeting):
        raise NotAllowed


def _check(
    session: ViewerSession, meeting: Meeting, words: ItemWords, item: AgendaItem | None = None
) -> AgendaItem | None:
    """The item these words make it a part of."""
    _may_keep(session, meeting)
    within = queries.agenda_item(session, meeting.id, words.within) if words.within else None
    if words.within is not None:
        if within is None or within.is_break or within.within_id is not None or within is item:
            raise Refused(_("Choose an item of the agenda that is not itself a part of one"), "within")
        if words.is_break:
            raise Refused(_("A break stands between items, not inside one"), "is_break")
        if item is not None and _parts_of(session, meeting, item):
            raise Refused(_("This item has parts of its own, so it cannot be a part"), "within")
    if words.is_break and item is not None and _parts_of(session, meeting, item):
        raise Refused(_("This item has parts; a break has none"), "is_break")
    if within is None and not 1 <= words.day <= day_count(meeting):
        raise Refused(_("The meeting has no such day"), "day")
    return within


def _write(item: AgendaItem, words: ItemWords, within: AgendaItem | None) -> None:
    item.title, item.annotation, item.minutes, item.is_break = (
        words.title, words.annotation, words.minutes, words.is_break,
    )  # fmt: skip
    item.within, item.within_id = within, within.id if within else None
    item.day = within.day if within else words.day
    item.led_by_id, item.led_by_text = words.led_by_id, words.led_by_text


def _all_items(system: SystemSession, meeting: Meeting) -> list[AgendaItem]:
    return list(queries.agenda_of(system, meeting.id))


def _parts_of(session: ViewerSession, meeting: Meeting, item: AgendaItem) -> bool:
    """Whether it has parts, also such as this reader does not see: they would stand in nothing."""
    with system_access(session, Reason.NUMBERING) as system:
        return any(one.within_id == item.id for one in _all_items(system, meeting))


def _last_position(session: ViewerSession, meeting: Meeting) -> int:
    with system_access(session, Reason.NUMBERING) as system:
        return max((one.position for one in _all_items(system, meeting)), default=0)


def number_anew(session: Session, item: AgendaItem, _before: LabelValue) -> None:
    """An item whose label changed counts among those of its new label."""
    _number(session, item.meeting)


def _number(session: Session, meeting: Meeting) -> None:
    """Positions in order, parts behind their item and on its day; numbers counted anew, a sequence for each label and
    for the parts of each item, so that no gap tells of hidden ones."""
    with system_access(session, Reason.NUMBERING) as system:
        counted: dict[tuple[UUID | None, int | None], int] = {}
        for position, item in enumerate(_in_order(_all_items(system, meeting)), start=1):
            item.position = position
            if item.is_break:
                item.number = None
                continue
            sequence = (item.within_id, item.own_label_id)
            item.number = counted[sequence] = counted.get(sequence, 0) + 1
    follow_guests(session, meeting, settles=True)


def _in_order(items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Items by day and position, each with its parts behind it."""
    ordered: list[AgendaItem] = []
    for one in (one for one in items if one.within_id is None):
        parts = sorted((part for part in items if part.within_id == one.id), key=lambda part: part.position)
        for part in parts:
            part.day = one.day
        ordered += [one, *parts]
    return ordered
