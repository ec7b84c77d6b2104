"""Commitments that were proposed from an outcome of a meeting."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.lineage import Became, register
from secretariat.plans.models import Commitment, CommitmentState

_WORDS = {
    CommitmentState.PROPOSED: _l("Proposed as a commitment"),
    CommitmentState.ACCEPTED: _l("Commitment"),
    CommitmentState.WITHDRAWN: _l("Commitment, withdrawn"),
}


def commitments(session: Session, outcome: UUID) -> Iterable[Became]:
    """As far as the reader may read them; what was declined or taken back is nothing that became of it."""
    wanted = select(Commitment).where(Commitment.outcome_id == outcome, Commitment.state.in_(_WORDS))
    return [
        Became(_WORDS[one.state], one.words, f"/commitments/{one.id}", one.due_on) for one in session.scalars(wanted)
    ]


register("plans", commitments)
