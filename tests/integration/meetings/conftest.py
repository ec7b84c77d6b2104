"""A small world with people: an officer, focal points, an alternate, an observer, a chair."""

import html
import re
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.datastructures import MultiDict

from secretariat import registers
from secretariat.core.session import Reason, system_unit
from tests.factories import people
from tests.factories.people import Official
from tests.factories.processes import small_world
from tests.support import kept

registers.fill()


@dataclass
class Stage:
    """Who acts, and the ids of what they act on."""

    engine: Engine
    id: dict[str, UUID]
    officer: Official
    coordinator: Official
    chair: Official
    focal: dict[str, Official] = field(default_factory=dict)
    alternate: dict[str, Official] = field(default_factory=dict)


@pytest.fixture
def stage(engine: Engine) -> Stage:
    """Members Belize, Guatemala (with an alternate), Honduras and Mexico; Colombia observes; Guatemala chairs the
    steering group. Honduras has nobody to write to."""
    return replace(kept.once("stage", engine, lambda: made_stage(engine)), engine=engine)


def made_stage(engine: Engine) -> Stage:
    with system_unit(engine, Reason.REFERENCE) as session:
        world = small_world(session)
        world.process.languages = ["en", "es", "ar"]
        track = world.government
        stage = Stage(
            engine,
            world.id,
            officer=people.officer(session, track),
            coordinator=people.coordinator(session, world.network),
            chair=people.chair(session, track, world.member["gt"], body=world.body["steering"]),
        )
        for key, participant in {**world.member, **world.observer}.items():
            if key != "hn":
                stage.focal[key] = people.focal_point(
                    session, track, participant, language="es" if key == "gt" else "en"
                )
        stage.alternate["gt"] = people.alternate(session, track, world.member["gt"])
    return stage


class Desk:
    """A browser of one person: fills in forms as they come, with what they carry unseen."""

    def __init__(self, app: Flask, one: Official | None = None) -> None:
        self.client = people.sign_in(app, one) if one else app.test_client()

    def get(self, path: str, status: int = 200) -> str:
        """The page at this address, as one reads it."""
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return answer.get_data(as_text=True)

    def send(self, path: str, typed: dict[str, Any], status: int = 303, *, form_at: str = "") -> tuple[str, str]:
        """Send a form found at `form_at` (its own address); where it leads, and the page."""
        page = self.client.get(form_at or path).get_data(as_text=True)
        unseen = {
            name: value
            for name in ("csrf_token", "nonce", "version")
            for value in re.findall(rf'name="{name}"[^>]*value="([^"]*)"', page)[:1]
        }
        answer = self.client.post(path, data=MultiDict({**unseen, **typed}))
        assert answer.status_code == status, (path, answer.status_code, WRONG.findall(answer.get_data(as_text=True)))
        return answer.location or "", answer.get_data(as_text=True)

    def wrong(self, path: str, typed: dict[str, Any]) -> list[str]:
        """What is said to be wrong when a form is sent so."""
        _location, page = self.send(path, typed, 422)
        return [html.unescape(re.sub("<[^>]+>", "", said)) for said in WRONG.findall(page)]


WRONG = re.compile(r'<p class="why"[^>]*>.*?<span>(.*?)</span>', re.S)
