"""Pages of documents."""

from __future__ import annotations

from flask import Flask, url_for

from secretariat.core.languages import lazy_gettext as _l
from secretariat.documents import awaits
from secretariat.documents.views import documents, files, lists, standing, versions
from secretariat.documents.views.base import blueprint
from secretariat.pages import place, shell

__all__ = ["awaits", "blueprint", "documents", "files", "init", "lists", "standing", "versions"]


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)
    shell.add_to_navigation(app, shell.NavigationEntry(25, _l("Documents"), "documents.index", _address))


def _address() -> str | None:
    here = place.here()
    return url_for("documents.index", slug=here.slug) if here else None
