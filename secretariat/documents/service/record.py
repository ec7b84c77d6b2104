"""The audit trail of documents: one place, so that chain and readers are never forgotten."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from secretariat.core import audit
from secretariat.core.labels import Clause
from secretariat.documents.models import Document
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track


def for_secretariat(process: Process, track: Track) -> Clause:
    """What only the track's secretariat reads: the content of the audit trail."""
    return clauses.named(process, track, audience=[clauses.secretariat(track)])


def record(session: Session, kind: str, document: Document, subject: Any = None, **content: Any) -> None:
    """Put an act on a document on the trail; its content is read by the secretariat."""
    process, track = document.process, document.track
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[for_secretariat(process, track)],
        subject=subject or document,
        content=content,
    )
