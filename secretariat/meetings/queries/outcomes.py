"""Outcomes with whom they speak to."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from secretariat.meetings.models import (
    Outcome,
    OutcomeState,
)


def outcomes_of(session: Session, meeting: UUID) -> Sequence[Outcome]:
    """Outcomes that stand or wait for the chair, with whom they speak to, in order."""
    return session.scalars(
        select(Outcome)
        .where(Outcome.meeting_id == meeting, Outcome.state != OutcomeState.WITHDRAWN)
        .options(selectinload(Outcome.parties), selectinload(Outcome.statements))
        .order_by(Outcome.position, Outcome.id)
    ).all()


def outcome_by_id(session: Session, outcome: UUID) -> Outcome | None:
    return session.scalar(
        select(Outcome)
        .where(Outcome.id == outcome)
        .options(
            joinedload(Outcome.meeting),
            joinedload(Outcome.item),
            joinedload(Outcome.sent_to),
            selectinload(Outcome.parties),
            selectinload(Outcome.statements),
        )
    )


def outcomes_without_meeting(session: Session, process: UUID) -> Sequence[Outcome]:
    """What sources say a process produced without naming a meeting, the latest first, the undated last."""
    found = session.scalars(
        select(Outcome)
        .where(Outcome.process_id == process, Outcome.meeting_id.is_(None), Outcome.state == OutcomeState.CONFIRMED)
        .options(selectinload(Outcome.parties))
    )
    dated: list[Outcome] = sorted(found, key=lambda one: (str(one.dated or ""), str(one.text)), reverse=True)
    return dated
