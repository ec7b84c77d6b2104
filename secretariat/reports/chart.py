"""The one chart of a report: where the areas stand, and where they stood in the last report. Pure.

What each piece stands for is written in it, and once more in a table; no piece stands for silence and anything else.
"""

from __future__ import annotations

from dataclasses import dataclass

from secretariat.plans import plan_page
from secretariat.plans.plan_page import Segment
from secretariat.reports.composition import Area, Composition

WIDTH = 420


@dataclass(frozen=True, slots=True)
class Bars:
    """An area now and, where the last report spoke of it, then: counts by status, and the pieces of the bar."""

    area: Area
    counts: dict[str, int]
    now: list[Segment]
    counts_then: dict[str, int]
    then: list[Segment]


def bars(composed: Composition) -> list[Bars]:
    """A pair of bars for each area of the plan, all in one measure."""
    now = {area.id: composed.counts(area.id) for area in composed.areas}
    then = {area: dict(counts) for area, counts in composed.before.counts.items()} if composed.before else {}
    known = [*now.values(), *(counts for area, counts in then.items() if area in now)]
    most = max((plan_page.in_bar(counts) for counts in known), default=0)
    return [
        Bars(
            area,
            now[area.id],
            plan_page.bar(now[area.id], WIDTH, most) if most else [],
            then.get(area.id, {}),
            plan_page.bar(then.get(area.id, {}), WIDTH, most) if most else [],
        )
        for area in composed.areas
    ]
