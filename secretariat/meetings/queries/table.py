"""Who sits at the table of a meeting, for the attribution rule."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from secretariat.core import clock
from secretariat.core.session import Reason, system_access
from secretariat.meetings.guest_models import Guest
from secretariat.meetings.models import (
    Invitation,
    Meeting,
)
from secretariat.meetings.queries.bodies import participants_today
from secretariat.processes.models import (
    Participant,
    ParticipantName,
)


def names_at_the_table(session: Session, meeting: Meeting, besides: Iterable[UUID] = ()) -> list[str]:
    """Every name, in every language, of the participants invited to a meeting - of the whole track where nobody is
    invited - and of the persons they named; less those of the participants `besides`.

    With all eyes: the attribution rule protects also those whom the writer may not see.
    """
    with system_access(session, Reason.UNIQUENESS) as system:
        invitations = system.scalars(
            select(Invitation).where(Invitation.meeting_id == meeting.id).options(selectinload(Invitation.delegates))
        ).all()
        there = {one.participant_id for one in invitations} or set(
            participants_today(system, meeting.process_id, meeting.track_id, clock.today())
        )
        guests, persons = guests_named(system, meeting.id)
        there = (there | guests) - set(besides)
        names = list(system.scalars(select(ParticipantName.name).where(ParticipantName.participant_id.in_(there))))
        for aliases in system.scalars(select(Participant.aliases).where(Participant.id.in_(there))):
            names += aliases
        names += persons
        names += [one.name for each in invitations if each.participant_id in there for one in each.delegates]
    return sorted(set(names), key=lambda name: (-len(name), name))


def guests_named(system: Session, meeting: UUID) -> tuple[set[UUID], list[str]]:
    """Participants and persons that come as guests to single items, for whoever asks with all eyes."""
    rows = system.execute(select(Guest.participant_id, Guest.names).where(Guest.meeting_id == meeting)).all()
    names = [name for _one, words in rows for name in words.splitlines()]
    return {one for one, _words in rows if one is not None}, names
