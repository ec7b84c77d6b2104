"""Support asked for and given, as far as the reader may read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, aliased, joinedload

from secretariat.plans.models import Commitment, Plan, ProgressUpdate, SupportNeeded
from secretariat.plans.queries.commitments import IN_PLAN
from secretariat.plans.status import UpdateState
from secretariat.plans.support_models import GivenState, SupportGiven
from secretariat.processes.models import LifeState, Process


@dataclass(frozen=True, slots=True)
class Asked:
    """A need as a list shows it, with what was given for it."""

    need: SupportNeeded
    update: ProgressUpdate
    commitment: Commitment
    given: Sequence[SupportGiven]


def support_in(session: Session, plan_id: UUID) -> list[Asked]:
    """What participants said would help, in the order of the plan, with what was given for it. Two statements.

    A statement that was corrected is out of force: its need is listed only where something was given for it.
    """
    correction = aliased(ProgressUpdate)
    is_corrected = (
        select(correction.id)
        .where(correction.correction_of_id == ProgressUpdate.id, correction.state == UpdateState.CONFIRMED)
        .exists()
    )
    rows = session.execute(
        select(SupportNeeded, ProgressUpdate, Commitment, is_corrected.label("is_corrected"))
        .join(ProgressUpdate, ProgressUpdate.id == SupportNeeded.update_id)
        .join(Commitment, Commitment.id == ProgressUpdate.commitment_id)
        .where(
            Commitment.plan_id == plan_id,
            Commitment.state.in_(IN_PLAN),
            ProgressUpdate.state == UpdateState.CONFIRMED,
        )
        .order_by(Commitment.place, Commitment.number, ProgressUpdate.stated_at, SupportNeeded.id)
    ).all()
    given = _given_in(session, plan_id)
    return [
        Asked(need, update, commitment, given.get(need.id, ()))
        for need, update, commitment, corrected in rows
        if not corrected or need.id in given
    ]


def _given_in(session: Session, plan_id: UUID) -> Mapping[UUID, Sequence[SupportGiven]]:
    found: dict[UUID, list[SupportGiven]] = defaultdict(list)
    for one in session.scalars(
        select(SupportGiven)
        .join(SupportNeeded, SupportNeeded.id == SupportGiven.need_id)
        .join(ProgressUpdate, ProgressUpdate.id == SupportNeeded.update_id)
        .join(Commitment, Commitment.id == ProgressUpdate.commitment_id)
        .where(Commitment.plan_id == plan_id)
        .order_by(SupportGiven.noted_at, SupportGiven.id)
    ):
        found[one.need_id].append(one)
    return found


def given_for(session: Session, needs: Iterable[UUID]) -> Mapping[UUID, Sequence[SupportGiven]]:
    """What was given for these needs, in the order in which it was written down. One
    statement where there are any."""
    found: dict[UUID, list[SupportGiven]] = defaultdict(list)
    keys = sorted(set(needs), key=str)
    if not keys:
        return found
    wanted = select(SupportGiven).where(SupportGiven.need_id.in_(keys))
    for one in session.scalars(wanted.order_by(SupportGiven.noted_at, SupportGiven.id)):
        found[one.need_id].append(one)
    return found


def need_by_id(session: Session, need_id: UUID) -> SupportNeeded | None:
    """What a participant has said would help, with the plan it stands in; what it has not confirmed that it said is
    none."""
    found = session.scalar(
        select(SupportNeeded)
        .where(SupportNeeded.id == need_id)
        .options(_with_plan(joinedload(SupportNeeded.update, innerjoin=True)))
    )
    if found is None or found.update.state is not UpdateState.CONFIRMED:
        return None
    return found if found.update.commitment.state in IN_PLAN else None


def _with_plan(option: Any) -> Any:
    """Loads a need together with the plan it stands in; `option` leads to its update."""
    to_plan = option.joinedload(ProgressUpdate.commitment, innerjoin=True).joinedload(Commitment.plan, innerjoin=True)
    return to_plan.options(joinedload(Plan.process, innerjoin=True), joinedload(Plan.track, innerjoin=True))


def given_by_id(session: Session, given_id: UUID) -> SupportGiven | None:
    """One line of what was given."""
    wanted = select(SupportGiven).where(SupportGiven.id == given_id)
    return session.scalar(
        wanted.options(
            _with_plan(joinedload(SupportGiven.need, innerjoin=True).joinedload(SupportNeeded.update, innerjoin=True))
        )
    )


@dataclass(frozen=True, slots=True)
class Reported:
    """What was given, as a report tells it."""

    number: str
    participant: UUID
    words: Any
    giver: UUID | None
    giver_text: str


def given_between(session: Session, plan_id: UUID, begins: datetime, ends: datetime) -> list[Reported]:
    """What participants confirmed in a period that they were given, in the order of the plan. One statement."""
    rows = session.execute(
        select(SupportGiven, Commitment)
        .join(SupportNeeded, SupportNeeded.id == SupportGiven.need_id)
        .join(ProgressUpdate, ProgressUpdate.id == SupportNeeded.update_id)
        .join(Commitment, Commitment.id == ProgressUpdate.commitment_id)
        .where(
            Commitment.plan_id == plan_id,
            Commitment.state.in_(IN_PLAN),
            SupportGiven.state == GivenState.CONFIRMED,
            SupportGiven.answered_at >= begins,
            SupportGiven.answered_at < ends,
        )
        .order_by(Commitment.place, Commitment.number, SupportGiven.answered_at, SupportGiven.id)
    )
    return [
        Reported(commitment.shown_number, commitment.participant_id, one.words, one.giver_id, one.giver_text)
        for one, commitment in rows
    ]


@cache
def rows_of_given_awaiting(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """What was written down as given and awaits the word of who had asked. Built once: every first page asks."""
    wanted = (
        select(
            SupportGiven.id,
            SupportGiven.words,
            SupportGiven.label_id,
            SupportGiven.noted_at,
            Commitment.participant_id,
            Plan.process_id,
            Plan.track_id,
        )
        .join(SupportNeeded, SupportNeeded.id == SupportGiven.need_id)
        .join(ProgressUpdate, ProgressUpdate.id == SupportNeeded.update_id)
        .join(Commitment, Commitment.id == ProgressUpdate.commitment_id)
        .join(Plan, Plan.id == Commitment.plan_id)
        .join(Process, Process.id == Plan.process_id)
        .where(SupportGiven.state == GivenState.NOTED, Process.state == LifeState.ACTIVE)
    )
    if of_process:
        wanted = wanted.where(Plan.process_id == bindparam("process", type_=Plan.process_id.type))
    if of_participant:
        mine = bindparam("participant", type_=Commitment.participant_id.type)
        wanted = wanted.where(Commitment.participant_id == mine)
    return wanted
