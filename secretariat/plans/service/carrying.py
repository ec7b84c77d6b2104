"""What is open goes on in the next plan.

It stays the commitment its participant made: the same words, day, lead, indicator and partners, since the same day. So
nobody is asked to accept it anew, and nothing that was asked of it is asked again. What was said of it stays where it
was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import inspect

from secretariat.core import clock
from secretariat.core.labelling import attach, label_values_met, renew
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.plans import policy, queries
from secretariat.plans.models import Activity, Area, Commitment, CommitmentPartner, CommitmentState, Objective, Plan
from secretariat.plans.service.commitments import next_number
from secretariat.plans.service.record import members_clause, record
from secretariat.plans.service.text import Part, check_same_plan
from secretariat.plans.status import CLOSED

_NOT_COPIED = frozenset(
    {
        "id", "plan_id", "area_id", "objective_id", "activity_id", "part_number", "place", "number",
        "carried_from_id", "carried_at", "version", "label_id", "own_label_id", "widened", "made_in_generation",
    }
)  # fmt: skip
"""Columns of its place and its label; all else goes on as it is."""


def carry_over(
    session: ViewerSession, viewer: Viewer, plan: Plan, commitments: Sequence[Commitment], part: Part | None = None
) -> list[Commitment]:
    """These commitments go on in `plan`, in `part` of it; without one, below the part that has the same words as the
    one they stood in, else in the plan as a whole. Raises NotAllowed, Refused."""
    require(policy.may_carry_over(viewer, plan))
    check_same_plan(plan, part)
    outline = queries.standing(queries.outline(session, plan.id))
    said = queries.statements_in_force(session, [one.id for one in commitments])
    partners = queries.partners(session, [one.id for one in commitments])
    made = []
    for one in commitments:
        _check(plan, one, said[one.id].status if one.id in said else None)
        made.append(_carried(session, plan, one, part or _like(outline, one), partners[one.id]))
    return made


def _check(plan: Plan, one: Commitment, status: Any) -> None:
    is_elsewhere = (one.plan.process_id, one.plan.track_id) != (plan.process_id, plan.track_id)
    if is_elsewhere or one.plan_id == plan.id:
        raise Refused(_("Choose commitments of another plan of the same process."), "commitments")
    if one.state is not CommitmentState.ACCEPTED or one.carried_at is not None or status in CLOSED:
        number = one.shown_number
        raise Refused(
            _("%(number)s does not go on: it is completed, withdrawn or carried over already.", number=number),
            "commitments",
        )


def _like(outline: Sequence[Part], one: Commitment) -> Part | None:
    """The part of the next plan in the words of the one a commitment stood in."""
    stood_in = one.activity or one.objective or one.area
    if stood_in is None:
        return None
    same = (part for part in outline if isinstance(part, type(stood_in)) and part.title == stood_in.title)
    return next(same, None)


def _carried(
    session: ViewerSession, plan: Plan, one: Commitment, part: Part | None, partners: Sequence[CommitmentPartner]
) -> Commitment:
    new: Commitment = _copy(Commitment, one, _NOT_COPIED)
    new.plan_id, new.plan, new.carried_from_id = plan.id, plan, one.id
    if part is not None:
        new.part_number, new.place = part.number, part.place
        new.area_id = part.id if isinstance(part, Area) else part.area_id
        if not isinstance(part, Area):
            new.objective_id = part.id if isinstance(part, Objective) else part.objective_id
        new.activity_id = part.id if isinstance(part, Activity) else None
    own = label_values_met(session, [one.own_label_id])[one.own_label_id].clauses if one.own_label_id else ()
    attach(session, new, list(own) or [members_clause(plan)], container=plan)
    session.flush()
    new.number = next_number(session, plan.id, new.place)
    for partner in partners:
        beside = _copy(CommitmentPartner, partner, _NOT_COPIED | {"commitment_id"})
        beside.commitment_id, beside.commitment = new.id, new
        attach(session, beside, container=new)
    one.carried_at = clock.now()
    session.flush()
    renew(session, new, why="carried over")
    record(session, "commitment carried over", plan, members_clause(plan), new, number=new.shown_number)
    return new


def _copy(kind: Any, thing: Any, without: frozenset[str]) -> Any:
    """A new thing with the same in every column but these."""
    mapper: Any = inspect(kind)
    return kind(**{one.key: getattr(thing, one.key) for one in mapper.column_attrs if one.key not in without})
