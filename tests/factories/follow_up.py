"""A plan with a commitment that is due soon, on a working day at noon, and what it takes to move on from there.

with on(NOON):
    due = due_world(engine)
    service.scan(engine)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import time_machine
from sqlalchemy import Engine, select

from secretariat.core import clock
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import ContactCard
from secretariat.follow_up.service import Recipient
from secretariat.plans.models import Plan
from tests.factories import plans
from tests.factories.plans import PlanWorld

NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)
"""A Wednesday."""


@contextmanager
def on(moment: datetime) -> Iterator[None]:
    """The whole process at another time, which goes on from there."""
    with time_machine.travel(moment, tick=True):
        yield


@dataclass
class DueWorld:
    """`commitment` is Guatemala's, due in ten days; nothing else is due."""

    plans: PlanWorld
    plan: UUID
    commitment: UUID

    def recipient(self, state: str = "gt") -> Recipient:
        """The focal point of a state, as follow-up knows it."""
        who = self.plans.focal[state]
        return Recipient(who.person, who.hat, self.plans.id["process"], self.plans.id["government"])


def due_world(engine: Engine, **fields: Any) -> DueWorld:
    """A small world of plans in which one commitment was made sixty days ago and is due in ten."""
    with on(clock.now() - timedelta(days=60)):
        with system_unit(engine, Reason.REFERENCE) as session:
            world = plans.plan_world(session)
        with plans.acting(engine, world.officer) as session:
            plan = plans.plan(session, world).id
        due = clock.today() + timedelta(days=70)
        made = commitment(engine, world, plan, "gt", due_on=due, **fields)
    return DueWorld(world, plan, made)


def commitment(engine: Engine, world: PlanWorld, plan: UUID, state: str, **fields: Any) -> UUID:
    """A commitment a state made itself."""
    with plans.acting(engine, world.focal[state]) as session:
        found = session.scalars(select(Plan).where(Plan.id == plan)).one()
        return plans.own(session, world, found, state, **fields).id


def card(engine: Engine, person: UUID, **fields: Any) -> None:
    """Change the contact card of a person (`languages`, `zone`, `address_as`)."""
    with system_unit(engine, Reason.REFERENCE) as session:
        found = session.scalars(select(ContactCard).where(ContactCard.person_id == person)).one()
        for name, value in fields.items():
            setattr(found, name, value)
