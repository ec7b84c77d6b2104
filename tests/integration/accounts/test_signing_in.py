"""Signing in and out, sessions and hats, through the pages, on both databases."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select, update

from secretariat.accounts.models import OpenSession, User
from secretariat.core import clock as now
from secretariat.core.models import KeptForm, SecurityEvent
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import Appointment
from tests.factories.people import PASSWORD, Official, sign_in, token
from tests.integration.accounts.conftest import Town, said
from tests.support.sql import statements_sent


def attempt(client: FlaskClient, email: str, password: str, **more: Any) -> Any:
    data = {"email": email, "password": password, "csrf_token": token(client, "/account/sign-in"), **more}
    return client.post("/account/sign-in", data=data)


def words_of(page: str) -> str:
    """A page without what differs from one answer to the next by design: its token, and what was typed."""
    page = re.sub(r'name="csrf_token"[^>]*value="[^"]*"', "", page)
    return re.sub(r'value="[^"]*@[^"]*"', "", page)


def test_signs_in_under_the_only_hat(town: Town) -> None:
    client = sign_in(town.app, town.focal_point)
    assert said(client.get("/probe")) == {
        "person": str(town.focal_point.person), "hat": str(town.focal_point.hat), "sent": ""
    }  # fmt: skip


def test_the_address_may_be_typed_in_capitals(town: Town) -> None:
    client = town.app.test_client()
    assert attempt(client, f" {town.focal_point.email.upper()} ", PASSWORD).status_code == 303


def test_nobody_is_let_in_without_signing_in(town: Town) -> None:
    answer = town.app.test_client().get("/probe?a=1")
    assert (answer.status_code, answer.location) == (302, "/account/sign-in?next=/probe?a%3D1")


@pytest.mark.parametrize("who", ["known", "unknown", "invited", "suspended"])
def test_a_refusal_is_the_same_whoever_asks(town: Town, who: str) -> None:
    """Same words, same status, same number of statements: an address cannot be found out."""
    email = {"known": town.focal_point.email, "unknown": "nobody@ministry.example", "invited": town.invited.email}.get(
        who, town.observer.email
    )
    if who == "suspended":
        _change(town, town.observer, suspended_at=now.now())
    _refused(town, "the-first-of-all@ministry.example", "not the password at all")  # works out what the public reads
    reference, statements = _refused(town, "somebody-else@ministry.example", "not the password at all")
    answer, counted = _refused(town, email, "not the password at all" if who == "known" else PASSWORD)
    assert answer.status_code == 422
    assert words_of(answer.get_data(as_text=True)) == words_of(reference.get_data(as_text=True))
    assert counted == statements


def _refused(town: Town, email: str, password: str) -> tuple[Any, int]:
    client = town.app.test_client()
    crumb = token(client, "/account/sign-in")
    with statements_sent() as counted:
        data = {"email": email, "password": password, "csrf_token": crumb}
        return client.post("/account/sign-in", data=data), len(counted)


def test_an_unknown_address_costs_a_password_check_too(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from secretariat.accounts import passwords

    checked: list[str] = []

    class Counting:
        def verify(self, kept: str, given: str) -> bool:
            checked.append(kept[:10])
            return real.verify(kept, given)

    real = passwords.hasher
    monkeypatch.setattr(passwords, "_nobodys", lambda: real.hash("nobody's"))
    monkeypatch.setattr(passwords, "hasher", Counting())
    for email in (town.focal_point.email, "nobody@ministry.example", town.invited.email):
        attempt(town.app.test_client(), email, "not the password at all")
    assert checked == ["$argon2id$"] * 3


def test_guessing_at_one_address_is_held_up_and_let_go_on_later(town: Town, clock: time_machine.Traveller) -> None:
    client = town.app.test_client()
    for email in (town.focal_point.email, "nobody@ministry.example"):
        for _ in range(10):
            assert attempt(client, email, "not the password at all").status_code == 422
        assert attempt(client, email, PASSWORD).status_code == 429
    assert attempt(client, town.observer.email, PASSWORD).status_code == 303, "others come in"
    clock.shift(timedelta(minutes=15))
    assert attempt(town.app.test_client(), town.focal_point.email, PASSWORD).status_code == 303


def test_trying_many_addresses_from_one_source_is_held_up(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from secretariat.accounts import throttles

    monkeypatch.setattr(throttles, "SIGN_IN_SOURCE", throttles.Limit("sign-in by source", 3, timedelta(minutes=15)))
    client = town.app.test_client()
    for number in range(3):
        assert attempt(client, f"guess-{number}@ministry.example", "not the password").status_code == 422
    assert attempt(client, town.focal_point.email, PASSWORD).status_code == 429
    elsewhere = town.app.test_client()
    data = {"email": town.focal_point.email, "password": PASSWORD, "csrf_token": token(elsewhere, "/account/sign-in")}
    answer = elsewhere.post("/account/sign-in", data=data, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert answer.status_code == 303


def test_a_refusal_is_in_the_security_log_without_what_was_typed(town: Town) -> None:
    attempt(town.app.test_client(), "typed-by-mistake@ministry.example", "not the password at all")
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        events = session.scalars(select(SecurityEvent)).all()
        assert [(one.kind, one.source, one.detail) for one in events] == [("sign-in refused", "127.0.0.1", {})]


def test_signing_in_begins_a_new_session(town: Town) -> None:
    """A key planted in the browser beforehand opens nothing (session fixation)."""
    client = town.app.test_client()
    token(client, "/account/sign-in")
    with client.session_transaction() as planted:
        planted["_user_id"], planted["planted"] = "a key an attacker knows", "yes"
        before = planted["csrf_token"]
    sign_in(town.app, town.focal_point, client=client)
    with client.session_transaction() as after:
        assert after["_user_id"] != "a key an attacker knows"
        assert "planted" not in after
        assert after.get("csrf_token") != before


def test_the_database_holds_no_key_of_a_session(town: Town) -> None:
    client = sign_in(town.app, town.focal_point)
    with client.session_transaction() as held:
        key = held["_user_id"]
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        rows = [str(vars(one)) for one in session.scalars(select(OpenSession))]
    assert rows
    assert not [row for row in rows if key in row]


def test_a_cookie_taken_before_signing_out_opens_nothing_afterwards(town: Town) -> None:
    client = sign_in(town.app, town.focal_point)
    stolen = client.get_cookie("session")
    assert stolen is not None
    client.post("/account/sign-out", data={"csrf_token": token(client, "/account/")})
    thief = town.app.test_client()
    thief.set_cookie("session", stolen.value)
    assert thief.get("/probe").status_code == 302


def test_signing_out_everywhere_ends_every_session(town: Town) -> None:
    here, elsewhere = sign_in(town.app, town.focal_point), sign_in(town.app, town.focal_point)
    assert elsewhere.get("/probe").status_code == 200
    here.post("/account/sign-out-everywhere", data={"csrf_token": token(here, "/account/")})
    assert here.get("/probe").status_code == elsewhere.get("/probe").status_code == 302


def test_a_suspended_user_is_out_at_the_next_request(town: Town) -> None:
    client = sign_in(town.app, town.focal_point)
    _change(town, town.focal_point, suspended_at=now.now())
    assert client.get("/probe").status_code == 302
    assert attempt(town.app.test_client(), town.focal_point.email, PASSWORD).status_code == 422


def test_a_session_ends_after_two_idle_hours(town: Town, clock: time_machine.Traveller) -> None:
    client = sign_in(town.app, town.focal_point)
    for _ in range(3):
        clock.shift(timedelta(minutes=119))
        assert client.get("/probe").status_code == 200
    clock.shift(timedelta(minutes=120))
    assert client.get("/probe").status_code == 302


def test_a_session_ends_after_a_working_day_however_busy(town: Town, clock: time_machine.Traveller) -> None:
    client = sign_in(town.app, town.focal_point)
    for _ in range(11):
        clock.shift(timedelta(hours=1))
        assert client.get("/probe").status_code == 200
    clock.shift(timedelta(hours=1))
    assert client.get("/probe").status_code == 302


@pytest.mark.parametrize(
    ("onward", "leads_to"),
    [
        ("/people/rcx?role=officer", "/people/rcx?role=officer"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("/\t/elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_one_goes_on_only_within_the_site(town: Town, onward: str, leads_to: str) -> None:
    answer = attempt(town.app.test_client(), town.focal_point.email, PASSWORD, next=onward)
    assert answer.location == leads_to


def test_a_form_without_its_token_is_refused(town: Town) -> None:
    client = town.app.test_client()
    answer = client.post("/account/sign-in", data={"email": town.focal_point.email, "password": PASSWORD})
    assert answer.status_code == 400
    assert client.get("/probe").status_code == 302


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(town: Town) -> None:
    answer = attempt(town.app.test_client(), town.focal_point.email, PASSWORD)
    cookie = next(value for name, value in answer.headers if name == "Set-Cookie" and value.startswith("session="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


# --- forms over the end of a session --------------------------------------------------------------------------


def late(town: Town, one: Official, clock: time_machine.Traveller, words: str) -> FlaskClient:
    """A client that posted `words` when its session had run out."""
    client = sign_in(town.app, one)
    crumb = token(client, "/account/")
    clock.shift(timedelta(hours=3))
    answer = client.post("/probe", data={"csrf_token": crumb, "nonce": "n-1", "words": words})
    assert (answer.status_code, answer.location) == (303, "/account/sign-in")
    return client


def test_what_was_typed_too_late_is_offered_again_to_its_person(town: Town, clock: time_machine.Traveller) -> None:
    client = late(town, town.focal_point, clock, "the words of Guatemala")
    answer = attempt(client, town.focal_point.email, PASSWORD)
    assert answer.location == "/account/kept-form"
    page = client.get("/account/kept-form").get_data(as_text=True)
    assert "the words of Guatemala" in page
    assert 'action="/probe"' in page
    crumb = token(client, "/account/kept-form")
    sent = client.post("/probe", data={"csrf_token": crumb, "words": "the words of Guatemala", "nonce": "n-2"})
    assert said(sent)["sent"] == "the words of Guatemala"


def test_the_form_itself_is_opened_with_what_was_typed_too_late(town: Town, clock: time_machine.Traveller) -> None:
    """Its fields under their own names, nothing stored before it is sent again."""
    client = sign_in(town.app, town.officer)
    path = "/processes/rcx/participants/new"
    typed = {"csrf_token": token(client, path), "decision": "The words of the letter"}
    clock.shift(timedelta(hours=3))
    assert client.post(path, data=typed).location == "/account/sign-in"
    attempt(client, town.officer.email, PASSWORD)
    page = client.get("/account/kept-form").get_data(as_text=True)
    assert "Open the form again" in page
    assert "<dt>decision</dt>" not in page
    again = dict(
        re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.partition('action="/proc')[2])
    )
    answer = client.post(path, data=again)
    assert answer.status_code == 200
    shown = answer.get_data(as_text=True)
    assert 'value="The words of the letter"' in shown
    assert 'class="wrong"' not in shown
    typed["csrf_token"] = token(client, path)
    assert client.post(path, data=typed).status_code == 422


def test_what_was_typed_is_never_offered_to_another(town: Town, clock: time_machine.Traveller) -> None:
    client = late(town, town.focal_point, clock, "the words of Guatemala")
    assert attempt(client, town.observer.email, PASSWORD).location == "/"
    assert "the words of Guatemala" not in client.get("/account/kept-form").get_data(as_text=True)


def test_what_was_typed_under_one_hat_is_not_sent_under_another(town: Town, clock: time_machine.Traveller) -> None:
    client = late(town, town.two_hats, clock, "the words of Mexico")
    attempt(client, town.two_hats.email, PASSWORD)
    assert said(client.get("/probe"))["hat"] == str(town.two_hats.hat), "the hat worn before is put on again"
    data = {"hat": str(town.second_hat.hat), "csrf_token": token(client, "/account/hat")}
    client.post("/account/hat", data=data)
    assert "the words of Mexico" not in client.get("/account/kept-form").get_data(as_text=True)


def test_nothing_confidential_is_in_the_cookie_and_passwords_are_not_kept(
    town: Town, clock: time_machine.Traveller
) -> None:
    client = late(town, town.focal_point, clock, "the words of Guatemala")
    with client.session_transaction() as held:
        assert "words of Guatemala" not in str(dict(held))
    client = sign_in(town.app, town.observer)
    crumb = token(client, "/account/")
    clock.shift(timedelta(hours=3))
    client.post("/account/password", data={"csrf_token": crumb, "present": "one secret", "password": "another secret"})
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        [kept] = session.scalars(select(KeptForm))
        assert "Guatemala" not in kept.sealed, "the form is kept sealed; the key is in the cookie, the password nowhere"


def test_a_kept_form_can_be_thrown_away(town: Town, clock: time_machine.Traveller) -> None:
    client = late(town, town.focal_point, clock, "the words of Guatemala")
    attempt(client, town.focal_point.email, PASSWORD)
    client.post("/account/kept-form", data={"csrf_token": token(client, "/account/kept-form")})
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        assert session.scalars(select(KeptForm)).all() == []


# --- hats -----------------------------------------------------------------------------------------------------


def test_who_has_two_hats_chooses_one_and_reads_under_that_alone(town: Town) -> None:
    client = town.app.test_client()
    answer = attempt(client, town.two_hats.email, PASSWORD, next="/probe")
    assert answer.location == "/account/hat?next=/probe"
    assert client.get("/probe").location == "/account/hat?next=/probe", "before a choice nothing is read"
    data = {"hat": str(town.second_hat.hat), "next": "/probe", "csrf_token": token(client, "/account/hat")}
    assert client.post("/account/hat", data=data).location == "/probe"
    assert said(client.get("/probe"))["hat"] == str(town.second_hat.hat)
    assert "RCX Secretariat, officer" in client.get("/account/").get_data(as_text=True)


def test_a_hat_of_another_cannot_be_put_on(town: Town) -> None:
    client = sign_in(town.app, town.two_hats)
    data = {"hat": str(town.focal_point.hat), "csrf_token": token(client, "/account/hat")}
    assert client.post("/account/hat", data=data).status_code == 404
    assert said(client.get("/probe"))["hat"] == str(town.two_hats.hat)


def test_an_appointment_that_ends_in_an_open_session_is_over_at_the_next_request(town: Town) -> None:
    client = sign_in(town.app, town.two_hats)
    assert client.get("/people/rcx").status_code == 200
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        session.get_one(Appointment, town.two_hats.appointment).until = now.today()
    answer = client.get("/people/rcx")
    assert (answer.status_code, answer.location) == (303, "/account/hat?next=/people/rcx")
    page = client.get("/account/hat").get_data(as_text=True)
    assert "has ended" in page
    assert str(town.second_hat.hat) in page
    assert str(town.two_hats.hat) not in page


def test_who_holds_nothing_any_more_reads_what_is_public(town: Town) -> None:
    client = sign_in(town.app, town.focal_point)
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        session.get_one(Appointment, town.focal_point.appointment).until = now.today()
    assert client.get("/probe").status_code == 303
    assert "You hold no appointment today" in client.get("/account/hat").get_data(as_text=True)


def _change(town: Town, one: Official, **values: Any) -> None:
    with system_unit(town.engine, Reason.ADMINISTRATION) as session:
        session.execute(update(User).where(User.id == one.user).values(**values))
