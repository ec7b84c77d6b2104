"""Engine, base class and mixins. The only place where SQLite and PostgreSQL are told apart when connecting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import Enum
from typing import Any, ClassVar, cast
from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

import psycopg
from psycopg._preparing import PrepareManager
from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Engine,
    ForeignKey,
    MetaData,
    Row,
    Table,
    create_engine,
    event,
    or_,
    text,
)
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from secretariat.core.dates import PartialDate, PartialDateColumn, UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.core.stored import Key, read_json

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every mapped class of the product. Each is `Labelled`, or says in `unlabelled` why it needs no label."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - read once by SQLAlchemy
        # Enums are stored as their words: a new word needs no change of type, and SQL stays readable.
        Enum: EnumColumn(
            Enum, native_enum=False, length=40, values_callable=lambda kind: [member.value for member in kind]
        ),
        datetime: UtcInstant,
        LocalText: LocalTextColumn,
        PartialDate: PartialDateColumn,
        UUID: Key,
    }
    unlabelled: ClassVar[str] = ""


def table_of(kind: type[Any]) -> Table:
    """The table behind a mapped class, for the core's own statements on a connection."""
    return cast("Table", kind.__table__)


def new_id(made: CursorResult[Any]) -> int:
    """The integer key of the row an insert has just made."""
    return int(cast("Row[Any]", made.inserted_primary_key)[0])


random_key: Callable[[], UUID] = uuid4
"""Makes public ids. Replaced by a seeded source where two worlds are compared byte by byte."""


def new_key() -> UUID:
    """A new public id: random, so that it tells neither time nor order nor how many there are."""
    return random_key()


def insert_if_absent(connection: Connection, table: Table) -> Any:
    """An insert that leaves alone what another transaction has put in first; both databases say it alike."""
    made = postgresql.insert(table) if is_postgresql(connection) else sqlite.insert(table)
    return made.on_conflict_do_nothing()


class Addressable:
    """A row with an id that may stand in an address."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_key, sort_order=-10)


class Versioned:
    """A row people edit: a save made from an old version is refused (`StaleDataError`) instead of lost or winning."""

    version: Mapped[int] = mapped_column(default=1, sort_order=90)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version if hasattr(cls, "__table__") else cls.version}


class Labelled:
    """A row somebody may read and somebody may not.

    `label_id` is what the filter uses. `own_label_id` holds the thing's own clauses (None: it has just those of its
    container); `widened` says that, by an act on record, the container's clauses are left out; `made_in_generation` is
    that of its process when it was made or last said something new, below which it inherits nothing. All four are set
    by `core.labelling` alone. `container` names the relationship that leads to the container, where there is one; where
    it names several, the first that leads anywhere (a meeting stands in its body, or else in its process).
    """

    container: ClassVar[str | tuple[str, ...] | None] = None
    by_nobody: ClassVar[bool] = False
    """Whether the history of its label tells only the day, and nobody: for what may not say who wrote it."""

    @declared_attr
    def label_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("labels.id"), index=True, sort_order=80)

    @declared_attr
    def own_label_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("labels.id"), sort_order=81)

    widened: Mapped[bool] = mapped_column(default=False, sort_order=82)
    made_in_generation: Mapped[int] = mapped_column(default=1, server_default="1", sort_order=83)


class BearsRights:
    """A row from which somebody's right to read follows: a change of one has all readers' rights worked out anew."""


class BehindTheWall:
    """A row that tells of things its reader may not know of, and has no label: read under `system_access` alone."""


class _Connection(psycopg.Connection[Any]):
    """A connection to PostgreSQL that keeps over a rollback what the server has prepared.

    psycopg throws it away with every rollback, and each of our units of work that only read ends with one: nothing
    would ever be prepared, and the server would plan the same statements anew for every page. PostgreSQL itself keeps
    prepared statements until the connection ends, and plans one anew where its tables have changed.
    """

    def rollback(self) -> None:
        prepared, self._prepared = self._prepared, PrepareManager()
        try:
            super().rollback()
        finally:
            self._prepared = prepared


def make_engine(url: str, role: str | None = None, **options: Any) -> Engine:
    """An engine for `url`.

    On SQLite: write-ahead log, foreign keys, full sync, what is deleted overwritten, and transactions begun by us, so
    that one that may write can begin IMMEDIATE. On PostgreSQL every connection acts as `role`, which row-level security
    binds. What a statement carries stands in no error, and so in no log: it may be what somebody said.
    """
    options = {"hide_parameters": True, **options}
    if make_url(url).get_backend_name() == "sqlite":
        options = {"json_deserializer": read_json, **options}
        engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False}, **options)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(url, pool_pre_ping=True, **options)
        event.listen(engine, "do_connect", lambda dialect, record, given, named: _Connection.connect(*given, **named))
        if role:
            event.listen(engine, "connect", lambda dbapi, record: _take_role(dbapi, role))
    return engine


_reading: WeakKeyDictionary[Engine, Engine] = WeakKeyDictionary()


def for_reading(engine: Engine) -> Engine:
    """The same engine for transactions that only read; made once, since every request begins with one."""
    if engine not in _reading:
        _reading[engine] = engine.execution_options(writes=False)
    return _reading[engine]


def one_of(column: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    """The condition that a column has one of a few values, for statements executed again and again: the values of an
    `IN` are worked into the statement anew at each execution."""
    return or_(*(column == value for value in values))


_names: WeakKeyDictionary[Engine, str] = WeakKeyDictionary()


def database_name(engine: Engine) -> str:
    """What tells one database from another, for what is kept in memory by database. Not shown: it may hold a secret."""
    if engine not in _names:
        _names[engine] = engine.url.render_as_string(hide_password=False)
    return _names[engine]


PRAGMAS = {
    "journal_mode": "WAL",
    "foreign_keys": "ON",
    "busy_timeout": "30000",
    "synchronous": "FULL",
    "secure_delete": "ON",
}
"""How a SQLite database is opened, always."""


def _prepare_sqlite(dbapi: Any, _record: Any) -> None:
    dbapi.isolation_level = None
    cursor = dbapi.cursor()
    for pragma, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {pragma}={value}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _take_role(dbapi: Any, role: str) -> None:
    autocommit = dbapi.autocommit
    dbapi.autocommit = True
    with dbapi.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, false)", (role,))
    dbapi.autocommit = autocommit


_UNDONE_FOR_ANOTHER = frozenset({"40001", "40P01"})  # PostgreSQL: serialization failure, deadlock detected


def lost_a_race(error: BaseException | None) -> bool:
    """Whether a transaction was undone because another was at the same things: nothing is wrong, and it can be done
    anew. SQLite lets the second wait instead."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _UNDONE_FOR_ANOTHER


def is_postgresql(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def outlive_a_crash(connection: Connection) -> None:
    """Have the commit of this transaction wait for the disk, also on a server that was told not to wait for one.

    Only where `synchronous_commit` is off is anything changed: whoever waits for a standby goes on waiting. SQLite
    always waits (PRAGMAS).
    """
    if is_postgresql(connection):
        connection.execute(
            text(
                "SELECT set_config('synchronous_commit', 'on', true)"
                " WHERE current_setting('synchronous_commit') = 'off'"
            )
        )


def set_context(connection: Connection, *, viewer: int | None, system: bool) -> None:
    """Tell PostgreSQL's row-level security who reads, for this transaction. Nothing is readable before it is told."""
    if is_postgresql(connection):
        connection.execute(
            text(
                "SELECT set_config('secretariat.viewer', :viewer, true),"
                " set_config('secretariat.system', :system, true)"
            ),
            {"viewer": "" if viewer is None else str(viewer), "system": "on" if system else ""},
        )
