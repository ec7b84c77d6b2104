"""The matrix of a plan: for members and their secretariat alone, whatever the plan was opened to."""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from sqlalchemy import select

from secretariat.core.labelling import relabel
from secretariat.core.session import Reason, system_unit
from secretariat.plans import service
from secretariat.plans.models import Plan
from secretariat.plans.status import Status
from secretariat.processes.clauses import participants_of, public
from tests.factories.plans import acting, again, many
from tests.support.plans import Site
from tests.support.sql import statements_sent


def _strings(site: Site, who: object, path: str) -> list[str]:
    answer = site.client(who).get(path)  # type: ignore[arg-type]
    assert answer.status_code == 200
    with ZipFile(BytesIO(answer.data)) as book:
        return ["".join(one.itertext()) for one in ET.fromstring(book.read("xl/sharedStrings.xml"))]


def test_the_matrix_shows_who_does_what_without_sums(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    path = f"/plans/{planned.plan_id}/matrix"
    assert "1.1.1</bdi> Exchange figures" in site.page(people.officer, path)
    planned.report(planned.own("gt"), "gt", Status.COMPLETED, "Done")
    planned.own("mx")
    planned.propose("hn", "Awaiting an answer")
    page = site.page(people.focal["bz"], path)
    codes = re.findall(r"<abbr title=\"[^\"]*\">([A-Z]{2})</abbr>", page)
    assert {"BZ", "GT", "HN", "MX"} <= set(codes)
    row = page.split("<tbody>")[1].split("</tbody>")[0]
    assert [one for one in ("Completed", "Not yet reported", "Proposed") if one in row] == [
        "Completed",
        "Not yet reported",
    ]
    assert "tfoot" not in page
    strings = _strings(site, people.focal["bz"], f"{path}.xlsx")
    assert strings[0].startswith("Members only")
    assert "1.1.1 a: Completed" in strings
    assert "1.1.1 b: Not yet reported" in strings


def test_a_plan_opened_to_everyone_has_no_matrix_for_them(site: Site) -> None:
    """Its rows may be public one by one; states side by side are for members."""
    planned, people = site.planned, site.planned.people
    key = planned.own("gt")
    few = planned.own("mx", "For few")
    with system_unit(planned.engine, Reason.REFERENCE) as session:
        plan = session.scalars(select(Plan).where(Plan.id == planned.plan_id)).one()
        relabel(session, plan, [public(plan.process)], why="opened")
        relabel(session, again(session, key), [participants_of(plan.process, plan.track)], why="opened")
        relabel(session, again(session, few), [service.own_circle(plan, people.id["mx"])], why="for few")
    path = f"/plans/{planned.plan_id}/matrix"
    assert "/matrix" not in site.page(people.focal["co"], f"/plans/{planned.plan_id}")
    for who in (people.focal["co"], people.focal["house"], people.administrator):
        assert [site.client(who).get(one).status_code for one in (path, f"{path}.xlsx")] == [404, 404]
    assert site.client(None).get(path).status_code in (302, 303, 404)
    page = site.page(people.focal["bz"], path)
    assert 'class="banner" data-level="members"' in page
    strings = _strings(site, people.focal["mx"], f"{path}.xlsx")
    assert strings[0].startswith("Members only")
    assert [one for one in strings if "1.1.1 " in one and "reported" in one] == ["1.1.1 a: Not yet reported"]


def test_the_matrix_asks_the_same_number_of_statements_for_one_commitment_and_for_many(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    path = f"/plans/{planned.plan_id}/matrix"

    def statements() -> int:
        for _time in range(3):
            site.page(people.focal["mx"], path)
        with statements_sent() as seen:
            site.page(people.focal["mx"], path)
        return len(seen)

    planned.report(planned.own("gt"), "gt", Status.COMPLETED, "Done")
    one = statements()
    with acting(planned.engine, people.officer) as session:
        for state in ("gt", "mx", "hn"):
            many(session, people, planned.the_plan(session), state, 10)
    assert statements() == one
