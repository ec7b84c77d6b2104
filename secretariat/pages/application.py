"""The web application: Flask, without what this product never uses and with addresses made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import chain
from typing import Any

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from werkzeug.routing import BuildError

_MOST_REMEMBERED = 4000


class CookieSessions(SecureCookieSessionInterface):
    """Flask's own, with what reads and signs the cookie made once for each key and not twice a request."""

    _made: tuple[object, URLSafeTimedSerializer | None] = (None, None)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """None without a key, as Flask has it."""
        key = (app.secret_key, tuple(app.config.get("SECRET_KEY_FALLBACKS") or ()))
        if self._made[0] != key:
            self._made = (key, super().get_signing_serializer(app))
        return self._made[1]


class Application(Flask):
    """Flask as the product uses it."""

    session_interface = CookieSessions()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._address = lru_cache(maxsize=_MOST_REMEMBERED, typed=True)(self._made)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """As it is: no view is asynchronous, and looking whether one is costs more than many of them do."""
        return func

    def url_for(
        self,
        /,
        endpoint: str,
        *,
        _anchor: str | None = None,
        _method: str | None = None,
        _scheme: str | None = None,
        _external: bool | None = None,
        **values: Any,
    ) -> str:
        """As Flask's. What leads to a page of this site is made once for each set of values: a page has dozens of
        links, and the same stand on every page."""
        ordinary = _anchor is None and _method is None and _scheme is None and _external is None
        if ordinary and endpoint[:1] != ".":
            try:
                now = request._get_current_object()  # type: ignore[attr-defined]
                return self._address(now.method, now.script_root, endpoint, *chain.from_iterable(values.items()))
            except (
                RuntimeError,
                TypeError,
                BuildError,
            ):  # no request; a list among the values; an address there is not
                pass
        return super().url_for(
            endpoint, _anchor=_anchor, _method=_method, _scheme=_scheme, _external=_external, **values
        )

    def _made(self, _method: str, _script_root: str, endpoint: str, *values: Any) -> str:
        return super().url_for(endpoint, **dict(zip(values[::2], values[1::2], strict=True)))
