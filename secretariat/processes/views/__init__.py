"""Pages of processes: the list, the page of one, its public page, and what its secretariat keeps."""

from __future__ import annotations

from flask import Flask, url_for

from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages import place, shell
from secretariat.pages.unit import viewer
from secretariat.processes import words
from secretariat.processes.views import bodies, participants, process, timeline
from secretariat.processes.views.reading import blueprint

__all__ = ["blueprint", "bodies", "init", "participants", "process", "timeline"]


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(process_words=words, in_words=words.word)
    shell.add_to_navigation(app, shell.NavigationEntry(70, _l("Process"), "processes.show", _address))


def _address() -> str | None:
    here = place.here()
    return url_for("processes.show", slug=here.slug) if here and not viewer().is_anonymous else None
