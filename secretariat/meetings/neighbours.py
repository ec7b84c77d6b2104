"""Meetings on the same days, and who is to be at them, as far as the reader may know: always under the reader's eyes,
in a number of statements that does not grow with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from secretariat.core.database import one_of
from secretariat.core.dates import PartialDate
from secretariat.core.localtext import LocalText
from secretariat.meetings import joint_queries
from secretariat.meetings.busy_models import BusyDays
from secretariat.meetings.clashes import Gathering, Span
from secretariat.meetings.models import Answer, Invitation, Meeting, MeetingNotice, MeetingState
from secretariat.processes.models import (
    Body,
    BodyMembership,
    BodyMembershipRule,
    ChairTerm,
    Participant,
    Participation,
    Process,
    StandingKind,
    Track,
    TrackKind,
)

TAKING_PLACE = (MeetingState.DRAFT, MeetingState.ANNOUNCED, MeetingState.HELD)
"""States in which a meeting takes up its days."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Who is meant to come to a meeting before anybody is invited: a body, or the members of a track."""

    track: UUID
    body: UUID | None
    has_own_membership: bool

    @classmethod
    def of(cls, track: UUID, body: Body | None) -> Circle:
        """The circle of a meeting on this track, of this body or of the whole process."""
        own = body is not None and body.membership is BodyMembershipRule.OWN
        return cls(track, body.id if body is not None else None, own)


def expected(session: Session, circle: Circle, on: date, meeting: UUID | None = None) -> frozenset[UUID]:
    """Who is to be at a meeting: those invited who have not sent regrets, else who belongs to its circle that day."""
    invited = _invited(session, [meeting]) if meeting is not None else {}
    if meeting in invited:
        return invited[meeting]
    return _in_circles(session, [circle], on)[circle]


def gatherings(session: Session, days: Span, *, beside: Track, besides: UUID | None = None) -> list[Gathering]:
    """Other meetings on these days with who is to be there, less the meeting `besides`.

    Those of the same process on the other side of its wall are not among them: what a side tells the other of its days
    it says by its busy days (`busy`).
    """
    meetings = [one for one in _on(session, Meeting, days) if one.id != besides]
    known = {one.id for one in meetings} | {besides}
    notices = [one for one in _on(session, MeetingNotice, days) if one.id not in known]
    rows = [one for one in (*meetings, *notices) if one.process_id != beside.process_id or one.track_id == beside.id]
    if not rows:
        return []
    invited = _invited(session, [one.id for one in rows])
    circles = {one.id: Circle(one.track_id, one.body_id, one.membership is BodyMembershipRule.OWN) for one in rows}
    meant = _in_circles(session, set(circles.values()), days.first)
    return [
        Gathering(
            one.id if one.id in known else None,
            one.title,
            one.acronym or "",
            Span(one.starts_on.first_day, (one.ends_on or one.starts_on).last_day),
            invited[one.id] if one.id in invited else meant[circles[one.id]],
        )
        for one in rows
    ]


def taken_beside(session: Session, days: Span, track: Track) -> list[tuple[Span, UUID, LocalText]]:
    """The days other tracks of the same process have taken among these, each with the track and its name: those of a
    network that publishes its busy days; and those of the governments, where they do, for a network that does so.

    The tracks meet on different days unless a session is joint: of days that are theirs together nothing is said."""
    wanted = (
        select(BusyDays.first_on, BusyDays.last_on, BusyDays.track_id, Track.name, Track.kind)
        .join(Track, BusyDays.track_id == Track.id)
        .where(
            BusyDays.process_id == track.process_id,
            BusyDays.track_id != track.id,
            BusyDays.first_on <= days.last,
            BusyDays.last_on >= days.first,
        )
        .order_by(BusyDays.first_on, BusyDays.last_on, BusyDays.id)
    )
    tells = track.busy_days_since is not None
    rows = session.execute(wanted).all()
    together = joint_queries.days_shared(session, days, track.id) if rows else set()
    found = []
    for first, last, other, name, kind in rows:
        shared = days.shared(Span(first, last))
        if shared is None or not (tells or kind is TrackKind.CIVIL_SOCIETY):
            continue
        if not {(other, on) for on in shared.each()} <= together:
            found.append((shared, other, name))
    return found


def busy_beside(session: Session, days: Span, track: Track) -> list[tuple[Span, LocalText]]:
    """`taken_beside` with the name of the track alone."""
    return [(shared, name) for shared, _other, name in taken_beside(session, days, track)]


def countries_of(session: Session, participants: Iterable[UUID], place: str = "") -> dict[UUID, str]:
    """The ISO 3166-1 code of each of these participants that has one, and of the one that is the country `place`."""
    wanted = sorted(participants, key=str)
    rows = session.execute(
        select(Participant.id, Participant.iso).where(
            or_(Participant.id.in_(wanted), Participant.iso == place), Participant.iso.is_not(None)
        )
    )
    return {key: iso.upper() for key, iso in rows if iso}


def _on(session: Session, kind: type[Any], days: Span) -> list[Row[*tuple[Any, ...]]]:
    """Meetings or notices that lie on these days; of those known to the day alone one can say so."""
    key = kind.id if kind is Meeting else kind.meeting_id
    wanted = (
        select(
            key.label("id"), kind.title, kind.process_id, kind.track_id, kind.body_id, kind.starts_on, kind.ends_on,
            Process.acronym, Body.membership,
        )
        .outerjoin(Process, kind.process_id == Process.id)
        .outerjoin(Body, kind.body_id == Body.id)
        .where(
            one_of(kind.state, TAKING_PLACE),
            kind.starts_on <= PartialDate.parse(days.last),
            kind.ends_on >= PartialDate.parse(days.first),
        )
        .order_by(kind.starts_on, key)
    )  # fmt: skip
    return [one for one in session.execute(wanted) if one.starts_on.precision == "day"]


def _invited(session: Session, meetings: Sequence[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Participants invited to these meetings who have not sent regrets; meetings without invitations are left out."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    wanted = select(Invitation.meeting_id, Invitation.participant_id, Invitation.answer)
    for meeting, participant, answer in session.execute(wanted.where(Invitation.meeting_id.in_(list(meetings)))):
        found[meeting].update(() if answer is Answer.REGRETS else (participant,))
    return {key: frozenset(participants) for key, participants in found.items()}


def _in_circles(session: Session, circles: Iterable[Circle], on: date) -> dict[Circle, frozenset[UUID]]:
    """Who belongs to each of these circles on a day: a body with a membership of its own has its members and chairs,
    any other meeting the members of its track."""
    wanted = list(circles)
    bodies = sorted({one.body for one in wanted if one.body and one.has_own_membership}, key=str)
    in_bodies: dict[UUID, set[UUID]] = defaultdict(set)
    memberships = session.scalars(select(BodyMembership).where(BodyMembership.body_id.in_(bodies)))
    terms = session.scalars(select(ChairTerm).where(ChairTerm.body_id.in_(bodies)))
    for row in (*memberships, *terms):
        if row.participant_id and row.body_id and row.held_on(on) and row.role != "observer":
            in_bodies[row.body_id].add(row.participant_id)
    tracks = sorted({one.track for one in wanted if not one.has_own_membership}, key=str)
    on_tracks: dict[UUID, set[UUID]] = defaultdict(set)
    standings = select(Participation).where(
        Participation.track_id.in_(tracks), Participation.standing == StandingKind.MEMBER
    )
    for one in session.scalars(standings):
        if one.participant_id and one.held_on(on):
            on_tracks[one.track_id].add(one.participant_id)
    return {
        one: frozenset(in_bodies[one.body] if one.body and one.has_own_membership else on_tracks[one.track])
        for one in wanted
    }
