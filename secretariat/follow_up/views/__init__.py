"""Pages of follow-up: the one-minute update behind the link of a digest, and the secretariat's page."""

from __future__ import annotations

from flask import Blueprint, Flask, url_for

from secretariat.core.languages import lazy_gettext as _l
from secretariat.follow_up import policy, telling
from secretariat.mail import told
from secretariat.pages import place, shell, unit
from secretariat.plans.views import is_network_without_plan

blueprint = Blueprint("follow_up", __name__)


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    from secretariat.follow_up.views import calls, chair, officer, policies, replies, tasks, update, words

    del calls, chair, officer, policies, replies, tasks, update, words  # imported for the routes they enter
    told.register(telling.acts, telling.reasons)
    app.register_blueprint(blueprint)
    shell.add_to_navigation(app, shell.NavigationEntry(60, _l("Follow-up"), "follow_up.next_round", _navigation))


def _navigation() -> str | None:
    """For the secretariat of a track."""
    here = place.here()
    if here is None or not policy.keeps_follow_up(unit.viewer()) or is_network_without_plan():
        return None
    return url_for("follow_up.next_round", slug=here.slug)
