"""The audit trail: who did what, in one chain per process and track.

The chain covers a salted digest; the content is a labelled row beside it. When the content's time has come it is
erased together with its salt, and the chain still holds.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.database import insert_if_absent, new_id, table_of
from secretariat.core.labelling import attach
from secretariat.core.labels import Clause
from secretariat.core.models import AuditChain, AuditContent, AuditEntry


def record(
    session: Session,
    kind: str,
    *,
    chain: str,
    clauses: Iterable[Clause],
    subject: Any = None,
    content: dict[str, Any] | None = None,
) -> None:
    """Add an act to the trail.

    `kind` is a short verb phrase (`meeting scheduled`), `chain` a process and track (`rcm/government`) or
    `installation`, `clauses` who may read the content, `subject` the mapped object acted on.
    """
    viewer = session.info.get("acting") or getattr(session, "viewer", None)
    at, salt = clock.now(), secrets.token_hex(16)
    said = {
        "kind": kind,
        "at": at.isoformat(),
        "subject": str(subject.id) if subject is not None else None,
        "by": str(viewer.person) if viewer else "system",
        "hat": str(viewer.hat) if viewer else "system",
        "content": content or {},
    }
    entry_id = _append(session, chain, kind, at, _digest(salt, said))
    attach(
        session,
        AuditContent(
            entry_id=entry_id,
            subject_kind=type(subject).__tablename__ if subject is not None else "",
            subject_id=subject.id if subject is not None else None,
            by_person_id=viewer.person if viewer else None,
            by_hat=said["hat"],
            content=said["content"],
            salt=salt,
        ),
        clauses,
    )


def _append(session: Session, chain: str, kind: str, at: Any, digest: str) -> int:
    connection = session.connection()
    chains, entries = table_of(AuditChain), table_of(AuditEntry)
    counted = update(chains).where(chains.c.name == chain).values(length=chains.c.length + 1)
    taken = connection.execute(counted).rowcount
    if not taken:  # two may begin it at once: whoever comes second counts on from the first
        connection.execute(insert_if_absent(connection, chains).values(name=chain, head="", length=0))
        connection.execute(counted)
    head, place = connection.execute(select(chains.c.head, chains.c.length).where(chains.c.name == chain)).one()
    linked = hashlib.sha256(f"{head}{digest}".encode()).hexdigest()
    made = connection.execute(insert(entries).values(chain=chain, place=place, at=at, kind=kind, digest=digest))
    connection.execute(update(chains).where(chains.c.name == chain).values(head=linked))
    return new_id(made)


def _digest(salt: str, said: dict[str, Any]) -> str:
    return hashlib.sha256((salt + json.dumps(said, sort_keys=True)).encode()).hexdigest()


def chain_holds(session: Session, chain: str) -> bool:
    """Whether the links of a chain still lead to its head."""
    connection = session.connection()
    entries, chains = table_of(AuditEntry), table_of(AuditChain)
    head = ""
    digests = connection.execute(select(entries.c.digest).where(entries.c.chain == chain).order_by(entries.c.place))
    for digest in digests.scalars():
        head = hashlib.sha256(f"{head}{digest}".encode()).hexdigest()
    return bool(connection.execute(select(chains.c.head).where(chains.c.name == chain)).scalar() == head)


def chain_name(process_slug: str, track: str) -> str:
    """The chain of a process and track."""
    return f"{process_slug}/{track}"


def erase(session: Session, content_id: UUID) -> None:
    """Take away what an entry said, and its salt; that something happened, and when, stays."""
    content = session.get_one(AuditContent, content_id)
    content.content, content.salt = {}, ""
