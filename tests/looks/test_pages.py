"""Every page, as the role that sees most of it, looked at by Chromium: in English, light and wide, and in Arabic, dark
and narrow. All languages, colours and widths are looked at in `make bench ONLY=looks`; each role in `make bench-full
ONLY=looks_full`; longer words where this file is asked for by name."""

from __future__ import annotations

import pytest

from tests.looks.longer import lengthened, longer_words
from tests.looks.shown import CI_LOOKS, NARROW, WIDE, Look, Opened, Pages, shown
from tests.support.browsers import Browsers

Told = dict[str, list[str]]


@pytest.mark.parametrize("look", CI_LOOKS, ids=str)
def test_nothing_stands_in_the_way_of_a_reader(
    pages: Pages, opened: list[Opened], browsers: Browsers, look: Look
) -> None:
    """No barrier, nothing past the edge; not with names of two hundred letters either."""
    found: Told = {}
    with shown(pages, browsers.chromium, look) as window:
        for one in opened:
            window.open(one)
            told = window.barriers() + window.wider()
            window.lengthen_names()
            told += [f"with long names: {what}" for what in window.wider()]
            if told:
                found[f"{one.role} {one.path}"] = told
    assert len(opened) > 250
    assert not found, _listed(found)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_longer_words_fit_everywhere(pages: Pages, opened: list[Opened], browsers: Browsers, width: int) -> None:
    found: Told = {}
    with longer_words(), shown(pages, browsers.chromium, Look("en", width)) as window:
        for one in opened:
            window.open(one)
            if told := window.wider():
                found[f"{one.role} {one.path}"] = told
    assert not found, _listed(found)


def _listed(found: Told) -> str:
    return "\n".join(f"{at}: {what}" for at, told in found.items() for what in told)


def test_words_are_lengthened_and_what_is_filled_in_is_not() -> None:
    assert lengthened("Sent to %(name)s, <b>today</b>") == "SentSe tot %(name)s, <b>todayto</b>"
    assert len(lengthened("What is awaited")) >= len("What is awaited") * 1.4
