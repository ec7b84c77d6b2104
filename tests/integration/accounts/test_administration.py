"""What administrators do, and what they cannot."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select

from secretariat.accounts.models import User
from secretariat.core import audit
from secretariat.core.models import AuditContent
from secretariat.core.session import Reason, reading_as, system_unit
from secretariat.directory.models import Appointment, RoleName
from secretariat.directory.viewers import viewer
from secretariat.processes.models import Process
from tests.factories.people import sign_in, token
from tests.factories.processes import process_with_tracks
from tests.integration.accounts.conftest import Town

PAGES = ("accounts", "first-officers", "security-log", "settings")


@pytest.mark.parametrize("who", ["focal_point", "officer", "coordinator"])
def test_administration_is_for_administrators(town: Town, who: str) -> None:
    client = sign_in(town.app, getattr(town, who))
    for page in (*PAGES, f"accounts/{town.focal_point.user}"):
        assert client.get(f"/administration/{page}").status_code == 404
    act = f"/administration/accounts/{town.focal_point.user}/suspend"
    assert client.post(act, data={"csrf_token": token(client, "/account/")}).status_code == 404


def test_an_administrator_sees_the_pages_and_nothing_above_public(town: Town) -> None:
    client = sign_in(town.app, town.administrator)
    for page in (*PAGES, f"accounts/{town.focal_point.user}"):
        assert client.get(f"/administration/{page}").status_code == 200
    assert client.get("/people/rcx").status_code == 404
    with reading_as(town.engine, viewer(town.engine, town.administrator.person, town.administrator.hat)) as session:
        assert session.scalars(select(Process)).all() == []


def test_secrets_are_not_among_the_settings(town: Town) -> None:
    page = sign_in(town.app, town.administrator).get("/administration/settings").get_data(as_text=True)
    settings = town.app.extensions["settings"]
    assert "BASE_URL" in page
    for secret in (settings.secret_key, settings.database_url):
        assert secret not in page


def test_suspending_ends_sessions_and_readmitting_lets_in_again(town: Town) -> None:
    client, official = sign_in(town.app, town.administrator), sign_in(town.app, town.focal_point)
    path = f"/administration/accounts/{town.focal_point.user}"
    assert client.post(f"{path}/suspend", data={"csrf_token": token(client, path)}).status_code == 303
    assert official.get("/people/rcx").status_code == 302
    assert client.post(f"{path}/readmit", data={"csrf_token": token(client, path)}).status_code == 303
    sign_in(town.app, town.focal_point)
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        assert audit.chain_holds(session, "installation")


def test_no_administrator_suspends_himself(town: Town) -> None:
    client = sign_in(town.app, town.administrator)
    path = f"/administration/accounts/{town.administrator.user}"
    assert client.post(f"{path}/suspend", data={"csrf_token": token(client, path)}).status_code == 404
    assert client.get("/administration/accounts").status_code == 200


def test_what_administrators_did_is_read_by_administrators_alone(town: Town) -> None:
    client = sign_in(town.app, town.administrator)
    path = f"/administration/accounts/{town.focal_point.user}"
    client.post(f"{path}/suspend", data={"csrf_token": token(client, path)})
    read = {}
    for who in ("administrator", "officer", "observer"):
        one = getattr(town, who)
        with reading_as(town.engine, viewer(town.engine, one.person, one.hat)) as session:
            read[who] = [entry.content for entry in session.scalars(select(AuditContent))]
    assert read == {"administrator": [{"user": str(town.focal_point.user)}], "officer": [], "observer": []}


# --- the first officer ----------------------------------------------------------------------------------------


def first(town: Town, **more: Any) -> tuple[Any, Any]:
    """An administrator names the first officer of a process nobody keeps."""
    with system_unit(town.engine, Reason.REFERENCE) as session:
        _process, government, _network = process_with_tracks(session, "rcz")
        track = str(government.id)
    client = sign_in(town.app, town.administrator)
    path = "/administration/first-officers"
    data = {
        "csrf_token": token(client, path),
        "track": track,
        "name": "First officer",
        "email": "first.officer@rcz.example",
        "letter": "Decision of the members of 3 March",
    }
    return client, client.post(path, data=data | more)


def test_an_administrator_names_the_first_officer_and_none_after(town: Town) -> None:
    client, answer = first(town)
    assert answer.status_code == 303
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        user = session.scalars(select(User).where(User.email == "first.officer@rcz.example")).one()
        held = session.scalars(select(Appointment).where(Appointment.person_id == user.person_id)).one()
        assert (held.role, held.letter) == (RoleName.OFFICER, "Decision of the members of 3 March")
        track = str(held.track_id)
    page = client.get("/administration/first-officers").get_data(as_text=True)
    assert "RCZ, civil society" in page
    assert "RCZ, governments" not in page
    again = {
        "csrf_token": token(client, "/administration/first-officers"),
        "track": track,
        "name": "Second",
        "email": "second@rcz.example",
        "letter": "Note 2",
    }
    assert client.post("/administration/first-officers", data=again).status_code == 404


def test_an_administrator_cannot_name_himself(town: Town) -> None:
    _client, answer = first(town, email=town.administrator.email)
    assert answer.status_code == 422
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        held = session.scalars(select(Appointment).where(Appointment.person_id == town.administrator.person)).all()
        assert [one.role for one in held] == [RoleName.ADMINISTRATOR]


def test_a_track_that_is_kept_is_not_for_an_administrator_to_fill(town: Town) -> None:
    _client, answer = first(town, track=str(town.world.id["government"]))
    assert answer.status_code == 404


def test_the_command_line_makes_an_administrator_with_a_link_that_opens_once(town: Town) -> None:
    result = town.app.test_cli_runner().invoke(args=["accounts", "administrator", "Keeper@example.org"])
    assert result.exit_code == 0, result.output
    found = re.search(r"http://[^/]+(/l/\S+)", result.output)
    assert found
    client, path = town.app.test_client(), found[1]
    data = {"password": "harbour pencil winterly fox", "csrf_token": token(client, path)}
    assert client.post(path, data=data).status_code == 303
    assert client.get("/administration/accounts").status_code == 200
    assert town.app.test_client().get(path).status_code == 404
    refused = town.app.test_cli_runner().invoke(args=["accounts", "administrator", "no address"])
    assert refused.exit_code == 2
