"""Pages of accounts: signing in, one's own account, links from mails, appointments, administration."""

from __future__ import annotations

from flask import Flask

from secretariat.accounts import commands
from secretariat.accounts.views import administration, appointments, links, own, signing_in


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    for part in (signing_in, own, links):
        app.register_blueprint(part.blueprint)
    app.register_blueprint(appointments.blueprint)
    app.register_blueprint(administration.blueprint)
    app.cli.add_command(commands.group)
