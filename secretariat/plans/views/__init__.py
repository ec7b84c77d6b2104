"""Pages of plans: the plan itself, commitments and what is said of them, answers to proposals."""

from __future__ import annotations

from importlib import import_module

from flask import Blueprint, Flask, g, url_for

from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages import place, shell, unit
from secretariat.pages.place import GOVERNMENT
from secretariat.plans import policy, queries

blueprint = Blueprint("plans", __name__)

PAGES = (
    "placing",
    "plan",
    "tabulated",
    "matrix",
    "going_out",
    "importing",
    "amendments",
    "carrying",
    "text",
    "commitment",
    "answer",
    "draft",
    "evidence",
    "phase",
    "support",
    "frameworks",
)


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.jinja_env.globals["may_see_matrix"] = lambda plan: policy.may_see_matrix(unit.viewer(), plan)
    for pages in PAGES:
        import_module(f"{__name__}.{pages}")
    app.register_blueprint(blueprint)
    shell.add_to_navigation(app, shell.NavigationEntry(30, _l("Plan of action"), "plans.of_process", _navigation))


def _navigation() -> str | None:
    """The plans of the process one is in, for those who hold something in a process."""
    here = place.here()
    if here is None or not unit.viewer().processes:
        return None
    if is_network_without_plan() and not policy.may_begin_plan(unit.viewer()):
        return None
    return url_for("plans.of_process", slug=here.slug)


def is_network_without_plan() -> bool:
    """Whether one stands on a network's side that has no plan: most have none, and need no pages about it."""
    here = place.here()
    if here is None or here.id is None or here.track == GOVERNMENT:
        return False
    if "has_plan" not in g:
        g.has_plan = queries.has_plan(unit.db(), here.id)
    return not g.has_plan
