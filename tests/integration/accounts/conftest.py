"""An application on a fresh database of each kind, with people in a small world, and a route that asks for more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from flask import Flask, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine

from secretariat.core.session import Reason, system_unit
from secretariat.pages import access, unit
from tests.factories import people
from tests.factories.people import Official
from tests.factories.processes import World, small_world


@dataclass
class Town:
    """Who there is: people of a small world of processes, by what they are."""

    app: Flask
    engine: Engine
    world: World
    focal_point: Official
    observer: Official
    officer: Official
    second_officer: Official
    coordinator: Official
    administrator: Official
    invited: Official
    two_hats: Official
    second_hat: Official


def said(answer: Any) -> dict[str, str]:
    """What the probe says."""
    assert answer.status_code == 200, answer.status_code
    told: dict[str, str] = answer.get_json()
    return told


@pytest.fixture
def app(app: Flask) -> Flask:
    @app.route("/probe", methods=["GET", "POST"])
    @access.signed_in
    def probe() -> ResponseReturnValue:
        """Says who the request is from, and what was sent."""
        viewer = unit.viewer()
        unit.db()
        return {"person": str(viewer.person), "hat": str(viewer.hat), "sent": request.form.get("words", "")}

    return app


@pytest.fixture
def town(app: Flask) -> Town:
    engine = app.extensions["engine"]
    with system_unit(engine, Reason.REFERENCE) as session:
        world = small_world(session)
        mexican = people.focal_point(session, world.government, world.member["mx"])
        return Town(
            app,
            engine,
            world,
            focal_point=people.focal_point(session, world.government, world.member["gt"]),
            observer=people.focal_point(session, world.government, world.observer["co"]),
            officer=people.officer(session, world.government),
            second_officer=people.officer(session, world.government),
            coordinator=people.coordinator(session, world.network),
            administrator=people.administrator(session),
            invited=people.focal_point(session, world.government, world.member["hn"], active=False),
            two_hats=mexican,
            second_hat=people.officer(session, world.government, of=mexican),
        )


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock to be moved."""
    with time_machine.travel("2026-11-22T09:00:00Z", tick=False) as moved:
        yield moved
