"""Names of those at the table, found in a text that should name nobody."""

import pytest

from secretariat.meetings.attribution import names_in

NAMES = ["Mexico", "México", "المكسيك", "Niger", "Nigeria", "IOM", "US", "Côte d'Ivoire"]
MORE = ["Costa Rica", "Guinea-Bissau", "UNICEF", "ECOWAS", "Guatemala", "Côte d'Ivoire", "مصر", "US"]


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Costa\nRica offered its hall.", ["Costa Rica"]),
        ("Costa  Rica offered its hall.", ["Costa Rica"]),
        ("Costa\u00a0Rica offered its hall.", ["Costa Rica"]),
        ("Costa-Rica offered its hall.", ["Costa Rica"]),
        ("Guinea Bissau and Guinea\u2011Bissau", ["Guinea-Bissau"]),
        ("UNICEF paid.", ["UNICEF"]),
        ("As ECOWAS said", ["ECOWAS"]),
        ("Guate\u00admala and Guat\u200bemala", ["Guatemala"]),
        ("\u202eCôte d’Ivoire", ["Côte d'Ivoire"]),
        ("الأرقام من مصـــر", ["مصر"]),
        ("to us, of course", []),
    ],
)
def test_a_name_is_found_however_it_is_spaced_broken_or_set(text: str, found: list[str]) -> None:
    assert names_in([text], MORE) == found
