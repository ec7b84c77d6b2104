"""The page of a plan: its commitments under filters, in the order of its text, and how many stand where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from secretariat.core.database import one_of
from secretariat.plans.models import Commitment, CommitmentState
from secretariat.plans.queries.commitments import IN_PLAN
from secretariat.plans.queries.progress import status_in_force
from secretariat.plans.status import NOT_YET_REPORTED, Status

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to. `status` is a status, `not_yet_reported` or `proposed`; `due` soon or reached;
    `due_from` and `due_until` are days, both within; `objectives`, where given, are those it stands in."""

    area_id: UUID | None = None
    participant_id: UUID | None = None
    status: str = ""
    due: str = ""
    due_from: date | None = None
    due_until: date | None = None
    objectives: frozenset[UUID] | None = None

    def __bool__(self) -> bool:
        return self != Filters()


S = TypeVar("S", bound=Select[Any])


def narrowed(statement: S, plan_id: UUID, filters: Filters, on: date) -> S:
    """A statement about commitments, under these filters."""
    statement = statement.where(Commitment.plan_id == plan_id)
    if filters.area_id:
        statement = statement.where(Commitment.area_id == filters.area_id)
    if filters.participant_id:
        statement = statement.where(Commitment.participant_id == filters.participant_id)
    if filters.due == "soon":
        statement = statement.where(Commitment.due_on >= on, Commitment.due_on <= on + SOON)
    if filters.due == "reached":
        statement = statement.where(Commitment.due_on <= on)
    if filters.due_from:
        statement = statement.where(Commitment.due_on >= filters.due_from)
    if filters.due_until:
        statement = statement.where(Commitment.due_on <= filters.due_until)
    if filters.objectives is not None:
        statement = statement.where(Commitment.objective_id.in_(filters.objectives))
    if filters.status == NOT_YET_REPORTED:
        statement = statement.where(status_in_force().is_(None), Commitment.state != CommitmentState.PROPOSED)
    elif filters.status and filters.status != CommitmentState.PROPOSED.value:
        statement = statement.where(status_in_force() == Status(filters.status))
    return statement


def commitments_in_table(session: Session, plan_id: UUID, filters: Filters, on: date) -> int:
    """How many commitments there are under these filters. Proposals are not counted."""
    if filters.status == CommitmentState.PROPOSED.value:
        return 0
    return _count(session, narrowed(select(Commitment), plan_id, filters, on).where(Commitment.state.in_(IN_PLAN)))


def _count(session: Session, statement: Select[Commitment]) -> int:
    return session.scalar(statement.with_only_columns(func.count(Commitment.id)).order_by(None)) or 0


def table_rows(
    session: Session, plan_id: UUID, filters: Filters, on: date, *, offset: int = 0, limit: int | None = None
) -> Sequence[Commitment]:
    """Commitments in the order of the plan, `limit` of them after `offset`."""
    if filters.status == CommitmentState.PROPOSED.value:
        return []
    statement = narrowed(select(Commitment), plan_id, filters, on).where(Commitment.state.in_(IN_PLAN))
    return session.scalars(_in_order(statement).offset(offset).limit(limit)).all()


def proposals_in_table(session: Session, plan_id: UUID, filters: Filters, on: date) -> Sequence[Commitment]:
    """Proposals that await an answer, for those who read them, in the order of the plan."""
    if filters.status not in ("", CommitmentState.PROPOSED.value):
        return []
    statement = narrowed(select(Commitment), plan_id, filters, on).where(Commitment.state == CommitmentState.PROPOSED)
    return session.scalars(_in_order(statement)).all()


def _in_order(statement: Select[Commitment]) -> Select[Commitment]:
    return statement.order_by(Commitment.place, Commitment.number, Commitment.id)


def standing_by_area(session: Session, plan_id: UUID) -> dict[UUID | None, dict[str, int]]:
    """How many commitments of each area stand where, by status or `not_yet_reported`. One statement."""
    status = status_in_force()
    rows = session.execute(
        select(Commitment.area_id, status.label("status"), func.count(Commitment.id))
        .where(Commitment.plan_id == plan_id, Commitment.state.in_(IN_PLAN))
        .group_by(Commitment.area_id, status)
    )
    counts: dict[UUID | None, dict[str, int]] = defaultdict(dict)
    for area_id, found, number in rows:
        counts[area_id][Status(found).value if found else NOT_YET_REPORTED] = number
    return counts


def counted_in_table(session: Session, plan_id: UUID) -> dict[UUID, int]:
    """Participants as `participants_in_table` has them, with how many commitments of each stand in the plan: where
    nothing is narrowed their sum is the total, and nobody has to count again. One statement."""
    return {row[0]: row[1] for row in session.execute(_COUNTED, {"plan_id": plan_id})}


_COUNTED = (
    select(Commitment.participant_id, func.count(case((one_of(Commitment.state, IN_PLAN), 1))))
    .where(
        Commitment.plan_id == bindparam("plan_id", type_=Commitment.plan_id.type),
        one_of(Commitment.state, (*IN_PLAN, CommitmentState.PROPOSED)),
    )
    .group_by(Commitment.participant_id)
)


def participants_in_table(session: Session, plan_id: UUID) -> set[UUID]:
    """Participants with a commitment or a proposal this reader may read."""
    return set(
        session.scalars(
            select(Commitment.participant_id)
            .where(
                Commitment.plan_id == plan_id,
                or_(Commitment.state.in_(IN_PLAN), Commitment.state == CommitmentState.PROPOSED),
            )
            .distinct()
        )
    )
