"""Reading delegations, under the reader's eyes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from secretariat.core.database import one_of
from secretariat.meetings.models import Delegate, DelegateNeeds, Invitation, Meeting, MeetingState


def earlier_delegations(session: Session, meeting: Meeting, participant: UUID, most: int = 3) -> Sequence[Invitation]:
    """Invitations of a participant to the last meetings of the same body that took place, with whom it sent; names go
    after their time."""
    if meeting.starts_on is None:
        return []
    same_body = (
        Meeting.body_id == meeting.body_id
        if meeting.body_id is not None
        else Meeting.body_id.is_(None) & (Meeting.process_id == meeting.process_id)
    )
    return session.scalars(
        select(Invitation)
        .join(Invitation.meeting)
        .options(contains_eager(Invitation.meeting), selectinload(Invitation.delegates))
        .where(
            Invitation.participant_id == participant,
            same_body,
            one_of(Meeting.state, (MeetingState.HELD, MeetingState.CLOSED)),
            Meeting.starts_on < meeting.starts_on,
        )
        .order_by(Meeting.starts_on.desc(), Meeting.id)
        .limit(most)
    ).all()


def delegate_of(session: Session, invitation: UUID, delegate: UUID) -> Delegate | None:
    return session.scalar(
        select(Delegate)
        .where(Delegate.id == delegate, Delegate.invitation_id == invitation)
        .options(joinedload(Delegate.needs))
    )


def needs_of(session: Session, invitations: Iterable[UUID]) -> dict[UUID, str]:
    """What delegates of these invitations need, by delegate, as far as the reader may read it."""
    wanted = (
        select(DelegateNeeds.delegate_id, DelegateNeeds.words)
        .join(DelegateNeeds.delegate)
        .where(Delegate.invitation_id.in_(list(invitations)))
    )
    return dict(session.execute(wanted).all())
