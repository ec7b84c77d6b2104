"""The statements that are sent while something is done."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from secretariat.core.session import SQL_OBSERVERS


@contextmanager
def statements_sent() -> Iterator[list[str]]:
    """`with statements_sent() as statements:` - every statement of this thread.

    Another thread drops the databases of earlier tests meanwhile. Nothing is collected as garbage while one counts: an
    answer of an earlier test that was never closed ends its transaction when it is, in this thread.
    """
    statements: list[str] = []
    here = threading.get_ident()

    def see(_connection: Connection, statement: str) -> None:
        if threading.get_ident() == here:
            statements.append(statement)

    SQL_OBSERVERS.append(see)
    collects = gc.isenabled()
    gc.disable()
    try:
        yield statements
    finally:
        if collects:
            gc.enable()
        SQL_OBSERVERS.remove(see)
