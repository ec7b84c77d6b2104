"""Commitments: proposed, made, revised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.labelling import attach, relabel, renew
from secretariat.core.languages import gettext as _
from secretariat.core.languages.dates import day_in_full
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import Viewer
from secretariat.mail import outbox
from secretariat.plans import letters, policy, queries
from secretariat.plans.models import (
    Activity,
    AnswerKind,
    Area,
    Commitment,
    CommitmentPartner,
    CommitmentRevision,
    CommitmentState,
    NumberSequence,
    Objective,
    Plan,
    Proposal,
)
from secretariat.plans.service.record import members_clause, own_circle, record
from secretariat.plans.service.text import Part, check_same_plan


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner beside a commitment: a participant by id, or a name that is none."""

    participant_id: UUID | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a commitment is to say."""

    participant_id: UUID
    words: LocalText
    lead: LocalText | None = None
    due_on: date | None = None
    indicator: LocalText | None = None
    part: Part | None = None
    partners: Sequence[Partner] = ()
    outcome_id: UUID | None = None


def propose_commitment(session: ViewerSession, viewer: Viewer, plan: Plan, draft: Draft) -> Commitment:
    """Propose a commitment to a participant; its focal points are told by mail.

    Until it is accepted only that participant and the secretariat read it, and it has no number.
    Raises NotAllowed, Refused.
    """
    require(policy.may_propose(viewer, plan))
    _check_draft(session, plan, draft)
    commitment, _proposal = _put_in(session, viewer, plan, draft)
    record(session, "commitment proposed", plan, own_circle(plan, draft.participant_id), commitment)
    for speaker in queries.speakers(session, draft.participant_id, plan, clock.today()):
        outbox.put(
            session,
            letters.PROPOSED,
            key=f"{letters.PROPOSED}:{commitment.id}:{speaker.person_id}",
            process=plan.process,
            track=plan.track,
            person=speaker.person_id,
            hat=speaker.acts_as,
            subject={"commitment": commitment.id},
        )
    return commitment


def commit_own(session: ViewerSession, viewer: Viewer, plan: Plan, draft: Draft) -> Commitment:
    """A participant's own commitment, in the plan at once. Raises NotAllowed, Refused."""
    require(policy.may_commit_own(viewer, plan) and viewer.participant == draft.participant_id)
    _check_draft(session, plan, draft)
    commitment, proposal = _put_in(session, viewer, plan, draft)
    mark_answered(proposal, viewer, AnswerKind.ACCEPTED, "")
    enter_plan(session, plan, commitment, "made by its participant")
    record(session, "commitment made", plan, members_clause(plan), commitment, number=commitment.shown_number)
    return commitment


def _check_draft(session: ViewerSession, plan: Plan, draft: Draft) -> None:
    if draft.participant_id not in queries.participants_today(session, plan, clock.today()):
        raise Refused(_("Choose a participant of the process."), "participant")
    check_same_plan(plan, draft.part)
    check_due(plan, draft.due_on)


def check_due(plan: Plan, due_on: date | None) -> None:
    if due_on is None:
        return
    if plan.adopted_on is not None and due_on < plan.adopted_on:
        day = day_in_full(plan.adopted_on, weekday=False)
        raise Refused(_("The plan was adopted on %(day)s; give a day after that.", day=day), "due_on")
    if plan.period_from is not None and due_on < plan.period_from.first_day:
        day = day_in_full(plan.period_from.first_day, weekday=False)
        raise Refused(_("The period of the plan begins on %(day)s; give a day after that.", day=day), "due_on")


def _put_in(session: ViewerSession, viewer: Viewer, plan: Plan, draft: Draft) -> tuple[Commitment, Proposal]:
    circle, now = own_circle(plan, draft.participant_id), clock.now()
    part = draft.part
    commitment = Commitment(
        plan_id=plan.id,
        area_id=part.id if isinstance(part, Area) else part.area_id if part else None,
        objective_id=part.id
        if isinstance(part, Objective)
        else part.objective_id
        if isinstance(part, Activity)
        else None,
        activity_id=part.id if isinstance(part, Activity) else None,
        part_number=part.number if part else "",
        place=part.place if part else "",
        participant_id=draft.participant_id,
        state=CommitmentState.PROPOSED,
        words=draft.words,
        lead=draft.lead,
        due_on=draft.due_on,
        indicator=draft.indicator,
        outcome_id=draft.outcome_id,
    )
    commitment.plan = plan
    attach(session, commitment, [circle], container=plan)
    proposal = Proposal(
        commitment_id=commitment.id,
        drafted_by_person_id=viewer.person,
        drafted_by_hat=str(viewer.hat),
        proposed_at=now,
        words=draft.words,
        lead=draft.lead,
        due_on=draft.due_on,
    )
    proposal.commitment = commitment
    attach(session, proposal, [circle], container=commitment)
    for position, one in enumerate(draft.partners, start=1):
        partner = CommitmentPartner(
            commitment_id=commitment.id, participant_id=one.participant_id, name_text=one.name, position=position
        )
        attach(session, partner, container=commitment)
    session.flush()
    return commitment, proposal


def enter_plan(session: ViewerSession, plan: Plan, commitment: Commitment, why: str) -> None:
    """What was a proposal becomes a commitment that the members read, with the next number of its part."""
    commitment.state, commitment.accepted_at = CommitmentState.ACCEPTED, clock.now()
    session.flush()
    commitment.number = _next_number(session, plan.id, commitment.place)
    session.flush()
    relabel(session, commitment, [members_clause(plan)], why=why)


def _next_number(session: ViewerSession, plan_id: UUID, place: str) -> int:
    with system_access(session, Reason.NUMBERING) as system:
        system.scalar(select(Plan.id).where(Plan.id == plan_id).with_for_update())  # one at a time
        sequence = system.get(NumberSequence, (plan_id, place, "members"))
        if sequence is None:
            sequence = NumberSequence(plan_id=plan_id, place=place, readers="members", last=0)
            system.add(sequence)
        sequence.last += 1
        return sequence.last


def mark_answered(proposal: Proposal, viewer: Viewer, answer: AnswerKind, word: str) -> None:
    proposal.answer, proposal.answered_at, proposal.answered_by_person_id = answer, clock.now(), viewer.person
    proposal.word = word.strip()


def revise(
    session: ViewerSession,
    viewer: Viewer,
    commitment: Commitment,
    *,
    words: LocalText,
    due_on: date | None,
    lead: LocalText | None,
    reason: LocalText | None = None,
) -> None:
    """The participant changes the words, date or lead of its commitment; what stood before is kept beside it.

    Raises NotAllowed, Refused (before adoption).
    """
    plan = commitment.plan
    require(policy.may_revise(viewer, commitment, plan))
    check_due(plan, due_on)
    put_revision(session, plan, commitment, words, due_on, lead, reason)


def put_revision(
    session: ViewerSession,
    plan: Plan,
    commitment: Commitment,
    words: LocalText,
    due_on: date | None,
    lead: LocalText | None,
    reason: LocalText | None,
) -> None:
    if (words, due_on, lead) == (commitment.words, commitment.due_on, commitment.lead):
        return
    revision = CommitmentRevision(
        commitment_id=commitment.id,
        revised_at=clock.now(),
        words_before=commitment.words,
        words_after=words,
        due_before=commitment.due_on,
        due_after=due_on,
        lead_before=commitment.lead,
        lead_after=lead,
        reason=reason,
    )
    revision.commitment = commitment
    attach(session, revision, [members_clause(plan)], container=commitment)
    commitment.words, commitment.due_on, commitment.lead = words, due_on, lead
    session.flush()
    is_of_today(session, commitment, "revised by its participant")
    record(session, "commitment revised", plan, members_clause(plan), revision)


def is_of_today(session: ViewerSession, commitment: Commitment, why: str) -> None:
    """What says something new is for the members of now: a former member keeps what was addressed to it before."""
    renew(session, commitment, why=why)
