"""Reading consultations of the public, and what was said in them, under the reader's eyes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from secretariat.processes.models import LifeState, Process
from secretariat.texts.consultation_models import PublicComment, PublicConsultation, PublicWriter

SHOWN = 50
"""Consultations on one page."""


def consultation_by_id(session: Session, key: UUID) -> PublicConsultation | None:
    """A consultation; none where the reader may not see its process (joined inwards)."""
    return session.scalar(
        select(PublicConsultation)
        .where(PublicConsultation.id == key)
        .options(joinedload(PublicConsultation.process, innerjoin=True), joinedload(PublicConsultation.track))
    )


def copy_by_id(session: Session, key: UUID) -> PublicConsultation | None:
    """The same without its process: what a mail tells of."""
    return session.scalar(select(PublicConsultation).where(PublicConsultation.id == key))


def consultations_of(session: Session, process: UUID, page: int = 1) -> tuple[Sequence[PublicConsultation], bool]:
    """The consultations of a process, the latest first, and whether there are more."""
    found = session.scalars(
        select(PublicConsultation)
        .where(PublicConsultation.process_id == process)
        .order_by(PublicConsultation.opened_at.desc(), PublicConsultation.id)
        .offset((page - 1) * SHOWN)
        .limit(SHOWN + 1)
    ).all()
    return found[:SHOWN], len(found) > SHOWN


def is_anything_consulted(session: Session, process: UUID) -> bool:
    """Whether the public was asked about anything, where the reader reads it."""
    wanted = select(PublicConsultation.id).where(PublicConsultation.process_id == process)
    return session.scalar(wanted.limit(1)) is not None


def consultations_on(session: Session, edition: UUID) -> Sequence[PublicConsultation]:
    """The consultations on an edition, the latest first."""
    return session.scalars(
        select(PublicConsultation)
        .where(PublicConsultation.edition_id == edition)
        .order_by(PublicConsultation.opened_at.desc(), PublicConsultation.id)
    ).all()


def said_of(
    session: Session,
    *,
    edition: UUID | None = None,
    consultation: UUID | None = None,
    paragraphs: Sequence[UUID] | None = None,
) -> Sequence[PublicComment]:
    """What the public has said, as far as the reader may read it: on an edition, or in one consultation; on these
    paragraphs and on the whole, where some are named. In no order that tells of who wrote."""
    wanted = select(PublicComment).where(PublicComment.confirmed_at.is_not(None)).order_by(PublicComment.id)
    if edition is not None:
        wanted = wanted.where(PublicComment.edition_id == edition)
    if consultation is not None:
        wanted = wanted.where(PublicComment.consultation_id == consultation)
    if paragraphs is not None:
        wanted = wanted.where(
            or_(PublicComment.paragraph_id.is_(None), PublicComment.paragraph_id.in_(list(paragraphs)))
        )
    return session.scalars(wanted).all()


def unanswered(session: Session, consultation: UUID) -> int:
    """Of how many comments it is not said yet what became of them."""
    wanted = select(func.count(PublicComment.id)).where(
        PublicComment.consultation_id == consultation,
        PublicComment.confirmed_at.is_not(None),
        PublicComment.became.is_(None),
    )
    return session.scalar(wanted) or 0


def writers_of(
    session: Session,
    consultation: UUID,
    keys: Collection[UUID] | None = None,
    *,
    offset: int = 0,
    rows: int | None = None,
) -> Sequence[PublicWriter]:
    """Who has commented and confirmed the address, by name, or those with these keys; nobody once they were erased."""
    wanted = _confirmed(select(PublicWriter), consultation).order_by(PublicWriter.name, PublicWriter.id)
    if keys is not None:
        wanted = wanted.where(PublicWriter.id.in_(list(keys)))
    return session.scalars(wanted.offset(offset).limit(rows)).all()


def writers_counted(session: Session, consultation: UUID) -> int:
    """How many have commented and confirmed the address, and were not erased."""
    return session.scalar(_confirmed(select(func.count(PublicWriter.id)), consultation)) or 0


def _confirmed(wanted: Select[Any], consultation: UUID) -> Select[Any]:
    return wanted.where(PublicWriter.consultation_id == consultation, PublicWriter.confirmed_at.is_not(None))


def unresponded(session: Session, process: UUID | None) -> Sequence[PublicConsultation]:
    """Consultations without a response, of processes at work; those that go on among them."""
    wanted = (
        select(PublicConsultation)
        .join(PublicConsultation.process)
        .where(
            PublicConsultation.responded_at.is_(None),
            PublicConsultation.taken_back_at.is_(None),
            Process.state == LifeState.ACTIVE,
        )
        .order_by(PublicConsultation.id)
    )
    if process is not None:
        wanted = wanted.where(PublicConsultation.process_id == process)
    return session.scalars(wanted).all()
