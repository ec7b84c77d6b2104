"""Whom the secretariat asks for agenda items: the members that meet, through whoever speaks for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core.labelling import label_value
from secretariat.mail import outbox
from secretariat.meetings.models import Meeting
from secretariat.meetings.queries import Contact, contacts_of, could_read, invitations_of, standings_today
from secretariat.processes.models import BodyMembershipRule, StandingKind


def members_that_meet(session: Session, meeting: Meeting, on: date) -> list[UUID]:
    """Those of the body, where it has a membership of its own, else the members of the track; of these, whoever reads
    the meeting. Invited or not: items are asked for before that."""
    clauses = label_value(session, meeting.label_id).clauses
    own_body = meeting.body is not None and meeting.body.membership is BodyMembershipRule.OWN
    found = []
    held = standings_today(session, meeting.process_id, meeting.track_id, meeting.body, on)
    for participant, (kind, standing) in held.items():
        roles = standing.bodies.get(meeting.body_id, frozenset()) if meeting.body_id else frozenset()
        meets = bool(roles - {"observer"}) if own_body else kind is StandingKind.MEMBER
        if meets and could_read(standing, clauses, on):
            found.append(participant)
    return found


def proposed(session: Session, meeting: Meeting, members: Iterable[UUID]) -> list[UUID]:
    """Whom of the members a call proposes to ask: once anybody is invited, those who are. Whom the invitation left out
    is left out here too, unless the officer says otherwise."""
    invited = {one.participant_id for one in invitations_of(session, meeting.id)}
    return [one for one in members if not invited or one in invited]


def asked_for_items(session: Session, meeting: Meeting, on: date, members: Iterable[UUID]) -> list[Contact]:
    """The focal points and alternates of a day who speak for these members and have not been asked for items of this
    meeting, one entry a person and hat."""
    contacts = contacts_of(session, meeting.process_id, meeting.track_id, on, members)
    asked = outbox.already_put(session, [key_of(meeting, one) for one in contacts])
    return [one for one in contacts if key_of(meeting, one) not in asked]


def key_of(meeting: Meeting, one: Contact) -> str:
    """Under what a call to this person for this meeting stands in the outbox: there is one."""
    return f"item_call:{meeting.id}:{one.person}:{one.hat}"
