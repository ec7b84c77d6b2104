"""To what outside frameworks the objectives of a plan point: an aid beside the text, which stays as it was adopted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from secretariat.core.languages import gettext as _
from secretariat.core.languages.words import list_text
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.plans import frameworks, policy
from secretariat.plans.models import Objective, Plan
from secretariat.plans.service.record import members_clause, record


def set_framework(
    session: ViewerSession, viewer: Viewer, plan: Plan, name: LocalText | None, goals: Sequence[dict[str, Any]]
) -> None:
    """What a regional community has set itself, for the objectives of this plan and of all others of its track to
    point to. Raises NotAllowed, Refused."""
    require(policy.may_propose(viewer, plan))
    if goals and not name:
        raise Refused(_("Give the framework a name, for example Agenda of the community for 2030"), "name")
    if len(goals) > frameworks.MOST_GOALS:
        raise Refused(_("At most %(most)s goals stand here.", most=frameworks.MOST_GOALS), "goals")
    kept = {one["number"] for one in goals}
    missed = [number for number in _pointed_to(session, plan) if number not in kept]
    if missed:
        raise Refused(
            _(
                "Objectives answer to %(numbers)s. Leave it here, or let them answer to something else first.",
                numbers=list_text(missed),
            ),
            "goals",
        )
    plan.track.framework_name, plan.track.framework_goals = name if goals else None, list(goals)
    session.flush()
    record(session, "regional framework set", plan, members_clause(plan), plan, goals=len(goals))


def _pointed_to(session: ViewerSession, plan: Plan) -> list[str]:
    """The numbers of the region's own framework to which objectives of any plan of the track point, in their order."""
    wanted = select(Objective.points_to).join(Plan, Plan.id == Objective.plan_id).where(Plan.track_id == plan.track_id)
    keys = {key for points in session.scalars(wanted) for key in points}
    numbers = [one["number"] for one in plan.track.framework_goals]
    return [number for number in numbers if f"{frameworks.OWN}:{number}" in keys]


def point(session: ViewerSession, viewer: Viewer, objective: Objective, keys: Collection[str]) -> None:
    """To what an objective points; in the order of the frameworks. Raises NotAllowed, Refused."""
    plan = objective.plan
    require(policy.may_propose(viewer, plan))
    goals = frameworks.goals_of(plan)
    if set(keys) - goals.keys():
        raise Refused(_("A goal was taken out in the meantime; look at those that stand and choose again."), "goals")
    objective.points_to = [one.key for one in frameworks.pointed_to(goals, keys)]
    session.flush()
    record(session, "objective points outside", plan, members_clause(plan), objective, goals=objective.points_to)
