"""Proposals: how one came about, who can answer it, which colleague was asked, which outcome it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, joinedload

from secretariat.core.dates import passed, reached
from secretariat.directory.models import Appointment, RoleName
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.meetings.models import Outcome, OutcomeParty, OutcomeState
from secretariat.plans.models import Consultation, Plan, Proposal
from secretariat.processes.models import Participation, StandingKind


def proposal_of(session: Session, commitment_id: UUID) -> Proposal | None:
    """How a commitment came about, for those who read that."""
    return session.scalar(select(Proposal).where(Proposal.commitment_id == commitment_id))


def consultations_of(session: Session, proposal_id: UUID) -> Sequence[Consultation]:
    """Colleagues who were asked, first to last."""
    return session.scalars(
        select(Consultation).where(Consultation.proposal_id == proposal_id).order_by(Consultation.asked_at)
    ).all()


def consultation_by_id(session: Session, consultation_id: UUID) -> Consultation | None:
    """What was lent to a colleague, with the proposal."""
    return session.scalar(
        select(Consultation).where(Consultation.id == consultation_id).options(joinedload(Consultation.proposal))
    )


def held(one: Row[*tuple[Any, ...]], on: date) -> bool:
    """Whether a participation, of which this row has the days, is held on a day."""
    return reached(one.since, on) and not passed(one.until, on)


def participants_today(session: Session, plan: Plan, on: date) -> set[UUID]:
    """Participants who may make commitments in a plan: the members of its track, for members read commitments.

    Whoever reads the plan and is no member could not read what it had itself committed to.
    """
    rows = session.execute(
        select(Participation.participant_id, Participation.since, Participation.until).where(
            Participation.process_id == plan.process_id,
            Participation.track_id == plan.track_id,
            Participation.participant_id.is_not(None),
            Participation.standing == StandingKind.MEMBER,
        )
    )
    return {one.participant_id for one in rows if held(one, on) and one.participant_id is not None}


def speakers(session: Session, participant_id: UUID, plan: Plan, on: date) -> list[Appointment]:
    """The focal points of a participant on the plan's track today; its alternates where it has no focal point. In a
    network, its representatives."""
    held = [
        one
        for one in session.scalars(
            select(Appointment)
            .where(
                Appointment.hat == f"participant:{participant_id}",
                Appointment.process_id == plan.process_id,
                Appointment.track_id == plan.track_id,
                Appointment.role.in_(SPEAKING_ROLES),
            )
            .order_by(Appointment.since, Appointment.id)
        )
        if one.held_on(on)
    ]
    return [one for one in held if one.role is RoleName.FOCAL_POINT] or held


def outcome_by_id(session: Session, outcome_id: UUID) -> Outcome | None:
    """An outcome that stands, with its process and meeting. A draft or a withdrawn one is proposed to nobody."""
    return session.scalar(
        select(Outcome)
        .where(Outcome.id == outcome_id, Outcome.state == OutcomeState.CONFIRMED)
        .options(joinedload(Outcome.process), joinedload(Outcome.meeting))
    )


def addressed_by(session: Session, outcome: Outcome) -> set[str]:
    """Ids of the participants an outcome speaks to by name, or by whom it was made."""
    found = session.scalars(
        select(OutcomeParty.participant_id).where(
            OutcomeParty.outcome_id == outcome.id, OutcomeParty.participant_id.is_not(None)
        )
    )
    return {str(one) for one in found}
