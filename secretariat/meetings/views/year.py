"""A year at a glance: its twelve months, and the two tracks of a process side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.days_off import country_of, weekend
from secretariat.core.languages import current_reading, dates, pgettext
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.meetings import calendar_reading, neighbours, queries, sides
from secretariat.meetings import words as in_words
from secretariat.meetings.calendar_reading import Due, Entry, entries_between
from secretariat.meetings.clashes import Span
from secretariat.meetings.month import Cell, laid_out
from secretariat.meetings.views.base import blueprint, the_process
from secretariat.pages import place
from secretariat.pages.access import signed_in
from secretariat.pages.strip import Drawn, Strip, strip
from secretariat.pages.unit import db, viewer
from secretariat.processes.models import Process
from secretariat.processes.wording import shown_labels

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Beyond these there is nothing to turn to."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Days the other side says are taken: days, and whose."""

    days: Span
    track: UUID
    name: Any


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the year: its weeks, and in order what begins or goes on in it."""

    first: date
    weeks: list[list[Cell[Any]]]
    things: list[Any]


@blueprint.get("/calendar/year")
@signed_in
def year_page() -> ResponseReturnValue:
    """Twelve months, of one process or of all of one's hat, on one page."""
    mine = calendar_reading.processes_in(db(), viewer().processes)
    asked = request.args.get("process") or (mine[0].slug if len(mine) == 1 else "")
    chosen = next((one for one in mine if one.slug == asked), None)
    if chosen is not None:
        place.enter(chosen)
    today = clock.today(current_reading().zone)
    year = _year(request.args.get("year", ""), today)
    wanted = [chosen.id] if chosen is not None else [one.id for one in mine]
    entries = entries_between(db(), _days_of(year), wanted)
    due = calendar_reading.due_between(db(), _days_of(year), wanted)
    taken = _taken(chosen, year) if chosen is not None else []
    shown_labels(db(), {*(one.label_id for one in entries), *(one.label_id for one in due)})
    return render_template(
        "meetings/year.html",
        **_frame(year, chosen),
        processes=mine,
        months=_months(year, [*entries, *due, *taken]),
        entries=entries,
        due=due,
        taken=taken,
        mark_of=_mark_of,
        is_due=lambda one: isinstance(one, Due),
        is_taken=lambda one: isinstance(one, Taken),
        today=today,
        closed=weekend(country_of(chosen.zone if chosen is not None else current_reading().zone)),
        words=in_words,
        address_of=lambda asked: url_for("meetings.year_page", **_asked(asked, chosen)),
    )


@blueprint.get("/processes/<slug>/meetings/tracks")
@signed_in
def tracks_beside(slug: str) -> ResponseReturnValue:
    """A year of the process: the governments' track and the network's, and what they hold together."""
    process = the_process(slug)
    place.enter(process, across=True)
    today = clock.today(process.zone)
    year = _year(request.args.get("year", ""), today)
    entries = entries_between(db(), _days_of(year), [process.id])
    shown_labels(db(), {one.label_id for one in entries})
    taken = _taken(process, year)
    tracks = list(process.tracks)
    named: dict[UUID | None, Any] = {one.id: one.name for one in tracks}
    own = viewer().tracks_in(process.id)
    beside = sides.side_by_side(entries, [(one.days, one.track) for one in taken], [one.id for one in tracks], own)
    return render_template(
        "meetings/tracks.html",
        **_frame(year, process),
        process=process,
        sides=beside,
        rows_by_month=sides.rows_by_month(beside.rows),
        names=named,
        entries=entries,
        taken=taken,
        drawn=_drawn(year, beside, named, today),
        words=in_words,
        address_of=lambda asked: url_for("meetings.tracks_beside", slug=slug, year=asked),
    )


# --- what both pages need -------------------------------------------------------------------------------------------


def _year(typed: str, today: date) -> int:
    """The year asked for; the present one where none is, or none there can be."""
    asked = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == 4 else today.year
    return asked if FIRST_YEAR <= asked <= LAST_YEAR else today.year


def _days_of(year: int) -> Span:
    return Span(date(year, 1, 1), date(year, 12, 31))


def _frame(year: int, process: Process | None) -> dict[str, Any]:
    """The year, its neighbours, and the ways to look at a calendar."""
    return {
        "year": year,
        "earlier": year - 1 if year > FIRST_YEAR else None,
        "later": year + 1 if year < LAST_YEAR else None,
        "chosen": process,
        "short": short_days,
        "ways": ways(date(year, 1, 1), process),
        "here": url_for("meetings.tracks_beside", slug=process.slug, year=year)
        if request.endpoint == "meetings.tracks_beside" and process is not None
        else url_for("meetings.year_page", **_asked(year, process)),
    }


def ways(month: date, process: Process | None) -> list[tuple[str, str]]:
    """The ways to look at meetings: a month, a list, the year; of a process also all of them, and its tracks."""
    of_process = {"process": process.slug} if process is not None else {}
    asked: dict[str, Any] = {"month": f"{month:%Y-%m}", **of_process}
    found = [
        (_("Month"), url_for("meetings.calendar_page", **asked)),
        (_("List"), url_for("meetings.calendar_page", **asked, view="list")),
        (_("Year"), url_for("meetings.year_page", **_asked(month.year, process))),
    ]
    if process is None:
        return found
    beside = (_("Tracks"), url_for("meetings.tracks_beside", slug=process.slug, year=month.year))
    return [(_("Meetings"), url_for("meetings.index", slug=process.slug)), *found, beside]


def short_days(days: Span) -> str:
    """`14`, `14–15`, `30 Apr–2 May`: days in a list that says the month and year above them."""
    if days.first == days.last:
        return dates.day_of_month_text(days.first)
    month = (days.first.year, days.first.month) != (days.last.year, days.last.month)
    first, last = (dates.day_of_month_text(one, month=month) for one in (days.first, days.last))
    return pgettext("days", "%(first)s–%(last)s", first=first, last=last)


def _asked(year: int, process: Process | None) -> dict[str, Any]:
    return {"year": year, **({"process": process.slug} if process is not None else {})}


def _taken(process: Process, year: int) -> list[Taken]:
    """What the other side tells of its days; to the office of one's own alone."""
    kept = queries.track_kept(db(), process.id, viewer())
    if kept is None:
        return []
    return [Taken(days, track, name) for days, track, name in neighbours.taken_beside(db(), _days_of(year), kept)]


# --- twelve months --------------------------------------------------------------------------------------------------


def _months(year: int, things: Sequence[Any]) -> list[Month]:
    first_weekday = current_reading().language.locale.first_week_day
    ordered = sorted(things, key=lambda one: (one.days.first, one.days.last))
    months = []
    for number in range(1, 13):
        weeks = laid_out(date(year, number, 1), first_weekday, ordered)
        last = max(cell.on for week in weeks for cell in week if cell.is_of_month)
        here = Span(date(year, number, 1), last)
        months.append(Month(here.first, weeks, [one for one in ordered if one.days.shared(here)]))
    return months


def _mark_of(cell: Cell[Any]) -> str:
    """How a day is marked: by what weighs most of what lies on it."""
    kinds = {_kind(one.entry) for one in cell.entries} if cell.is_of_month else set()
    return next((kind for kind in ("joint", "meets", "asked", "taken") if kind in kinds), "")


def _kind(one: Any) -> str:
    if isinstance(one, Entry):
        return "joint" if one.notice is not None else "meets"
    return "asked" if isinstance(one, Due) else "taken"


# --- two tracks -----------------------------------------------------------------------------------------------------


def _drawn(year: int, beside: sides.Sides, named: dict[UUID | None, Any], today: date) -> Strip:
    days = _days_of(year)
    things = [
        Drawn(
            one.days.first,
            one.days.last,
            f"{dates.days_text(one.days.first, one.days.last)}: {_said_of(one)}",
            beside.lane_of(one),
            "hatch" if one.entry is None else "f2" if one.is_joint else "f1",
        )
        for one in _all_in(beside.rows)
    ]
    # a month that has two names, as in Arabic, is called by the second: there is no room for both
    firsts = [date(year, number, 1) for number in range(1, 13)]
    months = [(one, dates.month_name(one).rpartition("/")[2]) for one in firsts]
    lanes = [lane_words(named, one) for one in beside.lanes]
    return strip(days.first, days.last, lanes, things, months, today)


def _all_in(rows: Iterable[sides.Stretch]) -> Iterable[sides.OnLane]:
    for row in rows:
        yield from ([row.joint] if row.joint is not None else [one for lane in row.lanes for one in lane])


def _said_of(one: sides.OnLane) -> str:
    return local_text(one.entry.title) if one.entry is not None else _("days taken")


def lane_words(named: dict[UUID | None, Any], track: UUID | None) -> str:
    """The name of a side; of one that is known by what is held with it, that it is the other."""
    return local_text(named[track]) if track in named else _("The other side of the process")
