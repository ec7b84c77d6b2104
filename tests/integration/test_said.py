"""What is said after an act: once, on the page one is led to, and never in the browser's storage."""

from base64 import urlsafe_b64decode

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from secretariat.core import clock, journal
from secretariat.core.database import table_of
from secretariat.core.models import UsedNonce
from secretariat.pages.access import public
from secretariat.pages.forms import Form, done
from secretariat.pages.forms import shown as page_of
from secretariat.pages.said import say

WORDS = "Saved. Guatemala, 2.1.1 b: completed <today>."
ESCAPED = "Saved. Guatemala, 2.1.1 b: completed &lt;today&gt;."
PAGE = '{% extends "base.html" %}{% block content %}{% endblock %}'


@pytest.fixture
def acts() -> list[str]:
    """What the form did, act by act."""
    return []


@pytest.fixture
def client(app: Flask, acts: list[str]) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False

    @app.route("/act", methods=["POST"])
    @public("a sample")
    def act() -> ResponseReturnValue:
        form = Form()
        if form.ready():
            acts.append(str(form.nonce.data))
            return done(WORDS, f"/after?act={len(acts)}")
        return page_of(form, "errors/not_found.html")

    @app.get("/after")
    @public("a sample")
    def after() -> str:
        return render_template_string(PAGE)

    @app.get("/now")
    @public("a sample")
    def now() -> str:
        say(WORDS)
        return render_template_string(PAGE)

    return app.test_client()


def test_message_is_said_once_on_the_page_one_is_led_to(client: FlaskClient) -> None:
    answer = client.post("/act", data={"nonce": "one"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/after?act=1")
    assert ESCAPED in client.get("/after?act=1").text
    assert "Saved." not in client.get("/after?act=1").text


def test_words_said_are_not_kept_by_the_browser(client: FlaskClient) -> None:
    answer = client.post("/act", data={"nonce": "one"})
    cookie = answer.headers["Set-Cookie"].partition("session=")[2].partition(";")[0]
    payload = urlsafe_b64decode(cookie.partition(".")[0] + "==")
    assert b"Guatemala" not in payload
    assert b"one" in payload


def test_second_click_is_the_first_answer_with_its_words(client: FlaskClient, acts: list[str]) -> None:
    client.post("/act", data={"nonce": "one"})
    again = client.post("/act", data={"nonce": "one"})
    assert again.headers["Location"] == "/after?act=1"
    assert acts == ["one"]
    assert ESCAPED in client.get("/after").text
    assert client.post("/act", data={"nonce": "two"}).headers["Location"] == "/after?act=2"


def test_who_has_the_database_alone_has_neither_the_nonce_nor_the_words(client: FlaskClient) -> None:
    client.post("/act", data={"nonce": "one-form-of-many"})
    with client.application.extensions["engine"].connect() as connection:
        kept = connection.execute(select(table_of(UsedNonce))).mappings().all()
    assert len(kept) == 1
    assert not [word for word in ("one-form-of-many", "Saved", "Guatemala") if word in str(kept)]
    assert ESCAPED in client.get("/after").text


def test_what_is_kept_of_forms_stands_in_no_order_of_time_on_sqlite(client: FlaskClient) -> None:
    """A row between two whose hours are known would say when a note was written. PostgreSQL's order of writing is named
    in docs/confidentiality.md among what is not protected."""
    for place in range(8):
        client.post("/act", data={"nonce": f"form-{place}"})
    with client.application.extensions["engine"].connect() as connection:
        nonces = connection.execute(text("SELECT nonce FROM used_nonces")).scalars().all()
        assert len(nonces) == 8
        if connection.dialect.name == "sqlite":
            assert nonces == sorted(nonces)


def test_form_without_a_nonce_is_answered_too(client: FlaskClient) -> None:
    client.post("/act")
    assert ESCAPED in client.get("/after").text


def test_another_browser_is_told_nothing(client: FlaskClient) -> None:
    client.post("/act", data={"nonce": "one"})
    assert "Saved." not in client.application.test_client().get("/after").text


def test_what_is_said_on_the_page_itself_needs_no_redirect(client: FlaskClient) -> None:
    assert ESCAPED in client.get("/now").text


def test_where_an_answer_led_is_kept_sealed(app: Flask, client: FlaskClient) -> None:
    """It may be the address of a link from a mail: the database holds none that could be used."""
    nonce = "one-nonce-of-the-form"
    assert client.post("/act", data={"nonce": nonce}).location == "/after?act=1"
    with app.extensions["engine"].connect() as connection:
        [kept] = connection.execute(select(table_of(UsedNonce).c.answer)).scalars()
    assert "after" not in kept
    assert "after" not in urlsafe_b64decode(kept).decode("latin-1")
    assert client.post("/act", data={"nonce": nonce}).location == "/after?act=1"


def test_the_longest_address_fits_sealed_and_an_old_answer_still_leads_there(app: Flask) -> None:
    engine, table = app.extensions["engine"], table_of(UsedNonce)
    with Session(engine.execution_options(writes=True)) as session:
        assert journal.use_nonce(session, "long", f"/{'é' * 1000}")
        [sealed] = session.connection().execute(select(table.c.answer)).scalars()
        assert len(sealed) <= 500
        old = {"nonce": journal._digest("old"), "at": clock.now(), "answer": "/meetings/1#agenda"}
        session.connection().execute(insert(table).values(old))
        session.commit()
    with Session(engine) as session:
        assert journal.first_answer(session, "old") == "/meetings/1#agenda"
        assert (journal.first_answer(session, "long") or "").startswith("/éé")
