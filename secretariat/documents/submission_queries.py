"""Reading papers that participants prepare and send in, under the reader's eyes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, or_, select
from sqlalchemy.orm import Session

from secretariat.core.database import one_of
from secretariat.documents.models import Document, DocumentFile, DocumentState, PaperAnswer
from secretariat.processes.models import Body, LifeState, Process

OPEN = (DocumentState.PREPARED, DocumentState.SUBMITTED)
"""What its author works on, or waits for."""


def open_papers(session: Session, meeting: UUID, participant: UUID) -> Sequence[UUID]:
    """Papers of a participant for a meeting that are prepared or wait for an answer."""
    wanted = select(Document.id).where(
        Document.meeting_id == meeting, Document.author_id == participant, one_of(Document.state, OPEN)
    )
    return session.scalars(wanted.order_by(Document.id)).all()


def open_in_line(session: Session, first: UUID) -> UUID | None:
    """A revision of this line that its author prepares, or that waits for an answer; None where there is none."""
    wanted = select(Document.id).where(Document.line_id == first, one_of(Document.state, OPEN))
    return session.scalar(wanted.order_by(Document.id).limit(1))


def papers_with_file(session: Session, meeting: UUID, participant: UUID, sha256: str) -> set[UUID]:
    """Papers of a participant for a meeting, but for those not gone on with, which hold this very file."""
    return set(
        session.scalars(
            select(Document.id)
            .join(DocumentFile, DocumentFile.document_id == Document.id)
            .where(
                Document.meeting_id == meeting,
                Document.author_id == participant,
                Document.state != DocumentState.WITHDRAWN,
                DocumentFile.sha256 == sha256,
            )
        )
    )


def answer_to(session: Session, document: UUID) -> PaperAnswer | None:
    """What was answered to a paper, for those who read that."""
    return session.scalar(select(PaperAnswer).where(PaperAnswer.document_id == document))


def waiting_papers(session: Session, process: UUID | None = None) -> Sequence[Row[*tuple[Any, ...]]]:
    """Papers that participants have sent in and that await an answer.

    Columns: id, title, submitted_at, author_id, label_id, meeting_id, process_id, track_id.
    """
    return session.execute(_waiting(of_process=process is not None), {"process": process}).all()


@cache
def _waiting(*, of_process: bool) -> Select[*tuple[Any, ...]]:
    """Built once: the first page of everybody asks for it, and building takes longer than asking."""
    wanted = (
        select(
            Document.id,
            Document.title,
            Document.submitted_at,
            Document.author_id,
            Document.label_id,
            Document.meeting_id,
            Document.process_id,
            Document.track_id,
        )
        .join(Process, Document.process_id == Process.id)
        .outerjoin(Body, Document.body_id == Body.id)
        .where(
            Document.state == DocumentState.SUBMITTED,
            Process.state == LifeState.ACTIVE,
            or_(Body.id.is_(None), Body.state == LifeState.ACTIVE),
        )
        .order_by(Document.submitted_at, Document.id)
    )
    if of_process:
        wanted = wanted.where(Document.process_id == bindparam("process", type_=Document.process_id.type))
    return wanted


def papers_of(session: Session, process: UUID, participant: UUID, most: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Papers of a participant in a process, those not sent in yet before all, then the latest first.

    Columns: id, symbol, title, kind, state, revision, meeting_id, submitted_at, released_at,
    label_id.
    """
    return session.execute(
        select(
            Document.id,
            Document.symbol,
            Document.title,
            Document.kind,
            Document.state,
            Document.revision,
            Document.meeting_id,
            Document.submitted_at,
            Document.released_at,
            Document.label_id,
        )
        .where(Document.process_id == process, Document.author_id == participant)
        .order_by(Document.submitted_at.is_not(None), Document.submitted_at.desc(), Document.id)
        .limit(most)
    ).all()


def papers_of_meeting(session: Session, meeting: UUID, participant: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """Papers of a participant for a meeting that are issued, by symbol.

    Columns: id, symbol, title, state, revision, meeting_id, submitted_at, released_at.
    """
    return session.execute(
        select(
            Document.id,
            Document.symbol,
            Document.title,
            Document.state,
            Document.revision,
            Document.meeting_id,
            Document.submitted_at,
            Document.released_at,
        )
        .where(
            Document.meeting_id == meeting,
            Document.author_id == participant,
            Document.state == DocumentState.ISSUED,
            Document.released_at.is_not(None),
        )
        .order_by(Document.symbol, Document.id)
    ).all()
