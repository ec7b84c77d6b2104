"""Plans, the processes they belong to and the meetings at which one can have been adopted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload, selectinload

from secretariat.core.flat import Flat
from secretariat.core.labelling import met_label
from secretariat.core.models import Label
from secretariat.core.session import ViewerSession
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.plans.models import Plan, PlanState
from secretariat.processes.models import Process, Track


def plan_by_id(session: Session, plan_id: UUID) -> Plan | None:
    """A plan with its process and track; none where the reader may not see these (they are joined inwards)."""
    return session.scalar(_PLAN, {"plan_id": plan_id})


_PLAN = (
    select(Plan)
    .where(Plan.id == bindparam("plan_id", type_=Plan.id.type))
    .options(joinedload(Plan.process, innerjoin=True), joinedload(Plan.track, innerjoin=True))
)


def opened_plan(session: ViewerSession, plan_id: UUID) -> Plan | None:
    """The same for a page that only shows it, made from columns: it costs a third."""
    row = session.execute(_OPENED, {"plan_id": plan_id}).first()
    if row is None:
        return None
    process = _PROCESS_OF.made(session, row[:_PROCESS])
    track = _TRACK_OF.made(session, row[_PROCESS:_TRACK], process=process)
    made = _PLAN_OF.made(session, row[_TRACK:-1], process=process, track=track)
    assert made is not None
    met_label(session, made.label_id, row[-1])
    return made


_PROCESS_OF, _TRACK_OF, _PLAN_OF = Flat(Process), Flat(Track), Flat(Plan)
_PROCESS = len(_PROCESS_OF.columns)
_TRACK = _PROCESS + len(_TRACK_OF.columns)
_OPENED = (
    select(*_PROCESS_OF.columns, *_TRACK_OF.columns, *_PLAN_OF.columns, Label.digest)
    .select_from(Plan)
    .join(Process, Process.id == Plan.process_id)
    .join(Track, Track.id == Plan.track_id)
    .join(Label, Label.id == Plan.label_id)
    .where(Plan.id == bindparam("plan_id", type_=Plan.id.type))
)


def plans_of(session: Session, process_id: UUID) -> Sequence[Plan]:
    """The plans of a process, the latest period first."""
    return session.scalars(
        select(Plan)
        .where(Plan.process_id == process_id)
        .options(joinedload(Plan.process), joinedload(Plan.track))
        .order_by(Plan.period_from.desc().nulls_last(), Plan.id)
    ).all()


def has_plan(session: Session, process_id: UUID) -> bool:
    """Whether this reader has any plan of a process to read."""
    return session.scalar(select(Plan.id).where(Plan.process_id == process_id).limit(1)) is not None


def has_other_plans(session: Session, plan: Plan) -> bool:
    """Whether there is another plan of this plan's track for this reader."""
    others = select(Plan.id).where(
        Plan.process_id == plan.process_id, Plan.track_id == plan.track_id, Plan.id != plan.id
    )
    return session.scalar(others.limit(1)) is not None


def plans_in(session: Session, processes: Iterable[UUID]) -> Sequence[Plan]:
    """The plans of several processes that are not closed, the latest period first."""
    return session.scalars(
        select(Plan)
        .where(Plan.process_id.in_(sorted(processes, key=str)), Plan.state != PlanState.CLOSED)
        .options(joinedload(Plan.process), joinedload(Plan.track))
        .order_by(Plan.period_from.desc().nulls_last(), Plan.id)
    ).all()


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
