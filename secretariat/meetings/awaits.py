"""What meetings await of whom: an answer to an invitation, and of the secretariat the milestones that are late or due.

The subject of an `invitation` is the invitation; its link from a mail has the scope `reply` and the invitation as its
subject; that of a `guest` is who is invited to single items, with the scope `guest`. That of a `milestone` is the
meeting; its status says which of the milestones it is. A `request` is an outcome that asks something of the
secretariat.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from secretariat.core import awaited
from secretariat.meetings import (  # the submissions: what states bring
    back_planning,
    guest_queries,
    joint_queries,
    queries,
    requests,
    submissions,  # noqa: F401
)
from secretariat.meetings.guest_models import Guest
from secretariat.meetings.models import Answer


def invitations(
    session: Session, process: UUID | None, participant: UUID | None, on: date
) -> Iterable[awaited.Awaited]:
    """Invitations without an answer; one whose participant said when it will answer is due on that day, not before."""
    return [_awaited(one) for one in queries.awaited_invitations(session, on, process, participant)]


def _asked(one: Any) -> tuple[date, date | None]:
    """Since when an answer is awaited, and by when. Who has said by when it will answer has been promised not to be
    reminded before that day: the waiting begins with it."""
    if one.answer is Answer.WILL_ANSWER and one.will_answer_by is not None:
        return one.will_answer_by, one.will_answer_by
    return one.invited_at.date(), one.answer_by


def _awaited(one: Row[*tuple[Any, ...]]) -> awaited.Awaited:
    since, due = _asked(one)
    return awaited.Awaited(
        kind="invitation",
        subject=one.id,
        process=one.process_id,
        track=one.track_id,
        participant=one.participant_id,
        title=one.title,
        since=since,
        due_on=due,
        status=one.answer.value,
        cycle=(due or since).isoformat(),  # asked anew for new days, it begins anew
        label_id=one.label_id,
        within=one.meeting_id,
    )


def guests(session: Session, process: UUID | None, participant: UUID | None, on: date) -> Iterable[awaited.Awaited]:
    """Guests at single items that have not answered: of a participant, or of a network, whose coordination sees to it
    itself."""
    return [_guest(one) for one in guest_queries.awaited_guests(session, on, process, participant)]


def _guest(one: Guest) -> awaited.Awaited:
    since, due = _asked(one)
    return awaited.Awaited(
        kind="guest",
        subject=one.id,
        process=one.process_id,
        track=one.network_id or one.track_id,
        participant=one.participant_id,
        title=one.title,
        since=since,
        due_on=due,
        status=one.answer.value,
        cycle=(due or since).isoformat(),
        label_id=one.label_id,
    )


def milestones(session: Session, process: UUID | None, participant: UUID | None, on: date) -> Iterable[awaited.Awaited]:
    """Milestones that are late or due within a week, of the secretariat that keeps the meeting's track."""
    if participant is not None:
        return []
    return [_due(one, on) for one in back_planning.due_milestones(session, on, process)]


def _due(one: back_planning.DueMilestone, on: date) -> awaited.Awaited:
    meeting, due_on = one.meeting, one.placed.due_on
    return awaited.Awaited(
        kind="milestone",
        subject=meeting.id,
        process=meeting.process_id,
        track=meeting.track_id,
        participant=None,
        title=meeting.title,
        since=meeting.announced_at.date() if meeting.announced_at is not None else on,
        due_on=due_on,
        status=one.placed.kind.value,
        cycle=f"{one.placed.kind.value}:{due_on.isoformat()}",
        label_id=meeting.label_id,
        within=meeting.id,
    )


def joint_sessions(
    session: Session, process: UUID | None, participant: UUID | None, on: date
) -> Iterable[awaited.Awaited]:
    """Joint sessions that one side proposed, of the office of the other."""
    if participant is not None:
        return []
    return [
        awaited.Awaited(
            kind="joint_session",
            subject=one.id,
            process=one.process_id,
            track=one.government_id if one.by_network else one.network_id,
            participant=None,
            title=one.title,
            since=one.proposed_at.date(),
            due_on=one.held_on,
            cycle=one.held_on.isoformat(),
            label_id=one.label_id,
        )
        for one in joint_queries.awaiting_answer(session, process, on)
    ]


awaited.register("joint sessions", joint_sessions, rare=joint_queries.rows_awaiting)
awaited.register("meetings", invitations)
awaited.register("guests", guests)
awaited.register("milestones", milestones)
awaited.register("requests to the secretariat", requests.due)
