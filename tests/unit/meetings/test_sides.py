"""Two tracks side by side: in the order of their days, a joint session across, no lane nothing is known of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from secretariat.meetings.clashes import Span
from secretariat.meetings.sides import rows_by_month, side_by_side

OURS, THEIRS, THIRD = UUID(int=1), UUID(int=2), UUID(int=3)


@dataclass(frozen=True)
class Entry:
    days: Span
    track: UUID
    notice: UUID | None = None


def entry(day: int, track: UUID = OURS, *, joint: bool = False) -> Entry:
    return Entry(Span(date(2027, 3, day), date(2027, 3, day)), track, UUID(int=9) if joint else None)


def test_a_side_nothing_is_known_of_is_not_there() -> None:
    assert side_by_side([entry(2)], [], [OURS, THEIRS], [OURS]).lanes == [OURS]
    assert side_by_side([], [], [OURS, THEIRS], [OURS]).rows == []


def test_a_joint_session_lies_across_both_lanes_between_what_is_before_and_after_it() -> None:
    beside = side_by_side(
        [entry(2), entry(20), entry(9, joint=True)], [(Span(date(2027, 3, 5), date(2027, 3, 6)), THEIRS)],
        [OURS, THEIRS], [OURS],
    )  # fmt: skip
    assert beside.lanes == [OURS, THEIRS]
    before, across, after = beside.rows
    assert [len(lane) for lane in before.lanes] == [1, 1]
    assert across.joint is not None
    assert [len(lane) for lane in after.lanes] == [1, 0]
    assert [one.is_first for one in beside.rows] == [True, False, False]
    assert rows_by_month(beside.rows) == {date(2027, 3, 1): 3}


def test_a_side_known_by_a_joint_session_alone_has_a_lane_without_a_name() -> None:
    for tracks, lanes in (
        ([OURS], [OURS, None]), ([THEIRS, OURS], [THEIRS, OURS]), ([OURS, THEIRS, THIRD], [OURS, None]),
    ):  # fmt: skip
        beside = side_by_side([entry(9, joint=True)], [], tracks, [OURS])
        assert beside.lanes == lanes
        assert beside.rows[0].joint is not None


def test_among_three_sides_a_joint_session_stands_on_ones_own() -> None:
    beside = side_by_side([entry(9, joint=True), entry(3, THEIRS), entry(4, THIRD)], [], [OURS, THEIRS, THIRD], [OURS])
    assert not beside.spans
    assert beside.rows[0].joint is None
