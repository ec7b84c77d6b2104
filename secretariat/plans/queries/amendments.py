"""What meetings changed of the adopted text."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from secretariat.plans.amendment_models import Amendment


def amendments_of(session: Session, plan_id: UUID) -> Sequence[Amendment]:
    """The amendments of a plan with their meetings, as far as these are read; the latest first. One statement."""
    return session.scalars(
        select(Amendment)
        .where(Amendment.plan_id == plan_id)
        .options(joinedload(Amendment.meeting))
        .order_by(Amendment.adopted_on.desc(), Amendment.recorded_at.desc(), Amendment.id)
    ).all()
