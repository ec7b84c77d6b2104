"""Adopted text is frozen; what a meeting changes of it is an amendment, with what it said before."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.jobs import papers
from secretariat.plans import queries, service, works
from secretariat.plans.models import Activity
from secretariat.plans.service import Adopted
from tests.factories.plans import acting, parts, seeing
from tests.support.plans import Planned, Site

WHERE = LocalText.of("Vice-Ministers in San José")


def test_an_amendment_changes_the_text_and_says_what_it_said_before(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    page, officer, yesterday = f"/plans/{planned.plan_id}", people.officer, clock.today() - timedelta(days=1)
    planned.own("gt")
    listed = site.page(officer, f"{page}/amend")
    address = re.findall(r'href="(/plans/[^"]*/parts/[^"]*/amend)"', listed)[2]
    assert "Exchange figures" in site.page(officer, address)
    when = {"on": yesterday.isoformat(), "where-en": "Vice-Ministers in San José"}
    early = site.send(
        officer, address, **{**when, "on": (clock.today() + timedelta(days=2)).isoformat(), "title-en": "X"}
    )
    same = site.send(officer, address, **when, **{"title-en": "Exchange figures"})
    nowhere = site.send(officer, address, on=yesterday.isoformat(), **{"title-en": "Exchange monthly figures"})
    assert [one.status_code for one in (early, same, nowhere)] == [422, 422, 422]
    assert "Exchange monthly figures" in nowhere.get_data(as_text=True)  # what was typed is kept
    assert site.send(officer, address, **when, **{"title-en": "Exchange monthly figures"}).status_code == 303
    area = re.search(r'value="([0-9a-f-]{36})">1 Migration policy', listed)
    assert area
    more = {"kind": "objective", "above": area[1], "title-en": "Returns with dignity"}
    assert site.send(officer, f"{page}/amend", **when, **more).status_code == 303
    for who in (people.focal["mx"], officer):
        shown = site.page(who, page)
        assert "1.1.1</bdi> Exchange monthly figures <small" in shown
        assert "before: “Exchange figures”" in shown
        assert "now: “Exchange monthly figures”" in shown
        assert "added: “Returns with dignity”" in shown
        assert shown.count("Vice-Ministers in San José") == 2
    assert site.client(people.focal["mx"]).get(f"{page}/amend").status_code == 404
    with seeing(planned.engine, people.focal["mx"]) as session:
        sheet = papers.sheet_of(session, works.PLAN, planned.plan_id)
        assert sheet is not None
        assert "before: “Exchange figures”" in sheet.html


def test_only_its_secretariat_amends_and_only_what_is_adopted(planned: Planned) -> None:
    people, adopted = planned.people, Adopted(clock.today(), where=WHERE)
    words = LocalText.of("Other words")
    with acting(planned.engine, people.focal["gt"]) as session:
        plan = planned.the_plan(session)
        with pytest.raises(NotAllowed):
            service.amend_part(session, session.viewer, plan, parts(session, plan)[2], words, adopted)
    with acting(planned.engine, people.officer) as session:
        plan = planned.the_plan(session)
        area, _objective, activity = parts(session, plan)
        before = Adopted(clock.today() - timedelta(days=101), where=WHERE)
        with pytest.raises(Refused):
            service.amend_part(session, session.viewer, plan, activity, words, before)
        with pytest.raises(Refused):
            service.amend_by_adding(session, session.viewer, plan, "area", words, adopted, above=area)
        service.amend_part(session, session.viewer, plan, activity, words, adopted)
        service.close_plan(session, session.viewer, plan)
        with pytest.raises(NotAllowed):
            service.amend_part(session, session.viewer, plan, activity, LocalText.of("And others"), adopted)
        assert session.scalars(select(Activity.title)).one() == words
        assert [str(one.words_before) for one in queries.amendments_of(session, plan.id)] == ["Exchange figures"]
