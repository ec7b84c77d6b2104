"""What is refused and cannot be a slip of the pen is 404, stores nothing, and is in the security log."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from secretariat.accounts.models import User
from secretariat.core import journal
from secretariat.core.labelling import relabel
from secretariat.core.models import SecurityEvent
from secretariat.core.refusals import require
from secretariat.core.session import Reason, system_unit
from secretariat.directory import service as directory
from secretariat.directory.models import Appointment, ContactNumber
from secretariat.processes import clauses
from tests.factories import people
from tests.factories.people import sign_in, token
from tests.factories.processes import small_world
from tests.integration.accounts.conftest import Town
from tests.integration.accounts.test_people import name_data

TOLD = ("signed in",)


def noted(town: Town) -> list[SecurityEvent]:
    with system_unit(town.engine, Reason.ADMINISTRATION, writes=False) as session:
        found = session.scalars(select(SecurityEvent).where(SecurityEvent.kind.not_in(TOLD)).order_by(SecurityEvent.id))
        events = list(found)
        session.expunge_all()
        return events


def test_an_id_that_is_not_theirs_and_one_that_does_not_exist_are_one_entry(town: Town) -> None:
    client = sign_in(town.app, town.observer)
    with system_unit(town.engine, Reason.REFERENCE) as session:
        elsewhere = small_world(session, "rcy")
        theirs = people.focal_point(session, elsewhere.government, elsewhere.member["gt"]).appointment
    for key in (theirs, uuid4()):
        assert client.get(f"/people/appointments/{key}").status_code == 404
    first, second = noted(town)
    assert (first.kind, first.user_id, first.detail) == (second.kind, second.user_id, second.detail)
    assert first.kind == "not there or not theirs"
    assert first.user_id == town.observer.user
    assert first.source == "127.0.0.1"
    assert first.detail == {"page": "people.show", "method": "GET"}
    assert str(theirs) not in str(first.detail), "no content, not even the id"


def test_a_slip_of_the_pen_by_who_is_not_signed_in_is_no_event_and_an_id_is_one(town: Town) -> None:
    client = town.app.test_client()
    for path in ("/nowhere", "/processes/rxc/", "/processes/rxc/particpants"):
        assert client.get(path).status_code == 404
    assert noted(town) == []
    assert client.get(f"/l/{'A' * 43}/update").status_code == 404
    assert [(one.kind, one.detail["reason"]) for one in noted(town)] == [("link refused", "forged")]


def test_an_id_sent_in_a_form_that_its_page_did_not_offer_is_as_one_in_an_address(town: Town) -> None:
    client = sign_in(town.app, town.officer)
    with system_unit(town.engine, Reason.REFERENCE) as session:
        elsewhere = small_world(session, "rcy")
        stranger = people.focal_point(session, elsewhere.government, elsewhere.observer["co"])
    del stranger
    for key in (town.world.id["house"], uuid4()):
        data = name_data(town, client, participant=str(key))
        assert client.post("/people/rcx/government/name", data=data).status_code == 404
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        assert session.scalar(select(User).where(User.email == "focal.point@belize.example")) is None
    assert {(one.kind, one.detail["page"], one.detail["field"]) for one in noted(town)} == {
        ("choice not offered", "appointments.name", "participant")
    }


def test_a_hat_of_somebody_else_and_one_that_does_not_exist_are_not_there(town: Town) -> None:
    client = sign_in(town.app, town.officer)
    for key in (town.world.id["gt"], uuid4()):
        data = {"hat": f"participant:{key}", "csrf_token": token(client, "/account/hat")}
        assert client.post("/account/hat", data=data).status_code == 404
    assert {(one.kind, one.detail["page"]) for one in noted(town)} == {("choice not offered", "accounts.choose_hat")}


@pytest.mark.parametrize("act", ["readers", "remove", "write-to"])
def test_a_number_one_reads_on_a_card_one_does_not_is_not_there(town: Town, act: str) -> None:
    client = sign_in(town.app, town.officer)
    with system_unit(town.engine, Reason.REFERENCE) as session:
        elsewhere = small_world(session, "rcy")
        theirs = people.focal_point(session, elsewhere.government, elsewhere.member["gt"])
        number = session.scalars(select(ContactNumber).where(ContactNumber.value == theirs.email)).one()
        relabel(session, number, [clauses.public(elsewhere.process)], why="by an act", widened=True)
        path = f"/people/numbers/{number.id}/{act}"
    assert client.post(path, data={"csrf_token": token(client, "/account/hat")}).status_code == 404
    assert [one.kind for one in noted(town)] == ["not there or not theirs"]


def test_what_a_service_does_not_allow_is_not_there_either(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a page let through: rights may end between the question and the act."""
    client = sign_in(town.app, town.officer)
    monkeypatch.setattr(directory, "take_number_away", lambda *_: require(False))
    with system_unit(town.engine, Reason.REFERENCE, writes=False) as session:
        key = session.scalars(select(ContactNumber.id).where(ContactNumber.value == town.officer.email)).one()
    data = {"csrf_token": token(client, "/account/hat")}
    assert client.post(f"/people/numbers/{key}/remove", data=data).status_code == 404
    assert [one.kind for one in noted(town)] == ["not there or not theirs"]


def test_a_word_that_was_not_offered_is_said_beside_the_field_and_noted(town: Town) -> None:
    client = sign_in(town.app, town.officer)
    data = name_data(town, client, role="administrator")
    assert client.post("/people/rcx/government/name", data=data).status_code == 422
    assert [one.kind for one in noted(town)] == ["choice not offered"]


def test_an_act_on_what_another_keeps_is_refused_noted_and_changes_nothing(town: Town) -> None:
    client = sign_in(town.app, town.coordinator)
    path = f"/people/appointments/{town.focal_point.appointment}/end"
    data = {"csrf_token": token(client, "/account/"), "until": "2026-01-01", "why": "x"}
    assert client.post(path, data=data).status_code == 404
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        assert session.get_one(Appointment, town.focal_point.appointment).until is None
    assert [(one.detail["page"], one.detail["method"]) for one in noted(town)] == [("appointments.end", "POST")]


def test_a_form_that_does_not_come_from_this_session_is_noted(town: Town) -> None:
    client = sign_in(town.app, town.officer)
    data = name_data(town, client, csrf_token="somebody else's")
    assert client.post("/people/rcx/government/name", data=data).status_code == 400
    assert [one.kind for one in noted(town)] == ["form not from here"]


@pytest.mark.parametrize("signed_in", [True, False])
def test_who_scans_fills_no_disk(town: Town, signed_in: bool) -> None:
    client = sign_in(town.app, town.observer) if signed_in else town.app.test_client()
    for _ in range(journal.MOST_NOTED + 15):
        path = f"/people/appointments/{uuid4()}" if signed_in else f"/l/{uuid4().hex}{'A' * 11}/update"
        assert client.get(path).status_code == 404
    events = noted(town)
    assert len(events) == journal.MOST_NOTED
    assert [one.detail.get("more", False) for one in events] == [False] * (journal.MOST_NOTED - 1) + [True]


def test_the_page_says_it_in_words(town: Town) -> None:
    client = sign_in(town.app, town.observer)
    client.get(f"/people/appointments/{uuid4()}")
    page = sign_in(town.app, town.administrator).get("/administration/security-log").get_data(as_text=True)
    assert "Something was asked for that is not there or not theirs" in page
    assert "asked of people.show" in page
    assert town.observer.email in page
