"""Fresh databases, quickly: the schema is made once a run, and copied for each test."""

import fcntl
import getpass
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from alembic import command
from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from config import Settings
from secretariat.core import database, ddl
from secretariat.core.database import Base, is_postgresql, make_engine
from secretariat.core.schema import alembic_config
from secretariat.models import every_model

ROLE: str = Settings.model_fields["database_role"].default
SERVER = os.environ.get("TEST_DATABASE_URL") or f"postgresql://{getpass.getuser()}@127.0.0.1/postgres"
PREFIX = "secretariat_test"
STARTED = datetime.now(UTC)
"""Asked once: a test that moves the clock must not make this run drop what others are working with."""
_dropping = ThreadPoolExecutor(max_workers=1, thread_name_prefix="dropping databases")


@cache
def why_no_postgresql() -> str:
    """How to have a PostgreSQL to test with; empty where one answers and lets us make databases."""
    how = "set TEST_DATABASE_URL=postgresql://name:password@127.0.0.1/postgres to one whose role may make databases"
    try:
        with _server() as engine, engine.connect() as connection:
            rights = connection.execute(
                text("SELECT rolsuper OR (rolcreatedb AND rolcreaterole) FROM pg_roles WHERE rolname = current_user")
            ).scalar_one()
    except SQLAlchemyError as error:
        return f"No PostgreSQL answers at {_server_url()!s} ({type(error).__name__}): {how}"
    return "" if rights else f"The role of {_server_url()!s} may not make databases and roles: {how}"


def wait_for_no_disk() -> None:
    """SQLite databases of this process are thrown away: no commit waits until it is on the disk."""
    database.PRAGMAS["synchronous"] = "OFF"


def sqlite_copy(shared: Path, folder: Path) -> str:
    """A new SQLite database in `folder`; its address."""
    template = shared / "template.sqlite3"
    with once(shared / "sqlite") as first:
        if first:
            _make_schema(f"sqlite:///{template}")
    path = folder / "secretariat.sqlite3"
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"


def postgresql_copy(shared: Path, run: str) -> str:
    """A new database on the server; its address as the owner."""
    template = f"{PREFIX}_{_today()}_{run}_template"
    with once(shared / "postgresql") as first:
        if first:
            _drop_forgotten()
            _execute(f'CREATE DATABASE "{template}"')
            _make_schema(_address(template))
    return _copy(template, run)


def postgresql_copy_of(url: str, run: str) -> str:
    """A new database that is a copy of one nobody is connected to; its address as the owner."""
    return _copy(str(make_url(url).database), run)


def _copy(template: str, run: str) -> str:
    """A copy that waits for no disk when it commits: it is thrown away, and need not outlive a crash."""
    name = f"{PREFIX}_{_today()}_{run}_{secrets.token_hex(4)}"
    _execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"', f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    return _address(name)


def empty(run: str) -> str:
    """A new database on the server with nothing in it; its address as the owner."""
    name = f"{PREFIX}_{_today()}_{run}_{secrets.token_hex(4)}_empty"
    _execute(f'CREATE DATABASE "{name}"')
    return _address(name)


def drop(url: str) -> None:
    """Drop a database meanwhile: the server writes everything down before it drops one, and no test waits for that."""
    _dropping.submit(_execute, f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')


def forget(run: str) -> None:
    """Drop every database of a run."""
    if not why_no_postgresql():
        _drop(lambda name: f"_{run}_" in name)


def _drop_forgotten() -> None:
    """Drop what runs left behind that were killed the day before yesterday or earlier."""
    oldest = f"{PREFIX}_{STARTED - timedelta(days=1):%Y%m%d}"
    _drop(lambda name: name < oldest)


def _drop(wanted: Callable[[str], bool]) -> None:
    with _server() as engine, engine.connect() as connection:
        names = connection.execute(
            text("SELECT datname FROM pg_database WHERE datname LIKE :prefix"), {"prefix": f"{PREFIX}_%"}
        )
        for name in filter(wanted, names.scalars().all()):
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


def make_tables(connection: Connection) -> None:
    """All tables, from a copy of what the models say, and on SQLite what is looked through beside them. Making tables
    that point at each other in a ring leaves a mark on the keys that had to come later, and the next database made from
    the same would lack them."""
    copy = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.tables.values():
        table.to_metadata(copy)
    copy.create_all(connection)
    if not is_postgresql(connection):
        for statement in ddl.whole_texts():
            connection.execute(text(statement))


def _make_schema(url: str) -> None:
    every_model()
    engine = make_engine(url)
    with engine.begin() as connection:
        make_tables(connection)
        if is_postgresql(connection):
            for statement in ddl.second_wall():
                connection.execute(text(statement))
        ddl.seed(connection)
    command.stamp(alembic_config(url), "head")  # so that the application starts on it
    if engine.dialect.name == "postgresql":
        ddl.make_role(engine, ROLE)
    engine.dispose()


@contextmanager
def once(mark: Path) -> Iterator[bool]:
    """Whether this process is the first of the run to come here; the others wait until it is done."""
    with mark.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = mark.with_suffix(".done")
        yield not done.exists()
        done.touch()


@contextmanager
def _server() -> Iterator[Engine]:
    engine = create_engine(_server_url(), isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 2})
    try:
        yield engine
    finally:
        engine.dispose()


def _execute(*statements: str) -> None:
    with _server() as engine, engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))


def _server_url() -> URL:
    return make_url(SERVER).set(drivername="postgresql+psycopg")


def _address(database: str) -> str:
    return _server_url().set(database=database).render_as_string(hide_password=False)


def _today() -> str:
    return f"{STARTED:%Y%m%d}"
