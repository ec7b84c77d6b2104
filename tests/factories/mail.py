"""Readers of mail with a contact card each, and a notice of these tests' own.

with system_unit(engine, Reason.REFERENCE) as session:
    world = small_world(session)
    reader = reader_of(session, world.government, world.member["gt"], language="es")
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.database import new_key
from secretariat.core.labelling import attach
from secretariat.core.session import Reason, system_unit
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory import cards
from secretariat.directory.models import Appointment, ContactCard, ContactNumber, Person, RoleName
from secretariat.mail import outbox
from secretariat.mail.models import MailAttempt, MailState, OutboxMessage
from secretariat.processes.models import Participant, Process, Track


@dataclass(frozen=True)
class Reader:
    """A person who gets mail: keys, for use after the unit of work too."""

    person: UUID
    hat: Hat
    address: str
    appointment: UUID


def reader_of(
    session: Session,
    track: Track,
    participant: Participant | None,
    *,
    role: RoleName = RoleName.FOCAL_POINT,
    address: str = "focal.point@ministry.example",
    language: str = "en",
    zone: str = "UTC",
    address_as: str = "",
    since: date | None = None,
) -> Reader:
    """Someone appointed for a participant (None: for the secretariat of the track), with a card and an address.

    An empty `address` makes a card without one.
    """
    kind = HatKind.PARTICIPANT if participant else HatKind.SECRETARIAT
    hat = Hat(kind, participant.id if participant else track.id)
    person, process = Person(id=new_key()), track.process
    session.add(person)
    session.flush()
    clause = cards.directory_clause(process, track, hat, person.id)
    appointment = Appointment(
        id=new_key(), person_id=person.id, hat=str(hat), role=role, process_id=process.id, track_id=track.id,
        since=since or clock.today() - timedelta(days=300), letter="Note 12/2024",
    )  # fmt: skip
    attach(session, appointment, [clause])
    card = ContactCard(
        id=new_key(), person_id=person.id, process_id=process.id, track_id=track.id, languages=[language], zone=zone,
        address_as={language: address_as} if address_as else {},
    )  # fmt: skip
    attach(session, card, [clause])
    session.flush()
    if address:
        number = ContactNumber(id=new_key(), card_id=card.id, kind="mail", value=address, for_mail=True)
        number.card = card
        attach(session, number, container=card)
    session.flush()
    return Reader(person.id, hat, address, appointment.id)


def put(
    engine: Engine, reader: Reader, process: UUID, track: UUID, *, notice: str, key: str = "one", **subject: object
) -> UUID:
    """A mail put into the outbox and committed."""
    with system_unit(engine, Reason.MAIL) as session:
        return outbox.put(
            session, notice, key=key, process=session.get_one(Process, process), track=session.get_one(Track, track),
            person=reader.person, hat=reader.hat, subject=subject,
        )  # fmt: skip


@dataclass(frozen=True)
class Stands:
    """Where a mail stands, in values."""

    state: MailState
    reason: str
    detail: str
    attempts: int
    history: list[tuple[MailState, str]]


def stands(engine: Engine, message: UUID) -> Stands:
    """Where a mail stands, and what happened to it."""
    with system_unit(engine, Reason.MAIL, writes=False) as session:
        one = session.get_one(OutboxMessage, message)
        history = session.scalars(
            select(MailAttempt).where(MailAttempt.message_id == message).order_by(MailAttempt.id)
        ).all()
        return Stands(one.state, one.reason, one.detail, one.attempts, [(a.state, a.reason) for a in history])
