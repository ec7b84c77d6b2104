"""What the form of a meeting warns of before it is saved: other meetings of the same participants, and holidays there.

A warning is said once for the same days; whoever sends the form again has decided. Nothing is ever refused for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from secretariat.core.days_off import Holiday, country_of, holidays_in
from secretariat.core.languages import current_reading
from secretariat.core.languages.order import collation_key
from secretariat.core.localtext import LocalText
from secretariat.meetings import neighbours
from secretariat.meetings.clashes import Clash, Span, clashing
from secretariat.meetings.day_forms import WarnsOfDays
from secretariat.meetings.forms import MeetingValues
from secretariat.meetings.models import Meeting
from secretariat.meetings.neighbours import Circle
from secretariat.meetings.service import LONGEST_DAYS
from secretariat.pages.forms import Form
from secretariat.pages.unit import db
from secretariat.processes.models import Body, Process, Track
from secretariat.processes.names import Name, in_order, names_of


@dataclass(frozen=True, slots=True)
class DayOff:
    """A holiday on one of the days, and in which countries: that of the place first, then members in order."""

    holiday: Holiday
    countries: Sequence[str]


@dataclass(frozen=True, slots=True)
class Warnings:
    """What a form warns of, in the reader's words. `names` are those of the participants in the clashes."""

    clashes: Sequence[Clash] = ()
    days_off: Sequence[DayOff] = ()
    busy: Sequence[tuple[Span, LocalText]] = ()
    names: Mapping[UUID, Name] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.clashes or self.days_off or self.busy)

    def called(self, clash: Clash) -> list[str]:
        """The participants of a clash by name, in the order of the reader's language."""
        return [str(self.names[one]) for one in in_order({one: self.names[one] for one in clash.participants})]


def warnings_for(
    process: Process, track: Track, body: Body | None, days: Span, zone: str, host: UUID | None, meeting: Meeting | None
) -> Warnings:
    """What else lies on these days, as far as the reader may know: a constant number of statements."""
    key = meeting.id if meeting is not None else None
    participants = neighbours.expected(db(), Circle.of(track.id, body), days.first, key)
    others = neighbours.gatherings(db(), days, beside=track, besides=key)
    clashes = clashing(days, participants, others)
    place = country_of(zone)
    countries = neighbours.countries_of(db(), {*participants, *({host} if host else ())}, place)
    named = names_of(db(), {*countries, *(one for clash in clashes for one in clash.participants)}, process=process.id)
    busy = neighbours.busy_beside(db(), days, track)
    return Warnings(clashes, _days_off(days, place, countries, named), busy, named)


def of_form(
    form: WarnsOfDays, process: Process, track: Track, body: Body | None, meeting: Meeting | None = None
) -> Warnings:
    """What a form warns of; nothing where its days are not, or cannot be, those of a meeting."""
    first = form["starts_on"].data
    last = form["ends_on"].data or first
    if first is None or not 0 <= (last - first).days < LONGEST_DAYS:
        return Warnings()
    days = Span(first, last)
    host = UUID(form["host"].data) if form["host"].data else None
    return warnings_for(process, track, body, days, form["zone"].data or "", host, meeting)


def to_say(form: WarnsOfDays, warnings: Warnings) -> bool:
    """Whether the warnings are to be shown before anything is saved: once for the same days of the same body."""
    said = "/".join(str(form[name].data or "") for name in ("starts_on", "ends_on", "zone", "body", "host"))
    return not form.was_warned(said) and bool(warnings)


def of_meeting(form: WarnsOfDays, meeting: Meeting) -> Warnings:
    """What the form of a meeting that is there warns of."""
    return of_form(form, meeting.process, meeting.track, meeting.body, meeting)


def moves(form: WarnsOfDays, before: MeetingValues) -> bool:
    """Whether the form gives a meeting other days than it has, or another place whose days count."""
    last = form["ends_on"].data or form["starts_on"].data
    after = (form["starts_on"].data, last, form["zone"].data, form["host"].data or "")
    return after != (before.starts_on, before.ends_on, before.zone, str(before.host or ""))


def shown(form: Form, template: str, **context: Any) -> ResponseReturnValue:
    """The page of a form with what it warns of: what was typed stands in it, and nothing is wrong with it."""
    return make_response(render_template(template, form=form, act=request.form.get("act", ""), **context))


def _days_off(days: Span, place: str, countries: Mapping[UUID, str], named: Mapping[UUID, Name]) -> list[DayOff]:
    language = current_reading().language.code
    called = {iso: str(named[key]) for key, iso in countries.items()}
    found: dict[tuple[date, str], list[str]] = defaultdict(list)
    held: dict[tuple[date, str], Holiday] = {}
    for iso in sorted(called, key=lambda one: (one != place, collation_key(called[one], language))):
        for one in holidays_in(iso, days.first, days.last, language):
            held[one.on, one.name] = one
            found[one.on, one.name].append(called[iso])
    return [DayOff(held[key], found[key]) for key in sorted(found)]
