"""What of plans comes from an outcome of a meeting: commitments that were proposed, objectives, activities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.lineage import Became, register
from secretariat.plans.models import Activity, Commitment, CommitmentState, Objective

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


def parts(session: Session, outcome: UUID) -> Iterable[Became]:
    """Objectives and activities, in their own words, with the plan they stand in."""
    found: list[Became] = []
    kinds: tuple[tuple[type[Objective | Activity], Any], ...] = (
        (Objective, _l("Objective of a plan")),
        (Activity, _l("Activity of a plan")),
    )
    for kind, words in kinds:
        wanted = select(kind.id, kind.plan_id, kind.title).where(kind.outcome_id == outcome).order_by(kind.place)
        found += [Became(words, one.title, f"/plans/{one.plan_id}#p-{one.id}") for one in session.execute(wanted)]
    return found


register("plans", commitments)
register("texts of plans", parts)
