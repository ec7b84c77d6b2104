"""Pages of mail: those behind links from mails, and the secretariat's own."""

from __future__ import annotations

from flask import Flask, url_for

from secretariat.core.languages import lazy_gettext as _l
from secretariat.mail import policy
from secretariat.mail.views import officer
from secretariat.mail.views.links import by_link, closed, settings
from secretariat.mail.views.rooms import blueprint
from secretariat.pages import place, shell, unit

__all__ = ["by_link", "closed", "init", "officer", "settings"]


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)
    shell.add_to_navigation(app, shell.NavigationEntry(70, _l("Mail"), "mail.outbox", _navigation))


def _navigation() -> str | None:
    """For the secretariat of a track."""
    here = place.here()
    if here is None or not policy.keeps_mail(unit.viewer()):
        return None
    return url_for("mail.outbox", slug=here.slug)
