"""The web application: Flask, without what this product never uses and with addresses made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import chain
from typing import Any

from flask import Flask, has_request_context, request
from werkzeug.routing import BuildError

_MOST_REMEMBERED = 4000


class Application(Flask):
    """Flask as the product uses it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._address = lru_cache(maxsize=_MOST_REMEMBERED, typed=True)(self._made)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """As it is: no view is asynchronous, and looking whether one is costs more than many of them do."""
        return func

    def url_for(self, endpoint: str, **values: Any) -> str:
        """As Flask's. What leads to a page of this site is made once for each set of values: a page has dozens of
        links, and the same stand on every page."""
        if not has_request_context() or endpoint[:1] == "." or any(values.get(one) is not None for one in _OPTIONS):
            return super().url_for(endpoint, **values)
        try:
            known = chain.from_iterable((name, value) for name, value in values.items() if name not in _OPTIONS)
            return self._address(request.method, request.script_root, endpoint, *known)
        except (TypeError, BuildError):  # a list among the values; an address there is not
            return super().url_for(endpoint, **values)

    def _made(self, _method: str, _script_root: str, endpoint: str, *values: Any) -> str:
        return super().url_for(endpoint, **dict(zip(values[::2], values[1::2], strict=True)))


_OPTIONS = ("_anchor", "_external", "_method", "_scheme")
