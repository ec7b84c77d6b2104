"""Symbols and their numbers: given with all eyes, told with the reader's.

A number comes from a sequence of its own label, so that no gap tells a reader of what carries another. A symbol stands
once in a process: where the next one is taken, by something its reader may not know of perhaps, the one after it is
given, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, exists, func, select
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column

from secretariat.core.database import is_postgresql
from secretariat.core.session import Reason, system_access

_GIVING = 0x5EC8  # any number, the same everywhere, for PostgreSQL's advisory locks


class Numbered:
    """A row that is given a symbol once: `symbol` in full, `symbol_stem` what stands before its number.

    `sequence_label_id` is the label in whose sequence the number was given; it stays when the row is relabelled, since
    the symbol has been cited. None of the four is there before a symbol is given; a symbol from a source has no number.
    """

    process_id: Mapped[UUID]
    symbol: Mapped[str | None] = mapped_column(String(160))
    symbol_stem: Mapped[str] = mapped_column(String(160), default="")
    number: Mapped[int | None]

    @declared_attr
    def sequence_label_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("labels.id"))


def give_symbol(session: Session, thing: Any, *, stem: str, label: int, spoken: Callable[[int], str]) -> str:
    """Give a `Numbered` thing the next symbol of its stem in the sequence of a label; `spoken` says it for a number."""
    kind, process = type(thing), thing.process_id
    with system_access(session, Reason.NUMBERING) as system:
        _one_after_the_other(system)
        last = system.scalar(
            select(func.max(kind.number)).where(
                kind.process_id == process, kind.symbol_stem == stem, kind.sequence_label_id == label
            )
        )
        number = (last or 0) + 1
        while system.scalar(select(exists().where(kind.process_id == process, kind.symbol == spoken(number)))):
            number += 1
    thing.symbol, thing.symbol_stem, thing.number, thing.sequence_label_id = spoken(number), stem, number, label
    session.flush()
    return spoken(number)


def _one_after_the_other(session: Session) -> None:
    """Whoever gives a symbol at the same time waits; on SQLite only one transaction writes anyway."""
    if is_postgresql(session.connection()):
        session.connection().execute(select(func.pg_advisory_xact_lock(_GIVING)))
