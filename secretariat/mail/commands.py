"""Commands about mail: `flask --app wsgi mail ...`."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import Engine

from config import Settings
from secretariat.mail import sending

mail = AppGroup("mail", help="Mail: whether any leaves, stop, resume.")


def _at_hand() -> tuple[Engine, Settings]:
    return current_app.extensions["engine"], current_app.extensions["settings"]


@mail.command()
def state() -> None:
    """Say whether mail leaves."""
    click.echo(sending.why_not(*_at_hand()) or "Mail leaves.")


@mail.command()
@click.argument("why")
def stop(why: str) -> None:
    """Let no mail leave until `resume`, for the reason WHY."""
    sending.stop(*_at_hand(), why)
    click.echo("No mail leaves from now on.")


@mail.command()
def resume() -> None:
    """Let mail leave again: after a restore, once the outbox has been looked through."""
    sending.begin(*_at_hand())
    click.echo("Mail leaves from now on.")
