"""The host's list: opened, filled by whom it concerns, seen to by the host's protocol officer, printed, erased."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from config import Settings
from secretariat.arrangements import queries, service
from secretariat.arrangements.models import HostedPerson, HostList
from secretariat.core import clock
from secretariat.core.session import Reason, system_unit
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import Appointment, RoleName
from secretariat.meetings import queries as meetings
from secretariat.meetings import service as meeting_service
from secretariat.meetings.models import Meeting
from secretariat.processes.models import Body, Track
from tests.factories import people
from tests.factories.meetings import acting, looking
from tests.factories.people import Official
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_delegations import link, meeting_of, named
from tests.support.sql import statements_sent

pytestmark = pytest.mark.usefixtures("app")


def list_of(stage: Stage, meeting: UUID) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        found = meetings.meeting_by_id(session, meeting)
        assert found is not None
        return service.open_list(session, found).id


def protocol(stage: Stage, key: UUID) -> Official:
    """The protocol officer of a list, with an account."""
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, stage.id["government"])
        return people.official(session, RoleName.PROTOCOL_OFFICER, track, Hat(HatKind.PROTOCOL, key))


def names_on(stage: Stage, key: UUID, reader: Official) -> list[str]:
    with looking(stage.engine, reader) as session:
        return [one.name for one in queries.persons_of(session, key)]


def hosted(stage: Stage, key: UUID, name: str) -> UUID:
    with looking(stage.engine, stage.officer) as session:
        return next(one.id for one in queries.persons_of(session, key) if one.name == name)


GIVEN = {
    "arrives_on": "2027-03-01", "arrival": "AV 612, 14:20", "hotel": "Hotel Central", "diet": "no pork",
    "access": "step-free way", "listens_in": "es",
}  # fmt: skip
SEEN = {**GIVEN, "badge": "delegation", "may_enter": "y", "seat": "Table 2"}
PRIVATE = ("Hotel Central", "no pork", "step-free way", "AV 612", "1,250")


def test_a_list_is_lived_from_the_first_name_to_its_erasing(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = meeting_of(stage)
    role = meeting_service.DelegateWords(name="x").role
    named(stage, meeting, "mx", "Ana Head", role=role, needs="A ramp at the door")
    officer = Desk(app, stage.officer)
    assert "Host" in officer.get(f"/meetings/{meeting}")
    address, _page = officer.send(f"/meetings/{meeting}/host-list", {})
    key = UUID(address.rpartition("/")[2])
    officer.send(
        f"/host-lists/{key}/protocol",
        {"name": "Pia Protocol", "email": "pia@host.example", "letter": "Note 7 of the host"},
    )
    with looking(stage.engine, stage.officer) as session:
        made = session.scalars(select(Appointment).where(Appointment.role == RoleName.PROTOCOL_OFFICER)).one()
        assert made.hat == f"protocol:{key}"
    # Whoever is named afterwards stands on the list by itself; who is kept off the list is not for the host.
    named(stage, meeting, "gt", "Luis Late")
    named(stage, meeting, "mx", "Unlisted One", is_unlisted=True)
    pia = protocol(stage, key)
    assert sorted(names_on(stage, key, pia)) == ["Ana Head", "Luis Late"]
    assert sorted(names_on(stage, key, stage.officer)) == ["Ana Head", "Luis Late", "Unlisted One"]
    assert sorted(names_on(stage, key, stage.focal["mx"])) == ["Ana Head", "Unlisted One"]
    assert names_on(stage, key, stage.chair) == ["Luis Late"]  # of its own government
    # The focal point says the rest by the link of its invitation.
    with looking(stage.engine, stage.focal["mx"]) as session:
        own = meetings.own_invitation(session, meeting, stage.id["mx"])
        assert own is not None
        token = link(stage, settings, stage.focal["mx"], own.id)
    linked = Desk(app)
    page = linked.get(f"/l/{token}/delegation")
    assert len(page) < 20_000
    assert f"/l/{token}/arrangements" in page
    ana = hosted(stage, key, "Ana Head")
    # What was said with the delegation is proposed to its own government; the host reads it once that says so.
    assert 'value="A ramp at the door"' in linked.get(f"/l/{token}/arrangements/{ana}")
    assert "A ramp at the door" in officer.get(f"/hosted-persons/{ana}")
    assert "A ramp at the door" not in Desk(app, pia).get(f"/hosted-persons/{ana}")
    linked.send(f"/l/{token}/arrangements/{ana}", GIVEN)
    assert "Hotel Central" in linked.get(f"/l/{token}/arrangements/{ana}")
    # Protocol sees to it, and is told what is wrong in a sentence.
    host = Desk(app, pia)
    wrong = host.wrong(f"/hosted-persons/{ana}", {**SEEN, "allowance": "1,250.50", "currency": "XQZ"})
    assert wrong == ["There is no currency with this code; give one of three letters, for example USD"]
    host.send(f"/hosted-persons/{ana}", {**SEEN, "allowance": "1,250.50", "currency": "usd"})
    shown = host.get(f"/host-lists/{key}")
    assert "USD 1,250.50" in shown
    assert "Erased" in shown or "erased on" in shown
    assert "Unlisted One" not in shown
    assert "provisional" not in shown
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        session.get_one(Body, session.get_one(Meeting, meeting).body_id).names_by_letter = True
    assert host.get(f"/host-lists/{key}").count("provisional until the letter has come") == 2
    # What is arranged reaches nobody else.
    for one in (stage.focal["gt"], stage.focal["co"], stage.chair, stage.coordinator):
        for path in (f"/host-lists/{key}", f"/hosted-persons/{ana}", f"/meetings/{meeting}/delegations", "/"):
            page = Desk(app, one).client.get(path).get_data(as_text=True)
            assert not [word for word in PRIVATE if word in page], path
    assert host.client.get(f"/meetings/{meeting}").status_code == 404
    _erased(stage, key, pia)


def _erased(stage: Stage, key: UUID, pia: Official) -> None:
    with looking(stage.engine, stage.officer) as session:
        ends_on = session.scalars(select(HostList.ends_on).where(HostList.id == key)).one()
    for after, left in ((59, 3), (60, 0), (61, 0)):
        with system_unit(stage.engine, Reason.ADMINISTRATION) as session:
            service.erase_what_is_over(session, ends_on + timedelta(days=after))
            assert len(session.scalars(select(HostedPerson)).all()) == left
    later = clock.now() + timedelta(days=200)
    with time_machine.travel(later), looking(stage.engine, pia) as session:
        assert session.scalars(select(HostList)).all() == []


def test_a_protocol_officer_opens_the_list_and_nothing_else(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    named(stage, meeting, "mx", "Ana Head")
    key = list_of(stage, meeting)
    host = Desk(app, protocol(stage, key))
    assert host.client.get("/").headers["Location"].endswith(f"/host-lists/{key}")
    opened = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments and rule.endpoint != "static"
        and host.client.get(rule.rule).status_code == 200
    }  # fmt: skip
    assert {one for one in opened if not one.startswith("/account/")} <= {"/jobs/", "/health"}
    for path in ("/processes/rcx/", f"/meetings/{meeting}", "/people/rcx/directory", f"/meetings/{meeting}/host-list"):
        host.get(path, 404)
    of_process = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("arrangements.") and "GET" in (rule.methods or ()) and rule.arguments == {"slug"}
        and host.client.get(rule.rule.replace("<slug>", "rcx")).status_code != 404
    }  # fmt: skip
    assert of_process == set()


def test_badges_plates_and_lists_are_printed(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    key = list_of(stage, meeting)
    for state, name in (("mx", "María José Núñez"), ("gt", "ليلى حسن"), ("gt", "Jo")):
        named(stage, meeting, state, name)
    host = Desk(app, protocol(stage, key))

    def text(paper: str) -> list[str]:
        pages = PdfReader(io.BytesIO(host.client.get(f"/host-lists/{key}/{paper}.pdf").data)).pages
        return [page.extract_text() for page in pages]

    cover, badges = text("badges")
    assert "Erased" in cover
    assert "María José Núñez" in badges
    assert "Copy of" in badges
    _cover, first, second = text("plates")
    assert "Guatemala" in first  # in the order of the list of delegations
    assert "María José Núñez" in second
    table = zipfile.ZipFile(io.BytesIO(host.client.get(f"/host-lists/{key}/list.xlsx").data))
    assert "ليلى حسن" in table.read("xl/sharedStrings.xml").decode()
    assert host.client.get(f"/host-lists/{key}/badges.docx").status_code == 404


def test_a_list_costs_the_same_for_one_and_for_many(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    key = list_of(stage, meeting)
    desk = Desk(app, stage.officer)

    def cost() -> int:
        desk.get(f"/host-lists/{key}")
        with statements_sent() as sent:
            desk.get(f"/host-lists/{key}")
        return len(sent)

    named(stage, meeting, "mx", "One")
    one = cost()
    for state, name in (("mx", "Two"), ("gt", "Three"), ("bz", "Four")):
        named(stage, meeting, state, name)
    assert cost() == one


def test_it_follows_the_meeting(stage: Stage) -> None:
    meeting = meeting_of(stage)
    key = list_of(stage, meeting)
    mine: Any = named(stage, meeting, "mx", "Ana Head")
    with acting(stage.engine, stage.focal["mx"]) as session:
        own = meetings.own_invitation(session, meeting, stage.id["mx"])
        assert own is not None
        delegate = next(one for one in own.delegates if one.id == mine)
        meeting_service.change_delegate(session, own, delegate, meeting_service.DelegateWords(name="Ana Renamed"))
    assert names_on(stage, key, stage.officer) == ["Ana Renamed"]
    with acting(stage.engine, stage.focal["mx"]) as session:
        own = meetings.own_invitation(session, meeting, stage.id["mx"])
        assert own is not None
        meeting_service.remove_delegate(session, own, own.delegates[0])
    assert names_on(stage, key, stage.officer) == []
