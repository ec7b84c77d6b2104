"""Commands for accounts: `flask --app wsgi accounts ...`."""

from __future__ import annotations

import click
from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask.cli import AppGroup

from config import Settings
from secretariat.accounts import service
from secretariat.core.session import Reason, system_unit

group = AppGroup("accounts", help="Accounts: the first administrator.")


@group.command()
@click.argument("email")
def administrator(email: str) -> None:
    """Make whoever has this address administrator, and print a link to choose a password with, once, within a day."""
    try:
        known = validate_email(email, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise click.BadParameter("give an address as in mail, for example administrator@example.org") from None
    address = known.ascii_email or known.normalized
    settings: Settings = current_app.extensions["settings"]
    with system_unit(current_app.extensions["engine"], Reason.ADMINISTRATION) as system:
        user = service.make_administrator(system, address)
        path = service.link_of_invitation(system, user, settings.secret_key)
    click.echo(f"{address} is administrator. Open this within a day, once:\n{settings.base_url}{path}")
