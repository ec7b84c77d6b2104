"""Which process a page belongs to, and on which side of its wall: that gives it name, dress and navigation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import Flask, current_app, g, session

from secretariat.core.languages import call_commitments, current_reading, speak_in_network

GOVERNMENT = "government"


@dataclass(frozen=True, slots=True)
class Place:
    """A process as a page's frame needs it; `track` is the side of the wall one stands on.

    `short` and `name` stand at the head of the page: of the process, or of the network on its own side.
    """

    slug: str
    acronym: str
    short: str
    name: str = ""
    track: str = GOVERNMENT
    zone: str = "UTC"
    demonstration: bool = False
    id: UUID | None = None
    commitment_words: Mapping[str, str] = field(default_factory=dict)


def install(app: Flask, find: Callable[[str | None], Place | None], network: Callable[[Any], Any]) -> None:
    """`find(slug)` gives the place of that slug under the reader's eyes, or the reader's first where slug is None.
    `network(process)` gives the network's track if the reader stands on that side of the wall, else None."""
    app.extensions["find_place"] = find
    app.extensions["find_network"] = network


def enter(process: Any, *, track: Any = None, across: bool = False) -> Place:
    """Say that this page belongs to `process`, one the reader may read (or its columns); the next pages remember it.

    `track` (a Track) is that of the thing the page is about. Without it the reader's hat says on which side of the wall
    the page stands. From here on a commitment is called as the process calls it, and on a network's side an
    organization and its coordination as they are there; not `across`, where a page speaks of both sides.
    """
    call_commitments(process.commitment_words)
    place = stand(process, track=track)
    speak_in_network(place.track != GOVERNMENT and not across)
    return place


def stand(process: Any, *, track: Any = None) -> Place:
    """As `enter`, for a page that is about no process and only stands where its reader was before: on it a commitment
    is called as usual."""
    stands_on = track if track is not None else current_app.extensions["find_network"](process)
    kind = stands_on.kind.value if stands_on is not None else GOVERNMENT
    words = _in_words(process.name)
    short, name = (process.acronym, words) if kind == GOVERNMENT else _network_called(stands_on, process.acronym)
    g.place = Place(
        process.slug,
        process.acronym,
        short,
        name,
        kind,
        process.zone,
        process.demonstration,
        process.id,
        process.commitment_words,
    )
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


def _in_words(text: Any) -> str:
    words: str = text.in_language(current_reading().language.code)[0]
    return words


def _network_called(track: Any, beside: str) -> tuple[str, str]:
    """Short and full name of a network: the abbreviation its name has in brackets; without one, the process beside."""
    name = _in_words(track.name)
    bracketed = re.fullmatch(r"(.+?)\s*\(([^()]+)\)\s*", name)
    return (bracketed[2], bracketed[1]) if bracketed else (name, beside)
