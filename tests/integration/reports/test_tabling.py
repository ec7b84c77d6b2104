"""An issued report is tabled: it becomes a paper of the meeting; its matrix is a table for a spreadsheet."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

from sqlalchemy import select

from secretariat.core.session import Reason, system_unit
from secretariat.documents.models import Document, DocumentFile, DocumentVersion
from secretariat.jobs import service as jobs
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.plans.status import Status
from secretariat.processes.models import Process, Track
from secretariat.reports.models import ReportEdition
from tests.factories import people as officials
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


def _work(site: Site) -> None:
    for job in jobs.waiting(site.planned.engine):
        jobs.do(site.planned.engine, job, site.settings)


def test_a_report_is_tabled_once_and_read_by_members_as_a_paper_of_the_meeting(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    planned.report(planned.own("gt"), "gt", Status.IN_PROGRESS, "January is published")
    with meeting_acting(planned.engine, people.officer) as session:
        meeting = scheduled(session).id
    with system_unit(planned.engine, Reason.REFERENCE) as system:
        system.get_one(Process, people.id["process"]).languages = ["en", "es"]
    address = _issued(site)
    tabled = site.send(people.officer, f"{address}/table", meeting=str(meeting))
    assert tabled.location == f"{address}/table"
    assert "Waiting for its turn." in site.page(people.officer, f"{address}/table")
    with seeing(planned.engine, people.focal["mx"]) as session:
        assert session.scalars(select(Document)).all() == []
    _work(site)
    with seeing(planned.engine, people.focal["mx"]) as session:
        paper = session.scalars(select(Document)).one()
        edition = session.scalars(select(ReportEdition)).one()
        assert (paper.kind, paper.meeting_id, paper.symbol) == ("report", meeting, edition.symbol)
        assert [one.language for one in session.scalars(select(DocumentVersion))] == ["en", "es"]
        assert [one.media_type for one in session.scalars(select(DocumentFile))] == ["application/pdf"] * 2
        assert paper.title.texts == {"en": "Progress report", "es": "Informe de avance"}
    assert edition.symbol in site.page(people.focal["mx"], address)
    after = site.page(people.officer, f"{address}/table")
    assert edition.symbol in after
    assert f"/documents/{paper.id}" in after
    assert site.client(people.focal["mx"]).get(f"{address}/table").status_code == 404
    with seeing(planned.engine, people.focal["co"]) as session:
        assert session.scalars(select(Document)).all() == []
    assert site.send(people.officer, f"{address}/table", meeting=str(meeting)).status_code == 422


def test_two_who_ask_at_once_table_it_once(site: Site) -> None:
    people = site.planned.people
    with meeting_acting(site.planned.engine, people.officer) as session:
        meeting = scheduled(session).id
    with system_unit(site.planned.engine, Reason.REFERENCE) as system:
        colleague = officials.officer(system, system.get_one(Track, people.id["government"]))
    address = _issued(site)
    for one in (people.officer, colleague):
        assert site.send(one, f"{address}/table", meeting=str(meeting)).status_code == 303
    _work(site)
    with seeing(site.planned.engine, people.officer) as session:
        assert len(session.scalars(select(Document)).all()) == 1


def test_a_meeting_that_is_no_longer_ahead_is_said_and_another_is_chosen(site: Site) -> None:
    people = site.planned.people
    with meeting_acting(site.planned.engine, people.officer) as session:
        meeting = scheduled(session).id
    address = _issued(site)
    site.send(people.officer, f"{address}/table", meeting=str(meeting))
    with system_unit(site.planned.engine, Reason.REFERENCE) as session:
        session.get_one(Meeting, meeting).state = MeetingState.CANCELLED
    _work(site)
    page = site.page(people.officer, f"{address}/table")
    assert "The meeting is no longer ahead; choose another one." in page
    with seeing(site.planned.engine, people.officer) as session:
        assert session.scalars(select(Document)).all() == []


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
