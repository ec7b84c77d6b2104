"""Posts: a slice of the walk in each run of the tests; the whole of it in `make bench ONLY=canaries`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, delete, select, text

from secretariat.core import clock
from secretariat.core.database import Base
from secretariat.core.models import Heartbeat
from secretariat.core.session import Reason, system_unit
from secretariat.plans.models import Evidence
from secretariat.processes.models import Process
from tests.conftest import RUN
from tests.security.canaries import acted, acts, who
from tests.security.canaries.acts import Walk
from tests.security.canaries.inside import one_press
from tests.security.canaries.stored import Stored
from tests.security.canaries.world import World
from tests.support import databases

SOME = ["officer", "member", "anonymous", "observer", "administrator", "coordinator"]
BEHIND_THE_SECOND_WALL = ["coordinator"]
"""On PostgreSQL, where a post costs twice as much and what may be posted is the same: from who stands on the other side
of the wall most is hidden."""

Ground = tuple[Flask, World, Stored]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def ground(
    request: pytest.FixtureRequest, shared_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    """A copy of the world whose database writes down what is stored in it."""
    if request.param == "postgresql" and (missing := databases.why_no_postgresql()):
        pytest.skip(missing)
    folder = tmp_path_factory.mktemp(f"acts-{request.param}")
    with acts.ground(request.param, shared_folder, os.environ[RUN], folder) as opened:
        yield opened


def test_every_rule_that_is_posted_to_says_who_may(ground: Ground) -> None:
    assert acted.without_entry(ground[0]) == []


def test_nobody_stores_or_learns_by_a_post_what_is_not_theirs(ground: Ground) -> None:
    walk = Walk(*ground)
    if ground[1].engine.dialect.name == "postgresql":
        with one_press():
            for role in BEHIND_THE_SECOND_WALL:
                walk.go(role, most=1)
        assert walk.found.wrong == []
        return
    with one_press():
        for role in SOME:
            walk.go(role, most=1)
        walk.go("chair", most=1, only="chairmanship.clear")  # which nobody else may
        walk.go("liaison officer", most=1, only="civil_society.answer")  # the one who answers for a government
        walk.go("coordinator", most=4, only="civil_society")  # until a submission comes by that it may read
        walk.go("coordinator", most=40, only="processes.describe_organization")  # until one of the network comes by
        walk.go("coordinator", most=4, only="positions")
        walk.go("coordinator", most=4, only="choices")
        walk.go("representative", most=4, only="choices")
        walk.go("representative", most=4, only="confiding")
        walk.go("coordinator", most=4, only="confiding")
        walk.go("representative", most=4, only="positions")  # until a position comes by that it may sign
        walk.go("officer", most=4, only="civil_society")
        walk.go("coordinator", most=4, only="meetings.take_back_joint")
        walk.go("coordinator", most=4, only="meetings.change_joint")
        walk.go("officer", most=4, only="meetings.agree_to_joint")  # until one comes by that the officer may read
        walk.go("officer", most=4, only="meetings.decline_joint")
        walk.go("member", most=1, only="civil_society.word")
        walk.go("protocol officer", most=1)
        walk.go("officer", most=4, only="arrangements")
        walk.go("member", most=4, only="arrangements")
        walk.go("officer", most=4, only="follow_up.reply")
        walk.go("officer", most=12, only="invitation_letters")  # until an invitation comes by that is of the meeting
        walk.go("officer", most=12, only="lists")  # until two contacts come by that the officer reads both
        walk.go("officer", most=4, only="follow_up.chair_word_page")  # until a word comes by that the officer may read
        walk.go("member", most=40, only="reports.correct_entry")  # until a commitment comes by that stands in its check
    assert walk.found.wrong == []
    assert walk.found.not_posted(ground[0]) == []
    assert walk.found.never_succeeded() == []
    assert walk.found.forged, "no form offers a thing: nothing was forged"


def test_the_walk_sees_what_is_stored_when_the_filter_is_off(ground: Ground, first_wall_off: None) -> None:
    """On SQLite a plan nobody showed the officer is closed; on PostgreSQL the second wall stands alone."""
    walk = Walk(*ground)
    walk.go("officer", most=12, only="plans.close")
    on_postgresql = ground[1].engine.dialect.name == "postgresql"
    assert any("stored: " in one for one in walk.found.wrong) is not on_postgresql


def test_the_walk_sees_who_acts_and_may_not(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody may, everybody is found out who can."""
    walk = Walk(*ground)
    plan = {"plan_id": str(ground[1].at["Plan", "members"])}
    address = next(acts._at(rule, plan) for rule in acted.rules(ground[0]) if rule.endpoint == "plans.close")
    assert walk._guide(address), "the officer is offered the form"
    monkeypatch.setitem(who.ACTS, "plans.close", replace(who.ACTS["plans.close"], who=frozenset()))
    walk._one("officer", "POST", address)
    assert any("UPDATE plans" in one for one in walk.found.wrong), walk.found.wrong


def test_a_rule_nobody_posted_to_is_named(ground: Ground) -> None:
    named = acted.Acted().not_posted(ground[0])
    assert any("/plans/<uuid:plan_id>/close" in one and "addresses.py" in one for one in named)
    assert any(one.startswith("plans.close: nobody succeeded") for one in acted.Acted().never_succeeded())


def test_what_was_stored_is_noted_and_taken_back(ground: Ground) -> None:
    """Rows added, changed and taken away, in whatever way; afterwards each table is as it was."""
    _app, world, notes = ground
    before = _everything(notes.engine)
    with system_unit(world.engine, Reason.REFERENCE) as session:
        process = session.scalars(select(Process)).first()
        assert process is not None
        process.website = "https://changed.example"
        session.flush()
        session.execute(delete(Evidence))
        session.add(Heartbeat(name="canary", at=clock.now()))
    stored = {(one.act, one.table) for one in notes.taken()}
    told = {("UPDATE", "processes"), ("DELETE", "evidence"), ("INSERT", "heartbeats")}
    of_search = {("DELETE", "search_entries"), ("INSERT", "search_entries")}
    assert stored == told | {("UPDATE", "rights_state")} | of_search, "a process bears rights and is found by its words"
    assert _everything(notes.engine) == before
    assert notes.taken() == []


def _everything(engine: Engine) -> dict[str, list[str]]:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT set_config('secretariat.system', 'on', true)"))
        return {name: _rows(connection, name) for name in Base.metadata.tables}


def _rows(connection: Connection, name: str) -> list[str]:
    return sorted(str(tuple(row)) for row in connection.execute(Base.metadata.tables[name].select()))
