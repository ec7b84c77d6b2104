"""What a focal point can do instead of answering: be rung, pass one matter to a colleague, say who follows now."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from config import Settings
from secretariat.core import clock
from secretariat.core.session import Reason, reading_as, system_unit
from secretariat.directory import successors, viewers
from secretariat.directory.models import Appointment, ProposedSuccessor
from secretariat.follow_up import service
from secretariat.mail import delivery
from secretariat.mail.models import OutboxMessage
from secretariat.plans.models import LentUpdate, ProgressUpdate
from secretariat.processes.models import Participant, Track
from tests.factories import people
from tests.factories.follow_up import NOON, DueWorld, due_world, on
from tests.integration.test_update_page import mailed, send
from tests.support.relay import ScriptedRelay

LINK = re.compile(r"https?://[^/\s]+(/l/\S+)")


@pytest.fixture
def world(engine: Engine) -> Iterator[DueWorld]:
    with on(NOON):
        yield due_world(engine)


@pytest.fixture
def relay(settings: Settings) -> Iterator[ScriptedRelay]:
    with ScriptedRelay(settings.mail_host, settings.mail_port) as made:
        yield made


@pytest.fixture
def path(engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay) -> str:
    return mailed(engine, settings, relay)


def desk(app: Flask, one: people.Official) -> str:
    return html.unescape(people.sign_in(app, one).get("/?lang=en").get_data(as_text=True))


def hidden_in(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input[^>]*name="(csrf_token|nonce|version)"[^>]*value="([^"]*)"', page))


# --- ring me --------------------------------------------------------------------------------------------------------


def test_a_wish_to_be_rung_lies_on_the_secretariats_desk_and_stills_the_reminders(
    engine: Engine, app: Flask, world: DueWorld, path: str
) -> None:
    code, text = send(app.test_client(), path, ring_me="1", ring_word="Tuesdays after three")
    assert code == 303
    assert "The Secretariat rings you" in text
    assert "You asked on" in text
    page = desk(app, world.plans.officer)
    assert "asks to be rung" in page
    assert "Tuesdays after three" in page
    with time_machine.travel(NOON + timedelta(days=40), tick=True):  # the Monday on which the next reminder would go
        assert service.scan(engine) == {}

    where = "/".join(re.findall(r'href="([^"]+)/calls/([^"#]+)#log">Log a call', page)[0])
    officer = people.sign_in(app, world.plans.officer)
    said = officer.get(f"{where}?lang=en").get_data(as_text=True)
    assert "Nothing goes by mail until you have rung." in said
    officer.post(where, data={**hidden_in(said), "act": "rung"})
    assert "asks to be rung" not in desk(app, world.plans.officer)
    with time_machine.travel(NOON + timedelta(days=40), tick=True):
        assert service.scan(engine) == {"digests": 1}


def test_a_reminder_that_waits_to_leave_is_stilled_too(
    engine: Engine, app: Flask, settings: Settings, world: DueWorld, relay: ScriptedRelay, path: str
) -> None:
    with time_machine.travel(NOON + timedelta(days=40), tick=True):
        assert service.scan(engine) == {"digests": 1}
        send(app.test_client(), path, ring_me="1")
        before = len(relay.taken)
        assert delivery.deliver(engine, settings) == {"later": 1}
        assert len(relay.taken) == before


@pytest.mark.parametrize("who", ["mx", "coordinator"])
def test_nobody_else_learns_who_asked_to_be_rung(app: Flask, world: DueWorld, path: str, who: str) -> None:
    send(app.test_client(), path, ring_me="1", ring_word="Tuesdays after three")
    one = world.plans.coordinator if who == "coordinator" else world.plans.focal[who]
    page = desk(app, one)
    assert "Tuesdays" not in page
    assert "asks to be rung" not in page


# --- passing one matter to a colleague ------------------------------------------------------------------------------


def passed_on(app: Flask, engine: Engine, settings: Settings, relay: ScriptedRelay, path: str) -> str:
    """The path of the link a colleague at the ministry of labour gets."""
    code, text = send(app.test_client(), path, pass_on="0", c0="labour@ministry.example")
    assert code == 303, text
    before = len(relay.taken)
    delivery.deliver(engine, settings)
    [mail] = relay.taken[before:]
    assert mail["To"] == "labour@ministry.example"
    body = mail.get_body(("plain",))
    assert body is not None
    words = str(body.get_content())
    assert "Registry" not in words, "what is asked stands behind the link, not in the mail"
    found = LINK.search(words)
    assert found
    return found[1]


def test_a_colleague_drafts_and_the_focal_point_says(
    engine: Engine, app: Flask, settings: Settings, world: DueWorld, relay: ScriptedRelay, path: str
) -> None:
    link = passed_on(app, engine, settings, relay, path)
    assert "nothing has come back yet" in app.test_client().get(path).get_data(as_text=True)
    code, text = send(app.test_client(), link, status="in_progress", words="Ten of twenty offices.")
    assert code == 303
    assert "Your colleague reads it beside the form" in text
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        assert session.scalars(select(ProgressUpdate)).all() == [], "a draft is no word of the government"
    page = html.unescape(app.test_client().get(f"{path}?lang=en").get_data(as_text=True))
    assert "“Ten of twenty offices.”" in page
    assert "checked" not in page, "nothing is chosen for a state beforehand"
    code, _text = send(app.test_client(), path, s0="in_progress", w0="Ten of twenty offices.")
    assert code == 303
    closed = app.test_client().get(link).get_data(as_text=True)
    assert "The answer was given in the meantime" in closed
    assert 'name="status"' not in closed


def test_a_draft_is_read_in_its_capital_alone(
    engine: Engine, app: Flask, settings: Settings, world: DueWorld, relay: ScriptedRelay, path: str
) -> None:
    send(app.test_client(), passed_on(app, engine, settings, relay, path), words="Between us: the budget is late.")
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        [key] = session.scalars(select(LentUpdate.id))
    reads = {
        name: bool(_reads(engine, one, key))
        for name, one in {"gt": world.plans.focal["gt"], "mx": world.plans.focal["mx"], "officer": world.plans.officer,
                          "coordinator": world.plans.coordinator}.items()
    }  # fmt: skip
    assert reads == {"gt": True, "mx": False, "officer": False, "coordinator": False}


def _reads(engine: Engine, one: people.Official, key: object) -> object:
    with reading_as(engine, viewers.viewer(engine, one.person, one.hat)) as session:
        return session.scalar(select(LentUpdate).where(LentUpdate.id == key))


def test_that_a_government_asks_within_itself_is_not_told_by_its_mails(
    engine: Engine, app: Flask, settings: Settings, world: DueWorld, relay: ScriptedRelay, path: str
) -> None:
    passed_on(app, engine, settings, relay, path)
    with system_unit(engine, Reason.MAIL, writes=False) as session:
        mail = session.scalars(select(OutboxMessage).where(OutboxMessage.notice == "update_lent")).one()
        key, colleague = mail.id, mail.person_id
    officer = people.sign_in(app, world.plans.officer)
    assert officer.get("/processes/rcx/mail/").status_code == 200
    for hidden in (str(key), f"people/{colleague}"):
        assert officer.get(f"/processes/rcx/mail/{hidden}").status_code == 404
        assert hidden not in officer.get("/processes/rcx/mail/").get_data(as_text=True)


def test_what_did_not_reach_the_colleague_is_told_to_whoever_passed_it_on(
    engine: Engine, app: Flask, settings: Settings, relay: ScriptedRelay, path: str
) -> None:
    client = app.test_client()
    send(client, path, pass_on="0", c0="labour@ministry.example")
    assert "could not be delivered" not in client.get(path).get_data(as_text=True)
    relay.on_recipient = lambda _address: "550 no such person"
    assert delivery.deliver(engine, settings) == {"dead": 1}
    assert "The mail could not be delivered; pass it on again" in client.get(f"{path}?lang=en").get_data(as_text=True)


def test_what_was_lent_ends_with_its_lender(
    engine: Engine, app: Flask, settings: Settings, world: DueWorld, relay: ScriptedRelay, path: str
) -> None:
    link = passed_on(app, engine, settings, relay, path)
    with system_unit(engine, Reason.ADMINISTRATION) as session:
        office = session.scalars(
            select(Appointment).where(Appointment.person_id == world.plans.focal["gt"].person)
        ).one()
        office.until = clock.today()
    missing = app.test_client().get("/l/" + "A" * 43 + "/draft")
    ended = app.test_client().get(link)
    assert (ended.status_code, missing.status_code) == (404, 404)


def test_a_colleague_is_asked_once_and_by_a_real_address(app: Flask, engine: Engine, path: str) -> None:
    client = app.test_client()
    assert "Give your colleague’s address at work" in send(client, path, pass_on="0")[1]
    assert send(client, path, pass_on="0", c0="no address")[0] == 422
    assert send(client, path, pass_on="7", c0="labour@ministry.example")[0] == 404
    assert send(client, path, pass_on="0", c0="labour@ministry.example")[0] == 303
    code, text = send(client, path, pass_on="0", c0="Labour@ministry.example")
    assert (code, "This colleague has it already." in text) == (422, True)


def test_a_colleague_who_has_not_written_is_asked_again_once_a_day(
    engine: Engine, app: Flask, settings: Settings, relay: ScriptedRelay, path: str
) -> None:
    client = app.test_client()
    send(client, path, pass_on="0", c0="labour@ministry.example")
    with system_unit(engine, Reason.ADMINISTRATION) as session:
        [key] = session.scalars(select(LentUpdate.id))
    assert send(client, path, remind=str(key))[0] == 422, "it was passed on today"
    with system_unit(engine, Reason.ADMINISTRATION) as session:
        session.get_one(LentUpdate, key).lent_at -= timedelta(days=4)
    assert f'value="{key}"' in client.get(path).get_data(as_text=True)
    assert send(client, path, remind=str(key))[0] == 303
    assert f'value="{key}"' not in client.get(path).get_data(as_text=True), "once a day"
    assert send(client, path, remind=str(key))[0] == 422
    delivery.deliver(engine, settings)
    [asked] = [one for one in relay.taken if "still asked" in str(one["Subject"])]
    assert asked["To"] == "labour@ministry.example"
    body = asked.get_body(("plain",))
    assert body is not None
    link = LINK.search(body.get_content())
    assert link
    assert send(app.test_client(), link[1].rstrip("."), status="in_progress", words="Done")[0] == 303
    assert send(client, path, remind=str(key))[0] == 422, "it has written"
    assert send(client, path, remind="x")[0] == 404


# --- who follows now ------------------------------------------------------------------------------------------------


def follows(path: str) -> str:
    return path.replace("/update", "/who-follows")


def test_who_follows_is_a_proposal_and_nothing_changes_before_the_letter(
    engine: Engine, app: Flask, world: DueWorld, path: str
) -> None:
    assert 'href="' + follows(path) in app.test_client().get(path).get_data(as_text=True)
    code, text = send(
        app.test_client(), follows(path), name="Directorate of Migration", address="dir@ministry.example",
        word="From Monday on",
    )  # fmt: skip
    assert code == 303
    assert "until that is recorded nothing changes" in text
    with system_unit(engine, Reason.ADMINISTRATION) as session:
        held = [one for one in session.scalars(select(Appointment)) if one.held_on(clock.today())]
        assert [one.until for one in held] == [None] * len(held)
    page = desk(app, world.plans.officer)
    assert "Somebody else follows now: Directorate of Migration" in page
    where = re.findall(r'href="(/people/successors/[^"]+)"', page)[0]
    officer = people.sign_in(app, world.plans.officer)
    shown = html.unescape(officer.get(f"{where}?lang=en").get_data(as_text=True))
    assert "From Monday on" in shown
    record = re.findall(r'href="(/people/appointments/[^"]+/hand-over)"', shown)[0]
    form = officer.get(record).get_data(as_text=True)
    assert "Directorate of Migration" in form, "nothing is typed again"
    answer = officer.post(
        record,
        data={**hidden_in(form), "name": "Directorate of Migration", "email": "dir@ministry.example",
              "letter": "Note 12/2027", "letter_on": clock.today().isoformat(), "since": clock.today().isoformat()},
    )  # fmt: skip
    assert answer.status_code == 303
    assert "Somebody else follows now" not in desk(app, world.plans.officer)


def test_it_is_set_aside_or_told_anew(engine: Engine, app: Flask, world: DueWorld, path: str) -> None:
    for name in ("First Office", "Second Office"):
        send(app.test_client(), follows(path), name=name)
    page = desk(app, world.plans.officer)
    assert ("First Office" in page, "Second Office" in page) == (False, True)
    where = re.findall(r'href="(/people/successors/[^"]+)"', page)[0]
    officer: FlaskClient = people.sign_in(app, world.plans.officer)
    officer.post(where, data=hidden_in(officer.get(where).get_data(as_text=True)))
    assert "Second Office" not in desk(app, world.plans.officer)
    assert officer.get(where).status_code == 404


@pytest.mark.parametrize("who", ["mx", "gt", "coordinator"])
def test_only_the_secretariat_sees_to_it(engine: Engine, app: Flask, world: DueWorld, path: str, who: str) -> None:
    send(app.test_client(), follows(path), name="First Office")
    with system_unit(engine, Reason.ADMINISTRATION) as session:
        [key] = session.scalars(select(ProposedSuccessor.id))
    one = world.plans.coordinator if who == "coordinator" else world.plans.focal[who]
    assert people.sign_in(app, one).get(f"/people/successors/{key}").status_code == 404


def test_a_name_nobody_acted_upon_is_forgotten(engine: Engine, app: Flask, world: DueWorld, path: str) -> None:
    send(app.test_client(), follows(path), name="First Office")
    with time_machine.travel(NOON + successors.KEPT, tick=True), system_unit(engine, Reason.ADMINISTRATION) as session:
        assert successors.forget(session) == 1


def test_an_empty_name_is_asked_for(app: Flask, path: str) -> None:
    code, text = send(app.test_client(), follows(path), name="")
    assert code == 422
    assert "Give the name, or the office" in text


def test_a_focal_point_tells_of_an_alternate_too(engine: Engine, app: Flask, world: DueWorld, path: str) -> None:
    code, _text = send(app.test_client(), follows(path), name="First Office", place="alternate-of-nobody")
    assert code == 422, "an office that is not there is chosen by nobody"
    page = app.test_client().get(follows(path)).get_data(as_text=True)
    [beside] = re.findall(r'value="(alternate-[^"]+)"', page)
    code, _text = send(
        app.test_client(), follows(path), name="Ana Alterna", address="ana@ministry.example", place=beside
    )
    assert code == 303
    send(app.test_client(), follows(path), name="Second Office")
    page = desk(app, world.plans.officer)
    assert ("Ana Alterna" in page, "Second Office" in page) == (True, True), "each of another office"
    keys = re.findall(r'href="(/people/successors/[^"]+)"', page)
    officer: FlaskClient = people.sign_in(app, world.plans.officer)
    [told] = [one for one in keys if "Ana Alterna" in officer.get(one).get_data(as_text=True)]
    shown = html.unescape(officer.get(f"{told}?lang=en").get_data(as_text=True))
    [record] = re.findall(r'href="(/people/[^"]+/name[?]told=[^"]+)"', shown)
    form = officer.get(record).get_data(as_text=True)
    assert "ana@ministry.example" in form, "nothing is typed again"
    answer = officer.post(
        record,
        data={**hidden_in(form), "role": "alternate", "participant": str(world.plans.id["gt"]),
              "name": "Ana Alterna", "email": "ana@ministry.example", "letter": "Note 12/2027",
              "letter_on": clock.today().isoformat()},
    )  # fmt: skip
    assert answer.status_code == 303
    page = desk(app, world.plans.officer)
    assert ("Ana Alterna" in page, "Second Office" in page) == (False, True)


def test_an_alternate_that_is_there_can_be_followed(engine: Engine, app: Flask, world: DueWorld, path: str) -> None:
    with system_unit(engine, Reason.ADMINISTRATION) as session:
        track = session.get_one(Track, world.plans.id["government"])
        there = people.alternate(session, track, session.get_one(Participant, world.plans.id["gt"]))
        [key] = session.scalars(select(Appointment.id).where(Appointment.person_id == there.person))
    page = app.test_client().get(follows(path)).get_data(as_text=True)
    assert f"alternate-{key}" in page
    send(app.test_client(), follows(path), name="Ana Alterna", place=f"alternate-{key}")
    [told] = re.findall(r'href="(/people/successors/[^"]+)"', desk(app, world.plans.officer))
    officer: FlaskClient = people.sign_in(app, world.plans.officer)
    assert f"/people/appointments/{key}/hand-over" in officer.get(told).get_data(as_text=True)
