"""What happens once to a thing and can be waited for: a meeting closed, an outcome confirmed, a plan adopted.

A feature enters an event in its module `events`, with the occasions that are still to come for a thing, and says when
one has happened. Who waits listens; what it does is part of the same transaction, so nothing is done twice or lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Occasion:
    """One event of one thing, still to come: `words` say it in the reader's language ("When ... is closed")."""

    event: str
    subject: UUID
    words: str


Ahead = Callable[[Session, Any], Iterable[Occasion]]
"""Occasions of one event that may still come and have to do with a thing, as far as the session reads them."""
Words = Callable[[Session, UUID], str | None]
"""One occasion in words, come or still to come; None where the session's reader may not know of its subject."""
Listener = Callable[[Session, str, UUID], None]


@dataclass(frozen=True, slots=True)
class _Event:
    ahead: Ahead
    words: Words


_events: dict[str, _Event] = {}
_listeners: list[Listener] = []


def register(event: str, ahead: Ahead, words: Words) -> None:
    """Enter an event. Raises ValueError where it was entered otherwise before."""
    made = _Event(ahead, words)
    if _events.get(event, made) != made:
        raise ValueError(f"there is already an event called {event!r}")
    _events[event] = made


def listen(listener: Listener) -> None:
    """Have `listener` told of every event, in the session in which it happens."""
    if listener not in _listeners:
        _listeners.append(listener)


def happened(session: Session, event: str, subject: UUID) -> None:
    """Tell all who listen. Raises KeyError for an event nobody entered."""
    _events[event]
    for listener in _listeners:
        listener(session, event, subject)


def occasions(session: Session, thing: Any) -> list[Occasion]:
    """What may still come and has to do with a thing, in a constant order."""
    return [one for name in sorted(_events) for one in _events[name].ahead(session, thing)]


def words_of(session: Session, event: str, subject: UUID) -> str | None:
    """An occasion in words; None for one its reader may not know of, and for an event there is none of."""
    known = _events.get(event)
    return known.words(session, subject) if known is not None else None
