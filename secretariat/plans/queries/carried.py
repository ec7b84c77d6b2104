"""Commitments that go on from one plan into the next: what each was before, and where it stands now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from secretariat.core.localtext import LocalText
from secretariat.plans.models import Commitment, CommitmentState, Plan, PlanState, ProgressUpdate
from secretariat.plans.queries.progress import in_force_id, status_in_force
from secretariat.plans.status import CLOSED


@dataclass(frozen=True, slots=True)
class Before:
    """What a commitment was in earlier plans: its ids there, the latest first, and what was last said there, as far as
    that is read."""

    ids: tuple[UUID, ...] = ()
    step: LocalText | None = None
    stated_at: datetime | None = None
    step_label_id: int | None = None


NOTHING_BEFORE = Before()


def earlier_of(session: Session, carried: Mapping[UUID, UUID]) -> dict[UUID, Before]:
    """By commitment what it was before; `carried` gives the one directly before. A statement for each plan back."""
    found = {key: Before((before,)) for key, before in carried.items()}
    going_back = dict(carried)
    while going_back:
        wanted = select(
            Commitment.id,
            Commitment.carried_from_id,
            ProgressUpdate.step,
            ProgressUpdate.stated_at,
            ProgressUpdate.label_id,
        ).outerjoin(ProgressUpdate, ProgressUpdate.id == in_force_id())
        rows = session.execute(wanted.where(Commitment.id.in_(set(going_back.values()))))
        before = {one.id: one for one in rows}
        further: dict[UUID, UUID] = {}
        for key, last in going_back.items():
            one, known = before.get(last), found[key]
            if one is None:
                continue
            said = (known.step, known.stated_at, known.step_label_id)
            if known.stated_at is None:
                said = (one.step, one.stated_at, one.label_id)
            ids = known.ids
            if one.carried_from_id is not None:
                further[key] = one.carried_from_id
                ids = (*ids, one.carried_from_id)
            found[key] = Before(ids, *said)
        going_back = further
    return found


def earlier_commitments(session: Session, commitment: Commitment) -> Sequence[Commitment]:
    """What a commitment was in earlier plans, the latest first, as far as each is read."""
    found: list[Commitment] = []
    before = commitment.carried_from_id
    while before is not None:
        one = session.scalar(
            select(Commitment).where(Commitment.id == before).options(joinedload(Commitment.plan, innerjoin=True))
        )
        if one is None:
            break
        found.append(one)
        before = one.carried_from_id
    return found


def carried_on(session: Session, commitment_id: UUID) -> Commitment | None:
    """Where a commitment went on, as far as that is read."""
    return session.scalar(
        select(Commitment)
        .where(Commitment.carried_from_id == commitment_id)
        .options(joinedload(Commitment.plan, innerjoin=True))
    )


def open_in_other_plans(session: Session, plan: Plan) -> Sequence[Commitment]:
    """Commitments of other plans of the same track that go on: neither completed nor withdrawn nor carried over."""
    status = status_in_force()
    return session.scalars(
        select(Commitment)
        .join(Plan, Plan.id == Commitment.plan_id)
        .where(
            Plan.process_id == plan.process_id,
            Plan.track_id == plan.track_id,
            Plan.id != plan.id,
            Plan.state.in_((PlanState.ADOPTED, PlanState.CLOSED)),
            Commitment.state == CommitmentState.ACCEPTED,
            Commitment.carried_at.is_(None),
            status.is_(None) | status.not_in(list(CLOSED)),
        )
        .options(joinedload(Commitment.plan, innerjoin=True))
        .order_by(Plan.adopted_on, Plan.id, Commitment.place, Commitment.number, Commitment.id)
    ).all()
