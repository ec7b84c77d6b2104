"""The audit trail of submissions: an act is on the trail of the side on which it was done."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from secretariat.core import audit
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track


def record(session: Session, kind: str, process: Process, side: Track, subject: Any, **content: Any) -> None:
    """Put an act on the trail; the secretariat of that side, or the network's coordination, reads its content."""
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, side.slug),
        clauses=[clauses.named(process, side, audience=[clauses.secretariat(side)])],
        subject=subject,
        content=content,
    )
