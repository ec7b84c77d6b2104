"""What plans await of participants."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from secretariat.core.awaited import Awaited
from secretariat.core.database import one_of
from secretariat.core.labels import READING_STANDINGS
from secretariat.plans.models import Commitment, CommitmentState, Plan, PlanState, ProgressUpdate, Proposal
from secretariat.plans.queries.carried import NOTHING_BEFORE, Before, earlier_of
from secretariat.plans.queries.progress import in_force_id
from secretariat.plans.queries.proposals import held
from secretariat.plans.status import CLOSED, NOT_YET_REPORTED
from secretariat.processes.models import LifeState, Participation, Process, StandingKind


def awaited_of_participants(
    session: Session, process: UUID | None, participant: UUID | None, on: date
) -> Iterator[Awaited]:
    """What plans await of participants who take part today, in adopted plans of processes at work: a word on every
    commitment that goes on, an answer to every proposal that awaits one.

    Whether a commitment is due, or has gone quiet, follows from `due_on`, `since` and `last_word_on`; which of that is
    worth a word is the follow-up policy's matter. A new due date begins a new `cycle`. A proposal is not due and has no
    due date; its `status` is `ring_asked` where the focal point asked to be rung instead.
    """
    wanted = _going_on(of_process=process is not None, of_participant=participant is not None)
    told: set[UUID] = set()
    rows = session.execute(wanted, {"process": process, "participant": participant}).all()
    before = earlier_of(session, {one.id: one.carried_from_id for one in rows if one.carried_from_id is not None})
    for one in rows:
        if one.id in told or not held(one, on):
            continue
        told.add(one.id)  # a participant can have been entered twice
        if one.state is CommitmentState.PROPOSED and one.proposed_at is not None:
            yield _awaited_answer(one)
        elif one.state is CommitmentState.ACCEPTED and one.status not in CLOSED:
            yield _awaited_word(one, on, before.get(one.id, NOTHING_BEFORE))


def _awaited_word(one: Row[*tuple[Any, ...]], on: date, before: Before) -> Awaited:
    """What was carried over was last spoken of where it stood before; what was asked there is not asked anew."""
    last = before if one.stated_at is None and before.stated_at is not None else one
    return Awaited(
        kind="commitment",
        subject=one.id,
        process=one.process_id,
        track=one.track_id,
        participant=one.participant_id,
        title=one.words,
        since=one.accepted_at.date() if one.accepted_at else on,
        due_on=one.due_on,
        last_word=last.step,
        last_word_on=last.stated_at.date() if last.stated_at else None,
        status=one.status.value if one.status else NOT_YET_REPORTED,
        cycle=one.due_on.isoformat() if one.due_on else "",
        label_id=one.label_id,
        last_word_label_id=last.step_label_id,
        within=one.plan_id,
        earlier=before.ids,
    )


def _awaited_answer(one: Row[*tuple[Any, ...]]) -> Awaited:
    return Awaited(
        kind="proposal",
        subject=one.id,
        process=one.process_id,
        track=one.track_id,
        participant=one.participant_id,
        title=one.words,
        since=one.proposed_at.date(),
        status="ring_asked" if one.ring_asked_at else "proposed",
        label_id=one.label_id,
        within=one.plan_id,
    )


@cache
def _going_on(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Commitments in plans at work, with the statement that holds and the proposal that awaits an answer, as far as
    these are read; once for each participation of their participant.

    Columns, and built once: the first page of everybody asks for it, and building takes longer than asking.
    """
    statement = (
        select(
            Commitment.id,
            Commitment.words,
            Commitment.participant_id,
            Commitment.accepted_at,
            Commitment.due_on,
            Commitment.label_id,
            Commitment.state,
            Commitment.carried_from_id,
            Commitment.plan_id,
            Plan.process_id,
            Plan.track_id,
            ProgressUpdate.status,
            ProgressUpdate.step,
            ProgressUpdate.stated_at,
            ProgressUpdate.label_id.label("step_label_id"),
            Proposal.proposed_at,
            Proposal.ring_asked_at,
            Participation.since,
            Participation.until,
        )
        .join(Plan, Plan.id == Commitment.plan_id)
        .join(Process, Process.id == Plan.process_id)
        .join(
            Participation,
            (Participation.participant_id == Commitment.participant_id)
            & (Participation.process_id == Plan.process_id)
            & (Participation.track_id == Plan.track_id)
            & one_of(Participation.standing, map(StandingKind, sorted(READING_STANDINGS))),
        )
        .outerjoin(ProgressUpdate, ProgressUpdate.id == in_force_id())
        .outerjoin(
            Proposal,
            (Proposal.commitment_id == Commitment.id)
            & (Commitment.state == CommitmentState.PROPOSED)
            & Proposal.answer.is_(None)
            & Proposal.taken_back_at.is_(None),
        )
        .where(
            one_of(Commitment.state, (CommitmentState.ACCEPTED, CommitmentState.PROPOSED)),
            Commitment.carried_at.is_(None),
            Plan.state == PlanState.ADOPTED,
            Process.state == LifeState.ACTIVE,
        )
        .order_by(Commitment.due_on, Commitment.id)
    )
    if of_process:
        statement = statement.where(Plan.process_id == bindparam("process", type_=Plan.process_id.type))
    if of_participant:
        mine = bindparam("participant", type_=Commitment.participant_id.type)
        statement = statement.where(Commitment.participant_id == mine)
    return statement
