"""Amendments: adopted text is frozen, and changes by what a meeting adopts. What it said before is kept beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from secretariat.core import clock
from secretariat.core.labelling import attach, renew
from secretariat.core.languages import gettext as _
from secretariat.core.languages.dates import day_in_full
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.plans import policy
from secretariat.plans.amendment_models import Amendment, AmendmentKind
from secretariat.plans.models import Activity, Area, Objective, Plan
from secretariat.plans.service.record import members_clause, record
from secretariat.plans.service.text import Part, make_part, put_part


@dataclass(frozen=True, slots=True)
class Adopted:
    """When and where an amendment was adopted: at a meeting that is listed, or in words."""

    on: date
    meeting_id: UUID | None = None
    where: LocalText | None = None


def amend_part(
    session: ViewerSession, viewer: Viewer, plan: Plan, part: Part, words: LocalText, adopted: Adopted
) -> Amendment:
    """A meeting gave an area, objective or activity other words. Raises NotAllowed, Refused (a day that has not come or
    lies before the adoption of the plan, no meeting, the words it has)."""
    _check(viewer, plan, adopted)
    if words == part.title:
        raise Refused(_("These are the words it has; write what the meeting changed them to."), "title")
    before, part.title = part.title, words
    session.flush()
    renew(session, part, why="amended")
    return _recorded(session, plan, part, AmendmentKind.CHANGED, before, adopted)


def amend_by_adding(
    session: ViewerSession,
    viewer: Viewer,
    plan: Plan,
    kind: str,
    title: LocalText,
    adopted: Adopted,
    *,
    above: Part | None = None,
    number: str = "",
) -> Amendment:
    """A meeting added an `area`, `objective` or `activity`; it stands after what was there. Raises as `amend_part`."""
    _check(viewer, plan, adopted)
    part = put_part(session, make_part(plan, kind, title, above), plan, above, number)
    return _recorded(session, plan, part, AmendmentKind.ADDED, None, adopted)


def _check(viewer: Viewer, plan: Plan, adopted: Adopted) -> None:
    require(policy.may_amend(viewer, plan))
    if adopted.on > clock.today():
        raise Refused(_("That day has not come yet; record the amendment once it has been adopted."), "on")
    if plan.adopted_on is not None and adopted.on < plan.adopted_on:
        day = day_in_full(plan.adopted_on, weekday=False)
        raise Refused(_("The plan was adopted on %(day)s; give a day after that.", day=day), "on")
    if adopted.meeting_id is None and not adopted.where:
        raise Refused(_("Say which meeting adopted it: choose it from the list, or write it in words."), "meeting")


def _recorded(
    session: ViewerSession, plan: Plan, part: Part, kind: AmendmentKind, before: LocalText | None, adopted: Adopted
) -> Amendment:
    amendment = Amendment(
        plan_id=plan.id,
        area_id=part.id if isinstance(part, Area) else None,
        objective_id=part.id if isinstance(part, Objective) else None,
        activity_id=part.id if isinstance(part, Activity) else None,
        kind=kind,
        number=part.number,
        words_before=before,
        words_after=part.title,
        adopted_on=adopted.on,
        meeting_id=adopted.meeting_id,
        adopted_where=adopted.where,
        recorded_at=clock.now(),
    )
    amendment.plan = plan
    attach(session, amendment, container=plan)
    session.flush()
    renew(session, amendment, why="amended")
    record(
        session,
        "plan amended",
        plan,
        members_clause(plan),
        amendment,
        number=part.number,
        before=before.to_json() if before else None,
        after=part.title.to_json(),
        on=adopted.on.isoformat(),
    )
    return amendment
