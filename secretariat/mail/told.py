"""What other rooms add to the page that says why somebody got a mail or not: acts that stilled one, and the reason why
nothing was due. A room enters its sources where it enters its pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from secretariat.core.session import ViewerSession
from secretariat.processes.models import Process, Track


@dataclass(frozen=True, slots=True)
class Told:
    """One act about what a person is sent: when, in which words; `address` is where one reads more."""

    at: datetime
    words: Any
    detail: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """Whose days are asked about: from `first` to `last`, in a zone."""

    process: Process
    track: Track
    person: UUID
    first: date
    last: date
    zone: str


Acts = Callable[[ViewerSession, Asking], Sequence[Told]]
Reasons = Callable[[ViewerSession, Asking], dict[date, Sequence[Any]]]
_acts: list[Acts] = []
_reasons: list[Reasons] = []


def register(acts: Acts, reasons: Reasons) -> None:
    """Enter what a room knows: acts on those days, and sentences why nothing was sent on each."""
    if acts not in _acts:
        _acts.append(acts)
    if reasons not in _reasons:
        _reasons.append(reasons)


def acts_of(session: ViewerSession, asking: Asking) -> list[Told]:
    """Every act on those days, as far as the session may read it, first to last."""
    return sorted((one for source in _acts for one in source(session, asking)), key=lambda one: one.at)


def reasons_of(session: ViewerSession, asking: Asking) -> dict[date, list[Any]]:
    """Why nothing was sent, by day."""
    found: dict[date, list[Any]] = {}
    for source in _reasons:
        for day, sentences in source(session, asking).items():
            found.setdefault(day, []).extend(sentences)
    return found
