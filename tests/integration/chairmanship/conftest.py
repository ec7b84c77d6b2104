"""A process whose chair has things to do: the world of plans, in which Guatemala chairs the process itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.meetings import service as meetings
from secretariat.meetings.models import Adoption
from secretariat.processes.models import Participant, Track
from tests.factories import people
from tests.factories.meetings import acting, again, invited, outcome, scheduled
from tests.factories.people import Official
from tests.factories.processes import chair_term
from tests.integration.meetings.conftest import Desk
from tests.support.plans import Planned, planned

__all__ = ["Chaired", "Desk", "chaired", "planned"]

NOW = datetime(2027, 6, 1, 15, tzinfo=UTC)
ENDS = date(2027, 7, 1)


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[time_machine.Traveller]:
    """The first of June, in the morning of Panama; the chair's term ends in a month."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@dataclass
class Chaired:
    """The world, and who chairs it."""

    app: Flask
    planned: Planned
    chair: Official

    @property
    def engine(self) -> Any:
        return self.planned.engine

    @property
    def id(self) -> dict[str, UUID]:
        return self.planned.people.id

    @property
    def officer(self) -> Official:
        return self.planned.people.officer

    @property
    def focal(self) -> dict[str, Official]:
        return self.planned.people.focal

    def desk(self, one: Official | None) -> Desk:
        return Desk(self.app, one)

    def meeting(self, **more: Any) -> UUID:
        """A meeting that is announced, with all members invited."""
        with acting(self.engine, self.officer) as session:
            made = scheduled(session, **more)
            invited(session, made)
            return made.id

    def held(self, days_ago: int, **more: Any) -> UUID:
        """A meeting that took place some days ago."""
        first = NOW.date() - timedelta(days=days_ago)
        with acting(self.engine, self.officer) as session:
            made = scheduled(session, announce=False, starts_on=first, ends_on=first, **more)
            meetings.enter_as_held(session, made)
            return made.id

    def outcome(self, meeting: UUID, text: str, *, confirmed: bool = False) -> UUID:
        """A draft that waits for the chair, or what the chair has confirmed."""
        with acting(self.engine, self.officer) as session:
            made = outcome(session, again(session, meeting), text)
            if confirmed:
                how = meetings.Confirmation(adoption=Adoption.CONSENSUS, word="In the room")
                meetings.confirm_outcome(session, again(session, meeting), made, how)
            return made.id

    def item(self, meeting: UUID, state: str, title: str) -> None:
        """An item that a state proposes to those who decide."""
        with acting(self.engine, self.focal[state]) as session:
            meetings.propose_item(session, again(session, meeting), meetings.ProposedItem(title=LocalText.of(title)))


@pytest.fixture
def chaired(app: Flask, planned: Planned) -> Chaired:
    with system_unit(planned.engine, Reason.REFERENCE) as session:
        track = session.scalars(select(Track).where(Track.id == planned.people.id["government"])).one()
        state = session.get_one(Participant, planned.people.id["gt"])
        track.process.zone = "America/Panama"
        theme = LocalText.of("Safe return")
        chair_term(session, track, state, since="2026-07-01", until=ENDS.isoformat(), theme=theme)
        chair = people.chair(session, track, state)
    return Chaired(app, planned, chair)
