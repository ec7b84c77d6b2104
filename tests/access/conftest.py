"""One database in memory for the whole suite, put back to its beginning before each test."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.pool import StaticPool

from secretariat.core import ddl, labelling, repeated, session, statements
from secretariat.core.database import make_engine
from secretariat.directory import viewers
from secretariat.models import every_model
from tests.security import worlds
from tests.security.worlds import World
from tests.support import databases


@pytest.fixture(scope="session")
def memory() -> Iterator[tuple[Engine, Any, sqlite3.Connection]]:
    """The engine, the one connection behind it, and a copy of how everything began."""
    every_model()
    engine = make_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        databases.make_tables(connection)
        ddl.seed(connection)
    beginning = sqlite3.connect(":memory:")
    raw = engine.raw_connection()
    held = raw.driver_connection
    assert isinstance(held, sqlite3.Connection)
    held.backup(beginning)
    raw.close()
    yield engine, held, beginning
    beginning.close()
    engine.dispose()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What is remembered for a whole process is forgotten, so that each test sees it made."""
    labelling._by_digest.clear()
    labelling._stamps.cache_clear()
    statements.unfiltered_table.cache_clear()
    statements._pattern.cache_clear()
    viewers._known._kept.clear()
    repeated.built_once.cache_clear()
    for kept in (session._narrowed, session._short_way, session._of_columns):
        kept.clear()


@pytest.fixture
def engine(memory: tuple[Engine, Any, sqlite3.Connection]) -> Engine:
    """The database, with the schema and nothing in it."""
    engine, held, beginning = memory
    beginning.backup(held)
    return engine


@pytest.fixture
def world(engine: Engine) -> World:
    """A process with a governments' and a civil-society track; nobody is in it."""
    return worlds.found(engine)
