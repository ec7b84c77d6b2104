"""Matters arising: what a meeting's agenda could take up, proposed by every feature that leaves something open.

A feature registers a source: a named read that yields `Matter` values under the eyes of the session it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core.localtext import LocalText


@dataclass(frozen=True, slots=True)
class Asked:
    """For which agenda: that of a meeting of a body (None: of the whole process), which ends on a day.

    `languages` are those of the process, in which an item is worded.
    """

    process: UUID
    track: UUID
    body: UUID | None
    meeting: UUID
    by: date
    languages: Sequence[str]


@dataclass(frozen=True, slots=True)
class Matter:
    """Something an agenda could take up.

    `key` names it among all (`outcome:<id>`), `kind` says in words what it is, `title` is what an item about it would
    be called, `since` where or whence it is open, `outcome` the outcome of a meeting from which it comes. `answered_at`
    is the page on which it is answered, where it does not become an item by being ticked.
    """

    key: str
    kind: Any
    title: LocalText
    since: str = ""
    due_on: date | None = None
    outcome: UUID | None = None
    answered_at: str = ""


Source = Callable[[Session, Asked], Iterable[Matter]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Enter a feature's source of matters arising."""
    if _sources.get(name, source) is not source:
        raise ValueError(f"there is already a source of matters arising called {name!r}")
    _sources[name] = source


def arising(session: Session, asked: Asked) -> list[Matter]:
    """What arises for an agenda, as far as the session's reader may read it; by due date, the undated last."""
    found = [one for name in sorted(_sources) for one in _sources[name](session, asked)]
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on or date.max))
