"""What makes databases twins: a copy of the canary world in which what one role may not read is not there at all, and
one in which half of it is gone and the rest has other words, days and numbers. What the role reads stays as it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Integer, Table, select

from secretariat.core.database import Base, BearsRights, make_engine, set_context, table_of
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import labelled_kinds
from secretariat.core.localtext import LocalText
from secretariat.core.models import Label, LabelChange, LabelClause, ReadableLabel
from tests.security.canaries.world import WORD, World

Node = tuple[Table, UUID]

BY_RULE = {
    ("administrator", "Track"): "the administrator appoints the first officer of a track",
    ("administrator", "EmergencyAccess"): "administrators see that one was asked for",
    ("reader in an emergency", "EmergencyAccess"): "and so does one who reads in an emergency",
}
"""What a role is told of by rule although it may not read it, so that it is in every twin: role, kind; why."""

_MOVED = timedelta(days=-37)
_COUNTED = ("position", "number", "minutes")
_AT_ONCE = 500


def take_away(url: str, world: World, role: str) -> int:
    """Leave out of a database all that the role may not read; how many rows that were.

    Not what something stands in which it does read: that hidden thing is needed, and stays as it is.
    """
    with _as_owner(url) as connection:
        things = _Things(connection, world, role)
        _delete(connection, things.not_needed)
        _forget_labels(connection)
        return len(things.not_needed)


def say_otherwise(url: str, world: World, role: str, seed: int) -> int:
    """Leave out half of what the role may not read, by lot, and change every word, day and count of the rest; how many
    rows were changed or left out."""
    chance = Random(seed)
    with _as_owner(url) as connection:
        things = _Things(connection, world, role)
        by_lot = {one for one in sorted(things.not_needed, key=_named) if chance.random() < 0.5}
        _delete(connection, things.with_contents(by_lot))
        for kind in labelled_kinds():
            table = table_of(kind)
            keys = [key for at, key in things.hidden if at is table]
            _change(connection, table, keys, chance, rights=issubclass(kind, BearsRights))
        return len(things.hidden)


def _named(node: Node) -> tuple[str, str]:
    return node[0].name, str(node[1])


@contextmanager
def _as_owner(url: str) -> Iterator[Connection]:
    """A transaction of whoever owns the database, past every wall."""
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            set_context(connection, viewer=None, system=True)
            yield connection
    finally:
        engine.dispose()


@dataclass
class _Things:
    """Every labelled row with what it hangs on, and which of them a role may not read."""

    connection: Connection
    world: World
    role: str
    above: dict[Node, set[Node]] = field(default_factory=dict)
    hidden: set[Node] = field(default_factory=set)

    def __post_init__(self) -> None:
        tables = {table_of(kind): kind for kind in labelled_kinds()}
        for table, kind in tables.items():
            pointing = [(key.parent, key.column.table) for key in table.foreign_keys if key.column.table in tables]
            planted = set(self.world.planted.get(kind.__name__, ()))
            for row in self.connection.execute(select(table.c.id, *(column for column, _ in pointing))):
                node = (table, row.id)
                to = zip(row[1:], (other for _, other in pointing), strict=True)
                self.above[node] = {(other, key) for key, other in to if key is not None}
                if (row.id in planted or not issubclass(kind, BearsRights)) and self._is_hidden(kind, row.id):
                    self.hidden.add(node)

    def _is_hidden(self, kind: type[Any], key: UUID) -> bool:
        known = key in self.world.oracle.things and (self.role, kind.__name__) not in BY_RULE
        return known and not self.world.reads(self.role, key)

    @cached_property
    def not_needed(self) -> set[Node]:
        """Hidden things in which, and in whose contents, nothing stands that is to stay."""
        needed = set(self.above) - self.hidden
        grown = needed
        while grown:
            grown = {other for one in grown for other in self.above[one]} - needed
            needed |= grown
        return set(self.above) - needed

    def with_contents(self, some: set[Node]) -> set[Node]:
        """These, and whatever hangs on them."""
        found = set(some)
        while more := {one for one, above in self.above.items() if one not in found and above & found}:
            found |= more
        return found


def _delete(connection: Connection, nodes: set[Node]) -> None:
    by_table: dict[Table, list[UUID]] = {}
    for table, key in sorted(nodes, key=_named):
        by_table.setdefault(table, []).append(key)
    for table in reversed(Base.metadata.sorted_tables):
        for key in table.foreign_keys:  # rows nobody is shown that tell of what goes: attempts, sequences
            if key.column.table in by_table and "label_id" not in table.c:
                for keys in _some(by_table[key.column.table]):
                    connection.execute(table.delete().where(key.parent.in_(keys)))
        for keys in _some(by_table.get(table, [])):
            connection.execute(table.delete().where(table.c.id.in_(keys)))
            changes = table_of(LabelChange)
            connection.execute(changes.delete().where(changes.c.thing_kind == table.name, changes.c.thing_id.in_(keys)))


def _some(keys: list[UUID]) -> Iterator[list[UUID]]:
    return (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE))


def _forget_labels(connection: Connection) -> None:
    """Labels that nothing carries any more were never made there."""
    label = table_of(Label)
    of_labels = {table_of(LabelClause), table_of(ReadableLabel)}
    columns = [
        key.parent
        for table in Base.metadata.sorted_tables
        if table not in of_labels
        for key in table.foreign_keys
        if key.column.table is label
    ]
    used = {key for column in columns for key in connection.execute(select(column).distinct()).scalars()}
    unused = sorted(set(connection.execute(select(label.c.id)).scalars()) - used)
    for at in range(0, len(unused), _AT_ONCE):
        some = unused[at : at + _AT_ONCE]
        for table in of_labels:
            connection.execute(table.delete().where(table.c.label_id.in_(some)))
        connection.execute(label.delete().where(label.c.id.in_(some)))


def _change(connection: Connection, table: Table, keys: list[UUID], chance: Random, *, rights: bool) -> None:
    for some in _some(keys):
        for row in connection.execute(select(table).where(table.c.id.in_(some)).order_by(table.c.id)).all():
            values = {
                column.name: _otherwise(column.name, value, chance, table)
                for column, value in zip(table.columns, row, strict=True)
                if value is not None and not column.foreign_keys and not (rights and isinstance(value, date))
            }
            changed = {name: value for name, value in values.items() if value != getattr(row, name)}
            if changed:
                connection.execute(table.update().where(table.c.id == row.id).values(changed))


def _otherwise(name: str, value: Any, chance: Random, table: Table) -> Any:
    """Another value in the place of this one; the same where it is no word, day or count."""
    if isinstance(value, LocalText):
        return LocalText.from_json(_reworded(value.to_json(), chance))
    if isinstance(value, str):
        return _other_words(value, chance, least=6 if table.c[name].unique else 1)
    if isinstance(value, (dict, list)):
        return _reworded(value, chance)
    if isinstance(value, bytes):
        return _other_words(value.decode("latin-1"), chance).encode("latin-1")
    if isinstance(value, (datetime, date)):
        return value + _MOVED
    if isinstance(value, PartialDate) and value.precision == "day":
        return PartialDate.parse(value.first_day + _MOVED)
    if name in _COUNTED and isinstance(table.c[name].type, Integer):
        return value + 1000
    return value


def _reworded(value: Any, chance: Random) -> Any:
    return json.loads(_other_words(json.dumps(value), chance))


def _other_words(text: str, chance: Random, least: int = 1) -> str:
    """Other words of any length; where no two may be the same, of so many bytes at `least`."""
    another: Callable[[Any], str] = lambda _found: f"yk{chance.randbytes(chance.randint(least, 8)).hex()}"  # noqa: E731
    return WORD.sub(another, text)
