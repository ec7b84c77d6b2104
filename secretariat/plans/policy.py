"""Who may do what with plans and commitments. Pure predicates on what the viewer holds today.

Nobody speaks for a state but that state: answering, reporting, confirming and revising are for its focal points and
their alternates under its hat; in the plan of a network for who represents an organization. Proposing and noting are
for the secretariat of the plan's track.
"""

from __future__ import annotations

from secretariat.core.viewer import Viewer
from secretariat.plans.models import Commitment, CommitmentState, Plan, PlanState
from secretariat.plans.status import UpdateState
from secretariat.processes.policy import speaks_on


def may_keep(viewer: Viewer, plan: Plan) -> bool:
    """Write the plan's text, propose commitments, note what was said in a call: the secretariat of its track."""
    return viewer.keeps(plan.track_id)


def may_begin_plan(viewer: Viewer) -> bool:
    """Begin a plan in some process: whoever keeps a track. In which one is asked again with the process."""
    return any(office.kind == "secretariat" for office in viewer.offices)


def may_edit_text(viewer: Viewer, plan: Plan) -> bool:
    """Change areas, objectives and activities: only of a draft, for adopted text is frozen."""
    return may_keep(viewer, plan) and plan.state is PlanState.DRAFT


def may_amend(viewer: Viewer, plan: Plan) -> bool:
    """Record an amendment of the adopted text that a meeting has adopted."""
    return may_keep(viewer, plan) and plan.state is PlanState.ADOPTED


def may_carry_over(viewer: Viewer, plan: Plan) -> bool:
    """Carry what is open in other plans over into this one, once a meeting has adopted it."""
    return may_keep(viewer, plan) and plan.state is PlanState.ADOPTED


def may_propose(viewer: Viewer, plan: Plan) -> bool:
    """Propose a commitment to a participant."""
    return may_keep(viewer, plan) and plan.state is not PlanState.CLOSED


def speaks_for(viewer: Viewer, commitment: Commitment, plan: Plan) -> bool:
    """Whether one speaks for the commitment's participant on the plan's track."""
    return viewer.participant == commitment.participant_id and speaks_in(viewer, plan)


def may_commit_own(viewer: Viewer, plan: Plan) -> bool:
    """Make a commitment of one's own participant: of a member, for members read commitments."""
    is_member = any(
        one.standing == "member" and one.process == plan.process_id and one.track == plan.track_id
        for one in viewer.standings
    )
    return is_member and speaks_in(viewer, plan) and plan.state is not PlanState.CLOSED


def speaks_in(viewer: Viewer, plan: Plan) -> bool:
    """Whether one speaks for some participant on the plan's track; for none that has left it or is suspended, as
    nowhere else."""
    return speaks_on(viewer, plan.process_id, plan.track_id)


def may_answer(viewer: Viewer, commitment: Commitment, plan: Plan) -> bool:
    """Answer a proposal: its participant, while it awaits an answer."""
    return commitment.state is CommitmentState.PROPOSED and speaks_for(viewer, commitment, plan)


def may_take_back(viewer: Viewer, commitment: Commitment, plan: Plan) -> bool:
    """Take a proposal back: the secretariat, while it awaits an answer."""
    return commitment.state is CommitmentState.PROPOSED and may_keep(viewer, plan)


def may_report(viewer: Viewer, commitment: Commitment, plan: Plan) -> bool:
    """Say where a commitment stands: its participant. Whether it can still be said is the service's to explain."""
    return commitment.state in _REPORTABLE and speaks_for(viewer, commitment, plan)


def may_note(viewer: Viewer, commitment: Commitment, plan: Plan) -> bool:
    """Write down what was said in a call: the secretariat; it counts once the participant confirms it. Not the office
    of a chair that serves as one: what is confided in a call is not for a peer."""
    return commitment.state in _REPORTABLE and viewer.is_officer_of(plan.track_id)


_REPORTABLE = frozenset({CommitmentState.ACCEPTED, CommitmentState.WITHDRAWN})


def may_confirm(viewer: Viewer, commitment: Commitment, plan: Plan, state: UpdateState) -> bool:
    """Confirm or correct a note of the secretariat: the participant it is about."""
    return state is UpdateState.NOTED and speaks_for(viewer, commitment, plan)


def may_note_support(viewer: Viewer, plan: Plan) -> bool:
    """Write down what was given for a support need one reads: the secretariat; a focal point of what its own
    participant gave, or was given."""
    return may_keep(viewer, plan) or (viewer.participant is not None and speaks_in(viewer, plan))


def may_revise(viewer: Viewer, commitment: Commitment, plan: Plan) -> bool:
    """Change words, date or lead of a commitment: its participant."""
    goes_on = commitment.state is CommitmentState.ACCEPTED and commitment.carried_at is None
    return goes_on and speaks_for(viewer, commitment, plan)


def may_tag(viewer: Viewer, plan: Plan) -> bool:
    """Put a commitment under a phase of governance: the track's own officers, for their own work. Not a chair's office:
    what the secretariat thinks of a commitment is not for a peer."""
    return viewer.is_officer_of(plan.track_id)


def sees_distances(viewer: Viewer, commitment: Commitment, plan: Plan) -> bool:
    """Whether "13 days ago" may stand beside a date: for that participant and the secretariat only."""
    return viewer.participant == commitment.participant_id or may_keep(viewer, plan)


def may_see_matrix(viewer: Viewer, plan: Plan) -> bool:
    """See states side by side: members of the plan's track and its secretariat, however wide the plan is opened."""
    return may_keep(viewer, plan) or any(
        one.standing == "member" and one.process == plan.process_id and one.track == plan.track_id
        for one in viewer.standings
    )
