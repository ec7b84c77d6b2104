"""Reading delegations, under the reader's eyes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from secretariat.core.database import one_of
from secretariat.core.session import Reason, system_access
from secretariat.meetings.guest_models import DelegationList
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


def needs_of(session: Session, invitations: Iterable[UUID]) -> dict[UUID, DelegateNeeds]:
    """What delegates of these invitations need, by delegate, as far as the reader may read it."""
    wanted = (
        select(DelegateNeeds)
        .join(DelegateNeeds.delegate)
        .where(Delegate.invitation_id.in_(list(invitations)))
        .options(contains_eager(DelegateNeeds.delegate))
    )
    return {one.delegate_id: one for one in session.scalars(wanted)}


def list_of(session: Session, meeting: UUID) -> DelegationList | None:
    """The list of delegations of a meeting as a thing with readers of its own."""
    return session.scalar(select(DelegationList).where(DelegationList.meeting_id == meeting))


def list_by_id(session: Session, key: UUID) -> DelegationList | None:
    return session.scalar(select(DelegationList).where(DelegationList.id == key))


def has_list(session: Session, meeting: UUID) -> bool:
    """Whether a meeting has a list with readers of its own, with all eyes: without one, members read who comes."""
    with system_access(session, Reason.LABELLING) as system:
        return system.scalar(select(DelegationList.id).where(DelegationList.meeting_id == meeting)) is not None


def list_label(session: Session, meeting: UUID) -> int | None:
    """The label the list of a meeting was given, with all eyes: who names a person need not read the list."""
    with system_access(session, Reason.LABELLING) as system:
        return system.scalar(select(DelegationList.own_label_id).where(DelegationList.meeting_id == meeting))


def delegations_over_time(session: Session, meeting: Meeting, most: int = 4) -> list[Meeting]:
    """The last meetings of the same body that took place, the latest first, each with its invitations and whom these
    sent, as far as the reader may read them; names go after their time. Three statements, however many."""
    if meeting.starts_on is None:
        return []
    same_body = (
        Meeting.body_id == meeting.body_id
        if meeting.body_id is not None
        else Meeting.body_id.is_(None) & (Meeting.process_id == meeting.process_id)
    )
    wanted = (
        select(Meeting)
        .where(
            same_body,
            Meeting.track_id == meeting.track_id,
            one_of(Meeting.state, (MeetingState.HELD, MeetingState.CLOSED)),
            Meeting.starts_on < meeting.starts_on,
        )
        .options(selectinload(Meeting.invitations).selectinload(Invitation.delegates))
        .order_by(Meeting.starts_on.desc(), Meeting.id)
        .limit(most)
    )
    return list(session.scalars(wanted))
