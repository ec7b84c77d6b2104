"""The table of a plan, the heaviest page of every day, with a hundred rows in Arabic."""

from __future__ import annotations

from tests.support.plans import Planned, Site
from tests.support.weight import PAGE_BYTES, REQUESTS, weight

WORDS = "نشر الأرقام الشهرية عن العائدين بالصيغة المشتركة المتفق عليها في اجتماع الفريق التشاوري الإقليمي"


def test_a_hundred_rows_in_arabic_weigh_less_than_sixty_kilobytes(site: Site, planned: Planned) -> None:
    for number in range(100):
        planned.own("gt", f"{WORDS} {number}")
    told = weight(site.client(planned.people.focal["gt"]), f"/plans/{planned.plan_id}/table")
    assert told.text.count("<tr") > 100
    assert told.bytes < PAGE_BYTES, told.bytes
    assert told.requests <= REQUESTS
