"""Joint sessions, the notices of them, and the sides of a wall that can hold one together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from secretariat.core import clock
from secretariat.core.session import Reason, system_access
from secretariat.directory.queries import keepers
from secretariat.meetings.clashes import Span
from secretariat.meetings.joint_models import JointNotice, JointSession, JointState
from secretariat.processes.models import LifeState, Process, Track, TrackKind


def session_by_id(session: Session, key: UUID) -> JointSession | None:
    return session.scalar(select(JointSession).where(JointSession.id == key))


def sessions_of(session: Session, process: UUID, track: UUID) -> Sequence[JointSession]:
    """What a side proposed or was asked for, the latest day first."""
    return session.scalars(
        select(JointSession)
        .where(
            JointSession.process_id == process,
            (JointSession.government_id == track) | (JointSession.network_id == track),
        )
        .order_by(JointSession.held_on.desc(), JointSession.id)
    ).all()


def notice_by_id(session: Session, key: UUID) -> JointNotice | None:
    return session.scalar(select(JointNotice).where(JointNotice.id == key))


def notices_of(session: Session, process: UUID, since: date) -> Sequence[JointNotice]:
    """Notices of a process from a day on, the earliest first."""
    return session.scalars(
        select(JointNotice)
        .where(JointNotice.process_id == process, JointNotice.held_on >= since)
        .order_by(JointNotice.held_on, JointNotice.begins, JointNotice.id)
    ).all()


def notices_on(session: Session, days: Span, processes: Collection[UUID]) -> Sequence[JointNotice]:
    """Notices of these processes on these days of what was not called off."""
    return session.scalars(
        select(JointNotice)
        .where(
            JointNotice.process_id.in_(sorted(processes, key=str)),
            JointNotice.held_on.between(days.first, days.last),
            JointNotice.called_off_at.is_(None),
        )
        .options(joinedload(JointNotice.process))
        .order_by(JointNotice.held_on, JointNotice.begins, JointNotice.id)
    ).all()


def notice_of(session: Session, joint: UUID, track: UUID) -> JointNotice | None:
    """The notice one side has."""
    return session.scalar(select(JointNotice).where(JointNotice.session_id == joint, JointNotice.track_id == track))


def notices_sent(session: Session, since: date, processes: Collection[UUID]) -> Sequence[JointNotice]:
    """Notices of a day or later for calendars, called off ones too; of what rests or is concluded nothing to come."""
    return session.scalars(
        select(JointNotice)
        .join(Process, JointNotice.process_id == Process.id)
        .where(
            JointNotice.process_id.in_(sorted(processes, key=str)),
            JointNotice.held_on >= since,
            (JointNotice.held_on < clock.today()) | (Process.state == LifeState.ACTIVE),
        )
        .options(contains_eager(JointNotice.process))
        .order_by(JointNotice.held_on, JointNotice.begins, JointNotice.id)
    ).all()


def proposed_instead_of(session: Session, key: UUID) -> JointSession | None:
    """What is proposed in the place of a session and not answered yet."""
    return session.scalar(
        select(JointSession).where(JointSession.instead_of_id == key, JointSession.state == JointState.PROPOSED)
    )


def keepers_of(session: Session, track: UUID, on: date) -> list[UUID]:
    """The persons who keep a track on a day: whom the other office writes to. With all eyes."""
    with system_access(session, Reason.MAIL) as system:
        held = keepers(system, on)
        return sorted({one.person_id for one in held if one.acts_as.id == track and one.held_on(on)}, key=str)


def days_shared(session: Session, days: Span, track: UUID) -> set[tuple[UUID, date]]:
    """The days among these on which a side has agreed to a session with another, with that other."""
    found = session.execute(
        select(JointSession.government_id, JointSession.network_id, JointSession.held_on).where(
            JointSession.state == JointState.AGREED,
            JointSession.held_on.between(days.first, days.last),
            (JointSession.government_id == track) | (JointSession.network_id == track),
        )
    )
    return {(network if government == track else government, on) for government, network, on in found}


def others_of(session: Session, track: Track) -> list[Track]:
    """Who can be asked for a joint session: a network asks the governments, the governments each network they know of.

    The governments' side is looked up with all eyes and given as a value: a network can ask it also where it reads
    nothing of it, and is told of it by that word alone.
    """
    if track.kind is not TrackKind.CIVIL_SOCIETY:
        wanted = select(Track).where(Track.process_id == track.process_id, Track.kind == TrackKind.CIVIL_SOCIETY)
        return list(session.scalars(wanted.order_by(Track.position, Track.id)))
    with system_access(session, Reason.LABELLING) as system:
        rows = system.execute(
            select(Track.id, Track.process_id, Track.kind, Track.slug, Track.name)
            .where(Track.process_id == track.process_id, Track.kind == TrackKind.GOVERNMENT)
            .order_by(Track.position, Track.id)
            .limit(1)
        ).all()
    return [Track(id=row.id, process_id=row.process_id, kind=row.kind, slug=row.slug, name=row.name) for row in rows]


@cache
def rows_awaiting(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Proposals nobody has answered, of processes that are at work; built once. They are asked of no participant."""
    wanted = (
        select(
            JointSession.id,
            JointSession.process_id,
            JointSession.government_id,
            JointSession.network_id,
            JointSession.by_network,
            JointSession.title,
            JointSession.held_on,
            JointSession.proposed_at,
            JointSession.label_id,
        )
        .join(Process, JointSession.process_id == Process.id)
        .where(JointSession.state == JointState.PROPOSED, Process.state == LifeState.ACTIVE)
        .order_by(JointSession.held_on, JointSession.id)
    )
    if of_participant:
        wanted = wanted.where(JointSession.id.is_(None))  # not `false()`, which would fold the reader's labels away
    if of_process:
        wanted = wanted.where(JointSession.process_id == bindparam("process", type_=JointSession.process_id.type))
    return wanted


def awaiting_answer(session: Session, process: UUID | None, since: date) -> list[Row[tuple[Any, ...]]]:
    """Those of days still to come."""
    statement = rows_awaiting(of_process=process is not None, of_participant=False)
    return [one for one in session.execute(statement, {"process": process}) if one.held_on >= since]
