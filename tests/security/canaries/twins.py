"""Twins: databases that differ only in what one role may not see give that role the same bytes.

One has all that was planted; in `absent` what the role may not read was never there; in `otherwise` half of it is gone
and the rest says something else (`apart`). The same random requests go to all of them, with the clock stopped and all
chance sown anew for each request, so that nothing has to be left out of the comparison: keys, nonces, tokens, padding
and the stamps in signatures are alike. Status, headers, body and number of statements must be.
"""

from __future__ import annotations

import difflib
import itertools
import os
import random
import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from unittest.mock import patch
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner
from sqlalchemy import select
from werkzeug.routing import Rule

from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.meetings.models import Adoption, Meeting
from secretariat.meetings.service import Confirmation, ItemWords, OutcomeWords, add_item, record_outcome
from tests.factories.meetings import acting
from tests.security.canaries import addresses, apart, links
from tests.security.canaries import planted as planting
from tests.security.canaries.addresses import Address
from tests.security.canaries.crawl import client_of
from tests.security.canaries.inside import one_press
from tests.security.canaries.unlike import Compared
from tests.security.canaries.world import World
from tests.support import databases
from tests.support.sql import statements_sent

FULL, OTHERS = "full", ("absent", "otherwise")
LANGUAGES = ("en", "es", "fr", "ar")
WORKED_AT = ("public", "participants", "participants of both tracks")
"""Where meetings stand in which work goes on."""
PAPERS = 0.2
"""How often a rule that sets a paper is asked, where another is asked once: a press takes a second."""
OF_THE_INSTALLATION = frozenset({"administration.settings"})
"""Pages that tell of the installation itself, such as its folders, which each twin has of its own."""
EXPIRY = re.compile(r"Expires=[^;]*")

Answer = tuple[int, str, bytes, int]


@dataclass
class Twins:
    """The product on each of the databases, for one role; and what is in the full one."""

    role: str
    world: World
    apps: dict[str, Flask]
    apart: dict[str, int]
    """How many rows each of the others lacks or tells otherwise."""
    rounds: Iterator[int] = field(default_factory=itertools.count)
    """Each round of answers is sown with another seed: a key is drawn once."""


@dataclass(frozen=True)
class Request:
    """What is asked: an address, and the headers that go with it."""

    path: str
    language: str
    squeezed: bool

    @property
    def headers(self) -> dict[str, str]:
        return {"Accept-Language": self.language} | ({"Accept-Encoding": "gzip"} if self.squeezed else {})


@contextmanager
def twins(kind: str, shared: Path, run: str, role: str, seed: int = 1) -> Iterator[Twins]:
    """Copies of the canary world, apart in what `role` may not read; away afterwards."""
    with ExitStack() as kept:
        apps, counts = {}, {}
        for name in (FULL, *OTHERS):
            folder = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix=f"twin-{name}-")))
            url, world = planting.copied(kind, shared, run, folder)
            if kind == "postgresql":
                kept.callback(databases.drop, url)
            if name == "absent":
                counts[name] = apart.take_away(url, world, role)
            elif name == "otherwise":
                counts[name] = apart.say_otherwise(url, world, role, seed)
            apps[name], _settings = kept.enter_context(planting.application(url, folder))
        found = Twins(role, world, apps, counts)
        carry_on(found)
        yield found


@contextmanager
def stopped(at: datetime | None = None) -> Iterator[None]:
    """No time goes by: on the product's clock, and in the stamps of signed cookies."""
    instant = at or clock.now()
    with (
        patch.object(clock, "now", lambda: instant),
        patch.object(TimestampSigner, "get_timestamp", lambda _self: int(instant.timestamp())),
    ):
        yield


@contextmanager
def sown(seed: str) -> Iterator[None]:
    """All chance from one seed, at the source that keys, tokens, nonces, padding and salts are drawn from."""
    drawn = Random(seed).randbytes
    with patch.object(os, "urandom", drawn), patch.object(random, "_urandom", drawn):
        yield


def carry_on(made: Twins) -> None:
    """The same work goes on in each: what is numbered now stands beside what the role may not see."""
    officer, meetings = made.world.officials["officer"], [made.world.at["Meeting", spot] for spot in WORKED_AT]
    assert officer is not None
    confirmed = Confirmation(adoption=Adoption.CONSENSUS, word="in the room")
    for app in made.apps.values():
        with stopped(), sown("carried on"), acting(app.extensions["engine"], officer) as session:
            for meeting in session.scalars(select(Meeting).where(Meeting.id.in_(meetings)).order_by(Meeting.id)):
                # Each from a seed of its own: how much chance the work before it took may differ.
                with sown(f"an item of {meeting.id}"):
                    add_item(session, meeting, ItemWords(title=LocalText.of("a new item")))
                words = OutcomeWords(kind="recommendation", text=LocalText.of("a new outcome"))
                with sown(f"an outcome of {meeting.id}"):
                    record_outcome(session, meeting, words, confirmation=confirmed)


def requests(app: Flask, world: World, role: str, seed: int, many: int) -> Iterator[Request]:
    """Random requests: a rule, one of its addresses with what may be asked of it, a language, a way to be answered."""
    chance = Random(f"{seed} {role}")
    rules = addresses.rules_to_visit(app)
    known = {
        rule.rule: [one for one in addresses.addresses(rule, world, role) if _with_own_eyes(world, role, one)]
        for rule in rules
    }
    weights = [_weight(rule) for rule in rules]
    for rule in chance.choices(rules, weights, k=many):
        address = chance.choice(known[rule.rule])
        asked = address.whole
        if not address.query and chance.random() < 0.2:
            asked += f"?{urlencode({'lang': chance.choice(LANGUAGES)})}"
        yield Request(asked, chance.choice(LANGUAGES), chance.random() < 0.2)


def _weight(rule: Rule) -> float:
    if rule.endpoint in OF_THE_INSTALLATION:
        return 0
    return PAPERS if "form" in rule.arguments else 1


def _with_own_eyes(world: World, role: str, address: Address) -> bool:
    """Not a page behind somebody else's link or feed, or one that was lent: it shows what that one may see."""
    feed = address.parts.get("feed")
    if feed:
        return world.feeds.get(feed, "anonymous") in (role, "anonymous")
    token, page = address.parts.get("token"), address.rule.rule.rpartition("/")[2]
    scope = links.ALSO.get(page, page)
    return not token or links.reader_behind(world, token, scope) in (role, "anonymous")


def compare(made: Twins, *, many: int, seed: int = 1, reader: str = "") -> Compared:
    """The answers of all twins to random requests, as the role they were made for or another `reader`."""
    found, role = Compared(), reader or made.role
    with stopped(), one_press():
        clients, first = {}, next(made.rounds)
        for name, app in made.apps.items():
            with sown(f"{first} to begin with"):
                clients[name] = client_of(app, made.world.officials[role])
                for _ in range(3):  # the reader is worked out and remembered; that is no difference
                    clients[name].get("/").close()
        for asked in requests(made.apps[FULL], made.world, role, seed, many):
            answers = _answers(clients, asked, next(made.rounds))
            if any(answers[FULL] != answers[name] for name in OTHERS):
                # Words of labels and hats are remembered in the process, not for each database: whoever is asked first
                # looks them up. Asked once more, nobody has to.
                answers = _answers(clients, asked, next(made.rounds))
            for name in OTHERS:
                found.checks += 1
                if answers[name] != answers[FULL]:
                    found.unlike.append(f"{role}: {name}: {asked}: {difference(answers[FULL], answers[name])}")
    return found


def _answers(clients: dict[str, FlaskClient], asked: Request, seed: int) -> dict[str, Answer]:
    return {name: _answer(client, asked, seed) for name, client in clients.items()}


def _answer(client: FlaskClient, asked: Request, seed: int) -> Answer:
    with sown(str(seed)), statements_sent() as sent:
        answer = client.get(asked.path, headers=asked.headers)
        body = answer.get_data()
        answer.close()
    headers = "\n".join(f"{name}: {_timeless(value)}" for name, value in answer.headers if name != "Date")
    return answer.status_code, headers, body, len(sent)


def _timeless(header: str) -> str:
    """A header without the second a cookie ends in: the clock of the server goes on while twins are asked in turn."""
    return EXPIRY.sub("Expires=~", header)


def difference(first: Answer, second: Answer) -> str:
    """The first lines in which two answers differ, and in which of their parts."""
    names = ("status", "headers", "body", "statements")
    parts = [name for name, one, other in zip(names, first, second, strict=True) if one != other]
    lines = list(
        difflib.unified_diff(_lines(first), _lines(second), "full", "the other", n=0, lineterm=""),
    )[3:9]
    return f"{', '.join(parts)}: " + " | ".join(line[:200] for line in lines)


def _lines(answer: Answer) -> list[str]:
    status, headers, body, statements = answer
    return [f"{status}, {statements} statements", *headers.splitlines(), *body.decode("utf-8", "replace").splitlines()]
