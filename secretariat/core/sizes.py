"""SELECTs about a handful of rows that are built once for a few sizes, and asked again and again.

The values of an `IN` are worked into a statement anew at each execution. One of 4 or of 64 values is the same each
time; what asks for fewer asks for its first once more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam

from secretariat.core.database import one_of

_SIZES = (1, 4, 16, 64, 128)
MOST_AT_ONCE = _SIZES[-1]
"""Beyond that a statement is worked out for each number of values."""


def in_size(
    statement: Callable[[int | None], Select[*tuple[Any, ...]]], wanted: Sequence[Any]
) -> tuple[Select[*tuple[Any, ...]], dict[str, Any]]:
    """The statement for so many values, and these as it is given them; that of any number where there are more.
    Of nothing it asks for nothing."""
    size = next((one for one in _SIZES if one >= len(wanted) > 0), None)
    if size is None:
        return statement(None), {"wanted": wanted}
    padded = [*wanted, *(wanted[0] for _ in range(size - len(wanted)))]
    return statement(size), {f"wanted_{place}": one for place, one in enumerate(padded)}


def among(column: Any, size: int | None) -> ColumnElement[bool]:
    """The condition that a column has one of the values that `in_size` gives."""
    if size is None:
        return column.in_(bindparam("wanted", expanding=True))  # type: ignore[no-any-return]
    return one_of(column, (bindparam(f"wanted_{place}", type_=column.type) for place in range(size)))
