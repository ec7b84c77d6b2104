"""Who chairs next, as far as is on record."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from secretariat.chairmanship.handing_over import is_asked, next_chairs
from secretariat.core.dates import PartialDate

A, B, C = (UUID(int=number) for number in (1, 2, 3))
ON = date(2027, 6, 1)


def term(participant: UUID, since: str = "", until: str = "", role: str = "chair", body: UUID | None = None) -> Any:
    dated = [PartialDate.parse(one) if one else None for one in (since, until)]
    return SimpleNamespace(participant_id=participant, since=dated[0], until=dated[1], role=role, body_id=body)


OWN = term(A, "2026-07-01", "2027-07-01")


def test_the_term_that_begins_with_the_end_of_this_one_is_the_next() -> None:
    assert next_chairs([OWN, term(C, "2028-07-01"), term(B, "2027-07-01", "2028-07-01")], OWN, ON) == [B]


def test_two_that_begin_together_chair_together() -> None:
    assert next_chairs([OWN, term(B, "2027-07-01", role="co_chair"), term(C, "2027-07-01")], OWN, ON) == [B, C]


def test_who_chairs_beside_it_or_another_body_is_not_the_next() -> None:
    beside, other = term(B, "2026-07-01", "2027-07-01", "co_chair"), term(C, "2027-07-01", body=UUID(int=9))
    assert next_chairs([OWN, beside, other], OWN, ON) == []


def test_without_a_term_it_is_who_comes_next_in_the_troika() -> None:
    assert next_chairs([OWN, term(B, "2026-07-01", role="troika_next")], OWN, ON) == [B]


def test_a_file_is_asked_for_some_weeks_before_the_end_and_not_for_ever() -> None:
    asked = [
        is_asked(OWN.until, date.fromisoformat(day)) for day in ("2027-05-05", "2027-05-06", "2027-08-26", "2027-08-27")
    ]
    assert asked == [False, True, True, False]
    assert not is_asked(None, ON)
