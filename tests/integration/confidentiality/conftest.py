"""A plan with a commitment, a meeting with an item, and those who may do something with their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from werkzeug.datastructures import MultiDict

from secretariat import registers
from secretariat.confidentiality import choices, decided
from secretariat.confidentiality.choices import Offered
from secretariat.confidentiality.service.record import Subject, subject
from secretariat.core import clock, kinds
from secretariat.core.labels import Clause
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, ViewerSession, system_unit
from secretariat.meetings import service as meetings
from secretariat.meetings.service import ItemWords
from secretariat.models import every_model
from secretariat.plans.models import Plan
from tests.factories import meetings as made_meetings
from tests.factories import people, plans
from tests.factories.meetings import acting, looking
from tests.factories.people import Official
from tests.factories.plans import PlanWorld
from tests.support.plans import planned, site

__all__ = ["planned", "site"]

every_model()
registers.fill()


@dataclass
class Stage:
    """Who acts, and what they act on: `commitment` is Guatemala's, `item` stands on the agenda of `meeting`."""

    engine: Engine
    world: PlanWorld
    of: dict[str, tuple[str, UUID]]

    def who(self, name: str) -> Official | None:
        people_: dict[str, Any] = {
            "officer": self.world.officer,
            "coordinator": self.world.coordinator,
            "chair": self.world.chair,
            "administrator": self.world.administrator,
            "nobody": None,
        }
        return people_[name] if name in people_ else self.world.focal[name]

    @contextmanager
    def acts(self, name: str) -> Iterator[ViewerSession]:
        one = self.who(name)
        assert one is not None
        with acting(self.engine, one) as session:
            yield session

    def reads(self, name: str, what: str) -> bool:
        kind, key = self.of[what]
        found = kinds.by_name(kind)
        assert found is not None
        with looking(self.engine, self.who(name)) as session:
            return session.scalar(select(found.model.id).where(found.model.id == key)) is not None

    def readers(self, what: str) -> set[str]:
        """Who of all reads it, by asking with the eyes of each."""
        every = ["officer", "coordinator", "chair", "administrator", "nobody", *self.world.focal]
        return {name for name in every if self.reads(name, what)}

    def subject(self, session: ViewerSession, what: str) -> Subject:
        kind, key = self.of[what]
        found = decided.thing_by_hand(session, kind, key)
        assert found is not None
        return subject(session, *found)

    def offered(self, session: ViewerSession, of: Subject) -> Offered:
        bodies = decided.open_bodies(session, of.place, clock.today())
        place = choices.Place(of.place.process, of.place.track, bodies)
        return choices.offered(session, place, clock.today())

    def label(self, session: ViewerSession, of: Subject, key: str, *named: str) -> frozenset[Clause]:
        return self.offered(session, of).clauses(key, named)

    def path(self, what: str) -> str:
        kind, key = self.of[what]
        return f"/readers/{kind}/{key}/label"


@pytest.fixture
def stage(engine: Engine) -> Stage:
    with system_unit(engine, Reason.REFERENCE) as session:
        world = plans.plan_world(session)
        world.focal["gt2"] = people.alternate(session, world.world.government, world.world.member["gt"])
    of: dict[str, tuple[str, UUID]] = {}
    with acting(engine, world.officer) as session:
        plan = plans.plan(session, world)
        of["plan"] = "plans", plan.id
        meeting = made_meetings.scheduled(session, body="Steering Group")
        of["meeting"] = "meetings", meeting.id
        words = ItemWords(title=LocalText.of("Border figures"))
        of["item"] = "agenda_items", meetings.add_item(session, meeting, words).id
        of["outcome"] = "outcomes", made_meetings.outcome(session, meeting, "Exchange figures every month").id
    with acting(engine, world.focal["gt"]) as session:
        plan = session.scalars(select(Plan).where(Plan.id == of["plan"][1])).one()
        of["commitment"] = "commitments", plans.own(session, world, plan, "gt").id
    return Stage(engine, world, of)


class Desk:
    """A browser of one person that looks before it changes, as people do."""

    def __init__(self, app: Flask, one: Official | None) -> None:
        self.client = people.sign_in(app, one) if one else app.test_client()

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return answer.get_data(as_text=True)

    def post(self, path: str, typed: dict[str, Any], *, form: str) -> tuple[int, str, str]:
        """Send with what the form of this page carries unseen; status, where it leads, and the page."""
        unseen = {
            name: found[0]
            for name in ("csrf_token", "nonce", "version", "seen")
            if (found := re.findall(rf'name="{name}"[^>]*value="([^"]*)"', form))
        }
        answer = self.client.post(path, data=MultiDict({**unseen, **typed}))
        return answer.status_code, answer.location or "", answer.get_data(as_text=True)

    def look(self, path: str, typed: dict[str, Any]) -> str:
        status, _location, page = self.post(path, {**typed, "act": "look"}, form=self.get(path))
        assert status == 200, (path, status)
        return page

    def change(self, path: str, typed: dict[str, Any], status: int = 303) -> str:
        """Look, then say it; the page that answers."""
        found, location, page = self.post(path, typed, form=self.look(path, typed))
        assert found == status, (path, found, re.findall(r'class="(?:why|errors)".*?</(?:p|div)>', page, re.S))
        return self.get(location) if location else page
