"""Reads about tables that are brought into plans, and of what came in by them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from secretariat.plans.import_models import ImportHabit, PlanImport
from secretariat.plans.models import Activity, Area, Commitment, Consultation, Objective, Plan, Proposal

AT_ONCE = 500
"""So many are asked for in one statement."""


def import_by_id(session: Session, import_id: UUID) -> PlanImport | None:
    """A table that is being brought in, with its plan, process and track."""
    return session.scalar(
        select(PlanImport)
        .where(PlanImport.id == import_id)
        .options(
            joinedload(PlanImport.plan, innerjoin=True).joinedload(Plan.process, innerjoin=True),
            joinedload(PlanImport.plan, innerjoin=True).joinedload(Plan.track, innerjoin=True),
            joinedload(PlanImport.process, innerjoin=True),
            joinedload(PlanImport.track, innerjoin=True),
        )
    )


def imports_of(session: Session, plan_id: UUID) -> Sequence[PlanImport]:
    """Tables the reader brought into a plan, the latest first."""
    wanted = select(PlanImport).where(PlanImport.plan_id == plan_id)
    return session.scalars(wanted.order_by(PlanImport.asked_at.desc(), PlanImport.id).limit(50)).all()


def kept_of(session: Session, import_id: UUID) -> bytes | None:
    """What was read of the file."""
    return session.scalar(select(PlanImport.kept).where(PlanImport.id == import_id))


def habit_of(session: Session, track_id: UUID) -> ImportHabit | None:
    """How tables of a track were read the last time."""
    return session.scalar(select(ImportHabit).where(ImportHabit.track_id == track_id))


def last_positions(session: Session, plan_id: UUID) -> dict[str, int]:
    """The last position given directly below each place of a plan; below nothing, under an empty one."""
    last: dict[str, int] = {}
    for kind in (Area, Objective, Activity):
        for place, position in session.execute(select(kind.place, kind.position).where(kind.plan_id == plan_id)):
            above = "".join(f"{one}." for one in place.rstrip(".").split(".")[:-1])
            last[above] = max(last.get(above, 0), position)
    return last


def proposals_among(
    session: Session, commitments: Sequence[UUID]
) -> Iterable[tuple[Commitment, Proposal | None, bool]]:
    """These commitments as far as they are there, with how each came about and whether a colleague was asked of it."""
    for begin in range(0, len(commitments), AT_ONCE):
        keys = list(commitments[begin : begin + AT_ONCE])
        asked = set(
            session.scalars(
                select(Proposal.commitment_id)
                .join(Consultation, Consultation.proposal_id == Proposal.id)
                .where(Proposal.commitment_id.in_(keys))
            )
        )
        of = {
            one.commitment_id: one
            for one in session.scalars(
                select(Proposal).where(Proposal.commitment_id.in_(keys)).options(selectinload(Proposal.consultations))
            )
        }
        there = select(Commitment).where(Commitment.id.in_(keys)).options(selectinload(Commitment.partners))
        for one in session.scalars(there):
            yield one, of.get(one.id), one.id in asked
