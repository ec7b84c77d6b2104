"""Who may do what with progress reports. Reading an edition is a matter of its label alone."""

from __future__ import annotations

from secretariat.core.viewer import Viewer
from secretariat.plans.models import Plan


def may_compile(viewer: Viewer, plan: Plan) -> bool:
    """Begin, change and issue a report: the secretariat of the plan's track."""
    return viewer.keeps(plan.track_id)
