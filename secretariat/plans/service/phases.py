"""The phase of governance of a commitment, put down by the officers of the secretariat for their own work."""

from __future__ import annotations

from secretariat.core.labelling import attach
from secretariat.core.refusals import require
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.plans import policy, queries
from secretariat.plans.models import Commitment
from secretariat.plans.phase_models import CommitmentPhase, Phase
from secretariat.plans.service.record import officers_alone, record


def tag_phase(session: ViewerSession, viewer: Viewer, commitment: Commitment, phase: Phase | None) -> None:
    """Put a commitment under a phase, or under none; read by the officers of the track alone. Raises NotAllowed."""
    plan = commitment.plan
    require(policy.may_tag(viewer, plan))
    tag = queries.phase_of(session, commitment.id)
    if phase is None:
        if tag is not None:
            session.delete(tag)
    elif tag is not None:
        tag.phase = phase
    else:
        tag = CommitmentPhase(commitment_id=commitment.id, phase=phase)
        attach(session, tag, [officers_alone(plan)], container=commitment)
    session.flush()
    told = phase.value if phase else ""
    record(session, "phase of a commitment set", plan, officers_alone(plan), commitment, phase=told)
