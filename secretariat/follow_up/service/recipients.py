"""Whoever gets one digest: the clock, the series, and what is awaited, read with the recipient's own eyes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core import audit, awaited, clock
from secretariat.core.awaited import Awaited
from secretariat.core.labelling import attach
from secretariat.core.labels import Clause
from secretariat.core.refusals import NotAllowed
from secretariat.core.session import SystemSession, ViewerSession, looking_as
from secretariat.core.viewer import Hat, HatKind, Viewer
from secretariat.directory import viewers
from secretariat.follow_up import queries
from secretariat.follow_up.manner import Manner, items_of
from secretariat.follow_up.models import (
    DigestSeries,
)
from secretariat.follow_up.planner import Item
from secretariat.follow_up.quiet import quiet_days
from secretariat.mail.recipients import reading_of
from secretariat.processes import clauses
from secretariat.processes.models import Participant, Process, Track


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person under one hat in one process and track: whoever gets one digest."""

    person: UUID
    hat: Hat
    process: UUID
    track: UUID


@dataclass(frozen=True, slots=True)
class Where:
    """The recipient's clock and days off."""

    zone: str
    is_quiet: Callable[[date], bool]

    @property
    def now(self) -> datetime:
        return clock.now().astimezone(ZoneInfo(self.zone))


def where_of(system: SystemSession, who: Recipient, manner: Manner) -> Where:
    """The recipient's zone, from the card or the process, and the weekend of its country."""
    zone = reading_of(system, who.person, who.process, who.track)[1]
    participant = system.get(Participant, who.hat.id) if who.hat.kind is HatKind.PARTICIPANT else None
    country = (participant.iso or "") if participant else ""
    is_quiet = quiet_days(
        country, zone, weekends=manner.quiet_weekends, holidays=manner.quiet_holidays, periods=manner.quiet_periods
    )
    return Where(zone, is_quiet)


def awaited_of(session: Session, who: Recipient, only: Collection[UUID] | None = None) -> list[Awaited]:
    """What is awaited of the recipient's participant on this track, as the recipient may read it; by due date."""
    with looking_as(session, viewers.viewer_within(session, who.person, who.hat)) as eyes:
        found = _awaited_in(eyes, who)
    return [one for one in found if only is None or not {one.subject, *one.earlier}.isdisjoint(only)]


def items_awaited(session: Session, who: Recipient, manner: Manner) -> list[Item]:
    """The same, as the planner needs it: with the rounds before the meetings the recipient may know of."""
    with looking_as(session, viewers.viewer_within(session, who.person, who.hat)) as eyes:
        meetings = queries.meetings_ahead(eyes, who.process, who.track, clock.today())
        return items_of(_awaited_in(eyes, who), manner, meetings)


def _awaited_in(eyes: ViewerSession, who: Recipient) -> list[Awaited]:
    return awaited_by(eyes, eyes.viewer, who.process, who.track, clock.today())


def awaited_by(session: Session, viewer: Viewer, process: UUID, track: UUID, on: date) -> list[Awaited]:
    """What is awaited of whom `viewer` acts for, in the offices held under that hat; `session` has its eyes."""
    offices = queries.offices_held(viewer, track)
    found = awaited.awaited(session, on, process=process, participant=viewer.hat.id)
    return [one for one in found if (one.track, one.participant) == (track, viewer.hat.id) and one.office in offices]


def locked_series(system: SystemSession, who: Recipient) -> DigestSeries:
    """The recipient's series, locked until the end of the transaction; made at the first time."""
    series = queries.series_of(system, who.person, who.hat, who.process, who.track)
    if series is None:
        process, track = system.get_one(Process, who.process), system.get_one(Track, who.track)
        series = DigestSeries(person_id=who.person, hat=str(who.hat), process_id=who.process, track_id=who.track)
        attach(system, series, [readers(process, track, who.person)])
        system.flush()
        return series
    return system.scalars(
        select(DigestSeries)
        .where(DigestSeries.id == series.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def readers(process: Process, track: Track, person: UUID) -> Clause:
    """Who may read of somebody's digests: that person, and the secretariat of the track."""
    return clauses.named(process, track, audience=[clauses.secretariat(track), clauses.person(person)])


def require_known(session: ViewerSession, viewer: Viewer, who: Recipient) -> None:
    """The officer keeps the track, and the recipient is one the officer may know of."""
    known = queries.asked(session, who.process, who.track, clock.today())
    if not viewer.keeps(who.track) or who.hat.id is None or who.person not in known.get(who.hat.id, {}):
        raise NotAllowed


def record(session: ViewerSession, who: Recipient, kind: str, **more: str) -> None:
    process = session.scalars(select(Process).where(Process.id == who.process)).one()
    track = session.scalars(select(Track).where(Track.id == who.track)).one()
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[readers(process, track, who.person)],
        content={"person": str(who.person), "hat": str(who.hat), **more},
    )
