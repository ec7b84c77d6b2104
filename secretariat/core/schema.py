"""Whether the database is the one this code was written for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import OperationalError

from secretariat.core import ddl
from secretariat.core.database import make_engine

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
UPGRADE = "flask --app wsgi db upgrade"


def alembic_config(url: str) -> Config:
    """Alembic's configuration for a database; there is no ini file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


def current_versions() -> list[str]:
    """Names of the migrations there are, first to last; each begins with its number."""
    return sorted(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def database_problem(url: str, role: str | None) -> str | None:
    """Why this code must not run on the database at `url`, under `role` where there is one; None where it may."""
    owner = make_engine(url)
    try:
        problem = schema_problem(owner)
    except OperationalError as error:
        return no_answer(error)
    finally:
        owner.dispose()
    if problem is not None or role is None:
        return problem
    bound = make_engine(url, role)
    try:
        return ddl.role_problem(bound, role)
    finally:
        bound.dispose()


def no_answer(error: OperationalError) -> str:
    """That the database does not answer, in one line with the setting that says where it is."""
    reason = str(error.orig).strip().partition("\n")[0]
    return f"DATABASE_URL: the database does not answer: {reason}"


def schema_problem(engine: Engine) -> str | None:
    """Why this code must not run on this database, in one sentence with the command to run; None where they match.

    Alembic is asked only where they do not: it takes long to import, and the web starts by this.
    """
    return None if _is_at(engine, current_versions()[-1]) else _difference(engine)


def _is_at(engine: Engine, version: str) -> bool:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return list(connection.scalars(text("SELECT version_num FROM alembic_version"))) == [version]


def _difference(engine: Engine) -> str | None:
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

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
