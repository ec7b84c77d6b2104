"""What every act on a silence shares: one after the other, on the trail, and told to the members."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core import audit, clock
from secretariat.core.labels import Clause
from secretariat.core.session import Reason, system_access
from secretariat.directory.contacts import contacts_of
from secretariat.mail import outbox
from secretariat.processes import clauses as clauses_of
from secretariat.processes.models import Process, Track
from secretariat.texts import silence_queries
from secretariat.texts.silence_models import SilenceProcedure

OPENED, EXTENDED, REMINDER, ENDED = "silence_opened", "silence_extended", "silence_reminder", "silence_ended"
"""The mails of a silence."""


def lock(session: Session, key: UUID) -> None:
    """One after the other: a reaction, an act of the secretariat, and the record."""
    with system_access(session, Reason.SILENCE) as system:
        system.scalar(select(SilenceProcedure.id).where(SilenceProcedure.id == key).with_for_update())


def members_now(session: Session, found: SilenceProcedure) -> frozenset[UUID]:
    return silence_queries.members_on(
        session, found.process_id, found.track_id, found.edition.document.body_id, clock.today()
    )


def write_to(session: Session, found: SilenceProcedure, notice: str, members: Iterable[UUID], about: str = "") -> int:
    """One mail to each focal point and alternate of these members; the same cause twice is one mail. How many."""
    contacts = contacts_of(session, found.process_id, found.track_id, clock.today(), members)
    process, track = _place(session, found)
    for one in contacts:
        outbox.put(
            session,
            notice,
            key=f"{notice}:{found.id}:{about}:{one.person}:{one.hat.id}",
            process=process,
            track=track,
            person=one.person,
            hat=one.hat,
            subject={"silence": found.id, "alternate": one.is_alternate, "about": about},
        )
    return len(contacts)


def _place(session: Session, found: SilenceProcedure) -> tuple[Process, Track]:
    return session.get_one(Process, found.process_id), session.get_one(Track, found.track_id)


def with_secretariat(found: SilenceProcedure, participant: UUID) -> Clause:
    audience = [clauses_of.participant(participant), clauses_of.secretariat(found.track)]
    return clauses_of.named(found.process, found.track, audience=audience)


def record(
    session: Session, kind: str, found: SilenceProcedure, *, participant: UUID | None = None, **content: Any
) -> None:
    process, track = _place(session, found)
    if participant is not None:
        content["participant"] = str(participant)
    on_trail(session, kind, found, process, track, content, participant)


def on_trail(
    session: Session,
    kind: str,
    subject: Any,
    process: Process,
    track: Track,
    content: dict[str, Any],
    participant: UUID | None = None,
) -> None:
    """Content is read by the secretariat, and by the participant it is of."""
    readers = [clauses_of.secretariat(track), *([clauses_of.participant(participant)] if participant else [])]
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[clauses_of.named(process, track, audience=readers)],
        subject=subject,
        content=content,
    )
