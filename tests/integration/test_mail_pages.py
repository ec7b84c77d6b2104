"""The secretariat's pages of mail: what needs a person, repaired and sent again, and why somebody got a mail or not."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from config import Settings
from secretariat.follow_up import service
from secretariat.mail import delivery
from tests.factories import people, plans
from tests.factories.follow_up import NOON, DueWorld, due_world, on
from tests.support.relay import ScriptedRelay


@pytest.fixture
def world(engine: Engine) -> Iterator[DueWorld]:
    with on(NOON):
        yield due_world(engine)


@pytest.fixture
def relay(settings: Settings) -> Iterator[ScriptedRelay]:
    with ScriptedRelay(settings.mail_host, settings.mail_port) as made:
        yield made


@pytest.fixture
def dead(engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay) -> None:
    """A digest the relay refused."""
    relay.on_recipient = lambda _address: "550 No such mailbox"
    service.scan(engine)
    assert delivery.deliver(engine, settings) == {"dead": 1}
    relay.on_recipient = lambda _address: None


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return html.unescape(answer.get_data(as_text=True))


def test_a_dead_letter_is_shown_with_its_reason_and_sent_again(
    engine: Engine, settings: Settings, app: Flask, world: DueWorld, dead: None, relay: ScriptedRelay
) -> None:
    client = people.sign_in(app, world.plans.officer)
    page = read(client, "/processes/rcx/mail/")
    assert "1 message needs you." in page
    assert "The relay refused it." in page
    found = re.search(r'href="(/processes/rcx/mail/[0-9a-f-]{36})"', page)
    assert found
    page = read(client, found[1])
    assert "550 No such mailbox" in page
    hidden = dict(re.findall(r'<input[^>]*name="(csrf_token|nonce|version)"[^>]*value="([^"]*)"', page))
    assert client.post(found[1], data={**hidden, "act": "again"}).status_code == 303
    assert delivery.deliver(engine, settings) == {"sent": 1}
    assert len(relay.taken) == 1
    assert "Nothing needs you." in read(client, "/processes/rcx/mail/")


def test_one_page_says_why_a_mail_came_or_did_not(app: Flask, world: DueWorld, dead: None) -> None:
    client = people.sign_in(app, world.plans.officer)
    gt = world.plans.focal["gt"].person
    page = read(client, f"/processes/rcx/mail/people/{gt}?day=2027-03-03")
    assert "It was written down to be sent." in page
    assert "The relay refused it." in page
    assert "Nothing was due to this person on this day." in read(
        client, f"/processes/rcx/mail/people/{gt}?day=2027-03-02"
    )


def test_it_says_why_nothing_went_on_a_day(engine: Engine, app: Flask, world: DueWorld) -> None:
    """The planner's reason, what the person and the Secretariat did about it, and a week on one page."""
    with plans.acting(engine, world.plans.focal["gt"]) as session:
        service.ask_me_after(
            session, session.viewer, world.plans.id["process"], world.plans.id["government"], date(2027, 3, 6)
        )
    with plans.acting(engine, world.plans.officer) as session:
        service.hold(session, session.viewer, world.recipient(), held=True)
    client = people.sign_in(app, world.plans.officer)
    gt = world.plans.focal["gt"].person
    page = read(client, f"/processes/rcx/mail/people/{gt}?day=2027-03-03&span=week")
    assert "The person asked to be left alone until 7 March 2027." in page
    assert "The person asked to be left alone for some time. 6 March 2027" in re.sub(r"<[^>]+>", "", page)
    assert "Held by the Secretariat: nothing goes until it is let go." in page
    mx = world.plans.focal["mx"].person
    page = read(client, f"/processes/rcx/mail/people/{mx}?day=2027-03-03")
    assert "Nothing is awaited of whom the person speaks for." in page


def test_the_other_tracks_coordination_sees_none_of_it(app: Flask, world: DueWorld, dead: None) -> None:
    officer = people.sign_in(app, world.plans.officer)
    [mail] = set(re.findall(r"/processes/rcx/mail/[0-9a-f-]{36}", read(officer, "/processes/rcx/mail/")))
    client = people.sign_in(app, world.plans.coordinator)
    assert "No messages here." in read(client, "/processes/rcx/mail/")
    assert client.get(mail).status_code == 404
    assert client.get(f"/processes/rcx/mail/people/{world.plans.focal['gt'].person}").status_code == 404


@pytest.mark.parametrize("who", ["chair", "administrator"])
def test_nobody_else_sees_the_mail_pages(app: Flask, world: DueWorld, who: str) -> None:
    client = people.sign_in(app, getattr(world.plans, who))
    assert client.get("/processes/rcx/mail/").status_code == 404
