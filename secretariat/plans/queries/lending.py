"""Updates lent to colleagues and still open."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from secretariat.plans.models import Commitment, LentUpdate


def lent_update(session: Session, key: UUID) -> LentUpdate | None:
    """What was lent, with its commitment and plan."""
    return session.scalar(
        select(LentUpdate)
        .where(LentUpdate.id == key)
        .options(joinedload(LentUpdate.commitment).joinedload(Commitment.plan))
    )


def updates_lent(session: Session, commitments: Iterable[UUID]) -> dict[UUID, list[LentUpdate]]:
    """What is lent and still open, by commitment, in the order in which it was lent."""
    found: dict[UUID, list[LentUpdate]] = {}
    wanted = select(LentUpdate).where(LentUpdate.commitment_id.in_(list(commitments)), LentUpdate.closed_at.is_(None))
    for one in session.scalars(wanted.order_by(LentUpdate.lent_at, LentUpdate.id)):
        found.setdefault(one.commitment_id, []).append(one)
    return found
