"""What stands on the timeline of a process: who chaired, when it met, what came of it, its plans.

A feature enters what it has in its module `moments`; the page asks each for what there is under the reader's eyes, in a
number of statements that does not grow with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from secretariat.core.dates import PartialDate
from secretariat.core.localtext import LocalText
from secretariat.processes.models import Process


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing on the timeline. `since` is None where no day is known; `until` its last day, None where it is one day;
    `goes_on` where its end is not known yet. `page` names its page and what is filled into the address."""

    words: LocalText | str
    since: PartialDate | None
    label_id: int
    until: PartialDate | None = None
    goes_on: bool = False
    note: Any = ""
    page: tuple[str, Mapping[str, Any]] | None = None

    @property
    def year(self) -> int | None:
        """The year under which it stands."""
        return self.since.first_day.year if self.since is not None else None

    def last_day(self, on: date) -> date | None:
        """The last day it covers; of what goes on that is today, or its beginning where that is still to come."""
        if self.since is None:
            return None
        if self.until is not None:
            return max(self.until.last_day, self.since.first_day)
        return max(on, self.since.first_day) if self.goes_on else self.since.last_day


Load = Callable[[Session, Process], Iterable[Moment]]


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane of the timeline: `words` is its heading, `one` what a single thing on it is called."""

    id: str
    order: int
    words: Any
    one: Any
    load: Load
    ink: str = "f1"


_lanes: dict[str, Lane] = {}


def enter(lane: Lane) -> None:
    """Enter a lane; the same one may be entered again."""
    _lanes[lane.id] = lane


def entered() -> list[Lane]:
    """All lanes, in order."""
    return sorted(_lanes.values(), key=lambda one: (one.order, one.id))


@dataclass(frozen=True, slots=True)
class Placed:
    """A moment with its lane."""

    lane: Lane
    moment: Moment


@dataclass(slots=True)
class Timeline:
    """All there is, by lane; what has no day stands last."""

    lanes: dict[str, list[Moment]] = field(default_factory=dict)

    def latest_first(self) -> list[Placed]:
        """Everything in one line, the latest first; what has no day stands last."""
        known = {one.id: one for one in entered()}
        things = [Placed(known[key], one) for key, moments in self.lanes.items() for one in moments]
        things.sort(key=lambda one: one.lane.order)
        return sorted(things, key=lambda one: str(one.moment.since or ""), reverse=True)


def timeline(session: Session, process: Process) -> Timeline:
    """The timeline of a process for who reads it."""
    found = {one.id: list(one.load(session, process)) for one in entered()}
    return Timeline({key: moments for key, moments in found.items() if moments})
