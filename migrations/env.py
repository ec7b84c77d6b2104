"""Runs migrations with the product's own metadata, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import Connection

from config import settings_or_exit
from secretariat.core.database import Base, make_engine
from secretariat.core.dates import PartialDateColumn, UtcInstant
from secretariat.core.localtext import LocalTextColumn
from secretariat.core.stored import Key
from secretariat.models import every_model
from secretariat.search.models import Stems

every_model()

_RENDERED = {
    Key: "sa.Uuid()",
    Stems: "sa.Text().with_variant(postgresql.TSVECTOR(), 'postgresql')",
    UtcInstant: "sa.DateTime(timezone=True)",
    LocalTextColumn: "sa.JSON()",
    PartialDateColumn: "sa.String(length=10)",
}


def render_item(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Write our own column types as the plain types they are stored in: a migration must not change with the code."""
    return _RENDERED.get(type(item), False) if kind == "type" else False


def _is_ours(_thing: Any, name: str | None, kind: str, *_more: Any) -> bool:
    """SQLite's index of whole texts is made of tables that are no classes of ours."""
    return not (kind == "table" and name is not None and name.startswith("search_words"))


def run() -> None:
    url = context.config.attributes.get("url") or settings_or_exit().database_url
    engine = make_engine(url)
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            _let_tables_be_made_anew(connection)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            render_item=render_item,
            compare_type=True,
            include_object=_is_ours,
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":  # rows are behind their wall for the owner of the tables, too
                connection.exec_driver_sql("SELECT set_config('secretariat.system', 'on', true)")
            context.run_migrations()
            if connection.dialect.name == "sqlite":
                _see_that_nothing_points_nowhere(connection)
    engine.dispose()


def _let_tables_be_made_anew(connection: Connection) -> None:
    """SQLite changes a table by making it anew, which it refuses while rows elsewhere point to it. Only outside a
    transaction can it be told to look afterwards instead."""
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")


def _see_that_nothing_points_nowhere(connection: Connection) -> None:
    astray = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if astray:
        raise RuntimeError(f"the migration would leave rows that point nowhere, and is taken back: {astray[:5]}")


run()
