"""A proposal lent to a colleague for advice: who lent it, and whether it is still the lender's to lend.

The colleague has no eyes here: what is lent is read with the lender's, and ends with them.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from secretariat.core.session import Reason, SystemSession, looking_as, system_access, system_unit
from secretariat.core.viewer import Hat
from secretariat.directory import viewers
from secretariat.mail.recipients import is_suspended
from secretariat.plans import queries
from secretariat.plans.models import Consultation


def lender(engine: Engine, consultation: UUID) -> tuple[UUID, Hat] | None:
    """Who lent a proposal to a colleague, under which hat; None where nothing was lent or its lender is suspended.

    Resolves a link: the reader has no eyes yet.
    """
    with system_unit(engine, Reason.LINK, writes=False) as system:
        return _lender(system, consultation)


def is_open(session: Session, consultation: UUID) -> bool:
    """Whether what was lent still awaits an answer and its lender may read it now."""
    with system_access(session, Reason.MAIL) as system:
        found = _lender(system, consultation)
        if found is None:
            return False
        with looking_as(system, viewers.viewer_within(system, *found)) as eyes:
            lent = queries.consultation_by_id(eyes, consultation)
            return lent is not None and lent.proposal.awaits_answer


def _lender(system: SystemSession, consultation: UUID) -> tuple[UUID, Hat] | None:
    found = system.execute(
        select(Consultation.asked_by_person_id, Consultation.asked_by_hat).where(Consultation.id == consultation)
    ).one_or_none()
    if found is None or is_suspended(system, found[0]):
        return None
    return found[0], Hat.parse(found[1])
