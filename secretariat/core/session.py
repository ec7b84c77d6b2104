"""Sessions that read with one pair of eyes, and the one way past them.

`reading_as(engine, viewer)` gives a session for a reader. Every ORM statement in it is narrowed to what carries a
label the reader may read; a statement that is not ORM is refused. A session never changes its viewer.

`system_access(session, reason)` reads and writes past the filter, on the same connection and transaction, for the
closed list of reasons in `Reason`. It is for integrity - numbering, relabelling, delivering - and gives values back,
never mapped objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Engine,
    Result,
    Row,
    Select,
    bindparam,
    event,
    exists,
)
from sqlalchemy.orm import ColumnProperty, ORMExecuteState, QueryableAttribute, Session, with_loader_criteria

from secretariat.core.database import BearsRights, Labelled, set_context, table_of
from secretariat.core.models import ReadableLabel, RightsState
from secretariat.core.repeated import PLAINLY, ask
from secretariat.core.statements import unfiltered_table
from secretariat.core.viewer import Viewer


class UnfilteredStatement(RuntimeError):
    """A statement the filter cannot narrow was about to run in a reader's session."""


class Reason(Enum):
    """Why something may be read or written past the filter. Nothing else may; each reason names its one use."""

    SIGN_IN = "find the account and the appointments of who signs in"
    RIGHTS = "work out what a reader may read"
    LABELLING = "place a thing and what it contains under a label"
    NUMBERING = "give the next number of a sequence"
    UNIQUENESS = "keep apart what must be unique"
    AUDIT = "add to the audit trail"
    MAIL = "claim, compose and deliver mail, each in its recipient's eyes"
    FOLLOW_UP = "see what is awaited of whom"
    REFERENCE = "load reference data"
    ADMINISTRATION = "run accounts and appointments"
    LINK = "resolve a link from a mail"
    HISTORY = "answer who could read a thing on a date"
    ARCHIVE = "compose an edition for readers of one standing"
    JOB = "claim and finish a job"
    FILES = "read the words of files for search, release papers on their day, and sweep files that nobody has"
    SILENCE = "work out where a silence or clearance stands, the same for all, and put end and adoption on record"
    ARRANGEMENTS = "know whether a host's list is kept of a meeting, and keep it true and for its time alone"
    SEARCH = "write the entries by which things are found, and take away those of what is gone"
    CONSULTATION = "take in what the public says, which nobody reads before it is confirmed, and erase it in time"
    READINGS = "tell who opened what to who may know it, and forget it in time"


class ViewerSession(Session):
    """A session that reads with the eyes of `viewer`, for its whole life."""

    def __init__(self, bind: Engine | Connection, viewer: Viewer, **options: Any) -> None:
        self._viewer = viewer
        super().__init__(bind, **options)

    @property
    def viewer(self) -> Viewer:
        return self._viewer

    if not TYPE_CHECKING:  # the types stay those of SQLAlchemy

        def execute(self, statement: Any, params: Any = None, **options: Any) -> Any:
            """As SQLAlchemy's. A SELECT of columns that was narrowed before goes the short way: with the same filter,
            and without the session being asked again what to do with it."""
            narrowed = None if options or isinstance(statement, str) else _short_way.get(statement)
            if narrowed is None:
                return super().execute(statement, params, **options)
            if guard.on:
                return ask(_connection_of(self), narrowed, {**_single(params), _READER: self._viewer.id})
            return ask(_connection_of(self), statement, _single(params))

    def bulk_update_mappings(self, *args: Any, **kwargs: Any) -> None:
        raise UnfilteredStatement("bulk_update_mappings writes past the filter; load the rows and change them")

    def bulk_insert_mappings(self, *args: Any, **kwargs: Any) -> None:
        raise UnfilteredStatement("bulk_insert_mappings skips the unit of work; add the objects")

    def bulk_save_objects(self, *args: Any, **kwargs: Any) -> None:
        raise UnfilteredStatement("bulk_save_objects skips the unit of work; add the objects")


class SystemSession(Session):
    """A session past the filter; made by `system_access` and `system_unit` alone."""

    wrote = False


def reading_as(engine: Engine, viewer: Viewer, *, writes: bool = False) -> ViewerSession:
    """A session for `viewer`. One that may write says so at the start (on SQLite it then begins IMMEDIATE)."""
    return ViewerSession(engine.execution_options(writes=writes, reader=viewer.id), viewer)


@contextmanager
def looking_as(session: Session, viewer: Viewer) -> Iterator[ViewerSession]:
    """Another reader's eyes on the same connection and transaction: to show a letter as its recipient will read it."""
    session.flush()
    connection = session.connection()
    other = ViewerSession(connection, viewer, join_transaction_mode="rollback_only")
    _enter(connection, viewer=viewer.id, system=False)
    try:
        yield other
    finally:
        other.close()
        _restore(session, connection)


@contextmanager
def system_access(session: Session, reason: Reason) -> Iterator[SystemSession]:
    """Past the filter, on the same connection and transaction as `session`. Take values out, not mapped objects.

    What it writes is flushed at the end; objects of `session` are then read anew.
    """
    if isinstance(session, SystemSession):
        yield session
        session.flush()
        return
    session.flush()
    connection = session.connection()
    system = SystemSession(connection, join_transaction_mode="rollback_only")
    system.info.update(
        reason=reason,
        after_commit=session.info.setdefault("after_commit", []),
        labels_known=session.info.setdefault("labels_known", {}),
    )
    system.info["acting"] = session.info.get("acting") or getattr(session, "viewer", None)
    _enter(connection, viewer=None, system=True)
    try:
        yield system
        system.flush()
    finally:
        system.close()
        _restore(session, connection)
        if system.wrote:
            session.expire_all()


def reading_on(connection: Connection, viewer: Viewer) -> ViewerSession:
    """A session for `viewer` that only reads, in the transaction in which was found who reads (`system_row`)."""
    connection.execution_options(reader=viewer.id)
    _enter(connection, viewer=viewer.id, system=False)
    return ViewerSession(connection, viewer)


def system_row(
    connection: Connection, reason: Reason, statement: Select[*tuple[Any, ...]], parameters: Mapping[str, Any]
) -> Row[*tuple[Any, ...]] | None:
    """The first row of one SELECT of columns past the filter, or None: for what every request asks before it has a
    reader. The connection is then for nobody but `reading_on`."""
    if not isinstance(reason, Reason):
        raise TypeError("what is read past the filter is read for a reason")
    if not connection.in_transaction():
        connection.begin()
    _enter(connection, viewer=None, system=True)
    return ask(connection, statement, parameters).first()


@contextmanager
def system_unit(engine: Engine, reason: Reason, *, writes: bool = True) -> Iterator[SystemSession]:
    """A unit of work of the product itself, outside any reader's: commits at the end, rolls back on an error."""
    with SystemSession(engine.execution_options(writes=writes)) as system:
        system.info.update(reason=reason)
        with system.begin():
            yield system


@event.listens_for(Session, "after_begin")
def _tell_row_security(session: Session, _transaction: Any, connection: Connection) -> None:
    session.info["connection"] = connection
    if isinstance(session, ViewerSession):
        # It is told already where this session reads on in a transaction begun before (`reading_on`).
        if connection.info.get("eyes") != session.viewer.id:
            _enter(connection, viewer=session.viewer.id, system=False)
    elif isinstance(session, SystemSession):
        _enter(connection, viewer=None, system=True)


@event.listens_for(Session, "after_transaction_end")
def _forget_connection(session: Session, _transaction: Any) -> None:
    session.info.pop("connection", None)


def _enter(connection: Connection, *, viewer: int | None, system: bool) -> None:
    connection.info["eyes"] = "system" if system else viewer
    set_context(connection, viewer=viewer, system=system)


def _restore(session: Session, connection: Connection) -> None:
    if isinstance(session, ViewerSession):
        _enter(connection, viewer=session.viewer.id, system=False)
    else:
        _enter(connection, viewer=None, system=True)


class _Guard:
    """Whether the filter is on. Off only in the one test that shows that the tests can see a leak."""

    on = True


guard = _Guard()


_READER = "reader_of_labels"
"""The parameter of the filter: whose labels. `_narrow` gives it, last, with every statement it narrows."""


def _readable(label_id: Any, reader: Any) -> ColumnElement[bool]:
    """Looked up row by row in the key of the table: for `IN (SELECT ...)` SQLite copies all labels of the reader anew,
    for each labelled table of a statement. It is correlated with what stands around it; where that does not stand
    there, the table would be read a second time, which `core.statements` refuses."""
    return (
        exists()
        .where(ReadableLabel.label_id == label_id, ReadableLabel.viewer_id == reader)
        .correlate_except(ReadableLabel)
    )


_reader: BindParameter[int] = bindparam(_READER)  # without a value: left out, the statement fails

_FILTER = with_loader_criteria(
    Labelled,
    lambda cls: (
        exists()
        .where(ReadableLabel.label_id == cls.label_id, ReadableLabel.viewer_id == _reader)
        .correlate_except(ReadableLabel)
    ),
    include_aliases=True,
)
"""The filter. It goes on to the loads that follow, or joined loads would be left out."""


def _filter_with_value(viewer_id: int) -> Any:
    """The same for updates, deletes and the like, where a parameter would be taken for a value to write."""
    return with_loader_criteria(
        Labelled,
        lambda cls: (
            exists()
            .where(ReadableLabel.label_id == cls.label_id, ReadableLabel.viewer_id == viewer_id)
            .correlate_except(ReadableLabel)
        ),
        include_aliases=True,
    )


_narrowed: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
"""What has been narrowed, by the statement it was made from. It holds no reader: each execution says who reads, so that
a statement built once is narrowed once and keeps what SQLAlchemy has worked out about it."""


@event.listens_for(Session, "do_orm_execute")
def _require_a_reader(state: ORMExecuteState) -> None:
    if not isinstance(state.session, (ViewerSession, SystemSession)):
        raise UnfilteredStatement("a session without a reader reads nothing; see reading_as and system_access")


@event.listens_for(ViewerSession, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> Result[Any] | None:
    """Narrow every load - columns, relationships and refreshes too - to the labels its reader may read."""
    session = cast(ViewerSession, state.session)
    statement: Any = state.statement
    if not state.is_orm_statement:
        raise UnfilteredStatement(f"not an ORM statement, so it cannot be narrowed: {str(statement)[:200]}")
    if isinstance(statement, Select):
        if guard.on:
            state.statement = _narrowed_select(state, statement)
            state.parameters = {**_single(state.parameters), _READER: session.viewer.id}
        found = _columns(state, statement)
        if found is not None and guard.on:
            _short_way[statement] = state.statement
        return found
    _refuse_writes_past_the_filter(state)
    if not state.is_insert and guard.on:
        state.statement = statement.options(_filter_with_value(session.viewer.id))
    return None


@event.listens_for(SystemSession, "do_orm_execute")
def _read_columns(state: ORMExecuteState) -> Result[Any] | None:
    return _columns(state, state.statement) if isinstance(state.statement, Select) else None


def _columns(state: ORMExecuteState, asked: Select[*tuple[Any, ...]]) -> Result[Any] | None:
    """What a SELECT of columns answers, straight from the connection: with no entity among them there is nothing for a
    session to load or to keep, and half the work of asking is saved. None for every other: the session goes on."""
    if not state.execution_options.keys() <= _ORDINARY or state.bind_arguments.keys() - _BIND:
        return None
    if asked not in _of_columns:
        _of_columns[asked] = all(_is_column(one["expr"]) for one in asked.column_descriptions)
    if not _of_columns[asked]:
        return None
    connection = _connection_of(state.session)
    return connection.execute(state.statement, state.parameters, execution_options=PLAINLY)


def _connection_of(session: Session) -> Connection:
    """The connection on which this session reads now, in its transaction."""
    session._autoflush()  # as SQLAlchemy does before it reads
    connection = session.info.get("connection") if session.is_active else None
    return session.connection() if connection is None else cast(Connection, connection)


_short_way: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
"""SELECTs of columns, narrowed, by the statement each was made from."""
_of_columns: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()
_ORDINARY = frozenset({"_result_disable_adapt_to_context"})
_BIND = frozenset({"clause", "mapper"})


def _is_column(expression: Any) -> bool:
    if isinstance(expression, QueryableAttribute):
        return isinstance(expression.property, ColumnProperty)
    return isinstance(expression, ColumnElement)


def _narrowed_select(state: ORMExecuteState, statement: Select[*tuple[Any, ...]]) -> Any:
    found = _narrowed.get(statement)
    if found is None:
        found = statement
        if state.is_column_load:  # SQLAlchemy leaves every criterion out where it reads a known row again
            kind = state.bind_arguments["mapper"].class_
            if issubclass(kind, Labelled):
                found = found.where(_readable(kind.label_id, _reader))
        if _FILTER not in found._with_options:
            found = found.options(_FILTER)
        if found is statement:  # a load that follows and had the filter from the one before
            return found
        _narrowed[statement] = found
    return found


def _single(parameters: Any) -> Mapping[str, Any]:
    """The parameters of a SELECT, which is never executed for many sets of them at once."""
    if isinstance(parameters, (list, tuple)):
        raise UnfilteredStatement("a SELECT takes one set of parameters")
    return parameters or {}


def _refuse_writes_past_the_filter(state: ORMExecuteState) -> None:
    if state.is_update and isinstance(state.parameters, (list, tuple)):
        raise UnfilteredStatement("an update of rows by their keys skips the filter; load the rows and change them")
    if state.is_insert and issubclass(state.bind_arguments["mapper"].class_, Labelled):
        raise UnfilteredStatement("a labelled row is put in by core.labelling.attach")


@event.listens_for(Engine, "begin")
def _forget_eyes(connection: Connection) -> None:
    connection.info.pop("eyes", None)  # they belong to a transaction; the connection goes back to the pool


@event.listens_for(Engine, "before_cursor_execute")
def _refuse_what_is_not_narrowed(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
    """The last look before anything is sent with a reader's eyes."""
    eyes = connection.info.get("eyes")
    if eyes == "system" or not guard.on or (eyes is None and "reader" not in connection.get_execution_options()):
        return
    table = unfiltered_table(statement)
    if table is not None:
        raise UnfilteredStatement(f"{table} would be read past the filter: {statement[:200]}")


@event.listens_for(Session, "before_flush")
def _notice_changed_rights(session: Session, _context: Any, _instances: Any) -> None:
    touched = [*session.new, *session.deleted, *(one for one in session.dirty if session.is_modified(one))]
    if isinstance(session, SystemSession) and touched:
        session.wrote = True
    if any(isinstance(one, BearsRights) for one in touched):
        count_change_of_rights(session)


@event.listens_for(Session, "do_orm_execute")
def _notice_rights_changed_in_bulk(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete or state.is_insert) or state.bind_mapper is None:
        return
    if isinstance(state.session, SystemSession):
        state.session.wrote = True
    if issubclass(state.bind_mapper.class_, BearsRights):
        count_change_of_rights(state.session)


def count_change_of_rights(session: Session) -> None:
    """Every reader's labels are worked out anew before their next session."""
    counters = table_of(RightsState)
    session.connection().execute(counters.update().values(epoch=counters.c.epoch + 1))


SQL_OBSERVERS: list[Callable[[Connection, str], None]] = []
"""What tests hang in to read every statement that is sent (see `tests/security`)."""


@event.listens_for(Engine, "before_cursor_execute")
def _show_observers(connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    for observer in SQL_OBSERVERS:
        observer(connection, statement)
