"""What a policy would have somebody sent, day by day, before it is saved: the same planner, the same days off, what is
open today, and nobody saying a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from secretariat.core import clock
from secretariat.core.awaited import Awaited
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import Hat, HatKind
from secretariat.follow_up import planner, queries, service
from secretariat.follow_up.manner import Manner, items_of
from secretariat.follow_up.planner import Series
from secretariat.follow_up.service import Recipient
from secretariat.processes.models import Process, Track

FORECAST_DAYS = 183


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One message: the day there, and what it would ask, each with the name of its step."""

    on: date
    asked: tuple[tuple[Awaited, str], ...]


def recipients_of(session: ViewerSession, process: Process, track: Track) -> dict[UUID, UUID]:
    """The first person who is asked, by participant."""
    found = queries.recipients(session, process.id, track.id, clock.today())
    return {participant: persons[0] for participant, persons in found.items()}


def foreseen(
    session: ViewerSession, process: Process, track: Track, participant: UUID, person: UUID, manner: Manner
) -> list[Foreseen]:
    """What this person would get within six months, as far as the officer who looks may read it."""
    who = Recipient(person, Hat(HatKind.PARTICIPANT, participant), process.id, track.id)
    every = service.open_things(session, process, track)
    things = [one for one in every if one.participant == participant and one.office == queries.SPEAKING]
    if manner.stopped or not things:
        return []
    meetings = queries.meetings_ahead(session, process.id, track.id, clock.today())
    row = queries.series_of(session, person, who.hat, process.id, track.id)
    history = queries.histories(session, [row])[row.id] if row else Series()
    with system_access(session, Reason.FOLLOW_UP) as system:
        where = service.where_of(system, who, manner)
    items = items_of(things, manner, meetings)
    coming = planner.forecast(items, manner.rules, where.now.date(), history, where.is_quiet, FORECAST_DAYS)
    return [Foreseen(on, _named(due, things)) for on, due in coming]


def _named(due: Sequence[planner.Due], things: Sequence[Awaited]) -> tuple[tuple[Awaited, str], ...]:
    known = {(one.kind, one.subject): one for one in things}
    return tuple((known[one.item.kind, one.item.subject], one.step.name) for one in due)
