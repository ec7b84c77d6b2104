"""Where a silence procedure stands: it follows from its end, the reactions and the clock, whoever looks. Pure.

Nothing here knows whether a worker runs. What is said of members is what the rules of the domain say: only a member
objects; the silence does not end for a member whose notice bounced, whose focal point is vacant or who asked for time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from secretariat.core.hours import hour_problem
from secretariat.texts.deadline import Deadline

WORKING_DAYS = 10
"""How long a silence lasts where the rules of the process do not say otherwise."""
LEAST = timedelta(hours=72)
"""No silence is shorter; and a member that could not be reached has as long again once it can."""
GRACE = timedelta(minutes=1)
"""What came in before the end may be written a little after it; nothing is put on record before this has passed."""
REMIND_BEFORE = timedelta(hours=48)
MOST_DAYS = 366
"""No calendar is so full of holidays that a silence is counted for longer."""


class SilenceState(StrEnum):
    """Where a silence procedure stands."""

    RUNNING = "running"
    BROKEN = "broken"
    """A member has objected in time."""
    WAITING = "waiting"
    """The hour has come for most members, and for some not yet."""
    PASSED = "passed"
    """It has ended for every member, and none has objected."""
    CALLED_OFF = "called_off"
    """Stopped by the secretariat, or its edition does not stand any more."""


class ReactionKind(StrEnum):
    """What a participant says to a text under silence."""

    OBJECTION = "objection"
    ASKS_FOR_TIME = "asks_for_time"
    COMMENT = "comment"
    INTERPRETATION = "interpretation"
    """An interpretative statement, kept with the text; it does not stop it."""
    EXPLANATION = "explanation"
    """An explanation of position, kept with the text; it does not stop it."""


OF_MEMBERS = frozenset(ReactionKind) - {ReactionKind.COMMENT}
"""What only a member says; a comment is open to observers too."""
KEPT_WITH_TEXT = (ReactionKind.INTERPRETATION, ReactionKind.EXPLANATION)


class HoldCause(StrEnum):
    """Why a silence does not end for a member at its hour."""

    BOUNCED = "bounced"
    VACANT = "vacant"
    ASKED_FOR_TIME = "asked_for_time"


@dataclass(frozen=True, slots=True)
class Hold:
    """That the silence does not end for a member, since when, and until when that lasted; None while it lasts."""

    participant: UUID
    cause: HoldCause
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a participant said, and the instant at which the server received it."""

    participant: UUID
    kind: ReactionKind
    received_at: datetime
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """When a silence began and when its hour comes. `stands` is False once its edition was withdrawn or superseded."""

    opened_at: datetime
    ends_at: datetime
    is_called_off: bool = False
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Expiry:
    """The hour at which a silence ends, and the days until then that were not counted."""

    deadline: Deadline
    not_counted: tuple[date, ...]


def expiry(
    start: datetime,
    working_days: int,
    hour: time,
    zone: str,
    is_closed: Callable[[date], bool],
    opened_at: datetime | None = None,
) -> Expiry:
    """The end of so many working days after the day of `start` in a zone.

    Days on which `is_closed` are not counted. Where less than 72 hours are left from `opened_at`, it is the first
    working day that leaves them. An hour over which the clocks pass, or that comes twice, becomes the next plain one.
    """
    least = (opened_at or start) + LEAST
    day = start.astimezone(ZoneInfo(zone)).date()
    left_out: list[date] = []
    counted = 0
    for _day in range(MOST_DAYS):
        day += timedelta(days=1)
        if is_closed(day):
            left_out.append(day)
            continue
        counted += 1
        if counted >= working_days:
            found = Deadline(day, _plain_hour(day, hour, zone), zone)
            if found.at >= least:
                return Expiry(found, tuple(left_out))
    raise ValueError("a calendar without working days")


def _plain_hour(day: date, hour: time, zone: str) -> time:
    """This hour or, where the clocks are changed at it, the next that exists once."""
    wall = datetime.combine(day, hour)
    for _hour in range(24):
        if wall.date() == day and hour_problem(wall, zone) is None:
            return wall.time()
        wall += timedelta(hours=1)
    return time(23, 59)


def end_for(run: Run, participant: UUID, holds: Iterable[Hold]) -> datetime | None:
    """When the silence ends for a member; None while that is not known.

    Whom a notice did not reach, or who had nobody to read it, has 72 hours from when that was mended; who asked for
    time has until the hour that was agreed. What began after the silence had ended for the member changes nothing.
    """
    end = run.ends_at
    for one in sorted((one for one in holds if one.participant == participant), key=lambda one: one.since):
        if one.since >= end or (one.until is not None and one.until <= run.opened_at):
            continue
        if one.until is None:
            return None
        end = max(end, one.until if one.cause is HoldCause.ASKED_FOR_TIME else one.until + LEAST)
    return end


def is_late(run: Run, participant: UUID, holds: Iterable[Hold], received_at: datetime) -> bool:
    """Whether what was received then came after the silence had ended for who said it: at the hour itself it has."""
    end = end_for(run, participant, holds)
    return end is not None and received_at >= end


def open_for(run: Run, holds: Sequence[Hold], members: Collection[UUID], now: datetime) -> list[UUID]:
    """The members for whom the silence has not ended."""
    ends = {one: end_for(run, one, holds) for one in members}
    return sorted((one for one, end in ends.items() if end is None or now < end), key=str)


def ends_for_all(run: Run, holds: Sequence[Hold], members: Collection[UUID]) -> datetime | None:
    """When the silence ends for the last member; None while that is not known."""
    ends = [end_for(run, one, holds) for one in members]
    known = [end for end in ends if end is not None]
    return max([run.ends_at, *known]) if len(known) == len(ends) else None


def state(
    run: Run, reactions: Iterable[Reaction], holds: Sequence[Hold], members: Collection[UUID], now: datetime
) -> SilenceState:
    """Where the silence stands at an instant. A member that has left is not waited for; its objection stands."""
    if any(one.kind is ReactionKind.OBJECTION and not one.is_late for one in reactions):
        return SilenceState.BROKEN
    if run.is_called_off or not run.stands:
        return SilenceState.CALLED_OFF
    if now < run.ends_at:
        return SilenceState.RUNNING
    return SilenceState.WAITING if open_for(run, holds, members, now) else SilenceState.PASSED


def may_be_recorded(stands: SilenceState, ended_at: datetime | None, now: datetime) -> bool:
    """Whether this is an end that changes no more: an objection at once, silence after a minute's grace."""
    if stands is SilenceState.PASSED:
        return ended_at is not None and now >= ended_at + GRACE
    return stands is SilenceState.BROKEN


def is_to_remind(run: Run, stands: SilenceState, now: datetime) -> bool:
    """Whether the hour has come to remind those who have not reacted."""
    return stands is SilenceState.RUNNING and run.ends_at - REMIND_BEFORE <= now < run.ends_at


def vacancies(participant: UUID, held: Iterable[tuple[date, date | None]], from_day: date) -> list[Hold]:
    """The times from a day on in which nobody spoke for a participant, as holds; days are those of the product (UTC),
    by which appointments are held."""
    free_from = from_day
    found = []
    for since, until in sorted(held, key=lambda one: (one[0], one[1] or date.max)):
        if until is not None and until <= free_from:
            continue
        if since > free_from:
            found.append(Hold(participant, HoldCause.VACANT, _began(free_from), _began(since)))
        if until is None:
            return found
        free_from = max(free_from, until)
    return [*found, Hold(participant, HoldCause.VACANT, _began(free_from))]


def _began(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
