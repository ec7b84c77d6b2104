"""The index: for each thing that is found, its words brought to their stems."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Dialect, Index, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from secretariat.core.database import Base, Labelled


class _as_words(FunctionElement[Any]):  # noqa: N801 - reads as the function it is
    """Stems with spaces between them, as the database looks through them."""

    name = "as_words"
    inherit_cache = True


@compiles(_as_words)
def _plainly(element: Any, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(_as_words, "postgresql")
def _as_vector(element: Any, compiler: Any, **options: Any) -> str:
    return f"to_tsvector('simple', {compiler.process(element.clauses, **options)})"


class Stems(TypeDecorator[str]):
    """Stems with spaces between them: a `tsvector` on PostgreSQL, on SQLite text that `search_words` looks through."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def bind_expression(self, bindvalue: Any) -> Any:
        return _as_words(bindvalue)


class SearchEntry(Labelled, Base):
    """The words by which one thing is found, under the label of that thing, word for word and at any moment.

    `thing_*` is what holds the words, `found_*` what a person is shown: of the words of a file its document. `dated_by`
    is what the thing stands in and is dated as, where it has no day of its own.
    """

    __tablename__ = "search_entries"
    __table_args__ = (Index("ix_search_entries_found", "found_kind", "found_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    thing_kind: Mapped[str] = mapped_column()
    thing_id: Mapped[UUID] = mapped_column(unique=True)
    found_kind: Mapped[str] = mapped_column()
    found_id: Mapped[UUID] = mapped_column()
    process_id: Mapped[UUID | None] = mapped_column()
    dated_on: Mapped[date | None] = mapped_column()
    dated_by: Mapped[UUID | None] = mapped_column(index=True)
    title_words: Mapped[str] = mapped_column(Stems, deferred=True)
    words: Mapped[str] = mapped_column(Stems, deferred=True)
