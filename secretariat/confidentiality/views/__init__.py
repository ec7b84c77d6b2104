"""Pages of confidentiality: who reads a thing, its label, what is decided about it, and who has opened it."""

from __future__ import annotations

from importlib import import_module

from flask import Blueprint, Flask, current_app, url_for

from secretariat.core.database import Labelled
from secretariat.core.kinds import kind_of
from secretariat.pages import unit

blueprint = Blueprint("confidentiality", __name__)


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    for pages in ("readers", "reach", "label", "lowerings", "reading"):
        import_module(f"{__name__}.{pages}")
    app.register_blueprint(blueprint)
    label = import_module(f"{__name__}.label")
    app.jinja_env.globals["label_page"] = label.label_page


def readers_address(thing: Labelled) -> str:
    """Where it stands who can read a thing; empty where nobody is asked about it.

    Empty too for whoever is not signed in as the one who reads: the public, and who came by a link from a mail.
    """
    kind = kind_of(thing)
    signed_in, _hat = current_app.extensions["identify"]()
    if kind is None or signed_in is None or signed_in != unit.viewer().person:
        return ""
    return url_for("confidentiality.readers", kind=kind.name, thing_id=thing.id)  # type: ignore[attr-defined]
