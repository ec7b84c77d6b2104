"""What is offered while one types in the box of search: by keys alone, in both directions of writing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Request

from tests.looks.shown import CI_LOOKS, Look, Opened, Pages, shown
from tests.support.browsers import Browsers

STATE = """() => [document.activeElement.id, q.getAttribute("aria-expanded"), q.getAttribute("aria-activedescendant"),
  offered.hidden, offered.children.length]"""


@pytest.mark.parametrize("look", CI_LOOKS, ids=str)
def test_what_one_types_is_offered_and_chosen_by_keys(pages: Pages, browsers: Browsers, look: Look) -> None:
    under_way: list[Request] = []
    at_once: list[int] = []

    def asked(request: Request) -> None:
        if "/search/suggestions" in request.url:
            under_way.append(request)
            at_once.append(len(under_way))

    with shown(pages, browsers.chromium, look) as window:
        page = window.page
        page.on("request", asked)
        page.on("requestfinished", lambda request: under_way.remove(request) if request in under_way else None)
        window.open(Opened("officer", "/", "home.today"))
        assert page.locator("#offered").is_hidden()
        page.locator("#q").press_sequentially("zq", delay=400)  # each letter after a pause
        page.locator("#offered li").first.wait_for()
        page.wait_for_function("document.querySelector('.find [role=status]').textContent")
        assert page.evaluate(STATE) == ["q", "true", None, False, 8]
        assert window.barriers() + window.wider() == []
        page.keyboard.press("ArrowUp")
        assert page.evaluate(STATE) == ["q", "true", "offered-7", False, 8]
        page.keyboard.press("ArrowDown")
        assert page.evaluate(STATE) == ["q", "true", "offered-0", False, 8]
        page.keyboard.press("Escape")
        assert page.evaluate(STATE) == ["q", "false", None, True, 8]
        assert page.locator("#q").input_value() == "zq"
        page.keyboard.press("ArrowDown")
        wanted = page.locator("#offered-0 span").inner_text()
        page.keyboard.press("Enter")
        page.wait_for_url(lambda address: address.rstrip("/").count("/") > 2)
        assert wanted in page.inner_text("main")
        window.open(Opened("officer", "/", "home.today"))
        page.locator("#q").fill("nothing like it")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=nothing+like+it")
    assert set(at_once) == {1}
