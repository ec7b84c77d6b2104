"""Who can be invited to a meeting, what its people hold, and who speaks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.labelling import label_value
from secretariat.core.labels import Clause, satisfies
from secretariat.core.viewer import ANONYMOUS_ID, Hat, HatKind, Standing, Viewer, frozen
from secretariat.directory.contacts import contacts_of
from secretariat.meetings.models import (
    Invitation,
    Meeting,
)
from secretariat.processes.models import (
    Body,
    BodyMembership,
    BodyMembershipRule,
    ChairTerm,
    Participation,
    StandingKind,
)


@dataclass(frozen=True, slots=True)
class Invitable:
    """A participant that can be invited: its standing, and how many focal points and alternates it has today."""

    participant: UUID
    standing: StandingKind
    in_body: bool
    focal_points: int


def standings_today(
    session: Session, process: UUID, track: UUID, body: Body | None, on: date
) -> dict[UUID, tuple[StandingKind, Standing]]:
    """The participants of a track with what their people hold there on a day, with their roles in one body."""
    roles = _body_roles(session, body, on) if body is not None else {}
    wide = body is not None and body.membership is BodyMembershipRule.PROCESS
    held = session.scalars(
        select(Participation).where(Participation.process_id == process, Participation.track_id == track)
    )
    found = {}
    for one in held:
        if one.participant_id is None or not one.held_on(on):
            continue
        own = roles.get(one.participant_id)
        found[one.participant_id] = (
            one.standing,
            Standing(
                process=one.process_id,
                track=one.track_id,
                participant=one.participant_id,
                standing=one.standing.value,
                bodies=frozen({body.id: own} if body is not None and own else {}),
                process_wide_bodies=frozenset({body.id} if body is not None and wide else ()),
            ),
        )
    return found


def could_read(standing: Standing, clauses: Iterable[Clause], on: date) -> bool:
    """Whether people with nothing but this standing satisfy all of these clauses."""
    someone = Viewer(id=ANONYMOUS_ID, on=on, standings=(standing,))
    return all(satisfies(someone, clause) for clause in clauses)


def invitable(session: Session, meeting: Meeting, on: date) -> list[Invitable]:
    """Participants with a standing today that could read the meeting if invited and are not invited yet."""
    clauses = label_value(session, meeting.label_id).clauses
    own_body = meeting.body is not None and meeting.body.membership is BodyMembershipRule.OWN
    invited = set(session.scalars(select(Invitation.participant_id).where(Invitation.meeting_id == meeting.id)))
    contacts = Counter(one.participant for one in contacts_of(session, meeting.process_id, meeting.track_id, on))
    held = standings_today(session, meeting.process_id, meeting.track_id, meeting.body, on)
    found = []
    for participant, (kind, standing) in held.items():
        if participant in invited or not could_read(standing, clauses, on):
            continue
        roles = standing.bodies.get(meeting.body_id, frozenset()) if meeting.body_id else frozenset()
        in_body = bool(roles - {"observer"}) if own_body else kind is StandingKind.MEMBER
        found.append(Invitable(participant, kind, in_body, contacts[participant]))
    return found


def _body_roles(session: Session, body: Body, on: date) -> dict[UUID, set[str]]:
    roles: dict[UUID, set[str]] = {}
    memberships = session.scalars(select(BodyMembership).where(BodyMembership.body_id == body.id))
    terms = session.scalars(select(ChairTerm).where(ChairTerm.body_id == body.id))
    for one in (*memberships, *terms):
        if one.participant_id is not None and one.held_on(on):
            roles.setdefault(one.participant_id, set()).add(one.role)
    return roles


def hat_of(participant: UUID) -> Hat:
    """The hat of the people a participant has appointed."""
    return Hat(HatKind.PARTICIPANT, participant)
