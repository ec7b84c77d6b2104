"""A world with a plan, and its pages, for everything that is tested of plans."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from config import Settings
from secretariat import registers
from secretariat.core.session import Reason, ViewerSession, system_unit
from secretariat.core.viewer import Hat
from secretariat.mail import links
from secretariat.plans import service
from secretariat.plans.models import Plan
from tests.factories import people
from tests.factories.plans import PlanWorld, acting, again, own, plan, plan_world, proposed
from tests.support import kept


@dataclass
class Planned:
    """The world and its adopted plan."""

    people: PlanWorld
    plan_id: UUID
    engine: Engine

    def the_plan(self, session: ViewerSession) -> Plan:
        return session.scalars(select(Plan).where(Plan.id == self.plan_id)).one()

    def propose(self, state: str = "gt", words: str = "Publish monthly figures", **more: Any) -> UUID:
        """A proposal to a state; its id."""
        with acting(self.engine, self.people.officer) as session:
            return proposed(session, self.people, self.the_plan(session), state, words, **more).id

    def own(self, state: str = "gt", words: str = "Publish monthly figures", **more: Any) -> UUID:
        """A state's own commitment; its id."""
        with acting(self.engine, self.people.focal[state]) as session:
            return own(session, self.people, self.the_plan(session), state, words, **more).id

    def report(self, key: UUID, state: str, status: Any, step: str = "", **more: Any) -> UUID:
        """What a state says of its commitment; the id of the update."""
        with acting(self.engine, self.people.focal[state]) as session:
            return service.report_progress(
                session, session.viewer, again(session, key), status, step, language="en", **more
            ).id


@pytest.fixture
def planned(engine: Engine) -> Planned:
    """A process with members and an adopted plan that holds no commitment yet."""
    registers.fill()  # as whoever starts the product does; a test of this fixture alone starts none
    return replace(kept.once("planned", engine, lambda: made_planned(engine)), engine=engine)


def made_planned(engine: Engine) -> Planned:
    with system_unit(engine, Reason.REFERENCE) as session:
        world = plan_world(session)
    with acting(engine, world.officer) as session:
        made = plan(session, world)
        return Planned(world, made.id, engine)


@dataclass
class Site:
    """The pages over a planned world; `client(who)` is signed in once and kept."""

    app: Flask
    settings: Settings
    planned: Planned
    clients: dict[UUID | None, FlaskClient] = field(default_factory=dict)

    def client(self, who: people.Official | None) -> FlaskClient:
        key = who.appointment if who else None
        if key not in self.clients:
            self.clients[key] = people.sign_in(self.app, who) if who else self.app.test_client()
        return self.clients[key]

    def page(self, who: people.Official | None, path: str) -> str:
        """The text of a page that opens."""
        answer = self.client(who).get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.get_data(as_text=True)

    def send(self, who: people.Official | None, path: str, **data: Any) -> Any:
        """Send the form of a page."""
        client = self.client(who)
        return client.post(path, data={**data, "csrf_token": people.token(client, path)})

    def link(self, who: Any, scope: str, subject: UUID | str) -> str:
        """The address behind a link from a mail."""
        with system_unit(self.planned.engine, Reason.MAIL) as system:
            made = links.issue(
                system,
                key=f"test:{scope}:{subject}:{who.person}",
                scope=scope,
                person=who.person,
                hat=Hat.parse(str(who.hat)),
                process=self.planned.people.id["process"],
                track=self.planned.people.id["government"],
                subjects=[UUID(str(subject))],
            )
        return f"/l/{links.token_of(self.settings.secret_key, made)}/{scope}"


@pytest.fixture
def site(app: Flask, settings: Settings, planned: Planned) -> Site:
    """The pages over the planned world."""
    return Site(app, settings, planned)
