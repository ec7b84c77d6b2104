"""Named reads of contributions, under the eyes of the session."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session, joinedload

from secretariat.arrangements.contribution_models import Contribution
from secretariat.processes.models import LifeState, Process


def contributions_of(session: Session, process: UUID, track: UUID) -> Sequence[Contribution]:
    """What was given to a track, the latest of each giver first."""
    wanted = select(Contribution).where(Contribution.process_id == process, Contribution.track_id == track)
    return session.scalars(wanted.order_by(Contribution.entered_at.desc(), Contribution.id)).all()


def contribution_by_id(session: Session, key: UUID) -> Contribution | None:
    """One contribution, with whose process it is."""
    wanted = select(Contribution).where(Contribution.id == key)
    return session.scalar(
        wanted.options(joinedload(Contribution.process, innerjoin=True), joinedload(Contribution.track, innerjoin=True))
    )


@cache
def rows_of_awaited(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Contributions whose giver has said nothing yet; of whom takes no part nothing is awaited here."""
    wanted = (
        select(
            Contribution.id,
            Contribution.process_id,
            Contribution.track_id,
            Contribution.participant_id,
            Contribution.entered_at,
            Contribution.label_id,
            Contribution.in_kind,
            Contribution.earmark,
            Contribution.currency,
            Contribution.version,
        )
        .join(Process, Process.id == Contribution.process_id)
        .where(
            Contribution.confirmed_at.is_(None),
            Contribution.word == "",
            Contribution.participant_id.is_not(None),
            Process.state == LifeState.ACTIVE,
        )
    )
    if of_process:
        wanted = wanted.where(Contribution.process_id == bindparam("process", type_=Contribution.process_id.type))
    if of_participant:
        wanted = wanted.where(
            Contribution.participant_id == bindparam("participant", type_=Contribution.participant_id.type)
        )
    return wanted.order_by(Contribution.id)


def awaiting(session: Session, process: UUID | None, participant: UUID | None) -> Sequence[Row[*tuple[Any, ...]]]:
    """Those rows."""
    asked = rows_of_awaited(of_process=process is not None, of_participant=participant is not None)
    return session.execute(asked, {"process": process, "participant": participant}).all()
