"""The walk: every role, every rule, every thing; what was found against what the oracle lets be found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import Flask, has_request_context, request
from flask.testing import FlaskClient
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.test import TestResponse

from secretariat.pages.languages import COOKIE as LANGUAGE_COOKIE
from tests.factories.people import PASSWORD, Official, token
from tests.security.canaries import addresses, links
from tests.security.canaries.addresses import Address
from tests.security.canaries.inside import one_press, text_of
from tests.security.canaries.world import KINDS, WORD, Kind, World

_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

OWN_TO_EACH = {
    "home.today": "a desk for each hat",
    "arrangements.own": "the persons of one's own delegation",
    "arrangements.one_of_own": "a person of one's own delegation",
    "arrangements.own_workshop": "what one's own participant names, and is asked",
    "meetings.calendar_page": "the meetings of the processes of one hat",
    "meetings.year_page": "the meetings of the processes of one hat",
    "meetings.tracks_beside": "a session both sides hold together is told once, also to who reads both its notices",
    "meetings.calendar_feeds": "the feeds one has made, and could make, oneself",
    "chairmanship.show": "what waits for the hand of who chairs the one thing or the other",
    "circulars.here": "the circulars of the side one stands on",
    "follow_up.next_round": "the next digests of one track, for its own secretariat",
    "follow_up.calls": "whom to ring on one track, for its own officers",
    "follow_up.log_contact": "whom to ring on one track, for its own officers",
    "follow_up.replies": "what came in by mail for one track, for its own officers",
    "follow_up.task_list": "the tasks of one track, and what is to be seen to there",
    "follow_up.away": "the colleagues who keep one track",
    "follow_up.own_contacts": "what is on file about oneself",
    "ownership.show": "each participant's own facts, all for the secretariat, sums for the chair",
    "ownership.rows": "the facts of a participant, for itself and the secretariat",
    "plans.propose": "begins with the first of the plans one reads; each is shown under its own address",
    "reports.of_process": "the latest edition itself for members, a list of all for the secretariat",
    "confidentiality.own_reading": "what one has opened oneself",
    "search.find": "the process of one's own hat stands at its head; what is found is looked at in test_search.py",
    "search.suggest": "leads who is not signed in to what is open; what is suggested is looked at in test_search.py",
}
"""Pages that are another for each reader, and why: what one finds there another need not."""

LESS_FOR: dict[tuple[str, str], str] = {
    **{
        (role, "processes.show"): "who left is shown what it was sent, and not the process as it stands now"
        for role in ("former who keeps", "suspended who keeps", "former representative")
    },
    **{
        (role, "emergency.index"): "one is shown the emergencies of the side one keeps, whatever their labels"
        for role in ("coordinator", "officer of another process")
    },
    **{
        ("administrator", endpoint): "an administrator sees that there was one, not what it tells, whatever its label"
        for endpoint in ("emergency.index", "emergency.show")
    },
}
"""Pages that show a role less than it may read, and why: role, endpoint."""

NEVER_OPENED: dict[str, str] = {
    "/people/cards/<uuid:card_id>/look": "one looks at one's own card; those planted are of persons who do not come by",
}
"""Rules that open for nobody in the canary world, and why."""

EXPRESSLY = {
    (
        "administrator",
        "administration.first_keeper",
        "Track",
    ): "the administrator appoints the first officer of a track",
    ("administrator", "emergency.index", "Track"): "the administrator asks to read a track in an emergency",
    (
        "administrator",
        "emergency.index",
        "EmergencyAccess",
    ): "administrators see that one was asked for, not what it tells",
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
    """What one walk brought together. `opened`: rules that gave somebody their page; `asked`: what views read of the
    address, as pairs of endpoint and name."""

    checks: int = 0
    visited: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)
    asked: set[tuple[str, str]] = field(default_factory=set)
    leaks: list[Leak] = field(default_factory=list)
    seen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    answered: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    endpoints: dict[str, str] = field(default_factory=dict)
    shown: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    errors: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        """Take over what another walk found, of other roles in the same world."""
        self.checks += other.checks
        self.visited |= other.visited
        self.opened |= other.opened
        self.asked |= other.asked
        self.leaks += other.leaks
        self.errors += other.errors
        self.endpoints |= other.endpoints
        for mine, more in ((self.seen, other.seen), (self.answered, other.answered), (self.shown, other.shown)):
            for name, words in more.items():
                mine[name] |= words

    def missing(self, world: World) -> list[str]:
        """Words a role may read, on a page that answered it and shows them to others, but not to this role."""
        return sorted(
            f"{role}: {address}: {world.canaries[word].kind} at {world.canaries[word].spot}"
            for address, words in self.shown.items()
            if self.endpoints[address] not in OWN_TO_EACH
            for role in self.answered[address]
            if (role, self.endpoints[address]) not in LESS_FOR
            for word in words - self.seen[role]
            if world.reads(role, world.canaries[word].thing) and not entry_of(world.canaries[word].kind).why_unseen
        )

    def never_found(self, world: World) -> list[str]:
        """Kinds of which nobody found anything although their entry says they are shown: there the walk is blind."""
        found = {world.canaries[word].kind for seen in self.seen.values() for word in seen}
        shown = {canary.kind for canary in world.canaries.values() if not entry_of(canary.kind).why_unseen}
        return sorted(
            f"no page showed anybody a {kind}: show it, or say why_unseen in its entry" for kind in shown - found
        )

    def not_visited(self, app: Flask) -> list[str]:
        """Rules nobody came by."""
        return sorted(rule.rule for rule in addresses.rules_to_visit(app) if rule.rule not in self.visited)

    def never_opened(self, app: Flask) -> list[str]:
        """Rules that never gave anybody a page: what they would show, nobody has looked through."""
        return sorted(
            f"{rule.rule} opened for nobody: plant what it shows, or say why in NEVER_OPENED of canaries/crawl.py"
            for rule in addresses.rules_to_visit(app)
            if rule.rule not in self.opened and rule.rule not in NEVER_OPENED
        )

    def unknown_questions(self) -> list[str]:
        """What views read of their address although nobody has said which values it takes."""
        return sorted(
            f"{endpoint} reads ?{name}=: say in QUERIES of canaries/addresses.py which values it takes"
            for endpoint, name in self.asked
            if name not in addresses.EVERYWHERE and name not in addresses.QUERIES.get(endpoint, {})
        )


def entry_of(name: str) -> Kind:
    """What the canary world says of a kind."""
    return next(kind for model, kind in KINDS.items() if model.__name__ == name)


def walk(app: Flask, world: World, *, roles: list[str] | None = None, most: int | None = None, only: str = "") -> Found:
    """Visit everything with everyone's eyes. `most` things of each kind in the slice, all of them otherwise; `only`
    one rule where that is all one wants."""
    found = Found()
    with watching_questions(app, found.asked), one_press():
        for role in roles or list(world.officials):
            found.seen[role]
            client = client_of(app, world.officials[role])
            for rule in (one for one in addresses.rules_to_visit(app) if only in ("", one.rule)):
                for address in addresses.addresses(rule, world, role, most):
                    _visit(client, world, found, role, address)
    return found


@contextmanager
def watching_questions(app: Flask, asked: set[tuple[str, str]]) -> Iterator[None]:
    """Note meanwhile every name a view reads from the query of its address."""

    class Watched(ImmutableMultiDict[str, str]):
        def __getitem__(self, name: str) -> str:
            _note(name)
            return super().__getitem__(name)

        def __contains__(self, name: object) -> bool:
            _note(str(name))
            return super().__contains__(name)

        def get(self, key: str, *args: Any, **options: Any) -> Any:
            _note(key)
            return super().get(key, *args, **options)

    def _note(name: str) -> None:
        if has_request_context() and request.endpoint:
            asked.add((request.endpoint, name))

    class Watching(app.request_class):  # type: ignore[name-defined]
        @cached_property
        def args(self) -> Watched:
            return Watched(super().args.items(multi=True))

    before, app.request_class = app.request_class, Watching
    try:
        yield
    finally:
        app.request_class = before


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


def _visit(client: FlaskClient, world: World, found: Found, role: str, address: Address) -> None:
    found.checks += 1
    found.visited.add(address.rule.rule)
    found.endpoints[address.whole] = address.rule.endpoint
    try:
        answer = client.get(address.whole)
    except Exception as error:
        found.errors.append(f"{role}: {address.whole}: {type(error).__name__}: {error}"[:300])
        return
    finally:
        client.delete_cookie(LANGUAGE_COOKIE)
    if answer.status_code < 400:
        found.opened.add(address.rule.rule)
    look_through(everything(answer), answer.status_code, world, found, role, address)


def look_through(text: str, status: int, world: World, found: Found, role: str, address: Address) -> None:
    """Every word and every key in a text: does the reader read the thing it belongs to?"""
    reader, subjects = role, None
    token, page = address.parts.get("token"), address.rule.rule.rpartition("/")[2]
    scope = links.ALSO.get(page, page)
    if token and scope not in links.OF_THE_ACCOUNT:
        reader = links.reader_behind(world, token, scope)
        subjects = world.links[token].subjects if links.opens_something(world, token, scope) else ()
    feed = address.parts.get("feed")
    if feed:
        reader = world.feeds.get(feed, "anonymous")
    elif status == 200 and not (token and scope not in links.OF_THE_ACCOUNT):
        found.answered[address.whole].add(role)

    def may_stand(thing: UUID) -> bool:
        return world.reads(reader, thing) and (subjects is None or world.is_related(thing, subjects))

    asked = {*WORD.findall(address.whole), *_KEY.findall(address.whole), *map(str, subjects or ())}
    for word in {*WORD.findall(text)} - asked:
        canary = world.canaries.get(word)
        if canary is None:
            continue
        if not may_stand(canary.thing):
            found.leaks.append(Leak(role, address.whole, word, canary.kind, canary.spot))
        elif subjects is None and not feed:
            found.seen[role].add(word)
            found.shown[address.whole].add(word)
        else:
            found.seen[reader].add(word)
    for key in {*_KEY.findall(text)} - asked:
        for kind, name in world.kinds_of_key.get(key, ()):
            if not may_stand(name) and (role, address.rule.endpoint, kind) not in EXPRESSLY:
                found.leaks.append(Leak(role, address.whole, key, kind, "its key"))


def everything(answer: TestResponse) -> str:
    """Headers and body as one text, with what stands inside files."""
    return f"{answer.headers}\n{text_of(answer)}"
