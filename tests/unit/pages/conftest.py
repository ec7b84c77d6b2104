"""A small application with the machinery of pages and no database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from secretariat.core.languages import reading_in
from secretariat.pages import installation
from secretariat.pages.access import public

ROOT = Path(__file__).resolve().parents[3]
Render = Callable[..., str]


@pytest.fixture
def app() -> Flask:
    app = Flask("sample", template_folder=ROOT / "templates", static_folder=ROOT / "secretariat" / "static")
    app.config.update(SECRET_KEY="for tests alone", TESTING=True)
    installation.install(app)

    @app.route("/", methods=["GET", "POST"])
    @public("a sample")
    def home() -> str:
        return "home"

    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def render(app: Flask) -> Render:
    """Render a piece of template for a reader of a language."""

    def rendered(source: str, language: str = "en", **context: object) -> str:
        with app.test_request_context("/"), reading_in(language, zone="America/Costa_Rica"):
            return render_template_string(source, **context)

    return rendered
