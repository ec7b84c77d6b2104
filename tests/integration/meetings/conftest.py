"""A small world with people: an officer, focal points, an alternate, an observer, a chair."""

from dataclasses import dataclass, field
from uuid import UUID

import pytest
from sqlalchemy import Engine

from secretariat import registers
from secretariat.core.session import Reason, system_unit
from tests.factories import people
from tests.factories.people import Official
from tests.factories.processes import small_world

registers.fill()


@dataclass
class Stage:
    """Who acts, and the ids of what they act on."""

    engine: Engine
    id: dict[str, UUID]
    officer: Official
    coordinator: Official
    chair: Official
    focal: dict[str, Official] = field(default_factory=dict)
    alternate: dict[str, Official] = field(default_factory=dict)


@pytest.fixture
def stage(engine: Engine) -> Stage:
    """Members Belize, Guatemala (with an alternate), Honduras and Mexico; Colombia observes; Guatemala chairs the
    steering group. Honduras has nobody to write to."""
    with system_unit(engine, Reason.REFERENCE) as session:
        world = small_world(session)
        track = world.government
        stage = Stage(
            engine,
            world.id,
            officer=people.officer(session, track),
            coordinator=people.coordinator(session, world.network),
            chair=people.chair(session, track, world.member["gt"], body=world.body["steering"]),
        )
        for key, participant in {**world.member, **world.observer}.items():
            if key != "hn":
                stage.focal[key] = people.focal_point(
                    session, track, participant, language="es" if key == "gt" else "en"
                )
        stage.alternate["gt"] = people.alternate(session, track, world.member["gt"])
    return stage
