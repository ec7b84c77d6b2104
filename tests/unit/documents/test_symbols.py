"""Symbols: how patterns are read, and what they make."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.core.labels import Level
from secretariat.documents import symbols
from secretariat.documents.models import Revision
from secretariat.documents.symbols import DEFAULT_PATTERN, Parts


def parts(process: str = "RCM", body: str = "LON", year: int = 2026, level: Level = Level.MEMBERS) -> Parts:
    return Parts(process, body, year, level)


def test_the_usual_symbol_names_process_body_and_year() -> None:
    assert symbols.stem(DEFAULT_PATTERN, parts()) == "RCM/LON/2026/"


def test_a_document_of_the_whole_process_names_no_body() -> None:
    assert symbols.stem(DEFAULT_PATTERN, parts(body="")) == "RCM/2026/"


@pytest.mark.parametrize(
    ("level", "stem"),
    [
        (Level.PUBLIC, "RCM/LON/2026/PUB."),
        (Level.PARTICIPANTS, "RCM/LON/2026/P."),
        (Level.MEMBERS, "RCM/LON/2026/"),
        (Level.NAMED, "RCM/LON/2026/R."),
    ],
)
def test_each_level_has_a_row_of_numbers_of_its_own(level: Level, stem: str) -> None:
    assert symbols.stem(DEFAULT_PATTERN, parts(level=level)) == stem


def test_a_pattern_may_have_words_of_its_own() -> None:
    assert symbols.is_pattern("{process}/WP.{year}/{series}{number}")
    assert symbols.stem("{process}/WP.{year}/{series}{number}", parts()) == "RCM/WP.2026/"


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "{process}/{year}",
        "{number}",
        "{process}/{number}/{year}",
        "{process}/{year}/{number}{number}",
        "{process}/{country}/{year}/{number}",
        "{process} {year}/{number}",
        "{process}/عدد/{year}/{number}",
        "{process}/" + "x" * 100 + "/{year}/{number}",
    ],
)
def test_what_makes_no_symbol_is_no_pattern(pattern: str) -> None:
    assert not symbols.is_pattern(pattern)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RCM", "RCM"),
        ("5+5", "5+5"),
        ("Söderköping", "SODERKOPING"),
        ("Working Group 2", "WORKING-GROUP-2"),
        ("عمل", ""),
        ("-", ""),
    ],
)
def test_a_code_has_capital_letters_and_figures_alone(text: str, code: str) -> None:
    assert symbols.code(text) == code


def test_a_network_has_a_code_of_its_own() -> None:
    assert symbols.code_of_network("Red Regional de Organizaciones Civiles (RROCM)", "RCM") == "RROCM"
    assert symbols.code_of_network("Civil society", "RCM") == "RCM-CS"


def test_revisions_follow_the_symbol_they_revise() -> None:
    made = [symbols.revised("RCM/2026/4", one) for one in (Revision.REV, Revision.CORR, Revision.ADD)]
    assert made == ["RCM/2026/4/Rev.", "RCM/2026/4/Corr.", "RCM/2026/4/Add."]


@given(st.text(max_size=40), st.text(max_size=40), st.integers(1900, 2100), st.sampled_from(Level))
def test_whatever_things_are_called_a_symbol_can_stand_in_a_line_of_ascii(
    process: str, body: str, year: int, level: Level
) -> None:
    made = symbols.stem(DEFAULT_PATTERN, Parts(process, body, year, level))
    assert made.isascii()
    assert "//" not in made
    assert not made.startswith("/")
    assert str(year) in made
    assert made.split() == [made]
