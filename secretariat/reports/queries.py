"""Reads of progress reports, and the facts they are composed of - a constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload

from secretariat.core.models import Job
from secretariat.core.session import ViewerSession
from secretariat.jobs.queries import my_jobs
from secretariat.meetings.models import Meeting, MeetingState, Outcome, OutcomeState
from secretariat.plans import queries as plans
from secretariat.plans.models import Commitment, CommitmentRevision, Obstacle, Plan, ProgressUpdate, SupportNeeded
from secretariat.plans.status import UpdateState
from secretariat.processes.models import Body, LifeState, Process
from secretariat.reports.composition import Edition, Facts, Revised, Told
from secretariat.reports.models import ChairAdvice, ProgressReport, ReportCheck, ReportEdition


def report_by_id(session: Session, report_id: UUID) -> ProgressReport | None:
    """A report as the secretariat works on it."""
    return session.scalar(
        select(ProgressReport)
        .where(ProgressReport.id == report_id)
        .options(
            joinedload(ProgressReport.plan, innerjoin=True).joinedload(Plan.process, innerjoin=True),
            joinedload(ProgressReport.plan, innerjoin=True).joinedload(Plan.track, innerjoin=True),
            joinedload(ProgressReport.body),
            joinedload(ProgressReport.meeting),
        )
    )


def edition_by_id(session: Session, edition_id: UUID) -> ReportEdition | None:
    """An edition as it was issued. The public reads no track, and a public edition all the same."""
    return session.scalar(
        select(ReportEdition)
        .where(ReportEdition.id == edition_id)
        .options(
            joinedload(ReportEdition.plan, innerjoin=True).joinedload(Plan.process, innerjoin=True),
            joinedload(ReportEdition.plan, innerjoin=True).joinedload(Plan.track),
            joinedload(ReportEdition.body),
        )
    )


def meant_for(session: Session, report_id: UUID) -> str:
    """The meeting a report was begun for, as the secretariat reads it; empty where there is none."""
    return str(session.scalar(select(ProgressReport.meeting_id).where(ProgressReport.id == report_id)) or "")


def reads_plan(session: Session, plan_id: UUID) -> bool:
    """Whether the session's reader may read a plan."""
    return session.scalar(select(Plan.id).where(Plan.id == plan_id)) is not None


def editions_in(session: Session, process_id: UUID) -> Sequence[ReportEdition]:
    """The editions of a process's reports that the reader may read, the latest first."""
    return session.scalars(
        select(ReportEdition)
        .join(Plan, Plan.id == ReportEdition.plan_id)
        .where(Plan.process_id == process_id)
        .options(
            joinedload(ReportEdition.plan, innerjoin=True).joinedload(Plan.process, innerjoin=True),
            joinedload(ReportEdition.body),
        )
        .order_by(ReportEdition.issued_at.desc(), ReportEdition.id)
    ).all()


def widest(editions: Iterable[ReportEdition]) -> list[ReportEdition]:
    """Of each report the edition that says most, among those a reader may read; in the order given."""
    says_most = [one.value for one in Edition]
    best: dict[UUID, ReportEdition] = {}
    for one in editions:
        other = best.get(one.report_id)
        if other is None or says_most.index(one.standing) < says_most.index(other.standing):
            best[one.report_id] = one
    return list(best.values())


def advice_by_id(session: Session, advice_id: UUID) -> ChairAdvice | None:
    """A note to the chair, for who reads it."""
    return session.scalar(_advice().where(ChairAdvice.id == advice_id))


def advice_on(session: Session, report_id: UUID) -> ChairAdvice | None:
    """The note to the chair beside a report, for who reads it."""
    return session.scalar(_advice().where(ChairAdvice.report_id == report_id))


def _advice() -> Select[ChairAdvice]:
    return select(ChairAdvice).options(
        joinedload(ChairAdvice.plan, innerjoin=True).joinedload(Plan.process, innerjoin=True),
        joinedload(ChairAdvice.plan, innerjoin=True).joinedload(Plan.track, innerjoin=True),
        joinedload(ChairAdvice.body),
    )


def outcomes_confirmed(session: Session, plan: Plan, begins: datetime, ends: datetime) -> Sequence[Outcome]:
    """Outcomes of the plan's track that the chair confirmed in a period, as far as they are read."""
    return session.scalars(
        select(Outcome)
        .where(
            Outcome.process_id == plan.process_id,
            Outcome.track_id == plan.track_id,
            Outcome.state == OutcomeState.CONFIRMED,
            Outcome.confirmed_at >= begins,
            Outcome.confirmed_at < ends,
        )
        .options(joinedload(Outcome.meeting))
        .order_by(Outcome.confirmed_at, Outcome.position, Outcome.id)
    ).all()


def drafts_in(session: Session, process_id: UUID) -> Sequence[ProgressReport]:
    """Reports that are not issued yet, the latest first."""
    return session.scalars(
        select(ProgressReport)
        .join(Plan, Plan.id == ProgressReport.plan_id)
        .where(Plan.process_id == process_id, ProgressReport.issued_at.is_(None))
        .options(joinedload(ProgressReport.plan), joinedload(ProgressReport.body))
        .order_by(ProgressReport.to_on.desc(), ProgressReport.id)
    ).all()


def last_day_reported(session: Session, plan: Plan) -> date | None:
    """The day up to which the last issued report of a plan goes; the next begins there."""
    return session.scalar(
        select(ReportEdition.to_on)
        .where(ReportEdition.plan_id == plan.id)
        .order_by(ReportEdition.to_on.desc())
        .limit(1)
    )


def last_edition(session: Session, plan_id: UUID, edition: Edition = Edition.MEMBERS) -> ReportEdition | None:
    """The edition of a kind that was issued last on a plan, as far as it is read."""
    return session.scalar(
        select(ReportEdition)
        .where(ReportEdition.plan_id == plan_id, ReportEdition.standing == edition.value)
        .order_by(ReportEdition.issued_at.desc(), ReportEdition.id)
        .limit(1)
    )


def checks_of(session: Session, report_id: UUID) -> Sequence[ReportCheck]:
    """Whom a report's entries were shown to before it is issued."""
    return session.scalars(
        select(ReportCheck)
        .where(ReportCheck.report_id == report_id)
        .options(joinedload(ReportCheck.plan, innerjoin=True).joinedload(Plan.process, innerjoin=True))
        .order_by(ReportCheck.id)
    ).all()


def checks_of_plan(session: Session, plan_id: UUID) -> Sequence[ReportCheck]:
    """All checks of reports on a plan, as far as they are read."""
    return session.scalars(select(ReportCheck).where(ReportCheck.plan_id == plan_id)).all()


def check_by_id(session: Session, check_id: UUID) -> ReportCheck | None:
    """One participant's check, with what its page shows."""
    return session.scalar(
        select(ReportCheck)
        .where(ReportCheck.id == check_id)
        .options(
            joinedload(ReportCheck.plan, innerjoin=True).joinedload(Plan.process, innerjoin=True),
            joinedload(ReportCheck.plan, innerjoin=True).joinedload(Plan.track, innerjoin=True),
            joinedload(ReportCheck.body),
        )
    )


def awaited_checks(session: Session, process: UUID | None, participant: UUID | None) -> Sequence[Any]:
    """Checks that await a word, with what a list of things awaited says of them."""
    wanted = rows_of_awaited_checks(of_process=process is not None, of_participant=participant is not None)
    return session.execute(wanted, {"process": process, "participant": participant}).all()


@cache
def rows_of_awaited_checks(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Built once: the first page of everybody asks for it, and building takes longer than asking."""
    wanted = (
        select(
            ReportCheck.id,
            ReportCheck.participant_id,
            ReportCheck.label_id,
            ReportCheck.asked_at,
            ReportCheck.answer_by,
            Plan.process_id,
            Plan.track_id,
            Plan.title,
        )
        .join(Plan, Plan.id == ReportCheck.plan_id)
        .join(Process, Process.id == Plan.process_id)
        .where(
            ReportCheck.closed_at.is_(None),
            ReportCheck.right_at.is_(None),
            ReportCheck.corrected_at.is_(None),
            Process.state == LifeState.ACTIVE,
        )
    )
    if of_process:
        wanted = wanted.where(Plan.process_id == bindparam("process", type_=Plan.process_id.type))
    if of_participant:
        mine = bindparam("participant", type_=ReportCheck.participant_id.type)
        wanted = wanted.where(ReportCheck.participant_id == mine)
    return wanted


def bodies_of(session: Session, plan: Plan) -> Sequence[Body]:
    """Bodies of the plan's track to which a report can go."""
    return session.scalars(
        select(Body)
        .where(Body.process_id == plan.process_id, Body.track_id == plan.track_id)
        .order_by(Body.position, Body.id)
    ).all()


def meetings_ahead(session: Session, plan: Plan) -> Sequence[Meeting]:
    """Meetings of the plan's track that are announced, the next first."""
    return session.scalars(
        select(Meeting)
        .where(
            Meeting.process_id == plan.process_id,
            Meeting.track_id == plan.track_id,
            Meeting.state == MeetingState.ANNOUNCED,
        )
        .order_by(Meeting.starts_on, Meeting.id)
    ).all()


def tabling_of(session: ViewerSession, edition_id: UUID, work: str) -> Job | None:
    """The latest work of the reader's that tables an edition."""
    return next(
        (one for one in my_jobs(session) if one.kind == work and one.arguments.get("edition") == str(edition_id)), None
    )


def facts(session: Session, plan_id: UUID, counted: Mapping[UUID, datetime] | None = None) -> list[Facts]:
    """What the session's reader may know of the commitments of a plan, in its order. Seven statements.

    `counted` says of updates and revisions by when they count, where that is not when they were entered.
    """
    counted = counted or {}
    rows = session.scalars(
        select(Commitment)
        .where(Commitment.plan_id == plan_id, Commitment.state.in_(plans.IN_PLAN))
        .order_by(Commitment.place, Commitment.number, Commitment.id)
    ).all()
    told, revised = _told(session, plan_id, counted), _revised(session, plan_id, counted)
    return [
        Facts(
            number=one.shown_number,
            area=one.area_id,
            participant=one.participant_id,
            words=one.words,
            due_on=one.due_on,
            accepted_at=one.accepted_at,
            told=told[one.id],
            revised=revised[one.id],
            id=one.id,
            part=one.activity_id or one.objective_id,
        )
        for one in rows
        if one.accepted_at is not None
    ]


def _told(session: Session, plan_id: UUID, counted: Mapping[UUID, datetime]) -> dict[UUID, list[Told]]:
    of_plan = (
        (ProgressUpdate.commitment_id == Commitment.id)
        & (Commitment.plan_id == plan_id)
        & (ProgressUpdate.state == UpdateState.CONFIRMED)
    )
    obstacles = {
        one.update_id: one.words
        for one in session.scalars(
            select(Obstacle).join(ProgressUpdate, ProgressUpdate.id == Obstacle.update_id).join(Commitment, of_plan)
        )
    }
    support = {
        one.update_id: one.words
        for one in session.scalars(
            select(SupportNeeded)
            .join(ProgressUpdate, ProgressUpdate.id == SupportNeeded.update_id)
            .join(Commitment, of_plan)
        )
    }
    evidence = plans.evidence_of_plan(session, plan_id)
    found: dict[UUID, list[Told]] = defaultdict(list)
    for one in session.scalars(select(ProgressUpdate).join(Commitment, of_plan)):
        found[one.commitment_id].append(
            Told(
                status=one.status,
                stated_at=one.stated_at,
                entered_at=one.entered_at,
                confirmed_at=counted.get(one.id, one.confirmed_at or one.entered_at),
                step=one.step,
                postponed_to=one.postponed_to,
                obstacle=obstacles.get(one.id),
                support=support.get(one.id),
                evidence=tuple(named.words for named in evidence.get(one.id, ())),
                id=one.id,
            )
        )
    return found


def _revised(session: Session, plan_id: UUID, counted: Mapping[UUID, datetime]) -> dict[UUID, list[Revised]]:
    found: dict[UUID, list[Revised]] = defaultdict(list)
    for one in session.scalars(
        select(CommitmentRevision)
        .join(Commitment, Commitment.id == CommitmentRevision.commitment_id)
        .where(Commitment.plan_id == plan_id)
    ):
        found[one.commitment_id].append(
            Revised(
                at=counted.get(one.id, one.revised_at),
                due_before=one.due_before,
                due_after=one.due_after,
                words_changed=one.words_before != one.words_after,
                reason=one.reason,
            )
        )
    return found
