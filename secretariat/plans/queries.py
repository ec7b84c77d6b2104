"""Reads of plans, commitments and updates. Nouns; each a constant number of statements, however many rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from secretariat.core.awaited import Awaited
from secretariat.core.database import one_of
from secretariat.core.dates import passed, reached
from secretariat.core.labels import READING_STANDINGS
from secretariat.directory.models import Appointment, RoleName
from secretariat.meetings.models import Meeting, MeetingState, Outcome, OutcomeParty, OutcomeState
from secretariat.plans.models import (
    Activity,
    Area,
    Commitment,
    CommitmentPartner,
    CommitmentRevision,
    CommitmentState,
    Consultation,
    Evidence,
    LentUpdate,
    Objective,
    Obstacle,
    Plan,
    PlanState,
    ProgressUpdate,
    Proposal,
    SupportNeeded,
    UpdateNote,
)
from secretariat.plans.status import CLOSED, NOT_YET_REPORTED, Status, UpdateState
from secretariat.processes.models import LifeState, Participation, Process, StandingKind

Part = Area | Objective | Activity
IN_PLAN = (CommitmentState.ACCEPTED, CommitmentState.WITHDRAWN)
"""What counts. A proposal does not."""
SOON = timedelta(days=30)


# --- one thing ---------------------------------------------------------------------------------------------------


def plan_by_id(session: Session, plan_id: UUID) -> Plan | None:
    """A plan with its process and track; none where the reader may not see these (they are joined inwards)."""
    return session.scalar(
        select(Plan)
        .where(Plan.id == plan_id)
        .options(joinedload(Plan.process, innerjoin=True), joinedload(Plan.track, innerjoin=True))
    )


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


def update_by_id(session: Session, update_id: UUID) -> ProgressUpdate | None:
    """An update with its commitment and plan."""
    return session.scalar(
        select(ProgressUpdate)
        .where(ProgressUpdate.id == update_id)
        .options(
            joinedload(ProgressUpdate.commitment, innerjoin=True)
            .joinedload(Commitment.plan, innerjoin=True)
            .joinedload(Plan.process, innerjoin=True)
        )
    )


def proposal_of(session: Session, commitment_id: UUID) -> Proposal | None:
    """How a commitment came about, for those who read that."""
    return session.scalar(select(Proposal).where(Proposal.commitment_id == commitment_id))


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


def consultations_of(session: Session, proposal_id: UUID) -> Sequence[Consultation]:
    """Colleagues who were asked, first to last."""
    return session.scalars(
        select(Consultation).where(Consultation.proposal_id == proposal_id).order_by(Consultation.asked_at)
    ).all()


def plans_of(session: Session, process_id: UUID) -> Sequence[Plan]:
    """The plans of a process, the latest period first."""
    return session.scalars(
        select(Plan)
        .where(Plan.process_id == process_id)
        .options(joinedload(Plan.process), joinedload(Plan.track))
        .order_by(Plan.period_from.desc(), Plan.id)
    ).all()


def has_plan(session: Session, process_id: UUID) -> bool:
    """Whether this reader has any plan of a process to read."""
    return session.scalar(select(Plan.id).where(Plan.process_id == process_id).limit(1)) is not None


def plans_in(session: Session, processes: Iterable[UUID]) -> Sequence[Plan]:
    """The plans of several processes that are not closed, the latest period first."""
    return session.scalars(
        select(Plan)
        .where(Plan.process_id.in_(sorted(processes, key=str)), Plan.state != PlanState.CLOSED)
        .options(joinedload(Plan.process), joinedload(Plan.track))
        .order_by(Plan.period_from.desc(), Plan.id)
    ).all()


# --- the text of a plan -------------------------------------------------------------------------------------------


def outline(session: Session, plan_id: UUID) -> list[Part]:
    """Areas, objectives and activities in the order of the paper. Three statements."""
    return outlines(session, [plan_id])[plan_id]


def outlines(session: Session, plans: Iterable[UUID]) -> dict[UUID, list[Part]]:
    """The outline of each of these plans. Three statements."""
    keys = list(plans)
    found: dict[UUID, list[Part]] = {key: [] for key in keys}
    parts: list[Part] = [
        *session.scalars(select(Area).where(Area.plan_id.in_(keys))),
        *session.scalars(select(Objective).where(Objective.plan_id.in_(keys))),
        *session.scalars(select(Activity).where(Activity.plan_id.in_(keys))),
    ]
    for part in parts:
        found[part.plan_id].append(part)
    return {key: sorted(parts, key=lambda part: part.place) for key, parts in found.items()}


def origins(session: Session, parts: Iterable[Part]) -> dict[UUID, UUID]:
    """By part, the meeting of the outcome it comes from, as far as the reader reads that outcome. One statement; none
    where no part comes from any."""
    told = {one.id: one.outcome_id for one in parts if not isinstance(one, Area) and one.outcome_id is not None}
    if not told:
        return {}
    wanted = select(Outcome.id, Outcome.meeting_id).where(Outcome.id.in_(sorted(set(told.values()), key=str)))
    meetings = {row.id: row.meeting_id for row in session.execute(wanted) if row.meeting_id is not None}
    return {part: meetings[outcome] for part, outcome in told.items() if outcome in meetings}


def part_by_id(session: Session, plan_id: UUID, part_id: UUID) -> Part | None:
    """An area, objective or activity of this plan."""
    return next((part for part in outline(session, plan_id) if part.id == part_id), None)


def parts_directly_in(session: Session, plan_id: UUID, above: str) -> int:
    """The last position given directly below a place."""
    last = 0
    for kind in (Area, Objective, Activity):
        found = session.execute(
            select(kind.place, kind.position).where(kind.plan_id == plan_id, kind.place.startswith(above))
        )
        last = max([last, *(position for place, position in found if place.count(".") == above.count(".") + 1)])
    return last


def numbers_taken(session: Session, plan_id: UUID) -> set[str]:
    """Numbers of areas, objectives and activities of a plan."""
    return {
        number
        for kind in (Area, Objective, Activity)
        for number in session.scalars(select(kind.number).where(kind.plan_id == plan_id))
    }


# --- who can commit -----------------------------------------------------------------------------------------------


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
    return {one.participant_id for one in rows if _held(one, on) and one.participant_id is not None}


def _held(one: Row[*tuple[Any, ...]], on: date) -> bool:
    """Whether a participation, of which this row has the days, is held on a day."""
    return reached(one.since, on) and not passed(one.until, on)


def speakers(session: Session, participant_id: UUID, plan: Plan, on: date) -> list[Appointment]:
    """The focal points of a participant on the plan's track today; its alternates where it has no focal point."""
    held = [
        one
        for one in session.scalars(
            select(Appointment)
            .where(
                Appointment.hat == f"participant:{participant_id}",
                Appointment.process_id == plan.process_id,
                Appointment.track_id == plan.track_id,
                Appointment.role.in_([RoleName.FOCAL_POINT, RoleName.ALTERNATE]),
            )
            .order_by(Appointment.since, Appointment.id)
        )
        if one.held_on(on)
    ]
    return [one for one in held if one.role is RoleName.FOCAL_POINT] or held


# --- what was said ------------------------------------------------------------------------------------------------


def _in_force_id(*conditions: ColumnElement[bool]) -> ScalarSelect[UUID]:
    """The statement that holds of each commitment of the statement around: as `status.in_force`, in SQL."""
    return (
        select(ProgressUpdate.id)
        .where(
            ProgressUpdate.commitment_id == Commitment.id,
            ProgressUpdate.state == UpdateState.CONFIRMED,
            *conditions,
        )
        .order_by(ProgressUpdate.stated_at.desc(), ProgressUpdate.entered_at.desc(), ProgressUpdate.id)
        .limit(1)
        .correlate(Commitment)
        .scalar_subquery()
    )


def _status_in_force() -> ScalarSelect[Status]:
    return (
        select(ProgressUpdate.status)
        .where(ProgressUpdate.commitment_id == Commitment.id, ProgressUpdate.state == UpdateState.CONFIRMED)
        .order_by(ProgressUpdate.stated_at.desc(), ProgressUpdate.entered_at.desc(), ProgressUpdate.id)
        .limit(1)
        .correlate(Commitment)
        .scalar_subquery()
    )


def statements_in_force(session: Session, commitments: Iterable[UUID]) -> dict[UUID, ProgressUpdate]:
    """The statement that holds, by commitment; those that have none are not yet reported. One statement."""
    wanted = sorted(set(commitments), key=str)
    if not wanted:
        return {}
    found = session.scalars(_in_force(), {"commitments": wanted})
    return {one.commitment_id: one for one in found}


@cache
def _in_force() -> Select[ProgressUpdate]:
    return (
        select(ProgressUpdate)
        .join(Commitment, Commitment.id == ProgressUpdate.commitment_id)
        .where(
            Commitment.id.in_(bindparam("commitments", expanding=True)),
            ProgressUpdate.id == _in_force_id(),
        )
    )


def statement_in_force(session: Session, commitment_id: UUID) -> ProgressUpdate | None:
    """The statement that holds of one commitment."""
    return statements_in_force(session, [commitment_id]).get(commitment_id)


def notes_awaiting(session: Session, commitments: Iterable[UUID]) -> dict[UUID, ProgressUpdate]:
    """The latest note of the secretariat that awaits confirmation, by commitment, for those who read it."""
    wanted = sorted(set(commitments), key=str)
    if not wanted:
        return {}
    found = session.scalars(
        select(ProgressUpdate)
        .where(ProgressUpdate.commitment_id.in_(wanted), ProgressUpdate.state == UpdateState.NOTED)
        .order_by(ProgressUpdate.stated_at, ProgressUpdate.entered_at)
    )
    return {one.commitment_id: one for one in found}


def history(session: Session, commitment_id: UUID) -> Sequence[ProgressUpdate]:
    """All that was said of a commitment, latest first, with what stands beside it for this reader."""
    return session.scalars(
        select(ProgressUpdate)
        .where(ProgressUpdate.commitment_id == commitment_id)
        .order_by(ProgressUpdate.stated_at.desc(), ProgressUpdate.entered_at.desc(), ProgressUpdate.id)
    ).all()


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an update, as far as the reader may read it."""

    obstacle: Obstacle | None = None
    support: SupportNeeded | None = None
    note: UpdateNote | None = None
    evidence: tuple[Evidence, ...] = ()


def beside(session: Session, updates: Iterable[UUID]) -> dict[UUID, Beside]:
    """Obstacle, support needed, note and evidence of updates. Four statements."""
    wanted = sorted(set(updates), key=str)
    if not wanted:
        return {}
    obstacles = {one.update_id: one for one in session.scalars(select(Obstacle).where(Obstacle.update_id.in_(wanted)))}
    support = {
        one.update_id: one for one in session.scalars(select(SupportNeeded).where(SupportNeeded.update_id.in_(wanted)))
    }
    notes = {one.update_id: one for one in session.scalars(select(UpdateNote).where(UpdateNote.update_id.in_(wanted)))}
    evidence: dict[UUID, list[Evidence]] = defaultdict(list)
    for one in session.scalars(
        select(Evidence).where(Evidence.update_id.in_(wanted)).order_by(Evidence.update_id, Evidence.position)
    ):
        evidence[one.update_id].append(one)
    return {
        key: Beside(obstacles.get(key), support.get(key), notes.get(key), tuple(evidence.get(key, ())))
        for key in wanted
    }


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


# --- the table ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filters:
    """What the table is narrowed to. `status` is a status, `not_yet_reported` or `proposed`; `due` soon or reached."""

    area_id: UUID | None = None
    participant_id: UUID | None = None
    status: str = ""
    due: str = ""
    words: str = ""

    def __bool__(self) -> bool:
        return self != Filters()


def _narrowed(statement: Select[Commitment], plan_id: UUID, filters: Filters, on: date) -> Select[Commitment]:
    statement = statement.where(Commitment.plan_id == plan_id)
    if filters.area_id:
        statement = statement.where(Commitment.area_id == filters.area_id)
    if filters.participant_id:
        statement = statement.where(Commitment.participant_id == filters.participant_id)
    if filters.due == "soon":
        statement = statement.where(Commitment.due_on >= on, Commitment.due_on <= on + SOON)
    if filters.due == "reached":
        statement = statement.where(Commitment.due_on <= on)
    if filters.status == NOT_YET_REPORTED:
        statement = statement.where(_status_in_force().is_(None), Commitment.state != CommitmentState.PROPOSED)
    elif filters.status and filters.status != CommitmentState.PROPOSED.value:
        statement = statement.where(_status_in_force() == Status(filters.status))
    return statement


def commitments_in_table(session: Session, plan_id: UUID, filters: Filters, on: date) -> int:
    """How many commitments there are under these filters. Proposals are not counted."""
    if filters.status == CommitmentState.PROPOSED.value:
        return 0
    return _count(session, _narrowed(select(Commitment), plan_id, filters, on).where(Commitment.state.in_(IN_PLAN)))


def _count(session: Session, statement: Select[Commitment]) -> int:
    return session.scalar(statement.with_only_columns(func.count(Commitment.id)).order_by(None)) or 0


def table_rows(
    session: Session, plan_id: UUID, filters: Filters, on: date, *, offset: int = 0, limit: int | None = None
) -> Sequence[Commitment]:
    """Commitments in the order of the plan, `limit` of them after `offset`."""
    if filters.status == CommitmentState.PROPOSED.value:
        return []
    statement = _narrowed(select(Commitment), plan_id, filters, on).where(Commitment.state.in_(IN_PLAN))
    return session.scalars(_in_order(statement).offset(offset).limit(limit)).all()


def proposals_in_table(session: Session, plan_id: UUID, filters: Filters, on: date) -> Sequence[Commitment]:
    """Proposals that await an answer, for those who read them, in the order of the plan."""
    if filters.status not in ("", CommitmentState.PROPOSED.value):
        return []
    statement = _narrowed(select(Commitment), plan_id, filters, on).where(Commitment.state == CommitmentState.PROPOSED)
    return session.scalars(_in_order(statement)).all()


def _in_order(statement: Select[Commitment]) -> Select[Commitment]:
    return statement.order_by(Commitment.place, Commitment.number, Commitment.id)


def standing_by_area(session: Session, plan_id: UUID) -> dict[UUID | None, dict[str, int]]:
    """How many commitments of each area stand where, by status or `not_yet_reported`. One statement."""
    status = _status_in_force()
    rows = session.execute(
        select(Commitment.area_id, status.label("status"), func.count(Commitment.id))
        .where(Commitment.plan_id == plan_id, Commitment.state.in_(IN_PLAN))
        .group_by(Commitment.area_id, status)
    )
    counts: dict[UUID | None, dict[str, int]] = defaultdict(dict)
    for area_id, found, number in rows:
        counts[area_id][Status(found).value if found else NOT_YET_REPORTED] = number
    return counts


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


# --- what is awaited ----------------------------------------------------------------------------------------------


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
    for one in session.execute(wanted, {"process": process, "participant": participant}):
        if one.id in told or not _held(one, on):
            continue
        told.add(one.id)  # a participant can have been entered twice
        if one.state is CommitmentState.PROPOSED and one.proposed_at is not None:
            yield _awaited_answer(one)
        elif one.state is CommitmentState.ACCEPTED and one.status not in CLOSED:
            yield _awaited_word(one, on)


def _awaited_word(one: Row[*tuple[Any, ...]], on: date) -> Awaited:
    return Awaited(
        kind="commitment",
        subject=one.id,
        process=one.process_id,
        track=one.track_id,
        participant=one.participant_id,
        title=one.words,
        since=one.accepted_at.date() if one.accepted_at else on,
        due_on=one.due_on,
        last_word=one.step,
        last_word_on=one.stated_at.date() if one.stated_at else None,
        status=one.status.value if one.status else NOT_YET_REPORTED,
        cycle=one.due_on.isoformat() if one.due_on else "",
        label_id=one.label_id,
        last_word_label_id=one.step_label_id,
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
        .outerjoin(ProgressUpdate, ProgressUpdate.id == _in_force_id())
        .outerjoin(
            Proposal,
            (Proposal.commitment_id == Commitment.id)
            & (Commitment.state == CommitmentState.PROPOSED)
            & Proposal.answer.is_(None)
            & Proposal.taken_back_at.is_(None),
        )
        .where(
            one_of(Commitment.state, (CommitmentState.ACCEPTED, CommitmentState.PROPOSED)),
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


def process_by_slug(session: Session, slug: str) -> Process | None:
    """A process with its tracks."""
    return session.scalar(select(Process).where(Process.slug == slug).options(selectinload(Process.tracks)))


def meetings_held(session: Session, plan: Plan) -> list[Meeting]:
    """Meetings of the plan's track at which it can have been adopted, the latest first."""
    found = session.scalars(
        select(Meeting)
        .where(
            Meeting.process_id == plan.process_id,
            Meeting.track_id == plan.track_id,
            Meeting.state.in_([MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.CLOSED]),
        )
        .order_by(Meeting.starts_on.desc(), Meeting.id)
    )
    return list(found)


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


def consultation_by_id(session: Session, consultation_id: UUID) -> Consultation | None:
    """What was lent to a colleague, with the proposal."""
    return session.scalar(
        select(Consultation).where(Consultation.id == consultation_id).options(joinedload(Consultation.proposal))
    )
