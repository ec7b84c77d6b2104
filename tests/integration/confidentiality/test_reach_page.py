"""What one person may read, for the secretariat of the track: never more than both may."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from secretariat.confidentiality import reach
from secretariat.core import clock, kinds
from secretariat.core.session import Reason, ViewerSession, system_unit
from secretariat.directory.models import Appointment, RoleName
from secretariat.processes.models import StandingKind, Track
from tests.factories import people, processes
from tests.factories.plans import acting, many, seeing
from tests.support.plans import Site
from tests.support.sql import statements_sent


def _address(who: people.Official, track: str = "government", query: str = "") -> str:
    return f"/readers/people/rcx/{track}/{who.person}{query}"


def _seen(session: ViewerSession) -> dict[str, set[Any]]:
    return {kind.name: set(session.scalars(select(kind.model.id))) for kind in kinds.every()}


def test_what_is_told_is_what_both_may_read(site: Site) -> None:
    world = site.planned.people
    for state in ("gt", "mx"):
        site.planned.propose(state)
        site.planned.own(state)
    for person in (world.focal["gt"], world.focal["co"], world.chair, world.officer):
        with seeing(site.planned.engine, person) as theirs:
            reads = _seen(theirs)
        with seeing(site.planned.engine, world.officer) as session:
            mine = _seen(session)
            track = session.get_one(Track, world.id["government"])
            rows = reach.rows_of(session, person.person, person.hat, track)
            listed: dict[str, set[Any]] = {kind.name: set() for kind in kinds.every()}
            for row in rows:
                things = reach.things_of(session, [row], world.id["process"], offset=0, most=500)
                assert len(things) == row.count
                listed[row.kind.name] |= {one.thing.id for one in things}
        assert listed == {name: mine[name] & keys for name, keys in reads.items()}


def test_the_page_counts_by_kind_and_label_and_leads_to_lists(site: Site) -> None:
    world = site.planned.people
    site.planned.propose("gt", "Publish what was proposed to Guatemala")
    site.planned.propose("mx", "Publish what was proposed to Mexico")
    page = site.page(world.officer, _address(world.focal["gt"]))
    assert "What this person may read" in page
    assert "What lies outside your own sight is not counted here" in page
    lists = [one.replace("&amp;", "&") for one in re.findall(r'href="(/readers/people/[^"]*of=[^"]*)"', page)]
    shown = "".join(site.page(world.officer, address) for address in lists)
    assert "Publish what was proposed to Guatemala" in shown
    assert "Publish what was proposed to Mexico" not in shown
    assert 'href="/readers/commitments/' in shown
    of_all = site.page(world.officer, _address(world.focal["gt"], query="?of=proposals"))
    assert "Publish what was proposed to Guatemala" in of_all
    assert "Publish what was proposed to Mexico" not in of_all


def test_the_other_side_of_the_wall_is_not_touched(site: Site) -> None:
    """What a person holds or reads on another track is not told here, nor counted."""
    world = site.planned.people
    with system_unit(site.planned.engine, Reason.REFERENCE) as session:
        network = session.get_one(Track, world.id["network"])
        people.official(session, RoleName.REPRESENTATIVE, network, world.focal["gt"].hat, of=world.focal["gt"])
    before = site.page(world.officer, _address(world.focal["gt"]))
    assert "Representative" not in before
    assert site.client(world.coordinator).get(_address(world.focal["gt"], "network")).status_code == 200
    assert site.client(world.officer).get(_address(world.focal["gt"], "network")).status_code == 404


def test_nobody_else_asks_and_nobody_is_found_by_a_key_alone(site: Site) -> None:
    world = site.planned.people
    for who in (world.focal["gt"], world.chair, world.coordinator, world.administrator):
        assert site.client(who).get(_address(world.focal["gt"])).status_code == 404
    for person in (world.coordinator, world.administrator):
        assert site.client(world.officer).get(_address(person)).status_code == 404
    assert site.client(world.officer).get(f"/readers/people/rcx/government/{uuid4()}").status_code == 404
    assert site.client(world.officer).get(_address(world.focal["gt"], query="?hat=nobody")).status_code == 404
    wrong = _address(world.focal["gt"], query="?of=commitments&label=0000")
    assert site.client(world.officer).get(wrong).status_code == 404
    assert site.client(None).get(_address(world.focal["gt"])).status_code == 302


def test_who_holds_nothing_any_more_reads_nothing(site: Site) -> None:
    world = site.planned.people
    with system_unit(site.planned.engine, Reason.REFERENCE) as session:
        session.get_one(Appointment, world.focal["bz"].appointment).until = clock.today()
    page = site.page(world.officer, _address(world.focal["bz"]))
    assert "No appointment is held on this side today" in page
    assert "of=" not in page


def test_the_page_of_a_person_leads_here_for_the_secretariat_alone(site: Site) -> None:
    world = site.planned.people
    page = f"/people/appointments/{world.focal['gt'].appointment}"
    assert _address(world.focal["gt"]) in site.page(world.officer, page)
    assert "/readers/people/" not in site.page(world.focal["mx"], page)


def test_as_many_statements_for_one_thing_as_for_sixty(site: Site) -> None:
    world = site.planned.people
    site.planned.own()
    counts = []
    for more in (0, 60):
        if more:
            with acting(site.planned.engine, world.officer) as session:
                many(session, world, site.planned.the_plan(session), "gt", more)
            with system_unit(site.planned.engine, Reason.REFERENCE) as session:
                track = session.get_one(Track, world.id["government"])
                for number in range(more):  # each with a label of its own
                    state = processes.organization(session, f"rcx-more-{number}", f"State {number}")
                    processes.participation(session, track, state, StandingKind.MEMBER)
                    people.focal_point(session, track, state)
        page = site.page(world.officer, _address(world.focal["gt"]))
        lists = [one.replace("&amp;", "&") for one in re.findall(r'href="(/readers/people/[^"]*of=[^"]*)"', page)]
        asked = [
            _address(world.focal["gt"]),
            next(one for one in lists if "of=commitments" in one),
            *(_address(world.focal["gt"], query=f"?of={kind}") for kind in ("appointments", "contact_cards")),
        ]
        for address in asked:
            counts.append(min(_statements(site, address) for _ in range(3)))
    assert counts[:4] == counts[4:]


def _statements(site: Site, address: str) -> int:
    """Statements of one page; what the clock adds now and then (a session seen again) is left out by asking thrice."""
    with statements_sent() as sent:
        site.page(site.planned.people.officer, address)
    return len(sent)
