"""The form of the milestones a body keeps: for each kind a number, and what it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, make_dataclass
from typing import Any

from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.meetings import milestone_words
from secretariat.meetings.milestone_models import Anchor, MilestoneKind
from secretariat.meetings.milestones import Rule
from secretariat.meetings.service import FURTHEST_DAYS, Distance
from secretariat.pages import fields
from secretariat.pages.fields import Either
from secretariat.pages.forms import Form

WEEK = 7
COUNTS = {
    "weeks:before:first_day": _l("weeks before the first day"),
    "days:before:first_day": _l("days before the first day"),
    "weeks:after:first_day": _l("weeks after the first day"),
    "days:after:first_day": _l("days after the first day"),
    "weeks:before:last_day": _l("weeks before the last day"),
    "days:before:last_day": _l("days before the last day"),
    "weeks:after:last_day": _l("weeks after the last day"),
    "days:after:last_day": _l("days after the last day"),
}
"""What a number can count."""


@dataclass(frozen=True, slots=True)
class _Counted:
    number: int
    counts: str


class MilestonesForm(Form):
    """All milestones of a body's meetings at once. `number_<kind>` and `counts_<kind>` belong together."""

    @property
    def distances(self) -> dict[MilestoneKind, Distance | None]:
        """What was typed; None for a milestone that is not kept."""
        return {kind: self._distance(kind) for kind in MilestoneKind}

    def fits(self) -> bool:
        """Whether each number has what it counts and lies near enough; says beside the field what is wrong."""
        for kind in MilestoneKind:
            number, counts = self[f"number_{kind.value}"], self[f"counts_{kind.value}"]
            if counts.data and number.data is None:
                self.refuse(_("Give the number, for example 6, or choose “not at our meetings”"), number.name)
            elif (distance := self._distance(kind)) is not None and abs(distance.days) > FURTHEST_DAYS:
                self.refuse(_("That would be more than two years from the meeting; give a smaller number"), number.name)
        return not self.wrong()

    def _distance(self, kind: MilestoneKind) -> Distance | None:
        number, counts = self[f"number_{kind.value}"].data, self[f"counts_{kind.value}"].data
        if not counts or number is None:
            return None
        unit, side, anchor = counts.split(":")
        days = number * (WEEK if unit == "weeks" else 1)
        return Distance(-days if side == "before" else days, Anchor(anchor))


def milestones_form() -> type[MilestonesForm]:
    """The form, with a pair of fields for each kind."""
    asked: dict[str, Any] = {}
    for kind in MilestoneKind:
        word = milestone_words.KIND[kind]
        asked[f"number_{kind.value}"] = fields.NumberField(word, [Either()], least=0, most=FURTHEST_DAYS)
        asked[f"counts_{kind.value}"] = fields.ChoiceField(
            _l("%(milestone)s: counted in", milestone=word),
            [Either()],
            choices=list(COUNTS.items()),
            blank=_l("not at our meetings"),
        )
    return type("BodyMilestonesForm", (MilestonesForm,), asked)


def milestone_values(rules: Mapping[MilestoneKind, Rule], version: int) -> Any:
    """What stands in the form when it is opened; `version` is that of all rules together."""
    values: dict[str, Any] = {"version": version}
    for kind in MilestoneKind:
        rule = rules.get(kind)
        counted = _counted(rule) if rule is not None else None
        values[f"number_{kind.value}"] = counted.number if counted else None
        values[f"counts_{kind.value}"] = counted.counts if counted else None
    made = make_dataclass("MilestoneValues", list(values), frozen=True)
    return made(**values)


def _counted(rule: Rule) -> _Counted:
    """In weeks where it comes out even."""
    distance = abs(rule.days)
    unit, number = ("weeks", distance // WEEK) if distance and not distance % WEEK else ("days", distance)
    after = rule.days > 0 or (rule.days == 0 and rule.anchor is Anchor.LAST_DAY)
    return _Counted(number, f"{unit}:{'after' if after else 'before'}:{rule.anchor.value}")
