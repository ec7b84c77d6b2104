"""Commands: `flask --app wsgi demonstration load`, `flask --app wsgi demonstration accounts`."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import Engine

from config import Settings
from secretariat.demonstration import build, people
from secretariat.demonstration.content import CHAIR, POSTS
from secretariat.demonstration.papers import Desk
from secretariat.documents.storage import storage_of
from secretariat.mail import sending

demonstration = AppGroup("demonstration", help="The demonstration: load, accounts.")

ACCOUNTS_FILE = "demonstration_accounts.txt"
ROLES = (
    ("Technical Secretariat, officer", "officer"),
    ("Focal point, Guatemala", "focal-point-gt"),
    ("Alternate, Guatemala", "alternate-gt"),
    ("Focal point, Panama", "focal-point-pa"),
    (f"Office of the Chair ({CHAIR})", "chair"),
    ("Focal point, IOM (observer)", "focal-point-iom"),
    ("Coordinator of the civil-society network", "coordinator"),
    ("Organization of the network, Guatemala", "representative-gt"),
    ("Liaison officer, Costa Rica", "liaison-officer-cr"),
    ("Protocol officer, next meeting", "protocol"),
    ("Administrator", "administrator"),
)


def _refuse_in_production() -> Engine:
    settings: Settings = current_app.extensions["settings"]
    if settings.in_production or not settings.demonstration:
        raise click.ClickException(
            "Accounts with a known password belong to a demonstration only. Set DEMONSTRATION=true, outside production."
        )
    found: Engine = current_app.extensions["engine"]
    return found


@demonstration.command()
def load() -> None:
    """Make the demonstration, once."""
    engine = _refuse_in_production()
    settings: Settings = current_app.extensions["settings"]
    (settings.private_folder() / ACCOUNTS_FILE).write_text(_accounts())
    if build.is_there(engine):
        click.echo("The demonstration is there; nothing was changed.")
        return
    try:
        desk = Desk(storage_of(settings), settings.largest_document)
        build.build(engine, desk, lambda said: click.echo(f"demonstration: {said}"))
    except LookupError as problem:
        raise click.ClickException(str(problem.args[0])) from None
    # Its past mails are on record as not sent: this database is new and not a restored one.
    sending.begin(engine, settings)


@demonstration.command()
def accounts() -> None:
    """Print the demonstration's accounts and their password."""
    _refuse_in_production()
    click.echo(_accounts(), nl=False)


def _accounts() -> str:
    others = ", ".join(post.state.lower() for post in POSTS if post.state not in ("GT", "PA"))
    return "\n".join(
        [
            "Accounts of the demonstration (people appear by function):",
            *(f"  {words:42} {people.address_of(name)}" for words, name in ROLES),
            f"  The other focal points are focal-point-xx@demonstration.example, with xx one of {others}.",
            "  The other representatives of the network are representative-xx, with xx a member state.",
            "  The Colombo and the Bali Process have an officer each (officer-colombo, officer-bali) and focal points:",
            "  focal-point-lk-colombo and focal-point-nz-bali have a proposal to answer, th-colombo and th-bali not.",
            f"Password of all: {people.PASSWORD}",
            "",
        ]
    )
