"""Putting mail into the outbox, in the transaction of its cause."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from secretariat.core import after_commit, clock
from secretariat.core.labelling import attach
from secretariat.core.labels import Addressee, Clause, Level, Named
from secretariat.core.session import Reason, system_access
from secretariat.core.viewer import Hat
from secretariat.mail.models import MailAttempt, MailState, OutboxMessage
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track

DELIVER = "worker.tasks.deliver_mail"
UNCONFIRMED = "address not confirmed"
"""Why a mail waits whose address nobody has confirmed."""
SAYS = "says"
"""Under this name a mail's subject keeps which state of its thing it told of when it was composed."""
INSTALLATION = UUID(int=0)
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that are taken for another when read out on the telephone


def put(
    session: Session,
    notice: str,
    *,
    key: str,
    person: UUID,
    hat: Hat,
    process: Process | None = None,
    track: Track | None = None,
    subject: Mapping[str, Any] | None = None,
    address: str | None = None,
    not_before: datetime | None = None,
    known_to: Clause | None = None,
) -> UUID:
    """Put one mail to one person under one hat into the outbox; its id, or that of the one under this key.

    `notice` names the composer (`composition.register`), `subject` the ids it needs, as plain JSON. `address` is only
    for mail that must not go to the address on the person's card (a new address to be confirmed). Mail of no process -
    sign-in and the like - has neither process nor track, and no secretariat sees it. `known_to` is who may know that
    the mail is there, where that is not the secretariat of its track: what a government passes on within itself.

    Nothing is sent before the transaction is committed; then the worker is told, and a sweep finds what it was not.
    """
    with system_access(session, Reason.MAIL) as system:
        known = system.scalar(select(OutboxMessage.id).where(OutboxMessage.key == key))
    if known is not None:
        return known
    message = OutboxMessage(
        key=key,
        notice=notice,
        number=_number(),
        process_id=process.id if process else None,
        track_id=track.id if track else None,
        person_id=person,
        hat=str(hat),
        subject={name: _plain(value) for name, value in (subject or {}).items()},
        address=address,
        next_attempt_at=not_before or clock.now(),
    )
    try:
        with session.begin_nested():
            attach(session, message, [known_to or readers(process, track)])
            session.flush()
            made = message.id
            # Who causes a mail need not be who may read about it: the row does not stay within reach.
            session.expunge(message)
    except IntegrityError:
        with system_access(session, Reason.MAIL) as system:
            return system.scalars(select(OutboxMessage.id).where(OutboxMessage.key == key)).one()
    after_commit.start(session, DELIVER, made)
    return made


def already_put(session: Session, keys: Collection[str]) -> set[str]:
    """Which of these keys have a mail already: whoever says how many leave counts the others."""
    with system_access(session, Reason.MAIL) as system:
        return set(system.scalars(select(OutboxMessage.key).where(OutboxMessage.key.in_(keys))))


def tells_already(session: Session, keys: str, person: UUID, says: int) -> bool:
    """Whether the last mail to a person whose key begins so tells of this state: it waits and is composed as things are
    when it leaves, or it was composed so. Raises LookupError while it is being composed, when nobody can say yet."""
    with system_access(session, Reason.MAIL) as system:
        found = system.execute(
            select(OutboxMessage.state, OutboxMessage.subject)
            .where(OutboxMessage.key.startswith(keys, autoescape=True), OutboxMessage.person_id == person)
            .order_by(OutboxMessage.put_at.desc(), OutboxMessage.id.desc())
            .limit(1)
        ).one_or_none()
    if found is None:
        return False
    if found.state is MailState.LEASED and SAYS not in found.subject:
        raise LookupError(keys)
    composed_so = found.state in (MailState.LEASED, MailState.SENT) and found.subject.get(SAYS) == says
    return composed_so or found.state is MailState.WAITING


def let_go(session: Session, person: UUID) -> None:
    """Send what waited for the person's address to be confirmed."""
    with system_access(session, Reason.MAIL) as system:
        waiting = system.scalars(
            select(OutboxMessage).where(
                OutboxMessage.person_id == person,
                OutboxMessage.state == MailState.WAITING,
                OutboxMessage.reason == UNCONFIRMED,
            )
        ).all()
        for one in waiting:
            one.next_attempt_at = clock.now()
            after_commit.start(system, DELIVER, one.id)


def readers(process: Process | None, track: Track | None) -> Clause:
    """Who may read about a mail: the secretariat of its track; nobody where it belongs to none."""
    if process is None or track is None:
        nobody = Addressee(Named.SECRETARIAT, INSTALLATION)
        return Clause(INSTALLATION, Level.NAMED, frozenset({INSTALLATION}), audience=frozenset({nobody}))
    return clauses.named(process, track, audience=[clauses.secretariat(track)])


def record(
    session: Session, message: UUID, state: MailState, reason: str = "", detail: str = "", by: UUID | None = None
) -> None:
    """Put on record what happened to a mail."""
    session.add(MailAttempt(message_id=message, state=state, reason=reason, detail=detail[:500], by_person_id=by))


def _number() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(2))


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    return value
