"""Numbers for who watches over the machine: behind a token, without a name in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine

from config import Settings
from secretariat.core import heartbeats
from secretariat.follow_up import service
from secretariat.web import create_app
from tests.factories.follow_up import NOON, due_world, on

TOKEN = "a-token-of-the-installation"


@pytest.fixture
def watched(engine: Engine, settings: Settings) -> Iterator[Flask]:
    made = create_app(settings.model_copy(update={"metrics_token": TOKEN}))
    yield made
    made.extensions["engine"].dispose()


def figures(text: str) -> dict[str, int]:
    return {name: int(value) for name, value in re.findall(r"^(secretariat_\S+) (\d+)$", text, re.MULTILINE)}


def test_it_tells_signs_of_life_and_numbers_of_mails(engine: Engine, watched: Flask) -> None:
    with on(NOON):
        due_world(engine)
        heartbeats.give(engine, "scan")
        service.scan(engine)
    with on(NOON + timedelta(minutes=10)):
        answer = watched.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    text = answer.get_data(as_text=True)
    found = figures(text)
    assert answer.status_code == 200
    assert 595 <= found['secretariat_seconds_since_alive{part="scan"}'] <= 610
    assert found['secretariat_mails{state="waiting"}'] == 1
    assert found['secretariat_mails{state="sent"}'] == 0
    assert 595 <= found["secretariat_mail_overdue_seconds"] <= 610
    assert all(line.startswith("# ") or re.fullmatch(r"secretariat_[a-z_]+(\{[a-z]+=\"[a-z_]+\"\})? \d+", line)
               for line in text.splitlines())  # fmt: skip


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", f"Basic {TOKEN}", TOKEN, "Bearer é"])
def test_without_the_token_there_is_no_such_page(watched: Flask, header: str) -> None:
    client = watched.test_client()
    answer = client.get("/metrics", headers={"Authorization": header} if header else {})
    assert answer.status_code == client.get("/metricz").status_code == 404
    assert "secretariat_" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer "])
def test_an_installation_without_a_token_has_none(app: Flask, header: str) -> None:
    assert app.test_client().get("/metrics", headers={"Authorization": header}).status_code == 404


def test_nothing_is_overdue_where_nothing_waits(engine: Engine, watched: Flask) -> None:
    text = watched.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).get_data(as_text=True)
    assert figures(text)["secretariat_mail_overdue_seconds"] == 0
