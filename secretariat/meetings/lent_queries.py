"""Reading drafts that are with colleagues, under the reader's eyes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from secretariat.documents.models import Document, DocumentState, DocumentVersion
from secretariat.meetings.lent_models import LentDraft
from secretariat.meetings.models import ItemProposal, ItemState, Meeting

Draft = Document | ItemProposal
"""What a government prepares: a paper, or an item."""


def prepared_paper(session: Session, document: UUID) -> Document | None:
    """A paper with its meeting, its versions and their files; none where the reader may not see its process."""
    return session.scalar(
        select(Document)
        .where(Document.id == document, Document.meeting_id.is_not(None), Document.author_id.is_not(None))
        .options(
            joinedload(Document.process, innerjoin=True),
            joinedload(Document.track, innerjoin=True),
            selectinload(Document.meeting).joinedload(Meeting.body),
            selectinload(Document.versions).selectinload(DocumentVersion.files),
        )
    )


def prepared_item(session: Session, proposal: UUID) -> ItemProposal | None:
    """A proposed item with its meeting."""
    meeting = joinedload(ItemProposal.meeting)
    return session.scalar(
        select(ItemProposal)
        .where(ItemProposal.id == proposal)
        .options(meeting.joinedload(Meeting.process), meeting.joinedload(Meeting.track))
    )


def drafts_for(session: Session, meeting: UUID, participant: UUID) -> list[Draft]:
    """What a participant prepares for a meeting and has not sent: papers, then items, the oldest first."""
    papers = session.scalars(
        select(Document)
        .where(
            Document.meeting_id == meeting,
            Document.author_id == participant,
            Document.state == DocumentState.PREPARED,
        )
        .order_by(Document.id)
    ).all()
    items = session.scalars(
        select(ItemProposal)
        .where(
            ItemProposal.meeting_id == meeting,
            ItemProposal.participant_id == participant,
            ItemProposal.state == ItemState.PREPARED,
        )
        .order_by(ItemProposal.proposed_at, ItemProposal.id)
    ).all()
    return [*papers, *items]


def lent_draft(session: Session, key: UUID) -> LentDraft | None:
    return session.scalar(select(LentDraft).where(LentDraft.id == key))


def lent_of(session: Session, draft: Draft) -> Sequence[LentDraft]:
    """Everybody to whom a draft was passed, first to last."""
    return session.scalars(select(LentDraft).where(_about(draft)).order_by(LentDraft.lent_at, LentDraft.id)).all()


def _about(draft: Draft) -> Any:
    return LentDraft.document_id == draft.id if isinstance(draft, Document) else LentDraft.proposal_id == draft.id


def with_colleagues(session: Session, process: UUID, participant: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """Drafts of a participant that are with colleagues, or have come back and are not sent yet, as they were passed.

    Columns: id, name, lent_at, replied_at, reminders, reminded_on, document_id, proposal_id, title, item_title,
    meeting_id, meeting_title, meeting_label_id, track_id.
    """
    return session.execute(
        select(
            LentDraft.id,
            LentDraft.name,
            LentDraft.lent_at,
            LentDraft.replied_at,
            LentDraft.reminders,
            LentDraft.reminded_on,
            LentDraft.document_id,
            LentDraft.proposal_id,
            Document.title,
            ItemProposal.title.label("item_title"),
            Meeting.id.label("meeting_id"),
            Meeting.title.label("meeting_title"),
            Meeting.label_id.label("meeting_label_id"),
            Meeting.track_id,
        )
        .outerjoin(Document, Document.id == LentDraft.document_id)
        .outerjoin(ItemProposal, ItemProposal.id == LentDraft.proposal_id)
        .outerjoin(Meeting, or_(Meeting.id == Document.meeting_id, Meeting.id == ItemProposal.meeting_id))
        .where(
            LentDraft.closed_at.is_(None),
            Meeting.process_id == process,
            or_(Document.author_id == participant, ItemProposal.participant_id == participant),
        )
        .order_by(LentDraft.lent_at, LentDraft.id)
    ).all()
