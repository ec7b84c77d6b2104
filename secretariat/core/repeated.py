"""How SELECTs of columns are executed that are built once and asked again and again.

They depend on no reader: whose labels count is a parameter of each execution (`core.session`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

PLAINLY: Mapping[str, Any] = {"_result_disable_adapt_to_context": True}


class _Compiled(dict[Any, Any]):
    """What one statement is in SQL, for the dialect it was last sent in. SQLAlchemy's own store is asked by a key as
    long as the statement, which is worked through at every execution."""

    def get(self, key: Any, default: Any = None) -> Any:
        dialect, _statement, parameters, *_rest = key
        return super().get((dialect, parameters), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        dialect, _statement, parameters, *_rest = key
        self.clear()
        super().__setitem__((dialect, parameters), compiled)


@lru_cache(maxsize=200)
def built_once(statement: Any) -> Mapping[str, Any]:
    """How a SELECT of columns is executed that is executed again and again. A bounded number is kept: what a statement
    compiles to holds the statement."""
    return {**PLAINLY, "compiled_cache": _Compiled()}
