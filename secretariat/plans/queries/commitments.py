"""Commitments, what was changed of them and who is named beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from secretariat.plans.models import Commitment, CommitmentPartner, CommitmentRevision, CommitmentState, Plan
from secretariat.plans.phase_models import CommitmentPhase

IN_PLAN = (CommitmentState.ACCEPTED, CommitmentState.WITHDRAWN)
"""What counts. A proposal does not."""


def commitment_by_id(session: Session, commitment_id: UUID) -> Commitment | None:
    """A commitment or proposal with its plan and the part it stands in."""
    return session.scalar(
        select(Commitment)
        .where(Commitment.id == commitment_id)
        .options(
            joinedload(Commitment.plan, innerjoin=True).joinedload(Plan.process, innerjoin=True),
            joinedload(Commitment.plan, innerjoin=True).joinedload(Plan.track, innerjoin=True),
            joinedload(Commitment.area),
            joinedload(Commitment.objective),
            joinedload(Commitment.activity),
        )
    )


def revisions(session: Session, commitments: Iterable[UUID]) -> Sequence[CommitmentRevision]:
    """Changes of words, date or lead, latest first."""
    wanted = sorted(set(commitments), key=str)
    if not wanted:
        return []
    return session.scalars(
        select(CommitmentRevision)
        .where(CommitmentRevision.commitment_id.in_(wanted))
        .order_by(CommitmentRevision.revised_at.desc(), CommitmentRevision.id)
    ).all()


def partners(session: Session, commitments: Iterable[UUID]) -> dict[UUID, list[CommitmentPartner]]:
    """Partners named beside commitments, in their order."""
    wanted, found = sorted(set(commitments), key=str), defaultdict[UUID, list[CommitmentPartner]](list)
    if wanted:
        for one in session.scalars(
            select(CommitmentPartner)
            .where(CommitmentPartner.commitment_id.in_(wanted))
            .order_by(CommitmentPartner.position, CommitmentPartner.id)
        ):
            found[one.commitment_id].append(one)
    return found


def phase_of(session: Session, commitment_id: UUID) -> CommitmentPhase | None:
    """The phase a commitment was put under, for the officers who read that."""
    return session.scalar(select(CommitmentPhase).where(CommitmentPhase.commitment_id == commitment_id))


def commitments_in_parts(session: Session, plan_id: UUID, place: str) -> Sequence[Commitment]:
    """Commitments in the plan and proposals that stand at this place of its text or below it, in their order."""
    wanted = select(Commitment).where(
        Commitment.plan_id == plan_id,
        Commitment.place.startswith(place),
        Commitment.state.in_((*IN_PLAN, CommitmentState.PROPOSED)),
    )
    return session.scalars(wanted.order_by(Commitment.place, Commitment.number, Commitment.id)).all()
