"""How often something may be tried: counted in the database, so that all processes of the web count together.

Only failures count. The limits of an address keep others from guessing its password, those of a source keep one
machine from trying many addresses. Whoever is held up may still have a link sent: that has a count of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from secretariat.core import journal


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `tries` of `what` for the same address or source in a window of time."""

    what: str
    tries: int
    window: timedelta


SIGN_IN_ADDRESS = Limit("sign-in by address", 10, timedelta(minutes=15))
SIGN_IN_SOURCE = Limit("sign-in by source", 60, timedelta(minutes=15))
PASSWORD_ADDRESS = Limit("password asked for address", 3, timedelta(hours=1))
PASSWORD_SOURCE = Limit("password asked from source", 30, timedelta(hours=1))
LINK_SOURCE = Limit("link tried from source", 60, timedelta(minutes=15))

Counted = tuple[Limit, str]


def is_over(session: Session, *counted: Counted) -> bool:
    """Whether any of these has reached its limit. All are looked up, so that the work is always the same."""
    return any([journal.tries(session, limit.what, who, limit.window) >= limit.tries for limit, who in counted])  # noqa: C419


def entries(counted: Iterable[Counted]) -> list[journal.Entry]:
    """Journal entries that count one more try of each."""
    return [journal.count_try(limit.what, who, limit.window) for limit, who in counted]
