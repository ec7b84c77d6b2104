"""What the embedded database holds as text - keys and JSON - read with less work. A page reads hundreds of both.

PostgreSQL has types of its own for them, which its driver reads; there nothing of this is used.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Dialect, Uuid

_MOST_REMEMBERED = 20_000


class Key(Uuid[UUID]):
    """A public id. One that was read before is not made anew: keys never change, and pages read the same again."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        return None if dialect.supports_native_uuid else _key


class StoredKey(UUID):
    """A key read from the embedded database, which knows how it is written: a page has hundreds in its addresses."""

    __slots__ = ("written",)
    written: str

    def __str__(self) -> str:
        return self.written

    def __repr__(self) -> str:
        return f"UUID('{self.written}')"

    def __reduce__(self) -> tuple[type[UUID], tuple[str]]:
        return UUID, (self.written,)


@lru_cache(maxsize=_MOST_REMEMBERED)
def _key(written: str | None) -> UUID | None:
    if written is None:
        return None
    made = StoredKey(written)
    object.__setattr__(made, "written", UUID.__str__(made))
    return made


_scan: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder().scan_once  # type: ignore[attr-defined]


def read_json(written: str) -> Any:
    """As `json.loads`, for what `json.dumps` wrote: without looking first what else it might be."""
    try:
        value, end = _scan(written, 0)
    except (StopIteration, ValueError):
        end = -1
    return value if end == len(written) else json.loads(written)
