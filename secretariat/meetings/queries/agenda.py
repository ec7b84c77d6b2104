"""Items of the agenda, what participants propose for it, and the notes on them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from secretariat.meetings.models import (
    AgendaItem,
    ItemProposal,
    ItemState,
    MeetingNote,
)


def agenda_of(session: Session, meeting: UUID) -> Sequence[AgendaItem]:
    return session.scalars(
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting)
        .options(joinedload(AgendaItem.from_outcome))
        .order_by(AgendaItem.day, AgendaItem.position)
    ).all()


def agenda_item(session: Session, meeting: UUID, item: UUID) -> AgendaItem | None:
    return session.scalar(select(AgendaItem).where(AgendaItem.id == item, AgendaItem.meeting_id == meeting))


def item_proposals_of(session: Session, meeting: UUID) -> Sequence[ItemProposal]:
    """Items that participants propose, the latest last; without those that were withdrawn."""
    return session.scalars(
        select(ItemProposal)
        .where(ItemProposal.meeting_id == meeting, ItemProposal.state != ItemState.WITHDRAWN)
        .order_by(ItemProposal.proposed_at, ItemProposal.id)
    ).all()


def item_proposal(session: Session, proposal: UUID) -> ItemProposal | None:
    return session.scalar(
        select(ItemProposal)
        .where(ItemProposal.id == proposal)
        .options(joinedload(ItemProposal.meeting), joinedload(ItemProposal.item))
    )


def notes_of(session: Session, meeting: UUID) -> Sequence[MeetingNote]:
    """The notes of a meeting the reader may read; they have no order but that of the agenda."""
    return session.scalars(select(MeetingNote).where(MeetingNote.meeting_id == meeting)).all()


def note_on(session: Session, meeting: UUID, item: UUID | None) -> MeetingNote | None:
    """The note on an item, or the one beside all items."""
    here = MeetingNote.item_id.is_(None) if item is None else MeetingNote.item_id == item
    return session.scalar(select(MeetingNote).where(MeetingNote.meeting_id == meeting, here))
