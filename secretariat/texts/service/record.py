"""The audit trail of texts: one place, so that chain and readers are never forgotten."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from secretariat.core import audit
from secretariat.core.labels import Clause
from secretariat.documents.service.submitting import capital
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track
from secretariat.texts.models import CommentReply, CommentRound, DraftText


def for_secretariat(process: Process, track: Track) -> Clause:
    """What only the track's secretariat reads: the content of the audit trail."""
    return clauses.named(process, track, audience=[clauses.secretariat(track)])


def record(session: Session, kind: str, text: DraftText, subject: Any = None, **content: Any) -> None:
    """Put an act on a text on the trail; its content is read by the secretariat."""
    _on_trail(
        session, kind, text.process, text.track, for_secretariat(text.process, text.track), subject or text, content
    )


def record_round(session: Session, kind: str, found: CommentRound, subject: Any = None, **content: Any) -> None:
    """The same for an act on a round of comments."""
    document = found.edition.document
    process, track = document.process, document.track
    _on_trail(session, kind, process, track, for_secretariat(process, track), subject or found, content)


def record_reply(session: Session, kind: str, reply: CommentReply) -> None:
    """The same for what a capital does with its reply: read by that capital alone."""
    document = reply.round.edition.document
    process, track = document.process, document.track
    _on_trail(session, kind, process, track, capital(process, track, reply.participant_id), reply, {})


def _on_trail(
    session: Session, kind: str, process: Process, track: Track, clause: Clause, subject: Any, content: dict[str, Any]
) -> None:
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[clause],
        subject=subject,
        content=content,
    )
