"""The text of a plan: its areas, objectives and activities, their places, numbers and origins."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.meetings.models import Outcome
from secretariat.plans.models import Activity, Area, Objective

Part = Area | Objective | Activity


def outline(session: Session, plan_id: UUID) -> list[Part]:
    """Areas, objectives and activities in the order of the paper. Three statements."""
    return outlines(session, [plan_id])[plan_id]


def standing(parts: Iterable[Part]) -> list[Part]:
    """Those that no meeting has taken out."""
    return [part for part in parts if part.taken_out_at is None]


def outlines(session: Session, plans: Iterable[UUID]) -> dict[UUID, list[Part]]:
    """The outline of each of these plans. Three statements."""
    keys = list(plans)
    found: dict[UUID, list[Part]] = {key: [] for key in keys}
    parts: list[Part] = [
        *session.scalars(select(Area).where(Area.plan_id.in_(keys))),
        *session.scalars(select(Objective).where(Objective.plan_id.in_(keys))),
        *session.scalars(select(Activity).where(Activity.plan_id.in_(keys))),
    ]
    for part in parts:
        found[part.plan_id].append(part)
    return {key: sorted(parts, key=lambda part: part.place) for key, parts in found.items()}


def origins(session: Session, parts: Iterable[Part]) -> dict[UUID, UUID]:
    """By part, the meeting of the outcome it comes from, as far as the reader reads that outcome. One statement; none
    where no part comes from any."""
    told = {one.id: one.outcome_id for one in parts if not isinstance(one, Area) and one.outcome_id is not None}
    if not told:
        return {}
    wanted = select(Outcome.id, Outcome.meeting_id).where(Outcome.id.in_(sorted(set(told.values()), key=str)))
    meetings = {row.id: row.meeting_id for row in session.execute(wanted) if row.meeting_id is not None}
    return {part: meetings[outcome] for part, outcome in told.items() if outcome in meetings}


def part_by_id(session: Session, plan_id: UUID, part_id: UUID) -> Part | None:
    """An area, objective or activity of this plan."""
    return next((part for part in outline(session, plan_id) if part.id == part_id), None)


def parts_directly_in(session: Session, plan_id: UUID, above: str) -> int:
    """The last position given directly below a place."""
    last = 0
    for kind in (Area, Objective, Activity):
        found = session.execute(
            select(kind.place, kind.position).where(kind.plan_id == plan_id, kind.place.startswith(above))
        )
        last = max([last, *(position for place, position in found if place.count(".") == above.count(".") + 1)])
    return last


def numbers_taken(session: Session, plan_id: UUID) -> set[str]:
    """Numbers of areas, objectives and activities of a plan."""
    return {
        number
        for kind in (Area, Objective, Activity)
        for number in session.scalars(select(kind.number).where(kind.plan_id == plan_id))
    }
