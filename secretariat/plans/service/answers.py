"""Answers to a proposal: accepted, declined, asked about by telephone or of a colleague, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.mail import lent, outbox
from secretariat.plans import letters, milestones, policy, queries
from secretariat.plans.milestones import Milestone
from secretariat.plans.models import AnswerKind, Commitment, CommitmentState, Consultation, Proposal
from secretariat.plans.service.commitments import check_days, enter_plan, mark_answered
from secretariat.plans.service.record import members_clause, own_circle, record


def accept(
    session: ViewerSession,
    viewer: Viewer,
    commitment: Commitment,
    *,
    words: LocalText | None = None,
    due_on: date | None = None,
    lead: LocalText | None = None,
    steps: Sequence[Milestone] = (),
    amended: bool = False,
    word: str = "",
) -> None:
    """The participant accepts, as it is or (`amended`) with the words, date or milestones, and lead given here.

    From then on the members read it in the plan as the participant's own. Raises NotAllowed, Refused.
    """
    plan = commitment.plan
    proposal = _open_proposal(session, viewer, commitment)
    if amended:
        if words is None:
            raise Refused(_("Give the commitment in your own words."), "words")
        check_days(plan, due_on, steps)
        commitment.milestones = milestones.in_order(steps)
        commitment.words, commitment.lead = words, lead
        commitment.due_on = milestones.due_on(commitment.milestones, due_on)
    mark_answered(proposal, viewer, AnswerKind.AMENDED if amended else AnswerKind.ACCEPTED, word)
    enter_plan(session, plan, commitment, "accepted by its participant")
    record(session, "commitment accepted", plan, members_clause(plan), commitment, number=commitment.shown_number)


def decline(session: ViewerSession, viewer: Viewer, commitment: Commitment, word: str = "") -> None:
    """The participant says: not this one. Nobody but it and the secretariat learns that it was proposed."""
    plan = commitment.plan
    proposal = _open_proposal(session, viewer, commitment)
    commitment.state = CommitmentState.DECLINED
    mark_answered(proposal, viewer, AnswerKind.DECLINED, word)
    session.flush()
    record(session, "proposal not taken up", plan, own_circle(plan, commitment.participant_id), commitment)


def _open_proposal(session: ViewerSession, viewer: Viewer, commitment: Commitment) -> Proposal:
    require(policy.speaks_for(viewer, commitment, commitment.plan))
    proposal = queries.proposal_of(session, commitment.id)
    if proposal is None:
        raise NotAllowed
    if commitment.state is not CommitmentState.PROPOSED:
        raise Refused(_("This proposal was answered or taken back in the meantime; nothing was changed."))
    return proposal


def ask_to_be_rung(session: ViewerSession, viewer: Viewer, commitment: Commitment, word: str = "") -> None:
    """The focal point would rather speak on the telephone; the proposal stays open. Raises NotAllowed, Refused."""
    proposal = _open_proposal(session, viewer, commitment)
    proposal.ring_asked_at, proposal.word = clock.now(), word.strip() or proposal.word
    session.flush()


def ask_colleague(session: ViewerSession, viewer: Viewer, commitment: Commitment, address: str) -> Consultation:
    """Lend an open proposal to a colleague in another ministry, by a mail with a link to it alone.

    What the colleague reads is what the focal point may read of it, for as long as the proposal is open; the answer
    stays the focal point's. Raises NotAllowed, Refused.
    """
    proposal, plan = _open_proposal(session, viewer, commitment), commitment.plan
    asked = [one.address for one in queries.consultations_of(session, proposal.id)]
    lent.check(session, address, asked, plan.process, plan.track, "colleague")
    consultation = Consultation(
        proposal_id=proposal.id,
        asked_by_person_id=viewer.person,
        asked_by_hat=str(viewer.hat),
        asked_at=clock.now(),
        colleague_id=lent.a_colleague(session),
        address=address,
    )
    attach(session, consultation, [own_circle(plan, commitment.participant_id)], container=proposal)
    session.flush()
    outbox.put(
        session,
        letters.LENT,
        key=f"{letters.LENT}:{consultation.id}",
        process=plan.process,
        track=plan.track,
        person=consultation.colleague_id,
        hat=viewer.hat,
        subject={"consultation": consultation.id},
        address=address,
    )
    record(session, "colleague asked", plan, own_circle(plan, commitment.participant_id), consultation)
    return consultation


def advise(session: ViewerSession, consultation: Consultation, reply: str) -> None:
    """The colleague's reply, through the link; read by the focal points and the secretariat. Raises Refused."""
    proposal = consultation.proposal
    if not proposal.awaits_answer:
        raise Refused(_("The answer was given in the meantime; your colleague no longer needs this. Thank you."))
    if not reply.strip():
        raise Refused(_("Write what you would tell your colleague, for example: yes, from May on."), "reply")
    consultation.reply, consultation.replied_at = reply.strip(), clock.now()
    session.flush()


def take_back(session: ViewerSession, viewer: Viewer, commitment: Commitment) -> None:
    """The secretariat takes a proposal back before it is answered. Raises NotAllowed, Refused."""
    plan = commitment.plan
    require(policy.may_keep(viewer, plan))
    proposal = queries.proposal_of(session, commitment.id)
    if commitment.state is not CommitmentState.PROPOSED or proposal is None:
        raise Refused(_("This proposal was answered or taken back in the meantime; nothing was changed."))
    commitment.state, proposal.taken_back_at = CommitmentState.TAKEN_BACK, clock.now()
    session.flush()
    record(session, "proposal taken back", plan, own_circle(plan, commitment.participant_id), commitment)
