"""The calendar file of a meeting, as one reader may have it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from secretariat.core import clock
from secretariat.core.languages import current_reading, dates
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.meetings.calendar_entry import Entry, Hours, Method, Who, calendar
from secretariat.meetings.guest_models import Guest, GuestItem
from secretariat.meetings.models import Answer, Meeting
from secretariat.meetings.words import first_and_last, place_in_words

PARTSTAT = {
    Answer.AWAITED: "NEEDS-ACTION",
    Answer.WILL_ANSWER: "NEEDS-ACTION",
    Answer.ATTENDS: "ACCEPTED",
    Answer.REGRETS: "DECLINED",
}
"""What a calendar calls an answer (RFC 5545, 3.2.12)."""


def calendar_file(
    meeting: Meeting,
    method: Method,
    *,
    page: str,
    acronym: str,
    sender: str,
    lines: Iterable[str] = (),
    attendee: Who | None = None,
    answer: Answer = Answer.AWAITED,
    private: bool = True,
) -> bytes:
    """The meeting in the reader's language with what this reader may read of it; `lines` stand in its description.

    The meeting has days; `acronym` is that of its process, which not everyone reads who reads the meeting; `sender` is
    the address from which the product writes.
    """
    entry = entry_of(
        meeting,
        page=page,
        acronym=acronym,
        sender=sender,
        lines=lines,
        attendee=attendee,
        answer=answer,
        private=private,
        stamp=clock.now(),
    )
    return calendar(entry, method)


def entry_of(
    meeting: Meeting,
    *,
    page: str,
    acronym: str,
    sender: str,
    stamp: datetime,
    lines: Iterable[str] = (),
    attendee: Who | None = None,
    answer: Answer = Answer.AWAITED,
    private: bool = True,
) -> Entry:
    """The same as an entry, for a file of one or of many; `stamp` is when it was made."""
    days = first_and_last(meeting)
    today = clock.today()
    first, last = days or (today, today)
    joining = [_("Join online: %(address)s", address=meeting.join_link.address)] if meeting.join_link else []
    return Entry(
        uid=str(meeting.id),
        sequence=meeting.sequence,
        stamp=stamp,
        title=local_text(meeting.title),
        language=meeting.title.in_language(current_reading().language.code)[1],
        first_day=first,
        last_day=last,
        hours=tuple(Hours(one.begins_wall, one.ends_wall, one.zone) for one in meeting.sittings),
        place=place_in_words(meeting),
        description="\n".join([*joining, *lines]),
        address=page,
        organizer=Who(_("%(process)s, Secretariat", process=acronym), sender),
        attendee=attendee,
        reply=PARTSTAT[answer],
        private=private,
    )


def guest_file(
    guest: Guest, method: Method, *, page: str, link: str, acronym: str, sender: str, attendee: Who
) -> bytes:
    """What a guest is invited to: one entry, each day from the first of its items to the end of the last, with the
    hours of each in its description."""
    today = clock.today()
    days = [one.day for one in guest.items if one.day is not None] or [guest.last_on or today]
    lines = [item_line(one, guest.zone) for one in guest.items]
    if link:
        lines.append(_("Answer: %(address)s", address=link))
    entry = Entry(
        uid=str(guest.id),
        sequence=guest.sequence,
        stamp=clock.now(),
        title=local_text(guest.title),
        language=guest.title.in_language(current_reading().language.code)[1],
        first_day=min(days),
        last_day=max(days),
        hours=tuple(
            Hours(one.begins_wall, one.ends_wall, guest.zone)
            for one in guest.items
            if one.begins_wall is not None and one.ends_wall is not None
        ),
        place=local_text(guest.place) if guest.place else _("Online") if guest.is_online else "",
        description="\n".join([*lines, _("Page: %(address)s", address=page)]),
        address=page,
        organizer=Who(_("%(process)s, Secretariat", process=acronym), sender),
        attendee=attendee,
        reply=PARTSTAT[guest.answer],
    )
    return calendar(entry, method)


def item_line(one: GuestItem, zone: str) -> str:
    """An item with its day and hours, as far as they are known, in one line."""
    title = local_text(one.title)
    if one.day is None:
        return title
    day = dates.day_in_full(one.day)
    if one.begins is None or one.ends is None or one.begins_wall is None:
        return _("%(day)s: %(title)s", day=day, title=title)
    hours = dates.hour_range_text(one.begins, one.ends)
    return _("%(day)s, %(hours)s: %(title)s", day=day, hours=hours, title=title)
