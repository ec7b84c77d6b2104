"""What a request stored, row by row and in any table, and how it is taken back again.

Triggers in the database itself write down each row that is added, changed or taken away, with what stood there before:
nothing is missed, whichever way the product writes, and what was rolled back is not there. The same notes undo it.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, LargeBinary, create_engine, event, text

from secretariat.core import labelling
from secretariat.core.database import Base
from secretariat.directory import viewers

NOTES = "canary_notes"
REMEMBERED_FROM = frozenset({"labels", "label_clauses", "rights_state", "viewers", "readable_labels"})
"""Tables of which the product remembers rows from one request to the next: undone there, forgotten here."""


@dataclass(frozen=True)
class Change:
    """One row: its table and whether it was added (INSERT), changed or taken away; `row` is what stands now."""

    table: str
    act: str
    row: dict[str, Any]


class Stored(ABC):
    """The notes of one database. `engine` is the owner's: past row security."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._since = 0

    def mark(self) -> None:
        """What was stored until now is not told of, but taken back with the rest."""
        with self.engine.begin() as connection:
            self._since = connection.execute(text(f"SELECT coalesce(max(seq), 0) FROM {NOTES}")).scalar_one()

    def taken(self) -> list[Change]:
        """What was stored since this was last asked, or since the mark; afterwards everything is as it was then."""
        since, self._since = self._since, 0
        with self.engine.begin() as connection:
            notes = list(connection.execute(text(f"SELECT * FROM {NOTES} ORDER BY seq DESC")))
            if not notes:
                return []
            self._before_undoing(connection)
            for note in notes:
                self._undo(connection, note)
            connection.execute(text(f"DELETE FROM {NOTES}"))
        if any(note.name in REMEMBERED_FROM for note in notes):
            labelling._by_digest.clear()
            viewers._known._kept.clear()
        return [Change(one.name, one.act, json.loads(one.row)) for one in reversed(notes) if one.seq > since]

    def keep(self) -> None:
        """Let what was stored until now stand."""
        with self.engine.begin() as connection:
            connection.execute(text(f"DELETE FROM {NOTES}"))

    def install(self) -> None:
        """Put up the triggers."""
        with self.engine.begin() as connection:
            for statement in self._statements():
                connection.exec_driver_sql(statement)

    @abstractmethod
    def _statements(self) -> Iterator[str]: ...

    @abstractmethod
    def _before_undoing(self, connection: Connection) -> None:
        """Say to the database what it has to know before rows are put back."""

    @abstractmethod
    def _undo(self, connection: Connection, note: Any) -> None: ...


class OnSqlite(Stored):
    """Each note holds the statement that undoes it."""

    def _statements(self) -> Iterator[str]:
        yield f"CREATE TABLE {NOTES} (seq INTEGER PRIMARY KEY, name TEXT, act TEXT, row TEXT, undo TEXT)"
        for table in Base.metadata.tables.values():
            key = " || ' AND ' || ".join(
                f"""'"{one.name}" = ' || quote(new."{one.name}")""" for one in table.primary_key
            )
            added = f"""'DELETE FROM "{table.name}" WHERE ' || {key}"""
            columns = [f'"{one.name}"' for one in table.columns]
            put_back = " || ', ' || ".join(f"'{one} = ' || quote(old.{one})" for one in columns)
            changed = f"""'UPDATE "{table.name}" SET ' || {put_back} || ' WHERE ' || {key}"""
            values = " || ', ' || ".join(f"quote(old.{one})" for one in columns)
            taken = f"""'INSERT INTO "{table.name}" ({", ".join(columns)}) VALUES (' || {values} || ')'"""
            for act, side, undo in (("INSERT", "new", added), ("UPDATE", "new", changed), ("DELETE", "old", taken)):
                pairs = ", ".join(
                    f"""'{one.name}', CAST({side}."{one.name}" AS TEXT)"""
                    for one in table.columns
                    if not isinstance(one.type, LargeBinary)
                )
                yield (
                    f'CREATE TRIGGER "{NOTES}_{act}_{table.name}" AFTER {act} ON "{table.name}" BEGIN '
                    f"INSERT INTO {NOTES} (name, act, row, undo) "
                    f"VALUES ('{table.name}', '{act}', json_object({pairs}), {undo}); END"
                )

    def _before_undoing(self, connection: Connection) -> None:
        pass

    def _undo(self, connection: Connection, note: Any) -> None:
        connection.exec_driver_sql(note.undo)


class OnPostgresql(Stored):
    """Each note holds the row before and after."""

    def _statements(self) -> Iterator[str]:
        name = self.engine.dialect.identifier_preparer.quote(self.engine.url.database or "")
        yield f"ALTER DATABASE {name} SET synchronous_commit = off"  # it is thrown away; nobody waits for its disk
        yield (
            f"CREATE TABLE {NOTES} "
            "(seq bigserial PRIMARY KEY, name text, act text, row text, before jsonb, after jsonb)"
        )
        yield (
            f"CREATE FUNCTION {NOTES}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$"
            f" DECLARE old_row jsonb; new_row jsonb; BEGIN"
            " IF TG_OP <> 'INSERT' THEN old_row := to_jsonb(OLD); END IF;"
            " IF TG_OP <> 'DELETE' THEN new_row := to_jsonb(NEW); END IF;"
            f" INSERT INTO {NOTES} (name, act, row, before, after)"
            " VALUES (TG_TABLE_NAME, TG_OP, coalesce(new_row, old_row)::text, old_row, new_row); RETURN NULL; END $$"
        )
        for table in Base.metadata.tables.values():
            yield (
                f'CREATE TRIGGER "{NOTES}" AFTER INSERT OR UPDATE OR DELETE ON "{table.name}" '
                f"FOR EACH ROW EXECUTE FUNCTION {NOTES}()"
            )

    def _before_undoing(self, connection: Connection) -> None:
        connection.execute(text("SELECT set_config('secretariat.system', 'on', true)"))

    def _undo(self, connection: Connection, note: Any) -> None:
        name = f'"{note.name}"'
        table = Base.metadata.tables[note.name]
        keys, columns = _listed(table.primary_key.columns), _listed(table.columns)
        before = f"FROM jsonb_populate_record(NULL::{name}, CAST(:before AS jsonb))"
        here = f"WHERE ({keys}) = (SELECT {keys} FROM jsonb_populate_record(NULL::{name}, CAST(:after AS jsonb)))"
        statement = {
            "INSERT": f"DELETE FROM {name} {here}",
            "UPDATE": f"UPDATE {name} SET ({columns}) = (SELECT {columns} {before}) {here}",
            "DELETE": f"INSERT INTO {name} SELECT * {before}",
        }[note.act]
        values = {"before": json.dumps(note.before), "after": json.dumps(note.after)}
        connection.execute(text(statement), {name: one for name, one in values.items() if f":{name}" in statement})


def _listed(columns: Any) -> str:
    return ", ".join(f'"{one.name}"' for one in columns)


@contextmanager
def watched(url: str) -> Iterator[Stored]:
    """Notes on the database at this address, from now on."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _without_foreign_keys)
    stored: Stored = OnSqlite(engine) if engine.dialect.name == "sqlite" else OnPostgresql(engine)
    stored.install()
    try:
        yield stored
    finally:
        engine.dispose()


def _without_foreign_keys(dbapi: Any, _record: Any) -> None:
    """Rows go back one by one; what refers to what is whole again at the end."""
    dbapi.execute("PRAGMA foreign_keys=OFF")
    dbapi.execute("PRAGMA synchronous=OFF")
