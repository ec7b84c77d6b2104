"""Where a commitment stands in a progress report: each in exactly one place, silence in a place of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.core.localtext import LocalText
from secretariat.plans.status import NOT_YET_REPORTED, Status
from secretariat.reports.composition import Area, Composition, Facts, Named, Place, Revised, Told, digest, entry

BEGINS, ENDS = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
COMMITMENT = Facts(
    "1.1.1 a", uuid4(), uuid4(), LocalText.of("Name a contact"), date(2026, 6, 1), datetime(2025, 11, 19, tzinfo=UTC)
)


def _told(status: Status, month: int, day: int = 10, **more: Any) -> Told:
    at = datetime(2026, month, day, tzinfo=UTC)
    return Told(status, **{"stated_at": at, "entered_at": at, "confirmed_at": at, **more})


def _entry(*told: Told, **more: Any) -> Any:
    return entry(replace(COMMITMENT, told=told, **more), BEGINS, ENDS)


@pytest.mark.parametrize(
    ("status", "place"),
    [
        (Status.IN_PROGRESS, Place.STEP),
        (Status.COMPLETED, Place.STEP),
        (Status.NOT_YET_STARTED, Place.STILL_TO_COME),
        (Status.POSTPONED, Place.STILL_TO_COME),
        (Status.WITHDRAWN, Place.WITHDRAWN),
    ],
)
def test_what_was_said_in_the_period_gives_the_place(status: Status, place: Place) -> None:
    found = _entry(_told(status, 2))
    assert (found.place, found.status) == (place, status.value)


def test_silence_in_the_period_is_not_yet_reported_with_the_last_word_before_it() -> None:
    found = _entry(_told(Status.NOT_YET_STARTED, 1))
    assert (found.place, found.status) == (Place.NOT_YET_REPORTED, NOT_YET_REPORTED)
    assert (found.known, found.known_on) == ("not_yet_started", date(2026, 1, 10))
    assert _entry().known == ""


def test_what_was_completed_or_withdrawn_before_is_not_reported_on_again() -> None:
    for status in (Status.COMPLETED, Status.WITHDRAWN):
        assert _entry(_told(status, 1)) is None
        assert _entry(_told(status, 1), _told(Status.IN_PROGRESS, 2)).place is Place.STEP


def test_what_is_confirmed_in_the_period_counts_in_it_whenever_it_was_said() -> None:
    said_before = _told(Status.IN_PROGRESS, 1, confirmed_at=datetime(2026, 2, 5, tzinfo=UTC))
    assert _entry(said_before).place is Place.STEP
    confirmed_after = _told(Status.IN_PROGRESS, 2, confirmed_at=datetime(2026, 3, 5, tzinfo=UTC))
    assert _entry(confirmed_after).place is Place.NOT_YET_REPORTED


def test_a_commitment_made_after_the_period_is_not_in_it_and_one_made_in_it_is_new() -> None:
    assert _entry(accepted_at=ENDS) is None
    assert _entry(accepted_at=BEGINS).is_new
    assert not _entry().is_new


def test_a_revision_of_the_period_stands_beside_its_place() -> None:
    moved = Revised(datetime(2026, 2, 9, tzinfo=UTC), date(2026, 4, 1), date(2026, 6, 1), False)
    found = _entry(_told(Status.POSTPONED, 2), revised=(moved,))
    assert (found.place, found.moved_from, found.moved_to) == (Place.STILL_TO_COME, date(2026, 4, 1), date(2026, 6, 1))
    assert not _entry(revised=(replace(moved, at=datetime(2026, 1, 9, tzinfo=UTC)),)).is_revised


@given(st.lists(st.tuples(st.sampled_from(list(Status)), st.integers(1, 3), st.integers(1, 28)), max_size=6))
def test_every_commitment_stands_in_one_place_or_was_closed_before(said: list[tuple[Status, int, int]]) -> None:
    found = _entry(*(_told(status, month, day) for status, month, day in said))
    during = [one for one in said if one[1] == 2]
    if found is None:
        assert not during
        assert any(month == 1 for _status, month, _day in said)
    else:
        assert (found.place is Place.NOT_YET_REPORTED) == (not during)


def _composition() -> Composition:
    area = Area(str(COMMITMENT.area), "1", LocalText.of("Protection"))
    found = [
        _entry(_told(Status.COMPLETED, 2)),
        _entry(),
        replace(_entry(_told(Status.NOT_YET_STARTED, 2, support=LocalText.of("A trainer"))), area=""),
    ]
    names = {"en": {str(COMMITMENT.participant): Named("Belize", 1)}}
    return Composition(LocalText.of("Plan"), date(2026, 2, 1), date(2026, 2, 28), tuple(found), (area,), names)


def test_places_are_counted_each_for_itself() -> None:
    composed = _composition()
    assert [len(composed.at(place)) for place in Place] == [1, 1, 0, 1]
    assert len(composed.completed) == 1
    assert composed.counts(str(COMMITMENT.area)) == {"completed": 1, NOT_YET_REPORTED: 1}
    assert [area.number for area in composed.areas_reported()] == ["1", ""]
    assert len(composed.asking_support) == 1


def test_the_digest_covers_data_and_words() -> None:
    content = _composition().to_json()
    first = digest(content, {"en": "words"})
    assert first == digest(_composition().to_json(), {"en": "words"})
    assert first != digest(content, {"en": "other words"})
    content["to_on"] = "2026-03-01"
    assert first != digest(content, {"en": "words"})
