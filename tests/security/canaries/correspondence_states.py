"""What must be the case of circulars, and of lists of contacts, before they are posted to."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, select, update

from secretariat.core import clock
from secretariat.core.session import SystemSession
from secretariat.correspondence.contact_lists.shape import Shape
from secretariat.correspondence.invitation_models import InvitationLetter, InvitationWords
from secretariat.correspondence.listed_models import ContactList, ListedContact, ListState
from secretariat.correspondence.models import Circular, CircularCopy, CircularOpening
from secretariat.documents.kept_sheets import packed
from secretariat.documents.sheets import Sheet
from secretariat.meetings.models import Invitation, Meeting, MeetingState
from secretariat.processes.models import Body, Participant
from tests.security.canaries.world import World


def is_a_draft(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """It was not sent yet, and nobody has a copy."""
    one = session.get(Circular, UUID(parts["circular_id"]))
    if one is not None:
        one.sent_at = None
        copies = select(CircularCopy.id).where(CircularCopy.circular_id == one.id)
        session.execute(delete(CircularOpening).where(CircularOpening.copy_id.in_(copies)))
        session.execute(delete(CircularCopy).where(CircularCopy.circular_id == one.id))


def asks_a_word(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """Whom it went to is asked to say that they have it."""
    link = world.links.get(parts.get("token", ""))
    key = link.subjects[0] if link is not None else UUID(parts["circular_id"]) if "circular_id" in parts else None
    one = session.get(Circular, key) if key is not None else None
    if one is not None:
        one.asks_word = True


def list_waits(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """A list nobody has confirmed, of whom all can come in."""
    _list(session, parts, session.get_one(Participant, world.ids["state member"]).key)


def list_with_a_name(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """It names a participant nobody knows."""
    _list(session, parts, "Atlantis")


def list_of_one_who_is_here(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """It names somebody the secretariat has from another list."""
    here = session.get_one(ListedContact, world.at["ListedContact", "the secretariat"])
    _list(session, parts, session.get_one(Participant, here.participant_id).key, here.name)


def stand_on_one_side(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """The two contacts are of one track."""
    one = session.get(ListedContact, UUID(parts["listed_id"]))
    into = session.get(ListedContact, UUID(parts["into_id"]))
    if one is not None and into is not None:
        into.track_id = one.track_id


def list_given_up(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """It was confirmed, and its job was given up."""
    one = _list(session, parts, session.get_one(Participant, world.ids["state member"]).key)
    if one is not None:
        one.state = ListState.CONFIRMED


def _list(
    session: SystemSession, parts: Mapping[str, str], participant: str, name: str = "Somebody"
) -> ContactList | None:
    one = session.get(ContactList, UUID(parts["contact_list_id"]))
    if one is not None:
        one.state, one.job_id, one.became = ListState.LOOKED_AT, None, {}
        one.shape = Shape(columns={0: "participant", 1: "name"}).to_json()
        one.kept = packed([Sheet("", [(1, ["Acts for", "Name"]), (2, [participant, name])])])
    return one


def invited_by_letter(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The meeting is of a body that invites by letter; its letters have words, and the one asked for has not gone."""
    key = UUID(parts["meeting_id"])
    session.execute(update(Body).where(Body.id == world.ids["plenary"]).values(invites_by_letter=True))
    takes_place = {"announced_at": clock.now(), "state": MeetingState.ANNOUNCED, "body_id": world.ids["plenary"]}
    session.execute(update(Meeting).where(Meeting.id == key).values(takes_place))
    session.expire_all()
    meeting = session.get(Meeting, key)
    if meeting is None:
        return
    words = session.get_one(InvitationWords, world.at["InvitationWords", "the secretariat"])
    words.meeting_id = meeting.id
    invitation = session.get(Invitation, UUID(parts["invitation_id"])) if "invitation_id" in parts else None
    if invitation is None or invitation.meeting_id != meeting.id:
        return
    letter = session.get_one(InvitationLetter, world.at["InvitationLetter", "the secretariat"])
    letter.meeting_id, letter.invitation_id = meeting.id, invitation.id
    letter.participant_id, letter.went_on = invitation.participant_id, None
    letter.language = words.words.original
