"""The language and zone of the present request.

An explicit choice stands first: a link with `?lang=es` keeps the page and is remembered in a cookie. Then the signed-in
person's own language, then what the browser asks for, then the installation's first language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, request, url_for

from secretariat.core import languages
from secretariat.core.languages import LANGUAGES, templating

PARAMETER = "lang"
COOKIE = "language"
REMEMBERED_SECONDS = 365 * 24 * 3600

ReaderChoice = Callable[[], tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One choice of the language switch."""

    code: str
    own_name: str
    address: str
    current: bool


def install(app: Flask, reader_choice: ReaderChoice | None = None) -> None:
    """Every request is read in a language.

    `reader_choice` gives the language and the zone which the signed-in person has chosen, None for either that is
    unknown; it runs once a request.
    """
    templating.equip(app.jinja_env)
    app.extensions["reader_choice"] = reader_choice or (lambda: (None, None))
    app.jinja_env.globals.update(
        language_links=language_links, current_language=lambda: languages.current_reading().language
    )
    app.before_request(_begin_reading)
    app.after_request(_remember)
    app.teardown_request(_end_reading)


def offered() -> tuple[str, ...]:
    """Codes of the languages that this installation offers, in order."""
    chosen: tuple[str, ...] = tuple(current_app.config.get("LANGUAGES") or LANGUAGES)
    return chosen


def language_links() -> list[LanguageLink]:
    """The language switch: the same page, under the same filters, in each language offered."""
    here = languages.current_reading().language.code
    endpoint = request.endpoint
    values = {**asked_for(), **(request.view_args or {})} if endpoint is not None else {}
    return [
        LanguageLink(code, LANGUAGES[code].own_name, _in_language(endpoint, values, code), code == here)
        for code in offered()
    ]


def asked_for() -> dict[str, Any]:
    """What the present address asks for, to make another address with: less what `url_for` would take for its own
    options, which whoever makes up an address must not choose."""
    return {
        name: request.args.getlist(name)
        for name in request.args
        if name not in (PARAMETER, "endpoint") and not name.startswith("_")
    }


def _in_language(endpoint: str | None, values: dict[str, Any], code: str) -> str:
    if endpoint is None:  # a page that does not exist
        return f"{request.path}?{PARAMETER}={code}"
    return url_for(endpoint, **{**values, PARAMETER: code})


def _begin_reading() -> None:
    own_language, zone = current_app.extensions["reader_choice"]()
    g.reading = languages.enter_reading(_chosen(own_language), zone or current_app.config.get("TIME_ZONE"), {})


def read_as(own_language: str, zone: str, called: languages.Called) -> None:
    """Show this request in the language and the zone of the person for whom a link was made, who is not signed in, and
    in the words of the process it came from; another language if one has chosen it by the switch."""
    chosen = _chosen(own_language)
    _end_reading(None)
    g.reading = languages.enter_reading(chosen, zone, called)


def _chosen(own_language: str | None) -> str:
    allowed = offered()
    for wish in (request.args.get(PARAMETER), request.cookies.get(COOKIE), own_language):
        language = languages.language_or_none(wish)
        if language and language.code in allowed:
            return language.code
    for wish, _ in request.accept_languages:
        language = languages.language_or_none(wish)
        if language and language.code in allowed:
            return language.code
    return allowed[0]


def _remember(response: Response) -> Response:
    asked = languages.language_or_none(request.args.get(PARAMETER))
    if asked and asked.code in offered():
        response.set_cookie(
            COOKIE,
            asked.code,
            max_age=REMEMBERED_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=bool(current_app.config.get("SESSION_COOKIE_SECURE")),
        )
    response.headers.setdefault("Content-Language", languages.current_reading().language.code)
    return response


def _end_reading(_error: BaseException | None) -> None:
    token = g.pop("reading", None) if has_request_context() else None
    if token is not None:
        languages.leave_reading(token)
