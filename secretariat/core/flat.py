"""Things made from columns: what a page only reads needs no session behind it.

To load a thing costs a session three times what its columns cost. Where one statement reads the columns of several
mapped classes, under the filter as every other, `Flat` makes the things of them. They are like those whose session was
closed: what was not read raises `DetachedInstanceError` instead of being fetched, and nothing said of them is saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import QueryableAttribute, Session

from secretariat.core.database import Base

T = TypeVar("T", bound=Base)
_KEY = "read_flat"


class Flat(Generic[T]):
    """A mapped class by its columns, without some of them; `columns` are what the statement asks for, in order."""

    def __init__(self, kind: type[T], without: Iterable[QueryableAttribute[Any]] = ()) -> None:
        left_out = {one.key for one in without}
        self._mapper: Any = inspect(kind)
        self._names = [one.key for one in self._mapper.column_attrs if one.key not in left_out]
        self._left_out = left_out
        self.columns: list[Any] = [getattr(kind, name) for name in self._names]
        self._key = self._names.index("id")

    def made(self, session: Session, values: Sequence[Any], **beside: Any) -> T | None:
        """The thing of these values, with what stands beside it (relationships); None where an outer join found none.
        The session remembers that it was read (`read_flat`)."""
        key = values[self._key]
        if key is None:
            return None
        thing: T = self._mapper.class_manager.new_instance()
        thing.__dict__.update(zip(self._names, values, strict=True), **beside)
        state: Any = inspect(thing)
        state.key = self._mapper.identity_key_from_primary_key((key,))
        state.expired_attributes.update(self._left_out)
        session.info.setdefault(_KEY, {})[self._mapper.class_, key] = thing
        return thing


def read_flat(session: Session, kind: type[T], key: Any) -> T | None:
    """The thing of this key, if this session has read it so: whoever needs it need not ask again."""
    found: T | None = session.info.get(_KEY, {}).get((kind, key))
    return found
