"""Beginning a progress report, and changing it while it is a draft."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from secretariat.core import audit, clock
from secretariat.core.labelling import attach, renew
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.meetings.models import Meeting
from secretariat.plans.models import Plan
from secretariat.plans.service.record import record
from secretariat.processes.clauses import chair, members_of, named, secretariat
from secretariat.processes.models import Body, PublicReports, Track
from secretariat.reports import policy, queries
from secretariat.reports.models import ChairAdvice, ProgressReport


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
    wider_introduction: LocalText | None = None,
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
        wider_introduction=wider_introduction,
        remarks={},
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
    wider_introduction: LocalText | None = None,
) -> None:
    """Change a draft. Raises NotAllowed, Refused (an issued report stays as it is)."""
    _check(viewer, report.plan, from_on, to_on)
    check_draft(report)
    was, now = (report.from_on, report.to_on, report.body_id), (from_on, to_on, body.id if body else None)
    if report.answer_by is not None and was != now:
        raise Refused(_("Participants are looking at their entries of these days; days and body stay as they are."))
    report.from_on, report.to_on, report.introduction = from_on, to_on, introduction
    report.wider_introduction = wider_introduction
    report.body_id, report.meeting_id = body.id if body else None, meeting.id if meeting else None
    session.flush()


def _check(viewer: Viewer, plan: Plan, from_on: date, to_on: date) -> None:
    if not policy.may_compile(viewer, plan):
        raise NotAllowed
    if to_on < from_on:
        raise Refused(_("The last day is before the first."), "to_on")
    if to_on > clock.today(plan.process.zone):
        raise Refused(_("A report goes up to today at the latest."), "to_on")


def remark_on(
    session: ViewerSession, viewer: Viewer, report: ProgressReport, area: UUID, words: LocalText | None
) -> None:
    """What the secretariat remarks on an area of the plan; None takes it away. Raises NotAllowed, Refused."""
    require(policy.may_compile(viewer, report.plan))
    check_draft(report)
    others = {key: kept for key, kept in report.remarks.items() if key != str(area)}
    report.remarks = others if words is None else {**others, str(area): words.to_json()}
    session.flush()


def check_draft(report: ProgressReport) -> None:
    """Raises Refused where the report was issued."""
    if report.issued_at is not None:
        raise Refused(_("This report was issued and stays as it is; the next one starts from it."))


def advise_chair(session: ViewerSession, viewer: Viewer, report: ProgressReport, words: LocalText) -> ChairAdvice:
    """Write the note to the chair beside a report, or write it anew; the chair reads it from now on. Raises NotAllowed.

    The report stays the same for the chair as for every member.
    """
    plan = report.plan
    require(policy.may_compile(viewer, plan))
    advice = queries.advice_on(session, report.id)
    if advice is not None:
        advice.words, advice.written_at = words, clock.now()
        session.flush()
        renew(session, advice, why="written anew")
        return advice
    advice = ChairAdvice(
        report_id=report.id,
        plan_id=plan.id,
        body_id=report.body_id,
        from_on=report.from_on,
        to_on=report.to_on,
        words=words,
        written_at=clock.now(),
    )
    circle = named(
        plan.process, plan.track, audience=[chair(report.body_id or plan.process_id), secretariat(plan.track)]
    )
    attach(session, advice, [circle], container=plan)
    session.flush()
    record(session, "advice given to the chair", plan, circle, advice)
    return advice


def let_the_public_read(session: ViewerSession, viewer: Viewer, track: Track, what: PublicReports) -> None:
    """What of the reports to come the public reads, as the members decided; what was issued stays as it is.

    Raises NotAllowed.
    """
    require(viewer.keeps(track.id))
    track.public_reports = what
    session.flush()
    audit.record(
        session,
        "public editions of reports decided",
        chain=audit.chain_name(track.process.slug, track.slug),
        clauses=[members_of(track.process, track)],
        subject=track,
        content={"what": what.value},
    )
