"""Who may do what with progress reports. Reading an edition is a matter of its label alone."""

from __future__ import annotations

from secretariat.core.viewer import Viewer
from secretariat.plans import policy as plans
from secretariat.plans.models import Plan
from secretariat.reports.models import ReportCheck


def may_compile(viewer: Viewer, plan: Plan) -> bool:
    """Begin, change and issue a report: the secretariat of the plan's track."""
    return viewer.keeps(plan.track_id)


def may_check(viewer: Viewer, check: ReportCheck) -> bool:
    """Say whether the entries of a participant are right, and correct them: its focal points and alternates."""
    return viewer.participant == check.participant_id and plans.speaks_in(viewer, check.plan)
