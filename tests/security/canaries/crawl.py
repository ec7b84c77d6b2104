"""The walk: every role, every rule, every thing; what was found against what the oracle lets be found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from secretariat.core import session as core_session
from tests.factories.people import PASSWORD, Official, token
from tests.security.canaries import addresses
from tests.security.canaries.world import KINDS, WORD, Kind, World

_FOLDED = re.compile(r"\r\n[ \t]")
_CHANGING = re.compile(
    r'(name="(?:csrf_token|nonce)"[^>]*value=")[^"]*|(value=")[^"]*("[^>]*name="(?:csrf_token|nonce)")|nonce-[\w-]+'
)
_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

OWN_TO_EACH = {
    "home.today": "a desk for each hat",
    "follow_up.next_round": "the next digests of one track, for its own secretariat",
    "reports.of_process": "the latest edition itself for members, a list of all for the secretariat",
}
"""Pages that are another for each reader, and why: what one finds there another need not."""

EXPRESSLY = {
    (
        "administrator",
        "administration.first_keeper",
        "Track",
    ): "the administrator appoints the first officer of a track",
}
"""Keys that stand on a page by rule although their thing is not readable: role, endpoint, kind; why. Never words."""


@dataclass(frozen=True)
class Leak:
    """A word, or the key of a thing, where it has no business."""

    role: str
    address: str
    what: str
    kind: str
    spot: str


@dataclass
class Found:
    """What one walk brought together."""

    checks: int = 0
    visited: set[str] = field(default_factory=set)
    leaks: list[Leak] = field(default_factory=list)
    seen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    answered: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    endpoints: dict[str, str] = field(default_factory=dict)
    shown: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    errors: list[str] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)

    def missing(self, world: World) -> list[str]:
        """Words a role may read, on a page that answered it and shows them to others, but not to this role."""
        return sorted(
            f"{role}: {address}: {world.canaries[word].kind} at {world.canaries[word].spot}"
            for address, words in self.shown.items()
            if self.endpoints[address] not in OWN_TO_EACH
            for role in self.answered[address]
            for word in words - self.seen[role]
            if world.reads(role, world.canaries[word].thing) and not entry_of(world.canaries[word].kind).why_unseen
        )

    def never_found(self, world: World) -> list[str]:
        """Kinds of which nobody found anything although their entry says they are shown: there the walk is blind."""
        found = {world.canaries[word].kind for seen in self.seen.values() for word in seen}
        shown = {canary.kind for canary in world.canaries.values() if not entry_of(canary.kind).why_unseen}
        return sorted(shown - found)


def entry_of(name: str) -> Kind:
    """What the canary world says of a kind."""
    return next(kind for model, kind in KINDS.items() if model.__name__ == name)


def walk(app: Flask, world: World, *, roles: list[str] | None = None, most: int | None = None) -> Found:
    """Visit everything with everyone's eyes. `most` things of each kind in the slice, all of them otherwise."""
    found = Found()
    for role in roles or list(world.officials):
        official = world.officials[role]
        client = client_of(app, official)
        found.seen[role]
        for rule in addresses.rules_to_visit(app):
            for path, parts in addresses.addresses(rule, world, most):
                for query in addresses.queries(rule):
                    _visit(client, world, found, role, f"{path}{query}", rule.endpoint, parts)
    return found


def client_of(app: Flask, official: Official | None) -> FlaskClient:
    """Signed in under the hat, where it may still be worn; who has none goes on without, as nobody."""
    client = app.test_client()
    if official is None:
        return client
    data = {"email": official.email, "password": PASSWORD, "csrf_token": token(client, "/account/sign-in")}
    answer = client.post("/account/sign-in", data=data)
    if answer.status_code != 303:
        raise RuntimeError(f"{official.email} could not sign in: {answer.status_code}")
    if answer.location.startswith("/account/hat"):
        page = client.get("/account/hat").get_data(as_text=True)
        if str(official.hat) in page:
            client.post("/account/hat", data={"hat": str(official.hat), "csrf_token": token(client, "/account/hat")})
    return client


def _visit(
    client: FlaskClient, world: World, found: Found, role: str, address: str, endpoint: str, parts: dict[str, str]
) -> None:
    found.checks += 1
    found.visited.add(endpoint)
    found.endpoints[address] = endpoint
    try:
        answer = client.get(address)
    except Exception as error:
        found.errors.append(f"{role}: {address}: {type(error).__name__}: {error}"[:300])
        return
    text = everything(answer)
    if answer.status_code == 200:
        found.answered[address].add(role)
    for word in set(WORD.findall(text)):
        canary = world.canaries.get(word)
        if canary is None:
            continue
        if world.reads(role, canary.thing):
            found.seen[role].add(word)
            found.shown[address].add(word)
        else:
            found.leaks.append(Leak(role, address, word, canary.kind, canary.spot))
    asked = set(parts.values())
    for key in set(_KEY.findall(text)) - asked:
        for kind, name in _kinds_of_key(world).get(key, ()):
            if not world.reads(role, name) and (role, endpoint, kind) not in EXPRESSLY:
                found.leaks.append(Leak(role, address, key, kind, "its key"))


def everything(answer: TestResponse) -> str:
    """Headers and body as one text, folded lines of calendars made whole."""
    body = _FOLDED.sub("", answer.get_data().decode("utf-8", "replace"))
    answer.close()
    return f"{answer.headers}\n{body}"


def _kinds_of_key(world: World) -> dict[str, list[tuple[str, Any]]]:
    found: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for kind, keys in world.planted.items():
        for key in keys:
            found[str(key)].append((kind, key))
    return found


# --- hidden equals absent ---------------------------------------------------------------------------------------------


@contextmanager
def counting() -> Iterator[list[str]]:
    """The statements sent meanwhile."""
    sent: list[str] = []

    def observe(_connection: Any, statement: str) -> None:
        sent.append(statement)

    core_session.SQL_OBSERVERS.append(observe)
    try:
        yield sent
    finally:
        core_session.SQL_OBSERVERS.remove(observe)


def compare_hidden_with_absent(app: Flask, world: World, *, roles: list[str], most: int | None = None) -> Found:
    """For each address of a thing the role may not read: is the answer that of one which does not exist?"""
    found = Found()
    for role in roles:
        official = world.officials[role]
        client = client_of(app, official)
        for _ in range(3):
            client.get(
                "/"
            ).close()  # the reader is worked out and remembered; that is no difference between two answers
        for rule in addresses.rules_to_visit(app):
            for path, parts in addresses.addresses(rule, world, most):
                hidden = [key for key in parts.values() if key in _kinds_of_key(world)]
                if not hidden or any(
                    world.reads(role, name) for key in hidden for _, name in _kinds_of_key(world)[key]
                ):
                    continue
                other = addresses.absent(parts)
                first, second = _shape(client, path, parts), _shape(client, addresses.fill(rule, other), other)
                found.checks += 1
                if first != second:
                    found.unlike.append(f"{role}: {path}: {_difference(first, second)}")
    return found


def _shape(client: FlaskClient, path: str, parts: dict[str, str]) -> tuple[int, str, str, int]:
    client.get(path).close()  # what a first visit warms is no difference
    with counting() as sent:
        answer = client.get(path)
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers if name not in ("Date", "Set-Cookie"))
    body = answer.get_data(as_text=True)
    answer.close()
    for value in parts.values():
        headers, body = headers.replace(value, "~"), body.replace(value, "~")
    return answer.status_code, _CHANGING.sub("~", headers), _CHANGING.sub("~", body), len(sent)


def _difference(first: tuple[Any, ...], second: tuple[Any, ...]) -> str:
    names = ("status", "headers", "body", "statements")
    return ", ".join(
        f"{name} {one if name in ('status', 'statements') else ''} {other if name in ('status', 'statements') else ''}"
        for name, one, other in zip(names, first, second, strict=True)
        if one != other
    )
