"""From the link in a mail to a saved update: opens nothing else, changes nothing on GET, keeps all or nothing."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from config import Settings
from secretariat.accounts.models import User
from secretariat.core import clock
from secretariat.core.models import SecurityEvent
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import Appointment, ContactCard
from secretariat.follow_up import service
from secretariat.mail import delivery, links
from secretariat.mail.models import MailLink, OutboxMessage
from secretariat.plans.models import Obstacle, ProgressUpdate
from tests.factories import people
from tests.factories.follow_up import NOON, DueWorld, commitment, due_world, on
from tests.support.relay import ScriptedRelay
from tests.support.weight import REQUESTS, UPDATE_BYTES, weight


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
    """The path of the link in the digest of Guatemala's focal point."""
    return mailed(engine, settings, relay)


def mailed(engine: Engine, settings: Settings, relay: ScriptedRelay) -> str:
    service.scan(engine)
    delivery.deliver(engine, settings)
    body = relay.taken[-1].get_body(("plain",))
    found = re.search(re.escape(settings.base_url) + r"(/l/\S+)", str(body.get_content() if body else ""))
    assert found
    return found[1]


def send(client: FlaskClient, path: str, **fields: str) -> tuple[int, str]:
    """Open the page, fill the form, send it; status and text of what one is led to."""
    page = client.get(path).get_data(as_text=True)
    hidden = dict(re.findall(r'<input[^>]*name="(csrf_token|nonce|version)"[^>]*value="([^"]*)"', page))
    answer = client.post(path, data={**hidden, **fields})
    code = answer.status_code
    if code == 303:
        answer = client.get(answer.location)
    return code, html.unescape(answer.get_data(as_text=True))


def updates(engine: Engine) -> list[tuple[str, str]]:
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        rows = session.scalars(select(ProgressUpdate).order_by(ProgressUpdate.entered_at)).all()
        return [(row.status.value, str(row.step or "")) for row in rows]


def test_three_taps_and_it_is_saved(engine: Engine, app: Flask, world: DueWorld, path: str) -> None:
    code, text = send(app.test_client(), path, s0="in_progress", w0="Ten of twenty")
    assert code == 303
    assert "Saved." in text
    assert updates(engine) == [("in_progress", "Ten of twenty")]


def test_the_page_stands_in_the_language_of_its_mail(engine: Engine, app: Flask, world: DueWorld, path: str) -> None:
    """Whatever the browser asks for, unless its reader takes another language by the switch."""
    with system_unit(engine, Reason.ADMINISTRATION) as session:
        person = world.plans.focal["gt"].person
        session.scalars(select(ContactCard).where(ContactCard.person_id == person)).one().languages = ["es"]
    client, in_english = app.test_client(), {"Accept-Language": "en-GB"}
    assert '<html lang="es"' in client.get(path, headers=in_english).get_data(as_text=True)
    assert '<html lang="fr"' in client.get(f"{path}?lang=fr", headers=in_english).get_data(as_text=True)
    assert '<html lang="fr"' in client.get(path, headers=in_english).get_data(as_text=True)


def test_opening_changes_nothing(engine: Engine, app: Flask, path: str) -> None:
    for _ in range(3):
        assert app.test_client().get(path).status_code == 200
        assert app.test_client().head(path).status_code == 200
    assert updates(engine) == []


def test_a_second_click_saves_once(engine: Engine, app: Flask, path: str) -> None:
    client = app.test_client()
    page = client.get(path).get_data(as_text=True)
    hidden = dict(re.findall(r'<input[^>]*name="(csrf_token|nonce|version)"[^>]*value="([^"]*)"', page))
    for _ in range(2):
        assert client.post(path, data={**hidden, "s0": "completed"}).status_code in (302, 303)
    assert updates(engine) == [("completed", "")]


def test_words_without_a_status_are_kept_and_nothing_is_stored(engine: Engine, app: Flask, path: str) -> None:
    code, text = send(app.test_client(), path, w0="Ten of twenty")
    assert code == 422
    assert "Choose where it stands; your words are kept." in text
    assert "Ten of twenty" in text
    assert updates(engine) == []


def test_what_is_typed_stays_while_one_of_them_is_passed_on(
    engine: Engine, app: Flask, settings: Settings, path: str, relay: ScriptedRelay
) -> None:
    """The page comes back with it; the same click once more sends no second letter to the colleague."""
    client = app.test_client()
    page = client.get(path).get_data(as_text=True)
    hidden = dict(re.findall(r'<input[^>]*name="(csrf_token|nonce)"[^>]*value="([^"]*)"', page))
    typed = {**hidden, "w0": "Ten of twenty", "s0": "in_progress", "pass_on": "0", "c0": "labour@ministry.example"}
    answer = client.post(path, data=typed)
    text = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 200
    assert "Sent to your colleague" in text
    assert "Ten of twenty" in text
    assert "With labour@ministry.example since" in text
    assert hidden["nonce"] not in text
    assert client.post(path, data=typed).status_code in (302, 303)
    before = len(relay.taken)
    delivery.deliver(engine, settings)
    assert len(relay.taken) == before + 1
    assert updates(engine) == []
    nonce = re.search(r'name="nonce"[^>]*value="([^"]*)"', text)
    assert nonce
    saved = {"csrf_token": hidden["csrf_token"], "nonce": nonce[1], "w0": "Ten of twenty", "s0": "in_progress"}
    assert client.post(path, data=saved).status_code == 303
    assert updates(engine) == [("in_progress", "Ten of twenty")]


def test_nothing_chosen_says_so(engine: Engine, app: Flask, path: str) -> None:
    code, text = send(app.test_client(), path)
    assert code == 422
    assert "Choose where at least one of them stands." in text


def test_a_status_that_is_not_offered_is_refused(engine: Engine, app: Flask, path: str) -> None:
    assert send(app.test_client(), path, s0="withdrawn")[0] == 422
    assert updates(engine) == []


def test_what_stands_in_the_way_is_asked_for_where_something_is_still_to_come(
    engine: Engine, app: Flask, path: str
) -> None:
    asked = "If you wish, say below what stands in the way"
    assert asked not in app.test_client().get(path).get_data(as_text=True)
    _code, text = send(app.test_client(), path, s0="not_yet_started")
    assert asked in text
    _code, text = send(app.test_client(), path, s0="not_yet_started", o0="The budget is voted in March")
    assert asked not in text


def test_what_stands_in_the_way_is_kept_beside(engine: Engine, app: Flask, path: str) -> None:
    send(app.test_client(), path, s0="postponed", o0="The budget is not voted")
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        assert [str(one.words) for one in session.scalars(select(Obstacle))] == ["The budget is not voted"]


def test_only_the_participants_own_things_open(
    engine: Engine, settings: Settings, app: Flask, world: DueWorld, path: str
) -> None:
    """A link on which another state's commitment was written by mistake does not show it."""
    other = commitment(engine, world.plans, world.plan, "mx", words="A Mexican matter", due_on=clock.today())
    with system_unit(engine, Reason.LINK) as session:
        link = session.scalars(select(MailLink)).one()
        link.subjects = [*link.subjects, str(other)]
    page = app.test_client().get(path).get_data(as_text=True)
    assert "Publish monthly figures" in page
    assert "A Mexican matter" not in page


@pytest.mark.parametrize(
    "how", ["forged", "cut short", "of another scope", "expired", "revoked", "appointment ended", "suspended"]
)
def test_every_link_that_does_not_open_is_one_page(
    engine: Engine, settings: Settings, app: Flask, world: DueWorld, path: str, how: str
) -> None:
    before = app.test_client().get("/l/nonsense/update")
    closed = spoilt(engine, world, path, how)
    answer = app.test_client().get(closed)
    assert answer.status_code == before.status_code == 404
    assert told(answer.get_data(as_text=True)) == told(before.get_data(as_text=True))
    with system_unit(engine, Reason.LINK, writes=False) as session:
        events = [one.detail["reason"] for one in session.scalars(select(SecurityEvent).order_by(SecurityEvent.id))]
    assert events == ["forged", "forged" if how == "cut short" else how]


def spoilt(engine: Engine, world: DueWorld, path: str, how: str) -> str:
    token, scope = path.split("/")[2:]
    gt = world.plans.focal["gt"]
    with system_unit(engine, Reason.LINK) as session:
        link = session.scalars(select(MailLink)).one()
        if how == "expired":
            link.expires_at = clock.now()
        if how == "revoked":
            links.revoke(session, person=gt.person)
        if how == "appointment ended":
            session.get_one(Appointment, gt.appointment).until = clock.today()
        if how == "suspended":
            session.get_one(User, gt.user).suspended_at = clock.now()
    if how == "forged":
        token = ("B" if token[0] == "A" else "A") + token[1:]
    if how == "cut short":
        token = token[:-3]
    return f"/l/{token}/{'accept' if how == 'of another scope' else scope}"


def told(page: str) -> str:
    """The page without what the asker sent along and what is random in a form."""
    return re.sub(r'value="[^"]*"|href="/l/[^"]*"', "", page)


def test_a_new_link_goes_to_the_address_on_record_and_the_answer_tells_nothing(
    engine: Engine, settings: Settings, app: Flask, world: DueWorld, path: str, relay: ScriptedRelay
) -> None:
    with system_unit(engine, Reason.LINK) as session:
        session.scalars(select(MailLink)).one().expires_at = clock.now()
    answers = {told(again(app, token)) for token in (path.split("/")[2], "nonsense")}
    assert len(answers) == 1
    relay.taken.clear()
    assert delivery.deliver(engine, settings) == {"sent": 1}
    [mail] = relay.taken
    assert mail["To"] == world.plans.focal["gt"].email
    body = mail.get_body(("plain",))
    fresh = re.search(r"(/l/\S+/update)", str(body.get_content() if body else ""))
    assert fresh
    assert fresh[1] != path
    assert app.test_client().get(fresh[1]).status_code == 200


def again(app: Flask, token: str) -> str:
    client = app.test_client()
    page = client.get(f"/l/{token}/update").get_data(as_text=True)
    hidden = dict(re.findall(r'<input[^>]*name="(csrf_token|nonce)"[^>]*value="([^"]*)"', page))
    answer = client.post("/l/again", data={**hidden, "token": token})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_ask_me_later(engine: Engine, app: Flask, world: DueWorld, path: str) -> None:
    code, text = send(app.test_client(), path, later="2027-05-01", ask_later="1")
    assert code == 303
    assert "We ask again after 1 May 2027" in text
    assert updates(engine) == []
    code, text = send(app.test_client(), path, later="2031-05-01", ask_later="1")
    assert code == 422
    assert "Give a day within the next six months." in text


def test_ten_items_in_arabic_weigh_less_than_twenty_kilobytes(
    engine: Engine, settings: Settings, app: Flask, world: DueWorld, relay: ScriptedRelay
) -> None:
    with on(NOON - timedelta(days=50)):
        for number in range(9):
            words = "نشر الأرقام الشهرية عن العائدين بالصيغة المشتركة المتفق عليها " * 3 + str(number)
            commitment(engine, world.plans, world.plan, "gt", words=words, due_on=NOON.date())
    path = mailed(engine, settings, relay)
    told = weight(app.test_client(), path)
    assert told.text.count("<fieldset") == 10
    assert 'dir="rtl"' in told.text
    assert "<script" not in told.text
    assert told.bytes < UPDATE_BYTES, told.bytes
    assert told.requests <= REQUESTS


# --- the secretariat's pages ----------------------------------------------------------------------------------


def test_the_officer_sees_the_next_round_and_sends_it_now(
    engine: Engine, settings: Settings, app: Flask, world: DueWorld
) -> None:
    client = people.sign_in(app, world.plans.officer)
    page = client.get("/processes/rcx/follow-up/").get_data(as_text=True)
    assert "Guatemala" in page
    assert "Publish monthly figures" in page
    found = re.search(r'href="(/processes/rcx/follow-up/[0-9a-f-]+/[0-9a-f-]+)"', page)
    assert found
    letter = client.get(found[1]).get_data(as_text=True)
    assert "A word from you is awaited on this:" in letter
    code, text = send(client, found[1], act="send", line="It was good to meet.")
    assert code == 303
    assert "On its way." in text
    assert mails(engine) == 1


@pytest.mark.parametrize("who", ["chair", "administrator", "gt"])
def test_nobody_else_sees_the_secretariats_pages(app: Flask, world: DueWorld, who: str) -> None:
    official = world.plans.focal["gt"] if who == "gt" else getattr(world.plans, who)
    client = people.sign_in(app, official)
    gt = world.recipient()
    for path in ("", "policy", f"{gt.hat.id}/{gt.person}"):
        assert client.get(f"/processes/rcx/follow-up/{path}").status_code == 404


def test_the_network_has_its_own_follow_up_and_sees_nothing_of_the_governments(app: Flask, world: DueWorld) -> None:
    client = people.sign_in(app, world.plans.coordinator)
    page = client.get("/processes/rcx/follow-up/").get_data(as_text=True)
    assert "Nobody is written to within a week." in page
    assert "Guatemala" not in page
    gt = world.recipient()
    assert client.get(f"/processes/rcx/follow-up/{gt.hat.id}/{gt.person}").status_code == 404


def mails(engine: Engine) -> int:
    with system_unit(engine, Reason.MAIL, writes=False) as session:
        return len(session.scalars(select(OutboxMessage).where(OutboxMessage.notice == "digest")).all())
