"""What meetings await of whom: an answer to an invitation.

The subject is the invitation; its link from a mail has the scope `reply` and the invitation as its subject.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from secretariat.core import awaited
from secretariat.meetings import queries
from secretariat.meetings.models import Answer


def invitations(
    session: Session, process: UUID | None, participant: UUID | None, on: date
) -> Iterable[awaited.Awaited]:
    """Invitations without an answer; one whose participant said when it will answer is due on that day, not before."""
    return [_awaited(one) for one in queries.awaited_invitations(session, on, process, participant)]


def _awaited(one: Row[*tuple[Any, ...]]) -> awaited.Awaited:
    due = one.will_answer_by if one.answer is Answer.WILL_ANSWER else one.answer_by
    return awaited.Awaited(
        kind="invitation",
        subject=one.id,
        process=one.process_id,
        track=one.track_id,
        participant=one.participant_id,
        title=one.title,
        since=one.invited_at.date(),
        due_on=due,
        status=one.answer.value,
        cycle=(due or one.invited_at.date()).isoformat(),  # asked anew for new days, it begins anew
        label_id=one.label_id,
        within=one.meeting_id,
    )


awaited.register("meetings", invitations)
