"""Who reads what stands in a plan, and the trail of what was done with it: one place, so that neither is forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from secretariat.core import audit
from secretariat.core.labels import Clause
from secretariat.core.session import ViewerSession
from secretariat.plans.models import Plan
from secretariat.processes.clauses import members_of, named, officers, participant, secretariat


def members_clause(plan: Plan) -> Clause:
    """Members of the plan's track, as of now: what comes later is not for those who left earlier."""
    return members_of(plan.process, plan.track)


def own_circle(plan: Plan, participant_id: UUID) -> Clause:
    """One participant and the secretariat of the track: readers of proposals, notes, obstacles and support needed."""
    return named(plan.process, plan.track, audience=[participant(participant_id), secretariat(plan.track)])


def opened_circle(plan: Plan, participant_id: UUID, named_too: Iterable[UUID]) -> Clause:
    """The same circle with the members that participant has named: readers of an obstacle, of support needed."""
    audience = [participant(participant_id), *map(participant, named_too), secretariat(plan.track)]
    return named(plan.process, plan.track, audience=audience)


def officers_alone(plan: Plan) -> Clause:
    """The officers of the track's own secretariat: readers of what they note for their own work."""
    return named(plan.process, plan.track, audience=[officers(plan.track)])


def confided(plan: Plan, participant_id: UUID) -> Clause:
    """One participant and the secretariat's own officers, less a chair's office that serves as secretariat: readers of
    what was said in a call and is not confirmed."""
    return named(plan.process, plan.track, audience=[participant(participant_id), officers(plan.track)])


def record(session: ViewerSession, kind: str, plan: Plan, clause: Clause, subject: Any, **content: Any) -> None:
    audit.record(
        session,
        kind,
        chain=audit.chain_name(plan.process.slug, plan.track.slug),
        clauses=[clause],
        subject=subject,
        content=content,
    )
