"""Who follows in an office, as a focal point says: a proposal to the secretariat, until a letter is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from secretariat.core import audit, clock
from secretariat.core.labelling import attach
from secretariat.core.refusals import NotAllowed
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.core.viewer import Viewer
from secretariat.directory import policy
from secretariat.directory.models import Appointment, ProposedSuccessor, RoleName
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track

KEPT = timedelta(days=365)
"""A name nobody acted upon is forgotten after a year."""


def office_of(session: Session, viewer: Viewer, process: UUID, track: UUID) -> Appointment | None:
    """The appointment under which the viewer speaks for a participant here today; None where there is none."""
    held = session.scalars(
        select(Appointment)
        .where(
            Appointment.person_id == viewer.person,
            Appointment.hat == str(viewer.hat),
            Appointment.process_id == process,
            Appointment.track_id == track,
            Appointment.role.in_(SPEAKING_ROLES),
        )
        .order_by(Appointment.since, Appointment.id)
    )
    return next((one for one in held if one.held_on(viewer.on) and one.participant_id is not None), None)


def may_follow(session: Session, office: Appointment) -> list[tuple[RoleName, Appointment]]:
    """In what offices of the participant somebody can be said to follow by who holds `office`: as what, and whose place
    would be taken. A focal point speaks for the alternates too, and for one who would follow nobody; an alternate for
    himself."""
    own = [(office.role, office)]
    if office.role is not RoleName.FOCAL_POINT:
        return own
    beside = session.scalars(
        select(Appointment)
        .where(
            Appointment.hat == office.hat,
            Appointment.process_id == office.process_id,
            Appointment.track_id == office.track_id,
            Appointment.role == RoleName.ALTERNATE,
        )
        .order_by(Appointment.since, Appointment.id)
    )
    today = clock.today()
    alternates = [(one.role, one) for one in beside if one.held_on(today)]
    return [*own, *alternates, (RoleName.ALTERNATE, office)]


def tell(
    session: ViewerSession,
    office: Appointment,
    *,
    name: str,
    ministry: str = "",
    address: str = "",
    word: str = "",
    place: tuple[RoleName, Appointment] | None = None,
) -> ProposedSuccessor:
    """Tell the secretariat who follows in `place`, one of `may_follow`, or in one's own; takes the place of what was
    told of it before. Nothing else changes.

    Raises NotAllowed for the office of another, and for a place that is none of this office's to speak of.
    """
    viewer, participant = session.viewer, office.participant_id
    if office.person_id != viewer.person or participant is None or office.process_id is None or office.track_id is None:
        raise NotAllowed
    role, taken = place or (office.role, office)
    if (role, taken) not in may_follow(session, office):
        raise NotAllowed
    settle_for(session, taken, role)
    process, track = session.get_one(Process, office.process_id), session.get_one(Track, office.track_id)
    told = ProposedSuccessor(
        process_id=process.id,
        track_id=track.id,
        participant_id=participant,
        appointment_id=taken.id,
        role=role,
        said_at=clock.now(),
        name=name,
        ministry=ministry,
        address=address,
        word=word,
        ends_on=clock.today() + KEPT,
    )
    readers = clauses.named(process, track, audience=[clauses.participant(participant), clauses.secretariat(track)])
    attach(session, told, [readers])
    session.flush()
    audit.record(
        session,
        "successor told",
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[readers],
        subject=told,
    )
    return told


def waiting(session: Session) -> Sequence[ProposedSuccessor]:
    """What was told and not yet seen to, first come first, as far as the reader may know."""
    wanted = select(ProposedSuccessor).where(ProposedSuccessor.settled_at.is_(None))
    return session.scalars(
        wanted.options(joinedload(ProposedSuccessor.appointment)).order_by(
            ProposedSuccessor.said_at, ProposedSuccessor.id
        )
    ).all()


def told_of(session: Session, office: UUID, role: RoleName) -> ProposedSuccessor | None:
    """Who was said to follow in an office, as what, where that is not yet seen to."""
    return session.scalar(
        select(ProposedSuccessor)
        .where(
            ProposedSuccessor.appointment_id == office,
            ProposedSuccessor.role == role,
            ProposedSuccessor.settled_at.is_(None),
        )
        .options(joinedload(ProposedSuccessor.appointment))
    )


def told_by_id(session: Session, key: UUID) -> ProposedSuccessor | None:
    """What was told and is not yet seen to."""
    return session.scalar(
        select(ProposedSuccessor)
        .where(ProposedSuccessor.id == key, ProposedSuccessor.settled_at.is_(None))
        .options(joinedload(ProposedSuccessor.appointment))
    )


def set_aside(session: ViewerSession, told: ProposedSuccessor) -> None:
    """The secretariat has seen to it otherwise, or it was an error. Raises NotAllowed."""
    if not policy.may_settle(session.viewer, told):
        raise NotAllowed
    told.settled_at = clock.now()
    session.flush()


def settle_for(session: Session, office: Appointment, role: RoleName | None = None) -> None:
    """The letter is recorded, or another name was told: what was told before awaits nothing any more."""
    with system_access(session, Reason.UNIQUENESS) as system:
        before = told_of(system, office.id, role or office.role)
        if before is not None:
            before.settled_at = clock.now()
            system.flush()


def forget(system: SystemSession) -> int:
    """Take away names whose time has come; how many."""
    ended = list(system.scalars(select(ProposedSuccessor).where(ProposedSuccessor.ends_on <= clock.today())))
    for one in ended:
        system.delete(one)
    system.flush()
    return len(ended)
