"""The map walked: every class, every table, every rule has been decided about; a new one without a decision fails."""

from __future__ import annotations

import ast
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.inspection import inspect

import secretariat
from secretariat.core import ddl
from secretariat.core.database import Base, BehindTheWall, Labelled, is_postgresql
from secretariat.models import every_model
from tests.security.databases import Shared

HOUSE = Path(secretariat.__file__).parent

MAY_TAKE_A_CONNECTION = {
    "core": "the machinery itself",
    "directory/viewers.py": "reads the stamp before there is a reader, and works out rights",
    "accounts/sessions.py": "notes when a session was last seen, before there is a reader",
    "reports/editions.py": "works out what the reader of an edition may read",
    "chairmanship/next_eyes.py": "works out what the next chair will read of what is handed over",
    "pages/unit.py": "writes the journal after the request's own transaction",
    "jobs/service.py": "claims work",
    "mail/delivery.py": "claims mail",
    "search/index.py": "writes entries beside what is flushed, and throws out of SQLite's index what is gone",
}
"""Modules that may speak to the database on a connection, past every session; and why."""


def test_every_mapped_class_is_labelled_or_says_why_not() -> None:
    every_model()
    undecided = [
        mapper.class_.__name__
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Labelled) == bool(mapper.class_.unlabelled)
    ]
    assert undecided == []


def test_every_table_belongs_to_a_mapped_class() -> None:
    """A bare table between two classes would have no label and no reason."""
    every_model()
    mapped = {table.name for mapper in Base.registry.mappers for table in mapper.tables}
    assert sorted(set(Base.metadata.tables) - mapped) == []


def test_no_relationship_leads_through_a_bare_table() -> None:
    every_model()
    through = [
        f"{mapper.class_.__name__}.{relationship.key}"
        for mapper in Base.registry.mappers
        for relationship in mapper.relationships
        if relationship.secondary is not None
    ]
    assert through == []


def test_every_container_is_labelled_itself() -> None:
    every_model()
    for mapper in Base.registry.mappers:
        if not issubclass(mapper.class_, Labelled) or mapper.class_.container is None:
            continue
        named = mapper.class_.container
        for name in (named,) if isinstance(named, str) else named:
            assert issubclass(inspect(mapper.class_).relationships[name].mapper.class_, Labelled)


def test_the_second_wall_stands_around_every_table_it_should(shared_engines: Shared) -> None:
    engine: Engine = shared_engines.engine("postgresql")
    with engine.connect() as connection:
        assert is_postgresql(connection)
        forced = set(
            connection.execute(
                text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind = 'r'")
            ).scalars()
        )
        acts = connection.execute(text("SELECT tablename, count(*) FROM pg_policies GROUP BY tablename")).all()
    expected = {*ddl.labelled_tables(), *ddl.tables_behind()}
    assert forced == expected
    assert {table for table, count in acts if count == 4} == expected


def test_what_is_behind_the_wall_has_no_label_and_is_few() -> None:
    every_model()
    behind = {mapper.class_.__name__ for mapper in Base.registry.mappers if issubclass(mapper.class_, BehindTheWall)}
    assert behind == {"LabelChange", "Reading"}


def test_connections_are_taken_where_it_was_decided() -> None:
    found = set()
    for path in sorted(HOUSE.rglob("*.py")):
        where = path.relative_to(HOUSE).as_posix()
        if any(where == allowed or where.startswith(f"{allowed}/") for allowed in MAY_TAKE_A_CONNECTION):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                taken = node.func.attr in {"exec_driver_sql", "raw_connection"}
                taken = taken or (
                    node.func.attr == "connection" and _is(node.func.value, {"session", "system", "db()"})
                )
                taken = taken or (
                    node.func.attr in {"connect", "begin"} and _is(node.func.value, {"engine", "engine()"})
                )
                if taken:
                    found.add(f"{where}: {ast.unparse(node)}")
    assert sorted(found) == []


def _is(node: ast.expr, names: set[str]) -> bool:
    return ast.unparse(node).split(".")[-1] in names
