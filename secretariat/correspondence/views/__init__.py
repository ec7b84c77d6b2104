"""Pages of correspondence."""

from __future__ import annotations

from flask import Flask, url_for

from secretariat.core.languages import lazy_gettext as _l
from secretariat.correspondence.views import circulars, contacts, invitations, letterheads, lists, register
from secretariat.pages import place, shell, unit


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(contacts.blueprint)
    app.register_blueprint(circulars.blueprint)
    app.register_blueprint(register.blueprint)
    app.register_blueprint(letterheads.blueprint)
    app.register_blueprint(lists.blueprint)
    app.register_blueprint(invitations.blueprint)
    app.jinja_env.globals["number_listed"] = lists.number_here
    beneath = ("register", "letterheads", "invitation_letters")
    entry = shell.NavigationEntry(48, _l("Circulars"), "circulars.here", _to_circulars, beneath=beneath)
    shell.add_to_navigation(app, entry)


def _to_circulars() -> str | None:
    """The circulars of the side one stands on."""
    here = place.here()
    if here is None or here.id is None or here.id not in unit.viewer().processes:
        return None
    return url_for("circulars.here", slug=here.slug)
