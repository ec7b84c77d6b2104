"""Named reads of emergency accesses. Keepers read with their own eyes; administrators, who read no track, past them:
they see that an access was asked for, not what was opened under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from secretariat.accounts.models import User
from secretariat.core import clock
from secretariat.core.models import AuditContent
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.core.viewer import Hat
from secretariat.directory import queries as people
from secretariat.directory.models import Appointment, EmergencyAccess, EmergencyOpening, RoleName
from secretariat.processes.models import Process, Track

OPEN_FOR = timedelta(hours=24)
"""An asking nobody confirms in this time is over."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One access as a page shows it, in values. `state` is asked, lapsed, called_off, running or over."""

    id: UUID
    process: str
    track_kind: str
    asked_by: str
    confirmed_by: str
    reason: str
    hours: int
    asked_at: datetime
    confirmed_at: datetime | None
    ends_at: datetime | None
    ended_at: datetime | None
    state: str
    openings: int


def state_of(access: EmergencyAccess) -> str:
    """Where an access stands at this moment."""
    now = clock.now()
    if access.confirmed_at is None:
        if access.ended_at is not None:
            return "called_off"
        return "asked" if now < access.asked_at + OPEN_FOR else "lapsed"
    return "running" if access.runs_at(now) else "over"


def access_for(session: ViewerSession, key: UUID) -> UUID | None:
    """The key of an access this reader may know of: an administrator any, a keeper those of the own track."""
    if session.viewer.administers:
        with system_access(session, Reason.ADMINISTRATION) as system:
            return system.scalar(select(EmergencyAccess.id).where(EmergencyAccess.id == key))
    found = session.scalar(select(EmergencyAccess).where(EmergencyAccess.id == key))
    return found.id if found is not None and session.viewer.keeps(found.track_id) else None


def shown(session: ViewerSession, keys: Iterable[UUID]) -> list[Shown]:
    """These accesses, the latest first. The caller has asked who may know of them.

    The reason is the keepers' to read, with the row; administrators read it on their own trail.
    """
    reasons = _reasons_on_the_trail(session) if session.viewer.administers else None
    with system_access(session, Reason.ADMINISTRATION) as system:
        rows = system.execute(
            select(EmergencyAccess, Process.acronym, Track.kind)
            .join(Track, Track.id == EmergencyAccess.track_id)
            .join(Process, Process.id == EmergencyAccess.process_id)
            .where(EmergencyAccess.id.in_(sorted(set(keys), key=str)))
            .order_by(EmergencyAccess.asked_at.desc(), EmergencyAccess.id)
        ).all()
        found = [one for one, _acronym, _kind in rows]
        emails = _emails(system, {key for one in found for key in (one.person_id, one.confirmed_by_id) if key})
        counts = dict(
            system.execute(
                select(EmergencyOpening.access_id, func.count(EmergencyOpening.id))
                .where(EmergencyOpening.access_id.in_([one.id for one in found]))
                .group_by(EmergencyOpening.access_id)
            ).all()
        )
        return [
            Shown(
                id=one.id,
                process=acronym,
                track_kind=kind.value,
                asked_by=emails.get(one.person_id, ""),
                confirmed_by=emails.get(one.confirmed_by_id, "") if one.confirmed_by_id else "",
                reason=one.reason if reasons is None else reasons.get(one.id, ""),
                hours=one.hours,
                asked_at=one.asked_at,
                confirmed_at=one.confirmed_at,
                ends_at=one.ends_at,
                ended_at=one.ended_at,
                state=state_of(one),
                openings=counts.get(one.id, 0),
            )
            for one, acronym, kind in rows
        ]


def _reasons_on_the_trail(session: ViewerSession) -> dict[UUID, str]:
    wanted = select(AuditContent).where(AuditContent.subject_kind == EmergencyAccess.__tablename__)
    return {
        one.subject_id: one.content["reason"]
        for one in session.scalars(wanted)
        if one.subject_id is not None and "reason" in one.content
    }


def known_to(session: ViewerSession) -> list[UUID]:
    """Keys of the accesses this reader may know of."""
    if session.viewer.administers:
        with system_access(session, Reason.ADMINISTRATION) as system:
            return list(system.scalars(select(EmergencyAccess.id)))
    kept = [office.id for office in session.viewer.offices if office.kind == "secretariat"]
    return list(session.scalars(select(EmergencyAccess.id).where(EmergencyAccess.track_id.in_(kept))))


def openings(session: ViewerSession, key: UUID) -> list[EmergencyOpening]:
    """What was opened under an access, first to last: for who keeps its track."""
    access = session.scalar(select(EmergencyAccess).where(EmergencyAccess.id == key))
    if access is None or not session.viewer.keeps(access.track_id):
        return []
    wanted = select(EmergencyOpening).where(EmergencyOpening.access_id == access.id)
    return list(session.scalars(wanted.order_by(EmergencyOpening.id)))


def keepers(system: SystemSession, track: UUID, on: date) -> list[UUID]:
    """The persons who keep a track on a day and whose account is not suspended: whom an emergency is told."""
    held = people.keepers(system, on, suspended(system))
    return sorted({one.person_id for one in held if one.acts_as.id == track and one.held_on(on)}, key=str)


def suspended(session: Session) -> set[UUID]:
    """The persons whose account is suspended: they keep nothing for the time being."""
    return set(session.scalars(select(User.person_id).where(User.suspended_at.is_not(None))))


def administrator_since(session: Session, person: UUID | None, on: date) -> date | None:
    """The day from which a person has been administrator without a break, if so today."""
    with system_access(session, Reason.ADMINISTRATION) as system:
        held = system.scalars(
            select(Appointment).where(Appointment.person_id == person, Appointment.role == RoleName.ADMINISTRATOR)
        )
        return min((one.since for one in held if one.held_on(on)), default=None)


def running_for(session: Session, person: UUID, hat: Hat) -> UUID | None:
    """The key of the access under which a person reads now."""
    with system_access(session, Reason.AUDIT) as system:
        found = system.scalars(
            select(EmergencyAccess).where(
                EmergencyAccess.person_id == person,
                EmergencyAccess.hat == str(hat),
                EmergencyAccess.confirmed_at.is_not(None),
            )
        )
        now = clock.now()
        return next((one.id for one in found if one.runs_at(now)), None)


def _emails(system: SystemSession, persons: Iterable[UUID]) -> dict[UUID, str]:
    found = system.execute(select(User.person_id, User.email).where(User.person_id.in_(sorted(set(persons), key=str))))
    return {row.person_id: row.email for row in found}
