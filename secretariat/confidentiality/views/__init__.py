"""Pages of confidentiality: who reads a thing, its label, what is decided about it, and who has opened it."""

from __future__ import annotations

from importlib import import_module

from flask import Blueprint, Flask

blueprint = Blueprint("confidentiality", __name__)


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    for pages in ("label", "lowerings", "reading"):
        import_module(f"{__name__}.{pages}")
    app.register_blueprint(blueprint)
    label = import_module(f"{__name__}.label")
    app.jinja_env.globals["label_page"] = label.label_page
