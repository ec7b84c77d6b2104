"""Reads of progress reports, and the facts they are composed of - a constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from secretariat.meetings.models import Meeting, MeetingState
from secretariat.plans import queries as plans
from secretariat.plans.models import Commitment, CommitmentRevision, Obstacle, Plan, ProgressUpdate, SupportNeeded
from secretariat.plans.status import UpdateState
from secretariat.processes.models import Body
from secretariat.reports.composition import Facts, Revised, Told
from secretariat.reports.models import ProgressReport, ReportEdition


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
    """An edition as it was issued."""
    return session.scalar(
        select(ReportEdition)
        .where(ReportEdition.id == edition_id)
        .options(
            joinedload(ReportEdition.plan, innerjoin=True).joinedload(Plan.process, innerjoin=True),
            joinedload(ReportEdition.plan, innerjoin=True).joinedload(Plan.track, innerjoin=True),
            joinedload(ReportEdition.body),
        )
    )


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


def facts(session: Session, plan_id: UUID) -> list[Facts]:
    """What the session's reader may know of the commitments of a plan, in its order. Five statements."""
    rows = session.scalars(
        select(Commitment)
        .where(Commitment.plan_id == plan_id, Commitment.state.in_(plans.IN_PLAN))
        .order_by(Commitment.place, Commitment.number, Commitment.id)
    ).all()
    told, revised = _told(session, plan_id), _revised(session, plan_id)
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
        )
        for one in rows
        if one.accepted_at is not None
    ]


def _told(session: Session, plan_id: UUID) -> dict[UUID, list[Told]]:
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
    found: dict[UUID, list[Told]] = defaultdict(list)
    for one in session.scalars(select(ProgressUpdate).join(Commitment, of_plan)):
        found[one.commitment_id].append(
            Told(
                status=one.status,
                stated_at=one.stated_at,
                entered_at=one.entered_at,
                confirmed_at=one.confirmed_at or one.entered_at,
                step=one.step,
                postponed_to=one.postponed_to,
                obstacle=obstacles.get(one.id),
                support=support.get(one.id),
            )
        )
    return found


def _revised(session: Session, plan_id: UUID) -> dict[UUID, list[Revised]]:
    found: dict[UUID, list[Revised]] = defaultdict(list)
    for one in session.scalars(
        select(CommitmentRevision)
        .join(Commitment, Commitment.id == CommitmentRevision.commitment_id)
        .where(Commitment.plan_id == plan_id)
    ):
        found[one.commitment_id].append(
            Revised(
                at=one.revised_at,
                due_before=one.due_before,
                due_after=one.due_after,
                words_changed=one.words_before != one.words_after,
                reason=one.reason,
            )
        )
    return found
