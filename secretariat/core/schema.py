"""Whether the database is the one this code was written for."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
UPGRADE = "flask --app wsgi db upgrade"


def alembic_config(url: str) -> Config:
    """Alembic's configuration for a database; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


def schema_problem(engine: Engine) -> str | None:
    """Why this code must not run on this database, in one sentence with the command to run; None where they match."""
    script = ScriptDirectory(str(MIGRATIONS))
    head = script.get_current_head()
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == head:
        return None
    if current is None:
        return f"The database is empty. Run: {UPGRADE}"
    if current in {revision.revision for revision in script.walk_revisions()}:
        return f"The database is at {current}, this version of the product needs {head}. Run: {UPGRADE}"
    return (
        f"The database is at {current}, which this version of the product does not know: it was made by a later one. "
        "Run the later version again, or restore a backup made with this one."
    )
