"""What must be the case of what is arranged for a meeting before it is posted to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import update

from secretariat.arrangements.contribution_models import Contribution
from secretariat.arrangements.models import HostedPerson, HostList
from secretariat.arrangements.workshop_models import Workshop, WorkshopCall, WorkshopSeat
from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.core.session import SystemSession
from secretariat.meetings.models import Invitation, Meeting, MeetingState
from tests.security.canaries.world import World

NONE = str(UUID(int=0))


def is_of_the_member(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The person comes to this meeting for the member, and the meeting is still to come."""
    person, meeting = session.get(HostedPerson, UUID(parts["hosted_id"])), _meeting(session, world, parts)
    if person is None or meeting is None:
        return
    person.participant_id = world.ids["state member"]
    if "token" not in parts:  # behind a link stands who comes to the meeting it is about, and nobody is brought there
        has_no_list(session, world, {"meeting_id": str(meeting.id)})
        session.execute(update(HostList).where(HostList.id == person.list_id).values(meeting_id=meeting.id))
    meeting.state, meeting.starts_on = MeetingState.ANNOUNCED, PartialDate.parse(date(2099, 5, 1))
    meeting.ends_on = PartialDate.parse(date(2099, 5, 2))


def has_no_list(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """No host's list is kept of the meeting."""
    key = UUID(parts["meeting_id"])
    session.execute(update(HostList).where(HostList.meeting_id == key).values(meeting_id=UUID(int=key.int ^ 1)))


def is_being_named(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """People are being named for the workshop, and nobody is chosen."""
    _name(session.get(Workshop, UUID(parts["workshop_id"])))


def has_begun(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The workshop has begun, and nobody has noted who came."""
    one = session.get(Workshop, UUID(parts["workshop_id"]))
    if one is not None:
        one.starts_on, one.ends_on, one.attended_at = date(2026, 3, 1), date(2026, 3, 2), None


def member_is_asked(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The member is asked to name people, and has time to."""
    if "workshop_id" in parts:
        _name(session.get(Workshop, UUID(parts["workshop_id"])))
        return
    link = world.links.get(parts.get("token", ""))
    called = session.get(WorkshopCall, link.subjects[0]) if link is not None and link.subjects else None
    if called is not None:
        _name(session.get(Workshop, called.workshop_id))


def _name(one: Workshop | None) -> None:
    if one is not None:
        to_come(one)


def to_come(one: Workshop) -> None:
    """The workshop is called, and nobody is chosen."""
    one.starts_on, one.ends_on, one.nominate_by = date(2099, 5, 1), date(2099, 5, 2), date(2099, 4, 1)
    one.called_at, one.chosen_at, one.attended_at = clock.now(), None, None


def writes_to(world: World, seat: WorkshopSeat, person: UUID, address: str = "") -> None:
    """The officer has written to this person, who comes for no participant."""
    officer = world.officials["officer"]
    assert officer is not None
    seat.participant_id, seat.invitee_id, seat.address, seat.invited_at = None, person, address, None
    seat.invited_by_person_id, seat.invited_by_hat = officer.person, str(officer.hat)


def is_resource_person(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """Whoever has the seat comes in a personal capacity to a workshop still to come; behind a link stands whom the
    officer wrote to."""
    link = world.links.get(parts.get("token", ""))
    key = link.subjects[0] if link is not None and link.subjects else UUID(parts.get("seat_id", NONE))
    seat = session.get(WorkshopSeat, key)
    if seat is None:
        return
    to_come(session.get_one(Workshop, seat.workshop_id))
    seat.participant_id = None
    holder = world.officials.get(link.role) if link is not None else None
    if holder is not None:
        writes_to(world, seat, holder.person)


def _meeting(session: SystemSession, world: World, parts: Mapping[str, str]) -> Meeting | None:
    if "meeting_id" in parts:
        return session.get(Meeting, UUID(parts["meeting_id"]))
    link = world.links.get(parts.get("token", ""))
    invitation = session.get(Invitation, link.subjects[0]) if link is not None and link.subjects else None
    return session.get(Meeting, invitation.meeting_id) if invitation is not None else None


def is_not_confirmed(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """The giver has said nothing of the contribution yet."""
    link = _world.links.get(parts.get("token", ""))
    one = session.get(Contribution, link.subjects[0] if link is not None else UUID(parts.get("contribution_id", NONE)))
    if one is not None:
        one.confirmed_at, one.word = None, ""


def has_a_giver_by_name(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """It was given by somebody that takes no part, and nothing of it is noted yet."""
    is_not_confirmed(session, world, parts)
    one = session.get(Contribution, UUID(parts["contribution_id"]))
    if one is not None:
        one.participant_id, one.giver = None, "A foundation"
