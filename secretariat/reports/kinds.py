"""What of progress reports a person meets: drafts of the secretariat, and the editions it issued."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.kinds import ByHand, Kind, Origin, OriginKind, register
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.dates import days_text
from secretariat.plans.models import Plan
from secretariat.reports.models import ChairAdvice, ProgressReport, ReportCheck, ReportEdition


def _secretariat(session: Session, report: Any) -> Origin:
    track = session.scalar(select(Plan.track_id).where(Plan.id == report.plan_id))
    return Origin(OriginKind.SECRETARIAT, track or report.plan_id)


def _period(report: Any) -> str:
    return days_text(report.from_on, report.to_on)


register(
    Kind(
        ProgressReport,
        _l("Draft of a progress report"),
        _period,
        lambda one: f"/reports/drafts/{one.id}",
        _secretariat,
    )
)
register(Kind(ReportEdition, _l("Progress report"), _period, lambda one: f"/reports/{one.id}", _secretariat, ByHand()))
register(
    Kind(
        ReportCheck,
        _l("Check of a participant's entries"),
        _period,
        lambda one: f"/reports/checks/{one.id}",
        _secretariat,
    )
)
register(Kind(ChairAdvice, _l("Advice to the chair"), _period, lambda one: f"/reports/advice/{one.id}", _secretariat))
