"""Where a part of a plan stands: moved in a draft at will, in an adopted plan by what a meeting changed.

An area stands in the plan itself, an objective there or in an area, an activity in either or in an objective; so
nothing can come to stand in itself, and nothing is left standing nowhere. With a part goes all that stands below it:
its parts, commitments, the letters of these. In a draft everything is numbered anew, but for numbers that were given by
hand. In an adopted plan numbers are what people quote: only what goes into another part takes a new one there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.core.viewer import Viewer
from secretariat.plans import numbering, policy, queries
from secretariat.plans.models import Activity, Area, Commitment, NumberSequence, Objective, Plan, PlanState
from secretariat.plans.service.record import members_clause, record
from secretariat.plans.service.text import Part, check_same_plan


@dataclass(frozen=True, slots=True)
class Spot:
    """A place among the parts of a plan: in `above` (None: the plan itself), before one of its parts or at its end."""

    above: Part | None = None
    before: Part | None = None


def before(outline: list[Part], part: Part) -> Spot:
    """The place directly before a part."""
    above = _above(part)
    return Spot(next((one for one in outline if one.id == above), None), part)


def after(outline: list[Part], part: Part) -> Spot:
    """The place directly after a part and all that stands in it."""
    beside = _beside(outline, _above(part))
    here = next(at for at, one in enumerate(beside) if one.id == part.id)
    above = before(outline, part).above
    return Spot(above, beside[here + 1] if here + 1 < len(beside) else None)


def move_part(session: ViewerSession, viewer: Viewer, plan: Plan, part: Part, *, up: bool) -> None:
    """Change places with the part before or after it in what it stands in. Nothing happens at either end.

    Raises NotAllowed, Refused (adopted text).
    """
    _may_move(viewer, plan)
    beside = _beside(queries.outline(session, plan.id), _above(part))
    here = next(at for at, one in enumerate(beside) if one.id == part.id)
    there = here - 1 if up else here + 1
    if 0 <= there < len(beside):
        follows = beside[there] if up else (beside[there + 1] if there + 1 < len(beside) else None)
        put_at(session, plan, part, Spot(_one(session, plan, _above(part)), follows))
        record(session, "plan text moved", plan, members_clause(plan), part, number=part.number)


def place_part(session: ViewerSession, viewer: Viewer, plan: Plan, part: Part, spot: Spot) -> None:
    """Put a part of a draft elsewhere. Raises NotAllowed, Refused (adopted text, a part it cannot stand in)."""
    _may_move(viewer, plan)
    put_at(session, plan, part, spot)
    record(session, "plan text moved", plan, members_clause(plan), part, number=part.number)


def _may_move(viewer: Viewer, plan: Plan) -> None:
    require(policy.may_keep(viewer, plan))
    if plan.state is not PlanState.DRAFT:
        raise Refused(_("The text of this plan is adopted; it is changed by an amendment that a meeting adopts."))


def put_at(session: ViewerSession, plan: Plan, part: Part, spot: Spot) -> None:
    """Put a part and all below it at a place, for whoever has decided that it goes there. Raises Refused."""
    check_can_stand(plan, part, spot)
    with system_access(session, Reason.NUMBERING) as system:
        _Text(system, plan).put(part.id, spot)


def check_can_stand(plan: Plan, part: Part, spot: Spot) -> None:
    """Raises Refused: a part of another plan, or of a kind in which this one cannot stand, or itself."""
    above = spot.above
    check_same_plan(plan, above)
    if part is spot.before or (above is not None and above.id == part.id):
        raise Refused(_("It cannot stand in itself or before itself; choose another place."), "place")
    if isinstance(part, Area) and above is not None:
        raise Refused(_("An area stands in the plan itself; choose its end."), "place")
    if isinstance(part, Objective) and above is not None and not isinstance(above, Area):
        raise Refused(_("An objective stands in an area or in the plan itself."), "place")
    if isinstance(above, Activity):
        raise Refused(_("An activity stands in an objective, an area or the plan itself."), "place")


def below(outline: list[Part], part: Part) -> list[Part]:
    """What stands in a part, however deep, in its order."""
    return [one for one in outline if is_in(one, part)]


def is_in(part: Part, other: Part) -> bool:
    """Whether a part stands in another, however deep."""
    return part.id != other.id and part.place.startswith(other.place)


def _above(part: Part) -> UUID | None:
    if isinstance(part, Activity):
        return part.objective_id or part.area_id
    return part.area_id if isinstance(part, Objective) else None


def _beside(outline: list[Part], above: UUID | None) -> list[Part]:
    return [one for one in outline if _above(one) == above]


def _one(session: ViewerSession, plan: Plan, key: UUID | None) -> Part | None:
    return queries.part_by_id(session, plan.id, key) if key is not None else None


class _Text:
    """All parts of a plan, whoever reads them, while one of them is moved."""

    def __init__(self, system: SystemSession, plan: Plan) -> None:
        self.system, self.plan_id = system, plan.id
        self.renumbers = plan.state is PlanState.DRAFT
        self.parts = queries.outline(system, plan.id)
        self.was = {one.id: (one.place, one.number) for one in self.parts}
        self.counted = {one.id for one in self.parts if one.number == self._counted(one)}
        self.below: dict[UUID | None, list[Part]] = defaultdict(list)
        for one in self.parts:
            self.below[_above(one)].append(one)

    def _counted(self, part: Part) -> str:
        """The number it has where none was given by hand."""
        above = next((one.number for one in self.parts if one.id == _above(part)), "")
        return numbering.part_number(above, part.position)

    def put(self, key: UUID, spot: Spot) -> None:
        part = next(one for one in self.parts if one.id == key)
        comes_from, above = _above(part), spot.above.id if spot.above else None
        self.below[comes_from].remove(part)
        row = self.below[above]
        at = next((at for at, one in enumerate(row) if spot.before and one.id == spot.before.id), len(row))
        row.insert(at, part)
        self._stand_in(part, next((one for one in self.parts if one.id == above), None))
        in_order = list(self._placed())
        if self.renumbers:
            self._number_anew(in_order)
        elif above != comes_from:
            self._number_in_new_place(part)
        self.system.flush()
        self._take_commitments_along()
        self._take_letters_along()

    def _stand_in(self, part: Part, above: Part | None) -> None:
        if isinstance(part, Activity):
            part.objective_id = above.id if isinstance(above, Objective) else None
            part.area_id = above.area_id if isinstance(above, Objective) else above.id if above else None
        elif isinstance(part, Objective):
            part.area_id = above.id if above else None
            for one in self.below[part.id]:
                self._stand_in(one, part)

    def _placed(self, above: Part | None = None) -> Iterator[Part]:
        for position, one in enumerate(self.below[above.id if above else None], start=1):
            one.position, one.place = position, numbering.place(above.place if above else "", position)
            yield one
            yield from self._placed(one)

    def _number_anew(self, in_order: list[Part]) -> None:
        taken = {one.number for one in in_order if one.id not in self.counted}
        numbers: dict[UUID | None, str] = {None: ""}
        for one in in_order:
            if one.id in self.counted:
                one.number = self._next(numbers[_above(one)], one.position, taken)
                taken.add(one.number)
            numbers[one.id] = one.number

    def _number_in_new_place(self, part: Part) -> None:
        moved = [part, *below(sorted(self.parts, key=lambda one: one.place), part)]
        ids = {one.id for one in moved}
        taken = {one.number for one in self.parts if one.id not in ids}
        numbers = {one.id: one.number for one in self.parts}
        for one in moved:
            above = _above(one)
            one.number = self._next(numbers[above] if above else "", one.position, taken)
            numbers[one.id] = one.number
            taken.add(one.number)

    @staticmethod
    def _next(above: str, position: int, taken: set[str]) -> str:
        while (number := numbering.part_number(above, position)) in taken:
            position += 1
        return number

    def _take_commitments_along(self) -> None:
        now: dict[UUID, Part] = {one.id: one for one in self.parts}
        for one in self.system.scalars(select(Commitment).where(Commitment.plan_id == self.plan_id)):
            key = one.activity_id or one.objective_id or one.area_id
            if key is None:
                continue
            part = now[key]
            if isinstance(part, Activity):
                one.objective_id, one.area_id = part.objective_id, part.area_id
            elif isinstance(part, Objective):
                one.area_id = part.area_id
            one.part_number, one.place = part.number, part.place

    def _take_letters_along(self) -> None:
        """The last letter given in a part is that of the part, wherever it stands now."""
        now = {self.was[one.id][0]: one.place for one in self.parts}
        rows = self.system.scalars(select(NumberSequence).where(NumberSequence.plan_id == self.plan_id)).all()
        kept = [(now.get(row.place, row.place), row.readers, row.last) for row in rows]
        for row in rows:
            self.system.delete(row)
        self.system.flush()
        self.system.expunge_all()
        self.system.add_all(
            NumberSequence(plan_id=self.plan_id, place=place, readers=readers, last=last)
            for place, readers, last in kept
        )
