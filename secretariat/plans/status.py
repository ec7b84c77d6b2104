"""What a participant can say of a commitment, and which of its statements holds. Pure; no database, no web.

Silence is no status. "Not yet reported" is the absence of a confirmed statement; it never stands for "not yet
started" and is never added to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar


class Status(StrEnum):
    """The words a participant can choose."""

    NOT_YET_STARTED = "not_yet_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"


NOT_YET_REPORTED = "not_yet_reported"
"""How the absence of a status is shown; not a status, so not a member of `Status`."""

CLOSED = frozenset({Status.COMPLETED, Status.WITHDRAWN})
"""Statuses after which nothing more is awaited."""

STILL_TO_COME = frozenset({Status.NOT_YET_STARTED, Status.POSTPONED})
"""Statuses of which one asks, and never demands, what stands in the way."""


class UpdateState(StrEnum):
    """Where a statement stands between the secretariat's note and the participant's word."""

    NOTED = "noted"  # written by the secretariat after a call or mail; its participant and the secretariat read it
    CONFIRMED = "confirmed"  # the participant's word
    CORRECTED = "corrected"  # a note the participant answered with a statement of its own; never counted


class Statement(Protocol):
    """What is needed of a statement to know which one holds."""

    @property
    def state(self) -> UpdateState: ...
    @property
    def stated_at(self) -> datetime: ...
    @property
    def entered_at(self) -> datetime: ...


S = TypeVar("S", bound=Statement)


def in_force(statements: Iterable[S]) -> S | None:
    """The confirmed statement that holds: the latest made; a correction stands at the time of what it corrects.

    None means: not yet reported.
    """
    confirmed = [one for one in statements if one.state is UpdateState.CONFIRMED]
    return max(confirmed, key=lambda one: (one.stated_at, one.entered_at), default=None)


def shown_as(status: Status | None) -> str:
    """The key under which a status, or its absence, is shown."""
    return NOT_YET_REPORTED if status is None else status.value
