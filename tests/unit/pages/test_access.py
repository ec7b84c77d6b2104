"""Routes say who may call them; forgetting is an error, not an opening."""

import pytest
from flask import Flask

from secretariat.pages import access


def test_route_without_declaration_stops_the_start(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    with pytest.raises(access.UndeclaredAccessError, match=r"forgotten \(/forgotten\)"):
        access.check(app)


def test_declaration_above_the_route_does_not_count(app: Flask) -> None:
    @access.public("stands above the route, where it guards nothing")
    @app.get("/inside-out")
    def inside_out() -> str:
        return "open"

    with pytest.raises(access.UndeclaredAccessError, match="inside_out"):
        access.check(app)


def test_declared_routes_let_the_application_start(app: Flask) -> None:
    access.check(app)


def test_two_declarations_are_refused() -> None:
    with pytest.raises(access.UndeclaredAccessError, match="twice"):

        @access.signed_in
        @access.public("and yet")
        def both() -> str:
            return ""


def test_public_route_gives_its_reason() -> None:
    with pytest.raises(access.UndeclaredAccessError, match="reason"):
        access.public("  ")


def test_view_that_never_asks_is_an_error(app: Flask) -> None:
    @app.get("/link/<token>")
    @access.capability("accept")
    def link(token: str) -> str:
        return f"secret of {token}"

    with pytest.raises(access.NeverAskedError):
        app.test_client().get("/link/abc")


def test_not_allowed_and_not_there_are_the_same_answer(app: Flask) -> None:
    @app.get("/papers/<number>")
    @access.capability("read")
    def paper(number: str) -> str:
        access.authorise(access.found({"1": True, "2": False}.get(number)))
        return "paper"

    client = app.test_client()
    hidden, missing, nowhere = client.get("/papers/2"), client.get("/papers/9"), client.get("/papers")
    assert client.get("/papers/1").text == "paper"
    assert hidden.status_code == missing.status_code == nowhere.status_code == 404
    assert hidden.data.replace(b"/papers/2", b"") == missing.data.replace(b"/papers/9", b"")
    assert dict(hidden.headers) == dict(missing.headers)
