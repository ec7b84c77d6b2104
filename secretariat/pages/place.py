"""Which process a page belongs to: it gives the page its name and its navigation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask, current_app, g, session

from secretariat.core.languages import current_reading


@dataclass(frozen=True, slots=True)
class Place:
    """A process as a page's frame needs it; `track` is the side of the wall one stands on."""

    slug: str
    acronym: str
    name: str = ""
    track: str = "government"
    zone: str = "UTC"
    demonstration: bool = False
    id: UUID | None = None


def install(app: Flask, find: Callable[[str | None], Place | None]) -> None:
    """`find(slug)` gives the place of that slug under the reader's eyes, or the reader's first where slug is None."""
    app.extensions["find_place"] = find


def enter(process: Any, *, track: str = "government") -> Place:
    """Say that this page belongs to `process`, one the reader may read (or its columns); the next pages remember it."""
    words, _language = process.name.in_language(current_reading().language.code)
    g.place = Place(process.slug, process.acronym, words, track, process.zone, process.demonstration, process.id)
    if session.get("process") != process.slug and current_app.extensions["identify"]()[0] is not None:
        session["process"] = process.slug
    place: Place = g.place
    return place


_UNKNOWN: Any = object()


def here() -> Place | None:
    """Where this page stands: what its view entered, else where the reader was last, else the first process."""
    here: Place | None = g.get("place", _UNKNOWN)
    if here is _UNKNOWN:
        find = current_app.extensions.get("find_place")
        slug = session.get("process")
        here = g.place = (find(slug) or (find(None) if slug else None)) if find else None
    return here
