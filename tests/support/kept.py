"""Worlds that many tests begin with, made once a process and put into each fresh database by the same writes.

What makes a world goes the way of the product, label by label, which takes half a second; its statements alone take a
twentieth of that. The keys of a world are the same in every test of a process, and so is when it was made.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import fields
from datetime import timedelta
from typing import Any, TypeVar

import time_machine
from sqlalchemy import Connection, Engine, event, text

from secretariat.core import clock

T = TypeVar("T")
Sent = list[tuple[str, Any]]
"""Statements with their parameters."""
CHANGES = ("INSERT", "UPDATE", "DELETE", "SELECT SET_CONFIG")
"""How statements begin that are sent again: what is written, and with whose eyes."""
_kept: dict[tuple[Any, ...], tuple[Any, Sent]] = {}


def once(name: str, engine: Engine, make: Callable[[], T]) -> T:
    """The world that `make` makes in an empty database: by it the first time in a day, and then by what it wrote. Where
    a test has moved the clock it is made anew. What is given is a dataclass; its dictionaries are the test's own."""
    if _is_moved():
        return make()
    key = (name, engine.dialect.name, clock.today(), *_state(engine))
    if key not in _kept:
        sent: Sent = []
        made = _noted(engine, make, sent)
        _kept[key] = (_of_its_own(made), sent)
        return made
    made, sent = _kept[key]
    _send(engine, sent)
    return _of_its_own(made)


def _is_moved() -> bool:
    """Whether a test has moved the product's clock, or that of the whole process."""
    return bool(time_machine.escape_hatch.is_travelling()) or abs(clock.now() - clock.machine()) > timedelta(seconds=1)


def _state(engine: Engine) -> tuple[Any, ...]:
    """What a database holds already, as far as labels are numbered by it."""
    with engine.begin() as connection:
        found = connection.execute(text("SELECT epoch, labels, (SELECT max(id) FROM labels) FROM rights_state")).one()
    return tuple(found)


def _noted(engine: Engine, make: Callable[[], T], sent: Sent) -> T:
    def note(_connection: Connection, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(CHANGES):
            sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        return make()
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _send(engine: Engine, sent: Sent) -> None:
    with engine.begin() as connection:
        cursor = connection.connection.cursor()
        for statement, parameters in sent:
            is_many = isinstance(parameters, list)  # of one statement after another; many rows in one are a flat tuple
            (cursor.executemany if is_many else cursor.execute)(statement, parameters)
        cursor.close()


def _of_its_own(made: T) -> T:
    """A copy in which no dictionary is shared with other tests."""
    own = copy(made)
    for field in fields(own):  # type: ignore[arg-type]
        value = getattr(own, field.name)
        if isinstance(value, dict):
            object.__setattr__(own, field.name, dict(value))
    return own
