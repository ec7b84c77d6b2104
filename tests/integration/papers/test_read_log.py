"""The read log: openings of things for named readers, seen by reader, secretariat and whose paper it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from secretariat.core import clock, readings
from secretariat.core.models import Reading
from secretariat.core.session import Reason, system_unit
from secretariat.jobs import papers
from secretariat.jobs import service as jobs
from secretariat.plans import letters
from secretariat.processes.models import Participation, StandingKind
from tests.factories.plans import acting
from tests.integration.papers.test_papers import kept_to_mexico
from tests.support.plans import Site
from tests.support.sql import statements_sent

RECORDED = "Reading is recorded."


def log_of(site: Site) -> list[tuple[Any, ...]]:
    with system_unit(site.planned.engine, Reason.READINGS, writes=False) as system:
        found = system.scalars(select(Reading).order_by(Reading.at, Reading.id)).all()
        return [(one.person_id, one.hat, one.thing_kind, one.thing_id, one.as_paper) for one in found]


def line(who: Any, kind: str, key: Any, as_paper: bool = False) -> tuple[Any, ...]:
    return who.person, str(who.hat), kind, key, as_paper


def test_page_and_papers_of_a_thing_for_named_readers_are_recorded(site: Site) -> None:
    mexican, plan = site.planned.people.focal["mx"], site.planned.plan_id
    kept_to_mexico(site)
    assert RECORDED in site.page(mexican, f"/plans/{plan}")
    for form in ("pdf", "docx"):
        assert site.client(mexican).get(f"/plans/{plan}/paper.{form}").status_code == 200
    assert sorted(log_of(site), key=str) == sorted(
        [line(mexican, "plans", plan), line(mexican, "plans", plan, True), line(mexican, "plans", plan, True)], key=str
    )


def test_what_is_lighter_or_not_there_or_only_named_leaves_no_record(site: Site) -> None:
    everybody, plan = site.planned.people, site.planned.plan_id
    site.page(everybody.focal["mx"], f"/plans/{plan}")
    proposal = site.planned.propose("mx", "A proposal to Mexico")
    # The plan shows the proposal in a row: that is no opening of it.
    site.page(everybody.focal["mx"], f"/plans/{plan}")
    assert site.client(everybody.focal["gt"]).get(f"/commitments/{proposal}").status_code == 404
    kept_to_mexico(site)
    assert site.client(everybody.focal["gt"]).get(f"/plans/{plan}").status_code == 404
    assert site.client(everybody.focal["gt"]).get(f"/plans/{plan}/paper.pdf").status_code == 404
    assert log_of(site) == []


def test_the_side_whose_paper_it_is_leaves_no_record(site: Site) -> None:
    everybody = site.planned.people
    proposal = site.planned.propose("mx", "A proposal to Mexico")
    assert RECORDED not in site.page(everybody.focal["mx"], f"/commitments/{proposal}")
    assert log_of(site) == []
    assert RECORDED in site.page(everybody.officer, f"/commitments/{proposal}")
    assert log_of(site) == [line(everybody.officer, "commitments", proposal)]


def test_a_page_behind_a_link_from_a_mail_is_recorded(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    mexican = site.planned.people.focal["mx"]
    proposal = site.planned.propose("mx", "A proposal to Mexico")
    address = site.link(mexican, letters.ANSWER_SCOPE, proposal)
    assert RECORDED not in site.page(None, address)
    assert log_of(site) == []
    monkeypatch.setattr(readings, "is_own", lambda *_: False)
    assert RECORDED in site.page(None, address)
    assert log_of(site) == [line(mexican, "commitments", proposal)]


def test_a_paper_made_by_the_worker_is_recorded_when_it_is_taken(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    mexican, plan = site.planned.people.focal["mx"], site.planned.plan_id
    kept_to_mexico(site)
    monkeypatch.setattr(papers, "AT_ONCE", 10)
    job = site.send(mexican, f"/plans/{plan}/paper.pdf").location.rsplit("/", 1)[1]
    seen = len(log_of(site))
    with system_unit(site.planned.engine, Reason.JOB) as system:
        (key,) = jobs.waiting(site.planned.engine)
        assert str(key) == job
        assert system
    jobs.do(site.planned.engine, key)
    assert len(log_of(site)) == seen
    assert site.client(mexican).get(f"/jobs/{key}/result").status_code == 200
    assert log_of(site)[seen:] == [line(mexican, "plans", plan, True)]


def test_the_secretariat_sees_persons_the_owner_sees_sides_and_nobody_else_anything(site: Site) -> None:
    everybody = site.planned.people
    proposal = site.planned.propose("mx", "A proposal to Mexico")
    address = f"/readers/commitments/{proposal}/log"
    site.page(everybody.officer, f"/commitments/{proposal}")
    seen = site.page(everybody.officer, address)
    assert "official-" in seen
    assert "<time" in seen
    owned = site.page(everybody.focal["mx"], address)
    main = owned[owned.index("<main") : owned.index("</main>")]
    assert "the Secretariat" in main
    assert "<time" not in main
    assert "official-" not in main
    for who in (everybody.focal["gt"], everybody.coordinator, everybody.administrator):
        assert site.client(who).get(address).status_code == 404
    assert site.client(everybody.officer).get(f"/readers/commitments/{uuid4()}/log").status_code == 404
    assert site.client(everybody.officer).get(f"/readers/goals/{proposal}/log").status_code == 404


def test_members_see_nothing_of_who_read_a_joint_paper(site: Site) -> None:
    kept_to_mexico(site)
    mexican, plan = site.planned.people.focal["mx"], site.planned.plan_id
    page = site.page(mexican, f"/plans/{plan}")
    assert "Who has opened this" not in page
    assert site.client(mexican).get(f"/readers/plans/{plan}/log").status_code == 404
    assert "Who has opened this" in site.page(site.planned.people.officer, f"/plans/{plan}")


def test_each_sees_the_own_visits_of_this_hat_as_long_as_the_thing_is_readable(site: Site) -> None:
    mexican, plan = site.planned.people.focal["mx"], site.planned.plan_id
    kept_to_mexico(site)
    site.page(mexican, f"/plans/{plan}")
    assert f'href="/plans/{plan}"' in site.page(mexican, "/readers/own")
    for who in (site.planned.people.focal["gt"], site.planned.people.officer):
        assert "You have opened nothing" in site.page(who, "/readers/own")
    with system_unit(site.planned.engine, Reason.ADMINISTRATION) as system:
        held = select(Participation).where(Participation.participant_id == site.planned.people.id["mx"])
        system.scalars(held).one().standing = StandingKind.SUSPENDED
    assert f"/plans/{plan}" not in site.page(mexican, "/readers/own")


def test_it_says_beforehand_that_reading_will_be_recorded(site: Site) -> None:
    kept_to_mexico(site)
    with acting(site.planned.engine, site.planned.people.officer) as session:
        assert site.planned.the_plan(session)
    page = site.page(site.planned.people.officer, "/processes/rcx/plans")
    assert RECORDED in page


def test_a_visit_is_forgotten_after_a_year(site: Site) -> None:
    mexican, plan = site.planned.people.focal["mx"], site.planned.plan_id
    kept_to_mexico(site)
    site.page(mexican, f"/plans/{plan}")
    today = clock.today()
    readings.forget(site.planned.engine, today + timedelta(days=365))
    assert len(log_of(site)) == 1
    readings.forget(site.planned.engine, today + timedelta(days=366))
    assert log_of(site) == []


def test_recording_costs_one_statement(site: Site) -> None:
    mexican, plan = site.planned.people.focal["mx"], site.planned.plan_id
    kept_to_mexico(site)
    site.page(mexican, f"/plans/{plan}")
    with statements_sent() as seen:
        site.page(mexican, f"/plans/{plan}")
    assert [one.split()[0] for one in seen if "readings" in one] == ["INSERT"]


def test_a_paper_asked_for_in_pieces_is_recorded_like_a_whole_one(site: Site) -> None:
    mexican, plan = site.planned.people.focal["mx"], site.planned.plan_id
    kept_to_mexico(site)
    answer = site.client(mexican).get(f"/plans/{plan}/paper.pdf", headers={"Range": "bytes=0-"})
    assert answer.status_code in (200, 206)
    assert log_of(site) == [line(mexican, "plans", plan, True)]


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_no_browser_keeps_a_paper(site: Site, form: str) -> None:
    mexican, plan = site.planned.people.focal["mx"], site.planned.plan_id
    answer = site.client(mexican).get(f"/plans/{plan}/paper.{form}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    assert "Last-Modified" not in answer.headers


def test_a_paper_made_by_the_worker_is_gone_with_the_right_to_its_thing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, plan = site.planned.people.focal["gt"], site.planned.plan_id
    monkeypatch.setattr(papers, "AT_ONCE", 10)
    address = site.send(reader, f"/plans/{plan}/paper.pdf").location
    (key,) = jobs.waiting(site.planned.engine)
    jobs.do(site.planned.engine, key)
    assert site.client(reader).get(f"{address}/result").status_code == 200
    kept_to_mexico(site)
    for path in (address, f"{address}/result"):
        assert site.client(reader).get(path).status_code == 404
    assert f"/jobs/{key}" not in site.page(reader, "/jobs/")


def test_a_paper_raised_since_it_was_made_is_recorded_when_it_is_taken(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    mexican, plan = site.planned.people.focal["mx"], site.planned.plan_id
    monkeypatch.setattr(papers, "AT_ONCE", 10)
    address = site.send(mexican, f"/plans/{plan}/paper.pdf").location
    (key,) = jobs.waiting(site.planned.engine)
    jobs.do(site.planned.engine, key)
    kept_to_mexico(site)
    assert site.client(mexican).get(f"{address}/result").status_code == 200
    assert log_of(site)[-1] == line(mexican, "plans", plan, True)
