"""What is open goes on in the next plan: with its lineage and its history, and asked after once."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from secretariat.core import awaited, clock
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.follow_up import planner
from secretariat.follow_up.planner import Asked, Rules
from secretariat.follow_up.service import item_of
from secretariat.plans import queries, service
from secretariat.plans.models import Commitment, Plan
from secretariat.plans.service import Partner
from secretariat.plans.status import Status
from tests.factories.plans import acting, again, plan, seeing
from tests.support.plans import Planned, Site


def _next_plan(planned: Planned) -> UUID:
    with acting(planned.engine, planned.people.officer) as session:
        return plan(session, planned.people, title="Plan of action, the next").id


def _carried(planned: Planned, key: UUID, into: UUID) -> UUID:
    with acting(planned.engine, planned.people.officer) as session:
        there = session.scalars(select(Plan).where(Plan.id == into)).one()
        [new] = service.carry_over(session, session.viewer, there, [again(session, key)])
        return new.id


def _things(planned: Planned) -> list[awaited.Awaited]:
    people = planned.people
    with seeing(planned.engine, people.focal["gt"]) as session:
        return [one for one in awaited.awaited(session, clock.today()) if one.participant == people.id["gt"]]


def test_the_officer_carries_over_what_is_open_and_both_pages_say_so(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    going = planned.own("gt", "Publish figures", partners=[Partner(name="IOM")])
    planned.report(going, "gt", Status.IN_PROGRESS, "The first are out")
    done = planned.own("mx", "Train officials")
    planned.report(done, "mx", Status.COMPLETED, "All are trained")
    into = _next_plan(planned)
    address = f"/plans/{into}/carry-over"
    page = site.page(people.officer, address)
    assert "Publish figures" in page
    assert "Train officials" not in page
    assert site.send(people.officer, address).status_code == 422
    assert site.send(people.officer, address, commitments=[str(going)], part="").status_code == 303
    assert "Nothing is open in other plans" in site.page(people.officer, address)
    shown = site.page(people.focal["mx"], f"/plans/{into}")
    new = re.search(r'/commitments/([0-9a-f-]{36})">\s*<bdi dir="ltr">1.1.1 a', shown)
    assert new  # below the activity of the same words
    after, before = (site.page(people.focal["mx"], f"/commitments/{key}") for key in (new[1], going))
    assert f"/commitments/{going}" in after
    assert "The first are out" in after
    assert "Not yet reported" in after
    assert "IOM" in after
    assert f"/commitments/{new[1]}" in before
    assert "The first are out" in before
    assert "Publish figures" in site.page(people.focal["mx"], f"/plans/{planned.plan_id}")
    said = site.send(people.focal["gt"], f"/commitments/{going}/report", status="completed", step="Out")
    assert said.status_code == 422
    assert "carried over into the next plan" in said.get_data(as_text=True)
    assert site.send(people.focal["gt"], f"/commitments/{new[1]}/report", status="completed").status_code == 303
    for who in (people.focal["gt"], people.focal["co"]):
        assert site.client(who).get(address).status_code == 404


def test_what_was_carried_over_is_asked_after_once_and_nothing_is_asked_anew(planned: Planned) -> None:
    """Also through two plans, and whether or not a word was said before."""
    going = planned.own("gt", due_on=clock.today() + timedelta(days=7))
    planned.report(going, "gt", Status.IN_PROGRESS, "Begun")
    before = _things(planned)
    first = _carried(planned, going, _next_plan(planned))
    new = _carried(planned, first, _next_plan(planned))
    now = _things(planned)
    assert [one.subject for one in before] == [going]
    assert [one.subject for one in now] == [new]
    assert now[0].earlier == (first, going)
    assert (now[0].since, now[0].due_on, now[0].cycle) == (before[0].since, before[0].due_on, before[0].cycle)
    assert (now[0].last_word_on, str(now[0].last_word)) == (before[0].last_word_on, "Begun")
    rules, later = Rules(before_due=(7,), after_due=(0,)), clock.today() + timedelta(days=7)
    item = item_of(now[0])
    assert planner.due_step(item, rules, later, frozenset()) is not None
    for subject in (going, first, new):
        assert planner.due_step(item, rules, later, {Asked("commitment", subject, "due+0", item.cycle)}) is None


def test_what_does_not_go_on_is_not_carried_over_and_only_by_the_secretariat(planned: Planned) -> None:
    people, into = planned.people, _next_plan(planned)
    ended, going, open_one = planned.own("gt"), planned.own("mx"), planned.own("hn")
    planned.report(ended, "gt", Status.WITHDRAWN, "Not in this term")
    _carried(planned, going, into)
    for key in (ended, going):
        with pytest.raises(Refused):
            _carried(planned, key, into)
    with acting(planned.engine, people.focal["hn"]) as session:
        there = session.scalars(select(Plan).where(Plan.id == into)).one()
        with pytest.raises(NotAllowed):
            service.carry_over(session, session.viewer, there, [again(session, open_one)])
    with seeing(planned.engine, people.focal["bz"]) as session:
        assert session.scalars(select(Commitment.carried_from_id).where(Commitment.plan_id == into)).all() == [going]
        there = session.scalars(select(Plan).where(Plan.id == into)).one()
        assert [one.id for one in queries.open_in_other_plans(session, there)] == [open_one]
