"""The table of a plan: filtered and sorted by every column, for who reads each row; on paper and in a spreadsheet."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.labelling import relabel
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.jobs import papers
from secretariat.plans import service, table_paper
from secretariat.plans.models import Plan
from secretariat.plans.service import Partner
from secretariat.plans.status import Status
from tests.factories.plans import acting, again, many, seeing
from tests.support.plans import Site
from tests.support.sql import statements_sent


def _rows(site: Site, who: Any, query: str = "") -> list[str]:
    """The words of the commitments of a page of the table, in its order."""
    page = site.page(who, f"/plans/{site.planned.plan_id}/table{query}")
    return re.findall(r'<th scope="row">(?:<small>.*?</small>)?([^<]*)', page)


@pytest.fixture
def three(site: Site) -> Site:
    """A commitment each of Guatemala, Mexico and Honduras; Mexico has finished, Honduras has not begun."""
    planned, today = site.planned, clock.today()
    planned.own("gt", "Áccess for families", due_on=today + timedelta(days=20), partners=[Partner(name="IOM")])
    done = planned.own(
        "mx", "Publish figures", due_on=today + timedelta(days=40), indicator=LocalText.of("Twelve monthly tables")
    )
    planned.report(done, "mx", Status.COMPLETED, "All of 2026 is out")
    begun = planned.own(
        "hn", "Open a night line", due_on=today + timedelta(days=30),
        partners=[Partner(participant_id=planned.people.id["mx"])], indicator=LocalText.of("Calls answered"),
    )  # fmt: skip
    planned.report(begun, "hn", Status.NOT_YET_STARTED, "Staff are sought")
    return site


FAMILIES, FIGURES, LINE = "Áccess for families", "Publish figures", "Open a night line"


def test_the_table_is_narrowed_by_every_column(three: Site) -> None:
    people, day = three.planned.people, clock.today() + timedelta(days=30)
    asked = {
        "": [FAMILIES, FIGURES, LINE],
        "?status=not_yet_reported": [FAMILIES],
        "?status=not_yet_started": [LINE],
        "?status=completed": [FIGURES],
        f"?participant={people.id['mx']}": [FIGURES],
        f"?until={day.isoformat()}": [FAMILIES, LINE],
        f"?from={day.isoformat()}": [FIGURES, LINE],
        "?words=access": [FAMILIES],
        "?words=exchange+figures": [FAMILIES, FIGURES, LINE],  # what the activity says
        "?partner=iom": [FAMILIES],
        "?partner=mexico": [LINE],
        "?indicator=CALLS": [LINE],
        "?step=2026": [FIGURES],
        "?step=2026&status=not_yet_started": [],
        "?from=never&status=late&area=1&sort=x": [FAMILIES, FIGURES, LINE],
    }
    assert {query: _rows(three, people.focal["bz"], query) for query in asked} == asked


def test_the_table_is_sorted_by_every_column_and_what_has_nothing_stands_last(three: Site) -> None:
    asked = {
        "number": [FAMILIES, FIGURES, LINE],
        "-number": [LINE, FIGURES, FAMILIES],
        "responsible": [FAMILIES, LINE, FIGURES],
        "-responsible": [FIGURES, LINE, FAMILIES],
        "partners": [FAMILIES, LINE, FIGURES],
        "-partners": [LINE, FAMILIES, FIGURES],
        "due": [FAMILIES, LINE, FIGURES],
        "-due": [FIGURES, LINE, FAMILIES],
        "indicator": [LINE, FIGURES, FAMILIES],
        "-indicator": [FIGURES, LINE, FAMILIES],
        "status": [FIGURES, LINE, FAMILIES],
        "-status": [LINE, FIGURES, FAMILIES],
        "step": [FIGURES, LINE, FAMILIES],
        "-step": [LINE, FIGURES, FAMILIES],
    }
    who = three.planned.people.focal["bz"]
    assert {sort: _rows(three, who, f"?sort={sort}") for sort in asked} == asked
    page = three.page(who, f"/plans/{three.planned.plan_id}/table?status=completed&sort=due")
    assert 'aria-sort="ascending"><a href="/plans/' in page
    assert "?status=completed&amp;sort=-due" in page


def test_each_reads_in_the_table_what_it_may_read_and_is_told_no_number_of_the_rest(three: Site) -> None:
    planned, people = three.planned, three.planned.people
    planned.propose("gt", "Awaiting an answer")
    with system_unit(planned.engine, Reason.REFERENCE) as session:
        narrow = again(session, planned.own("gt", "For few", partners=[Partner(name="Unseen network")]))
        plan = session.scalars(select(Plan).where(Plan.id == planned.plan_id)).one()
        relabel(session, narrow, [service.own_circle(plan, people.id["gt"])], why="for few")
    for who, rows in ((people.focal["mx"], 3), (people.focal["gt"], 4), (people.officer, 4)):
        assert len(_rows(three, who)) == rows
        assert f"{rows} commitments." in three.page(who, f"/plans/{planned.plan_id}/table")
        assert "Awaiting an answer" not in three.page(who, f"/plans/{planned.plan_id}/table")
        for query in ("?words=few", "?partner=unseen"):
            assert len(_rows(three, who, query)) == rows - 3
    with seeing(planned.engine, people.officer) as session:
        sheet = papers.sheet_of(session, table_paper.PLAN_TABLE, planned.plan_id)
        assert sheet is not None
        assert "Open a night line" in sheet.html
        assert "For few" not in sheet.html
    outside = three.client(people.focal["house"])
    for path in ("table", "table.xlsx", "table.pdf"):
        assert outside.get(f"/plans/{planned.plan_id}/{path}").status_code == 404


def test_how_long_ago_is_told_in_the_table_to_whom_it_is_told_elsewhere(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    planned.own("gt", due_on=clock.today() - timedelta(days=13))
    told = {
        name: "13 days ago" in site.page(who, f"/plans/{planned.plan_id}/table")
        for name, who in {"officer": people.officer, "gt": people.focal["gt"], "mx": people.focal["mx"]}.items()
    }
    assert told == {"officer": True, "gt": True, "mx": False}


def test_the_spreadsheet_holds_the_whole_table_as_texts(three: Site) -> None:
    planned, people = three.planned, three.planned.people
    planned.own("bz", "=cmd|' /C calc'!A0", due_on=None)
    answer = three.client(people.focal["mx"]).get(f"/plans/{planned.plan_id}/table.xlsx")
    with ZipFile(BytesIO(answer.data)) as book:
        strings = ["".join(one.itertext()) for one in ET.fromstring(book.read("xl/sharedStrings.xml"))]
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "Members only" in strings[0]
    words = ("Áccess for families", "IOM", "Twelve monthly tables", "=cmd|' /C calc'!A0", "Not yet reported")
    assert [one for one in words if one not in strings] == []
    assert "<f>" not in sheet
    assert re.search(r'<autoFilter ref="A\d+:[A-Z]+\d+"', sheet)


def test_the_table_asks_the_same_number_of_statements_for_one_row_and_for_many(site: Site) -> None:
    planned, people = site.planned, site.planned.people

    def statements(query: str) -> int:
        for _time in range(3):
            site.page(people.focal["mx"], f"/plans/{planned.plan_id}/table{query}")
        with statements_sent() as seen:
            site.page(people.focal["mx"], f"/plans/{planned.plan_id}/table{query}")
        return len(seen)

    planned.own("gt", "Step", partners=[Partner(participant_id=people.id["mx"])])
    queries = ("", "?sort=responsible", "?words=step", "?status=not_yet_reported&sort=-step")
    one = [statements(query) for query in queries]
    with acting(planned.engine, people.officer) as session:
        for state in ("gt", "mx", "hn"):
            many(session, people, planned.the_plan(session), state, 40)
    assert [statements(query) for query in queries] == one
    assert len(_rows(site, people.focal["mx"])) == 100
    assert len(_rows(site, people.focal["mx"], "?page=2&sort=responsible")) == 21
