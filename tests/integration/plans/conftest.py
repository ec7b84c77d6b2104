"""A world with a plan, for everything that is tested of plans."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import Engine

from secretariat.core.session import Reason, system_unit
from tests.factories.plans import PlanWorld, acting, plan, plan_world


@dataclass
class Planned:
    """The world and its adopted plan."""

    people: PlanWorld
    plan_id: UUID
    engine: Engine


@pytest.fixture
def planned(engine: Engine) -> Planned:
    """A process with members and an adopted plan that holds no commitment yet."""
    with system_unit(engine, Reason.REFERENCE) as session:
        world = plan_world(session)
    with acting(engine, world.officer) as session:
        made = plan(session, world)
        return Planned(world, made.id, engine)
