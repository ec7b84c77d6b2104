"""`make screens`: pictures of the pages of the demonstration into docs/screens, at both widths, in English and Arabic.

An installation of its own is started, looked at and thrown away. `NAME-WIDTH-LANGUAGE.png`, of all names or of those
asked for (`make screens ONLY="year tracks"`); what is longer than three windows is cut there.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.support.browsers import Browsers
from tests.support.installation import ROOT, Installation

FOLDER = ROOT / "docs" / "screens"
WIDTHS, LANGUAGES, HEIGHT, WINDOWS = (1280, 390), ("en", "ar"), 900, 3
COLOURS = 64
"""Few colours are on a page; with as many a picture weighs a third."""
ONE = r"/[0-9a-f-]{36}$"
OFFICER, FOCAL, CHAIR, COORDINATOR = "officer", "focal-point-gt", "chair", "coordinator"


@dataclass(frozen=True)
class Picture:
    """A page: whose, where, and by which links one comes to it from there (the first whose address fits)."""

    name: str
    account: str
    path: str
    follow: tuple[str, ...] = ()


PICTURES = (
    Picture("sign-in", "", "/account/sign-in"),
    Picture("door", "", "/"),
    Picture("today-officer", OFFICER, "/"),
    Picture("today-focal-point", FOCAL, "/"),
    Picture("today-chair", CHAIR, "/"),
    Picture("today-coordinator", COORDINATOR, "/"),
    Picture("process", OFFICER, "/processes/rcm/"),
    Picture("meetings", OFFICER, "/processes/rcm/meetings/"),
    Picture("meeting", OFFICER, "/processes/rcm/meetings/", (rf"/meetings{ONE}",)),
    Picture("calendar", OFFICER, "/calendar"),
    Picture("year", OFFICER, "/calendar/year?process=rcm"),
    Picture("tracks", OFFICER, "/processes/rcm/meetings/tracks"),
    Picture("timeline", OFFICER, "/processes/rcm/timeline"),
    Picture("documents", OFFICER, "/processes/rcm/documents/"),
    Picture("plan", OFFICER, "/processes/rcm/plans", (rf"/plans{ONE}",)),
    Picture("plan-table", OFFICER, "/processes/rcm/plans", (rf"/plans{ONE}", r"/table$")),
    Picture("plan-matrix", OFFICER, "/processes/rcm/plans", (rf"/plans{ONE}", r"/matrix$")),
    Picture("commitment", FOCAL, "/processes/rcm/plans", (rf"/plans{ONE}", rf"/commitments{ONE}")),
    Picture("follow-up", OFFICER, "/processes/rcm/follow-up/"),
    Picture("people", OFFICER, "/people/rcm"),
    Picture("circulars", OFFICER, "/processes/rcm/circulars"),
    Picture("circular", OFFICER, "/processes/rcm/circulars", (rf"/circulars{ONE}",)),
    Picture("search", OFFICER, "/search?q=return"),
    Picture("chair-page", CHAIR, "/processes/rcm/chair"),
)


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    names = set(sys.argv[1:])
    pictures = [one for one in PICTURES if not names or one.name in names]
    missing = sorted(names - {one.name for one in pictures})
    with (
        tempfile.TemporaryDirectory(prefix="secretariat-screens-") as folder,
        Installation(Path(folder)) as running,
        Browsers() as browsers,
    ):
        for width in WIDTHS:
            for language in LANGUAGES:
                missing += list(_taken(browsers.chromium, running, pictures, width, language))
    print(f"{len(pictures) * len(WIDTHS) * len(LANGUAGES) - len(missing)} pictures in {FOLDER.relative_to(ROOT)}")
    for one in missing:
        print(f"not found: {one}")
    return 1 if missing else 0


def _taken(
    chromium: Browser, running: Installation, pictures: list[Picture], width: int, language: str
) -> Iterator[str]:
    """Take the pictures of one width and language; yields what was not there to be taken."""
    pages: dict[str, Page] = {}
    for picture in pictures:
        if picture.account not in pages:
            pages[picture.account] = _signed_in(chromium, running, picture.account, width, language)
        page = pages[picture.account]
        name = f"{picture.name}-{width}-{language}.png"
        if _comes_to(page, running.address, picture):
            _keep(page, width, FOLDER / name)
        else:
            yield name
    for page in pages.values():
        page.context.close()


def _signed_in(chromium: Browser, running: Installation, account: str, width: int, language: str) -> Page:
    context = chromium.new_context(viewport={"width": width, "height": HEIGHT}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{running.address}/account/sign-in?lang={language}")
    if account:
        page.locator("main [name=email]").fill(f"{account}@demonstration.example")
        page.locator("main [name=password]").fill(running.password())
        with page.expect_navigation():
            page.locator("main [name=password]").press("Enter")
        page.goto(f"{running.address}/?lang={language}")
    return page


def _comes_to(page: Page, address: str, picture: Picture) -> bool:
    answer = page.goto(address + picture.path)
    for pattern in picture.follow:
        links = [str(one.get_attribute("href")) for one in page.locator("main a[href]").all()]
        fitting = [one for one in links if re.search(pattern, one)]
        if not fitting:
            return False
        answer = page.goto(address + fitting[0])
    return answer is not None and answer.status == 200


def _keep(page: Page, width: int, path: Path) -> None:
    height = min(page.evaluate("document.documentElement.scrollHeight"), HEIGHT * WINDOWS)
    page.set_viewport_size({"width": width, "height": max(height, HEIGHT)})
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.set_viewport_size({"width": width, "height": HEIGHT})
    taken.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
