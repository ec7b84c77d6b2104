"""The timeline of a process: a picture of its years, and the same in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import dates
from secretariat.core.languages.templating import local_text
from secretariat.pages.access import authorise, permission
from secretariat.pages.lists import pages_of
from secretariat.pages.strip import Drawn, Strip, strip
from secretariat.pages.unit import db, viewer
from secretariat.processes import policy
from secretariat.processes.timeline import Moment, Placed, Timeline, entered, timeline
from secretariat.processes.views.common import process_of
from secretariat.processes.views.reading import blueprint
from secretariat.processes.wording import shown_labels

_MOST_YEARS = 26
"""Years that can be written one beside the other."""
_STEPS = (1, 2, 5, 10, 20)


@blueprint.get("/<slug>/timeline")
@permission("see the timeline of a process")
def timeline_page(slug: str) -> ResponseReturnValue:
    """Chairs, meetings, outcomes, adopted texts and plans of a process, year by year."""
    process = process_of(slug)
    authorise(policy.takes_part(viewer(), process) and not policy.has_left(viewer(), process))
    on = clock.today(process.zone)
    made = timeline(db(), process)
    placed = made.latest_first()
    pages = pages_of(len(placed))
    here = placed[pages.offset : pages.offset + pages.rows]
    shown_labels(db(), {one.moment.label_id for one in placed})
    return render_template(
        "processes/timeline.html",
        process=process,
        drawn=_drawn(made, on),
        counts=[(one.words, len(made.lanes[one.id])) for one in entered() if one.id in made.lanes],
        years=_by_year(here),
        labels={one.moment.label_id for one in placed},
        pages=pages,
        days=_days,
    )


def _by_year(placed: list[Placed]) -> list[tuple[int | None, list[Placed]]]:
    found: dict[int | None, list[Placed]] = {}
    for one in placed:
        found.setdefault(one.moment.year, []).append(one)
    return list(found.items())


def _days(moment: Moment) -> str:
    """When it was, as precisely as it is known; empty where its year says all."""
    if moment.since is None:
        return ""
    until = moment.until
    if moment.since.precision == "day" and (until is None or until.precision == "day"):
        last = until.first_day if until is not None else moment.since.first_day
        said = dates.days_text(moment.since.first_day, last)
    elif until is None or until == moment.since:
        said = "" if moment.since.precision == "year" else dates.partial_date_text(moment.since)
    else:
        said = f"{dates.partial_date_text(moment.since)}–{dates.partial_date_text(until)}"
    return said


def _drawn(made: Timeline, on: date) -> Strip | None:
    """The picture from the first year to the last; None where nothing has a day."""
    lanes = [one for one in entered() if one.id in made.lanes]
    things = []
    for number, lane in enumerate(lanes):
        for one in made.lanes[lane.id]:
            last = one.last_day(on)
            if one.since is not None and last is not None:
                words = one.words if isinstance(one.words, str) else local_text(one.words)
                said = ": ".join(filter(None, (_days(one) or str(one.year), words)))
                things.append(Drawn(one.since.first_day, last, said, number, lane.ink, words))
    if not things:
        return None
    first, last_year = min(one.first.year for one in things), max(one.last.year for one in things)
    years = range(first, last_year + 1)
    step = next((one for one in _STEPS if len(years) / one <= _MOST_YEARS), len(years))
    ticks: list[tuple[date, str]] = [(date(year, 1, 1), str(year)) for year in years if (year - first) % step == 0]
    named: list[Any] = [str(one.words) for one in lanes]
    return strip(date(first, 1, 1), date(last_year, 12, 31), named, things, ticks, on)
