"""When a handover is due, and to whom: pure; and what it lists, read in the eyes of the session."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from secretariat.core.dates import PartialDate, passed
from secretariat.core.localtext import LocalText

AHEAD = timedelta(weeks=8)
"""How long before the end of a term its file is asked for."""
BEHIND = timedelta(weeks=8)
"""How long after it, where it was not cleared in time."""
PRESIDING = ("chair", "co_chair")
NEXT_IN_TROIKA = "troika_next"

OUTCOME, ITEM, SILENCE, MEETING = "outcome", "item", "silence", "meeting"


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the file: the key it is kept under, what it is called, and where one finds it."""

    key: str
    kind: str
    title: LocalText
    label_id: int
    address: str
    on: PartialDate | date | None = None
    until: PartialDate | None = None
    within: LocalText | None = None


def is_asked(ends: PartialDate | None, on: date) -> bool:
    """Whether a term that ends so asks for its file on a day. One whose end nobody knows asks for none."""
    return ends is not None and ends.first_day - AHEAD <= on <= ends.first_day + BEHIND


def next_chairs(terms: Iterable[Any], term: Any, on: date) -> list[UUID]:
    """Who chairs after this term, as far as is on record: those whose term of the same office begins next, after it
    has begun; where none is entered, who comes next in the troika."""
    others = [one for one in terms if one.participant_id not in (None, term.participant_id)]
    same = [one for one in others if one.body_id == term.body_id and not passed(one.until, on)]
    after = term.since.first_day if term.since is not None else date.min
    coming = [one for one in same if one.role in PRESIDING and one.since and one.since.first_day > after]
    if term.until is not None:
        coming = [one for one in coming if one.since.first_day >= term.until.first_day]
    first = min((one.since.first_day for one in coming), default=None)
    following = [one for one in coming if one.since.first_day == first]
    following = following or [one for one in same if one.role == NEXT_IN_TROIKA]
    return sorted({one.participant_id for one in following}, key=str)


def begins(terms: Iterable[Any], term: Any, participant: UUID) -> date | None:
    """The day on which a participant's next term of the same office begins; None where none is on record."""
    after = term.since.first_day if term.since is not None else date.min
    coming = [
        one.since.first_day
        for one in terms
        if one.participant_id == participant
        and one.body_id == term.body_id
        and one.role in PRESIDING
        and one.since
        and one.since.first_day > after
    ]
    return min(coming, default=None)


def keys_by_kind(keys: Sequence[str]) -> dict[str, list[UUID]]:
    """The ids kept under each kind."""
    found: dict[str, list[UUID]] = {}
    for key in keys:
        kind, _, one = key.partition(":")
        found.setdefault(kind, []).append(UUID(one))
    return found
