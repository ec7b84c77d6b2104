"""Editions by standing: each is made from what its readers may read, and says nothing of what is not in it."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from sqlalchemy import select

from secretariat.core.labelling import relabel
from secretariat.core.localtext import LocalText
from secretariat.plans.models import Area, Commitment, Plan, ProgressUpdate
from secretariat.plans.status import Status
from secretariat.processes import clauses
from secretariat.processes.models import Body, PublicReports, Track
from secretariat.processes.service import open_public_page
from secretariat.reports import service
from secretariat.reports.composition import Composition, Edition
from secretariat.reports.models import ProgressReport, ReportEdition
from tests.factories.meetings import in_days
from tests.factories.plans import acting, seeing
from tests.support.plans import Planned, Site


def _open_plan(planned: Planned, *opened: UUID) -> None:
    """The plan's text is for everyone, these commitments and what was said of them for all participants."""
    with acting(planned.engine, planned.people.officer) as session:
        plan = planned.the_plan(session)
        open_public_page(session, session.viewer, plan.process, since=in_days(-1), decision="SOM 2026")
        session.flush()
        relabel(session, plan, [clauses.public(plan.process)], why="the members decided")
        everybody = [clauses.participants_of(plan.process, plan.track)]
        said = select(ProgressUpdate).where(ProgressUpdate.commitment_id.in_(opened))
        for one in session.scalars(select(Commitment).where(Commitment.id.in_(opened))).all():
            relabel(session, one, everybody, why="its participant decided")
        for update in session.scalars(said).all():
            relabel(session, update, everybody, why="its participant decided")


def _let_the_public_read(planned: Planned, what: PublicReports) -> None:
    with acting(planned.engine, planned.people.officer) as session:
        track = session.scalars(select(Track).where(Track.id == planned.people.id["government"])).one()
        service.let_the_public_read(session, session.viewer, track, what)


@pytest.fixture
def opened(planned: Planned) -> Planned:
    """One step that all participants may read, one for members only."""
    wide = planned.own("gt", "Publish figures")
    more = {"obstacle": "Kept for members", "obstacle_for_members": True}
    planned.report(wide, "gt", Status.IN_PROGRESS, "January is published", **more)
    planned.report(planned.own("mx", "Name contacts"), "mx", Status.COMPLETED, "Contacts are named")
    _open_plan(planned, wide)
    return planned


def _begin(planned: Planned) -> UUID:
    with acting(planned.engine, planned.people.officer) as session:
        plan = planned.the_plan(session)
        return service.begin_report(
            session, session.viewer, plan, from_on=in_days(-30), to_on=in_days(0),
            introduction=LocalText.of("For the members"), wider_introduction=LocalText.of("For everybody"),
        ).id  # fmt: skip


def _wider(planned: Planned, key: UUID, kind: Edition) -> Composition | None:
    with acting(planned.engine, planned.people.officer) as session:
        report = session.scalars(select(ProgressReport).where(ProgressReport.id == key)).one()
        return service.compose_wider(session, report, kind)


def test_an_edition_holds_what_its_readers_may_read_and_nothing_more(opened: Planned) -> None:
    composed = _wider(opened, _begin(opened), Edition.PARTICIPANTS)
    assert composed is not None
    assert [str(one.words) for one in composed.entries] == ["Publish figures"]
    told = str(composed.to_json())
    for secret in ("Kept for members", "Name contacts", "Contacts are named", "For the members"):
        assert secret not in told
    assert "For everybody" in told


def test_where_there_is_nothing_for_more_readers_no_edition_is_made(planned: Planned) -> None:
    planned.report(planned.own("gt"), "gt", Status.IN_PROGRESS, "Begun")
    key = _begin(planned)
    _let_the_public_read(planned, PublicReports.ACTIVITIES)
    assert [_wider(planned, key, kind) for kind in (Edition.PARTICIPANTS, Edition.PUBLIC)] == [None, None]


def test_a_public_edition_of_activities_tells_of_no_state(opened: Planned) -> None:
    _let_the_public_read(opened, PublicReports.ACTIVITIES)
    composed = _wider(opened, _begin(opened), Edition.PUBLIC)
    assert composed is not None
    assert (composed.entries, composed.tells_status) == ((), False)
    assert [str(one.title) for one in composed.parts] == ["Reliable information", "Exchange figures"]
    assert "Publish figures" not in str(composed.to_json())


def test_one_reads_the_widest_edition_one_may(site: Site, opened: Planned) -> None:
    people = opened.people
    _let_the_public_read(opened, PublicReports.ACTIVITIES)
    key = _begin(opened)
    issued = site.send(people.officer, f"/reports/drafts/{key}/issue")
    assert issued.status_code == 303
    with seeing(opened.engine, people.officer) as session:
        by_kind = {one.standing: one.id for one in session.scalars(select(ReportEdition))}
    assert set(by_kind) == {"members", "participants", "public"}
    for who in (people.chair, people.focal["mx"]):
        page = site.page(who, "/processes/rcx/reports")
        assert "Edition for the members: all of them receive this text, word for word." in page
    page = site.page(people.focal["co"], "/processes/rcx/reports")
    assert "Edition for all participants." in page
    assert "Contacts are named" not in page
    assert site.client(people.focal["co"]).get(f"/reports/{by_kind['members']}").status_code == 404
    page = site.page(None, f"/reports/{by_kind['public']}")
    assert "Public edition: activities and outcomes." in page
    assert "Guatemala" not in page
    for kind in ("members", "participants"):
        assert site.client(None).get(f"/reports/{by_kind[kind]}").status_code == 404


def test_remarks_and_what_changed_stand_in_the_report_and_advice_stands_apart(site: Site, planned: Planned) -> None:
    people = planned.people
    key = planned.own("gt", "Publish figures")
    planned.report(key, "gt", Status.IN_PROGRESS, "Begun")
    first = _begin(planned)
    assert site.send(people.officer, f"/reports/drafts/{first}/issue").status_code == 303
    planned.report(key, "gt", Status.COMPLETED, "Done")
    with acting(planned.engine, people.officer) as session:
        plan = session.scalars(select(Plan)).one()
        area = session.scalars(select(Area)).first()
        assert area is not None
        second = service.begin_report(session, session.viewer, plan, from_on=in_days(0), to_on=in_days(0)).id
        at, on_area = f"/reports/drafts/{second}", f"/reports/drafts/{second}/remarks/{area.id}"
    remark = {"words-en": "A good quarter for figures", "version": _version(site, on_area)}
    assert site.send(people.officer, on_area, **remark).status_code == 303
    advised = site.send(people.officer, f"{at}/advice", **{"words-en": "Thank Guatemala in the room"})
    assert advised.status_code == 303
    issued = site.send(people.officer, f"{at}/issue").location
    texts = {re.sub(r"<[^>]+>", "", site.page(who, issued).split('<p class="sub">')[1].split("Check of")[0])
             for who in (people.focal["mx"], people.chair)}  # fmt: skip
    assert len(texts) == 1
    text = texts.pop()
    assert "The Secretariat remarks: A good quarter for figures" in text
    assert "then: In progress; now: Completed" in text
    assert "Thank Guatemala" not in text
    assert "Thank Guatemala in the room" in site.page(people.officer, advised.location)
    for who in (people.focal["mx"], people.focal["co"], people.administrator):
        assert site.client(who).get(advised.location).status_code == 404


def _version(site: Site, path: str) -> str:
    page = site.page(site.planned.people.officer, path)
    return page.split('name="version" type="hidden" value="')[1].split('"')[0]


def test_the_chair_of_the_body_reads_the_advice(site: Site, planned: Planned) -> None:
    with acting(planned.engine, planned.people.officer) as session:
        body = session.scalars(select(Body).where(Body.id == planned.people.id["steering"])).one()
        plan = planned.the_plan(session)
        report = service.begin_report(session, session.viewer, plan, from_on=in_days(-9), to_on=in_days(0), body=body)
        made = service.advise_chair(session, session.viewer, report, LocalText.of("Begin with item 3"))
        address = f"/reports/advice/{made.id}"
    assert "Begin with item 3" in site.page(planned.people.chair, address)
    assert site.client(planned.people.focal["gt"]).get(address).status_code == 404


def test_the_secretariat_is_told_why_there_is_no_public_edition(site: Site) -> None:
    """The members let the public read reports, and the plan is for members only."""
    planned, people = site.planned, site.planned.people
    planned.own("gt", "Publish figures")
    said = "no public edition is made"
    path = f"/reports/drafts/{_begin(planned)}"
    assert said not in site.page(people.officer, path)
    _let_the_public_read(planned, PublicReports.ACTIVITIES)
    assert said in site.page(people.officer, path)
    _open_plan(planned)
    assert said not in site.page(people.officer, path)
