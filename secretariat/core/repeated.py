"""How SELECTs of columns are executed that are built once and asked again and again.

They depend on no reader: whose labels count is a parameter of each execution (`core.session`).

SQLAlchemy works out at each execution what is the same every time: which SQL, which parameter in which place, how a
value of a column is read. `ask` has it done at the first execution, and sends the same SQL with the same care
afterwards: whoever listens to what is sent hears it (`core.session` refuses there what would be read past the filter),
and an error of the database is the same error.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NoReturn, cast

from sqlalchemy import Connection, CursorResult, Dialect, Result
from sqlalchemy.engine import IteratorResult

PLAINLY: Mapping[str, Any] = {"_result_disable_adapt_to_context": True}


class _Compiled(dict[Any, Any]):
    """What one statement is in SQL, for the dialect it was last sent in. SQLAlchemy's own store is asked by a key as
    long as the statement, which is worked through at every execution."""

    def get(self, key: Any, default: Any = None) -> Any:
        dialect, _statement, parameters, *_rest = key
        return super().get((dialect, parameters), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        dialect, _statement, parameters, *_rest = key
        self.clear()
        super().__setitem__((dialect, parameters), compiled)


class Straight:
    """How one statement is sent in one dialect, learnt from its first execution: the SQL, the values that are always
    the same, which are given each time, which are given and not asked for - the reader, of what has no label -, and how
    what comes back is read."""

    __slots__ = ("_always", "_asked", "_metadata", "_number", "_places", "_sql", "_unused")

    def __init__(
        self, sql: str, metadata: Any, places: Any, always: dict[str, Any], asked: dict[str, Any], unused: set[str]
    ) -> None:
        self._sql, self._metadata, self._places, self._always, self._asked = sql, metadata, places, always, asked
        self._number, self._unused = len(asked) + len(unused), unused

    @classmethod
    def learnt(cls, done: CursorResult[Any], given: Mapping[str, Any]) -> Straight | None:
        """None where the SQL is another at each execution, as that of an `IN` with values."""
        context: Any = done.context
        compiled = context.compiled
        if compiled.post_compile_params or compiled.literal_execute_params or compiled.escaped_bind_names:
            return None
        processors, always, asked = compiled._bind_processors, {}, {}
        for bound, name in compiled.bind_names.items():
            if bound.callable is not None or (name in given and bound.key != name):
                return None
            if bound.key in given:
                asked[name] = (bound.key, processors.get(name))
            else:
                value = context.compiled_parameters[0][name]
                always[name] = processors[name](value) if name in processors else value
        places = tuple(compiled.positiontup) if compiled.positional else None
        unused = given.keys() - {key for key, _processor in asked.values()}
        return cls(compiled.string, done._metadata, places, always, asked, unused)

    def sent(self, connection: Connection, given: Mapping[str, Any]) -> Result[Any] | None:
        """What it answers now; None where other values are given than at first, which SQLAlchemy looks into."""
        if len(given) != self._number or not self._unused <= given.keys():
            return None
        values: Any = dict(self._always)
        try:
            for name, (key, processor) in self._asked.items():
                values[name] = given[key] if processor is None else processor(given[key])
        except KeyError:
            return None
        if self._places is not None:
            values = tuple([values[name] for name in self._places])
        sql, cursor = self._sql, connection.connection.cursor()
        for hears in cast("Any", connection.dispatch).before_cursor_execute:
            sql, values = hears(connection, cursor, sql, values, None, False)
        try:
            cursor.execute(sql, values)
            rows = cursor.fetchall()
        except connection.dialect.loaded_dbapi.Error as error:
            _as_sqlalchemy_raises(connection, error, sql, values, cursor)
        cursor.close()
        return IteratorResult(self._metadata, iter(rows))


def _as_sqlalchemy_raises(connection: Any, error: Exception, sql: str, values: Any, cursor: Any) -> NoReturn:
    """The same error the ordinary way raises, with what follows from it for the connection."""
    connection._handle_dbapi_exception(error, sql, values, cursor, None)
    raise error


class Once(dict[str, Any]):
    """Execution options of one statement, and how it is sent in the dialect it was last sent in."""

    dialect: Dialect | None = None
    straight: Straight | None = None


@lru_cache(maxsize=200)
def built_once(statement: Any) -> Once:
    """How a SELECT of columns is executed that is executed again and again. A bounded number is kept: what a statement
    compiles to holds the statement."""
    return Once(PLAINLY, compiled_cache=_Compiled())


def ask(connection: Connection, statement: Any, given: Mapping[str, Any]) -> Result[Any]:
    """What this SELECT of columns, built once, answers with these values. The connection is in a transaction."""
    how = built_once(statement)
    if how.dialect is connection.dialect and how.straight is not None:
        answer = how.straight.sent(connection, given)
        if answer is not None:
            return answer
    done: CursorResult[Any] = connection.execute(statement, given, execution_options=how)
    if how.dialect is not connection.dialect:
        how.dialect, how.straight = connection.dialect, Straight.learnt(done, given)
    return done
