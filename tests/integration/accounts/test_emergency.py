"""Emergency access: two persons, a reason, some hours, reading alone, told at once, and what was opened on record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from sqlalchemy import select

from secretariat.core import audit
from secretariat.core import clock as now
from secretariat.core.labelling import attach
from secretariat.core.localtext import LocalText
from secretariat.core.models import AuditContent, AuditEntry, SecurityEvent
from secretariat.core.session import Reason, system_unit
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import Appointment, EmergencyAccess, EmergencyOpening
from secretariat.emergency import service
from secretariat.mail import delivery
from secretariat.mail.models import OutboxMessage
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.processes.clauses import members_of, named, participant, secretariat
from secretariat.processes.models import Process, Track
from tests.factories import people
from tests.factories.people import Official, sign_in, token
from tests.integration.accounts.conftest import Town
from tests.support.relay import ScriptedRelay

PATH = "/emergency-access/"
WHY = "The officer is in hospital and the meeting of tomorrow needs its papers"


@pytest.fixture
def second(town: Town) -> Official:
    """Another administrator, named long ago."""
    with system_unit(town.engine, Reason.REFERENCE) as session:
        return people.administrator(session)


@pytest.fixture
def relay(town: Town) -> Iterator[ScriptedRelay]:
    settings = town.app.extensions["settings"]
    with ScriptedRelay(settings.mail_host, settings.mail_port) as made:
        yield made


def asked(town: Town, *, track: str = "government", hours: int = 4, reason: str = WHY) -> str:
    """The page of an access the administrator has asked for."""
    client = sign_in(town.app, town.administrator)
    data = {
        "csrf_token": token(client, PATH), "track": str(town.world.id[track]), "hours": str(hours), "reason": reason,
    }  # fmt: skip
    answer = client.post(PATH, data=data)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location)


def act(town: Town, who: Official, page: str, what: str) -> int:
    client = sign_in(town.app, who)
    data = {"csrf_token": token(client, "/account/"), "nonce": uuid4().hex}
    return client.post(f"{page}/{what}", data=data).status_code


def reader(town: Town, track: str = "government") -> Official:
    return replace(town.administrator, hat=Hat(HatKind.EMERGENCY, town.world.id[track]))


def papers(town: Town) -> dict[str, UUID]:
    """A meeting for members, a draft of the secretariat, and one that also names a state."""
    with system_unit(town.engine, Reason.REFERENCE) as session:
        process = session.get_one(Process, town.world.id["process"])
        track, network = (session.get_one(Track, town.world.id[name]) for name in ("government", "network"))
        desk = secretariat(track)
        made = {}
        for name, on, clause in (
            ("members", track, members_of(process, track)),
            ("desk", track, named(process, track, audience=[desk])),
            ("confided", track, named(process, track, audience=[desk, participant(town.world.id["gt"])])),
            ("network", network, members_of(process, network)),
        ):
            meeting = Meeting(
                process_id=process.id, track_id=on.id, title=LocalText.of(f"paper {name}"), state=MeetingState.DRAFT
            )
            attach(session, meeting, [clause], container=process)
            session.flush()
            made[name] = meeting.id
        return made


def test_it_takes_two_persons_and_begins_with_the_second(town: Town, second: Official) -> None:
    page = asked(town)
    assert "Emergency reading" not in sign_in(town.app, town.administrator).get("/account/hat").text
    assert act(town, town.administrator, page, "confirm") == 404, "not the first person"
    assert act(town, town.focal_point, page, "confirm") == 404
    assert act(town, town.coordinator, page, "confirm") == 404, "who keeps the other side"
    assert act(town, second, page, "confirm") == 303
    assert act(town, second, page, "confirm") == 422, "once"
    assert "Emergency reading of the RCX" in sign_in(town.app, town.administrator).get("/account/hat").text
    assert "Emergency reading" not in sign_in(town.app, second).get("/account/").text, "the second person reads nothing"


def test_who_keeps_the_track_can_be_the_second_person(town: Town) -> None:
    assert act(town, town.officer, asked(town), "confirm") == 303


def test_an_administrator_made_for_the_purpose_is_no_second_person(town: Town) -> None:
    page = asked(town)
    with system_unit(town.engine, Reason.REFERENCE) as session:
        fresh = people.administrator(session, since=now.today())
    assert act(town, fresh, page, "confirm") == 404


def test_a_person_with_two_hats_is_one_person(town: Town) -> None:
    """The administrator who is officer of the track confirms under neither hat."""
    with system_unit(town.engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, town.world.id["network"])
        other = people.coordinator(session, track, of=town.administrator)
    client = sign_in(town.app, town.administrator)
    data = {"csrf_token": token(client, PATH), "track": str(town.world.id["network"]), "hours": "4", "reason": WHY}
    assert client.post(PATH, data=data).status_code == 422
    page = asked(town)
    assert act(town, other, page, "confirm") == 404


def test_it_reads_one_track_as_its_desk_does_and_what_names_others_stays_closed(town: Town, second: Official) -> None:
    made = papers(town)
    act(town, second, asked(town), "confirm")
    client = sign_in(town.app, reader(town))
    codes = {name: client.get(f"/meetings/{key}").status_code for name, key in made.items()}
    assert codes == {"members": 200, "desk": 200, "confided": 404, "network": 404}
    page = client.get("/processes/rcx/").text
    assert "What you open is recorded" in page
    assert "Add a participant" not in page


def test_nothing_is_written_under_it(town: Town, second: Official) -> None:
    made = papers(town)
    act(town, second, asked(town), "confirm")
    client = sign_in(town.app, reader(town))
    crumb = token(client, "/account/")
    paths = (
        f"/meetings/{made['members']}/cancel", "/processes/rcx/texts/goals", "/people/rcx/government/name", PATH,
        f"/people/appointments/{town.focal_point.appointment}/end",
    )  # fmt: skip
    for path in paths:
        assert client.post(path, data={"csrf_token": crumb, "body-en": "x"}).status_code == 404, path


def test_it_ends_by_itself_in_an_open_session(town: Town, second: Official, clock: time_machine.Traveller) -> None:
    made = papers(town)
    page = asked(town, hours=1)
    act(town, second, page, "confirm")
    client = sign_in(town.app, reader(town))
    path = f"/meetings/{made['members']}"
    assert client.get(path).status_code == 200
    clock.shift(timedelta(minutes=59))
    assert client.get(path).status_code == 200
    clock.shift(timedelta(minutes=1))
    assert client.get(path).status_code != 200, "whether or not the worker has run"
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        assert service.end_what_is_over(session) == 1
        assert service.end_what_is_over(session) == 0
        assert audit.chain_holds(session, "rcx/government")


@pytest.mark.parametrize("who", ["officer", "administrator"])
def test_it_is_ended_before_its_time(town: Town, second: Official, who: str) -> None:
    made = papers(town)
    page = asked(town)
    act(town, second, page, "confirm")
    client = sign_in(town.app, reader(town))
    assert client.get(f"/meetings/{made['members']}").status_code == 200
    assert act(town, getattr(town, who), page, "end") == 303
    assert client.get(f"/meetings/{made['members']}").status_code != 200


def test_an_asking_lapses_after_a_day_and_is_asked_once_at_a_time(
    town: Town, second: Official, clock: time_machine.Traveller
) -> None:
    page = asked(town)
    client = sign_in(town.app, town.administrator)
    data = {"csrf_token": token(client, PATH), "track": str(town.world.id["government"]), "hours": "4", "reason": WHY}
    again = client.post(PATH, data=data)
    assert again.status_code == 422
    assert "asked for already" in again.text
    clock.shift(timedelta(hours=25))
    assert act(town, second, page, "confirm") == 422
    asked(town)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("reason", "urgent", "Say in a sentence"), ("hours", "25", "from 1 to 24"), ("hours", "0", "from 1 to 24"),
     ("track", "", "Choose what must be read")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_asked(town: Town, field: str, value: str, said: str) -> None:
    client = sign_in(town.app, town.administrator)
    data = {"csrf_token": token(client, PATH), "track": str(town.world.id["government"]), "hours": "4", "reason": WHY}
    answer = client.post(PATH, data=data | {field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert "There was none." in answer.text


def test_the_keepers_are_told_at_once_and_nobody_else(town: Town, second: Official, relay: ScriptedRelay) -> None:
    act(town, second, asked(town), "confirm")
    delivery.deliver(town.engine, town.app.extensions["settings"])
    told = {mail["To"] for mail in relay.taken}
    assert told == {town.officer.email, town.second_officer.email, town.second_hat.email}
    text = str(relay.taken[0].get_body(("plain",)).get_content())  # type: ignore[union-attr]
    for words in (WHY, town.administrator.email, second.email, "/emergency-access/"):
        assert words in text


def test_nothing_is_said_of_an_access_nobody_has_confirmed(town: Town, second: Official, relay: ScriptedRelay) -> None:
    act(town, second, asked(town), "confirm")
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        session.scalars(select(EmergencyAccess)).one().confirmed_at = None
    delivery.deliver(town.engine, town.app.extensions["settings"])
    assert relay.taken == []
    with system_unit(town.engine, Reason.MAIL, writes=False) as session:
        assert set(session.scalars(select(OutboxMessage.reason))) == {"nothing to say"}


def test_of_a_network_its_coordinator_is_told_and_no_government(town: Town, second: Official) -> None:
    act(town, second, asked(town, track="network"), "confirm")
    with system_unit(town.engine, Reason.MAIL, writes=False) as session:
        told = list(session.scalars(select(OutboxMessage.person_id).where(OutboxMessage.notice == service.BEGUN)))
    assert told == [town.coordinator.person]
    for who in (town.officer, town.focal_point):
        assert WHY not in sign_in(town.app, who).get(PATH).get_data(as_text=True)


def test_the_keepers_see_what_was_opened_and_administrators_only_how_much(town: Town, second: Official) -> None:
    made = papers(town)
    page = asked(town)
    act(town, second, page, "confirm")
    client = sign_in(town.app, reader(town))
    client.get(f"/meetings/{made['members']}?words=secret")
    client.get(f"/meetings/{made['confided']}")
    opened = f"/meetings/{made['members']}"
    shown = sign_in(town.app, town.officer).get(page).text
    assert opened in shown
    assert "secret" not in shown
    assert str(made["confided"]) not in shown, "what did not open was not opened"
    for who in (town.administrator, second):
        told = sign_in(town.app, who).get(page).text
        assert opened not in told
        assert "opened" in told
    assert sign_in(town.app, town.coordinator).get(page).status_code == 404
    assert sign_in(town.app, town.focal_point).get(page).status_code == 404
    with system_unit(town.engine, Reason.ADMINISTRATION, writes=False) as session:
        assert opened in set(session.scalars(select(EmergencyOpening.page)))


def test_every_step_is_on_the_trail_and_in_the_security_log(town: Town, second: Official) -> None:
    made = papers(town)
    page = asked(town)
    act(town, second, page, "confirm")
    sign_in(town.app, reader(town)).get(f"/meetings/{made['members']}")
    act(town, town.officer, page, "end")
    with system_unit(town.engine, Reason.AUDIT, writes=False) as session:
        trail = session.execute(
            select(AuditEntry.kind, AuditContent.content)
            .join(AuditContent, AuditContent.entry_id == AuditEntry.id)
            .where(AuditEntry.kind.like("emergency%"), AuditEntry.chain == "rcx/government")
            .order_by(AuditEntry.id)
        ).all()
        events = list(session.scalars(select(SecurityEvent.kind).where(SecurityEvent.kind.like("emergency%"))))
    assert [kind for kind, _content in trail] == [
        "emergency access asked", "emergency access began", "emergency access ended"
    ]  # fmt: skip
    assert trail[0][1]["reason"] == WHY
    assert f"/meetings/{made['members']}" in trail[2][1]["opened"]
    assert sorted(events) == sorted(["emergency access asked", "emergency access confirmed", "emergency access ended"])


def test_a_track_nobody_could_be_told_of_is_not_offered(town: Town) -> None:
    with system_unit(town.engine, Reason.REFERENCE) as session:
        session.get_one(Appointment, town.coordinator.appointment).until = now.today()
    page = sign_in(town.app, town.administrator).get(PATH).text
    assert "RCX, governments" in page
    assert "RCX, civil society" not in page


# --- an officer whose account is suspended ----------------------------------------------------------------------


def test_the_place_of_a_suspended_officer_is_filled_by_another_administrator(town: Town, second: Official) -> None:
    administrator = sign_in(town.app, town.administrator)
    account = f"/administration/accounts/{town.coordinator.user}"
    administrator.post(f"{account}/suspend", data={"csrf_token": token(administrator, account)})
    path, side = "/administration/first-officers", "RCX, civil society"
    assert side not in administrator.get(path).text, "whoever emptied the place does not fill it"
    client = sign_in(town.app, second)
    data = {
        "csrf_token": token(client, path), "track": str(town.world.id["network"]), "name": "New coordinator",
        "email": "new@network.example", "letter": "Letter of the network",
    }  # fmt: skip
    refused = administrator.post(path, data=data | {"csrf_token": token(administrator, "/account/")})
    assert refused.status_code == 404
    assert side in client.get(path).text
    assert client.post(path, data=data).status_code == 303
    assert side not in client.get(path).text
