"""Addresses for rows of a list: made once, and filled in row by row.

`address_parts("documents.show", "document_id")` gives `("/documents/", "")`: a row stands between them. To make the
address of every row of a long list costs more than reading it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import Flask, url_for


def install(app: Flask) -> None:
    """Templates have it as `address_parts`."""
    app.jinja_env.globals["address_parts"] = address_parts


def address_parts(endpoint: str, *left_open: str, **values: Any) -> tuple[str, ...]:
    """What stands around the ids `left_open` in an address, in the order in which they stand in it."""
    open_ones: dict[str, Any] = dict(zip(left_open, _OPEN, strict=False))
    return _around(url_for(endpoint, **open_ones, **values), len(left_open))


_OPEN = tuple(UUID(int=place + 1) for place in range(5))


@lru_cache(maxsize=1_000)
def _around(address: str, left_open: int) -> tuple[str, ...]:
    return tuple(re.split("|".join(map(str, _OPEN[:left_open])), address))
