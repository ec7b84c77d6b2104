"""Days drawn along a line: nothing outside, nothing on top of another, nothing too narrow to see."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.pages.strip import WIDTH, Drawn, strip

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)
TICKS = [(date(2027, month, 1), str(month)) for month in range(1, 13)]
days = st.dates(date(2026, 11, 1), date(2028, 2, 1))
things = st.lists(
    st.builds(
        lambda first, length, lane: Drawn(first, first + timedelta(length), "x", lane),
        days,
        st.integers(0, 60),
        st.sampled_from([0, 1, None]),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(things)
def test_everything_stands_within_the_drawing(found: list[Drawn]) -> None:
    drawn = strip(FIRST, LAST, ["One", "Two"], found, TICKS, date(2027, 6, 1))
    assert len(drawn.pieces) == sum(one.first <= LAST and one.last >= FIRST for one in found)
    for one in drawn.pieces:
        assert one.x >= 0
        assert one.x + one.width <= WIDTH + 0.2
        assert one.width >= 4.9
        assert 0 < one.y < one.y + one.height <= drawn.height
    assert len(drawn.ticks) == 12


def test_what_lies_on_the_same_days_lies_on_rows_of_its_own_and_what_is_joint_across_the_lanes() -> None:
    day = date(2027, 3, 9)
    found = [Drawn(day, day, "a", 0), Drawn(day, day, "b", 0), Drawn(day, day, "c", 1), Drawn(day, day, "both", None)]
    drawn = strip(FIRST, LAST, ["One", "Two"], found, TICKS, date(2030, 1, 1))
    a, b, c, both = (next(one for one in drawn.pieces if one.words == words) for words in ("a", "b", "c", "both"))
    assert a.y + a.height <= b.y < b.y + b.height <= c.y
    assert both.y <= a.y
    assert both.y + both.height >= c.y + c.height
    assert drawn.now is None


def test_words_are_written_in_what_has_room_for_them() -> None:
    year, day = Drawn(FIRST, LAST, "", 0, inside="Guatemala"), Drawn(FIRST, FIRST, "", 0, inside="Guatemala")
    drawn = strip(FIRST, LAST, ["W" * 300], [year, day], TICKS, FIRST)
    assert sorted(one.inside for one in drawn.pieces) == ["", "Guatemala"]
    assert len(drawn.lanes[0].words) == 120
