"""What can be done with plans, commitments and progress updates.

Services change state and flush at most. Each checks the policy again, changes, puts the act on the audit trail and,
where somebody is to be told, a row in the outbox. What cannot be done raises `Refused` with a courteous sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from secretariat.core import audit, clock, events
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import attach, relabel, renew
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.languages.dates import day_in_full
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import Viewer
from secretariat.directory.models import Person
from secretariat.mail import outbox
from secretariat.plans import letters, numbering, policy, queries
from secretariat.plans.models import (
    Activity,
    AnswerKind,
    Area,
    Change,
    Commitment,
    CommitmentPartner,
    CommitmentRevision,
    CommitmentState,
    Consultation,
    Evidence,
    NotedAfter,
    NumberSequence,
    Objective,
    Obstacle,
    Plan,
    PlanState,
    ProgressUpdate,
    Proposal,
    SupportNeeded,
    UpdateNote,
)
from secretariat.plans.status import Status, UpdateState
from secretariat.processes.clauses import members_of, named, officers, participant, secretariat
from secretariat.processes.models import Process, Track

ADOPTED = "plan adopted"
"""The event of this name."""
MOST_COLLEAGUES = 5
"""Colleagues one proposal is lent to: enough for the ministries concerned, too few for a mailing."""

Part = Area | Objective | Activity
P = TypeVar("P", Area, Objective, Activity)


# --- labels and the trail ---------------------------------------------------------------------------------------


def members_clause(plan: Plan) -> Clause:
    """Members of the plan's track, as of now: what comes later is not for those who left earlier."""
    return members_of(plan.process, plan.track)


def own_circle(plan: Plan, participant_id: UUID) -> Clause:
    """One participant and the secretariat of the track: readers of proposals, notes, obstacles and support needed."""
    return named(plan.process, plan.track, audience=[participant(participant_id), secretariat(plan.track)])


def confided(plan: Plan, participant_id: UUID) -> Clause:
    """One participant and the secretariat's own officers, less a chair's office that serves as secretariat: readers of
    what was said in a call and is not confirmed."""
    return named(plan.process, plan.track, audience=[participant(participant_id), officers(plan.track)])


def _record(session: ViewerSession, kind: str, plan: Plan, clause: Clause, subject: Any, **content: Any) -> None:
    audit.record(
        session,
        kind,
        chain=audit.chain_name(plan.process.slug, plan.track.slug),
        clauses=[clause],
        subject=subject,
        content=content,
    )


# --- the plan's own text ----------------------------------------------------------------------------------------


def begin_plan(
    session: ViewerSession,
    viewer: Viewer,
    process: Process,
    track: Track,
    title: LocalText,
    *,
    period_from: PartialDate | None = None,
    period_until: PartialDate | None = None,
    symbol: str = "",
) -> Plan:
    """A new plan of action, as a draft. Raises NotAllowed, Refused (a period that ends before it begins)."""
    require(viewer.keeps(track.id))
    if period_from and period_until and period_until.last_day < period_from.first_day:
        raise Refused(_("The period ends before it begins (%(from)s).", **{"from": str(period_from)}), "period_until")
    plan = Plan(
        process_id=process.id,
        track_id=track.id,
        title=title,
        symbol=symbol,
        period_from=period_from,
        period_until=period_until,
        state=PlanState.DRAFT,
    )
    plan.process, plan.track = process, track
    attach(session, plan, [members_of(process, track)], container=process)
    session.flush()
    _record(session, "plan begun", plan, members_clause(plan), plan, title=title.to_json())
    return plan


def change_plan(
    session: ViewerSession,
    viewer: Viewer,
    plan: Plan,
    *,
    title: LocalText,
    period_from: PartialDate | None,
    period_until: PartialDate | None,
    symbol: str,
) -> None:
    """Change the head of a draft. Raises NotAllowed, Refused."""
    require(policy.may_edit_text(viewer, plan))
    if period_from and period_until and period_until.last_day < period_from.first_day:
        raise Refused(_("The period ends before it begins (%(from)s).", **{"from": str(period_from)}), "period_until")
    plan.title, plan.symbol = title, symbol
    plan.period_from, plan.period_until = period_from, period_until
    session.flush()
    _record(session, "plan changed", plan, members_clause(plan), plan, title=title.to_json())


def add_area(session: ViewerSession, viewer: Viewer, plan: Plan, title: LocalText, number: str = "") -> Area:
    """An area at the end of the plan. Raises NotAllowed, Refused (adopted text, a number there already)."""
    return _add_part(session, viewer, Area(plan_id=plan.id, title=title), plan, None, number)


def add_objective(
    session: ViewerSession, viewer: Viewer, plan: Plan, title: LocalText, *, above: Part | None = None, number: str = ""
) -> Objective:
    """An objective at the end of an area, or of the plan itself. Raises NotAllowed, Refused."""
    _same_plan(plan, above)
    if above is not None and not isinstance(above, Area):
        raise Refused(_("An objective stands in an area or in the plan itself."), "above")
    one = Objective(plan_id=plan.id, title=title, area_id=above.id if above else None)
    return _add_part(session, viewer, one, plan, above, number)


def add_activity(
    session: ViewerSession, viewer: Viewer, plan: Plan, title: LocalText, *, above: Part | None = None, number: str = ""
) -> Activity:
    """An activity at the end of an objective, of an area or of the plan itself. Raises NotAllowed, Refused."""
    _same_plan(plan, above)
    if isinstance(above, Activity):
        raise Refused(_("An activity stands in an objective, an area or the plan itself."), "above")
    one = Activity(plan_id=plan.id, title=title)
    if isinstance(above, Objective):
        one.objective_id, one.area_id = above.id, above.area_id
    elif above is not None:
        one.area_id = above.id
    return _add_part(session, viewer, one, plan, above, number)


def _same_plan(plan: Plan, part: Part | None) -> None:
    if part is not None and part.plan_id != plan.id:
        raise Refused(_("Choose a part of this plan."), "above")


def _add_part(
    session: ViewerSession, viewer: Viewer, part: P, plan: Plan, above: Area | Objective | None, number: str
) -> P:
    require(policy.may_keep(viewer, plan))
    if plan.state is not PlanState.DRAFT:
        raise Refused(_("The text of this plan is adopted; it is changed by an amendment that a meeting adopts."))
    part.plan = plan
    with system_access(session, Reason.NUMBERING) as system:
        beside = queries.parts_directly_in(system, plan.id, above.place if above else "")
        taken = queries.numbers_taken(system, plan.id)
    part.position = beside + 1
    part.place = numbering.place(above.place if above else "", part.position)
    part.number = number.strip() or numbering.part_number(above.number if above else "", part.position)
    if part.number in taken:
        raise Refused(
            _("There is already a %(number)s in this plan; give another number.", number=part.number), "number"
        )
    attach(session, part, container=plan)
    session.flush()
    _record(
        session, "plan text added", plan, members_clause(plan), part, number=part.number, title=part.title.to_json()
    )
    return part


def change_part(session: ViewerSession, viewer: Viewer, part: Part, title: LocalText) -> None:
    """New words for an area, objective or activity of a draft. Raises NotAllowed, Refused."""
    plan = part.plan
    require(policy.may_keep(viewer, plan))
    if plan.state is not PlanState.DRAFT:
        raise Refused(_("The text of this plan is adopted; it is changed by an amendment that a meeting adopts."))
    part.title = title
    session.flush()
    _record(session, "plan text changed", plan, members_clause(plan), part, number=part.number, title=title.to_json())


def adopt_plan(
    session: ViewerSession,
    viewer: Viewer,
    plan: Plan,
    on: date,
    *,
    where: LocalText | None = None,
    meeting_id: UUID | None = None,
) -> None:
    """Record that a meeting adopted the plan; from then on its text is frozen. Raises NotAllowed, Refused."""
    require(policy.may_keep(viewer, plan))
    if plan.state is not PlanState.DRAFT:
        raise Refused(_("This plan was adopted before."))
    if on > clock.today():
        raise Refused(_("That day has not come yet; record the adoption once it has happened."), "on")
    plan.state, plan.adopted_on, plan.adopted_where, plan.adopted_meeting_id = PlanState.ADOPTED, on, where, meeting_id
    session.flush()
    _record(session, ADOPTED, plan, members_clause(plan), plan, on=on.isoformat())
    events.happened(session, ADOPTED, plan.id)


def close_plan(session: ViewerSession, viewer: Viewer, plan: Plan) -> None:
    """Close a plan whose period is over: nothing new is committed, nothing is awaited, all of it stays readable."""
    require(policy.may_keep(viewer, plan))
    if plan.state is not PlanState.ADOPTED:
        raise Refused(_("Only an adopted plan is closed."))
    plan.state = PlanState.CLOSED
    session.flush()
    _record(session, "plan closed", plan, members_clause(plan), plan)


# --- proposals and commitments ----------------------------------------------------------------------------------


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
    _record(session, "commitment proposed", plan, own_circle(plan, draft.participant_id), commitment)
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
    _answered(proposal, viewer, AnswerKind.ACCEPTED, "")
    _enter_plan(session, plan, commitment, "made by its participant")
    _record(session, "commitment made", plan, members_clause(plan), commitment, number=commitment.shown_number)
    return commitment


def _check_draft(session: ViewerSession, plan: Plan, draft: Draft) -> None:
    if draft.participant_id not in queries.participants_today(session, plan, clock.today()):
        raise Refused(_("Choose a participant of the process."), "participant")
    _same_plan(plan, draft.part)
    _check_due(plan, draft.due_on)


def _check_due(plan: Plan, due_on: date | None) -> None:
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


def _enter_plan(session: ViewerSession, plan: Plan, commitment: Commitment, why: str) -> None:
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


def accept(
    session: ViewerSession,
    viewer: Viewer,
    commitment: Commitment,
    *,
    words: LocalText | None = None,
    due_on: date | None = None,
    lead: LocalText | None = None,
    amended: bool = False,
    word: str = "",
) -> None:
    """The participant accepts, as it is or (`amended`) with the words, date and lead given here.

    From then on the members read it in the plan as the participant's own. Raises NotAllowed, Refused.
    """
    plan = commitment.plan
    proposal = _open_proposal(session, viewer, commitment)
    if amended:
        if words is None:
            raise Refused(_("Give the commitment in your own words."), "words")
        _check_due(plan, due_on)
        commitment.words, commitment.due_on, commitment.lead = words, due_on, lead
    _answered(proposal, viewer, AnswerKind.AMENDED if amended else AnswerKind.ACCEPTED, word)
    _enter_plan(session, plan, commitment, "accepted by its participant")
    _record(session, "commitment accepted", plan, members_clause(plan), commitment, number=commitment.shown_number)


def decline(session: ViewerSession, viewer: Viewer, commitment: Commitment, word: str = "") -> None:
    """The participant says: not this one. Nobody but it and the secretariat learns that it was proposed."""
    plan = commitment.plan
    proposal = _open_proposal(session, viewer, commitment)
    commitment.state = CommitmentState.DECLINED
    _answered(proposal, viewer, AnswerKind.DECLINED, word)
    session.flush()
    _record(session, "proposal not taken up", plan, own_circle(plan, commitment.participant_id), commitment)


def _open_proposal(session: ViewerSession, viewer: Viewer, commitment: Commitment) -> Proposal:
    require(policy.speaks_for(viewer, commitment, commitment.plan))
    proposal = queries.proposal_of(session, commitment.id)
    if proposal is None:
        raise NotAllowed
    if commitment.state is not CommitmentState.PROPOSED:
        raise Refused(_("This proposal was answered or taken back in the meantime; nothing was changed."))
    return proposal


def _answered(proposal: Proposal, viewer: Viewer, answer: AnswerKind, word: str) -> None:
    proposal.answer, proposal.answered_at, proposal.answered_by_person_id = answer, clock.now(), viewer.person
    proposal.word = word.strip()


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
    if viewer.person is None:
        raise NotAllowed
    asked = [one.address.casefold() for one in queries.consultations_of(session, proposal.id)]
    if address.casefold() in asked:
        raise Refused(_("This colleague was asked already."), "colleague")
    if len(asked) >= MOST_COLLEAGUES:
        raise Refused(
            _("You have asked as many colleagues as one proposal can be lent to; answer with what they said."),
            "colleague",
        )
    consultation = Consultation(
        proposal_id=proposal.id,
        asked_by_person_id=viewer.person,
        asked_by_hat=str(viewer.hat),
        asked_at=clock.now(),
        colleague_id=_a_person(session),
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
    _record(session, "colleague asked", plan, own_circle(plan, commitment.participant_id), consultation)
    return consultation


def _a_person(session: ViewerSession) -> UUID:
    """A key for a colleague of whom nothing is known but an address."""
    colleague = Person()
    session.add(colleague)
    session.flush()
    return colleague.id


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
    _record(session, "proposal taken back", plan, own_circle(plan, commitment.participant_id), commitment)


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
    _check_due(plan, due_on)
    _revise(session, plan, commitment, words, due_on, lead, reason)


def _revise(
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
    _is_of_today(session, commitment, "revised by its participant")
    _record(session, "commitment revised", plan, members_clause(plan), revision)


def _is_of_today(session: ViewerSession, commitment: Commitment, why: str) -> None:
    """What says something new is for the members of now: a former member keeps what was addressed to it before."""
    renew(session, commitment, why=why)


# --- progress ---------------------------------------------------------------------------------------------------


def report_progress(
    session: ViewerSession,
    viewer: Viewer,
    commitment: Commitment,
    status: Status,
    step: str = "",
    *,
    language: str,
    obstacle: str = "",
    support: str = "",
    obstacle_for_members: bool = False,
    support_for_members: bool = False,
    postponed_to: date | None = None,
    what_changed: Change | None = None,
    evidence: Iterable[str] = (),
    correction_of: ProgressUpdate | None = None,
) -> ProgressUpdate:
    """The participant says where its commitment stands. Its word is confirmed as it is given.

    `language` is the code the words are written in. Obstacle and support are read by the participant and the
    secretariat unless it opens them to the members. `correction_of` points at an update this one takes the place of;
    correcting a note of the secretariat sets that note aside. A postponement to a day moves the due date.
    Raises NotAllowed, Refused.
    """
    plan = commitment.plan
    require(policy.may_report(viewer, commitment, plan))
    _check_open(commitment, correction_of)
    _check_update(commitment, status, postponed_to, correction_of)
    now = clock.now()
    update = ProgressUpdate(
        commitment_id=commitment.id,
        status=status,
        step=_said(step, language),
        postponed_to=postponed_to,
        what_changed=what_changed,
        state=UpdateState.CONFIRMED,
        stated_at=correction_of.stated_at if correction_of else now,
        entered_at=now,
        confirmed_at=now,
        by_person_id=viewer.person,
        by_hat=str(viewer.hat),
        correction_of_id=correction_of.id if correction_of else None,
    )
    update.commitment = commitment
    attach(session, update, [members_clause(plan)], container=commitment)
    _put_beside(
        session,
        plan,
        update,
        obstacle=_said(obstacle, language),
        support=_said(support, language),
        obstacle_for_members=obstacle_for_members,
        support_for_members=support_for_members,
        evidence=evidence,
    )
    if correction_of is not None and correction_of.state is UpdateState.NOTED:
        correction_of.state = UpdateState.CORRECTED
    for lent in queries.updates_lent(session, [commitment.id]).get(commitment.id, []):
        lent.closed_at = now  # a colleague's draft is of no more use
    session.flush()
    _follow(session, plan, commitment, update)
    _record(session, "progress reported", plan, members_clause(plan), update, status=status.value)
    return update


def note_progress(
    session: ViewerSession,
    viewer: Viewer,
    commitment: Commitment,
    status: Status,
    step: str = "",
    *,
    language: str,
    after: NotedAfter,
    on: date | None = None,
    obstacle: str = "",
    support: str = "",
    postponed_to: date | None = None,
) -> ProgressUpdate:
    """The secretariat writes down what it was told in a call, a mail or at a meeting on day `on` (today).

    It awaits confirmation; until then the participant and the secretariat alone read it and nothing counts it.
    Raises NotAllowed, Refused.
    """
    plan = commitment.plan
    require(policy.may_note(viewer, commitment, plan))
    _check_open(commitment, None)
    _check_update(commitment, status, postponed_to, None)
    now = clock.now()
    if on is not None and on > now.date():
        raise Refused(_("That day has not come yet; give the day on which it was said."), "on")
    circle = confided(plan, commitment.participant_id)
    update = ProgressUpdate(
        commitment_id=commitment.id,
        status=status,
        step=_said(step, language),
        postponed_to=postponed_to,
        state=UpdateState.NOTED,
        stated_at=_said_at(on, now),
        entered_at=now,
    )
    update.commitment = commitment
    attach(session, update, [circle], container=commitment)
    note = UpdateNote(update_id=update.id, after=after, noted_by_person_id=viewer.person, noted_by_hat=str(viewer.hat))
    note.update = update
    attach(session, note, [circle], container=update)
    _put_beside(session, plan, update, obstacle=_said(obstacle, language), support=_said(support, language))
    session.flush()
    _record(session, "progress noted", plan, circle, update, status=status.value)
    return update


def confirm_note(session: ViewerSession, viewer: Viewer, update: ProgressUpdate) -> None:
    """The participant says that this is what it told; its word enters plan and report. Raises NotAllowed, Refused."""
    commitment = update.commitment
    plan = commitment.plan
    require(policy.speaks_for(viewer, commitment, plan))
    if update.state is not UpdateState.NOTED:
        raise Refused(_("This was confirmed or corrected in the meantime; nothing was changed."))
    _check_open(commitment, None)
    update.state, update.confirmed_at = UpdateState.CONFIRMED, clock.now()
    update.by_person_id, update.by_hat = viewer.person, str(viewer.hat)
    session.flush()
    relabel(session, update, [members_clause(plan)], why="confirmed by its participant")
    _follow(session, plan, commitment, update)
    _record(session, "progress confirmed", plan, members_clause(plan), update, status=update.status.value)


def _check_open(commitment: Commitment, correction_of: ProgressUpdate | None) -> None:
    if commitment.state is CommitmentState.ACCEPTED:
        return
    corrects_withdrawal = correction_of is not None and correction_of.status is Status.WITHDRAWN
    if commitment.state is CommitmentState.WITHDRAWN and not corrects_withdrawal:
        day = day_in_full(commitment.withdrawn_at or clock.now(), weekday=False)
        raise Refused(
            _(
                "This commitment was withdrawn on %(day)s. What you typed is kept here; to take it up again, correct "
                "the withdrawal or make a new commitment.",
                day=day,
            )
        )


def _check_update(
    commitment: Commitment, status: Status, postponed_to: date | None, correction_of: ProgressUpdate | None
) -> None:
    if postponed_to is not None and status is not Status.POSTPONED:
        raise Refused(_("A new date goes with “postponed”; choose that, or leave the date empty."), "postponed_to")
    if postponed_to is not None and commitment.due_on is not None and postponed_to <= commitment.due_on:
        day = day_in_full(commitment.due_on, weekday=False)
        raise Refused(_("It is due on %(day)s; give a later day.", day=day), "postponed_to")
    if correction_of is not None and correction_of.commitment_id != commitment.id:
        raise NotAllowed


def _follow(session: ViewerSession, plan: Plan, commitment: Commitment, update: ProgressUpdate) -> None:
    """What a confirmed statement does to its commitment: withdrawn is withdrawn, postponed moves the date."""
    holds = queries.statement_in_force(session, commitment.id)
    if holds is not None and holds.status is Status.WITHDRAWN:
        if commitment.state is not CommitmentState.WITHDRAWN:
            commitment.state, commitment.withdrawn_at = CommitmentState.WITHDRAWN, clock.now()
            _is_of_today(session, commitment, "withdrawn by its participant")
    elif commitment.state is CommitmentState.WITHDRAWN:
        commitment.state, commitment.withdrawn_at = CommitmentState.ACCEPTED, None
        _is_of_today(session, commitment, "taken up again by its participant")
    if holds is not None and holds.id == update.id and update.postponed_to is not None:
        _revise(session, plan, commitment, commitment.words, update.postponed_to, commitment.lead, update.step)
    session.flush()


def _put_beside(
    session: ViewerSession,
    plan: Plan,
    update: ProgressUpdate,
    *,
    obstacle: LocalText | None,
    support: LocalText | None,
    obstacle_for_members: bool = False,
    support_for_members: bool = False,
    evidence: Iterable[str] = (),
) -> None:
    circle = own_circle(plan, update.commitment.participant_id)
    for words, opened, kind in (
        (obstacle, obstacle_for_members, Obstacle),
        (support, support_for_members, SupportNeeded),
    ):
        if words is not None:
            beside = kind(update_id=update.id, words=words)
            attach(session, beside, [] if opened else [circle], container=update)
    for position, address in enumerate((one.strip() for one in evidence if one.strip()), start=1):
        place = Evidence(update_id=update.id, address=address, position=position)
        attach(session, place, container=update)


def _said(words: str, language: str) -> LocalText | None:
    return LocalText.of(words.strip(), language) if words.strip() else None


def _said_at(on: date | None, now: datetime) -> datetime:
    """The instant of a call known by its day: now if it was today, else the noon of that day."""
    if on is None or on == now.date():
        return now
    return now.replace(year=on.year, month=on.month, day=on.day, hour=12, minute=0, second=0, microsecond=0)
