"""Pages of the canary world as a real Chromium shows them; the product answers it from within this process."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Route
from werkzeug.routing import Rule

from secretariat.pages.languages import COOKIE as LANGUAGE_COOKIE
from tests.security.canaries import acts, addresses, crawl, who
from tests.security.canaries.world import WORD, World

AT = "http://secretariat.example"
FIRST = ("officer", "chair's office", "member", "coordinator", "representative", "protocol officer", "administrator")
"""Whose page is looked at, of those for whom one opens: who sees most before who sees less; then everybody else."""
OFTEN = ("officer", "member", "coordinator")
TRIED, TRIED_SELDOM = 20, 4
"""At how many addresses of a rule a role is tried: those who can do most, and others."""
WIDE, NARROW = 1280, 390
HEIGHT = 900
PATIENCE = 180_000
"""Milliseconds within which a page stands also where the machine has ten other things to do."""
GUIDELINES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]},
    "resultTypes": ["violations"],
    "preload": False,
}
"""WCAG 2.2, levels A and AA; what is well is not written out, and nothing is loaded beforehand (pages play nothing)."""
BARRIERS = """async guidelines => (await axe.run(document, guidelines)).violations.map(
  one => `${one.id}: ${one.nodes[0].target} ${one.nodes[0].html.slice(0, 120)}`)"""
"""What axe finds, in a line each: the whole of its answer is a megabyte for some pages."""
WIDER = """() => {
  const edge = document.documentElement.clientWidth, ltr = document.dir !== "rtl", out = [];
  const scrolls = one => {
    for (let up = one.parentElement; up; up = up.parentElement)
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  for (const one of document.body.querySelectorAll("*")) {
    const box = one.getBoundingClientRect(), over = ltr ? box.right - edge : -box.left;
    const isThere = box.width && over > 1 && one.checkVisibility();
    if (isThere && !scrolls(one) && getComputedStyle(one).position !== "absolute")
      out.push(`${one.tagName}.${one.className} +${Math.round(over)} "${one.textContent.trim().slice(0, 40)}"`);
  }
  if (document.documentElement.scrollWidth > edge + 1) out.push(`the page, ${document.documentElement.scrollWidth}`);
  return out.slice(0, 4);
}"""
"""What reaches past the edge of the page, but for what scrolls by itself, is hidden from sight or not opened."""


LONG_NAME = " ".join(["Wolfeschlegelsteinhausenbergerdorff"] * 6)
LENGTHEN = """([long, pattern]) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), word = new RegExp(pattern);
  while (walker.nextNode()) {
    const one = walker.currentNode;
    if (word.test(one.data) && !one.parentElement.closest(".sym, .nb, [href^='mailto:']"))
      one.data = one.data.replace(word, long);
  }
}"""
"""Puts a name of over two hundred letters in the place of a planted word in every text of the page but symbols,
numbers and addresses, which are short by rule."""


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    language: str
    width: int
    scheme: Literal["light", "dark"] = "light"

    def __str__(self) -> str:
        return f"{self.language} {self.width} {self.scheme}"


CI_LOOKS = (Look("en", WIDE), Look("ar", NARROW, "dark"))


@dataclass(frozen=True)
class Opened:
    """A page that opens: for whom, where, and behind which rule."""

    role: str
    path: str
    endpoint: str


@dataclass
class Pages:
    """The pages that open, each with the role that sees it; and who has signed in for that."""

    app: Flask
    world: World
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    def client(self, role: str) -> FlaskClient:
        if role not in self.clients:
            self.clients[role] = crawl.client_of(self.app, self.world.officials[role])
        return self.clients[role]

    def of_every_rule(self, without: Collection[str] = ()) -> list[Opened]:
        """One page of each rule that gives anybody one, as the first role for whom it opens sees it."""
        rules = [rule for rule in addresses.rules_to_visit(self.app) if rule.endpoint not in without]
        return [one for rule in rules if (one := next(self._of(rule, self._roles()), None))]

    def of_each_role(self) -> list[Opened]:
        """One page of each rule for each role for whom it opens."""
        every = [
            next(self._of(rule, [role]), None) for role in self._roles() for rule in addresses.rules_to_visit(self.app)
        ]
        return [one for one in every if one]

    def _of(self, rule: Rule, roles: list[str]) -> Iterator[Opened]:
        """The pages of a rule these roles open. What gives a file gives no page; a link has its own reader."""
        for role in roles if "token" not in rule.arguments else roles[:1]:
            for path in islice(self._paths(rule, role), TRIED if role in OFTEN else TRIED_SELDOM):
                answer = self.client(role).get(path)
                answer.close()
                if answer.status_code == 200:
                    if answer.mimetype != "text/html":
                        return
                    yield Opened(role, path, rule.endpoint)

    def _paths(self, rule: Rule, role: str) -> Iterator[str]:
        if "token" not in rule.arguments:
            yield from (
                one.path for one in addresses.bare_addresses(rule, self.world, role, TRIED if role in OFTEN else 2)
            )
            return
        scope = who.scope_of(rule)
        for token, link in self.world.links.items():
            if link.scope == scope and link.state == "open":
                for parts in acts.behind(self.world, rule, token):
                    yield addresses.fill(rule, parts)

    def _roles(self) -> list[str]:
        return [*FIRST, *(one for one in self.world.officials if one not in FIRST)]


@contextmanager
def shown(pages: Pages, chromium: Browser, look: Look) -> Iterator[Shown]:
    """A window of this width, language and colours."""
    context = chromium.new_context(
        viewport={"width": look.width, "height": HEIGHT}, color_scheme=look.scheme, reduced_motion="reduce"
    )
    context.add_init_script(AXE_SCRIPT)  # handed over once, not for each page
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    one = Shown(pages, page, look)
    page.route("**/*", one.answer)
    try:
        yield one
    finally:
        context.close()


@dataclass
class Shown:
    """One window; `role` is who looks."""

    pages: Pages
    page: Page
    look: Look
    role: str = "anonymous"
    sheets: dict[str, dict[str, Any]] = field(default_factory=dict)

    def answer(self, route: Route) -> None:
        """What the product says to a request of the browser. A style sheet or script is the same for every page: while
        requests are answered here the browser keeps none."""
        asked = urlsplit(route.request.url)
        if asked.path.startswith("/static/"):
            if route.request.url not in self.sheets:
                self.sheets[route.request.url] = self._asked(f"{asked.path}?{asked.query}")
            route.fulfill(**self.sheets[route.request.url])
        else:
            route.fulfill(**self._asked(f"{asked.path}?{asked.query}"))

    def _asked(self, address: str) -> dict[str, Any]:
        client = self.pages.client(self.role)
        client.set_cookie(LANGUAGE_COOKIE, self.look.language)
        with client.get(address) as answer:
            headers = {name: value for name, value in answer.headers.items() if name.lower() != "set-cookie"}
            return {"status": answer.status_code, "headers": headers, "body": answer.get_data()}

    def open(self, one: Opened) -> None:
        self.role = one.role
        self.page.goto(AT + one.path)

    def barriers(self) -> list[str]:
        """What axe finds in the way of who reads by ear, by keys, or with weak eyes."""
        found: list[str] = self.page.evaluate(BARRIERS, GUIDELINES)
        return found

    def lengthen_names(self) -> None:
        """Whatever was planted has a name of more than two hundred letters from here on."""
        self.page.evaluate(LENGTHEN, [LONG_NAME, WORD.pattern])

    def wider(self) -> list[str]:
        """What reaches past the edge of the page."""
        found: list[str] = self.page.evaluate(WIDER)
        return found
