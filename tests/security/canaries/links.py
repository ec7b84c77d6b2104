"""Links from mails for the canary world: of every scope and every reader, open, expired, withdrawn and used up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from secretariat.accounts.models import AddressChange
from secretariat.core import clock
from secretariat.core.session import Reason, SystemSession, system_unit
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import ContactCard, RoleName
from secretariat.mail import links
from secretariat.mail.models import MailLink
from secretariat.pages.access import declaration_of
from secretariat.processes.models import Track
from tests.factories import people

if TYPE_CHECKING:
    from tests.security.canaries.world import World

SCOPES: dict[str, str] = {
    "accept": "Commitment",
    "update": "Commitment",
    "reply": "Invitation",
    "items": "Meeting",
    "workshop": "WorkshopCall",
    "resource": "WorkshopSeat",
    "contribution": "Contribution",
    "guest": "Guest",
    "comment": "CommentRound",
    "silence": "SilenceProcedure",
    "confirmation": "AdoptionConfirmation",
    "clear": "ClearanceAnswer",
    "check": "ReportCheck",
    "advise": "Consultation",
    "draft": "LentUpdate",
    "gather": "LentComments",
    "network": "OpenedRound",
    "consult": "PublicConsultation",
    "compose": "Document",
    "prepare": "LentDraft",
    "lowering": "ProposedLowering",
    "details": "its card",
    "circular": "Circular",
    "invitation": "its user",
    "password": "its user",
    "address": "AddressChange",
}
"""What links of each scope are about: the class planted. A scope of a route without an entry here fails the tests."""

WITH_ALL = frozenset({"update"})
"""Scopes whose links carry many subjects; the others carry one."""

LENT_BY = {"advise": "member", "draft": "member", "prepare": "member", "gather": "member", "resource": "officer"}
"""Scopes whose page reads with the eyes of somebody else than whom the link was made for."""

ALSO = {
    "who-follows": "update",
    "delegation": "reply",
    "<uuid:delegate_id>": "reply",
    "arrangements": "reply",
    "<uuid:hosted_id>": "reply",
    "propose": "reply",
    "paper": "reply",
    "new": "comment",
    "<uuid:comment_id>": "comment",
    "discard": "comment",
    "keep": "comment",
    "half-written": "gather",
    "unsaved": "network",
    "<uuid:copy_id>": "clear",
    "word": "comment",
    "word.docx": "comment",
    "pass-on": "comment",
    "take-back": "comment",
    "<uuid:version_id>": "compose",
    "<uuid:file_id>": "prepare",
    "<uuid:evidence_id>": "update",
    "revise": "compose",
    "change": "details",
    "<uuid:commitment_id>": "check",
}
"""Pages behind links of a scope, beside the one called like it."""

OF_THE_ACCOUNT = frozenset({"invitation", "password", "address"})
"""Scopes whose page shows an account and reads nothing else."""

INVITEE = "the invitee"
"""Somebody who was invited and has not come yet: no role, but a link is there."""

STATES = ("expired", "revoked", "used")
SPOTS = ("members", "a named member", "the secretariat", "participants of both tracks")
SUFFIXES = ("", " (proposed)", " (asked)", " (prepared)")
"""Where the things stand that links are about, as `World.at` names it."""


@dataclass(frozen=True)
class Link:
    """A link as it was made: for whom, what for, and whether it should open."""

    token: str
    scope: str
    role: str
    subjects: tuple[UUID, ...]
    state: str = "open"


def scopes_without_entry(app: Flask) -> list[str]:
    """Scopes of routes that nobody has said how to make links of."""
    declared = (declaration_of(app.view_functions[rule.endpoint]) for rule in app.url_map.iter_rules())
    return sorted({one.detail for one in declared if one is not None and one.kind == "capability"} - SCOPES.keys())


def plant(world: World, secret: str) -> None:
    """Every link of every role, into `world.links` by its token."""
    with system_unit(world.engine, Reason.LINK) as session:
        for role, official in world.officials.items():
            if official is not None:
                for link in _of(world, session, secret, role):
                    world.links[link.token] = link
        invitee = _invitee(world, session, secret)
        world.links[invitee.token] = invitee


def _invitee(world: World, session: SystemSession, secret: str) -> Link:
    """Of somebody who was invited and has not come yet: has no sign-in, so is none of the roles."""
    track = session.get_one(Track, world.ids["government"])
    hat = Hat(HatKind.PARTICIPANT, world.ids["state other member"])
    invited = people.official(session, RoleName.ALTERNATE, track, hat, name="the invitee", active=False)
    made = links.issue(
        session,
        key="canary for the invitee",
        scope="invitation",
        person=invited.person,
        hat=hat,
        process=world.ids["process"],
        track=track.id,
        subjects=[invited.user],
    )
    return Link(links.token_of(secret, made), "invitation", INVITEE, (invited.user,))


def _of(world: World, session: SystemSession, secret: str, role: str) -> Iterator[Link]:
    for scope in SCOPES:
        for subjects in _subjects(world, session, role, scope):
            yield _made(world, session, secret, role, scope, subjects)
    one = (world.at["Commitment", "members"],)
    for scope in ("accept", "update"):
        for state in STATES:
            yield _made(world, session, secret, role, scope, one, state)


def _subjects(world: World, session: SystemSession, role: str, scope: str) -> list[tuple[UUID, ...]]:
    official = world.officials[role]
    assert official is not None
    kind = SCOPES[scope]
    if kind == "its user":
        return [(official.user,)]
    if kind == "its card":
        of = ContactCard.person_id == official.person
        return [(key,) for key in session.scalars(select(ContactCard.id).where(of).order_by(ContactCard.id)).all()]
    if kind == "AddressChange":
        change = AddressChange(user_id=official.user, email=f"new-{official.email}")
        session.add(change)
        session.flush()
        return [(change.id,)]
    if scope in WITH_ALL:
        return [tuple(world.planted[kind])]
    wanted = {f"{prefix}{spot}{suffix}" for prefix in ("", "inside: ") for spot in SPOTS for suffix in SUFFIXES}
    return [(key,) for (name, place), key in world.at.items() if name == kind and place in wanted]


def _made(
    world: World,
    session: SystemSession,
    secret: str,
    role: str,
    scope: str,
    subjects: tuple[UUID, ...],
    state: str = "open",
) -> Link:
    official = world.officials[role]
    assert official is not None
    track = world.ids[world.track_of(role)]
    key = f"canary for {role}:{scope}:{state}:{subjects[0]}"
    made = links.issue(
        session,
        key=key,
        scope=scope,
        person=official.person,
        hat=official.hat,
        process=world.ids["other process" if "other" in world.track_of(role) else "process"],
        track=track,
        subjects=subjects,
        days=-1 if state == "expired" else links.VALID_DAYS,
    )
    row = session.get_one(MailLink, made)
    if state == "revoked":
        row.revoked_at = clock.now()
    if state == "used":
        row.single_use, row.used_at = True, clock.now()
    session.flush()
    return Link(links.token_of(secret, made), scope, role, subjects, state)


def tokens_for(world: World, role: str) -> list[str]:
    """The tokens tried by one role: all its own, and of each scope one of somebody else."""
    own = [token for token, link in world.links.items() if link.role == role]
    others: dict[tuple[str, str], str] = {}
    for token, link in world.links.items():
        if link.role in ("member", "officer", "the invitee") and link.role != role and link.state == "open":
            others.setdefault((link.role, link.scope), token)
    return [*own, *others.values()]


def reader_behind(world: World, token: str, scope: str) -> str:
    """The role whose eyes the page behind a token reads with; nobody's where the link does not open there."""
    link = world.links.get(token)
    if link is None or link.state != "open" or link.scope != scope:
        return "anonymous"
    return LENT_BY.get(scope, link.role)


def opens_something(world: World, token: str, scope: str) -> bool:
    """Whether the page behind a token shows things: what its link is about, and nothing else."""
    return scope not in OF_THE_ACCOUNT and reader_behind(world, token, scope) != "anonymous"
