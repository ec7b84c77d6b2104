"""What the badges of 300 persons cost: from the press of a protocol officer to the file, as the worker makes it.

`badges_300_seconds`: the paper set and printed, eight a page.
"""

from __future__ import annotations

import time
from uuid import UUID

from secretariat.arrangements import service, works
from secretariat.arrangements.service import Given, SeenTo
from secretariat.core.languages import reading_in
from secretariat.jobs import papers
from tests.benchmarks.harness import Report
from tests.benchmarks.interface import prepared
from tests.benchmarks.meetings import SLUG, Ground, people_of
from tests.factories.meetings import acting, in_days, looking, scheduled

PERSONS = 300
NAMES = ("María José Núñez Álvarez", "John Smith", "ليلى حسن الأحمد", "Trần Thị Minh Khai")


def measure(report: Report) -> None:
    with prepared("sqlite") as environ:
        ground = people_of(environ)
        key = _listed(ground)
        began = time.perf_counter()
        with looking(ground.engine, ground.officer) as session, reading_in("en"):
            sheet = papers.sheet_of(session, works.PAPERS[works.BADGES], key)
            assert sheet is not None
            made = papers.made(works.PAPERS[works.BADGES], sheet, papers.PDF)
        report.figure("badges_300_seconds", time.perf_counter() - began, "s")
        assert made.content.startswith(b"%PDF")
        ground.engine.dispose()


def _listed(ground: Ground) -> UUID:
    with acting(ground.engine, ground.officer) as session:
        meeting = scheduled(session, SLUG, starts_on=in_days(30), ends_on=in_days(31))
        one = service.open_list(session, meeting)
        for number in range(PERSONS):
            seen = SeenTo(name=f"{NAMES[number % len(NAMES)]} {number}", body="Ministry of Foreign Affairs")
            service.add_person(session, one, Given(), seen)
        return one.id
