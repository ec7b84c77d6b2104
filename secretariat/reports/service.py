"""Beginning, composing and issuing progress reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from secretariat.core import audit, clock
from secretariat.core.labelling import attach
from secretariat.core.languages import LANGUAGES
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import ViewerSession, looking_as
from secretariat.core.viewer import Viewer
from secretariat.meetings.models import Meeting
from secretariat.plans import queries as plans
from secretariat.plans.models import Area, Plan
from secretariat.plans.service import members_clause
from secretariat.processes.clauses import named, secretariat
from secretariat.processes.models import Body
from secretariat.processes.names import in_order, names_of
from secretariat.reports import composition, editions, policy, queries
from secretariat.reports.composition import Composition, Entry, Named
from secretariat.reports.models import ProgressReport, ReportEdition


def begin_report(
    session: ViewerSession,
    viewer: Viewer,
    plan: Plan,
    *,
    from_on: date,
    to_on: date,
    body: Body | None = None,
    meeting: Meeting | None = None,
    introduction: LocalText | None = None,
) -> ProgressReport:
    """A new report, as a draft that the secretariat alone reads. Raises NotAllowed, Refused."""
    _check(viewer, plan, from_on, to_on)
    report = ProgressReport(
        plan_id=plan.id,
        body_id=body.id if body else None,
        meeting_id=meeting.id if meeting else None,
        from_on=from_on,
        to_on=to_on,
        introduction=introduction,
    )
    attach(session, report, [named(plan.process, plan.track, audience=[secretariat(plan.track)])], container=plan)
    session.flush()
    return report


def change_report(
    session: ViewerSession,
    viewer: Viewer,
    report: ProgressReport,
    *,
    from_on: date,
    to_on: date,
    body: Body | None,
    meeting: Meeting | None,
    introduction: LocalText | None,
) -> None:
    """Change a draft. Raises NotAllowed, Refused (an issued report stays as it is)."""
    _check(viewer, report.plan, from_on, to_on)
    _check_draft(report)
    report.from_on, report.to_on, report.introduction = from_on, to_on, introduction
    report.body_id, report.meeting_id = body.id if body else None, meeting.id if meeting else None
    session.flush()


def _check(viewer: Viewer, plan: Plan, from_on: date, to_on: date) -> None:
    if not policy.may_compile(viewer, plan):
        raise NotAllowed
    if to_on < from_on:
        raise Refused(_("The last day is before the first."), "to_on")
    if to_on > clock.today(plan.process.zone):
        raise Refused(_("A report goes up to today at the latest."), "to_on")


def _check_draft(report: ProgressReport) -> None:
    if report.issued_at is not None:
        raise Refused(_("This report was issued and stays as it is; the next one starts from it."))


def compose(session: ViewerSession, report: ProgressReport) -> Composition:
    """What the report says to all members of its body today: composed with the eyes of a member who is nobody."""
    plan, on = report.plan, clock.today()
    reader = editions.members_reader(session, plan, report.body, on)
    begins, ends = (
        _begins(report.from_on, plan.process.zone),
        _begins(report.to_on + timedelta(days=1), plan.process.zone),
    )
    with looking_as(session, reader) as readers_session:
        found = [composition.entry(one, begins, ends) for one in queries.facts(readers_session, plan.id)]
        entries = tuple(one for one in found if one is not None)
        areas = [part for part in plans.outline(readers_session, plan.id) if isinstance(part, Area)]
        return Composition(
            title=plan.title,
            from_on=report.from_on,
            to_on=report.to_on,
            entries=entries,
            areas=tuple(composition.Area(str(one.id), one.number, one.title) for one in areas),
            names={language: _names(readers_session, entries, plan, language) for language in LANGUAGES},
            introduction=report.introduction,
        )


def _names(session: ViewerSession, entries: Iterable[Entry], plan: Plan, language: str) -> dict[str, Named]:
    called = names_of(session, {UUID(one.participant) for one in entries}, process=plan.process_id, language=language)
    return {str(key): Named(str(called[key]), rank) for rank, key in enumerate(in_order(called), start=1)}


def _begins(day: date, zone: str) -> datetime:
    """The first instant of a day where the process is at home."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def issue(
    session: ViewerSession, viewer: Viewer, report: ProgressReport, composed: Composition, texts: Mapping[str, str]
) -> ReportEdition:
    """Freeze what was composed, in data and in words, for the members. Raises NotAllowed, Refused.

    `texts` are the words in each language, made from `composed`. From then on nothing changes them; later news stands
    in the plan and in the next report.
    """
    plan = report.plan
    if not policy.may_compile(viewer, plan):
        raise NotAllowed
    _check_draft(report)
    now, content, words = clock.now(), composed.to_json(), dict(texts)
    edition = ReportEdition(
        report_id=report.id,
        plan_id=plan.id,
        body_id=report.body_id,
        standing=editions.MEMBERS,
        from_on=report.from_on,
        to_on=report.to_on,
        issued_at=now,
        content=content,
        texts=words,
        digest=composition.digest(content, words),
    )
    attach(session, edition, editions.members_clauses(plan, report.body), container=plan)
    report.issued_at = now
    session.flush()
    audit.record(
        session,
        "progress report issued",
        chain=audit.chain_name(plan.process.slug, plan.track.slug),
        clauses=[members_clause(plan)],
        subject=edition,
        content={"digest": edition.digest},
    )
    return edition
