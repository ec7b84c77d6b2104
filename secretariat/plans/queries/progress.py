"""Progress updates: the statement that holds of a commitment, its notes, its history and what stands beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, select
from sqlalchemy.orm import Session, joinedload

from secretariat.plans.evidence_models import EvidenceFile
from secretariat.plans.models import Commitment, Evidence, Obstacle, Plan, ProgressUpdate, SupportNeeded, UpdateNote
from secretariat.plans.queries.evidence import files_of
from secretariat.plans.status import STILL_TO_COME, Status, UpdateState


def update_by_id(session: Session, update_id: UUID) -> ProgressUpdate | None:
    """An update with its commitment and plan."""
    return session.scalar(
        select(ProgressUpdate)
        .where(ProgressUpdate.id == update_id)
        .options(
            joinedload(ProgressUpdate.commitment, innerjoin=True)
            .joinedload(Commitment.plan, innerjoin=True)
            .joinedload(Plan.process, innerjoin=True)
        )
    )


def in_force_id(*conditions: ColumnElement[bool]) -> ScalarSelect[UUID]:
    """The statement that holds of each commitment of the statement around: as `status.in_force`, in SQL."""
    return (
        select(ProgressUpdate.id)
        .where(
            ProgressUpdate.commitment_id == Commitment.id, ProgressUpdate.state == UpdateState.CONFIRMED, *conditions
        )
        .order_by(ProgressUpdate.stated_at.desc(), ProgressUpdate.entered_at.desc(), ProgressUpdate.id)
        .limit(1)
        .correlate(Commitment)
        .scalar_subquery()
    )


def status_in_force() -> ScalarSelect[Status]:
    return (
        select(ProgressUpdate.status)
        .where(ProgressUpdate.commitment_id == Commitment.id, ProgressUpdate.state == UpdateState.CONFIRMED)
        .order_by(ProgressUpdate.stated_at.desc(), ProgressUpdate.entered_at.desc(), ProgressUpdate.id)
        .limit(1)
        .correlate(Commitment)
        .scalar_subquery()
    )


def statements_in_force(session: Session, commitments: Iterable[UUID]) -> dict[UUID, ProgressUpdate]:
    """The statement that holds, by commitment; those that have none are not yet reported. One statement."""
    wanted = sorted(set(commitments), key=str)
    if not wanted:
        return {}
    found = session.scalars(_in_force(), {"commitments": wanted})
    return {one.commitment_id: one for one in found}


@cache
def _in_force() -> Select[ProgressUpdate]:
    return (
        select(ProgressUpdate)
        .join(Commitment, Commitment.id == ProgressUpdate.commitment_id)
        .where(Commitment.id.in_(bindparam("commitments", expanding=True)), ProgressUpdate.id == in_force_id())
    )


def statement_in_force(session: Session, commitment_id: UUID) -> ProgressUpdate | None:
    """The statement that holds of one commitment."""
    return statements_in_force(session, [commitment_id]).get(commitment_id)


def notes_awaiting(session: Session, commitments: Iterable[UUID]) -> dict[UUID, ProgressUpdate]:
    """The latest note of the secretariat that awaits confirmation, by commitment, for those who read it."""
    wanted = sorted(set(commitments), key=str)
    if not wanted:
        return {}
    found = session.scalars(
        select(ProgressUpdate)
        .where(ProgressUpdate.commitment_id.in_(wanted), ProgressUpdate.state == UpdateState.NOTED)
        .order_by(ProgressUpdate.stated_at, ProgressUpdate.entered_at)
    )
    return {one.commitment_id: one for one in found}


def history(session: Session, commitment_id: UUID) -> Sequence[ProgressUpdate]:
    """All that was said of a commitment, latest first, with what stands beside it for this reader."""
    return session.scalars(
        select(ProgressUpdate)
        .where(ProgressUpdate.commitment_id == commitment_id)
        .order_by(ProgressUpdate.stated_at.desc(), ProgressUpdate.entered_at.desc(), ProgressUpdate.id)
    ).all()


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an update, as far as the reader may read it."""

    obstacle: Obstacle | None = None
    support: SupportNeeded | None = None
    note: UpdateNote | None = None
    evidence: tuple[Evidence, ...] = ()
    files: tuple[EvidenceFile, ...] = ()


def without_obstacle(session: Session, said: Iterable[ProgressUpdate]) -> set[UUID]:
    """Of which of these updates one asks what stands in the way: where something is still to come and nothing of it was
    said, as far as the reader reads that."""
    wanted = {one.id for one in said if one.status in STILL_TO_COME}
    if not wanted:
        return wanted
    told = select(Obstacle.update_id).where(Obstacle.update_id.in_(sorted(wanted, key=str)))
    return wanted - set(session.scalars(told))


def beside(session: Session, updates: Iterable[UUID]) -> dict[UUID, Beside]:
    """Obstacle, support needed, note and evidence of updates. Five statements."""
    wanted = sorted(set(updates), key=str)
    if not wanted:
        return {}
    obstacles = {one.update_id: one for one in session.scalars(select(Obstacle).where(Obstacle.update_id.in_(wanted)))}
    support = {
        one.update_id: one for one in session.scalars(select(SupportNeeded).where(SupportNeeded.update_id.in_(wanted)))
    }
    notes = {one.update_id: one for one in session.scalars(select(UpdateNote).where(UpdateNote.update_id.in_(wanted)))}
    evidence: dict[UUID, list[Evidence]] = defaultdict(list)
    for one in session.scalars(
        select(Evidence).where(Evidence.update_id.in_(wanted)).order_by(Evidence.update_id, Evidence.position)
    ):
        evidence[one.update_id].append(one)
    files = files_of(session, wanted)
    return {
        key: Beside(
            obstacles.get(key), support.get(key), notes.get(key), tuple(evidence.get(key, ())), files.get(key, ())
        )
        for key in wanted
    }
