"""Milestones of a meeting, counted from its days. Pure; no database, no clock.

They are computed whenever they are asked for and never stored: a meeting that moves takes all of them along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from secretariat.core.days_off import working_day_before
from secretariat.meetings.clashes import Span
from secretariat.meetings.milestone_models import Anchor, MilestoneKind

SOON = timedelta(days=7)
"""What is due so soon is in the officer's list."""
_ORDER = list(MilestoneKind)

AFTERWARDS = frozenset({MilestoneKind.DRAFT_REPORT, MilestoneKind.COMMENTS_DUE})
"""Milestones of what follows a meeting; of the others nothing is expected any more once it has begun."""
OF_A_REPORT = AFTERWARDS
"""Milestones of a report: off the record there is none."""
LEFT_OUT_AT_SHORT_NOTICE = frozenset({MilestoneKind.SAVE_THE_DATE, MilestoneKind.CALL_FOR_ITEMS})
"""Milestones that a meeting scheduled after their day goes without."""
NOTED_BY_HAND = frozenset({MilestoneKind.CALL_FOR_ITEMS, MilestoneKind.PAPERS, *AFTERWARDS})
"""Milestones that can be reached outside the product, and which the secretariat then notes. The others are seen to
be; so are the call for items, and the papers, where they leave through the product."""


class MilestoneState(StrEnum):
    """How a milestone stands on a day. What is left out is expected of nobody any more."""

    DONE = "done"
    LATE = "late"
    DUE = "due"
    TO_COME = "to_come"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Rule:
    """When a milestone is due: `days` from the anchor, negative before it."""

    kind: MilestoneKind
    days: int
    anchor: Anchor = Anchor.FIRST_DAY


DEFAULTS = (
    Rule(MilestoneKind.SAVE_THE_DATE, -16 * 7),
    Rule(MilestoneKind.CALL_FOR_ITEMS, -12 * 7),
    Rule(MilestoneKind.INVITATION, -8 * 7),
    Rule(MilestoneKind.PROVISIONAL_AGENDA, -6 * 7),
    Rule(MilestoneKind.NOMINATIONS_DUE, -4 * 7),
    Rule(MilestoneKind.PAPERS, -3 * 7),
    Rule(MilestoneKind.DRAFT_REPORT, 2 * 7, Anchor.LAST_DAY),
    Rule(MilestoneKind.COMMENTS_DUE, 4 * 7, Anchor.LAST_DAY),
)
"""What a body keeps that has said nothing else."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone and its day. `counted_on` is the day as counted; where that is a day off, `due_on` lies before it."""

    kind: MilestoneKind
    due_on: date
    counted_on: date


@dataclass(frozen=True, slots=True)
class Placed:
    """A milestone as it stands on a day; `done_on` is the day it was reached, where that is known."""

    milestone: Milestone
    state: MilestoneState
    done_on: date | None = None

    @property
    def kind(self) -> MilestoneKind:
        return self.milestone.kind

    @property
    def due_on(self) -> date:
        return self.milestone.due_on

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to see to it."""
        return self.state in (MilestoneState.LATE, MilestoneState.DUE, MilestoneState.TO_COME)

    @property
    def is_soon(self) -> bool:
        """Whether it is late, or due within a week."""
        return self.state in (MilestoneState.LATE, MilestoneState.DUE)


@dataclass(frozen=True, slots=True)
class Signs:
    """What is seen of a meeting. `known_on` is the day it was announced, None for a draft; `invited_on` that of the
    first invitation, `papers_out_on` that of the last paper, once none waits any more; `noted` are the milestones the
    secretariat has noted as reached, with the day."""

    days: Span
    known_on: date | None
    invited_on: date | None = None
    is_answered: bool = False
    agenda_issued_on: date | None = None
    papers_out_on: date | None = None
    noted: Mapping[MilestoneKind, date] | None = None


def counted(rules: Iterable[Rule], days: Span, is_closed: Callable[[date], bool]) -> list[Milestone]:
    """The milestones of a meeting on these days, in the order in which they are due. One that falls on a day off, as
    `is_closed` tells, moves to the working day before."""
    found = []
    for rule in rules:
        anchor = days.first if rule.anchor is Anchor.FIRST_DAY else days.last
        day = anchor + timedelta(days=rule.days)
        found.append(Milestone(rule.kind, working_day_before(day, is_closed), day))
    return sorted(found, key=lambda one: (one.due_on, one.counted_on, _ORDER.index(one.kind)))


def placed(milestones: Sequence[Milestone], signs: Signs, on: date) -> list[Placed]:
    """How milestones stand on a day."""
    reached = _reached(signs)
    return [_placed(one, reached, signs, on) for one in milestones]


def _reached(signs: Signs) -> dict[MilestoneKind, date | None]:
    seen = {
        MilestoneKind.NOMINATIONS_DUE: signs.invited_on is not None and signs.is_answered,
    }
    reached: dict[MilestoneKind, date | None] = {kind: None for kind, is_so in seen.items() if is_so}
    dated = {MilestoneKind.SAVE_THE_DATE: signs.known_on, MilestoneKind.INVITATION: signs.invited_on}
    if signs.known_on is not None:  # what nobody knows of has not gone out to anybody
        dated |= {
            MilestoneKind.PROVISIONAL_AGENDA: signs.agenda_issued_on,
            MilestoneKind.PAPERS: signs.papers_out_on,
        }
    reached |= {kind: day for kind, day in dated.items() if day is not None}
    return {**reached, **(signs.noted or {})}


def _placed(one: Milestone, reached: Mapping[MilestoneKind, date | None], signs: Signs, on: date) -> Placed:
    if one.kind in reached:
        return Placed(one, MilestoneState.DONE, reached[one.kind])
    if _is_left_out(one, signs, on):
        return Placed(one, MilestoneState.LEFT_OUT)
    if one.due_on < on:
        return Placed(one, MilestoneState.LATE)
    return Placed(one, MilestoneState.DUE if one.due_on <= on + SOON else MilestoneState.TO_COME)


def _is_left_out(one: Milestone, signs: Signs, on: date) -> bool:
    if one.kind in AFTERWARDS:
        return False
    if signs.days.first <= on:
        return True
    known_on = on if signs.known_on is None else signs.known_on
    return one.kind in LEFT_OUT_AT_SHORT_NOTICE and one.due_on < known_on
