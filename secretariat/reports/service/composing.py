"""Composing a report from the plan: what it would say today, with the eyes of a reader who is nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from secretariat.core import clock
from secretariat.core.languages import LANGUAGES
from secretariat.core.session import ViewerSession, looking_as
from secretariat.plans import queries as plans
from secretariat.plans.models import Area, Plan
from secretariat.processes.names import in_order, names_of
from secretariat.reports import composition, editions, queries
from secretariat.reports.composition import Composition, Entry, Named
from secretariat.reports.models import ProgressReport, ReportCheck

_A_MOMENT = timedelta(microseconds=1)


def compose(session: ViewerSession, about: ProgressReport | ReportCheck) -> Composition:
    """What the report says to all members of its body today: composed with the eyes of a member who is nobody.

    `about` says of which plan, for which body and days; the session is that of the secretariat, or of a participant
    that looks at its own entries.
    """
    plan, on = about.plan, clock.today()
    reader = editions.members_reader(session, plan, about.body, on)
    begins, ends = _begins(session, about), _starts(about.to_on + timedelta(days=1), plan.process.zone)
    counted = counted_in_checks(session, plan)
    with looking_as(session, reader) as readers_session:
        found = [composition.entry(one, begins, ends) for one in queries.facts(readers_session, plan.id, counted)]
        entries = tuple(one for one in found if one is not None)
        areas = [part for part in plans.outline(readers_session, plan.id) if isinstance(part, Area)]
        return Composition(
            title=plan.title,
            from_on=about.from_on,
            to_on=about.to_on,
            entries=entries,
            areas=tuple(composition.Area(str(one.id), one.number, one.title) for one in areas),
            names={language: _names(readers_session, entries, plan, language) for language in LANGUAGES},
            introduction=about.introduction,
        )


def counted_in_checks(session: ViewerSession, plan: Plan) -> dict[UUID, datetime]:
    """By when updates and revisions count that were entered while participants looked at a report: with its last day,
    which was over by then; so they stand in that report, and not again in the next."""
    return {
        UUID(key): _starts(one.to_on + timedelta(days=1), plan.process.zone) - _A_MOMENT
        for one in queries.checks_of_plan(session, plan.id)
        for key in one.given
    }


def _begins(session: ViewerSession, about: ProgressReport | ReportCheck) -> datetime:
    """The first instant of the period. Where the last report ended on its first day, the instant up to which that one
    had heard: nothing said on a day that two reports share stands in both, or in neither."""
    plan = about.plan
    first = _starts(about.from_on, plan.process.zone)
    last = queries.last_edition(session, plan.id)
    if last is None or last.to_on != about.from_on:
        return first
    return min(_starts(last.to_on + timedelta(days=1), plan.process.zone), last.issued_at)


def _names(session: ViewerSession, entries: Iterable[Entry], plan: Plan, language: str) -> dict[str, Named]:
    called = names_of(session, {UUID(one.participant) for one in entries}, process=plan.process_id, language=language)
    return {str(key): Named(str(called[key]), rank) for rank, key in enumerate(in_order(called), start=1)}


def _starts(day: date, zone: str) -> datetime:
    """The first instant of a day where the process is at home."""
    return datetime.combine(day, time(), ZoneInfo(zone))
