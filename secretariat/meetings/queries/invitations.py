"""Invitations with their delegates, and those that await an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from secretariat.core.database import one_of
from secretariat.core.dates import PartialDate
from secretariat.core.session import Reason, system_access
from secretariat.meetings.models import (
    Answer,
    Invitation,
    Meeting,
    MeetingState,
)
from secretariat.processes.models import (
    Body,
    LifeState,
    Process,
)


def invitations_of(session: Session, meeting: UUID) -> Sequence[Invitation]:
    """Invitations with their delegates."""
    return session.scalars(
        select(Invitation)
        .where(Invitation.meeting_id == meeting)
        .options(selectinload(Invitation.delegates), joinedload(Invitation.noted))
    ).all()


def invitation_by_id(session: Session, invitation: UUID) -> Invitation | None:
    return session.scalar(
        select(Invitation)
        .where(Invitation.id == invitation)
        .options(joinedload(Invitation.meeting), selectinload(Invitation.delegates))
    )


def own_invitation(session: Session, meeting: UUID, participant: UUID | None) -> Invitation | None:
    """The invitation of the participant one acts for."""
    if participant is None:
        return None
    return session.scalar(
        select(Invitation)
        .where(Invitation.meeting_id == meeting, Invitation.participant_id == participant)
        .options(joinedload(Invitation.meeting), selectinload(Invitation.delegates))
    )


def invited_participants(session: Session, meeting: UUID) -> list[UUID]:
    """Everyone invited, with all eyes: changes and cancellations go to all."""
    with system_access(session, Reason.MAIL) as system:
        return list(system.scalars(select(Invitation.participant_id).where(Invitation.meeting_id == meeting)))


def awaited_invitations(
    session: Session, on: date, process: UUID | None = None, participant: UUID | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Invitations to meetings still to come that wait for an answer.

    Columns: id, participant_id, invited_at, answer, answer_by, will_answer_by, label_id, meeting_id, process_id,
    track_id, title.
    """
    wanted = _awaiting_answer(of_process=process is not None, of_participant=participant is not None)
    values = {"on": PartialDate.parse(on), "process": process, "participant": participant}
    return session.execute(wanted, values).all()


@cache
def _awaiting_answer(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Built once: the first page of everybody asks for it, and building takes longer than asking."""
    wanted = (
        select(
            Invitation.id,
            Invitation.participant_id,
            Invitation.invited_at,
            Invitation.answer,
            Invitation.answer_by,
            Invitation.will_answer_by,
            Invitation.label_id,
            Invitation.meeting_id,
            Meeting.process_id,
            Meeting.track_id,
            Meeting.title,
        )
        .join(Meeting, Invitation.meeting_id == Meeting.id)
        .join(Process, Meeting.process_id == Process.id)
        .outerjoin(Body, Meeting.body_id == Body.id)
        .where(
            one_of(Invitation.answer, (Answer.AWAITED, Answer.WILL_ANSWER)),
            Process.state == LifeState.ACTIVE,  # of what rests or is concluded nobody is asked
            or_(Body.id.is_(None), Body.state == LifeState.ACTIVE),
            Meeting.state == MeetingState.ANNOUNCED,
            Meeting.ends_on >= bindparam("on", type_=Meeting.ends_on.type),
        )
        .order_by(Invitation.id)
    )
    if of_process:
        wanted = wanted.where(Meeting.process_id == bindparam("process", type_=Meeting.process_id.type))
    if of_participant:
        mine = bindparam("participant", type_=Invitation.participant_id.type)
        wanted = wanted.where(Invitation.participant_id == mine)
    return wanted
