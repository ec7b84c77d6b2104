"""Commitments: proposed, made, revised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
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
from secretariat.plans import letters, milestones, partners, policy, queries
from secretariat.plans.milestones import MOST, Milestone, Milestones
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

_AT_ONCE = 250
"""So many are written at a time where there are many."""


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner beside a commitment: a participant or a network of civil society by id, or a name that is neither."""

    participant_id: UUID | None = None
    track_id: UUID | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a commitment is to say."""

    participant_id: UUID
    words: LocalText
    lead: LocalText | None = None
    due_on: date | None = None
    milestones: Sequence[Milestone] = ()
    indicator: LocalText | None = None
    baseline: LocalText | None = None
    part: Part | None = None
    partners: Sequence[Partner] = ()
    outcome_id: UUID | None = None
    meeting_id: UUID | None = None
    origin_words: LocalText | None = None


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


def propose_many(
    session: ViewerSession, viewer: Viewer, plan: Plan, drafts: Sequence[Draft], tell: Callable[[int, int], None]
) -> list[Commitment]:
    """Propose many commitments at once, in their order. No mail goes out: the next digest of each participant tells of
    what awaits its answer, once. `tell` is called with how many are put in and how many there are.

    Raises NotAllowed, Refused; then nothing of it is kept.
    """
    require(policy.may_propose(viewer, plan))
    members, made = queries.participants_today(session, plan, clock.today()), []
    for draft in drafts:
        if draft.participant_id not in members:
            raise Refused(_("Choose a participant of the process."), "participant")
        check_same_plan(plan, draft.part)
        check_days(plan, draft.due_on, draft.milestones)
        made.append(_attached(session, viewer, plan, draft)[0])
        if len(made) % _AT_ONCE == 0:
            session.flush()
            tell(len(made), len(drafts))
    session.flush()
    for participant, number in Counter(one.participant_id for one in made).items():
        record(session, "commitments proposed", plan, own_circle(plan, participant), plan, number=number)
    return made


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
    check_days(plan, draft.due_on, draft.milestones)
    check_partners(session, plan, draft.partners)


def check_days(plan: Plan, due_on: date | None, milestones: Iterable[Milestone]) -> None:
    """No day before the plan was adopted or its period begins; a due date or milestones. Raises Refused."""
    days = [one.on for one in milestones]
    if due_on is not None and days:
        raise Refused(_("Give a due date or milestones: the next milestone is the day that is due."), "milestones")
    if len(days) > MOST:
        raise Refused(_("Give at most %(most)s milestones.", most=MOST), "milestones")
    for day, name in ((due_on, "due_on"), (min(days, default=None), "milestones")):
        _check_day(plan, day, name)


def _check_day(plan: Plan, due_on: date | None, name: str) -> None:
    if due_on is None:
        return
    if plan.adopted_on is not None and due_on < plan.adopted_on:
        day = day_in_full(plan.adopted_on, weekday=False)
        raise Refused(_("The plan was adopted on %(day)s; give a day after that.", day=day), name)
    if plan.period_from is not None and due_on < plan.period_from.first_day:
        day = day_in_full(plan.period_from.first_day, weekday=False)
        raise Refused(_("The period of the plan begins on %(day)s; give a day after that.", day=day), name)


def check_partners(session: ViewerSession, plan: Plan, given: Iterable[Partner]) -> None:
    """One names whom one knows of: who takes part in the process as far as one reads that. Raises Refused."""
    listed = list(given)
    wanted = {one.participant_id for one in listed if one.participant_id is not None}
    networks = {one.track_id for one in listed if one.track_id is not None}
    if wanted - partners.known(session, plan, wanted) or networks - partners.networks(session, plan).keys():
        raise Refused(_("Choose partners who take part in the process, or write their names."), "partners_named")


def _put_in(session: ViewerSession, viewer: Viewer, plan: Plan, draft: Draft) -> tuple[Commitment, Proposal]:
    made = _attached(session, viewer, plan, draft)
    session.flush()
    return made


def _attached(session: ViewerSession, viewer: Viewer, plan: Plan, draft: Draft) -> tuple[Commitment, Proposal]:
    circle, now = own_circle(plan, draft.participant_id), clock.now()
    part, steps = draft.part, milestones.in_order(draft.milestones)
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
        due_on=milestones.due_on(steps, draft.due_on),
        milestones=steps,
        indicator=draft.indicator,
        baseline=draft.baseline,
        outcome_id=draft.outcome_id,
        meeting_id=draft.meeting_id,
        origin_words=draft.origin_words,
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
        due_on=commitment.due_on,
        milestones=steps,
    )
    proposal.commitment = commitment
    attach(session, proposal, [circle], container=commitment)
    _put_partners(session, commitment, draft.partners)
    return commitment, proposal


def _put_partners(session: ViewerSession, commitment: Commitment, given: Iterable[Partner]) -> None:
    """Partners in the order given; who answers for the commitment is none of its own."""
    others = (one for one in given if one.participant_id is None or one.participant_id != commitment.participant_id)
    for position, one in enumerate(others, start=1):
        partner = CommitmentPartner(
            commitment_id=commitment.id,
            participant_id=one.participant_id,
            track_id=one.track_id,
            name_text=one.name,
            position=position,
        )
        attach(session, partner, container=commitment)


def enter_plan(session: ViewerSession, plan: Plan, commitment: Commitment, why: str) -> None:
    """What was a proposal becomes a commitment that the members read, with the next number of its part."""
    commitment.state, commitment.accepted_at = CommitmentState.ACCEPTED, clock.now()
    session.flush()
    commitment.number = next_number(session, plan.id, commitment.place)
    session.flush()
    relabel(session, commitment, [members_clause(plan)], why=why)


def next_number(session: ViewerSession, plan_id: UUID, place: str) -> int:
    """The next letter, as a number, after a part of a plan, from the sequence of those who read it."""
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


@dataclass(frozen=True, slots=True)
class Terms:
    """What a commitment says that its participant may revise: its words, when, who leads, by what one will see it."""

    words: LocalText
    due_on: date | None
    lead: LocalText | None
    milestones: Milestones = ()
    indicator: LocalText | None = None
    baseline: LocalText | None = None


def terms_of(commitment: Commitment) -> Terms:
    """What a commitment says today; where there are milestones, the due date follows from them and is none of these."""
    one = commitment
    due_on = None if one.milestones else one.due_on
    return Terms(one.words, due_on, one.lead, tuple(one.milestones), one.indicator, one.baseline)


def revise(
    session: ViewerSession,
    viewer: Viewer,
    commitment: Commitment,
    *,
    words: LocalText,
    due_on: date | None,
    lead: LocalText | None,
    reason: LocalText | None = None,
    **more: Any,
) -> None:
    """The participant changes the words, days or lead of its commitment; what stood before is kept beside it.

    `more` are other terms (`milestones`, `indicator`, `baseline`) and `partners`; what is not given stays as it is.
    Raises NotAllowed, Refused (before adoption; a due date beside milestones; partners one does not know of).
    """
    plan = commitment.plan
    require(policy.may_revise(viewer, commitment, plan))
    partners_now: Sequence[Partner] | None = more.pop("partners", None)
    terms = replace(terms_of(commitment), words=words, due_on=due_on, lead=lead, **more)
    terms = replace(terms, milestones=milestones.in_order(terms.milestones))
    check_days(plan, terms.due_on, terms.milestones)
    put_revision(session, plan, commitment, terms, reason)
    if partners_now is not None:
        check_partners(session, plan, partners_now)
        _change_partners(session, plan, commitment, partners_now)


def _change_partners(session: ViewerSession, plan: Plan, commitment: Commitment, given: Sequence[Partner]) -> None:
    """Other partners in the place of those one reads of; whom one does not know of stays named."""
    there = partners.shown(session, plan, queries.partners(session, [commitment.id]).get(commitment.id, []))
    had = [(one.row.participant_id, one.row.track_id, one.row.name_text) for one in there]
    if had == [(one.participant_id, one.track_id, one.name) for one in given]:
        return
    for one in there:
        session.delete(one.row)
    session.flush()
    _put_partners(session, commitment, given)
    session.flush()
    is_of_today(session, commitment, "other partners")
    record(session, "partners changed", plan, members_clause(plan), commitment)


def put_revision(
    session: ViewerSession, plan: Plan, commitment: Commitment, terms: Terms, reason: LocalText | None
) -> None:
    before = terms_of(commitment)
    if terms == before:
        return
    due_before, due_after = commitment.due_on, milestones.due_on(terms.milestones, terms.due_on)
    revision = CommitmentRevision(
        commitment_id=commitment.id,
        revised_at=clock.now(),
        words_before=before.words,
        words_after=terms.words,
        due_before=due_before,
        due_after=due_after,
        lead_before=before.lead,
        lead_after=terms.lead,
        milestones_before=before.milestones,
        milestones_after=terms.milestones,
        indicator_before=before.indicator,
        indicator_after=terms.indicator,
        baseline_before=before.baseline,
        baseline_after=terms.baseline,
        reason=reason,
    )
    revision.commitment = commitment
    attach(session, revision, [members_clause(plan)], container=commitment)
    commitment.words, commitment.due_on, commitment.lead = terms.words, due_after, terms.lead
    commitment.milestones, commitment.indicator = terms.milestones, terms.indicator
    commitment.baseline = terms.baseline
    session.flush()
    is_of_today(session, commitment, "revised by its participant")
    record(session, "commitment revised", plan, members_clause(plan), revision)


def is_of_today(session: ViewerSession, commitment: Commitment, why: str) -> None:
    """What says something new is for the members of now: a former member keeps what was addressed to it before."""
    renew(session, commitment, why=why)
