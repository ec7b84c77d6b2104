"""Which addresses can stand as evidence. Pure."""

from __future__ import annotations

import pytest

from secretariat.plans import links


@pytest.mark.parametrize(
    ("address", "fit"),
    [
        ("https://example.org/report?year=2026", True),
        ("https://example.org:8443/report", True),
        ("http://example.org/report", False),
        ("javascript:alert(1)", False),
        ("https:///nowhere", False),
        ("https://name:word@example.org/", False),
        ("https://example.org/a b", False),
        ('https://example.org/"><script>', False),
        ("https://example.org/" + "x" * 500, False),
        ("https://[example.org/", False),
    ],
)
def test_an_address_is_of_a_host_by_https_and_in_one_piece(address: str, fit: bool) -> None:
    assert links.is_fit(address) is fit


def test_they_are_read_one_a_line_and_told_by_their_host() -> None:
    assert links.lines(" https://example.org/a \n\nhttps://example.org/b") == [
        "https://example.org/a",
        "https://example.org/b",
    ]
    assert links.host_of("https://www.example.org/a") == "www.example.org"
