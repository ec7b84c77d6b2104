"""The milestones a body keeps, and noting that one of a meeting is reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from secretariat.core import audit, clock
from secretariat.core.labelling import attach
from secretariat.core.refusals import NotAllowed
from secretariat.core.session import ViewerSession
from secretariat.meetings import policy
from secretariat.meetings.milestone_models import Anchor, MilestoneKind, MilestoneRule
from secretariat.meetings.milestones import NOTED_BY_HAND
from secretariat.meetings.models import Meeting
from secretariat.meetings.service.record import for_secretariat, record
from secretariat.processes.models import Body

FURTHEST_DAYS = 730
"""How far from a meeting a milestone may lie: beyond it the number was mistyped."""


@dataclass(frozen=True, slots=True)
class Distance:
    """How many days from the anchor a milestone is due, negative before it."""

    days: int
    anchor: Anchor


def keep_milestones(session: ViewerSession, body: Body, distances: Mapping[MilestoneKind, Distance | None]) -> None:
    """Say when the milestones of a body's meetings are due; None for one it does not keep. Meetings planned already
    follow, because nothing of theirs is stored.

    Raises NotAllowed; ValueError where a kind is left out or lies further than any may.
    """
    if not policy.may_schedule(session.viewer, body.track_id):
        raise NotAllowed
    if set(distances) != set(MilestoneKind) or any(abs(one.days) > FURTHEST_DAYS for one in distances.values() if one):
        raise ValueError("every kind of milestone has its distance, and none is further than two years")
    present = {one.kind: one for one in session.scalars(select(MilestoneRule).where(MilestoneRule.body_id == body.id))}
    for kind, distance in distances.items():
        rule = present.get(kind)
        if rule is None:
            rule = MilestoneRule(body_id=body.id, kind=kind)
            rule.body = body
            _write(rule, distance)
            attach(session, rule, container=body)
        else:
            _write(rule, distance)
    audit.record(
        session,
        "milestones of a body kept",
        chain=audit.chain_name(body.process.slug, body.track.slug),
        clauses=[for_secretariat(body.process, body.track)],
        subject=body,
        content={kind.value: distance.days if distance else None for kind, distance in distances.items()},
    )
    session.flush()


def _write(rule: MilestoneRule, distance: Distance | None) -> None:
    rule.in_use = distance is not None
    if distance is not None:
        rule.days, rule.anchor = distance.days, distance.anchor


def note_milestone(session: ViewerSession, meeting: Meeting, kind: MilestoneKind, *, is_reached: bool) -> None:
    """Note that a milestone of a meeting is reached today, or take that back.

    Raises NotAllowed, also for one that is seen to be reached and not noted.
    """
    if kind not in NOTED_BY_HAND or not policy.may_note_milestone(session.viewer, meeting):
        raise NotAllowed
    others = {key: day for key, day in meeting.noted.items() if key != kind.value}
    today = clock.today(meeting.zone or "UTC").isoformat()
    meeting.noted = {**others, kind.value: today} if is_reached else others
    record(session, "milestone noted" if is_reached else "milestone taken back", meeting, milestone=kind.value)
    session.flush()
