"""Every page each role opens in the canary world, in all looks: `each_role_axe_violations`, `each_role_wider_than_page`
(goals 0), `each_role_pages`. Takes hours."""

from __future__ import annotations

from tests.benchmarks.harness import Report
from tests.benchmarks.looks import LOOKS, canary_pages, looked_at
from tests.support.browsers import Browsers


def measure(report: Report) -> None:
    with canary_pages() as pages, Browsers() as browsers:
        opened = pages.of_each_role()
        report.figure("each_role_pages", len(opened) * len(LOOKS), "count")
        barriers, wider = looked_at(pages, opened, browsers)
        report.figure("each_role_axe_violations", barriers, "count")
        report.figure("each_role_wider_than_page", wider, "count")
