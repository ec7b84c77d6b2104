"""Whom to ring: who asked for it, with whom it was agreed, and of whom the policy has asked everything without a word.

Worked out when it is looked at, with the officer's eyes, in a constant number of statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.awaited import Awaited, office_of
from secretariat.core.days_off import closed_in, country_of
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import Appointment, ContactCard, RoleName
from secretariat.directory.queries import SPEAKING_ROLES, telephones_of
from secretariat.follow_up import contact_queries, queries, service, unanswered
from secretariat.follow_up import manner as manners
from secretariat.follow_up.contact_models import ContactNote
from secretariat.follow_up.contact_queries import Log
from secretariat.follow_up.manner import Manner, item_of
from secretariat.follow_up.models import DigestSeries
from secretariat.follow_up.planner import Series
from secretariat.follow_up.service import Recipient
from secretariat.processes.models import Participant, Process, Track

RUNG = (*SPEAKING_ROLES, *queries.OWN_OFFICES)
OFFICE_HOURS = range(9, 17)
"""Hours of a working day in which an office is taken to answer, where nothing is known of its own."""


@dataclass(frozen=True, slots=True)
class Reachable:
    """A person who speaks for a participant: numbers as far as the reader may see them, and the clock there now."""

    who: Recipient
    participant: UUID
    is_alternate: bool
    offices: frozenset[str]
    name: str
    numbers: Sequence[str]
    languages: Sequence[str]
    there: datetime
    is_day_off: bool

    @property
    def person(self) -> UUID:
        return self.who.person

    @property
    def is_open(self) -> bool:
        """Whether an office there is likely to answer now."""
        return not self.is_day_off and self.there.hour in OFFICE_HOURS


@dataclass(frozen=True, slots=True)
class Call:
    """One row of the call list. `things` are what to ask, `why` one of `urgent`, `asked`, `agreed`, `silent`."""

    to: Reachable
    alternates: Sequence[Reachable]
    why: str
    things: Sequence[Awaited]
    others: Sequence[Awaited]
    asked_at: datetime | None
    word: str
    mailed_on: date | None
    contact: ContactNote | None
    spoken: ContactNote | None
    agreed_on: date | None = None


@dataclass
class Desk:
    """Everything the call list of one track is made from; read once."""

    process: Process
    track: Track
    manner: Manner
    today: date
    things: Mapping[UUID, Sequence[Awaited]]
    people: Mapping[UUID, Sequence[Reachable]]
    series: Mapping[tuple[UUID, Hat], DigestSeries]
    histories: Mapping[UUID, Series]
    log: Log
    by_person: dict[UUID, Reachable] = field(default_factory=dict)

    def history(self, one: Reachable) -> Series:
        row = self.series.get((one.person, one.who.hat))
        return self.histories[row.id] if row else Series()


def desk_of(session: ViewerSession, process: Process, track: Track, things: Iterable[Awaited] | None = None) -> Desk:
    """What is known of a track's people and of what is awaited of them; `things` where they are at hand."""
    today = clock.today(process.zone)
    by_participant: dict[UUID, list[Awaited]] = defaultdict(list)
    for one in service.open_things(session, process, track) if things is None else things:
        if one.participant is not None:
            by_participant[one.participant].append(one)
    series = queries.series_in(session, process.id, track.id)
    people = people_of(session, process, track, today)
    made = Desk(
        process,
        track,
        manners.read(session, process.id, track.id),
        today,
        by_participant,
        people,
        series,
        queries.histories(session, series.values()),
        Log(contact_queries.notes_in(session, [track.id]), process.zone),
    )
    made.by_person = {one.person: one for listed in people.values() for one in listed}
    return made


def calls(desk: Desk) -> list[Call]:
    """Whom to ring now: about what is urgent, then who asked for it, then those with whom nobody has spoken for
    longest."""
    found = []
    for listed in desk.people.values():
        speaking = [one for one in listed if queries.SPEAKING in one.offices]
        asked = [one for one in speaking if not one.is_alternate] or speaking
        for one in listed:
            call = _call(desk, one, listed, speaks=one in asked)
            if call is not None:
                found.append(call)
    return sorted(found, key=_order)


def _order(one: Call) -> tuple[Any, ...]:
    asked = one.asked_at.timestamp() if one.asked_at else 0
    spoken = one.spoken.contacted_at.timestamp() if one.spoken else 0
    return (one.why != "urgent", one.why != "asked", asked, spoken, str(one.to.person))


def _call(desk: Desk, one: Reachable, listed: Sequence[Reachable], *, speaks: bool) -> Call | None:
    """`speaks`: one rings this person for what awaits who speaks for the participant, and not another."""
    row = desk.series.get((one.person, one.who.hat))
    history = desk.history(one)
    things = [thing for thing in desk.things.get(one.participant, ()) if thing.office in one.offices]
    alternates = [other for other in listed if other.is_alternate and other is not one]
    to_ask, agreed_on = [], None
    for thing in things:
        if thing.office == queries.SPEAKING and not speaks:
            continue
        spoken = desk.log.about(one.participant, thing.subject)
        if is_urgent(thing, spoken):
            to_ask.append(thing)
            continue
        item = item_of(thing, desk.manner)
        if not unanswered.is_to_be_rung(item, desk.manner.rules, desk.today, history, spoken):
            continue
        if spoken is not None and spoken.next_on is not None and spoken.next_on <= desk.today:
            agreed_on = min(filter(None, (agreed_on, spoken.next_on)))
        elif thing.office == queries.SPEAKING and not _alternates_had_time(desk, history, thing, alternates):
            continue
        to_ask.append(thing)
    asks = row is not None and row.ring_asked_at is not None and not _is_put_off(desk, one)
    if not to_ask and not asks:
        return None
    return Call(
        to=one,
        alternates=alternates,
        why=_why(to_ask, asks=asks, agreed=agreed_on is not None),
        things=to_ask or things,
        others=[thing for thing in things if to_ask and thing not in to_ask],
        asked_at=row.ring_asked_at if row and asks else None,
        word=row.ring_word if row and asks else "",
        mailed_on=max(history.sent_on, default=None),
        contact=desk.log.latest_with(one.person),
        spoken=desk.log.spoken_with(one.person),
        agreed_on=agreed_on,
    )


def is_urgent(thing: Awaited, spoken: unanswered.Spoken | None) -> bool:
    """Whether one rings about a thing at once: it is urgent, and nobody of the participant was reached about it."""
    if thing.rung_from is None or thing.rung_from > clock.now():
        return False
    return spoken is None or not spoken.was_reached or spoken.on < thing.rung_from.date()


def _why(things: Sequence[Awaited], *, asks: bool, agreed: bool) -> str:
    if asks:
        return "asked"
    if any(one.rung_from is not None for one in things):
        return "urgent"
    return "agreed" if agreed else "silent"


def _is_put_off(desk: Desk, one: Reachable) -> bool:
    """Whether nobody was reached and another day was set for the next attempt."""
    latest = desk.log.latest_with(one.person)
    return latest is not None and latest.next_on is not None and desk.today < latest.next_on


def _alternates_had_time(desk: Desk, history: Series, thing: Awaited, alternates: Sequence[Reachable]) -> bool:
    """Whether the alternate was asked before one rings, and had time to answer; or could not be asked for long."""
    if not alternates or unanswered.had_time(history, desk.today, unanswered.TIME_FOR_THE_ALTERNATE):
        return True
    item = item_of(thing, desk.manner)
    return any(
        unanswered.alternate_was_asked(item, desk.history(other).asked)
        and unanswered.had_time(desk.history(other), desk.today)
        for other in alternates
    )


# --- who speaks for whom ----------------------------------------------------------------------------------------


def people_of(session: Session, process: Process, track: Track, on: date) -> dict[UUID, list[Reachable]]:
    """Whom one can ring on a track today, by participant, with numbers and clocks: focal points first, then alternates,
    then liaison officers."""
    gone = queries.gone(session, process.id, track.id, on)
    wanted = select(Appointment).where(
        Appointment.process_id == process.id, Appointment.track_id == track.id, Appointment.role.in_(RUNG)
    )
    held = [
        one
        for one in session.scalars(wanted.order_by(Appointment.since, Appointment.id))
        if one.held_on(on) and one.participant_id is not None and one.participant_id not in gone
    ]
    held.sort(key=lambda one: RUNG.index(one.role))
    offices = _offices(held)
    persons = sorted({one.person_id for one in held}, key=str)
    cards = _cards(session, process, track, persons)
    numbers = telephones_of(session, persons, process.id)
    countries = _countries(session, {one.participant_id for one in held if one.participant_id})
    found: dict[UUID, list[Reachable]] = defaultdict(list)
    for one in held:
        participant = one.participant_id
        if participant is None or any(other.person == one.person_id for other in found[participant]):
            continue
        card = cards.get(one.person_id)
        there = clock.now().astimezone(_zone(card.zone if card else "", process.zone))
        country = countries.get(participant) or country_of(str(there.tzinfo))
        found[participant].append(
            Reachable(
                Recipient(one.person_id, Hat(HatKind.PARTICIPANT, participant), process.id, track.id),
                participant,
                one.role is RoleName.ALTERNATE,
                offices[participant, one.person_id],
                card.name if card else "",
                numbers.get(one.person_id, ()),
                list(card.languages) if card else [],
                there,
                closed_in(country)(there.date()),
            )
        )
    return dict(found)


def _offices(held: Iterable[Appointment]) -> dict[tuple[UUID | None, UUID], frozenset[str]]:
    """In which offices each person is asked, by participant and person."""
    found: dict[tuple[UUID | None, UUID], frozenset[str]] = defaultdict(frozenset)
    for one in held:
        office = queries.SPEAKING if one.role in SPEAKING_ROLES else one.role.value
        found[one.participant_id, one.person_id] |= {office, office_of(one.person_id)}
    return found


def _cards(session: Session, process: Process, track: Track, persons: Collection[UUID]) -> dict[UUID, Any]:
    rows = session.execute(
        select(ContactCard.person_id, ContactCard.name, ContactCard.zone, ContactCard.languages).where(
            ContactCard.process_id == process.id,
            ContactCard.track_id == track.id,
            ContactCard.person_id.in_(list(persons)),
        )
    )
    return {row.person_id: row for row in rows}


def _countries(session: Session, participants: Collection[UUID]) -> dict[UUID, str]:
    keys = sorted(participants, key=str)
    rows = session.execute(select(Participant.id, Participant.iso).where(Participant.id.in_(keys)))
    return {key: iso or "" for key, iso in rows}


def _zone(*names: str) -> ZoneInfo:
    for name in names:
        try:
            if name:
                return ZoneInfo(name)
        except (ValueError, ZoneInfoNotFoundError):
            continue
    return ZoneInfo("UTC")
