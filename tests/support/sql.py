"""The statements that are sent while something is done."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from secretariat.core.session import SQL_OBSERVERS


@contextmanager
def statements_sent() -> Iterator[list[str]]:
    """`with statements_sent() as statements:` - every statement of this thread.

    Another thread drops the databases of earlier tests meanwhile.
    """
    statements: list[str] = []
    here = threading.get_ident()

    def see(_connection: Connection, statement: str) -> None:
        if threading.get_ident() == here:
            statements.append(statement)

    SQL_OBSERVERS.append(see)
    try:
        yield statements
    finally:
        SQL_OBSERVERS.remove(see)
