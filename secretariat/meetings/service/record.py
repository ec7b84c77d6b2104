"""The audit trail of meetings: one place, so that chain and readers are never forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from secretariat.core import audit
from secretariat.core.labels import Clause
from secretariat.core.session import ViewerSession
from secretariat.meetings.models import Meeting
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track

followers: list[Callable[[ViewerSession, Meeting], None]] = []
"""What rooms above keep true of a meeting and of who comes to it; asked after each act that is on record."""


def for_secretariat(process: Process, track: Track) -> Clause:
    """What only the track's secretariat reads: drafts, and the content of the audit trail."""
    return clauses.named(process, track, audience=[clauses.secretariat(track)])


def record(
    session: ViewerSession,
    kind: str,
    meeting: Meeting,
    subject: Any = None,
    *,
    participant: UUID | None = None,
    **content: Any,
) -> None:
    """Put an act on a meeting on the trail; its content is read by the secretariat, and by the participant it is of."""
    for follow in followers:
        follow(session, meeting)
    process, track = meeting.process, meeting.track
    readers = [clauses.secretariat(track)]
    if participant is not None:
        readers.append(clauses.participant(participant))
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[clauses.named(process, track, audience=readers)],
        subject=subject or meeting,
        content=content,
    )
