"""Pages of plans: the plan itself, commitments and what is said of them, answers to proposals."""

from __future__ import annotations

from importlib import import_module

from flask import Blueprint, Flask, url_for

from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages import place, shell, unit

blueprint = Blueprint("plans", __name__)


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    for pages in ("plan", "text", "commitment", "answer", "draft"):
        import_module(f"{__name__}.{pages}")
    app.register_blueprint(blueprint)
    shell.add_to_navigation(app, shell.NavigationEntry(30, _l("Plan of action"), "plans.of_process", _navigation))


def _navigation() -> str | None:
    """The plans of the process one is in, for those who hold something in a process."""
    here = place.here()
    if here is None or not unit.viewer().processes:
        return None
    return url_for("plans.of_process", slug=here.slug)
