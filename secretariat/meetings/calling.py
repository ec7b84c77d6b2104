"""Whom the secretariat asks for agenda items: the members that meet, through whoever speaks for them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core.labelling import label_value
from secretariat.meetings.models import Meeting
from secretariat.meetings.queries import Contact, contacts_of, could_read, standings_today
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


def asked_for_items(session: Session, meeting: Meeting, on: date) -> list[Contact]:
    """Their focal points and alternates of a day, one entry a person and hat."""
    members = members_that_meet(session, meeting, on)
    return contacts_of(session, meeting.process_id, meeting.track_id, on, members)
