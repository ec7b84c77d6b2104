"""What the schema needs beside tables: row-level security on PostgreSQL, an index of whole texts on SQLite, and the
rows without which nobody can read."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from secretariat.core.database import Base, BehindTheWall, Labelled, is_postgresql, table_of
from secretariat.core.viewer import ANONYMOUS_ID

_READABLE = (
    "current_setting('secretariat.system', true) = 'on' OR EXISTS (SELECT 1 FROM readable_labels r"
    " WHERE r.viewer_id = nullif(current_setting('secretariat.viewer', true), '')::int"
    " AND r.label_id = {table}.label_id)"
)
_SYSTEM = "current_setting('secretariat.system', true) = 'on'"
_ADD = "INSERT INTO search_words(rowid, title_words, words) VALUES (new.id, new.title_words, new.words)"
_TAKE = (
    "INSERT INTO search_words(search_words, rowid, title_words, words)"
    " VALUES ('delete', old.id, old.title_words, old.words)"
)


def tables_behind() -> list[str]:
    """Names of all tables that are read under system access alone."""
    return sorted(
        table_of(mapper.class_).name for mapper in Base.registry.mappers if issubclass(mapper.class_, BehindTheWall)
    )


def labelled_tables() -> list[str]:
    """Names of all tables whose rows carry a label."""
    return sorted(
        mapper.local_table.name  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Labelled)
    )


def seed(connection: Connection) -> None:
    """The counters of rights and the key of the public."""
    connection.execute(text("INSERT INTO rights_state (id, epoch, labels) VALUES (1, 1, 0)"))
    connection.execute(
        text("INSERT INTO viewers (id, person_id, hat, epoch, labels) VALUES (:id, NULL, 'nobody', 0, 0)"),
        {"id": ANONYMOUS_ID},
    )
    if is_postgresql(connection):
        connection.execute(text("SELECT setval(pg_get_serial_sequence('viewers', 'id'), 100)"))


def second_wall() -> list[str]:
    """Every statement that puts up the second wall around the whole schema (PostgreSQL)."""
    open_by_label = [statement for table in labelled_tables() for statement in row_security(table)]
    return open_by_label + [statement for table in tables_behind() for statement in closed(table)]


def row_security(table: str) -> list[str]:
    """Statements that put the second wall around one labelled table (PostgreSQL)."""
    readable = _READABLE.format(table=table)
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({readable})",
        f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK (true)",
        f"CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({readable}) WITH CHECK (true)",
        f"CREATE POLICY {table}_erase ON {table} FOR DELETE USING ({readable})",
    ]


def closed(table: str) -> list[str]:
    """Statements that keep one table behind the wall: anyone may add to it, only the product itself reads it."""
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({_SYSTEM})",
        f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK (true)",
        f"CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({_SYSTEM}) WITH CHECK (true)",
        f"CREATE POLICY {table}_erase ON {table} FOR DELETE USING ({_SYSTEM})",
    ]


def no_row_security(table: str) -> list[str]:
    """Statements that take the wall down again, for a migration downwards."""
    policies = [f"DROP POLICY IF EXISTS {table}_{act} ON {table}" for act in ("read", "add", "change", "erase")]
    return [
        *policies,
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]


def whole_texts() -> list[str]:
    """Statements that make the index of whole texts beside `search_entries`, and what keeps it true (SQLite).

    It holds the stems and nothing else, and answers with keys of entries alone, which are then narrowed to their
    reader; PostgreSQL looks through the entries themselves.
    """
    return [
        "CREATE VIRTUAL TABLE search_words USING fts5(title_words, words, content='search_entries', content_rowid='id',"
        " tokenize=\"unicode61 remove_diacritics 0\", detail='column')",
        f"CREATE TRIGGER search_words_add AFTER INSERT ON search_entries BEGIN {_ADD}; END",
        f"CREATE TRIGGER search_words_take AFTER DELETE ON search_entries BEGIN {_TAKE}; END",
        f"CREATE TRIGGER search_words_change AFTER UPDATE ON search_entries BEGIN {_TAKE}; {_ADD}; END",
    ]


def no_whole_texts() -> list[str]:
    """Statements that take that index away again, for a migration downwards."""
    triggers = [f"DROP TRIGGER IF EXISTS search_words_{act}" for act in ("add", "take", "change")]
    return [*triggers, "DROP TABLE IF EXISTS search_words"]


def make_role(engine: Engine, role: str) -> None:
    """Make the role the product works under - no superuser, owns nothing, bound by row-level security - and let it in.

    Idempotent; run after each upgrade (`flask --app wsgi db roles`).
    """
    with engine.begin() as connection:
        quoted = connection.dialect.identifier_preparer.quote(role)
        if not connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}).first():
            connection.execute(text(f"CREATE ROLE {quoted} NOLOGIN NOSUPERUSER NOBYPASSRLS"))
        connection.execute(text(f"GRANT {quoted} TO CURRENT_USER"))
        connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {quoted}"))
        connection.execute(text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}"))
        connection.execute(text(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}"))


def role_problem(engine: Engine, role: str) -> str | None:
    """Why the product must not start under this role, in one sentence; None where all is well."""
    advice = "run: flask --app wsgi db roles"
    try:
        with engine.connect() as connection:
            row = connection.execute(
                text(
                    "SELECT r.rolsuper, r.rolbypassrls, current_user, EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner"
                    " = r.oid AND c.relname = 'labels') AS owns FROM pg_roles r WHERE r.rolname = current_user"
                )
            ).one()
    except DBAPIError:
        return f"The database role {role} is not there; {advice}"
    if row.current_user != role:
        return f"The database answers as {row.current_user}, not as {role}; {advice}"
    if row.rolsuper or row.rolbypassrls or row.owns:
        return (
            f"The database role {role} is superuser, owner or exempt from row security,"
            f" so that confidentiality would rest on one wall only; {advice}"
        )
    return None
