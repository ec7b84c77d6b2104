"""Keeping the agenda: items, breaks, their order and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core.labelling import attach, renew
from secretariat.core.labels import Clause, LabelValue
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.meetings import policy, queries
from secretariat.meetings.models import AgendaItem, Meeting
from secretariat.meetings.service.record import record


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWords:
    """What the form of an agenda item says. `day` counts from 1."""

    title: LocalText
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
    """A new item, the last of its day, for the readers of the meeting or those of them who also satisfy `readers`.

    Raises NotAllowed; Refused for a day the meeting does not have.
    """
    _check(session, meeting, words)
    item = AgendaItem(meeting_id=meeting.id, position=_last_position(session, meeting) + 1, title=words.title)
    _write(item, words)
    attach(session, item, readers, container=meeting)
    session.flush()
    _number(session, meeting)
    record(session, "agenda item added", meeting, item)
    return item


def change_item(session: ViewerSession, meeting: Meeting, item: AgendaItem, words: ItemWords) -> None:
    """Raises NotAllowed; Refused for a day the meeting does not have."""
    _check(session, meeting, words)
    _write(item, words)
    session.flush()
    renew(session, item, why="agenda item changed")
    _number(session, meeting)
    record(session, "agenda item changed", meeting, item)


def move_item(session: ViewerSession, meeting: Meeting, item: AgendaItem, *, up: bool) -> None:
    """Change places with the item before or after it; at the edge of a day, go over to the day beside it.

    Raises NotAllowed.
    """
    if not policy.may_keep_agenda(session.viewer, meeting):
        raise NotAllowed
    with system_access(session, Reason.NUMBERING) as system:
        items = _all_items(system, meeting)
        place = next(index for index, one in enumerate(items) if one.id == item.id)
        moved, other = items[place], place + (-1 if up else 1)
        if 0 <= other < len(items) and items[other].day == moved.day:
            moved.position, items[other].position = items[other].position, moved.position
        elif 1 <= moved.day + (-1 if up else 1) <= day_count(meeting):
            moved.day += -1 if up else 1
    _number(session, meeting)
    record(session, "agenda reordered", meeting)


def remove_item(session: ViewerSession, meeting: Meeting, item: AgendaItem) -> None:
    """Take an item off the agenda. What it said stays on the trail.

    Raises NotAllowed; Refused for an item on which a note is written.
    """
    if not policy.may_keep_agenda(session.viewer, meeting):
        raise NotAllowed
    note = queries.note_on(session, meeting.id, item.id)
    if note is not None and note.text:
        raise Refused(_("A note is written on this item, so it stays on the agenda"))
    if note is not None:
        session.delete(note)
        session.flush()
    record(session, "agenda item removed", meeting, item, title=item.title.to_json())
    session.delete(item)
    session.flush()
    _number(session, meeting)


def _check(session: ViewerSession, meeting: Meeting, words: ItemWords) -> None:
    if not policy.may_keep_agenda(session.viewer, meeting):
        raise NotAllowed
    if not 1 <= words.day <= day_count(meeting):
        raise Refused(_("The meeting has no such day"), "day")


def _write(item: AgendaItem, words: ItemWords) -> None:
    item.title, item.day, item.minutes, item.is_break = words.title, words.day, words.minutes, words.is_break
    item.led_by_id, item.led_by_text = words.led_by_id, words.led_by_text


def _all_items(system: SystemSession, meeting: Meeting) -> list[AgendaItem]:
    return list(queries.agenda_of(system, meeting.id))


def _last_position(session: ViewerSession, meeting: Meeting) -> int:
    with system_access(session, Reason.NUMBERING) as system:
        return max((one.position for one in _all_items(system, meeting)), default=0)


def number_anew(session: Session, item: AgendaItem, _before: LabelValue) -> None:
    """An item whose label changed counts among those of its new label."""
    _number(session, item.meeting)


def _number(session: Session, meeting: Meeting) -> None:
    """Positions in order, and numbers counted anew: a sequence for each label, so that no gap tells of hidden items."""
    with system_access(session, Reason.NUMBERING) as system:
        counted: dict[int | None, int] = {}
        for position, item in enumerate(_all_items(system, meeting), start=1):
            item.position = position
            if item.is_break:
                item.number = None
                continue
            counted[item.own_label_id] = counted.get(item.own_label_id, 0) + 1
            item.number = counted[item.own_label_id]
