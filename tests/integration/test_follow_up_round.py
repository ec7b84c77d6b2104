"""The next round on the officer's page: what is done about several recipients at once, all of it or nothing."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from secretariat import registers
from secretariat.core.session import Reason, system_unit
from secretariat.follow_up import service
from secretariat.follow_up.models import Digest, DigestSeries
from tests.factories import people
from tests.factories.follow_up import NOON, DueWorld, commitment, due_world, on

registers.fill()
PAGE = "/processes/rcx/follow-up/"


@pytest.fixture
def world(engine: Engine) -> Iterator[DueWorld]:
    """Something is due of Guatemala and of Mexico."""
    with on(NOON):
        made = due_world(engine)
        with on(NOON - timedelta(days=50)):
            commitment(engine, made.plans, made.plan, "mx", words="A Mexican matter", due_on=NOON.date())
        yield made


def keys(world: DueWorld, *states: str) -> list[str]:
    return [f"{one.hat.id}:{one.person}" for one in map(world.recipient, states)]


def send(client: FlaskClient, **fields: str | list[str]) -> tuple[int, str]:
    page = client.get(PAGE).get_data(as_text=True)
    hidden = dict(re.findall(r'<input[^>]*name="(csrf_token|nonce|version)"[^>]*value="([^"]*)"', page))
    answer = client.post(PAGE, data={**hidden, **fields})
    code = answer.status_code
    if code == 303:
        answer = client.get(answer.location)
    return code, html.unescape(answer.get_data(as_text=True))


def digests(engine: Engine) -> list[tuple[str, str]]:
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        return sorted((one.kind.value, one.personal_line) for one in session.scalars(select(Digest)))


def test_several_are_sent_at_once_with_one_line(engine: Engine, app: Flask, world: DueWorld) -> None:
    client = people.sign_in(app, world.plans.officer)
    code, page = send(client, who=keys(world, "gt", "mx"), act="send", line="It was good to meet.")
    assert code == 303
    assert "2 messages are on their way." in page
    assert digests(engine) == [("by_hand", "It was good to meet.")] * 2
    assert "Nothing was sent" in send(client, who=keys(world, "gt", "mx"), act="send")[1]


def test_several_are_held_and_let_go(engine: Engine, app: Flask, world: DueWorld) -> None:
    client = people.sign_in(app, world.plans.officer)
    assert "Held for 2 persons until you let go." in send(client, who=keys(world, "gt", "mx"), act="hold")[1]
    assert service.scan(engine) == {}
    assert "Let go for 1 person." in send(client, who=keys(world, "mx"), act="let go")[1]
    assert service.scan(engine) == {"digests": 1}


def test_a_round_is_skipped_for_several_and_the_others_get_theirs(engine: Engine, app: Flask, world: DueWorld) -> None:
    client = people.sign_in(app, world.plans.officer)
    assert "This round is skipped for 1 person." in send(client, who=keys(world, "mx"), act="skip")[1]
    assert service.scan(engine) == {"digests": 1}
    assert [kind for kind, _line in digests(engine)] == ["by_policy", "skipped"]


def test_a_line_is_kept_for_several(engine: Engine, app: Flask, world: DueWorld) -> None:
    client = people.sign_in(app, world.plans.officer)
    code, page = send(client, who=keys(world, "gt", "mx"), act="line", line="Until Panama.")
    assert code == 303
    assert "Kept for the next messages to 2 persons." in page
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        assert [one.personal_line for one in session.scalars(select(DigestSeries))] == ["Until Panama."] * 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"act": "send"}, "Choose at least one person"),
        ({"who": "gt"}, "Choose what to do"),
        ({"who": "gt", "act": "line"}, "Write the line that is to stand in these messages."),
        ({"who": "gt", "act": "burn"}, "Choose one of those shown"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_done(
    engine: Engine, app: Flask, world: DueWorld, typed: dict[str, str], sentence: str
) -> None:
    client = people.sign_in(app, world.plans.officer)
    given: dict[str, str | list[str]] = {**typed}
    if "who" in typed:
        given["who"] = keys(world, typed["who"])
    code, page = send(client, **given)
    assert code == 422
    assert sentence in page
    assert digests(engine) == []


def test_somebody_who_is_not_on_the_page_is_the_404_of_nobody(engine: Engine, app: Flask, world: DueWorld) -> None:
    client = people.sign_in(app, world.plans.officer)
    assert send(client, who=keys(world, "gt", "hn"), act="send")[0] == 404
    assert digests(engine) == []
