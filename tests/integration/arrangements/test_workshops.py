"""A workshop from its call to the question after half a year, and who reads what of it."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from config import Settings
from secretariat.arrangements import workshop_queries as queries
from secretariat.arrangements.service import workshops as service
from secretariat.arrangements.workshop_models import CapacityBuilt, SeatState, Workshop, WorkshopCall, WorkshopSeat
from secretariat.core import awaited, clock
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.mail import links
from tests.factories.meetings import acting, in_days, looking
from tests.factories.people import Official
from tests.integration.meetings.conftest import Desk, Stage

pytestmark = pytest.mark.usefixtures("app")


def awaited_of(stage: Stage, state: str) -> list[str]:
    with looking(stage.engine, stage.focal[state]) as session:
        found = awaited.awaited(session, clock.today(), participant=stage.id[state])
        return [one.kind for one in found if one.kind.startswith("workshop")]


def link_of(stage: Stage, settings: Settings, one: Official, subject: UUID) -> str:
    with system_unit(stage.engine, Reason.MAIL) as system:
        made = links.issue(
            system, key=f"test:{one.person}", scope="workshop", person=one.person, hat=one.hat, subjects=[subject],
            process=stage.id["process"], track=stage.id["government"],
        )  # fmt: skip
        return links.token_of(settings.secret_key, made)


def test_a_workshop_is_lived_from_the_call_to_what_could_be_used(app: Flask, stage: Stage, settings: Settings) -> None:
    officer = Desk(app, stage.officer)
    location, _page = officer.send(
        "/processes/rcx/workshops/new",
        {
            "title-en": "Reception of children", "starts_on": in_days(40).isoformat(),
            "ends_on": in_days(42).isoformat(), "places_each": "2", "nominate_by": in_days(20).isoformat(),
            "paid_by": "IOM",
        },
    )  # fmt: skip
    key = UUID(location.rpartition("/")[2])
    Desk(app, stage.focal["mx"]).get(f"/workshops/{key}", 404)  # being prepared
    with acting(stage.engine, stage.officer) as session:
        one = session.get_one(Workshop, key)
        with pytest.raises(NotAllowed):  # an observer could not read what it is asked
            service.call(session, one, [stage.id["mx"], stage.id["co"]])
    assert str(stage.id["co"]) not in officer.get(f"/workshops/{key}/call")
    officer.send(f"/workshops/{key}/call", {"chosen": [str(stage.id["mx"]), str(stage.id["gt"])]})
    assert awaited_of(stage, "mx") == ["workshop"]
    assert awaited_of(stage, "bz") == []
    with looking(stage.engine, stage.focal["mx"]) as session:
        called = session.scalars(select(WorkshopCall)).one()  # nobody reads another's
    token = link_of(stage, settings, stage.focal["mx"], called.id)
    linked = Desk(app)
    assert len(linked.get(f"/l/{token}/workshop")) < 20_000
    for name in ("Ana First", "Berta Second", "Carla Third"):
        linked.send(f"/l/{token}/workshop", {"name": name, "body": "Institute"})
    assert linked.wrong(f"/l/{token}/workshop", {"name": "ana  first"}) == ["This person is named already"]
    Desk(app, stage.focal["gt"]).send(f"/workshops/{key}/own", {"act": "regrets"})
    assert awaited_of(stage, "mx") == awaited_of(stage, "gt") == []
    officer.send(f"/workshops/{key}/resource-person", {"name": "Prof. Resource", "paid_by": "University"})
    other = Desk(app, stage.focal["bz"]).get(f"/workshops/{key}")
    assert "Ana First" not in other
    assert "Prof. Resource" not in other
    _chosen_and_held(app, stage, key, officer)
    _evaluated_and_used(app, stage, key, linked, token)


def _chosen_and_held(app: Flask, stage: Stage, key: UUID, officer: Desk) -> None:
    with looking(stage.engine, stage.officer) as session:
        seats = {one.name: str(one.id) for one in queries.seats_of(session, key)}
    officer.send(f"/workshops/{key}/choose", {"chosen": [seats["Ana First"], seats["Berta Second"]]})
    with looking(stage.engine, stage.focal["mx"]) as session:
        states = {one.name: one.state for one in queries.seats_of(session, key)}
    assert states["Carla Third"] is SeatState.RESERVE
    assert officer.wrong(f"/workshops/{key}/attendance", {"chosen": [seats["Ana First"]]}) == []
    with time_machine.travel(clock.now() + timedelta(days=43)):
        desk = Desk(app, stage.officer)
        came = [seats[name] for name in ("Ana First", "Berta Second", "Carla Third")]
        desk.send(f"/workshops/{key}/attendance", {"chosen": came})
        paper = desk.client.get(f"/workshop-seats/{seats['Ana First']}/certificate.pdf").data
        assert "Ana First" in PdfReader(io.BytesIO(paper)).pages[0].extract_text()


def _evaluated_and_used(app: Flask, stage: Stage, key: UUID, linked: Desk, token: str) -> None:
    path = f"/l/{token}/workshop"
    marked = {"useful": "5", "taught": "4", "organized": "3"}
    with time_machine.travel(clock.now() + timedelta(days=44)):
        for _number in range(2):
            linked.send(path, marked)
        assert "Evaluation" not in Desk(app, stage.focal["bz"]).get(f"/workshops/{key}")  # of two, nothing is told
        linked.send(path, {**marked, "remark": "More time for cases"})
        page = Desk(app, stage.focal["bz"]).get(f"/workshops/{key}")
        assert "5.0" in page
        assert "More time for cases" in page
        with acting(stage.engine, stage.focal["mx"]) as session:
            called = session.scalars(select(WorkshopCall)).one()
            with pytest.raises(Refused, match="As many papers"):
                service.evaluate(session, called, (5, 5, 5), "")
    with time_machine.travel(clock.now() + timedelta(days=42 + 183)):
        assert awaited_of(stage, "mx") == ["workshop_use"]
        desk = Desk(app, stage.focal["mx"])
        desk.send(f"/workshops/{key}/own", {"words": "Our shelters keep families together now"})
        assert awaited_of(stage, "mx") == []
        assert "keep families together" in Desk(app, stage.focal["bz"]).get(f"/workshops/{key}")
        with looking(stage.engine, stage.focal["co"]) as session:  # an observer: the workshop is the members'
            for kind in (Workshop, WorkshopSeat, CapacityBuilt):
                assert session.scalars(select(kind)).all() == []
        with looking(stage.engine, stage.officer) as session:
            began, ends = clock.now() - timedelta(days=1), clock.now() + timedelta(days=1)
            built = queries.built_between(session, stage.id["process"], stage.id["government"], began, ends)
            assert [(one.participant_id, str(one.words.texts["en"])) for one in built] == [
                (stage.id["mx"], "Our shelters keep families together now")
            ]
    with system_unit(stage.engine, Reason.ADMINISTRATION) as session:
        assert service.forget_people(session, in_days(42 + 729)) == 0
        assert service.forget_people(session, in_days(42 + 730)) == 4
        assert service.forget_people(session, in_days(42 + 731)) == 0
