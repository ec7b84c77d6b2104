"""How a track, or a plan, asks from now on."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from secretariat.core import audit
from secretariat.core.labelling import attach
from secretariat.core.refusals import NotAllowed
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.follow_up import manner as manners
from secretariat.follow_up import queries
from secretariat.follow_up.manner import Manner
from secretariat.follow_up.models import (
    FollowUpPolicy,
    PlanFollowUpPolicy,
)
from secretariat.follow_up.planner import Rules
from secretariat.plans.models import Plan
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track


def set_policy(session: ViewerSession, viewer: Viewer, process: Process, track: Track, manner: Manner) -> None:
    """How the track asks from now on. Raises NotAllowed."""
    if not viewer.keeps(track.id):
        raise NotAllowed
    row = queries.policy_of(session, process.id, track.id)
    fresh = row is None
    row = row or FollowUpPolicy(process_id=process.id, track_id=track.id)
    manners.put_into(row, manner.rules, manner.bodies)
    row.apart, row.most_a_quarter = manner.rules.apart, manner.rules.most_a_quarter
    row.stopped, row.sending_hour = manner.stopped, manner.sending_hour
    row.quiet_weekends, row.quiet_holidays = manner.quiet_weekends, manner.quiet_holidays
    row.quiet_periods = [one.stored for one in manner.quiet_periods]
    row.chair_rule = manner.chair_rule
    clause = clauses.named(process, track, audience=[clauses.secretariat(track)])
    if fresh:
        row.process, row.track = process, track
        attach(session, row, [clause], container=process)
    session.flush()
    _record_policy(session, process, track, row)


def set_plan_policy(
    session: ViewerSession, viewer: Viewer, plan: Plan, rules: Rules, bodies: Sequence[UUID], *, stopped: bool
) -> None:
    """How a plan is asked after from now on, instead of as its process does it. Raises NotAllowed."""
    if not viewer.keeps(plan.track_id):
        raise NotAllowed
    row = queries.plan_policy_of(session, plan.id)
    fresh = row is None
    row = row or PlanFollowUpPolicy(plan_id=plan.id)
    manners.put_into(row, rules, bodies)
    row.stopped = stopped
    if fresh:
        row.plan = plan
        clause = clauses.named(plan.process, plan.track, audience=[clauses.secretariat(plan.track)])
        attach(session, row, [clause], container=plan)
    session.flush()
    _record_policy(session, plan.process, plan.track, row)


def drop_plan_policy(session: ViewerSession, viewer: Viewer, plan: Plan) -> None:
    """The plan is asked after as its process does it. Raises NotAllowed."""
    if not viewer.keeps(plan.track_id):
        raise NotAllowed
    row = queries.plan_policy_of(session, plan.id)
    if row is not None:
        _record_policy(session, plan.process, plan.track, row, "follow-up policy of a plan taken back")
        session.delete(row)
        session.flush()


def _record_policy(
    session: ViewerSession,
    process: Process,
    track: Track,
    row: FollowUpPolicy | PlanFollowUpPolicy,
    kind: str = "follow-up policy set",
) -> None:
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[clauses.named(process, track, audience=[clauses.secretariat(track)])],
        subject=row,
        content={"before_due": row.before_due, "after_due": row.after_due, "stopped": row.stopped},
    )
