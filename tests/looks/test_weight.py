"""No page is heavy on a slow line, nor asks for many things."""

from __future__ import annotations

from dataclasses import replace

from tests.looks.shown import Opened, Pages
from tests.support.weight import PAGE_BYTES, REQUESTS, Weight, weight


def test_every_page_is_light_and_needs_little_beside_itself(pages: Pages, opened: list[Opened]) -> None:
    heavy: dict[str, Weight] = {}
    for one in opened:
        told = weight(pages.client(one.role), one.path)
        if told.bytes > PAGE_BYTES or told.requests > REQUESTS:
            heavy[one.path] = replace(told, text="")
    assert heavy == {}
