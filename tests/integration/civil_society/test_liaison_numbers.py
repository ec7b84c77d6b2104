"""A network knows its liaison officers: all of it name and ministry, its coordination their numbers, and no more of it
unless they agree."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.directory import cards, liaison, service
from secretariat.directory.models import Appointment, ContactCard
from tests.factories.meetings import acting
from tests.integration.civil_society.conftest import Network
from tests.integration.meetings.conftest import Desk, Stage
from tests.support.sql import statements_sent

WITH_NAME, CONFIDED, MINISTRY = "+502 2444 5010", "+502 5444 5020", "Ministry of Bridges and Doors"


def test_numbers_of_a_liaison_officer_go_to_the_coordination_alone_unless_the_officer_agrees(
    app: Flask, stage: Stage, network: Network
) -> None:
    officer = network.liaison["gt"]
    with acting(stage.engine, officer) as session:
        card = session.scalars(select(ContactCard).where(ContactCard.person_id == officer.person)).one()
        shown = service.add_number(session, card, "telephone", WITH_NAME, cards.SharedWith.DIRECTORY).id
        kept = service.add_number(session, card, "mobile", CONFIDED, cards.SharedWith.SECRETARIAT).id
        service.change_card(
            session, card, name="Ana Puerta", function=None, ministry=LocalText.of(MINISTRY), languages=["es"],
            zone="", address_as={},
        )  # fmt: skip
    coordinator, house, own = (Desk(app, one) for one in (stage.coordinator, network.house, officer))

    def on_every_form(desk: Desk) -> dict[str, tuple[bool, bool, bool]]:
        """Whether ministry, number and confided number stand on page, in file and on paper."""
        told = {form: desk.get(f"/people/rcx{form}") for form in ("", "/contacts.csv", "/contacts.vcf")}
        assert desk.client.get("/people/rcx/contact-list.docx").status_code == 200
        return {form: (MINISTRY in said, _in(WITH_NAME, said), _in(CONFIDED, said)) for form, said in told.items()}

    assert set(on_every_form(coordinator).values()) == {(True, True, False)}
    assert set(on_every_form(house).values()) == {(True, False, False)}
    assert "Children" in house.get("/people/rcx")
    for member in (stage.focal["mx"], stage.officer):
        assert Desk(app, member).get("/people/rcx").count(MINISTRY) == 1
    assert Desk(app, officer).get("/people/rcx").count(MINISTRY) == 1
    assert MINISTRY not in Desk(app, stage.focal["co"]).get("/people/rcx")

    assert "The network’s organizations too" in own.get("/people/own")
    assert "The network’s organizations too" not in Desk(app, stage.focal["gt"]).get("/people/own")
    own.send(
        f"/people/numbers/{shown}/readers", {"shared_with": "directory", "beyond": "network"}, form_at="/people/own"
    )
    _chosen(own, kept, "secretariat", "coordination")
    assert set(on_every_form(coordinator).values()) == {(True, True, True)}
    assert set(on_every_form(house).values()) == {(True, True, False)}
    assert not _in(CONFIDED, Desk(app, stage.focal["mx"]).get("/people/rcx"))
    own.send(
        f"/people/numbers/{shown}/readers", {"shared_with": "directory", "beyond": "nobody"}, form_at="/people/own"
    )
    assert {one[1] for one in on_every_form(coordinator).values()} == {False}

    with acting(stage.engine, stage.officer) as session:
        appointment = session.get_one(Appointment, officer.appointment)
        service.end_appointment(session, appointment, on=clock.today(), why="Note 4/2026")
    assert MINISTRY not in coordinator.get("/people/rcx")


def _chosen(own: Desk, number: UUID, shared_with: str, beyond: str) -> None:
    typed = {"shared_with": shared_with, "beyond": beyond}
    own.send(f"/people/numbers/{number}/readers", typed, form_at="/people/own")


def _in(number: str, said: str) -> bool:
    return number in said or number.replace(" ", "") in said


def test_what_begins_and_ends_on_a_day_to_come_is_followed_each_day_in_constant_statements(
    app: Flask, stage: Stage, network: Network
) -> None:
    desk = Desk(app, network.house)
    assert "Liaison officer" not in desk.get("/people/rcx")
    _day_passes(stage)
    assert desk.get("/people/rcx").count('scope="row">Liaison officer') == 2
    with statements_sent() as two:
        desk.get("/people/rcx")
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        session.get_one(Appointment, network.liaison["mx"].appointment).until = clock.today() + timedelta(days=1)
    _day_passes(stage)
    assert desk.get("/people/rcx").count('scope="row">Liaison officer') == 2
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        session.get_one(Appointment, network.liaison["mx"].appointment).until = clock.today()
    _day_passes(stage)
    assert desk.get("/people/rcx").count('scope="row">Liaison officer') == 1
    with statements_sent() as one:
        desk.get("/people/rcx")
    assert len(one) == len(two)


def _day_passes(stage: Stage) -> None:
    with system_unit(stage.engine, Reason.ADMINISTRATION) as session:
        liaison.follow_all(session)
