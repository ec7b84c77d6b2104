"""Amendments: adopted text is frozen, and changes by what a meeting adopts. What it said before is kept beside it.

What is taken out keeps its place in the plan. Commitments are their participants' and not the text's: those that were
made in it stay where they are, with all that was said of them, and it can be put back in the order of the adopted text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from secretariat.core import clock
from secretariat.core.labelling import attach, renew
from secretariat.core.languages import gettext as _
from secretariat.core.languages.dates import day_in_full
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.plans import policy, queries
from secretariat.plans.amendment_models import Amendment, AmendmentKind
from secretariat.plans.models import Activity, Area, Objective, Plan
from secretariat.plans.service import moving
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


def amend_by_moving(
    session: ViewerSession, viewer: Viewer, plan: Plan, part: Part, spot: moving.Spot, adopted: Adopted
) -> Amendment:
    """A meeting put a part elsewhere, with all below it. Raises as `amend_part`, and where it cannot stand there."""
    _check(viewer, plan, adopted)
    before, where = part.number, (part.area_id if not isinstance(part, Area) else None, part.place)
    moving.put_at(session, plan, part, spot)
    session.refresh(part)
    if where == (part.area_id if not isinstance(part, Area) else None, part.place):
        raise Refused(_("There it stands already; choose another place."), "place")
    return _recorded(session, plan, part, AmendmentKind.MOVED, part.title, adopted, number_before=before)


def amend_by_taking_out(
    session: ViewerSession, viewer: Viewer, plan: Plan, part: Part, adopted: Adopted, *, with_below: bool = False
) -> Amendment:
    """A meeting took a part out; with all that stands below it where that was said. Commitments made in it stay.

    Raises as `amend_part`; Refused where something still stands below and nothing was said of it.
    """
    _check(viewer, plan, adopted)
    if part.taken_out_at is not None:
        raise Refused(_("%(number)s was taken out before.", number=part.number))
    under = queries.standing(moving.below(queries.outline(session, plan.id), part))
    if under and not with_below:
        numbers = ", ".join(one.number for one in under)
        raise Refused(
            _(
                "Below %(number)s there still stands %(below)s. Say that it goes too, or move it elsewhere first.",
                number=part.number,
                below=numbers,
            ),
            "with_below",
        )
    now = clock.now()
    for one in (part, *under):
        one.taken_out_at = now
    session.flush()
    numbers_under = [one.number for one in under]
    return _recorded(
        session, plan, part, AmendmentKind.TAKEN_OUT, part.title, adopted, with_numbers=numbers_under, at=now
    )


def amend_by_putting_back(
    session: ViewerSession, viewer: Viewer, plan: Plan, part: Part, adopted: Adopted
) -> Amendment:
    """A meeting put back what was taken out, where it stood, with what went out with it. Raises as `amend_part`;
    Refused where what it stood in is out, too."""
    _check(viewer, plan, adopted)
    outline = queries.outline(session, plan.id)
    if part.taken_out_at is None:
        raise Refused(_("%(number)s stands in the plan.", number=part.number))
    around = next((one for one in outline if moving.is_in(part, one) and one.taken_out_at is not None), None)
    if around is not None:
        raise Refused(_("It stands in %(number)s, which is out too; put that back first.", number=around.number), "on")
    went = part.taken_out_at
    back = [one for one in moving.below(outline, part) if one.taken_out_at == went]
    for one in (part, *back):
        one.taken_out_at = None
    session.flush()
    numbers = [one.number for one in back]
    return _recorded(session, plan, part, AmendmentKind.PUT_BACK, part.title, adopted, with_numbers=numbers)


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
    session: ViewerSession,
    plan: Plan,
    part: Part,
    kind: AmendmentKind,
    before: LocalText | None,
    adopted: Adopted,
    *,
    number_before: str = "",
    with_numbers: Sequence[str] = (),
    at: datetime | None = None,
) -> Amendment:
    amendment = Amendment(
        plan_id=plan.id,
        area_id=part.id if isinstance(part, Area) else None,
        objective_id=part.id if isinstance(part, Objective) else None,
        activity_id=part.id if isinstance(part, Activity) else None,
        kind=kind,
        number=part.number,
        number_before=number_before,
        with_numbers=list(with_numbers),
        words_before=before,
        words_after=part.title,
        adopted_on=adopted.on,
        meeting_id=adopted.meeting_id,
        adopted_where=adopted.where,
        recorded_at=at or clock.now(),
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
        change=kind.value,
        number=part.number,
        number_before=number_before,
        with_numbers=list(with_numbers),
        before=before.to_json() if before else None,
        after=part.title.to_json(),
        on=adopted.on.isoformat(),
    )
    return amendment
