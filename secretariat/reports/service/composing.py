"""Composing a report from the plan: what it would say today, with the eyes of a reader who is nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from secretariat.arrangements.workshop_queries import built_between
from secretariat.core import clock
from secretariat.core.languages import LANGUAGES
from secretariat.core.localtext import LocalText
from secretariat.core.session import ViewerSession, looking_as
from secretariat.plans import frameworks, partners
from secretariat.plans import queries as plans
from secretariat.plans.models import Activity, Area, Objective, Plan
from secretariat.processes.models import PublicReports
from secretariat.processes.names import in_order, names_of
from secretariat.reports import composition, editions, queries
from secretariat.reports.composition import Answered, Before, Built, Composition, Edition, Given, Named, Part, Produced
from secretariat.reports.models import ProgressReport, ReportCheck

_A_MOMENT = timedelta(microseconds=1)


def compose(session: ViewerSession, about: ProgressReport | ReportCheck) -> Composition:
    """What the report says to all members of its body today: composed with the eyes of a member who is nobody.

    `about` says of which plan, for which body and days; the session is that of the secretariat, or of a participant
    that looks at its own entries.
    """
    reader = editions.reader_of(session, about.plan, about.body, Edition.MEMBERS, clock.today())
    frame = _frame(session, about)
    with looking_as(session, reader) as readers_session:
        composed = _composed(readers_session, about, frame)
    return replace(
        composed,
        introduction=about.introduction,
        remarks={area: LocalText.from_json(words) for area, words in about.remarks.items()},
        before=_before(session, about.plan, Edition.MEMBERS),
    )


def compose_wider(session: ViewerSession, report: ProgressReport, edition: Edition) -> Composition | None:
    """What the report says to more readers than the members: composed with the eyes of such a reader who is nobody.

    None where there is nothing in it for them, so that no edition is made. The secretariat's introduction and remarks
    for the members are not in it.
    """
    plan = report.plan
    reader = editions.reader_of(session, plan, report.body, edition, clock.today())
    frame = _frame(session, report)
    of_activities = edition is Edition.PUBLIC and plan.track.public_reports is PublicReports.ACTIVITIES
    with looking_as(session, reader) as readers_session:
        if not queries.reads_plan(readers_session, plan.id):
            return None
        composed = (_activities if of_activities else _composed)(readers_session, report, frame)
    if not (composed.entries or composed.outcomes or (of_activities and composed.parts)):
        return None
    before = None if of_activities else _before(session, plan, edition)
    return replace(composed, edition=edition, introduction=report.wider_introduction, before=before)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The period, and by when what was entered in checks counts."""

    begins: datetime
    ends: datetime
    counted: dict[UUID, datetime]


def _frame(session: ViewerSession, about: ProgressReport | ReportCheck) -> _Frame:
    ends = _starts(about.to_on + timedelta(days=1), about.plan.process.zone)
    return _Frame(_begins(session, about), ends, counted_in_checks(session, about.plan))


def _composed(session: ViewerSession, about: ProgressReport | ReportCheck, frame: _Frame) -> Composition:
    """In the session of the reader: every commitment of the period, as far as that reader reads."""
    plan = about.plan
    found = [composition.entry(one, frame.begins, frame.ends) for one in queries.facts(session, plan.id, frame.counted)]
    entries = tuple(one for one in found if one is not None)
    given = plans.given_between(session, plan.id, frame.begins, frame.ends)
    built = built_between(session, plan.process_id, plan.track_id, frame.begins, frame.ends)
    spoken_of = {UUID(one.participant) for one in entries}.union(one.participant for one in given)
    spoken_of.update(one.participant_id for one in built)
    return replace(
        _headed(session, about),
        entries=entries,
        names={language: _names(session, spoken_of, plan, language) for language in LANGUAGES},
        given=_given(session, plan, given),
        built=tuple(Built(str(one.participant_id), one.words, one.title, one.ends_on) for one in built),
    )


def _given(session: ViewerSession, plan: Plan, given: Sequence[plans.Reported]) -> tuple[Given, ...]:
    """What was given, with who gave it where the reader knows that it takes part."""
    known = partners.known(session, plan, [one.giver for one in given if one.giver is not None])
    called = {code: names_of(session, known, process=plan.process_id, language=code) for code in LANGUAGES}
    return tuple(
        Given(
            one.number,
            str(one.participant),
            one.words,
            {code: str(called[code][one.giver]) for code in LANGUAGES}
            if one.giver in known and one.giver is not None
            else {code: one.giver_text for code in LANGUAGES if one.giver_text},
        )
        for one in given
    )


def _activities(session: ViewerSession, about: ProgressReport | ReportCheck, frame: _Frame) -> Composition:
    """In the session of the reader: what the plan sets out to do and what meetings produced, of no state's doing."""
    produced = queries.outcomes_confirmed(session, about.plan, frame.begins, frame.ends)
    return replace(
        _headed(session, about),
        outcomes=tuple(
            Produced(one.text, one.confirmed_at.date(), one.meeting.title if one.meeting else None)
            for one in produced
            if one.confirmed_at is not None
        ),
        tells_status=False,
    )


def _headed(session: ViewerSession, about: ProgressReport | ReportCheck) -> Composition:
    outline = plans.outline(session, about.plan.id)
    areas = [part for part in outline if isinstance(part, Area)]
    parts = [part for part in outline if not isinstance(part, Area)]
    return Composition(
        title=about.plan.title,
        from_on=about.from_on,
        to_on=about.to_on,
        entries=(),
        areas=tuple(composition.Area(str(one.id), one.number, one.title) for one in areas),
        parts=tuple(
            Part(str(one.id), str(one.area_id or ""), one.number, one.title, isinstance(one, Activity)) for one in parts
        ),
        outside=_outside(about.plan, parts),
    )


def _outside(plan: Plan, parts: Iterable[Activity | Objective]) -> tuple[Answered, ...]:
    """The goals of outside frameworks that some objective answers to."""
    answering: dict[str, list[str]] = {}
    for one in parts:
        for key in one.points_to if isinstance(one, Objective) and one.taken_out_at is None else ():
            answering.setdefault(key, []).append(str(one.id))
    return tuple(
        Answered(goal.framework, goal.number, goal.title, tuple(answering[goal.key]))
        for goal in frameworks.pointed_to(frameworks.goals_of(plan), answering)
    )


def _before(session: ViewerSession, plan: Plan, edition: Edition) -> Before | None:
    """The last edition of this kind; one without entries says nothing to look back on."""
    last = queries.last_edition(session, plan.id, edition)
    if last is None or not last.content.get("entries"):
        return None
    return Before.of(last.content)


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


def _names(session: ViewerSession, participants: Iterable[UUID], plan: Plan, language: str) -> dict[str, Named]:
    called = names_of(session, participants, process=plan.process_id, language=language)
    return {str(key): Named(str(called[key]), rank) for rank, key in enumerate(in_order(called), start=1)}


def _starts(day: date, zone: str) -> datetime:
    """The first instant of a day where the process is at home."""
    return datetime.combine(day, time(), ZoneInfo(zone))
