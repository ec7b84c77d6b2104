"""A year at a glance, and its two tracks side by side: what each reads of it, and by how many statements."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask

from secretariat.core.localtext import LocalText
from secretariat.meetings import service
from tests.factories.meetings import acting, scheduled
from tests.factories.people import Official
from tests.integration.civil_society.conftest import Network, network
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_joint import PROPOSE, proposal
from tests.integration.meetings.test_warnings import QUIET, network_meets, publish
from tests.support.sql import statements_sent

__all__ = ["network"]
YEAR, TRACKS = "/calendar/year?year=2027&process=rcx", "/processes/rcx/meetings/tracks?year=2027"
OURS, THEIRS, TAKEN = "What governments think", "What the network thinks", "days taken"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2027-01-11 15:00Z", tick=True):
        yield


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<main")[2])))


def governments_meet(stage: Stage, day: date, title: str = OURS, **fields: Any) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        made = scheduled(
            session, body="Steering Group", starts_on=day, ends_on=day, last_ends=None, title=LocalText.of(title),
            **fields,
        )  # fmt: skip
        return made.id


def test_each_side_reads_its_own_year_and_of_the_other_the_days_it_publishes(
    app: Flask, stage: Stage, network: Network
) -> None:
    everybody = {
        "officer": stage.officer, "member": stage.focal["mx"], "other member": stage.focal["bz"],
        "coordinator": stage.coordinator, "organization": network.house,
    }  # fmt: skip

    def pages(one: Official) -> str:
        desk = Desk(app, one)
        return " ".join(words_of(desk.get(path)) for path in (YEAR, TRACKS))

    assert all("Nothing stands in this year." in pages(one) for one in everybody.values())
    governments_meet(stage, date(2027, 5, 11))
    governments_meet(stage, date(2027, 5, 12), "For the steering group alone", readers=service.Readers.BODY)
    network_meets(stage, date(2027, 6, 15))
    read = {name: pages(one) for name, one in everybody.items()}
    assert {name for name, said in read.items() if OURS in said} == {"officer", "member", "other member"}
    assert {name for name, said in read.items() if THEIRS in said} == {"coordinator", "organization"}
    assert "For the steering group alone" not in read["other member"] + read["coordinator"] + read["organization"]
    assert not any(TAKEN in said for said in read.values())

    publish(app, stage.coordinator)
    publish(app, stage.officer)
    read = {name: pages(one) for name, one in everybody.items()}
    assert {name for name, said in read.items() if TAKEN in said} == {"officer", "coordinator"}
    assert "Civil society: days taken" in read["officer"]
    assert THEIRS not in read["officer"]
    assert OURS not in read["coordinator"]

    at, _page = Desk(app, stage.coordinator).send(PROPOSE, proposal())
    assert not any("A common space" in pages(one) for one in everybody.values())
    Desk(app, stage.officer).send(f"{at}/agree", {}, form_at=at)
    for name, one in everybody.items():
        said = pages(one)
        assert said.count("A common space") >= 2, name
        assert "One of them is held by both sides together." in said, name
    page = Desk(app, stage.officer).get(TRACKS)
    across = page.partition('<td class="both" colspan="2">')[2].partition("</td>")[0]
    assert "A common space" in words_of(f"<main>{across}")


def test_as_many_statements_for_one_as_for_many_and_no_year_there_is_not(app: Flask, stage: Stage) -> None:
    desk, counts = Desk(app, stage.officer), []
    publish(app, stage.coordinator)
    publish(app, stage.officer)
    for month in (3, 9):
        for day in (2, 9, 16)[: month // 3]:
            governments_meet(stage, date(2027, month, day), f"Meeting of {day}")
            network_meets(stage, date(2027, month, day + 1))
        for path in (YEAR, TRACKS):
            desk.get(path)
            with statements_sent() as sent:
                desk.get(path)
            counts.append(len(sent))
    assert counts[:2] == counts[2:]
    for asked in ("never", "0000", "99999", "٢٠٢٧", "-1", ""):
        assert "<h1>Calendar of 2027</h1>" in desk.get(f"/calendar/year?year={asked}")
        assert "<h1>Tracks side by side, 2027</h1>" in desk.get(f"/processes/rcx/meetings/tracks?year={asked}")
    assert "Calendar of 2026" in desk.get("/calendar/year?year=2026")
    listed = desk.get("/processes/rcx/meetings/")
    assert "/calendar/year?process=rcx" in listed
    assert "/processes/rcx/meetings/tracks" in listed
    assert "/calendar/year?process=rcx" in desk.get("/processes/rcx/")
    Desk(app).get("/processes/rcx/meetings/tracks", 302)
    assert QUIET.isoformat() in desk.get("/calendar/?month=2027-03")
