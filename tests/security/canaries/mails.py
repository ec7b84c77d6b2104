"""Every kind of mail for every role, about every planted thing it can be about: what leaves, to whom, and what it says.

What a kind of mail is about is said by its entry (`mail_kinds`). Each occasion is put into the outbox as the
product does and composed by what delivery calls; the first that leaves and the first that does not, of each kind and
role, go all the way over SMTP.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from uuid import UUID, uuid4

from sqlalchemy import select

from config import Settings
from secretariat.core.session import Reason, SystemSession, system_unit
from secretariat.mail import delivery, links, outbox
from secretariat.mail.models import MailLink, MailState, OutboxMessage
from secretariat.processes.models import Process, Track
from tests.factories.people import Official
from tests.security.canaries.crawl import Leak
from tests.security.canaries.inside import text_in
from tests.security.canaries.mail_kinds import (
    ENTRIES,
    LEVELS,
    Entry,
    Occasion,
    Post,
    level_of,
    load_entries,
    official_of,
)
from tests.security.canaries.world import WORD, World
from tests.support.relay import ScriptedRelay

NUMBER = re.compile(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}")
MARKED = {"members": "Members only.", "named": "Named readers."}
_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TOKEN = re.compile(r"/l/([A-Za-z0-9_-]{43})/")


@dataclass
class Received:
    """What became of one mail: the text as it left (None where nothing did), why not, and the links made for it."""

    content: bytes | None
    why_not: str
    number: str
    recipients: list[str]
    links: list[tuple[str, UUID, str, tuple[UUID, ...]]]


@dataclass
class Found:
    """What came of it. `left`: of each kind, roles that received one; `showed`: kinds of which somebody read a word;
    `over_smtp`: pairs of kind and role that went all the way."""

    checks: int = 0
    leaks: list[Leak] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    left: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    showed: set[str] = field(default_factory=set)
    over_smtp: set[tuple[str, str]] = field(default_factory=set)

    def add(self, other: Found) -> None:
        """Take over what was found of other roles."""
        self.checks += other.checks
        self.leaks += other.leaks
        self.gaps += other.gaps
        self.errors += other.errors
        self.showed |= other.showed
        self.over_smtp |= other.over_smtp
        for notice, roles in other.left.items():
            self.left[notice] |= roles

    def blind(self) -> list[str]:
        """Kinds of mail nobody received, or of which nobody read a word although they show some."""
        load_entries()
        return sorted(
            [f"nobody received a mail of {one}" for one in ENTRIES if not self.left.get(one)]
            + [
                f"no mail of {one.notice} showed anybody a word"
                for one in ENTRIES.values()
                if one.shows and one.notice not in self.showed
            ]
        )


def receive(
    world: World,
    settings: Settings,
    relay: ScriptedRelay,
    *,
    roles: Iterable[str],
    most: int | None = None,
    only: Iterable[str] = (),
) -> Found:
    """Have each role receive every kind of mail; `most` occasions of each that leave and that do not, or all."""
    load_entries()
    found = Found()
    for role in roles:
        for one in sorted(ENTRIES.values(), key=lambda one: (one.is_last, one.notice)):
            if only and one.notice not in only:
                continue
            with system_unit(world.engine, Reason.REFERENCE) as session:
                occasions = list(one.occasions(Post(world, session, role)))
            for place, occasion in _chosen(occasions, most):
                try_one(world, settings, relay, found, role, one, occasion, over_smtp=place == 0)
    return found


def _chosen(occasions: list[Occasion], most: int | None) -> Iterator[tuple[int, Occasion]]:
    """Occasions with their place among those that leave, or that do not."""
    places = {True: 0, False: 0}
    for one in occasions:
        place = places[one.leaves]
        places[one.leaves] += 1
        if most is None or place < most:
            yield place, one


def try_one(
    world: World,
    settings: Settings,
    relay: ScriptedRelay,
    found: Found,
    role: str,
    kind: Entry,
    occasion: Occasion,
    *,
    over_smtp: bool,
) -> None:
    """Put one mail, see it off, and look through what came."""
    official = official_of(world, role)
    try:
        if over_smtp:
            found.over_smtp.add((kind.notice, role))
            got = see_off(world, settings, relay, put(world, official, kind.notice, occasion))
        else:
            got = _composed(world, settings, official, kind.notice, occasion)
    except Exception as error:
        found.checks += 1
        found.errors.append(f"{role}: {kind.notice} about {occasion.spot}: {type(error).__name__}: {error}"[:300])
    else:
        judge(world, settings, found, role, kind, occasion, got)


def judge(
    world: World, settings: Settings, found: Found, role: str, kind: Entry, occasion: Occasion, got: Received
) -> None:
    """Whether it left as it should, and what stands in it."""
    found.checks += 1
    about = f"{kind.notice} about {occasion.spot}"
    if got.content is None:
        if occasion.leaves:
            found.gaps.append(f"{role}: {about}: did not leave: {got.why_not}")
        elif got.why_not.startswith(("dead", "waiting")):
            found.errors.append(f"{role}: {about}: {got.why_not}")
        return
    found.left[kind.notice].add(role)
    if not occasion.leaves:
        found.leaks.append(Leak(role, about, "the mail itself", kind.notice, occasion.spot))
    _look_through(world, settings, found, role, kind, occasion, got)


# --- sending ----------------------------------------------------------------------------------------------------------


def _put(system: SystemSession, official: Official, notice: str, occasion: Occasion) -> UUID:
    return outbox.put(
        system,
        notice,
        key=f"canary:{uuid4()}",
        person=official.person,
        hat=occasion.hat or official.hat,
        process=system.get_one(Process, occasion.process) if occasion.process else None,
        track=system.get_one(Track, occasion.track) if occasion.track else None,
        subject=occasion.subject,
        address=occasion.address,
    )


def _composed(world: World, settings: Settings, official: Official, notice: str, occasion: Occasion) -> Received:
    """By what delivery calls before it hands over; nothing of it is kept."""
    with system_unit(world.engine, Reason.MAIL) as system:
        message = system.get_one(OutboxMessage, _put(system, official, notice, occasion))
        message.message_id = f"<{uuid4().hex}@localhost>"
        ready = delivery._composed(system, settings, message)
        if isinstance(ready, tuple):
            got = Received(None, f"{ready[0].value}: {ready[1]}", message.number, [], [])
        else:
            got = Received(ready.content, "", message.number, [ready.recipient], _links_of(system, message.id))
        system.rollback()
    return got


def put(world: World, official: Official, notice: str, occasion: Occasion) -> UUID:
    """Into the outbox, committed, as the product does; the mail's key."""
    with system_unit(world.engine, Reason.MAIL) as system:
        return _put(system, official, notice, occasion)


def see_off(world: World, settings: Settings, relay: ScriptedRelay, key: UUID) -> Received:
    """Deliver one mail of the outbox, and what became of it."""
    told: list[str] = []
    before = len(relay.taken)
    relay.on_recipient = told.append
    delivery.deliver(world.engine, settings, only=key)
    taken = relay.taken[before:]
    with system_unit(world.engine, Reason.MAIL, writes=False) as system:
        message = system.get_one(OutboxMessage, key)
        why_not = f"{message.state.value}: {message.reason} {message.detail}".strip()
        if (message.state is MailState.SENT) != (len(taken) == 1) or len(taken) > 1:
            raise RuntimeError(f"{why_not}: {len(taken)} mails came")
        content = taken[0].as_bytes(policy=policy.SMTP) if taken else None
        return Received(content, "" if taken else why_not, message.number, told, _links_of(system, key))


def _links_of(system: SystemSession, message: UUID) -> list[tuple[str, UUID, str, tuple[UUID, ...]]]:
    system.flush()
    rows = system.scalars(select(MailLink).where(MailLink.key.startswith(f"{message}:"))).all()
    return [(str(one.id), one.person_id, one.hat, tuple(UUID(key) for key in one.subjects)) for one in rows]


# --- looking ----------------------------------------------------------------------------------------------------------


def parts_of(content: bytes) -> Iterator[tuple[str, str]]:
    """Every part of a mail by its name, as text: headers of all parts, names of files, what stands in each."""
    mail = BytesParser(EmailMessage, policy=policy.default).parsebytes(content)
    for part in mail.walk():
        for name, value in part.items():
            yield f"header {name}", str(value)
        yield "file name", part.get_filename() or ""
        if not part.is_multipart():
            body = part.get_payload(decode=True)
            assert isinstance(body, bytes)
            yield part.get_content_type(), text_in(part.get_content_type(), body)


def text_of(content: bytes) -> str:
    """What one reads of a mail: its plain text."""
    return next(text for name, text in parts_of(content) if name == "text/plain")


def _look_through(
    world: World,
    settings: Settings,
    found: Found,
    role: str,
    kind: Entry,
    occasion: Occasion,
    got: Received,
) -> None:
    official = official_of(world, role)
    about, content = f"{kind.notice} about {occasion.spot}", got.content or b""
    parts = list(parts_of(content))
    whole = "\n".join(f"{name}: {text}" for name, text in parts)
    known = {word for word in WORD.findall(whole) if word in world.canaries}

    def may_stand(thing: UUID) -> bool:
        return thing in occasion.own or world.reads(role, thing)

    for word in known:
        canary = world.canaries[word]
        named = not kind.repeats_named and level_of(world, role, canary.thing) == "named"
        if not may_stand(canary.thing) or (named and canary.thing not in occasion.own):
            found.leaks.append(Leak(role, about, word, canary.kind, canary.spot))
    for key in {*_KEY.findall(whole), *(str(one) for *_, subjects in got.links for one in subjects)}:
        for name, thing in world.kinds_of_key.get(key, ()):
            if not may_stand(thing):
                found.leaks.append(Leak(role, about, key, name, "its key"))
    for word in occasion.words - known:
        canary = world.canaries[word]
        found.gaps.append(f"{role}: {about}: {canary.kind} at {canary.spot}")
    if known:
        found.showed.add(kind.notice)
    place = f"{world.acronym_of(occasion.process)}: " if occasion.process else ""
    problems = [
        *_envelope(kind, occasion, official, got, parts, place),
        *_link_problems(settings, occasion, official, got, whole),
        *_marking(world, role, known, occasion, text_of(content)),
    ]
    entries = text_of(content).count("\n- ")
    if occasion.entries is not None and entries != occasion.entries:
        found.gaps.append(f"{role}: {about}: {entries} things listed, not {occasion.entries}")
    found.errors += [f"{role}: {about}: {one}" for one in problems]


def _envelope(
    kind: Entry, occasion: Occasion, official: Official, got: Received, parts: list[tuple[str, str]], place: str = ""
) -> Iterator[str]:
    """One recipient, and a subject of a constant and the number."""
    headers: dict[str, list[str]] = defaultdict(list)
    for name, value in parts:
        headers[name.lower()].append(value)
    mine = occasion.address or official.email
    if got.recipients != [mine] or headers["header to"] != [mine]:
        yield f"to {got.recipients}, {headers['header to']}, not to {mine} alone"
    if headers["header cc"] or headers["header bcc"]:
        yield "copies of it went to others"
    if headers["header subject"] not in [[f"{place}{one} ({got.number})"] for one in kind.says]:
        yield f"its subject is {headers['header subject']}"
    if not NUMBER.fullmatch(got.number):
        yield f"its number is {got.number}"


def _link_problems(
    settings: Settings, occasion: Occasion, official: Official, got: Received, whole: str
) -> Iterator[str]:
    """Links are the reader's own, under the hat of the mail, and what stands in it was made for it (a digest makes more
    than it shows: the page behind its link leads to the others)."""
    hat = str(occasion.hat or official.hat)
    if any((person, worn) != (official.person, hat) for _link, person, worn, _subjects in got.links):
        yield "a link in it is another person's"
    made = {links.token_of(settings.secret_key, UUID(key)) for key, *_ in got.links}
    shown = set(_TOKEN.findall(whole))
    if not shown <= made or bool(shown) != bool(made):
        yield f"{len(made)} links were made for it, {len(shown)} stand in it"


def _marking(world: World, role: str, known: set[str], occasion: Occasion, text: str) -> Iterator[str]:
    """The head says how the heaviest of what stands in the mail is to be kept."""
    things = {world.canaries[word].thing for word in known} - occasion.own
    level = max((level_of(world, role, one) for one in things), key=LEVELS.index, default="public")
    heads = [MARKED[one] for one in LEVELS[LEVELS.index(level) :] if one in MARKED]
    if level in MARKED and not text.startswith(tuple(heads)):
        yield f"holds words of {level}, and begins {text[:40]!r}"
