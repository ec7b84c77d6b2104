"""Progress reports: the same words for every member, frozen when issued, nothing in them that a member may not read."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from docx import Document
from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.languages import dates
from secretariat.plans import service as plans
from secretariat.plans.models import NotedAfter
from secretariat.plans.status import Status
from secretariat.processes.models import Body
from secretariat.reports import composition, service
from secretariat.reports.models import ProgressReport, ReportEdition
from secretariat.reports.views import reports
from tests.factories.plans import acting, again, seeing
from tests.support.plans import Planned, Site
from tests.support.sql import statements_sent


def _begin(planned: Planned, body: str = "", **more: Any) -> UUID:
    today = clock.today()
    with acting(planned.engine, planned.people.officer) as session:
        found = session.scalar(select(Body).where(Body.id == planned.people.id[body])) if body else None
        days = {"from_on": today - timedelta(days=30), "to_on": today, **more}
        return service.begin_report(session, session.viewer, planned.the_plan(session), body=found, **days).id


def _composed(planned: Planned, key: UUID) -> composition.Composition:
    with acting(planned.engine, planned.people.officer) as session:
        return service.compose(session, session.scalars(select(ProgressReport).where(ProgressReport.id == key)).one())


def _worked_on(planned: Planned) -> dict[str, UUID]:
    """A step, a step to come, silence, a proposal, a note, and obstacles of both kinds."""
    made = {
        "step": planned.own("gt", "Publish figures"),
        "to_come": planned.own("mx", "Name contacts"),
        "silent": planned.own("hn", "Send the series"),
        "noted": planned.own("bz", "Nominate officials"),
        "proposed": planned.propose("bz", "A proposal nobody else reads"),
    }
    planned.report(made["step"], "gt", Status.COMPLETED, "January series published", support="A secret wish")
    planned.report(
        made["to_come"], "mx", Status.NOT_YET_STARTED, obstacle="An open obstacle", obstacle_for_members=True
    )
    with acting(planned.engine, planned.people.officer) as session:
        plans.note_progress(
            session, session.viewer, again(session, made["noted"]), Status.IN_PROGRESS, "Told in a call",
            language="en", after=NotedAfter.CALL,
        )  # fmt: skip
    return made


def test_a_report_holds_what_every_member_may_read_and_each_commitment_once(planned: Planned) -> None:
    _worked_on(planned)
    composed = _composed(planned, _begin(planned))
    places = {place: [str(one.words) for one in composed.at(place)] for place in composition.Place}
    assert places == {
        "step": ["Publish figures"],
        "still_to_come": ["Name contacts"],
        "withdrawn": [],
        "not_yet_reported": ["Send the series", "Nominate officials"],
    }
    told = str(composed.to_json())
    for secret in ("A secret wish", "Told in a call", "A proposal nobody else reads"):
        assert secret not in told
    assert "An open obstacle" in told


@pytest.mark.parametrize("body", ["", "plenary", "steering"])
def test_it_is_composed_alike_for_every_body_whose_members_read_the_plan(planned: Planned, body: str) -> None:
    _worked_on(planned)
    assert len(_composed(planned, _begin(planned, body)).entries) == 4


def test_states_stand_in_the_alphabetical_order_of_each_language(planned: Planned) -> None:
    _worked_on(planned)
    composed = _composed(planned, _begin(planned))
    in_order = {
        language: [composed.name(one, language) for one in composed.participants(language)] for language in ("en", "ar")
    }
    assert in_order["en"] == ["Belize", "Guatemala", "Honduras", "Mexico"]
    assert in_order["ar"] == ["بليز", "غواتيمالا", "المكسيك", "هندوراس"]


def test_an_issued_report_is_frozen_and_read_alike_by_all_members(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    made = _worked_on(planned)
    today = clock.today()
    begun = site.send(
        people.officer, f"/plans/{planned.plan_id}/report", from_on=(today - timedelta(days=30)).isoformat(),
        to_on=today.isoformat(), **{"introduction-en": "A quiet quarter."},
    )  # fmt: skip
    assert begun.status_code == 303
    assert "A quiet quarter." in site.page(people.officer, begun.location)
    issued = site.send(people.officer, f"{begun.location}/issue")
    assert issued.status_code == 303
    address = issued.location
    words = {
        _words(site.page(who, address))
        for who in (people.chair, people.officer, people.focal["mx"], people.focal["hn"])
    }
    assert len(words) == 1
    text = words.pop()
    for said in (
        "A quiet quarter.",
        "January series published",
        "Obstacle: An open obstacle",
        "2 are not yet reported.",
    ):
        assert said in re.sub(r"<[^>]+>", "", text)
    planned.report(made["silent"], "hn", Status.COMPLETED, "Later news")
    assert _words(site.page(people.chair, address)) == text
    assert text == _words(site.page(people.chair, "/processes/rcx/reports"))
    for who in (people.focal["co"], people.focal["house"], people.administrator):
        assert site.client(who).get(address).status_code == 404
    with seeing(planned.engine, people.focal["mx"]) as session:
        edition = session.scalars(select(ReportEdition)).one()
        assert edition.digest == composition.digest(edition.content, edition.texts)
        assert set(edition.texts) == {"en", "es", "fr", "ar"}
        assert session.scalars(select(ProgressReport)).all() == []
    assert site.client(people.officer).get(begun.location).status_code == 404


def _words(page: str) -> str:
    """What was frozen: from the line below the title to the note at the end."""
    found = re.search(r'<p class="sub">.*?in alphabetical order\.</p>', page, re.DOTALL)
    assert found
    return found[0]


def test_the_next_report_begins_where_the_last_one_ended(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    planned.own("gt")
    today = clock.today()
    days = {"from_on": (today - timedelta(days=30)).isoformat(), "to_on": (today - timedelta(days=5)).isoformat()}
    begun = site.send(people.officer, f"/plans/{planned.plan_id}/report", **days)
    assert site.send(people.officer, f"{begun.location}/issue").status_code == 303
    page = site.page(people.officer, f"/plans/{planned.plan_id}/report")
    assert f'value="{(today - timedelta(days=5)).isoformat()}"' in page


def test_the_chart_shows_now_and_then_alike_on_the_page_and_in_a_docx(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "CHART_FROM", 1)
    planned, people = site.planned, site.planned.people
    made, today = planned.own("gt"), clock.today()
    pages = []
    for _report in range(2):
        begun = site.send(
            people.officer, f"/plans/{planned.plan_id}/report", to_on=today.isoformat(),
            from_on=(today - timedelta(days=30)).isoformat(),
        )  # fmt: skip
        issued = site.send(people.officer, f"{begun.location}/issue").location
        pages.append((site.page(people.officer, issued), f"{issued}/paper.docx"))
        planned.report(made, "gt", Status.COMPLETED, "January series published")
    first, second = (re.findall(r"<title>(Completed: .*?)</title>", page) for page, _paper in pages)
    none = "Completed: 0, In progress: 0, Step still to come: 0, Not yet reported:"
    assert first == [f"{none} 1"]
    shown = dates.day_in_full(today, weekday=False)
    assert second == [f"Completed: 1, {none[14:]} 0 (last report, {shown} – {none} 1)"]
    rows = re.findall(r'<td data-th="Not yet reported" class="n">(\d+)</td>', pages[0][0] + pages[1][0])
    assert rows == ["1", "0", "1"]
    paper = Document(BytesIO(site.client(people.officer).get(pages[1][1]).data))
    assert [told for one in paper.inline_shapes if (told := one._inline.docPr.get("descr"))] == second


def test_days_that_make_no_period_are_refused(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    today = clock.today()
    for first, last in ((today, today - timedelta(days=1)), (today, today + timedelta(days=1))):
        answer = site.send(
            people.officer, f"/plans/{planned.plan_id}/report", from_on=first.isoformat(), to_on=last.isoformat()
        )
        assert answer.status_code == 422
    with seeing(planned.engine, people.officer) as session:
        assert session.scalars(select(ProgressReport)).all() == []


def test_drafts_are_for_the_secretariat_alone(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    key = _begin(planned)
    for who in (people.chair, people.focal["mx"], people.coordinator, people.administrator):
        client = site.client(who)
        for path in ("/reports/drafts/{}", "/reports/drafts/{}/change", "/reports/drafts/{}/issue", "/reports/{}"):
            hidden, missing = (client.get(path.format(one)) for one in (key, uuid4()))
            assert (hidden.status_code, missing.status_code) == (404, 404)


def test_composing_takes_as_many_statements_for_many_commitments_as_for_one(planned: Planned) -> None:
    from tests.factories.plans import many

    planned.report(planned.own("gt"), "gt", Status.IN_PROGRESS, "One")
    key = _begin(planned)

    def statements() -> int:
        _composed(planned, key)
        with statements_sent() as seen:
            _composed(planned, key)
        return len(seen)

    one = statements()
    with acting(planned.engine, planned.people.officer) as session:
        many(session, planned.people, planned.the_plan(session), "mx", 30)
    assert statements() == one
