"""Invitations, new passwords and new addresses: links from real mails, followed once, replayed, forged, too late."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from config import Settings
from secretariat.accounts import service
from secretariat.accounts.models import PasswordRequest, User
from secretariat.core import clock as now
from secretariat.core.models import SecurityEvent
from secretariat.core.session import Reason, reading_as, system_unit
from secretariat.directory.viewers import viewer
from secretariat.mail import delivery, sending
from secretariat.mail.models import OutboxMessage
from tests.factories.people import PASSWORD, Official, sign_in, token
from tests.integration.accounts.conftest import Town, said
from tests.support.mail import Sink
from tests.support.sql import statements_sent

NEW = "harbour pencil winterly fox"


@pytest.fixture
def post(town: Town, settings: Settings, smtp_sink: Sink) -> Any:
    """Delivers what is in the outbox and gives the mails that arrived since, as pairs of recipient and text."""
    taken = 0
    sending.begin(town.engine, settings)

    def deliver() -> list[tuple[str, str]]:
        nonlocal taken
        with system_unit(town.engine, Reason.MAIL) as session:
            service.answer_password_requests(session)
        delivery.deliver(town.engine, settings)
        mails = smtp_sink.mails[taken:]
        taken += len(mails)
        return [(mail["To"], body.get_content()) for mail in mails if (body := mail.get_body(("plain",)))]

    return deliver


def path_in(text: str) -> str:
    found = re.search(r"http://[^/]+(/l/\S+)", text)
    assert found, text
    return found[1]


def choose(client: FlaskClient, path: str, password: str = NEW) -> Any:
    page = client.get(path)
    if page.status_code != 200:
        return page
    return client.post(path, data={"password": password, "csrf_token": token(client, path)})


def invite(town: Town, one: Official) -> None:
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        service.invite(session, session.get_one(User, one.user), one.hat)


def ask(town: Town, email: str) -> Any:
    client = town.app.test_client()
    return client.post("/account/forgotten", data={"email": email, "csrf_token": token(client, "/account/forgotten")})


def test_an_invitation_opens_once(town: Town, post: Any) -> None:
    invite(town, town.invited)
    [(recipient, text)] = post()
    assert recipient == town.invited.email
    path, client = path_in(text), town.app.test_client()
    for _ in range(2):
        assert client.get(path).status_code == 200, "opening it uses nothing up: scanners of mail open links too"
    assert choose(client, path).status_code == 303
    assert said(client.get("/probe"))["hat"] == str(town.invited.hat)
    assert choose(town.app.test_client(), path).status_code == 404
    sign_in(town.app, town.invited, password=NEW)


def test_a_weak_password_leaves_the_invitation_open(town: Town, post: Any) -> None:
    invite(town, town.invited)
    path, client = path_in(post()[0][1]), town.app.test_client()
    for weak in ("short", "password2026!!", town.invited.email.partition("@")[0] + " and more", "aaaaaaaaaaaaaa"):
        assert choose(client, path, weak).status_code == 422
    assert client.get("/probe").status_code == 302
    assert choose(client, path).status_code == 303


def test_an_invitation_ends_after_its_days(town: Town, clock: time_machine.Traveller, post: Any) -> None:
    invite(town, town.invited)
    path = path_in(post()[0][1])
    clock.shift(timedelta(days=14))
    assert town.app.test_client().get(path).status_code == 404


def test_a_second_invitation_closes_the_first(town: Town, clock: time_machine.Traveller, post: Any) -> None:
    invite(town, town.invited)
    first = path_in(post()[0][1])
    clock.shift(timedelta(minutes=1))
    invite(town, town.invited)
    second = path_in(post()[0][1])
    assert town.app.test_client().get(first).status_code == 404
    assert town.app.test_client().get(second).status_code == 200


def test_links_that_do_not_open_are_one_page_and_stand_in_the_security_log(town: Town, post: Any) -> None:
    invite(town, town.invited)
    path = path_in(post()[0][1])
    key = path.split("/")[2]
    wrong = [
        path.replace("/invitation", "/password"),
        f"/l/{'A' * len(key)}/invitation",
        f"/l/{key[:-4]}AAAA/invitation",
        "/l/short/invitation",
    ]
    client = town.app.test_client()
    pages = {re.sub(r"\?lang=|/l/[^\"?]*", "", client.get(one).get_data(as_text=True)) for one in wrong}
    assert len(pages) == 1
    assert "This link does not open" in pages.pop()
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        kinds = [one.kind for one in session.scalars(select(SecurityEvent))]
    assert kinds == ["link refused"] * 4


def test_asking_for_a_password_is_the_same_for_every_address(town: Town, post: Any) -> None:
    """Same page, same statements, whoever it is; only who has an open account gets the mail."""
    answers, counts = set(), set()
    ask(town, "the-first-of-all@ministry.example")
    for number, email in enumerate((town.focal_point.email, "nobody@ministry.example")):
        client = town.app.test_client()
        crumb = token(client, "/account/forgotten")
        with statements_sent() as counted:
            answer = client.post(
                "/account/forgotten",
                data={"email": email, "csrf_token": crumb},
                environ_base={"REMOTE_ADDR": f"192.0.2.{number}"},
            )
        answers.add(answer.get_data(as_text=True))
        counts.add(tuple(counted))
    assert len(answers) == len(counts) == 1
    assert [recipient for recipient, _ in post()] == [town.focal_point.email]
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        assert session.scalars(select(PasswordRequest)).all() == []


def test_a_suspended_user_is_sent_nothing_and_an_invited_one_the_invitation(town: Town, post: Any) -> None:
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        session.get_one(User, town.observer.user).suspended_at = now.now()
    ask(town, town.observer.email)
    ask(town, town.invited.email)
    [(recipient, text)] = post()
    assert recipient == town.invited.email
    assert path_in(text).endswith("/invitation")


def test_a_new_password_ends_every_session_and_its_link_opens_once(town: Town, post: Any) -> None:
    before = sign_in(town.app, town.focal_point)
    ask(town, town.focal_point.email)
    path, client = path_in(post()[0][1]), town.app.test_client()
    assert choose(client, path).status_code == 303
    assert client.get("/probe").status_code == 200
    assert before.get("/probe").status_code == 302
    assert choose(town.app.test_client(), path, "yet another one entirely").status_code == 404
    sign_in(town.app, town.focal_point, password=NEW)


def test_asking_again_closes_the_link_before_and_is_counted(town: Town, post: Any) -> None:
    ask(town, town.focal_point.email)
    first = path_in(post()[0][1])
    ask(town, town.focal_point.email)
    second = path_in(post()[0][1])
    assert town.app.test_client().get(first).status_code == 404
    assert town.app.test_client().get(second).status_code == 200
    ask(town, town.focal_point.email)
    assert ask(town, town.focal_point.email).status_code == 200, "the fourth in an hour reads the same"
    assert len(post()) == 1, "and sends nothing"


def test_a_forged_request_for_a_password_is_refused(town: Town, post: Any) -> None:
    answer = town.app.test_client().post("/account/forgotten", data={"email": town.focal_point.email})
    assert answer.status_code == 400
    assert post() == []


def test_changing_the_password_asks_for_the_present_one(town: Town) -> None:
    client, elsewhere = sign_in(town.app, town.focal_point), sign_in(town.app, town.focal_point)
    data = {"present": "not the present one", "password": NEW, "csrf_token": token(client, "/account/password")}
    assert client.post("/account/password", data=data).status_code == 422
    data["present"] = PASSWORD
    assert client.post("/account/password", data=data).status_code == 303
    assert said(client.get("/probe"))["hat"] == str(town.focal_point.hat), "one stays in, under the same hat"
    assert elsewhere.get("/probe").status_code == 302
    sign_in(town.app, town.focal_point, password=NEW)


def test_a_new_address_takes_effect_when_confirmed_there(town: Town, post: Any) -> None:
    client = sign_in(town.app, town.focal_point)
    data = {"email": "New.Address@ministry.example", "csrf_token": token(client, "/account/address")}
    assert client.post("/account/address", data=data).status_code == 303
    mails = dict(post())
    assert set(mails) == {"new.address@ministry.example", town.focal_point.email}
    assert "/l/" not in mails[town.focal_point.email], "the present address is told, and cannot confirm"
    path = path_in(mails["new.address@ministry.example"])
    assert _email(town, town.focal_point) == town.focal_point.email
    someone = town.app.test_client()
    assert someone.get(path).status_code == 200
    assert _email(town, town.focal_point) == town.focal_point.email, "opening the page changes nothing"
    assert someone.post(path, data={"csrf_token": token(someone, path)}).status_code == 200
    assert _email(town, town.focal_point) == "new.address@ministry.example"
    assert someone.get(path).status_code == 404


def test_a_new_password_ends_a_change_of_address_that_somebody_else_asked_for(town: Town, post: Any) -> None:
    """The present address is told to change the password; with that the change is off."""
    client = sign_in(town.app, town.focal_point)
    data = {"email": "taken-over@elsewhere.example", "csrf_token": token(client, "/account/address")}
    assert client.post("/account/address", data=data).status_code == 303
    path = path_in(dict(post())["taken-over@elsewhere.example"])
    renewed = {"present": PASSWORD, "password": NEW, "csrf_token": token(client, "/account/password")}
    assert client.post("/account/password", data=renewed).status_code == 303
    someone = town.app.test_client()
    someone.post(path, data={"csrf_token": token(someone, path)})
    assert _email(town, town.focal_point) == town.focal_point.email


def test_a_link_sent_to_the_address_before_chooses_no_password_any_more(town: Town, post: Any) -> None:
    ask(town, town.focal_point.email)
    old = path_in(post()[0][1])
    client = sign_in(town.app, town.focal_point)
    data = {"email": "new@ministry.example", "csrf_token": token(client, "/account/address")}
    assert client.post("/account/address", data=data).status_code == 303
    path = path_in(dict(post())["new@ministry.example"])
    assert client.post(path, data={"csrf_token": token(client, path)}).status_code == 200
    assert town.app.test_client().get(old).status_code == 404


def test_an_administrator_cannot_change_an_address_without_its_owner(town: Town, post: Any) -> None:
    client = sign_in(town.app, town.administrator)
    path = f"/administration/accounts/{town.focal_point.user}"
    data = {"email": "taken-over@elsewhere.example", "csrf_token": token(client, path)}
    assert client.post(path, data=data).status_code == 303
    assert _email(town, town.focal_point) == town.focal_point.email
    assert {recipient for recipient, _ in post()} == {"taken-over@elsewhere.example", town.focal_point.email}


def test_an_address_somebody_has_is_not_taken(town: Town, post: Any) -> None:
    client = sign_in(town.app, town.focal_point)
    data = {"email": town.observer.email, "csrf_token": token(client, "/account/address")}
    assert client.post("/account/address", data=data).status_code == 303, "whose it is is not told"
    path = path_in(dict(post())[town.observer.email])
    assert client.post(path, data={"csrf_token": token(client, path)}).status_code == 404
    assert _email(town, town.observer) == town.observer.email


def test_subjects_of_mails_are_constant_and_no_secretariat_sees_them(town: Town, smtp_sink: Sink, post: Any) -> None:
    ask(town, town.focal_point.email)
    ask(town, town.observer.email)
    post()
    subjects = {re.sub(r"\(.*\)", "", mail["Subject"]).strip() for mail in smtp_sink.mails}
    assert subjects == {"A new password"}
    with reading_as(town.engine, viewer(town.engine, town.officer.person, town.officer.hat)) as session:
        assert session.scalars(select(OutboxMessage)).all() == []


def _email(town: Town, one: Official) -> str:
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        return session.get_one(User, one.user).email
