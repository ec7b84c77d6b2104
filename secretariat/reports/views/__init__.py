"""Pages of progress reports: drafts and editions, and what participants say to their entries."""

from __future__ import annotations

from importlib import import_module
from uuid import UUID

from flask import Blueprint, Flask, url_for

from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages import place, shell, unit
from secretariat.plans.views import is_network_without_plan
from secretariat.reports import queries
from secretariat.reports.composition import Edition
from secretariat.reports.models import ReportEdition

blueprint = Blueprint("reports", __name__)


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    for pages in ("reports", "checks", "beside", "tabling"):
        import_module(f"{__name__}.{pages}")
    app.register_blueprint(blueprint)
    app.jinja_env.globals["public_reports"] = public_reports
    shell.add_to_navigation(app, shell.NavigationEntry(60, _l("Reports"), "reports.of_process", _navigation))


def public_reports(process: UUID) -> list[ReportEdition]:
    """The public editions of a process's reports, the latest first: for its public page."""
    editions = queries.editions_in(unit.db(), process)
    return [one for one in editions if one.standing == Edition.PUBLIC.value]


def _navigation() -> str | None:
    here = place.here()
    if here is None or not unit.viewer().processes or is_network_without_plan():
        return None
    return url_for("reports.of_process", slug=here.slug)
