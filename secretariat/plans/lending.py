"""A proposal lent to a colleague for advice, a commitment lent for a draft of what to report: who lent it, and whether
it is still the lender's to lend.

The colleague has no eyes here: what is lent is read with the lender's, and ends with them.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from secretariat.core.session import Reason, SystemSession, looking_as, system_access, system_unit
from secretariat.core.viewer import Hat, Viewer
from secretariat.directory import viewers
from secretariat.mail import lent as lent_by_mail
from secretariat.plans import policy, queries
from secretariat.plans.models import CommitmentState, Consultation, LentUpdate


def lender(engine: Engine, consultation: UUID) -> tuple[UUID, Hat] | None:
    """Who lent a proposal to a colleague, under which hat; None where nothing was lent or its lender is suspended."""
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
    of = Consultation
    return lent_by_mail.lender_of(system, consultation, of.id, of.asked_by_person_id, of.asked_by_hat)


def lender_of_update(engine: Engine, lent: UUID) -> tuple[UUID, Hat] | None:
    """Who lent a commitment to a colleague, under which hat; None where nothing was lent or its lender is suspended."""
    return lent_by_mail.lender(engine, LentUpdate, lent)


def is_update_open(session: Session, lent: UUID, *, unanswered: bool = False) -> bool:
    """Whether a draft is still of use, and its lender may read the commitment and speak of it now; `unanswered` where
    none has come, too."""
    with system_access(session, Reason.MAIL) as system:
        of = LentUpdate
        found = lent_by_mail.lender_of(system, lent, of.id, of.lent_by_person_id, of.lent_by_hat)
        if found is None:
            return False
        viewer = viewers.viewer_within(system, *found)
        with looking_as(system, viewer) as eyes:
            row = queries.lent_update(eyes, lent)
            return awaits_draft(row, viewer) and not (unanswered and row is not None and row.replied_at is not None)


def awaits_draft(lent: LentUpdate | None, viewer: Viewer) -> bool:
    """Whether what was lent is open under the lender's eyes: the commitment is one to report on, and was not since."""
    if lent is None or lent.commitment is None or lent.closed_at is not None:
        return False
    one = lent.commitment
    return one.state is CommitmentState.ACCEPTED and one.carried_at is None and policy.may_report(viewer, one, one.plan)
