"""Letters of invitation, under the session's eyes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.correspondence.invitation_models import InvitationLetter, InvitationWords
from secretariat.correspondence.letterhead_models import Letterhead
from secretariat.meetings.models import Invitation, Meeting


def words_of(session: Session, meeting: UUID) -> InvitationWords | None:
    """What the letters of a meeting say."""
    return session.scalar(select(InvitationWords).where(InvitationWords.meeting_id == meeting))


def letters_of(session: Session, meeting: UUID) -> dict[UUID, InvitationLetter]:
    """The letters of a meeting, by participant."""
    found = session.scalars(select(InvitationLetter).where(InvitationLetter.meeting_id == meeting))
    return {one.participant_id: one for one in found}


def invited(session: Session, meeting: UUID) -> Sequence[Invitation]:
    """Whom the meeting invites, as far as the session reads it."""
    return session.scalars(select(Invitation).where(Invitation.meeting_id == meeting)).all()


def invitation_to(session: Session, meeting: UUID, invitation: UUID) -> Invitation | None:
    """One invitation to a meeting."""
    wanted = select(Invitation).where(Invitation.id == invitation, Invitation.meeting_id == meeting)
    return session.scalar(wanted)


def letter_to(session: Session, meeting: UUID, participant: UUID) -> InvitationLetter | None:
    """The letter of a meeting to a participant."""
    wanted = select(InvitationLetter).where(
        InvitationLetter.meeting_id == meeting, InvitationLetter.participant_id == participant
    )
    return session.scalar(wanted)


def earlier_letter(session: Session, meeting: Meeting, participant: UUID) -> InvitationLetter | None:
    """The latest letter of the same body to a participant: its style of address is proposed again."""
    of_body = select(Meeting.id).where(Meeting.body_id == meeting.body_id, Meeting.id != meeting.id)
    wanted = (
        select(InvitationLetter)
        .where(InvitationLetter.participant_id == participant, InvitationLetter.track_id == meeting.track_id)
        .where(InvitationLetter.meeting_id.in_(of_body))
        .order_by(InvitationLetter.went_on.desc(), InvitationLetter.number.desc(), InvitationLetter.id)
        .limit(1)
    )
    return session.scalar(wanted)


def earlier_words(session: Session, meeting: Meeting) -> InvitationWords | None:
    """The words of the body's latest letters: who signed them is proposed again."""
    wanted = (
        select(InvitationWords)
        .join(Meeting, Meeting.id == InvitationWords.meeting_id)
        .where(Meeting.body_id == meeting.body_id, Meeting.id != meeting.id)
        .order_by(Meeting.announced_at.desc(), Meeting.id)
        .limit(1)
    )
    return session.scalar(wanted)


def has_letterhead(session: Session, track: UUID) -> bool:
    """Whether a track has a letterhead in any language."""
    return session.scalar(select(Letterhead.id).where(Letterhead.track_id == track).limit(1)) is not None
