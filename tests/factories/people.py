"""People with appointments, accounts and contact cards, in a world of processes.

    world = small_world(session)
    official = focal_point(session, world.government, world.member["gt"])
    ...
    client.post("/account/sign-in", data={"email": official.email, "password": PASSWORD, ...})

`sign_in(app, official)` gives a test client that is signed in under the person's hat.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from secretariat.accounts import passwords
from secretariat.accounts.models import User
from secretariat.core import clock
from secretariat.core.database import new_key
from secretariat.core.labelling import attach
from secretariat.core.labels import administrators
from secretariat.core.localtext import LocalText
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory import cards
from secretariat.directory.models import Appointment, ContactCard, ContactNumber, Person, RoleName
from secretariat.processes.models import Body, Participant, Process, Track

PASSWORD = "lantern orchard copper tide"
_number = itertools.count(1)
_hash: list[str] = []


@dataclass(frozen=True)
class Official:
    """A person with an account: keys and words, for use after the unit of work too."""

    person: UUID
    user: UUID
    email: str
    hat: Hat
    appointment: UUID


def focal_point(session: Session, track: Track, participant: Participant, **more: Any) -> Official:
    """A focal point of a participant on a track, with account and card."""
    return official(session, RoleName.FOCAL_POINT, track, hat_of(participant), **more)


def alternate(session: Session, track: Track, participant: Participant, **more: Any) -> Official:
    """An alternate of a participant."""
    return official(session, RoleName.ALTERNATE, track, hat_of(participant), **more)


def chair(
    session: Session, track: Track, participant: Participant, *, body: Body | None = None, **more: Any
) -> Official:
    """Who acts as chair for a participant; the participant needs a chair term that runs."""
    return official(session, RoleName.CHAIR, track, hat_of(participant), body=body, **more)


def liaison_officer(session: Session, track: Track, participant: Participant, **more: Any) -> Official:
    """A government's liaison officer for civil society."""
    return official(session, RoleName.LIAISON_OFFICER, track, hat_of(participant), **more)


def officer(session: Session, track: Track, **more: Any) -> Official:
    """An officer of a track's secretariat."""
    return official(session, RoleName.OFFICER, track, Hat(HatKind.SECRETARIAT, track.id), **more)


def coordinator(session: Session, track: Track, **more: Any) -> Official:
    """A coordinator of a civil-society network."""
    return official(session, RoleName.COORDINATOR, track, Hat(HatKind.SECRETARIAT, track.id), **more)


def representative(session: Session, track: Track, organization: Participant, **more: Any) -> Official:
    """A representative of an organization of a network."""
    return official(session, RoleName.REPRESENTATIVE, track, hat_of(organization), **more)


def administrator(session: Session, **more: Any) -> Official:
    """An administrator of the installation."""
    return official(session, RoleName.ADMINISTRATOR, None, Hat(HatKind.ADMINISTRATOR), **more)


def hat_of(participant: Participant) -> Hat:
    """The hat of those who act for a participant."""
    return Hat(HatKind.PARTICIPANT, participant.id)


def official(
    session: Session,
    role: RoleName,
    track: Track | None,
    hat: Hat,
    *,
    of: Official | None = None,
    body: Body | None = None,
    since: date | None = None,
    until: date | None = None,
    name: str = "",
    email: str = "",
    language: str = "en",
    active: bool = True,
    **fields: Any,
) -> Official:
    """A person with an appointment, an account and, in a process, a contact card. `of` gives one more to the same."""
    person, user_id, address = _person(session, of, email, language, active)
    process: Process | None = track.process if track else None
    appointment = Appointment(
        id=new_key(),
        person_id=person,
        hat=str(hat),
        role=role,
        process_id=process.id if process else None,
        track_id=track.id if track else None,
        body_id=body.id if body else None,
        since=since or clock.today() - timedelta(days=400),
        until=until,
        letter=fields.pop("letter", "Note 12/2024"),
        **fields,
    )
    attach(session, appointment, _clauses(process, track, hat, person))
    if process is not None and track is not None:
        _card(session, process, track, hat, person, name or f"{role.value} {address}", address)
    session.flush()
    return Official(person, user_id, address, hat, appointment.id)


def sign_in(app: Flask, one: Official, *, client: FlaskClient | None = None, password: str = PASSWORD) -> FlaskClient:
    """A client signed in as this official, under the hat of that appointment."""
    client = client or app.test_client()
    data = {"email": one.email, "password": password, "csrf_token": token(client, "/account/sign-in")}
    answer = client.post("/account/sign-in", data=data)
    assert answer.status_code == 303, answer.status_code
    if answer.location.startswith("/account/hat"):
        data = {"hat": str(one.hat), "csrf_token": token(client, "/account/hat")}
        assert client.post("/account/hat", data=data).status_code == 303
    return client


def token(client: FlaskClient, path: str) -> str:
    """The token against forgery that stands in the forms of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).get_data(as_text=True))
    assert found, f"no form at {path}"
    return found[1]


def _person(session: Session, of: Official | None, email: str, language: str, active: bool) -> tuple[UUID, UUID, str]:
    if of is not None:
        return of.person, of.user, of.email
    person = Person(id=new_key())
    session.add(person)
    session.flush()
    address = email or f"official-{next(_number)}@ministry.example"
    now = clock.now()
    user = User(
        id=new_key(),
        person_id=person.id,
        email=address,
        password_hash=_password_hash() if active else "",
        language=language,
        invited_at=now,
        activated_at=now if active else None,
    )
    session.add(user)
    session.flush()
    return person.id, user.id, address


def _password_hash() -> str:
    """Hashing takes its time on purpose; once is enough for all who share the password of the tests."""
    if not _hash:
        _hash.append(passwords.hashed(PASSWORD))
    return _hash[0]


def _clauses(process: Process | None, track: Track | None, hat: Hat, person: UUID) -> list[Any]:
    if process is None or track is None:
        return [administrators()]
    return [cards.directory_clause(process, track, hat, person)]


def _card(session: Session, process: Process, track: Track, hat: Hat, person: UUID, name: str, address: str) -> None:
    if session.query(ContactCard).filter_by(person_id=person, process_id=process.id, track_id=track.id).first():
        return
    card = ContactCard(
        id=new_key(),
        person_id=person,
        process_id=process.id,
        track_id=track.id,
        name=name,
        function=LocalText.of("Director"),
        ministry=LocalText.of("Ministry of Foreign Affairs"),
        languages=["en"],
        zone="UTC",
    )
    attach(session, card, [cards.directory_clause(process, track, hat, person)])
    session.flush()
    number = ContactNumber(id=new_key(), card=card, kind="mail", value=address, for_mail=True)
    attach(session, number, container=card)
