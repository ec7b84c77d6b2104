"""Pages of host's lists."""

from __future__ import annotations

from flask import Flask

from secretariat.arrangements import awaits, events
from secretariat.arrangements.views import contributions, given, lists, workshops
from secretariat.arrangements.views.base import blueprint

__all__ = ["awaits", "blueprint", "contributions", "events", "given", "init", "lists", "workshops"]


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["arrangements_asked"] = given.asked
