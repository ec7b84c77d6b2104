"""A process is begun on a page, without a file; its first officer does all else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from secretariat.accounts.models import User
from secretariat.core import audit
from secretariat.core import clock as now
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import Appointment, RoleName
from secretariat.processes.models import Process, TrackKind
from tests.factories.people import Official, sign_in, token
from tests.integration.accounts.conftest import Town

PATH = "/administration/new-process"
OFFICER = "first.officer@dialogue.example"


def given(client: FlaskClient, **more: Any) -> dict[str, Any]:
    return {
        "csrf_token": token(client, PATH), "slug": "blue-dialogue", "acronym": "BD", "languages": ["en", "es"],
        "process_name-en": "Blue Dialogue", "process_name-es": "Diálogo Azul", "zone": "America/Panama",
        "source": "Declaration of Panama, 2026", "network-en": "Network for the Blue Dialogue",
        "name": "First officer", "email": OFFICER, "letter": "Note 3/2026 of the Chair",
    } | more  # fmt: skip


def founded(town: Town, **more: Any) -> tuple[FlaskClient, Official]:
    """The process begun, and its officer with the invitation taken up."""
    client = sign_in(town.app, town.administrator)
    answer = client.post(PATH, data=given(client, **more))
    assert answer.status_code == 303, answer.text
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        user = session.scalars(select(User).where(User.email == OFFICER)).one()
        like = session.get_one(User, town.officer.user)
        user.password_hash, user.activated_at = like.password_hash, now.now()
        held = session.scalars(select(Appointment).where(Appointment.person_id == user.person_id)).one()
        assert held.role is RoleName.OFFICER
        return client, Official(user.person_id, user.id, OFFICER, held.acts_as, held.id)


def test_a_process_is_founded_and_its_administrator_reads_nothing_of_it(town: Town) -> None:
    client, officer = founded(town)
    for path in ("/processes/blue-dialogue/", "/people/blue-dialogue"):
        assert client.get(path).status_code == 404
    page = sign_in(town.app, officer).get("/processes/blue-dialogue/").text
    for words in ("Blue Dialogue", "Declaration of Panama, 2026", "Add a participant", "Network for the Blue Dialogue"):
        assert words in page
    assert town.app.test_client().get("/processes/blue-dialogue/").status_code == 404, "no public page yet"
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        process = session.scalars(select(Process).where(Process.slug == "blue-dialogue")).one()
        assert [one.kind for one in process.tracks] == [TrackKind.GOVERNMENT, TrackKind.CIVIL_SOCIETY]
        assert audit.chain_holds(session, "blue-dialogue/government")
        assert audit.chain_holds(session, "installation")


def test_its_officer_does_all_else_on_its_pages(town: Town) -> None:
    _administrator, officer = founded(town)
    client = sign_in(town.app, officer)
    today = now.today().isoformat()

    def send(path: str, **fields: Any) -> str:
        page = client.get(path)
        assert page.status_code == 200, path
        hidden = dict(re.findall(r'name="(csrf_token|nonce|version)"[^>]*value="([^"]*)"', page.text))
        answer = client.post(path, data={**hidden, **fields})
        assert answer.status_code == 303, (path, re.findall(r'class="why"[^>]*>([^<]*)', answer.text))
        return str(answer.location)

    base = "/processes/blue-dialogue"
    for state, iso in (("gt", "GT"), ("mx", "MX")):
        del iso
        send(f"{base}/participants/new", participant=str(town.world.id[state]), standing="member", since=today,
             decision="BD/1")  # fmt: skip
    send(f"{base}/participants/new", new_name="Ocean Fund", new_kind="donor", standing="observer", since=today,
         decision="BD/1")  # fmt: skip
    send(f"{base}/bodies/new", **{"name-en": "Officials"}, kind="working-group", since=today, membership="process")
    send(f"{base}/chair/new", participant=str(town.world.id["gt"]), role="chair", since=today)
    send(f"{base}/texts/goals", **{"body-en": "Speak with each other"})
    send("/people/blue-dialogue/government/name", role="focal_point", participant=str(town.world.id["gt"]),
         name="Focal point", email="fp@gt.example", letter="Note 1")  # fmt: skip
    page = client.get(f"{base}/").text
    for words in ("Guatemala", "Mexico", "Ocean Fund", "Officials", "Speak with each other"):
        assert words in page


def test_a_process_is_given_a_network_later_and_whoever_enters_it_reads_nothing_there(town: Town) -> None:
    administrator, officer = founded(town, **{"network-en": ""})
    client, base = sign_in(town.app, officer), "/processes/blue-dialogue"

    def send(by: FlaskClient, path: str, **fields: Any) -> Any:
        hidden = dict(re.findall(r'name="(csrf_token|nonce|version)"[^>]*value="([^"]*)"', by.get(path).text))
        return by.post(path, data={**hidden, **fields})

    at, named = f"{base}/networks/new", {"network-en": "Blue Network", "decision": "BD/3, paragraph 2"}
    assert at in client.get(f"{base}/").text
    assert sign_in(town.app, town.officer).get(at).status_code == 404
    assert "Name the decision of the members" in send(client, at, **{"network-en": "Blue Network"}).text
    answer = send(client, at, **named)
    assert answer.location == f"{base}/civil-society/engagement"
    assert send(client, answer.location, **{"words-en": "Be brief.", "answer_days": "30"}).status_code == 303
    assert "has this name already" in send(client, at, **named).text
    assert send(client, at, **(named | {"network-en": "Blue Business Council"})).location.endswith("2/engagement")
    page = client.get(f"{base}/").text
    for words in ("Blue Network", "Blue Business Council", "Be brief."):
        assert words in page
    first = "/administration/first-officers"
    choices = re.findall(r'value="([^"]+)">(BD[^<]*)<', administrator.get(first).text)
    assert [words for _key, words in choices] == ["BD, civil society", "BD (2), civil society"]
    told = {"name": "Coordinator", "email": "coordinator@blue.example", "letter": "Letter of the Assembly"}
    assert send(administrator, first, track=choices[0][0], **told).status_code == 303
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        process = session.scalars(select(Process).where(Process.slug == "blue-dialogue")).one()
        assert [one.position for one in process.tracks] == [1, 2, 3]
        held = session.scalars(select(Appointment).where(Appointment.track_id == process.tracks[1].id)).one()
        assert held.role is RoleName.COORDINATOR
        assert audit.chain_holds(session, "blue-dialogue/government")
        assert audit.chain_holds(session, "installation")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("slug", "Blue Dialogue", "small letters"),
        ("slug", "own", "small letters"),
        ("slug", "rcx", "has this address already"),
        ("process_name-en", "", "Write the name of the process"),
        ("languages", [], "Choose at least one language"),
        ("source", "", "Name the text it rests on"),
        ("letter", "", "Name the letter"),
        ("email", "nobody", "Give an address as in mail"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_founded(town: Town, field: str, value: Any, said: str) -> None:
    client = sign_in(town.app, town.administrator)
    more: dict[str, Any] = {field: value}
    if field == "process_name-en":
        more["process_name-es"] = ""
    answer = client.post(PATH, data=given(client, **more))
    assert answer.status_code == 422
    assert said in answer.text
    assert _slugs(town) == ["rcx"]


def test_no_administrator_founds_a_process_to_keep_it(town: Town) -> None:
    client = sign_in(town.app, town.administrator)
    answer = client.post(PATH, data=given(client, email=town.administrator.email))
    assert answer.status_code == 422
    assert "names somebody else" in answer.text or "name somebody else" in answer.text
    assert _slugs(town) == ["rcx"], "a process without an officer is not begun"


@pytest.mark.parametrize("who", ["officer", "focal_point", "coordinator"])
def test_only_an_administrator_founds_a_process(town: Town, who: str) -> None:
    client = sign_in(town.app, getattr(town, who))
    assert client.get(PATH).status_code == 404
    data = {"csrf_token": token(client, "/account/"), "slug": "blue-dialogue"}
    assert client.post(PATH, data=data).status_code == 404


def _slugs(town: Town) -> list[str]:
    with system_unit(town.engine, Reason.ADMINISTRATION, writes=False) as session:
        return list(session.scalars(select(Process.slug)))
