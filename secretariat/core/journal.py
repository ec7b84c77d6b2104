"""What must survive a refused request: the security log, throttles, used nonces, kept forms.

A request that is refused is rolled back whole. What it must nevertheless leave behind is noted in the session and
written here, in a short transaction of its own, after the rollback (or after the commit).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, case, delete, insert, literal, null, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from secretariat.core import clock, sealing
from secretariat.core.database import table_of
from secretariat.core.models import KeptForm, SecurityEvent, Throttle, UsedNonce

Entry = Callable[[Connection], None]
SECURITY_EVENTS_KEPT = timedelta(days=180)
NONCES_KEPT = timedelta(days=30)
LONGEST_ANSWER = 340
"""Bytes of an address within the product: sealed they are not longer than their column."""
KEPT_FORMS_KEPT = timedelta(days=1)


def note(session: Session, entry: Entry) -> None:
    """Write `entry` after this session's transaction has ended, however it ends."""
    session.info.setdefault("journal", []).append(entry)


def write_notes(engine: Engine, session: Session) -> None:
    """Write what was noted; called by the edge once its own transaction is over."""
    entries = session.info.pop("journal", [])
    if entries:
        with engine.execution_options(writes=True).begin() as connection:
            for entry in entries:
                entry(connection)


def security_event(kind: str, *, user: UUID | None = None, source: str = "", **detail: Any) -> Entry:
    """An entry of the security log: what was refused, to whom, from where. Never any content."""

    def write(connection: Connection) -> None:
        connection.execute(
            insert(table_of(SecurityEvent)).values(
                kind=kind, at=clock.now(), user_id=user, source=source[:64], detail=detail
            )
        )

    return write


NOTED_WINDOW = timedelta(hours=1)
MOST_NOTED = 20
"""Refusals of one account or machine that are written down in an hour; one who scans fills no disk."""
MOST_NOTED_OF_NOBODY = 1000
"""The same for all who are not signed in together, however many machines they come from."""


def refusal(kind: str, *, user: UUID | None = None, source: str = "", **detail: Any) -> Entry:
    """An entry of the security log about something refused, as long as there were few in the hour; the last one that is
    written says that there were more. What it does in the database is the same however many there were."""

    def write(connection: Connection) -> None:
        counted = [("refusals", str(user) if user else source, MOST_NOTED)]
        counted += [] if user else [("refusals of nobody", "", MOST_NOTED_OF_NOBODY)]
        room = min([most - _counted(connection, what, who, NOTED_WINDOW) for what, who, most in counted])
        row = {"kind": kind, "at": clock.now(), "user_id": user, "source": source[:64]}
        row["detail"] = detail | ({"more": True} if room == 0 else {})
        table = table_of(SecurityEvent)
        values = [literal(value, table.c[name].type) for name, value in row.items()]
        connection.execute(insert(table).from_select(list(row), select(*values).where(literal(room) >= 0)))

    return write


# --- throttles ------------------------------------------------------------------------------------------------


def _throttle_key(what: str, who: str) -> str:
    return hashlib.sha256(f"{what}\0{who}".encode()).hexdigest()


def tries(session: Session, what: str, who: str, window: timedelta) -> int:
    """How often `what` was counted for `who` in the window of time that is running."""
    table = table_of(Throttle)
    row = session.connection().execute(select(table).where(table.c.key == _throttle_key(what, who))).first()
    return row.tries if row and row.window_from > clock.now() - window else 0


def count_try(what: str, who: str, window: timedelta) -> Entry:
    """An entry that counts one more try; the count begins anew when the window is over."""

    def write(connection: Connection) -> None:
        _counted(connection, what, who, window)

    return write


def _counted(connection: Connection, what: str, who: str, window: timedelta) -> int:
    """Count one more try; how many there are now in the window that is running."""
    table, key, now = table_of(Throttle), _throttle_key(what, who), clock.now()
    over = table.c.window_from <= now - window
    tries_now = connection.execute(
        update(table)
        .where(table.c.key == key)
        .values(
            tries=case((over, 1), else_=table.c.tries + 1), window_from=case((over, now), else_=table.c.window_from)
        )
        .returning(table.c.tries)
    ).scalar()
    if tries_now is not None:
        return int(tries_now)
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(key=key, window_from=now, tries=1))
    except IntegrityError:  # the first try of all was made twice at the same moment
        return _counted(connection, what, who, window)
    return 1


# --- nonces ---------------------------------------------------------------------------------------------------


def first_answer(session: Session, nonce: str) -> str | None:
    """Where the first click on this form led; None if it was never answered."""
    table = table_of(UsedNonce)
    kept = session.connection().execute(select(table.c.answer).where(table.c.nonce == _digest(nonce))).scalar()
    if kept is None or kept.startswith(("/", "http")):  # kept before answers were sealed
        return kept
    return sealing.unseal_under(kept, nonce)


def use_nonce(session: Session, nonce: str, answer: str, said: list[Any] | None = None) -> bool:
    """Write that this form is answered, in the transaction of the answer. False if another click was first.

    `said` is what the page it leads to says, once. Both are sealed: the page may be that of a link from a mail, whose
    address opens it.
    """
    connection = session.connection()
    try:
        with connection.begin_nested():
            # To the day: the hour of a form would tell when a note was written, which an attribution rule may forbid.
            sealed = sealing.seal_under(json.dumps(said), nonce) if said else None
            led = sealing.seal_under(_cut(answer), nonce)
            row = {"nonce": _digest(nonce), "at": clock.day_began(), "answer": led, "said": sealed}
            connection.execute(insert(table_of(UsedNonce)).values(row))
    except IntegrityError:
        return False
    return True


def _cut(address: str) -> str:
    return address.encode()[:LONGEST_ANSWER].decode(errors="ignore")


def said_with(session: Session, nonce: str) -> list[Any]:
    """What is to be said to whoever was answered under this nonce."""
    table = table_of(UsedNonce)
    sealed = session.connection().execute(select(table.c.said).where(table.c.nonce == _digest(nonce))).scalar()
    words = sealing.unseal_under(sealed, nonce) if sealed else None
    return json.loads(words) if words else []


def unsay(nonce: str) -> Entry:
    """An entry that empties what was said, once it was shown."""

    def write(connection: Connection) -> None:
        table = table_of(UsedNonce)
        connection.execute(update(table).where(table.c.nonce == _digest(nonce)).values(said=null()))

    return write


def _digest(nonce: str) -> str:
    return hashlib.sha256(nonce.encode()).hexdigest()


# --- forms kept over an expired session -----------------------------------------------------------------------


def keep_form(key: UUID, user: UUID, sealed: str) -> Entry:
    """An entry that keeps what was typed, sealed, for its person until signed in again."""

    def write(connection: Connection) -> None:
        connection.execute(insert(table_of(KeptForm)).values(id=key, user_id=user, at=clock.now(), sealed=sealed))

    return write


def sweep(engine: Engine) -> None:
    """Throw away what is past its time."""
    now = clock.now()
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(
            delete(table_of(SecurityEvent)).where(table_of(SecurityEvent).c.at < now - SECURITY_EVENTS_KEPT)
        )
        connection.execute(delete(table_of(UsedNonce)).where(table_of(UsedNonce).c.at < now - NONCES_KEPT))
        connection.execute(delete(table_of(KeptForm)).where(table_of(KeptForm).c.at < now - KEPT_FORMS_KEPT))
        connection.execute(delete(table_of(Throttle)).where(table_of(Throttle).c.window_from < now - timedelta(days=2)))
