"""A meeting as calendars understand it: iCalendar (RFC 5545) sent as an invitation (iTIP, RFC 5546).

One meeting is one entry with one UID for its whole life. A meeting of several days is a daily recurrence in which a day
of other hours is an exception: calendars show each day at its hours instead of one block through the night, and all
components carry the one UID that RFC 5546 (3.2.2) asks for. SEQUENCE grows with each change that moves the entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

PRODUCT = "-//Secretariat//Meetings//EN"
REFRESHED_EVERY = timedelta(hours=6)
"""How often a calendar should fetch a feed anew (RFC 7986, 5.7)."""


class Method(StrEnum):
    """What a calendar is to do with the entry."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True, slots=True)
class Hours:
    """A sitting: naive wall times of a zone."""

    begins: datetime
    ends: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Who:
    """A participant of the calendar entry: name in words and address for mail."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What the calendar of one reader is told. `reply` is the reader's answer (a PARTSTAT of RFC 5545)."""

    uid: str
    sequence: int
    stamp: datetime
    title: str
    language: str
    first_day: date
    last_day: date
    hours: tuple[Hours, ...]
    place: str
    description: str
    address: str
    organizer: Who
    attendee: Who | None
    reply: str = "NEEDS-ACTION"
    private: bool = True
    is_called_off: bool = False


def calendar(entry: Entry, method: Method) -> bytes:
    """The iCalendar object of an entry, with the time zones it uses."""
    return _file([entry], method)


def collection(entries: Iterable[Entry], method: Method, name: str) -> bytes:
    """The iCalendar object of many entries, called `name` (RFC 7986, and as calendars called it before)."""
    return _file(entries, method, name)


def _file(entries: Iterable[Entry], method: Method, name: str = "") -> bytes:
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", method.value)
    if name:
        made.add("name", name)
        made.add("x-wr-calname", name)
        made.refresh_interval = REFRESHED_EVERY
    for entry in entries:
        for event in _events(entry, method):
            made.add_component(event)
    for zone in sorted(made.get_missing_tzids(), reverse=True):
        made.subcomponents.insert(0, _zone(zone))
    if not made.subcomponents:
        made.add_component(Timezone.from_tzinfo(ZoneInfo("UTC")))  # none at all is no calendar (RFC 5545, 3.6)
    content: bytes = made.to_ical()
    return content


@lru_cache(maxsize=100)
def _zone(name: str) -> Timezone:
    """A zone as calendars are told of it, for all years. To work it out takes longer than all the rest of a letter, and
    fifty invitations tell the same one."""
    return Timezone.from_tzid(name)


def _events(entry: Entry, method: Method) -> list[Event]:
    days = _by_day(entry.hours)
    if not days:
        event = _event(entry, method)
        event.add("dtstart", entry.first_day)
        event.add("dtend", entry.last_day + timedelta(days=1))  # DTEND is the first day that no longer counts
        return [event]
    first = days[0]
    master = _event(entry, method)
    master.add("dtstart", _aware(first.begins, first.zone))
    master.add("dtend", _aware(first.ends, first.zone))
    if len(days) == 1:
        return [master]
    span = (days[-1].begins.date() - first.begins.date()).days + 1
    master.add("rrule", {"freq": "daily", "count": span})
    held = {one.begins.date(): one for one in days}
    exceptions = []
    for on in (first.begins.date() + timedelta(days=ahead) for ahead in range(1, span)):
        usual = _aware(datetime.combine(on, first.begins.time()), first.zone)
        if on not in held:
            master.add("exdate", usual)
        elif not _alike(held[on], first):
            exceptions.append(_exception(entry, method, usual, held[on]))
    return [master, *exceptions]


def _exception(entry: Entry, method: Method, usual: datetime, hours: Hours) -> Event:
    event = _event(entry, method)
    event.add("recurrence-id", usual)
    event.add("dtstart", _aware(hours.begins, hours.zone))
    event.add("dtend", _aware(hours.ends, hours.zone))
    return event


def _event(entry: Entry, method: Method) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp)
    event.add("summary", vText(entry.title, params={"LANGUAGE": entry.language}))
    event.add("status", "CANCELLED" if method is Method.CANCEL or entry.is_called_off else "CONFIRMED")
    event.add("class", "PRIVATE" if entry.private else "PUBLIC")
    event.add("transp", "OPAQUE")
    for name, words in (("location", entry.place), ("description", entry.description), ("url", entry.address)):
        if words:
            event.add(name, words)
    event.add("organizer", _who(entry.organizer))
    if entry.attendee is not None:
        attendee = _who(entry.attendee)
        attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
        attendee.params["PARTSTAT"] = vText(entry.reply)
        attendee.params["RSVP"] = vText("FALSE")  # the answer is given by the link; a mail back would reach nobody
        event.add("attendee", attendee, encode=False)
    return event


def _who(one: Who) -> vCalAddress:
    address = vCalAddress(f"mailto:{one.address}")
    address.params["CN"] = vText(one.words)
    return address


def _aware(wall: datetime, zone: str) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone))


def _by_day(hours: Sequence[Hours]) -> list[Hours]:
    """One entry a day, from its first sitting to the end of its last."""
    days: dict[date, Hours] = {}
    for one in sorted(hours, key=lambda part: part.begins):
        known = days.get(one.begins.date())
        days[one.begins.date()] = Hours(known.begins, one.ends, known.zone) if known else one
    return list(days.values())


def _alike(one: Hours, other: Hours) -> bool:
    return (one.begins.time(), one.ends.time(), one.zone) == (other.begins.time(), other.ends.time(), other.zone)
