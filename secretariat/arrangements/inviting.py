"""A resource person written to by the secretariat: by whom, and whether the page behind the link is still open.

The person has no eyes here: what it reads of its workshop is read with those of who wrote, and ends with them.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from secretariat.arrangements import policy
from secretariat.arrangements import workshop_queries as queries
from secretariat.arrangements.workshop_models import WorkshopSeat
from secretariat.core import clock
from secretariat.core.session import Reason, SystemSession, looking_as, system_access, system_unit
from secretariat.core.viewer import Hat, Viewer
from secretariat.directory import viewers
from secretariat.mail.recipients import is_suspended, register_lender


def inviter(engine: Engine, seat: UUID) -> tuple[UUID, Hat] | None:
    """Who wrote to a resource person, under which hat; None where nobody did, or is suspended."""
    with system_unit(engine, Reason.LINK, writes=False) as system:
        return _inviter(system, seat)


def is_open(session: Session, seat: UUID, person: UUID) -> bool:
    """Whether a mail to this person would be of use, seen with the eyes of who wrote."""
    with system_access(session, Reason.MAIL) as system:
        found = _inviter(system, seat)
        if found is None:
            return False
        viewer = viewers.viewer_within(system, *found)
        with looking_as(system, viewer) as eyes:
            return is_invited(queries.seat_by_id(eyes, seat), person, viewer)


def is_invited(seat: WorkshopSeat | None, person: UUID, viewer: Viewer) -> bool:
    """Whether this person still has the invitation: it was written to last, the workshop is to come or goes on, and
    who wrote keeps it."""
    if seat is None or seat.workshop is None or seat.participant_id is not None or seat.invitee_id != person:
        return False
    one = seat.workshop
    to_come = one.attended_at is None and clock.today(one.process.zone) <= one.ends_on
    return to_come and policy.may_keep_workshops(viewer, one.track_id)


def _inviter(system: SystemSession, seat: UUID) -> tuple[UUID, Hat] | None:
    wanted = select(WorkshopSeat.invited_by_person_id, WorkshopSeat.invited_by_hat)
    found = system.execute(wanted.where(WorkshopSeat.id == seat)).one_or_none()
    if found is None or found[0] is None or is_suspended(system, found[0]):
        return None
    return found[0], Hat.parse(found[1])


def _wrote_to(system: SystemSession, person: UUID) -> UUID | None:
    return system.scalar(select(WorkshopSeat.invited_by_person_id).where(WorkshopSeat.invitee_id == person))


register_lender(_wrote_to)
