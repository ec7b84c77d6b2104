"""The last look: what reads a labelled table carries the filter, or is named."""

from __future__ import annotations

import pytest

from secretariat.core import statements
from secretariat.core.statements import unfiltered_table


def readable(table: str) -> str:
    """The filter, as it is written for a table or its alias."""
    return (
        "(EXISTS (SELECT * \nFROM readable_labels \n"
        f"WHERE readable_labels.label_id = {table}.label_id AND readable_labels.viewer_id = ?))"
    )


OF_BODIES = f"SELECT a FROM bodies WHERE {readable('bodies')}"

TOLD: list[tuple[str, str | None]] = [
    (f"SELECT bodies.id FROM bodies WHERE {readable('bodies')}", None),
    ("SELECT bodies.id FROM bodies", "bodies"),
    ('SELECT x FROM "bodies"', "bodies"),
    ("SELECT x FROM bodies WHERE bodies.label_id IN (1, 2)", "bodies"),
    (f"SELECT x FROM bodies AS b WHERE {readable('b')}", None),
    (f'SELECT x FROM bodies AS "b" WHERE {readable("b")}', None),
    (f"SELECT x FROM bodies AS b WHERE {readable('bodies')}", "b"),
    ("SELECT x FROM bodies  AS  b", "b"),
    (f"SELECT x FROM bodies, processes WHERE {readable('bodies')}", "processes"),
    (f"SELECT x FROM bodies, processes WHERE {readable('bodies')} AND {readable('processes')}", None),
    (f"SELECT x FROM bodies WHERE {readable('bodies')} UNION SELECT y FROM bodies", "bodies"),
    (
        f"{OF_BODIES} UNION {OF_BODIES}",
        None,
    ),
    (f"SELECT (SELECT max(tracks.id) FROM tracks) FROM bodies WHERE {readable('bodies')}", "tracks"),
    ("SELECT x FROM public.bodies", "bodies"),
    ('SELECT x FROM "main"."bodies"', "bodies"),
    ("SELECT x FROM BODIES", "BODIES"),
    (f"SELECT x FROM bodies /* {readable('bodies')} */", "bodies"),
    (f"SELECT x FROM bodies -- {readable('bodies')}".replace("\n", ""), "bodies"),
    ("SELECT x FROM bodies WHERE bodies.label_id IN (SELECT readable_labels.label_id FROM readable_labels)", "bodies"),
    (f"SELECT x FROM bodies WHERE NOT {readable('bodies')}", "bodies"),
    (f"SELECT x FROM bodies WHERE NOT {readable('bodies')[1:-1]}", "bodies"),
    (f"SELECT x FROM bodies WHERE {readable('bodies')[1:-1]}", None),
    (f"SELECT x FROM bodies WHERE {readable('bodies')}".replace("viewer_id", "label_id"), "bodies"),
    (f"SELECT x FROM bodies WHERE {readable('bodies')}".replace(" AND readable_labels.viewer_id = ?", ""), "bodies"),
    # correlated with nothing: the table stands inside, and would be there whoever reads
    (f"SELECT 1 WHERE {readable('bodies')}".replace("FROM readable_labels", "FROM readable_labels, bodies"), "bodies"),
    ("SELECT x FROM bodies/* all */WHERE 1", "bodies"),
    (f"SELECT x FROM bodies, other_bodies WHERE {readable('other_bodies')}", "bodies"),
    ("INSERT INTO readings SELECT * FROM public.readings", "readings"),
    ("SELECT persons.id FROM persons", None),
    ("SELECT 1", None),
    ("SELECT body_memberships.id FROM body_memberships", "body_memberships"),
    ("SELECT some_bodies.id FROM some_bodies", None),
    ("SELECT bodies_of.id FROM bodies_of", None),
    ("SELECT x.bodies FROM x", None),
    ("SELECT count(*) AS bodies FROM persons", None),
    ("SELECT bodies(1)", None),
    ("SELECT processes.name FROM persons", None),
    # what is written to is not read
    ("INSERT INTO bodies (id) VALUES (?)", None),
    ('INSERT INTO "bodies" (id) VALUES (?)', None),
    ("  INSERT INTO bodies (id) VALUES (?)", None),
    ("INSERT INTO bodies (id) SELECT id FROM bodies", "bodies"),
    (f"INSERT INTO bodies (id) SELECT id FROM bodies WHERE {readable('bodies')}", None),
    ("INSERT INTO persons (id) SELECT id FROM bodies", "bodies"),
    ("UPDATE bodies SET kind=? WHERE bodies.id = ?", None),
    ("UPDATE bodies SET kind=(SELECT name FROM tracks)", "tracks"),
    ("UPDATE persons SET id=(SELECT id FROM bodies)", "bodies"),
    ("DELETE FROM bodies WHERE bodies.id = ?", None),
    ("DELETE FROM bodies WHERE id IN (SELECT id FROM bodies)", "bodies"),
    ("DELETE FROM persons WHERE id IN (SELECT id FROM bodies)", "bodies"),
    # locks name tables that are read elsewhere in the statement
    (f"SELECT x FROM bodies WHERE {readable('bodies')} FOR UPDATE OF bodies", None),
    (f"SELECT x FROM bodies WHERE {readable('bodies')} FOR NO KEY UPDATE OF bodies", None),
    (f"SELECT x FROM bodies WHERE {readable('bodies')} FOR SHARE OF bodies, tracks", None),
    (f"SELECT x FROM bodies WHERE {readable('bodies')} FOR KEY SHARE", None),
    ("SELECT x FROM bodies FOR UPDATE", "bodies"),
    # what is behind the wall is written to, never read
    ("SELECT label_changes.id FROM label_changes", "label_changes"),
    (f"SELECT x FROM label_changes WHERE {readable('label_changes')}", "label_changes"),
    ("INSERT INTO label_changes (at) VALUES (?)", None),
    ("INSERT INTO label_changes (at) SELECT at FROM label_changes", "label_changes"),
    ("INSERT INTO persons (id) SELECT thing_id FROM label_changes", None),
    ("UPDATE label_changes SET why=?", "label_changes"),
    ("DELETE FROM label_changes", "label_changes"),
]


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize(("statement", "table"), TOLD)
def test_what_is_read_past_the_filter_is_named(statement: str, table: str | None) -> None:
    assert unfiltered_table(statement) == table


@pytest.mark.usefixtures("memory")
def test_a_statement_is_looked_at_once() -> None:
    unfiltered_table("SELECT 1")
    unfiltered_table("SELECT 1")
    assert (unfiltered_table.cache_info().hits, unfiltered_table.cache_info().maxsize) == (1, 5000)
    assert statements._pattern.cache_info().maxsize == 16
    assert statements._pattern(frozenset({"a"})) is statements._pattern(frozenset({"a"}))


def test_where_no_table_is_meant_nothing_is_read() -> None:
    assert statements._pattern(frozenset()) is None
    assert statements._references("SELECT a FROM a", frozenset()) == []


def test_of_two_tables_the_longer_name_is_meant() -> None:
    assert statements._references("SELECT 1 FROM a_b, a, a AS c", frozenset({"a", "a_b"})) == ["a_b", "a", "c"]
    assert statements._references("SELECT 1 FROM axb", frozenset({"a.b"})) == []
