"""The timeline of a process: what stands on it for whom, in a number of statements that does not grow."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine

from secretariat import registers
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.meetings.models import Adoption
from secretariat.meetings.service import Confirmation, confirm_outcome
from secretariat.processes.models import Participant, Track
from tests.factories import meetings, plans
from tests.factories.processes import chair_term
from tests.integration.meetings.conftest import Desk
from tests.support.sql import statements_sent

registers.fill()
PAGE = "/processes/rcx/timeline"
SPOKEN = "Consulates name a contact for children."


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2027-01-11 15:00Z", tick=True):
        yield


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<main")[2])))


def on(day: date) -> dict[str, Any]:
    return {"starts_on": day, "ends_on": day, "last_ends": None}


def test_a_process_with_its_years(app: Flask, engine: Engine) -> None:
    with system_unit(engine, Reason.REFERENCE) as session:
        world = plans.plan_world(session)
        chair_term(session, world.world.government, world.world.member["bz"], since=2024, until=2025)
    officer, member = Desk(app, world.officer), Desk(app, world.focal["bz"])
    network, nobody = Desk(app, world.focal["house"]), Desk(app)
    with plans.acting(engine, world.officer) as session:
        plans.plan(session, world, adopted=date(2026, 5, 4), title="Plan of action 2026")
        held = meetings.scheduled(session, body="Vice-Ministerial Meeting", **on(date(2027, 5, 11)))
        meetings.scheduled(session, announce=False, title=LocalText.of("Not announced"), **on(date(2027, 6, 1)))
        meetings.outcome(session, held, "Not confirmed yet")
        said = meetings.outcome(session, held, SPOKEN)
        confirm_outcome(session, held, said, Confirmation(adoption=Adoption.CONSENSUS, word="in the room"))
    page = words_of(member.get(PAGE))
    for words in ("Belize", "Plan of action 2026", "21st Vice-Ministerial Meeting", SPOKEN, "2024–2025"):
        assert words in page, words
    assert page.rindex("11 May 2027") < page.rindex("4 May 2026") < page.rindex("2024–2025")
    assert "Not confirmed yet" not in page
    assert "Not announced" not in page
    assert "Not announced" in words_of(officer.get(PAGE))
    of_network = words_of(network.get(PAGE))
    assert "21st" not in of_network
    assert "Plan of action 2026" not in of_network
    nobody.get(PAGE, 302)
    assert PAGE in member.get("/processes/rcx/")
    with statements_sent() as few:
        member.get(PAGE)
    with system_unit(engine, Reason.REFERENCE) as session:
        own, gt = session.get_one(Track, world.id["government"]), session.get_one(Participant, world.id["gt"])
        for year in range(1990, 2020):
            chair_term(session, own, gt, since=year, until=year + 1)
    with plans.acting(engine, world.officer) as session:
        for day in range(1, 9):
            meetings.scheduled(session, **on(date(2027, 7, day)))
    member.get(PAGE)
    with statements_sent() as many:
        page = member.get(PAGE)
    assert len(many) == len(few)
    assert "1990" in page
