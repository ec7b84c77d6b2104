"""The plan's own text: begun as a draft, frozen when a meeting adopts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from secretariat.core import clock, events
from secretariat.core.database import new_key
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import Viewer
from secretariat.meetings.models import Outcome, OutcomeState
from secretariat.plans import import_queries, numbering, policy, queries
from secretariat.plans.models import Activity, Area, Objective, Plan, PlanState
from secretariat.plans.service.record import members_clause, record
from secretariat.processes.clauses import members_of
from secretariat.processes.models import Process, Track

ADOPTED = "plan adopted"
"""The event of this name."""


Part = Area | Objective | Activity


P = TypeVar("P", bound=Part)


def begin_plan(
    session: ViewerSession,
    viewer: Viewer,
    process: Process,
    track: Track,
    title: LocalText,
    *,
    period_from: PartialDate | None = None,
    period_until: PartialDate | None = None,
    symbol: str = "",
) -> Plan:
    """A new plan of action, as a draft. Raises NotAllowed, Refused (a period that ends before it begins)."""
    require(viewer.keeps(track.id))
    if period_from and period_until and period_until.last_day < period_from.first_day:
        raise Refused(_("The period ends before it begins (%(from)s).", **{"from": str(period_from)}), "period_until")
    plan = Plan(
        process_id=process.id,
        track_id=track.id,
        title=title,
        symbol=symbol,
        period_from=period_from,
        period_until=period_until,
        state=PlanState.DRAFT,
    )
    plan.process, plan.track = process, track
    attach(session, plan, [members_of(process, track)], container=process)
    session.flush()
    record(session, "plan begun", plan, members_clause(plan), plan, title=title.to_json())
    return plan


def change_plan(
    session: ViewerSession,
    viewer: Viewer,
    plan: Plan,
    *,
    title: LocalText,
    period_from: PartialDate | None,
    period_until: PartialDate | None,
    symbol: str,
) -> None:
    """Change the head of a draft. Raises NotAllowed, Refused."""
    require(policy.may_edit_text(viewer, plan))
    if period_from and period_until and period_until.last_day < period_from.first_day:
        raise Refused(_("The period ends before it begins (%(from)s).", **{"from": str(period_from)}), "period_until")
    plan.title, plan.symbol = title, symbol
    plan.period_from, plan.period_until = period_from, period_until
    session.flush()
    record(session, "plan changed", plan, members_clause(plan), plan, title=title.to_json())


def add_area(session: ViewerSession, viewer: Viewer, plan: Plan, title: LocalText, number: str = "") -> Area:
    """An area at the end of the plan. Raises NotAllowed, Refused (adopted text, a number there already)."""
    return _add_part(session, viewer, Area(plan_id=plan.id, title=title), plan, None, number)


def add_objective(
    session: ViewerSession,
    viewer: Viewer,
    plan: Plan,
    title: LocalText,
    *,
    above: Part | None = None,
    number: str = "",
    outcome: Outcome | None = None,
) -> Objective:
    """An objective at the end of an area, or of the plan itself, from an outcome or of its own. Raises NotAllowed,
    Refused."""
    return _add_part(session, viewer, _objective(plan, title, above, outcome), plan, above, number)


def add_activity(
    session: ViewerSession,
    viewer: Viewer,
    plan: Plan,
    title: LocalText,
    *,
    above: Part | None = None,
    number: str = "",
    outcome: Outcome | None = None,
) -> Activity:
    """An activity at the end of an objective, of an area or of the plan itself, from an outcome or of its own. Raises
    NotAllowed, Refused."""
    return _add_part(session, viewer, _activity(plan, title, above, outcome), plan, above, number)


def make_part(plan: Plan, kind: str, title: LocalText, above: Part | None) -> Part:
    """An `area`, `objective` or `activity` that stands nowhere yet. Raises Refused (a part it cannot stand in)."""
    if kind == "objective":
        return _objective(plan, title, above, None)
    if kind == "activity":
        return _activity(plan, title, above, None)
    if above is not None:
        raise Refused(_("An area stands in the plan itself; choose its end."), "above")
    return Area(plan_id=plan.id, title=title)


def _objective(plan: Plan, title: LocalText, above: Part | None, outcome: Outcome | None) -> Objective:
    check_same_plan(plan, above)
    _check_outcome(plan, outcome)
    if above is not None and not isinstance(above, Area):
        raise Refused(_("An objective stands in an area or in the plan itself."), "above")
    area_id, outcome_id = above.id if above else None, outcome.id if outcome else None
    return Objective(plan_id=plan.id, title=title, area_id=area_id, outcome_id=outcome_id)


def _activity(plan: Plan, title: LocalText, above: Part | None, outcome: Outcome | None) -> Activity:
    check_same_plan(plan, above)
    _check_outcome(plan, outcome)
    if isinstance(above, Activity):
        raise Refused(_("An activity stands in an objective, an area or the plan itself."), "above")
    one = Activity(plan_id=plan.id, title=title, outcome_id=outcome.id if outcome else None)
    if isinstance(above, Objective):
        one.objective_id, one.area_id = above.id, above.area_id
    elif above is not None:
        one.area_id = above.id
    return one


def _check_outcome(plan: Plan, outcome: Outcome | None) -> None:
    """Only what a meeting of the plan's own side of its process has agreed becomes a part of it."""
    if outcome is None:
        return
    at_home = (outcome.process_id, outcome.track_id) == (plan.process_id, plan.track_id)
    if not at_home or outcome.state is not OutcomeState.CONFIRMED:
        raise Refused(_("Choose an outcome of this process which the chair has confirmed."), "above")


def check_same_plan(plan: Plan, part: Part | None) -> None:
    """Raises Refused where a part is another plan's, or was taken out: nothing new comes to stand in it."""
    if part is not None and part.plan_id != plan.id:
        raise Refused(_("Choose a part of this plan."), "above")
    if part is not None and part.taken_out_at is not None:
        raise Refused(_("%(number)s was taken out of this plan; choose another part.", number=part.number), "above")


def _add_part(session: ViewerSession, viewer: Viewer, part: P, plan: Plan, above: Part | None, number: str) -> P:
    require(policy.may_keep(viewer, plan))
    if plan.state is not PlanState.DRAFT:
        raise Refused(_("The text of this plan is adopted; it is changed by an amendment that a meeting adopts."))
    return put_part(session, part, plan, above, number)


def put_part(session: ViewerSession, part: P, plan: Plan, above: Part | None, number: str) -> P:
    """A part after all that stands beside it, with the number given or the next one. Raises Refused (a number that is
    there already)."""
    part.plan = plan
    with system_access(session, Reason.NUMBERING) as system:
        beside = queries.parts_directly_in(system, plan.id, above.place if above else "")
        taken = queries.numbers_taken(system, plan.id)
    part.position = beside + 1
    part.place = numbering.place(above.place if above else "", part.position)
    part.number = number.strip() or numbering.part_number(above.number if above else "", part.position)
    if part.number in taken:
        raise Refused(
            _("There is already a %(number)s in this plan; give another number.", number=part.number), "number"
        )
    attach(session, part, container=plan)
    session.flush()
    record(session, "plan text added", plan, members_clause(plan), part, number=part.number, title=part.title.to_json())
    return part


@dataclass(eq=False, slots=True)
class NewPart:
    """A part that is put in with others: `above` is one of the plan, or one of those before it."""

    kind: type[Area | Objective | Activity]
    title: LocalText
    number: str = ""
    above: Part | NewPart | None = None
    made: Part | None = None
    points_to: Sequence[str] = ()


def add_parts(session: ViewerSession, viewer: Viewer, plan: Plan, wanted: Sequence[NewPart]) -> None:
    """Put many parts in, each at the end of what it stands in. Raises NotAllowed, Refused; then none is kept."""
    require(policy.may_keep(viewer, plan))
    if not wanted:
        return
    if plan.state is not PlanState.DRAFT:
        raise Refused(_("The text of this plan is adopted; it is changed by an amendment that a meeting adopts."))
    with system_access(session, Reason.NUMBERING) as system:
        last, taken = import_queries.last_positions(system, plan.id), queries.numbers_taken(system, plan.id)
    taken |= {one.number for one in wanted if one.number}
    for one in wanted:
        _place_new(plan, one, last, taken)
    for kind in (Area, Objective, Activity):  # each stands in one of those before it
        for one in wanted:
            if one.kind is kind and one.made is not None:
                attach(session, one.made, container=plan)
        session.flush()
    numbers = [one.made.number for one in wanted if one.made is not None]
    record(session, "plan text added", plan, members_clause(plan), plan, numbers=numbers)


def _place_new(plan: Plan, one: NewPart, last: dict[str, int], taken: set[str]) -> None:
    above: Any = one.above.made if isinstance(one.above, NewPart) else one.above
    place = above.place if above is not None else ""
    position = last[place] = last.get(place, 0) + 1
    number = one.number
    counted = position
    while not number or (not one.number and number in taken):
        number = numbering.part_number(above.number if above is not None else "", counted)
        counted += 1
    taken.add(number)
    made: Any = one.kind(
        id=new_key(), plan_id=plan.id, title=one.title, number=number, position=position,
        place=numbering.place(place, position),
    )  # fmt: skip
    if one.points_to:
        made.points_to = list(one.points_to)
    if isinstance(above, Area):
        made.area_id = above.id
    elif isinstance(above, Objective):
        made.area_id, made.objective_id = above.area_id, above.id
    made.plan, one.made = plan, made


def change_part(session: ViewerSession, viewer: Viewer, part: Part, title: LocalText) -> None:
    """New words for an area, objective or activity of a draft. Raises NotAllowed, Refused."""
    plan = part.plan
    require(policy.may_keep(viewer, plan))
    if plan.state is not PlanState.DRAFT:
        raise Refused(_("The text of this plan is adopted; it is changed by an amendment that a meeting adopts."))
    part.title = title
    session.flush()
    record(session, "plan text changed", plan, members_clause(plan), part, number=part.number, title=title.to_json())


def take_part_away(session: ViewerSession, viewer: Viewer, part: Part) -> None:
    """Take an area, objective or activity out of a draft for good, where nothing stands in it. In an adopted plan only
    an amendment takes out, and what is taken out keeps its place. Raises NotAllowed, Refused."""
    plan = part.plan
    require(policy.may_keep(viewer, plan))
    if plan.state is not PlanState.DRAFT:
        raise Refused(_("The text of this plan is adopted; it is changed by an amendment that a meeting adopts."))
    number, title = part.number, part.title.to_json()
    with system_access(session, Reason.NUMBERING) as system:  # also what its reader does not see stands in it
        parts = [one for one in queries.outline(system, plan.id) if one.id != part.id]
        is_above = any(part.id in (getattr(one, "area_id", None), getattr(one, "objective_id", None)) for one in parts)
    if is_above:
        raise Refused(_("Other parts stand in it; move or take those away first."))
    try:
        with session.begin_nested():
            session.delete(part)
            session.flush()
    except IntegrityError:
        raise Refused(_("Commitments or proposals stand in it; take those back first.")) from None
    record(session, "plan text taken away", plan, members_clause(plan), plan, number=number, title=title)


def adopt_plan(
    session: ViewerSession,
    viewer: Viewer,
    plan: Plan,
    on: date,
    *,
    where: LocalText | None = None,
    meeting_id: UUID | None = None,
) -> None:
    """Record that a meeting adopted the plan; from then on its text is frozen. Raises NotAllowed, Refused."""
    require(policy.may_keep(viewer, plan))
    if plan.state is not PlanState.DRAFT:
        raise Refused(_("This plan was adopted before."))
    if on > clock.today():
        raise Refused(_("That day has not come yet; record the adoption once it has happened."), "on")
    plan.state, plan.adopted_on, plan.adopted_where, plan.adopted_meeting_id = PlanState.ADOPTED, on, where, meeting_id
    session.flush()
    record(session, ADOPTED, plan, members_clause(plan), plan, on=on.isoformat())
    events.happened(session, ADOPTED, plan.id)


def close_plan(session: ViewerSession, viewer: Viewer, plan: Plan) -> None:
    """Close a plan whose period is over: nothing new is committed, nothing is awaited, all of it stays readable."""
    require(policy.may_keep(viewer, plan))
    if plan.state is not PlanState.ADOPTED:
        raise Refused(_("Only an adopted plan is closed."))
    plan.state = PlanState.CLOSED
    session.flush()
    record(session, "plan closed", plan, members_clause(plan), plan)
