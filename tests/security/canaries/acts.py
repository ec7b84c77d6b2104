"""The walk of posts: every rule that takes one, by every role, against every thing; and what it stored.

Where the thing is hidden the answer is that of a thing that does not exist. Where it may be read and not acted on, it
is refused. Where it may be acted on, the form of the page is filled in and sent, and sent again with forged choices.
Whatever was stored is taken back before the next.
"""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZipFile

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.routing import Rule
from werkzeug.test import EnvironBuilder, TestResponse

from secretariat.core.database import make_engine
from secretariat.core.session import Reason, system_unit
from secretariat.pages.access import declaration_of
from tests.factories.people import token as token_against_forgery
from tests.security.canaries import acted, addresses, crawl, forms, links, unlike, who
from tests.security.canaries import planted as planting
from tests.security.canaries.addresses import Address
from tests.security.canaries.forms import Control, Data, Form
from tests.security.canaries.stored import Change, Stored, watched
from tests.security.canaries.world import World
from tests.support import databases
from tests.support.sql import statements_sent

ATTEMPTS = frozenset({"security_events", "throttles"})
"""What is kept of an attempt that came to nothing: the security log, and the count that slows attempts down."""

OF_THE_SESSION = frozenset({"open_sessions"})
"""What a request may change whatever it asks for: when its session was last seen."""

OF_WHO_HOLDS_A_LINK = frozenset({"viewers", "readable_labels"})
"""What is worked out of whom a link was made for, who has not come under its hat before; nothing that was sent."""

ALWAYS: dict[str, frozenset[str]] = {
    "account_links.forgotten": frozenset({"password_requests", "used_nonces"}),
    "mail.again": frozenset({"used_nonces"}),
}
"""Rules at which everybody leaves something, known or not: the same for every address one may give."""

SENT_AWAY = {"anonymous": "/account/sign-in", "one who was replaced": "/account/hat"}
"""Where those are led who have nothing to act with, whatever they ask for."""

READINGS = frozenset({"readings"})
"""That the page was read on which the form comes back."""
MOST_STEPS = 5
MOST_FORGED = 3
"""At how many things the choices of one form are forged by one role."""
MOST_OF_A_KIND = 12
"""In the whole walk, of how many things of each kind the pages for things of any kind are posted to."""
MOST_GUIDES = 2
"""Of those who may, how many are asked for their form before that of another thing is taken."""
BY_HAND = ("commitments", "meetings")
MOST_OF_A_RULE = 8
"""Addresses of one rule in the slice, for each of `most`."""


@contextmanager
def ground(kind: str, shared: Path, run: str, folder: Path) -> Iterator[tuple[Flask, World, Stored]]:
    """The product on a copy of the world whose database writes down what is stored in it."""
    url, world = planting.copied(kind, shared, run, folder)
    with planting.application(url, folder) as (app, settings), watched(url) as stored:
        world.engine = make_engine(url, None if settings.on_sqlite else settings.database_role)
        try:
            yield app, world, stored
        finally:
            world.engine.dispose()
    if kind == "postgresql":
        databases.drop(url)


class Walk:
    """One application, one world, and what is remembered on the way."""

    def __init__(self, app: Flask, world: World, stored: Stored) -> None:
        self.app, self.world, self.stored = app, world, stored
        self.found, self.words = acted.Acted(), crawl.Found()
        self.own, self.more = who.own_things(world)
        self._clients: dict[str, FlaskClient] = {}
        self._tokens: dict[str, str] = {}
        self._tried: Counter[tuple[str, str]] = Counter()
        self._cookies: dict[str, dict[Any, Any]] = {}
        self._guides: dict[str, Data] = {}
        self._absent: dict[tuple[str, str, str], Any] = {}

    def go(self, role: str, most: int | None = None, only: str = "") -> None:
        """Everything by one role; `only` rules whose endpoint begins so."""
        for rule in acted.rules(self.app):
            if rule.endpoint.startswith(only):
                for method in acted.methods(rule):
                    every = list(self._addresses(rule, role, most))
                    for address in _slice(every, most):
                        self._one(role, method, address)

    def _addresses(self, rule: Rule, role: str, most: int | None) -> Iterator[Address]:
        """Those of the walk of pages; each thing in what it stands in too; one's own things; and one's own links."""
        tried = set[str]()
        for address in self._more_addresses(rule, role, most):
            if address.path not in tried:
                tried.add(address.path)
                yield address

    def _more_addresses(self, rule: Rule, role: str, most: int | None) -> Iterator[Address]:
        of_any_kind = {"kind", "thing_id"} <= rule.arguments
        for address in addresses.bare_addresses(
            rule, self.world, role, most or (MOST_OF_A_KIND if of_any_kind else None)
        ):
            yield address
            yield _at(rule, self._in_its_place(address.parts))
        if "token" in rule.arguments:
            scope, mine = who.scope_of(rule), (role, links.INVITEE)
            own = [key for key, one in self.world.links.items() if one.role in mine and one.scope == scope]
            for key in addresses._some(own, most and most * 2):
                yield from (_at(rule, parts) for parts in behind(self.world, rule, key))
        for part in rule.arguments & self.more.keys() if len(rule.arguments) == 1 else ():
            yield from (_at(rule, {part: key}) for key in self.more[part].get(role, []))

    def _in_its_place(self, parts: dict[str, str]) -> dict[str, str]:
        """The same thing, at the address of what it stands in."""
        straight = dict(parts)
        for value in parts.values() if sum(map(forms.is_key, parts.values())) > 1 else ():
            known = self.world.oracle.things.get(UUID(value)) if forms.is_key(value) else None
            for part in parts:
                if known and str(known.inside) in addresses.PARTS.get(part, addresses.just())(self.world):
                    straight[part] = str(known.inside)
        return straight

    def _one(self, role: str, method: str, address: Address) -> None:
        self.found.posted.add((method, address.rule.rule))
        if self._is_nothing_to(role, address):
            self._refused_as_absent(role, method, address)
        elif self._may_try(role, address):
            self._may(role, address)
        else:
            self._refused(role, method, address)

    def _may_try(self, role: str, address: Address) -> bool:
        declared = declaration_of(self.app.view_functions[address.rule.endpoint])
        if role == "anonymous" and declared is not None and declared.kind not in ("public", "capability"):
            return False
        return who.may(self.world, self.own, role, address)

    def _is_nothing_to(self, role: str, address: Address) -> bool:
        """Whether what the address names is not there for this role."""
        parts = address.parts
        if "token" not in parts:
            expressly = any((role, part) in unlike.KNOWN_OF for part in parts)
            return unlike.is_hidden(self.world, role, parts) and not expressly
        scope = who.scope_of(address.rule)
        reader = links.reader_behind(self.world, parts["token"], scope)
        if reader == "anonymous":
            return True
        subjects = {str(one): str(one) for one in self.world.links[parts["token"]].subjects}
        return unlike.is_hidden(self.world, reader, subjects)

    # --- who may not ----------------------------------------------------------------------------------------------

    def _refused_as_absent(self, role: str, method: str, address: Address) -> None:
        data = self._guide(address)
        shape, _answer = self._posted(role, method, address, data, allowed=ATTEMPTS)
        parts = {name: value for name, value in address.parts.items() if not _names_a_thing(name, value)}
        key = (role, address.rule.rule, repr(sorted(parts.items())))
        other = {name: _absent(name, value) for name, value in address.parts.items()}
        nowhere = replace(address, path=addresses.fill(address.rule, other), parts=other)
        if key not in self._absent:
            self._absent[key], _changes = self._posted(role, method, nowhere, data, allowed=ATTEMPTS)
        if shape == self._absent[key]:
            return
        # What is remembered for some minutes may have run out between the two.
        for one in (nowhere, address, nowhere):
            self._absent[key] = shape
            shape, _changes = self._posted(role, method, one, data, allowed=ATTEMPTS)
        if shape != self._absent[key]:
            self._wrong(role, address, f"not as one that is absent: {unlike.difference(self._absent[key], shape)}")
        self._absent[key] = shape

    def _refused(self, role: str, method: str, address: Address) -> None:
        shape, _changes = self._posted(role, method, address, self._guide(address), allowed=ATTEMPTS)
        if shape[0] < 400 and not self._is_sent_away(role, shape):
            self._wrong(role, address, f"answered {shape[0]}")

    def _is_sent_away(self, role: str, shape: tuple[int, str, str, int]) -> bool:
        """Who is nobody signs in first, and who has no appointment any more chooses one."""
        to = SENT_AWAY.get(role)
        return to is not None and shape[0] == 303 and f"Location: {to}" in shape[1]

    def _posted(
        self, role: str, method: str, address: Address, data: Data, *, allowed: frozenset[str]
    ) -> tuple[tuple[int, str, str, int], list[Change]]:
        client = self._client(role)
        sent = self._fresh(role, data)
        with statements_sent() as statements:
            answer = self._answer(client, role, address, method, sent)
        # Who holds somebody's link knows that it was sent: there only the answers are alike.
        shape = unlike.shape_of(answer, address.parts, 0 if "token" in address.parts else len(statements))
        changes = self._taken(role)
        self._look_through(role, address, answer)
        self._only(role, address, str(shape[0]), changes, allowed)
        return shape, changes

    def _only(self, role: str, address: Address, answered: str, changes: list[Change], allowed: frozenset[str]) -> None:
        """Nothing was stored but what may be."""
        allowed = allowed | OF_THE_SESSION | ALWAYS.get(address.rule.endpoint, frozenset())
        if "token" in address.parts:
            allowed |= OF_WHO_HOLDS_A_LINK
        if stray := sorted({f"{one.act} {one.table}" for one in changes if one.table not in allowed}):
            self._wrong(role, address, f"answered {answered} and stored: {', '.join(stray)}")

    # --- who may --------------------------------------------------------------------------------------------------

    def _may(self, role: str, address: Address) -> None:
        act = who.ACTS[address.rule.endpoint]
        form = self._form(role, address)
        if form is None:  # not now, or not offered: what is answered to who tries is looked through all the same
            self.found.told.setdefault(address.rule.endpoint, f"{role} found no form for {address.path}")
            self._taken(role)
            self._send(role, address, self._fresh(role, self._guide(address)))
            self._taken(role)
            return
        answer, data = self._sent(role, address, form, act)
        changes = self._taken(role)
        beside = ATTEMPTS | (frozenset() if act.of_the_session else OF_THE_SESSION)
        if answer.status_code < 400 and any(one.table not in beside for one in changes):
            self.found.succeeded.add(address.rule.endpoint)
        else:
            why = re.findall(r'<li><a href="#([^"]*)">([^<]*)</a></li>', answer.get_data(as_text=True))
            told = f"{role} at {address.path}: {answer.status_code} {why} {data}"
            self.found.told[address.rule.endpoint] = told
        self._tried[role, address.rule.endpoint] += 1
        for control in form.choices() if self._tried[role, address.rule.endpoint] <= MOST_FORGED else ():
            self._forge(role, address, data, control)

    def _forge(self, role: str, address: Address, data: Data, control: Control) -> None:
        """The key of something that exists nowhere, and of something that is not for this role, in the place of what
        is offered: one answer, nothing stored, and it is noted. Where that may have gone while somebody wrote, the
        answer is a sentence, the same for both."""
        answers = []
        for key in (str(uuid4()), *self._not_theirs(role, control)):
            self._prepare(role, address)
            forged = self._fresh(role, forms.with_other(data, control, key))
            answer = self._send(role, address, forged)
            changes = self._taken(role)
            self.found.forged.add((address.rule.endpoint, control.name))
            what = f"{control.name} forged"
            told = (address.rule.endpoint, control.name) in who.TOLD
            expected, beside = (422, ATTEMPTS | READINGS) if told else (404, ATTEMPTS)
            self._only(role, address, f"{what}: {answer.status_code}", changes, beside)
            if answer.status_code != expected or not any(one.table == "security_events" for one in changes):
                noted = [one.row.get("kind") for one in changes if one.table == "security_events"]
                self._wrong(role, address, f"{what}: answered {answer.status_code}, noted {noted}")
            answers.append(unlike.shape_of(answer, address.parts | {"forged": key}, 0))
        if any(one != answers[0] for one in answers):
            self._wrong(role, address, f"{control.name} forged: hidden and absent are told apart")

    def _not_theirs(self, role: str, control: Control) -> list[str]:
        """Things of the kind that is offered which this role may not read, and one of another process."""
        kinds = {kind for value in control.offered for kind, _ in self.world.kinds_of_key.get(value, ())}
        hidden = [
            str(key)
            for kind in sorted(kinds or {"Meeting"})
            for key in self.world.planted[kind]
            if not self.world.reads(role, key) and str(key) not in control.offered
        ]
        away = "of another process" in role
        names = (
            ("state member", "government", "network")
            if away
            else ("state stranger", "other government", "other network")
        )
        elsewhere = [str(self.world.ids[name]) for name in names]
        return [*hidden[:1], *(one for one in elsewhere[:1] if one not in control.offered)]

    def _prepare(self, role: str, address: Address) -> None:
        before = who.ACTS[address.rule.endpoint].before
        if before is not None:
            with system_unit(self.world.engine, Reason.REFERENCE) as session:
                before(session, self.world, address.parts)
            self._client(role).get(
                "/account/hat"
            ).close()  # rights may have changed with it: the reader is worked out anew
            self.stored.mark()

    def _sent(self, role: str, address: Address, form: Form, act: who.Act) -> tuple[TestResponse, Data]:
        """Filled in and sent; what the page then asks for is answered, as long as it asks for more."""
        client, asked = self._client(role), set[str]()
        data = forms.filled(form, act.said)
        answer = self._send(role, address, data)
        for _step in range(MOST_STEPS):
            if answer.status_code not in (200, 409, 422):
                break
            page = answer.get_data(as_text=True)
            more = set(re.findall(r'<li><a href="#([^"]+)">', page))
            following = forms.forms_of(page, address.path)
            if not following:
                break
            asked |= more
            data = forms.filled(self._meant(following, address), act.said, asked)
            answer = self._send(role, address, data)
        if answer.status_code in (302, 303) and answer.location and not act.anew:
            self._look_through(role, address, client.get(answer.location))
        return answer, data

    def _send(self, role: str, address: Address, data: Data) -> TestResponse:
        answer = self._answer(self._client(role), role, address, "POST", data)
        self._look_through(role, address, answer)
        return answer

    def _answer(self, client: FlaskClient, role: str, address: Address, method: str, data: Data) -> TestResponse:
        try:
            return client.open(address.path, method=method, data=_with_files(data))
        except Exception as error:
            self._wrong(role, address, f"{type(error).__name__}: {error}")
            return TestResponse([], "500 Internal Server Error", Headers(), EnvironBuilder().get_request())

    def _form(self, role: str, address: Address) -> Form | None:
        """The form of this address as the page offers it to this role."""
        client = self._client(role)
        self._prepare(role, address)
        for path in self._pages(address):
            answer = client.get(path)
            if answer.mimetype == "text/html":
                found = forms.forms_of(answer.get_data(as_text=True), address.path, stands_there=path == address.path)
                if found:
                    return self._meant(found, address)
        return None

    def _pages(self, address: Address) -> Iterator[str]:
        act = who.ACTS[address.rule.endpoint]
        endpoint, asking = act.shown_at, f"?{act.asking}" if act.asking else ""
        if not endpoint:
            yield address.path
            return
        for rule in self.app.url_map.iter_rules(endpoint):
            known = address.parts | who.beside(self.world, address.parts)
            if "GET" in (rule.methods or ()) and set(rule.arguments) <= known.keys():
                yield addresses.fill(rule, known) + asking

    @staticmethod
    def _meant(found: list[Form], address: Address) -> Form:
        exactly = [one for one in found if one.action == address.path]
        return (exactly or found)[0]

    def _guide(self, address: Address) -> Data:
        """What somebody who may would send to this address: only then is a refusal one."""
        if address.path not in self._guides:
            self._guides[address.path] = self._make_guide(address)
        return self._guides[address.path]

    def _make_guide(self, address: Address) -> Data:
        for role in islice(self._those_who_may(address), MOST_GUIDES):
            form = self._form(role, address)
            self._taken(role)
            if form is not None:
                act = who.ACTS[address.rule.endpoint]
                data = forms.filled(form, act.said, {one.name for one in form.controls.values()})
                self._guides.setdefault(address.rule.endpoint, data)
                return data
        return self._guides.get(address.rule.endpoint, {})

    def _those_who_may(self, address: Address) -> Iterator[str]:
        if "token" in address.parts:
            return
        for role in self.world.officials:
            may = role in who.ACTS[address.rule.endpoint].who and who.may(self.world, self.own, role, address)
            if may and not unlike.is_hidden(self.world, role, address.parts):
                yield role

    # --- what is common -------------------------------------------------------------------------------------------

    def _client(self, role: str) -> FlaskClient:
        if role not in self._clients:
            self.stored.taken()  # what is kept below is what signing in stores, and nothing else
            client = crawl.client_of(self.app, self.world.officials[role])
            for _ in range(3):  # the reader is worked out and remembered; what that stores stands
                client.get("/").close()
            page = "/account/sign-in" if role == "anonymous" else "/account/password"
            self._tokens[role] = token_against_forgery(client, page)
            self.stored.keep()
            self._clients[role] = client
            self._cookies[role] = dict(client._cookies or {})
        return self._clients[role]

    def _taken(self, role: str) -> list[Change]:
        """What was stored; database and browser are as they were."""
        client = self._client(role)
        client._cookies = dict(self._cookies[role])
        return self.stored.taken()

    def _fresh(self, role: str, data: Data) -> Data:
        """The same, from this reader's own browser and never sent before."""
        self._client(role)
        return data | {"csrf_token": [self._tokens[role]], "nonce": [secrets.token_urlsafe(24)]}

    def _look_through(self, role: str, address: Address, answer: TestResponse) -> None:
        self.found.checks += 1
        if answer.status_code >= 500:
            self._wrong(role, address, f"answered {answer.status_code}")
        before = len(self.words.leaks)
        crawl.look_through(crawl.everything(answer), answer.status_code, self.world, self.words, role, address)
        for leak in self.words.leaks[before:]:
            self._wrong(role, address, f"says {leak.what} of {leak.kind} at {leak.spot}")

    def _wrong(self, role: str, address: Address, what: str) -> None:
        self.found.wrong.append(f"{role}: {address.rule.endpoint} {address.path}: {what}"[:600])


def behind(world: World, rule: Rule, token: str) -> Iterator[dict[str, str]]:
    """A link alone, or with each thing the page names beside it that stands in what the link is about."""
    beside = rule.arguments - {"token"}
    if not beside:
        yield {"token": token}
    for part in beside:
        for value in addresses.PARTS[part](world):
            known, subjects = world.oracle.things.get(UUID(value)), world.links[token].subjects
            comes = UUID(value) in world.beside and world.is_related(UUID(value), subjects)
            if comes or (known and known.inside in subjects):
                yield {"token": token, part: value}


def _with_files(data: Data) -> dict[str, Any]:
    """The same, with files in the place of what stands for them."""
    return {name: [_file(one) for one in values] for name, values in data.items()}


def _file(value: str) -> Any:
    if value == forms.UPLOAD:
        return BytesIO(b"A paper."), "paper.txt"
    if value == forms.LISTING:
        return BytesIO(b"file,title,language\npaper.txt,A paper,en\n"), "list.csv"
    if value != forms.ARCHIVE:
        return value
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("paper.txt", "A paper.")
    packed.seek(0)
    return packed, "papers.zip"


def _at(rule: Rule, parts: dict[str, str]) -> Address:
    return Address(rule, addresses.fill(rule, parts), parts)


def _slice(every: list[Address], most: int | None) -> list[Address]:
    """Some of the addresses of a rule, spread evenly; and of a page for things of any kind those of kinds whose labels
    are given by hand."""
    some = addresses._some(every, most and most * MOST_OF_A_RULE)
    return some + [one for one in every if one.parts.get("kind") in BY_HAND and one not in some]


def _names_a_thing(name: str, value: str) -> bool:
    return name == "token" or forms.is_key(value)


def _absent(name: str, value: str) -> str:
    """A value of the same form that leads nowhere."""
    if name == "token":
        return addresses.FORGED
    return str(uuid4()) if forms.is_key(value) else value
