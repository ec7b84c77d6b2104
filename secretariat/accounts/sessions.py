"""Sessions: begun at a sign-in, recognised at every request, ended in the database and not in the browser."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, delete, exists, select, update
from sqlalchemy.orm import Session

from secretariat.accounts.models import OpenSession, User
from secretariat.core import clock
from secretariat.core.database import table_of
from secretariat.core.session import Reason, SystemSession, system_unit
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


def recognise(engine: Engine, key: str, on: date) -> SignedIn | Expired | None:
    """Who holds the session of this key: one statement. None for a key unknown or ended on purpose."""
    with system_unit(engine, Reason.SIGN_IN, writes=False) as system:
        row = system.execute(_HOLDER, {"digest": digest_of(key), "on": on, "now": clock.now()}).first()
        return _recognised(key, row.OpenSession, row.User, bool(row.hat_held or row.in_emergency)) if row else None


_HOLDER = (
    select(
        OpenSession,
        User,
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
    .where(OpenSession.digest == bindparam("digest"))
)
"""Built once: every request asks it."""


def _recognised(key: str, found: OpenSession, user: User, hat_held: bool) -> SignedIn | Expired | None:
    if found.ended_at is not None or found.number != user.session_number or not user.may_sign_in:
        return None
    now, hat = clock.now(), Hat.parse(found.hat)
    if now >= found.seen_at + IDLE or now >= found.begun_at + ABSOLUTE:
        return Expired(user.id, hat)
    return SignedIn(
        key=key,
        session=found.id,
        user=user.id,
        person=user.person_id,
        email=user.email,
        language=user.language,
        zone=user.zone,
        hat=hat,
        hat_held=hat_held,
        seen_at=found.seen_at,
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
