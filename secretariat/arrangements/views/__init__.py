"""Pages of host's lists."""

from __future__ import annotations

from flask import Flask

from secretariat.arrangements import events
from secretariat.arrangements.views import given, lists
from secretariat.arrangements.views.base import blueprint

__all__ = ["blueprint", "events", "given", "init", "lists"]


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["arrangements_asked"] = given.asked
