"""What a higher room ties to an invitation to single items: it looks at an answer before that is kept, and follows what
the guest is told. A room enters what it ties when it is imported."""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy.orm import Session

from secretariat.core.session import SystemSession, ViewerSession
from secretariat.meetings.guest_models import Guest


class BeforeAnswer(Protocol):
    """Look at an answer before it is kept. Raises Refused where it cannot stand."""

    def __call__(self, session: ViewerSession, guest: Guest, reply: Any, /) -> None: ...


class AfterChange(Protocol):
    """What the guest is told has changed; `is_anew` where it is asked as if it had not answered."""

    def __call__(self, system: SystemSession, guest: Guest, /, *, is_anew: bool) -> None: ...


class Beside(Protocol):
    """What is said beside a change, in the mail that tells the guest of it; nothing where there is nothing to say."""

    def __call__(self, session: Session, guest: Guest, /) -> str: ...


_before: list[BeforeAnswer] = []
_after: list[AfterChange] = []
_beside: list[Beside] = []


def tie(before: BeforeAnswer, after: AfterChange, beside: Beside) -> None:
    """Enter what looks at answers, what follows changes, and what is said beside them."""
    if before not in _before:
        _before.append(before)
        _after.append(after)
        _beside.append(beside)


def said_beside(session: Session, guest: Guest) -> list[str]:
    """What the rooms say beside a change, with the eyes of who is told of it."""
    return [said for each in _beside if (said := each(session, guest))]


def look_at(session: ViewerSession, guest: Guest, reply: Any) -> None:
    """Have all look at an answer. Raises Refused."""
    for each in _before:
        each(session, guest, reply)


def follow(system: SystemSession, guest: Guest, *, is_anew: bool) -> None:
    """Have all follow a change."""
    for each in _after:
        each(system, guest, is_anew=is_anew)
