"""What became of an outcome: every feature that takes one further says so, under the eyes of who looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core.localtext import LocalText


@dataclass(frozen=True, slots=True)
class Became:
    """A thing that comes from an outcome: what it is, in words; its own words; the address of its page; its day."""

    kind: Any
    title: LocalText
    address: str
    on: date | None = None


Source = Callable[[Session, UUID], Iterable[Became]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Enter a feature's things that come from outcomes: `source(session, outcome)`."""
    if _sources.get(name, source) is not source:
        raise ValueError(f"there is already a source of what became of outcomes called {name!r}")
    _sources[name] = source


def became(session: Session, outcome: UUID) -> list[Became]:
    """What became of an outcome, as far as the session's reader may read it; the latest last, the undated first."""
    found = [one for name in sorted(_sources) for one in _sources[name](session, outcome)]
    return sorted(found, key=lambda one: (one.on or date.min, one.address))
