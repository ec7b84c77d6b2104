"""The handover file of a term that ends, as something awaited: of the secretariat of its track, and of whoever chairs.

It is awaited of nobody by name, so that no digest reminds anybody of it: it stands in two lists. The subject is the
term.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from secretariat.chairmanship.chaired import chaired_in, processes_chaired
from secretariat.chairmanship.handing_over import AHEAD, PRESIDING, is_asked
from secretariat.chairmanship.models import Handover
from secretariat.core import awaited
from secretariat.core.database import one_of
from secretariat.core.session import ViewerSession
from secretariat.processes.models import Body, ChairTerm, LifeState, Process, Track, TrackKind

KIND = "handover"


def handovers(session: Session, process: UUID | None, participant: UUID | None, on: date) -> Iterable[awaited.Awaited]:
    """Terms that end within some weeks, or have ended lately, whose file is not cleared yet."""
    if participant is not None and not (isinstance(session, ViewerSession) and processes_chaired(session.viewer)):
        return []
    rows = session.execute(_terms(of_process=process is not None), {"process": process}).all()
    return [
        _awaited(one, on)
        for one in rows
        if is_asked(one.until, on) and (participant is None or _chairs(session, one, participant))
    ]


def _chairs(session: Session, one: Row[*tuple[Any, ...]], participant: UUID) -> bool:
    assert isinstance(session, ViewerSession)
    chaired = chaired_in(session.viewer, one.process_id)
    return one.participant_id == participant and (one.body_id or one.process_id) in chaired


def _awaited(one: Row[*tuple[Any, ...]], on: date) -> awaited.Awaited:
    ends = one.until.first_day
    return awaited.Awaited(
        kind=KIND,
        subject=one.id,
        process=one.process_id,
        track=one.body_track_id or one.track_id,
        participant=None,
        title=one.body_name or one.name,
        since=min(ends - AHEAD, on),
        due_on=ends,
        cycle=ends.isoformat(),
        label_id=one.label_id,
    )


@cache
def _terms(*, of_process: bool) -> Select[*tuple[Any, ...]]:
    """Built once: the first page of everybody asks for it, and building takes longer than asking."""
    wanted = (
        select(
            ChairTerm.id,
            ChairTerm.process_id,
            ChairTerm.body_id,
            ChairTerm.participant_id,
            ChairTerm.until,
            ChairTerm.label_id,
            Process.name,
            Track.id.label("track_id"),
            Body.track_id.label("body_track_id"),
            Body.name.label("body_name"),
        )
        .join(Process, Process.id == ChairTerm.process_id)
        .join(Track, (Track.process_id == Process.id) & (Track.kind == TrackKind.GOVERNMENT))
        .outerjoin(Body, Body.id == ChairTerm.body_id)
        .outerjoin(Handover, Handover.term_id == ChairTerm.id)
        .where(
            one_of(ChairTerm.role, PRESIDING),
            ChairTerm.participant_id.is_not(None),
            ChairTerm.until.is_not(None),
            Process.state == LifeState.ACTIVE,
            Handover.cleared_at.is_(None),
        )
        .order_by(ChairTerm.id)
    )
    if of_process:
        wanted = wanted.where(ChairTerm.process_id == bindparam("process", type_=ChairTerm.process_id.type))
    return wanted


awaited.register("handovers", handovers)
