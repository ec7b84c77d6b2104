"""Commands for who runs an installation: `flask --app wsgi db ...`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.exc import OperationalError

from config import Settings
from secretariat.core import backup, ddl, labelling
from secretariat.core.database import make_engine
from secretariat.core.schema import alembic_config, current_versions, database_problem, no_answer
from secretariat.demonstration.commands import demonstration
from secretariat.documents.commands import documents
from secretariat.mail import sending
from secretariat.mail.commands import mail
from secretariat.reference.commands import reference

db = AppGroup("db", help="The database: upgrade, check, roles, backup, restore.")


def init(app: Flask) -> None:
    """Give the application its commands."""
    app.cli.add_command(db)
    for group in (reference, demonstration, mail, documents):
        group.callback = _needs_the_tables
        app.cli.add_command(group)


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


@with_appcontext
def _needs_the_tables() -> None:
    settings = _settings()
    if problem := database_problem(settings.database_url, settings.role_of_database):
        raise click.ClickException(problem)


@contextmanager
def _told_in_a_sentence(settings: Settings) -> Iterator[None]:
    """Let a database that does not answer, or that a later version made, be said as such."""
    from alembic.util import CommandError

    try:
        yield
    except OperationalError as error:
        raise click.ClickException(no_answer(error)) from None
    except CommandError as error:
        raise click.ClickException(database_problem(settings.database_url, None) or str(error)) from None


@db.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the database to this version of the product."""
    from alembic import command  # takes long to import, and the web has no use for it

    settings = _settings()
    settings.private_folder()
    with _told_in_a_sentence(settings):
        command.upgrade(alembic_config(settings.database_url), revision)
    if not settings.on_sqlite:
        ddl.make_role(make_engine(settings.database_url), settings.database_role)
    click.echo(f"The database is at {revision}.")


@db.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the database back to an earlier version (`base` empties it)."""
    from alembic import command

    command.downgrade(alembic_config(_settings().database_url), revision)
    click.echo(f"The database is at {revision}.")


@db.command()
def check() -> None:
    """Say whether models and migrations agree."""
    from alembic import command

    command.check(alembic_config(_settings().database_url))


@db.command()
@click.argument("name")
def draft(name: str) -> None:
    """Draft the next migration from what the models have that the database has not, for a person to finish."""
    from alembic import command

    config = alembic_config(_settings().database_url)
    config.set_main_option("file_template", "%%(rev)s")
    number = len(current_versions()) + 1
    command.revision(config, message=name, autogenerate=True, rev_id=f"{number:04d}_{name}")


@db.command()
def roles() -> None:
    """Make the role the product works under on PostgreSQL, bound by row-level security, and let it in."""
    settings = _settings()
    if settings.on_sqlite:
        click.echo("SQLite has no roles; nothing to do.")
        return
    ddl.make_role(make_engine(settings.database_url), settings.database_role)
    click.echo(f"The role {settings.database_role} is ready.")


@db.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def back_up(file: Path) -> None:
    """Write a copy of the whole database into FILE, while everything runs."""
    settings = _settings()
    try:
        backup.back_up(settings, file)
    except backup.CannotBackUp as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"The database is in {file}, which is as confidential as the heaviest paper in it.")
    click.echo(f"Now copy the files of documents, which are not in it: {_place_of_documents(settings)}")


@db.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.confirmation_option(prompt="What is in the database now will be lost. Web, worker and beat are stopped?")
def restore(file: Path) -> None:
    """Put the database back as it is in FILE; then no mail leaves before `mail resume`."""
    settings = _settings()
    settings.private_folder()
    try:
        backup.check(settings, file)
        sending.note_restored(settings)  # first: whatever happens from here on, nothing is sent unseen
        backup.restore(settings, file)
    except backup.CannotBackUp as problem:
        raise click.ClickException(str(problem)) from None
    engine = make_engine(settings.database_url)
    if not settings.on_sqlite:
        ddl.make_role(engine, settings.database_role)
    labelling.forget_all_stamps(engine)
    engine.dispose()
    click.echo(f"The database is as it was in {file}. No mail leaves.")
    click.echo(f"Put the files of documents back, too: {_place_of_documents(settings)}")
    if settings.mail_evidence_log is None:
        click.echo("There is no MAIL_EVIDENCE_LOG: what left after the backup would leave once more. Look through the")
        click.echo("outbox of each process and hold it.")
    click.echo(f"To let mail go again: {sending.RESUME}")


def _place_of_documents(settings: Settings) -> str:
    if settings.documents_bucket:
        return f"the bucket {settings.documents_bucket}"
    return str(settings.documents_root or settings.data_root / "documents")


@db.command()
def resettle() -> None:
    """Have every reader's rights worked out anew, as after a restore."""
    labelling.forget_all_stamps(make_engine(_settings().database_url))
    click.echo("Every reader's rights will be worked out anew.")
