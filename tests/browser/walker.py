"""A person at a browser, for walks through the running product."""

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError as CameNot

from tests.support.installation import Installation

SECONDS = 60


class Walker:
    """One person at a browser of their own; `clicks` are those made so far, that on a link in a mail too."""

    def __init__(self, browser: Any, installation: Installation) -> None:
        self.at, self.clicks = installation, 0
        self.page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB").new_page()
        self.page.set_default_timeout(SECONDS * 1000)

    def sign_in(self, email: str, password: str = "") -> None:
        self.go("/account/sign-in")
        self.page.get_by_label(re.compile("mail", re.IGNORECASE)).first.fill(email)
        self.page.locator("[name=password]").first.fill(password or self.at.password())
        self.page.locator("[name=password]").first.press("Enter")
        self.page.wait_for_url(f"{self.at.address}/**")
        self.page.locator(".mast-nav").wait_for()

    def go(self, path: str) -> None:
        answer = self.page.goto(path if path.startswith("http") else self.at.address + path)
        assert answer.status == 200, (path, answer.status)

    def follow(self, words: str | re.Pattern[str]) -> None:
        self.leave_by(self.page.locator("main").get_by_role("link", name=words).first)

    def press(self, words: str) -> None:
        self.leave_by(self.page.get_by_role("button", name=words, exact=True).first)

    def leave_by(self, control: Any) -> None:
        """Click what leads on, and wait until the next page stands: the browser does not wait by itself, and who goes
        on at once calls off what was just sent, or finds the page of before."""
        with self.page.expect_navigation():
            self.click(control)

    def click(self, control: Any) -> None:
        self.clicks += 1
        control.click()

    def open_mail(self, link: str) -> None:
        """Click the link of a mail."""
        self.clicks += 1
        self.go(link)

    def fill(self, **typed: str) -> None:
        """Type into the fields of these names; `title_en` is the field `title-en`, everything else its own name."""
        for name, words in typed.items():
            in_language = re.sub(r"_(en|es|fr|ar)$", r"-\1", name)
            self.page.locator(f"[name='{name}'], [name='{in_language}']").first.fill(words)

    def choose(self, **chosen: str) -> None:
        """Take choices of these names by their value: radio buttons, boxes, selects."""
        for name, value in chosen.items():
            one = self.page.locator(f"[name='{name}']")
            if one.first.evaluate("element => element.tagName") == "SELECT":
                one.select_option(value)
            else:
                self.page.locator(f"[name='{name}'][value='{value}']").check()

    def sees(self, words: str | re.Pattern[str]) -> None:
        """The words come up on the page; where they do not, the failure tells what stood there."""
        try:
            self.page.locator("main").get_by_text(words).first.wait_for()
        except CameNot as error:
            stood = self.page.locator("body").inner_text()
            raise AssertionError(f"{words!r} did not come up at {self.page.url}: {stood[:3000]}") from error

    def does_not_see(self, words: str) -> None:
        assert words not in self.page.locator("body").inner_text()

    def reads_barrier_free(self) -> None:
        """Nothing on this page stands in the way of who reads it by ear or by keys, as far as axe can tell."""
        found = Axe().run(self.page).response["violations"]
        said = [(one["id"], one["help"], [node["target"] for node in one["nodes"]][:3]) for one in found]
        assert not said, (self.page.url, said)
