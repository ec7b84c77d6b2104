"""Sessions: begun at a sign-in, recognised at every request, ended in the database and not in the browser."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, exists, select, update
from sqlalchemy.orm import Session

from secretariat.accounts.models import OpenSession, User, may_sign_in
from secretariat.core import clock, labelling
from secretariat.core.database import table_of
from secretariat.core.labelling import Stamp
from secretariat.core.session import Reason, SystemSession, system_row
from secretariat.core.viewer import NOBODY, Hat
from secretariat.directory.models import Appointment, EmergencyAccess

IDLE = timedelta(hours=2)
"""Without a request for this long, a session has ended."""
ABSOLUTE = timedelta(hours=12)
"""However busy, a session ends after a working day."""
SEEN_EVERY = timedelta(minutes=5)
"""How exactly the last request is remembered."""
KEPT = timedelta(days=7)
"""How long an ended session is known, so that a form posted too late finds its person; the cookie lives as long."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, as Flask-Login wants a user: values only.

    `hat` is the hat put on in this session; `hat_held` whether it is still held today.
    """

    key: str
    session: UUID
    user: UUID
    person: UUID
    email: str
    language: str
    zone: str
    hat: Hat
    hat_held: bool
    seen_at: datetime
    stamp: Stamp | None = None
    """The stamp of person and hat at the beginning of this request (see `core.labelling`), where it was read along."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """The key of the session: what the browser's signed cookie holds."""
        return self.key


@dataclass(frozen=True, slots=True)
class Expired:
    """A session that has run out; who it was, so that what was typed is kept for that person and no other."""

    user: UUID
    hat: Hat


def digest_of(key: str) -> str:
    """What is stored of a session's key."""
    return hashlib.sha256(key.encode()).hexdigest()


def begin(session: Session, user: User, hat: Hat = NOBODY) -> str:
    """Begin a session for a user and give its key: a new one at every sign-in, whatever the browser held before."""
    key = secrets.token_urlsafe(32)
    session.add(
        OpenSession(
            digest=digest_of(key),
            user_id=user.id,
            number=user.session_number,
            hat=str(hat),
            begun_at=clock.now(),
            seen_at=clock.now(),
        )
    )
    session.flush()
    return key


def recognise(connection: Connection, key: str, on: date) -> SignedIn | Expired | None:
    """Who holds the session of this key: one statement. None for a key unknown or ended on purpose."""
    asked = {"digest": digest_of(key), "on": on, "now": clock.now()}
    row = system_row(connection, Reason.SIGN_IN, _HOLDER, asked)
    return _recognised(key, row) if row else None


_HOLDER = labelling.with_stamp(
    select(
        OpenSession.id,
        OpenSession.user_id,
        OpenSession.number,
        OpenSession.hat,
        OpenSession.begun_at,
        OpenSession.seen_at,
        OpenSession.ended_at,
        User.person_id,
        User.email,
        User.language,
        User.zone,
        User.session_number,
        User.activated_at,
        User.suspended_at,
        exists()
        .where(
            Appointment.person_id == User.person_id,
            Appointment.hat == OpenSession.hat,
            Appointment.since <= bindparam("on", type_=Appointment.since.type),
            (Appointment.until.is_(None)) | (Appointment.until > bindparam("on", type_=Appointment.until.type)),
        )
        .label("hat_held"),
        exists()
        .where(
            EmergencyAccess.person_id == User.person_id,
            EmergencyAccess.hat == OpenSession.hat,
            EmergencyAccess.confirmed_at.is_not(None),
            EmergencyAccess.ended_at.is_(None),
            EmergencyAccess.ends_at > bindparam("now", type_=EmergencyAccess.ends_at.type),
        )
        .label("in_emergency"),
    )
    .join(User, User.id == OpenSession.user_id)
    .where(OpenSession.digest == bindparam("digest")),
    User.person_id,
    OpenSession.hat,
)
"""Built once: every request asks it."""


def _recognised(key: str, found: Row[*tuple[Any, ...]]) -> SignedIn | Expired | None:
    if (
        found.ended_at is not None
        or found.number != found.session_number
        or not may_sign_in(found.activated_at, found.suspended_at)
    ):
        return None
    now, hat = clock.now(), Hat.parse(found.hat)
    if now >= found.seen_at + IDLE or now >= found.begun_at + ABSOLUTE:
        return Expired(found.user_id, hat)
    held = bool(found.hat_held or found.in_emergency)
    return SignedIn(
        key=key,
        session=found.id,
        user=found.user_id,
        person=found.person_id,
        email=found.email,
        language=found.language,
        zone=found.zone,
        hat=hat,
        hat_held=held,
        seen_at=found.seen_at,
        stamp=Stamp.of(found) if held else None,
    )


def seen(one: SignedIn) -> Callable[[Connection], None] | None:
    """A journal entry that remembers this request, where the last one remembered is long enough ago."""
    now, table = clock.now(), table_of(OpenSession)
    if now < one.seen_at + SEEN_EVERY:
        return None

    def write(connection: Connection) -> None:
        connection.execute(update(table).where(table.c.id == one.session, table.c.seen_at < now).values(seen_at=now))

    return write


def put_on(session: Session, session_id: UUID, hat: Hat) -> None:
    """Act under this hat from the next request on."""
    session.get_one(OpenSession, session_id).hat = str(hat)


def end(session: Session, session_id: UUID) -> None:
    """End one session."""
    session.get_one(OpenSession, session_id).ended_at = clock.now()


def end_all(user: User) -> None:
    """End every session of a user, this one too."""
    user.session_number += 1


def forget(system: SystemSession) -> None:
    """Forget sessions that ended long ago."""
    system.execute(delete(OpenSession).where(OpenSession.seen_at < clock.now() - ABSOLUTE - KEPT))
