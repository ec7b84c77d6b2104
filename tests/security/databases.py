"""Databases that many tests of one worker share: made once, each kind when it is first asked for."""

from __future__ import annotations

import getpass
import os
import secrets
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from secretariat.core import ddl
from secretariat.core.database import make_engine
from secretariat.models import every_model
from tests.support.databases import make_tables

ROLE = "secretariat_app"
SERVER = os.environ.get("TEST_DATABASE_URL") or f"postgresql://{getpass.getuser()}@127.0.0.1/postgres"


class Shared:
    """The shared databases of one worker."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._engines: dict[str, Engine] = {}
        self._database = f"wall_{secrets.token_hex(5)}"

    def engine(self, kind: str) -> Engine:
        """The database of this kind; skips with the reason where there is none."""
        if kind not in self._engines:
            self._engines[kind] = self._sqlite() if kind == "sqlite" else self._postgresql()
        return self._engines[kind]

    def close(self) -> None:
        made = self._engines.pop("postgresql", None)
        for engine in [*self._engines.values(), *([made] if made else [])]:
            engine.dispose()
        if made is not None:
            _on_server(f'DROP DATABASE IF EXISTS "{self._database}" WITH (FORCE)')

    def _sqlite(self) -> Engine:
        engine = make_engine(f"sqlite:///{self._folder / 'shared.sqlite3'}")
        make_schema(engine)
        return engine

    def _postgresql(self) -> Engine:
        try:
            _on_server(f'CREATE DATABASE "{self._database}"')
        except SQLAlchemyError as error:
            pytest.skip(f"No PostgreSQL to test with ({type(error).__name__}); set TEST_DATABASE_URL")
        url = _server().set(database=self._database).render_as_string(hide_password=False)
        owner = make_engine(url)
        make_schema(owner)
        owner.dispose()
        return make_engine(url, role=ROLE)


def make_schema(owner: Engine) -> None:
    """The whole schema with its second wall, and the rows without which nobody can read."""
    every_model()
    with owner.begin() as connection:
        make_tables(connection)
        ddl.seed(connection)
        if owner.dialect.name == "postgresql":
            for statement in ddl.second_wall():
                connection.execute(text(statement))
    if owner.dialect.name == "postgresql":
        ddl.make_role(owner, ROLE)


def _server() -> URL:
    return make_url(SERVER).set(drivername="postgresql+psycopg")


def _on_server(statement: str) -> None:
    engine = create_engine(_server(), isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 2})
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
