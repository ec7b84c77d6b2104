"""What must be the case of a choice of who goes, or of the invitation it is about, before it is posted to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from secretariat.civil_society.choice_models import Ballot, Candidate, Choice
from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.session import SystemSession
from secretariat.meetings.guest_models import Guest
from secretariat.meetings.models import MeetingState
from tests.security.canaries.world import World


def can_be_asked(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The invitation is the network's and stands."""
    guest = session.get(Guest, UUID(parts["guest_id"]))
    if guest is not None:
        _stands(guest, world)


def is_being_named(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """Persons are still being named, to an invitation that stands."""
    one = _open(session, world, parts)
    if one is not None:
        one.named_until, one.ends_on = date(2099, 1, 1), date(2099, 2, 1)


def is_named_by_the_organization(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """Who is named was named by the organization, and persons are still being named."""
    one = session.get(Candidate, UUID(parts["candidate_id"]))
    if one is not None:
        one.participant_id = world.ids["state organization"]
        is_being_named(session, world, {"choice_id": str(one.choice_id)})


def is_voted_on(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """More are named than can go, and no organization has voted."""
    one = _open(session, world, parts)
    if one is not None:
        one.named_until, one.ends_on = clock.today() - timedelta(days=2), date(2099, 2, 1)
        session.execute(delete(Ballot).where(Ballot.choice_id == one.id))
        for name in ("One more", "And another"):
            row = Candidate(
                choice_id=one.id, participant_id=world.ids["state organization"], name=name, function="",
                named_at=clock.now(),
            )  # fmt: skip
            attach(session, row, container=one)


def is_over(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """Organizations were heard; one person is named."""
    one = _open(session, world, parts)
    if one is not None:
        one.named_until, one.ends_on = date(2020, 1, 1), date(2020, 2, 1)


def meeting_has_moved(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """Organizations are heard for a day that is not the meeting's any more."""
    one = _open(session, world, parts)
    if one is not None:
        is_being_named(session, world, parts)
        one.days_for, one.on, one.stands = date(2099, 3, 1), date(2099, 4, 1), True


def _open(session: SystemSession, world: World, parts: Mapping[str, str]) -> Choice | None:
    one = session.get(Choice, UUID(parts["choice_id"]))
    if one is not None:
        one.settled_at, one.word, one.places = None, "", 1
        one.called_off_at = one.departed_at = None
        guest = (
            session.get(Guest, one.guest_id)
            or session.scalars(select(Guest).where(Guest.id == world.at["Guest", "the coordinator"])).one()
        )
        _stands(guest, world)
        session.query(Choice).filter(Choice.guest_id == guest.id, Choice.id != one.id).update(
            {"guest_id": UUID(int=one.id.int ^ 1)}
        )
        one.guest_id = guest.id
    return one


def _stands(guest: Guest, world: World) -> None:
    guest.network_id, guest.participant_id = world.ids["network"], None
    guest.withdrawn_at, guest.state, guest.last_on = None, MeetingState.ANNOUNCED, date(2099, 5, 2)
