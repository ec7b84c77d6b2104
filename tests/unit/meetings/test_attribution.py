"""Names of those at the table, found in a text that should name nobody."""

import pytest

from secretariat.meetings.attribution import names_in

NAMES = ["Mexico", "México", "المكسيك", "Niger", "Nigeria", "IOM", "US", "Côte d'Ivoire"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mexico will send the figures.", ["Mexico"]),
        ("MÉXICO enviará las cifras.", ["Mexico"]),
        ("La propuesta de México se mantiene.", ["México"]),
        ("Nigeria and others agreed.", ["Nigeria"]),
        ("IOM offered to help us.", ["IOM"]),
        ("iom, us and the rest", []),
        ("وستقدم المكسيك الأرقام", ["المكسيك"]),
        ("بالمكسيك والمكسيك", ["المكسيك"]),
        ("la cote d'ivoire", ["Côte d'Ivoire"]),
        ("Mexicans abroad are helped by consulates.", []),
        ("", []),
    ],
)
def test_names_are_found_as_words_of_their_own(text: str, found: list[str]) -> None:
    assert names_in([text], NAMES) == found
