"""Pages of the chair: its one page, and the handover file."""

from __future__ import annotations

from flask import Flask

from secretariat.chairmanship.views import handover, page  # noqa: F401 - they enter their rules
from secretariat.chairmanship.views.base import blueprint, navigation
from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages import shell


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)
    shell.add_to_navigation(app, shell.NavigationEntry(5, _l("Chair"), "chairmanship.show", navigation))
