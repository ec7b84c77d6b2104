"""Headers, languages, errors and compression of every answer."""

import gzip

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from secretariat.pages import refusals
from secretariat.pages.access import public


def test_every_answer_forbids_what_is_not_ours(client: FlaskClient) -> None:
    for path in ("/", "/nowhere"):
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"] == (
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
        )
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"


def test_style_sheet_asked_for_by_its_content_is_kept_for_good(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        address = app.jinja_env.globals["asset"]("core.css")  # type: ignore[operator]
    with client.get(address) as present, client.get("/static/core.css?v=0") as outdated:
        assert present.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "immutable" not in outdated.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("asked", "accepted", "shown"),
    [
        ("/nowhere", "", "en"),
        ("/nowhere", "fr-CA,en;q=0.5", "fr"),
        ("/nowhere", "de,es;q=0.8", "es"),
        ("/nowhere?lang=ar", "es", "ar"),
        ("/nowhere?lang=xx", "es", "es"),
    ],
)
def test_page_is_in_the_language_asked_for(client: FlaskClient, asked: str, accepted: str, shown: str) -> None:
    answer = client.get(asked, headers={"Accept-Language": accepted})
    assert f'<html lang="{shown}" dir="{"rtl" if shown == "ar" else "ltr"}">' in answer.text


def test_choice_of_language_is_remembered_and_stands_above_the_browser(client: FlaskClient) -> None:
    client.get("/?lang=es")
    assert '<html lang="es"' in client.get("/nowhere", headers={"Accept-Language": "fr"}).text


def test_language_of_who_is_signed_in_stands_above_the_browser(app: Flask) -> None:
    app.extensions["reader_choice"] = lambda: ("ar", "Asia/Amman")
    assert '<html lang="ar"' in app.test_client().get("/nowhere", headers={"Accept-Language": "fr"}).text


def test_language_switch_keeps_the_page_and_its_filters(app: Flask) -> None:
    @app.get("/list/<name>")
    @public("a sample")
    def listed(name: str) -> str:
        del name
        return app.jinja_env.from_string("{% for l in language_links() %}{{ l.address }} {% endfor %}").render()

    text = app.test_client().get("/list/plans?state=mexico&state=panama&lang=en").text
    assert text.replace("&amp;", "&").split() == [
        f"/list/plans?state=mexico&state=panama&lang={code}" for code in ("en", "es", "fr", "ar")
    ]


@pytest.mark.parametrize("code", [401, 403, 404, 405, 410])
def test_whatever_is_not_open_is_the_same_page(app: Flask, code: int) -> None:
    @app.get("/refused")
    @public("a sample")
    def refused() -> str:
        abort(code)

    answer = app.test_client().get("/refused")
    assert answer.status_code == 404
    assert "There is no such page, or it is not open to you." in answer.text


@pytest.mark.parametrize(("code", "words"), [(413, "too large"), (429, "A moment"), (503, "Back in a moment")])
def test_other_refusals_say_what_to_do_in_the_products_clothes(app: Flask, code: int, words: str) -> None:
    @app.get("/refused")
    @public("a sample")
    def refused() -> str:
        abort(code)

    answer = app.test_client().get("/refused")
    assert answer.status_code == code
    assert words in answer.text
    assert '<header class="mast">' in answer.text


def test_failure_gives_a_number_to_ring_with_and_nothing_of_its_cause(app: Flask) -> None:
    @app.get("/fails")
    @public("a sample")
    def fails() -> str:
        raise RuntimeError("canary-in-a-traceback")

    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    answer = app.test_client().get("/fails")
    assert answer.status_code == 500
    assert "this number helps" in answer.text
    assert "canary" not in answer.text


def test_save_that_met_another_is_a_conflict(app: Flask) -> None:
    @app.get("/stale")
    @public("a sample")
    def stale() -> str:
        raise StaleDataError

    answer = app.test_client().get("/stale")
    assert answer.status_code == 409
    assert "changed while you were saving" in answer.text


def test_save_that_had_to_let_go_of_its_locks_for_another_is_a_conflict(app: Flask) -> None:
    class Undone(Exception):
        def __init__(self, sqlstate: str) -> None:
            self.sqlstate = sqlstate

    @app.get("/undone/<code>")
    @public("a sample")
    def undone(code: str) -> str:
        raise OperationalError("UPDATE", {}, Undone(code))

    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    answers = {code: app.test_client().get(f"/undone/{code}") for code in ("40P01", "40001", "57014")}
    assert {code: answer.status_code for code, answer in answers.items()} == {"40P01": 409, "40001": 409, "57014": 500}
    assert "changed while you were saving" in answers["40P01"].text


def test_text_is_compressed_for_those_who_ask(app: Flask, client: FlaskClient) -> None:
    plain = client.get("/nowhere")
    zipped = client.get("/nowhere", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert "Accept-Encoding" in zipped.headers["Vary"]
    assert len(zipped.data) < len(plain.data)


def test_length_of_a_compressed_answer_does_not_tell_how_well_it_was_compressed(client: FlaskClient) -> None:
    lengths = {len(client.get("/nowhere", headers={"Accept-Encoding": "gzip"}).data) for _ in range(40)}
    assert len(lengths) > 5


def test_demonstration_says_so_on_every_page(app: Flask) -> None:
    app.config["DEMONSTRATION"] = True
    assert "This is a demonstration" in app.test_client().get("/nowhere").text
    app.config["DEMONSTRATION"] = False
    assert "demonstration" not in app.test_client().get("/nowhere").text.lower()


def test_page_from_a_mail_loads_the_light_sheets_only(app: Flask) -> None:
    text = app.test_client().get("/nowhere").text
    assert "core.css" in text
    assert "app.css" not in text


def test_pages_hold_no_inline_style_or_script(client: FlaskClient) -> None:
    text = client.get("/nowhere").text
    assert "<style" not in text
    assert " style=" not in text
    assert "<script" not in text


@pytest.mark.parametrize("made_up", ["_scheme=javascript&_external=1", "endpoint=x", "_method=X", "_anchor=x"])
def test_made_up_address_chooses_nothing_in_the_links_of_the_page(app: Flask, made_up: str) -> None:
    @app.get("/listed")
    @public("a sample")
    def listed() -> str:
        return " ".join(link.address for link in app.jinja_env.globals["language_links"]())  # type: ignore[operator]

    answer = app.test_client().get(f"/listed?{made_up}&status=open")
    assert answer.status_code == 200
    assert all(link.startswith("/listed?status=open&lang=") for link in answer.text.split())


def test_the_choice_of_language_on_a_page_that_is_not_there_stays_on_this_site(client: FlaskClient) -> None:
    page = client.get("http://localhost//elsewhere.example/page").text
    assert "lang=es" in page
    assert 'href="//' not in page


def test_an_address_with_a_character_no_database_keeps_is_not_there(client: FlaskClient) -> None:
    for address in ("/nowhere%00", "/?lang=%00", "/?x=a%00b"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("machine", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_one_machine_counts_as_one_however_many_addresses_it_has(app: Flask, machine: str, counted: str) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": machine}):
        assert refusals.source() == counted
