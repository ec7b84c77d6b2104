"""Days as tables have them."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.plans.exchange import days
from secretariat.plans.exchange.days import Day


@pytest.mark.parametrize(
    "written",
    [
        "2027-04-23", "23/04/2027", "23.4.2027", "23-04-27", "2027/4/23", "23 April 2027", "April 23, 2027",
        "23rd April 2027",
        "23 de abril de 2027", "23 abr 2027", "23 avril 2027", "le 23 avril 2027", "٢٣ أبريل ٢٠٢٧", "23 نيسان 2027",
        "23 Apr 27", "by 23 April 2027", "2027-04-23 00:00:00",
    ],
)  # fmt: skip
def test_a_day_is_read_in_its_notations(written: str) -> None:
    assert days.read(written) == Day(date(2027, 4, 23)), written


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("April 2027", date(2027, 4, 30)),
        ("04/2027", date(2027, 4, 30)),
        ("2027-04", date(2027, 4, 30)),
        ("fin avril 2027", date(2027, 4, 30)),
        ("abril de 2027", date(2027, 4, 30)),
        ("نهاية أبريل 2027", date(2027, 4, 30)),
        ("Apr-27", date(2027, 4, 30)),
        ("Q2 2027", date(2027, 6, 30)),
        ("2027 Q2", date(2027, 6, 30)),
        ("T2 2027", date(2027, 6, 30)),
        ("second quarter of 2027", date(2027, 6, 30)),
        ("2º trimestre de 2027", date(2027, 6, 30)),
        ("2e trimestre 2027", date(2027, 6, 30)),
        ("first half of 2027", date(2027, 6, 30)),
        ("primer semestre de 2027", date(2027, 6, 30)),
        ("الربع الثاني 2027", date(2027, 6, 30)),
        ("2027", date(2027, 12, 31)),
        ("end of 2027", date(2027, 12, 31)),
        ("finales de 2027", date(2027, 12, 31)),
        ("2026-2027", date(2027, 12, 31)),
    ],
)
def test_what_says_less_than_a_day_means_its_last_one(written: str, last: date) -> None:
    assert days.read(written) == Day(last, vague=True), written


@pytest.mark.parametrize("written", ["", "ongoing", "Permanente", "en continu", "مستمر", "TBD", "–", "n/a"])
def test_what_says_that_there_is_no_day_has_none(written: str) -> None:
    assert days.read(written) == Day(None)


@pytest.mark.parametrize(
    "written",
    [
        "Fall 2027",
        "as soon as possible",
        "31/02/2027",
        "04/23/2027",
        "Year 2",
        "Q5 2027",
        "April",
        "1 2 3 2027",
        "before 2027",
    ],
)
def test_what_would_be_guessed_is_not_taken(written: str) -> None:
    assert days.read(written) is None, written


def test_the_order_of_figures_is_seen_from_the_column() -> None:
    assert days.is_day_first(["03/04/2027", "23/04/2027", "soon"]) is True
    assert days.is_day_first(["03/04/2027", "04/23/2027"]) is False
    assert days.is_day_first(["03/04/2027"]) is None
    assert days.is_day_first(["23/04/2027", "04/23/2027"]) is None
    assert days.read("04/03/2027", day_first=False) == Day(date(2027, 4, 3))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("By end of 2028\nD'ici la fin de 2028", Day(date(2028, 12, 31), vague=True)),
        ("March 2027 / mars 2027", Day(date(2027, 3, 31), vague=True)),
        ("Ongoing\nPermanent", Day(None)),
        ("March 2027\navril 2027", None),
        ("By summer 2025\nD'ici l'été 2025", None),
    ],
)
def test_a_day_in_two_languages_is_the_one_both_mean(written: str, meant: Day | None) -> None:
    assert days.read_each(written, day_first=True) == meant
