"""The audit trail of correspondence."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from secretariat.core import audit
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track


def record(session: Session, kind: str, process: Process, track: Track, subject: Any, **content: Any) -> None:
    """Put an act on the trail of its side, for those who keep it."""
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[clauses.named(process, track, audience=[clauses.secretariat(track)])],
        subject=subject,
        content=content,
    )
