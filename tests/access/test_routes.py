"""Who may call a route: what a declaration lets through, and what forgetting leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from flask_login import LoginManager, UserMixin
from werkzeug.exceptions import NotFound

from secretariat.core.viewer import Viewer
from secretariat.pages import access, refusals
from secretariat.pages.access import Access
from tests.access.people import EVERYBODY


class Caller(UserMixin):
    id = "caller"


@pytest.fixture
def app() -> Flask:
    """An application with nothing in it but sign-in."""
    app = Flask("routes")
    app.config.update(SECRET_KEY="for tests alone", TESTING=True)
    logins = LoginManager(app)
    logins.user_loader(lambda _key: Caller())
    logins.unauthorized_handler(lambda: ("sign in", 401))
    app.extensions |= {
        "engine": None,
        "identify": lambda: (None, None),
        "make_viewer": lambda *_of: EVERYBODY["officer"],
    }
    return app


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def caller(app: Flask) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as held:
        held["_user_id"] = "caller"
        held["_fresh"] = True
    return client


def answers(client: FlaskClient, path: str = "/x/7") -> int:
    return client.get(path).status_code


def route(app: Flask, declare: Callable[[Any], Any], *, asks: bool | None = None) -> Any:
    def view(number: int) -> str:
        """A view."""
        if asks is not None:
            access.authorise(asks)
        return f"seen {number}"

    declared = declare(view)
    app.add_url_rule("/x/<int:number>", "view", declared)
    return declared


def test_a_public_route_is_everybodys(app: Flask, stranger: FlaskClient, caller: FlaskClient) -> None:
    view = route(app, access.public("it is for all"))
    assert stranger.get("/x/7").text == caller.get("/x/7").text == "seen 7"
    assert access.declaration_of(view) == Access("public", "it is for all")
    assert view.__name__ == "view"
    assert view.__doc__ == "A view."


def test_signed_in_is_for_who_is(app: Flask, stranger: FlaskClient, caller: FlaskClient) -> None:
    view = route(app, access.signed_in)
    assert answers(stranger) == 401
    assert caller.get("/x/7").text == "seen 7"
    assert access.declaration_of(view) == Access("signed_in", "")


@pytest.mark.parametrize("allowed", [True, False])
def test_a_permission_asks_its_predicate(app: Flask, stranger: FlaskClient, caller: FlaskClient, allowed: bool) -> None:
    asked: list[Viewer] = []

    def allows(viewer: Viewer) -> bool:
        asked.append(viewer)
        return allowed

    view = route(app, access.permission("do things", allows))
    assert answers(stranger) == 401
    assert asked == []
    assert answers(caller) == (200 if allowed else 404)
    assert asked == [EVERYBODY["officer"]]
    assert access.declaration_of(view) == Access("permission", "do things")


@pytest.mark.parametrize(("asks", "status"), [(True, 200), (False, 404)])
def test_a_permission_without_a_predicate_is_asked_by_the_view(
    app: Flask, stranger: FlaskClient, caller: FlaskClient, asks: bool, status: int
) -> None:
    route(app, access.permission("do things"), asks=asks)
    assert answers(stranger) == 401
    assert answers(caller) == status


def test_a_permission_that_was_never_asked_is_an_error(app: Flask, caller: FlaskClient) -> None:
    route(app, access.permission("do things"))
    with pytest.raises(access.NeverAskedError, match="view answered without"):
        caller.get("/x/7")


@pytest.mark.parametrize(("asks", "status"), [(True, 200), (False, 404)])
def test_a_link_is_for_whoever_has_it_and_asked_by_the_view(
    app: Flask, stranger: FlaskClient, asks: bool, status: int
) -> None:
    view = route(app, access.capability("accept"), asks=asks)
    assert answers(stranger) == status
    assert access.declaration_of(view) == Access("capability", "accept")


def test_a_link_that_was_never_asked_is_an_error(app: Flask, stranger: FlaskClient) -> None:
    route(app, access.capability("accept"))
    with pytest.raises(access.NeverAskedError, match="view"):
        stranger.get("/x/7")


def test_having_asked_is_of_one_request(app: Flask) -> None:
    with app.test_request_context():
        assert not g.get("asked")
        access.authorise(True)
        assert g.asked is True
    with app.test_request_context(), pytest.raises(NotFound):
        access.authorise(False)


def test_a_thing_is_there_or_not(app: Flask) -> None:
    for thing in ("thing", 0, "", False):
        assert access.found(thing) == thing
    with app.test_request_context():
        with pytest.raises(NotFound):
            access.found(None)
        with pytest.raises(NotFound):
            access.not_found()


def test_what_is_no_slip_is_noted(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[str] = []
    monkeypatch.setattr(refusals, "note_not_theirs", lambda: noted.append("noted"))
    with app.test_request_context():
        for answer in (access.not_found, lambda: access.found(None), lambda: access.authorise(False)):
            with pytest.raises(NotFound):
                answer()
    assert noted == ["noted"] * 3


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_public_route_says_why(reason: str) -> None:
    with pytest.raises(access.UndeclaredAccessError, match="reason"):
        access.public(reason)


DECLARATIONS: list[Callable[[Any], Any]] = [
    access.public("for all"),
    access.signed_in,
    access.permission("do things"),
    access.capability("accept"),
]


@pytest.mark.parametrize("first", DECLARATIONS)
@pytest.mark.parametrize("second", DECLARATIONS)
def test_nobody_declares_twice(first: Callable[[Any], Any], second: Callable[[Any], Any]) -> None:
    def view() -> str:
        return ""

    with pytest.raises(access.UndeclaredAccessError, match="view says twice"):
        second(first(view))
    assert access.declaration_of(view) is None


def test_routes_that_say_nothing_stop_the_start(app: Flask) -> None:
    access.check(app)
    app.add_url_rule("/b", "second", lambda: "")
    app.add_url_rule("/a", "first", lambda: "")
    route(app, access.signed_in)
    with pytest.raises(access.UndeclaredAccessError, match=r": first \(/a\), second \(/b\)$"):
        access.check(app)


def test_only_the_folder_of_the_application_itself_is_open_by_itself() -> None:
    app = Flask("other", static_folder=None)
    app.add_url_rule("/static/<path:filename>", "assets", lambda filename: "")
    with pytest.raises(access.UndeclaredAccessError, match="assets"):
        access.check(app)


@pytest.fixture(autouse=True)
def _closed(app: Flask) -> Iterator[None]:
    yield
    app.extensions.clear()
