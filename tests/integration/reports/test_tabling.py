"""An issued report is tabled: it becomes a paper of the meeting; its matrix is a table for a spreadsheet."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

from sqlalchemy import select

from secretariat.documents.models import Document, DocumentFile
from secretariat.plans.status import Status
from secretariat.reports.models import ReportEdition
from tests.factories.meetings import acting as meeting_acting
from tests.factories.meetings import in_days, scheduled
from tests.factories.plans import seeing
from tests.support.plans import Site

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _issued(site: Site) -> str:
    people, plan = site.planned.people, site.planned.plan_id
    days = {"from_on": in_days(-30).isoformat(), "to_on": in_days(0).isoformat()}
    draft = site.send(people.officer, f"/plans/{plan}/report", **days).location
    address: str = site.send(people.officer, f"{draft}/issue").location
    return address


def test_a_report_is_tabled_once_and_read_by_members_as_a_paper_of_the_meeting(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    planned.report(planned.own("gt"), "gt", Status.IN_PROGRESS, "January is published")
    with meeting_acting(planned.engine, people.officer) as session:
        meeting = scheduled(session).id
    address = _issued(site)
    tabled = site.send(people.officer, f"{address}/table", meeting=str(meeting))
    assert tabled.status_code == 303
    with seeing(planned.engine, people.focal["mx"]) as session:
        paper = session.scalars(select(Document)).one()
        edition = session.scalars(select(ReportEdition)).one()
        assert (paper.kind, paper.meeting_id, paper.symbol) == ("report", meeting, edition.symbol)
        assert session.scalars(select(DocumentFile)).all()
    assert edition.symbol in site.page(people.focal["mx"], address)
    with seeing(planned.engine, people.focal["co"]) as session:
        assert session.scalars(select(Document)).all() == []
    assert site.send(people.officer, f"{address}/table", meeting=str(meeting)).status_code == 422


def test_the_matrix_lays_activities_beside_participants_for_who_reads_the_edition(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    planned.report(planned.own("gt"), "gt", Status.IN_PROGRESS, "January is published")
    planned.own("mx")
    path = f"{_issued(site)}/matrix.xlsx"
    answer = site.client(people.focal["hn"]).get(path)
    with zipfile.ZipFile(BytesIO(answer.data)) as book:
        strings = ET.fromstring(book.read("xl/sharedStrings.xml"))
    cells = ["".join(one.itertext()) for one in strings.iter(f"{SHEET}si")]
    head = cells.index("Activity")
    assert cells[head : head + 3] == ["Activity", "Guatemala", "Mexico"]
    row = cells.index("Exchange figures")
    assert cells[row : row + 3] == ["Exchange figures", "1.1.1 a: In progress", "1.1.1 b: Not yet reported"]
    assert site.client(people.focal["co"]).get(path).status_code == 404
