"""Titles proposed for meetings, in the ordinals of each language."""

from datetime import date

import pytest

from secretariat.core.languages import reading_in
from secretariat.core.languages.ordinals import Gender, ordinal
from secretariat.core.localtext import LocalText
from secretariat.meetings.titles import number_on, proposed_title

NETWORK = LocalText(
    {
        "en": "Liaison Officers' Network",
        "es": "Red de Funcionarios de Enlace",
        "fr": "Réseau des officiers de liaison",
        "ar": "شبكة ضباط الاتصال",
    },
    "es",
)


@pytest.mark.parametrize(
    ("language", "number", "masculine", "feminine"),
    [
        ("en", 1, "1st", "1st"), ("en", 2, "2nd", "2nd"), ("en", 3, "3rd", "3rd"), ("en", 4, "4th", "4th"),
        ("en", 11, "11th", "11th"), ("en", 12, "12th", "12th"), ("en", 13, "13th", "13th"), ("en", 21, "21st", "21st"),
        ("en", 111, "111th", "111th"), ("en", 122, "122nd", "122nd"),
        ("es", 1, "1.er", "1.ª"), ("es", 2, "2.º", "2.ª"), ("es", 3, "3.er", "3.ª"), ("es", 13, "13.º", "13.ª"),
        ("es", 21, "21.er", "21.ª"),
        ("fr", 1, "1er", "1re"), ("fr", 2, "2e", "2e"), ("fr", 21, "21e", "21e"),
        ("ar", 1, "الأول", "الأولى"), ("ar", 10, "العاشر", "العاشرة"), ("ar", 11, "الحادي عشر", "الحادية عشرة"),
        ("ar", 12, "الثاني عشر", "الثانية عشرة"), ("ar", 20, "العشرون", "العشرون"),
        ("ar", 21, "الحادي والعشرون", "الحادية والعشرون"), ("ar", 99, "التاسع والتسعون", "التاسعة والتسعون"),
        ("ar", 100, "100", "100"),
    ],
)  # fmt: skip
def test_ordinals(language: str, number: int, masculine: str, feminine: str) -> None:
    with reading_in(language):
        assert (ordinal(number, Gender.MASCULINE), ordinal(number, Gender.FEMININE)) == (masculine, feminine)


def test_a_title_stands_in_every_language_of_the_process() -> None:
    title = proposed_title(NETWORK, "working-group", 21, ["es", "en", "fr", "ar"])
    assert title.original == "es"
    assert title.texts["en"] == "21st Meeting of the Liaison Officers' Network"
    assert title.texts["es"].startswith("21.ª ")
    assert title.texts["fr"].startswith("21e ")
    assert "الاجتماع الحادي والعشرون" in title.texts["ar"]
    assert all(NETWORK.texts[language] in text for language, text in title.texts.items())


def test_a_body_that_is_a_meeting_itself_is_counted_by_its_own_name() -> None:
    conference = LocalText({"en": "Ministerial Conference", "es": "Conferencia Ministerial"}, "en")
    forum = LocalText({"en": "Ministerial Forum", "es": "Foro Ministerial"}, "en")
    assert proposed_title(conference, "ministerial", 1, ["en"]).texts == {"en": "1st Ministerial Conference"}
    assert proposed_title(conference, "ministerial", 1, ["es"]).texts["es"] == "1.ª Conferencia Ministerial"
    assert proposed_title(forum, "ministerial", 1, ["es"]).texts["es"] == "1.er Foro Ministerial"


def test_a_body_without_a_name_in_a_language_stands_in_that_language_s_phrase() -> None:
    plain = LocalText.of("Ministerial Conference")
    assert proposed_title(plain, "ministerial", 2, ["es"]).texts["es"].startswith("2.ª ")


@pytest.mark.parametrize(
    ("titles", "number"),
    [
        ([], 1),
        ([{"en": "First meeting"}, {"en": "Second meeting"}], 3),
        ([{"en": "20th Meeting of the Network", "es": "20.ª reunión: Red"}], 21),
        ([{"fr": "7e réunion"}, {"es": "3.er Foro"}], 8),
        ([{"en": "2026 Conference"}, {"en": "3D mapping workshop"}, {"en": "10 years of the process"}], 4),
    ],
)
def test_the_number_after_those_there_are(titles: list[dict[str, str]], number: int) -> None:
    listed = [(date(2026, 3, 1), LocalText(texts, next(iter(texts)))) for texts in titles]
    assert number_on(date(2026, 4, 1), listed) == number
    undated = [(None, title) for _day, title in listed]
    assert number_on(date(2026, 4, 1), undated) == number


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2027, 1, 1), 22),
        (date(2025, 1, 1), 18),
        (date(2024, 1, 1), 16),
        (date(2026, 6, 1), 22),
    ],
    ids=["after all", "between two with a gap", "before the first", "between two that leave none"],
)
def test_a_number_follows_the_days_and_not_the_order_of_entry(day: date, number: int) -> None:
    """As when a process enters the meetings of years past behind those to come."""
    entered = [(2026, 9, "21st Meeting"), (2024, 9, "17th Meeting"), (2026, 3, "20th Meeting")]
    assert number_on(day, [(date(year, month, 1), LocalText.of(title)) for year, month, title in entered]) == number


def test_before_the_first_of_all_there_is_no_number() -> None:
    assert number_on(date(2020, 1, 1), [(date(2021, 1, 1), LocalText.of("1st Meeting"))]) == 2
