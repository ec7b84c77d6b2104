"""How a track asks: the policy of its process and those of its plans, in values, and what an awaited thing looks like
to the planner under them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core.awaited import Awaited
from secretariat.follow_up import queries
from secretariat.follow_up.models import FollowUpPolicy, PlanFollowUpPolicy
from secretariat.follow_up.planner import Item, MeetingAhead, Rules
from secretariat.follow_up.quiet import QuietPeriod

IN_PLANS = frozenset({"commitment", "proposal"})
"""Kinds that stand in a plan, which may have a policy of its own."""


@dataclass(frozen=True, slots=True)
class PlanManner:
    """How one plan is asked after: `body` adopted it; `rules` and `bodies` are its own, where it has some."""

    body: UUID | None = None
    rules: Rules | None = None
    stopped: bool = False
    bodies: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Manner:
    """How a track asks: its rules, and when a mail may arrive.

    `bodies` are those before whose meetings there is a round; where there are none, the body that adopted the plan.
    """

    rules: Rules = field(default_factory=Rules)
    stopped: bool = False
    quiet_weekends: bool = True
    sending_hour: int = 9
    quiet_holidays: bool = True
    quiet_periods: tuple[QuietPeriod, ...] = ()
    bodies: tuple[UUID, ...] = ()
    chair_rule: str = ""
    plans: Mapping[UUID, PlanManner] = field(default_factory=dict)


def read(session: Session, process: UUID, track: UUID) -> Manner:
    """How a track asks, as far as the session may read it: its policy, else the defaults, and those of its plans."""
    manner = manner_of(queries.policy_of(session, process, track))
    own = {one.plan_id: one for one in queries.plan_policies(session, process, track)}
    plans = {
        plan: _of_plan(own.get(plan), body, manner.rules)
        for plan, body in queries.bodies_that_adopted(session, process, track).items()
    }
    return replace(manner, plans=plans)


def manner_of(policy: FollowUpPolicy | None) -> Manner:
    """What the policy of a process says, without its plans; the defaults where there is none."""
    if policy is None:
        return Manner()
    return Manner(
        replace(_rules(policy, Rules()), apart=policy.apart, most_a_quarter=policy.most_a_quarter),
        policy.stopped,
        policy.quiet_weekends,
        policy.sending_hour,
        policy.quiet_holidays,
        tuple(QuietPeriod.read(one) for one in policy.quiet_periods),
        tuple(UUID(one) for one in policy.meeting_bodies),
        policy.chair_rule,
    )


def _of_plan(policy: PlanFollowUpPolicy | None, body: UUID | None, of_process: Rules) -> PlanManner:
    if policy is None:
        return PlanManner(body)
    bodies = tuple(UUID(one) for one in policy.meeting_bodies)
    return PlanManner(body, _rules(policy, of_process), policy.stopped, bodies)


def _rules(policy: FollowUpPolicy | PlanFollowUpPolicy, otherwise: Rules) -> Rules:
    return replace(
        otherwise,
        before_due=tuple(policy.before_due),
        after_due=tuple(policy.after_due),
        answer_after=tuple(policy.answer_after),
        check_in_every=policy.check_in_every,
        check_ins=policy.check_ins,
        before_meeting=tuple(policy.before_meeting),
        grace=policy.grace,
    )


def put_into(policy: FollowUpPolicy | PlanFollowUpPolicy, rules: Rules, bodies: Iterable[UUID]) -> None:
    """Write the steps of `rules` into a row."""
    for name, value in steps_written(rules).items():
        setattr(policy, name, value)
    policy.meeting_bodies = [str(one) for one in bodies]


def steps_written(rules: Rules) -> dict[str, Any]:
    """The steps of `rules`, by the names of their columns."""
    return {
        "before_due": list(rules.before_due),
        "after_due": list(rules.after_due),
        "answer_after": list(rules.answer_after),
        "check_in_every": rules.check_in_every,
        "check_ins": rules.check_ins,
        "before_meeting": list(rules.before_meeting),
        "grace": rules.grace,
    }


def item_of(one: Awaited, manner: Manner | None = None, meetings: Sequence[queries.BodyMeets] = ()) -> Item:
    """An awaited thing as the planner needs it. `meetings` are those ahead, as far as the reader may know of them."""
    plan = _plan_of(one, manner)
    rounds = () if manner is None else _rounds(plan, manner, meetings)
    return Item(
        one.kind,
        one.subject,
        one.since,
        one.due_on,
        one.last_word_on,
        one.cycle,
        one.earlier,
        plan.rules,
        rounds,
        one.office,
    )


def items_of(things: Iterable[Awaited], manner: Manner, meetings: Sequence[queries.BodyMeets]) -> list[Item]:
    """All of them, but for those of plans that are not asked after for now."""
    return [item_of(one, manner, meetings) for one in things if not _plan_of(one, manner).stopped]


def _plan_of(one: Awaited, manner: Manner | None) -> PlanManner:
    if manner is None or one.within is None or one.kind not in IN_PLANS:
        return PlanManner()
    return manner.plans.get(one.within, PlanManner())


def _rounds(plan: PlanManner, manner: Manner, meetings: Sequence[queries.BodyMeets]) -> tuple[MeetingAhead, ...]:
    """The meetings before which there is a round: of the bodies that are named, else of the body that adopted the plan;
    where no body did, every one at a level above the technical."""
    named = plan.bodies or manner.bodies
    if named:
        return tuple(one.ahead for one in meetings if one.body in named)
    if plan.body is not None:
        return tuple(one.ahead for one in meetings if one.body == plan.body)
    return tuple(one.ahead for one in meetings if not one.is_technical)
