"""What pages are like for who reads them: barriers, overflow, weight, and time on a slow line.

`axe_violations`, `wider_than_page`: over one page of every rule of the canary world as the role that sees most, in
English and Arabic, light and dark, at 1280 and 390 pixels (goals 0); each is printed. `looks_pages`: how many were
looked at. The same for each role: `make bench-full ONLY=looks_full`. `page_kb_max`: the heaviest of these pages, with
everything it needs, compressed, in Arabic (goal 60); `requests_max` (goal 6).
`slow_line_seconds`: until the one-minute page stands on a line of 50 kB/s and 400 ms (goal 3).
"""

from __future__ import annotations

import os
import secrets
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Literal

from werkzeug.serving import make_server

from secretariat.core.database import make_engine
from tests.benchmarks.harness import Report
from tests.conftest import RUN
from tests.looks.shown import NARROW, WIDE, Look, Opened, Pages, shown
from tests.looks.unopened import UNOPENED
from tests.security.canaries import planted as planting
from tests.support import databases
from tests.support.browsers import Browsers
from tests.support.weight import weight

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LOOKS = [Look(*how) for how in product(("en", "ar"), (WIDE, NARROW), SCHEMES)]
KILOBYTE = 1024
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50 * KILOBYTE, "uploadThroughput": 50 * KILOBYTE}


def measure(report: Report) -> None:
    with canary_pages() as pages, Browsers() as browsers:
        opened = pages.of_every_rule()
        for one in opened:
            if one.endpoint in UNOPENED:
                print(f"{one.endpoint} gives a page by now: take it out of tests/looks/unopened.py", flush=True)
        report.figure("looks_pages", len(opened) * len(LOOKS), "count")
        weights = [weight(pages.client(one.role), one.path) for one in opened]
        report.figure("page_kb_max", max(one.bytes for one in weights) / KILOBYTE, "kB")
        report.figure("requests_max", max(one.requests for one in weights), "count")
        report.figure("slow_line_seconds", _slow_line(pages, opened, browsers), "s")
        barriers, wider = looked_at(pages, opened, browsers)
        report.figure("axe_violations", barriers, "count")
        report.figure("wider_than_page", wider, "count")


def looked_at(pages: Pages, opened: list[Opened], browsers: Browsers) -> tuple[int, int]:
    """Barriers, and what is wider than its page, in all looks; each is printed."""
    barriers = wider = 0
    for look in LOOKS:
        with shown(pages, browsers.chromium, look) as window:
            for one in opened:
                window.open(one)
                in_the_way, over = window.barriers(), window.wider()
                barriers, wider = barriers + len(in_the_way), wider + len(over)
                for what in in_the_way + over:
                    print(f"{look} {one.role} {one.path}: {what}", flush=True)
    return barriers, wider


def _slow_line(pages: Pages, opened: list[Opened], browsers: Browsers) -> float:
    """From the click in a mail until the page and its style sheets are there, with nothing kept from before."""
    one = next(one for one in opened if one.endpoint == "follow_up.update")
    server = make_server("127.0.0.1", 0, pages.app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browsers.chromium.new_context(viewport={"width": NARROW, "height": 800})
    try:
        page = context.new_page()
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", LINE)
        began = time.perf_counter()
        page.goto(f"http://127.0.0.1:{server.server_port}{one.path}?lang=ar", wait_until="load")
        return time.perf_counter() - began
    finally:
        context.close()
        server.shutdown()


@contextmanager
def canary_pages() -> Iterator[Pages]:
    """The canary world on the embedded database, made for this alone."""
    run = os.environ.setdefault(RUN, secrets.token_hex(4))
    with tempfile.TemporaryDirectory(prefix="secretariat-looks-") as named:
        shared, folder = Path(named) / "shared", Path(named) / "own"
        shared.mkdir()
        folder.mkdir()
        url, world = planting.copied("sqlite", shared, run, folder)
        with planting.application(url, folder) as (app, settings):
            world.engine = make_engine(url, None if settings.on_sqlite else settings.database_role)
            try:
                yield Pages(app, world)
            finally:
                world.engine.dispose()
                databases.forget(run)
