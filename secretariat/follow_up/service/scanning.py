"""The scan: who is due now, each in a transaction of their own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from secretariat.core import after_commit, awaited, clock
from secretariat.core.awaited import Awaited
from secretariat.core.session import Reason, SystemSession, system_unit
from secretariat.core.viewer import Hat, HatKind
from secretariat.follow_up import manner as manners
from secretariat.follow_up import planner, queries, unanswered
from secretariat.follow_up.manner import Manner, items_of
from secretariat.follow_up.models import (
    DigestKind,
)
from secretariat.follow_up.planner import Item, Rules, Series
from secretariat.follow_up.quiet import next_day
from secretariat.follow_up.service.choosing import due_today
from secretariat.follow_up.service.digests import put
from secretariat.follow_up.service.recipients import Recipient, Where, items_awaited, locked_series, where_of
from secretariat.processes.models import LifeState, Process, Track

log = structlog.get_logger()
LATEST_HOUR = 18
"""A digest that could not go earlier waits for the next day after this hour of the recipient's."""


def scan(engine: Engine) -> Counter[str]:
    """Put a digest into the outbox for everybody to whom one is due now; how many, and how many broke.

    Each recipient has a transaction of their own: who is broken stops nobody else. Run by two at once, or twice, it
    changes nothing.
    """
    tally: Counter[str] = Counter()
    for who in _candidates(engine):
        try:
            tally["digests"] += remind(engine, who)
        except IntegrityError:  # another scan was first
            tally["there already"] += 1
        except Exception:
            log.exception("follow-up of one recipient failed", person=str(who.person), process=str(who.process))
            tally["broken"] += 1
    return tally


def _candidates(engine: Engine) -> list[Recipient]:
    """Everybody to whom a digest may go now, looked at with all eyes; `remind` looks again with theirs.

    What is awaited is read once for each process: this is asked every few minutes, and mostly nobody is due.
    """
    today = clock.today()
    found: list[Recipient] = []
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as system:
        wanted = select(Track).join(Process).where(Process.state == LifeState.ACTIVE).order_by(Track.id)
        by_process: dict[UUID, list[Track]] = defaultdict(list)
        for track in system.scalars(wanted):
            by_process[track.process_id].append(track)
        for process, tracks in by_process.items():
            things = _by_participant(awaited.awaited(system, today, process=process))
            for track in tracks:
                manner = manners.read(system, process, track.id)
                if things[track.id] and not manner.stopped:
                    due = _candidates_in(system, track, manner, things[track.id], today)
                    found += [who for who in due if is_open(where_of(system, who, manner), manner)]
    return found


def _by_participant(things: Iterable[Awaited]) -> dict[UUID, dict[UUID, list[Awaited]]]:
    """Awaited things by track and participant."""
    found: dict[UUID, dict[UUID, list[Awaited]]] = defaultdict(lambda: defaultdict(list))
    for one in things:
        if one.participant is not None:
            found[one.track][one.participant].append(one)
    return found


def is_open(where: Where, manner: Manner) -> bool:
    """Whether the recipient is written to at this hour of this day."""
    return manner.sending_hour <= where.now.hour < LATEST_HOUR and not where.is_quiet(where.now.date())


def _candidates_in(
    system: SystemSession, track: Track, manner: Manner, things: Mapping[UUID, list[Awaited]], today: date
) -> Iterator[Recipient]:
    meetings = queries.meetings_ahead(system, track.process_id, track.id, today)
    items = {participant: items_of(listed, manner, meetings) for participant, listed in things.items()}
    # A day more: in the recipient's zone tomorrow may have begun.
    tomorrow = today + timedelta(1)
    series = queries.series_in(system, track.process_id, track.id)
    known = queries.histories(system, series.values())
    office = queries.offices(system, track.process_id, track.id, today)
    for participant, persons in queries.asked(system, track.process_id, track.id, today).items():
        for person, offices in persons.items():
            hat = Hat(HatKind.PARTICIPANT, participant)
            row = series.get((person, hat))
            history = known[row.id] if row else Series()
            held = row is not None and (row.held_at is not None or row.ring_asked_at is not None)
            is_new = (participant, person) in office.successors and not history.sent_on
            open_now = [item for item in items.get(participant, ()) if item.office in offices]
            if not held and (
                (is_new and open_now)
                or any(planner.digest(open_now, manner.rules, day, history, _never) for day in (today, tomorrow))
            ):
                yield Recipient(person, hat, track.process_id, track.id)
    for participant, others in office.beside.items():
        hat = Hat(HatKind.PARTICIPANT, participant)
        rows = [series.get((person, hat)) for person in office.focal_points[participant]]
        histories = [known[row.id] if row else Series() for row in rows]
        if any(
            _is_left(item, manner.rules, day, histories)
            for item in items.get(participant, ())
            for day in (today, tomorrow)
            if item.office == queries.SPEAKING
        ):
            yield from (Recipient(person, hat, track.process_id, track.id) for person in others)
            continue
        for person in others:
            own = [item for item in items.get(participant, ()) if item.office == awaited.office_of(person)]
            row = series.get((person, hat))
            history = known[row.id] if row else Series()
            if own and any(planner.digest(own, manner.rules, day, history, _never) for day in (today, tomorrow)):
                yield Recipient(person, hat, track.process_id, track.id)


def _never(_day: date) -> bool:
    """No day is quiet; which are is asked once, for those who have something due."""
    return False


def _is_left(item: Item, rules: Rules, today: date, focal_points: Sequence[Series]) -> bool:
    """Whether the focal points left it without a word; `due_today` looks again, and at calls too."""
    return unanswered.goes_to_the_alternate(item, rules, today, focal_points, None, Series())


def remind(engine: Engine, who: Recipient) -> int:
    """Put one recipient's digest into the outbox, if one is due now, under the recipient's own eyes; 1 if so."""
    with system_unit(engine, Reason.FOLLOW_UP) as system:
        made = _remind(system, who)
    after_commit.run(system)
    return made


def _remind(system: SystemSession, who: Recipient) -> int:
    manner = manners.read(system, who.process, who.track)
    where = where_of(system, who, manner)
    if manner.stopped or not is_open(where, manner):
        return 0
    series = locked_series(system, who)
    if series.held_at is not None or series.ring_asked_at is not None:
        return 0
    history = queries.histories(system, [series])[series.id]
    today = where.now.date()
    if not planner.may_send(manner.rules, today, history, where.is_quiet, before_meeting=True):
        return 0  # another scan was first
    items = items_awaited(system, who, manner)
    due = due_today(system, who, items, manner, where, today, history)
    if not due:
        return 0
    put(system, series, today, due, DigestKind.BY_POLICY)
    return 1


def next_hour(where: Where, manner: Manner, not_before: date | None) -> datetime | None:
    """When a digest by policy may go; None for now. Asked again when it is sent: a mail may have waited."""
    now = where.now
    day = max(now.date(), not_before or now.date())
    if day == now.date() and now.hour >= LATEST_HOUR:
        day += timedelta(1)
    day = next_day(day, where.is_quiet)
    if day == now.date() and now.hour >= manner.sending_hour:
        return None
    return datetime.combine(day, time(manner.sending_hour), ZoneInfo(where.zone))
