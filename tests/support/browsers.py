"""A headless Chromium of the system, driven by Playwright."""

import os
import shutil
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW = "No Chromium was found: install the package chromium, or set TEST_CHROMIUM=/path/to/chromium"
# Playwright's own ports are on this machine; everything else must be too.
ARGUMENTS = ("--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost")


class Browsers:
    """One Chromium for all tests of a process, started when the first one asks for it."""

    def __init__(self) -> None:
        path = os.environ.get("TEST_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
        self.missing = "" if path else HOW
        self._path = path
        self._playwright: Playwright | None = None
        self._chromium: Browser | None = None

    @property
    def chromium(self) -> Browser:
        if self._chromium is None:
            self._playwright = sync_playwright().start()
            self._chromium = self._playwright.chromium.launch(executable_path=self._path, args=list(ARGUMENTS))
        return self._chromium

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> Any:
        if self._chromium is not None:
            self._chromium.close()
        if self._playwright is not None:
            self._playwright.stop()
