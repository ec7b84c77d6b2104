"""Beginning a progress report, and changing it while it is a draft."""

from __future__ import annotations

from datetime import date

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.meetings.models import Meeting
from secretariat.plans.models import Plan
from secretariat.processes.clauses import named, secretariat
from secretariat.processes.models import Body
from secretariat.reports import policy
from secretariat.reports.models import ProgressReport


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
    check_draft(report)
    was, now = (report.from_on, report.to_on, report.body_id), (from_on, to_on, body.id if body else None)
    if report.answer_by is not None and was != now:
        raise Refused(_("Participants are looking at their entries of these days; days and body stay as they are."))
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


def check_draft(report: ProgressReport) -> None:
    """Raises Refused where the report was issued."""
    if report.issued_at is not None:
        raise Refused(_("This report was issued and stays as it is; the next one starts from it."))
