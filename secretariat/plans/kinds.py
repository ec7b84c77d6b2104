"""What of plans a person meets: the plan and its parts, commitments with all that is said of them.

A draft plan is the secretariat's, an adopted one its body's. What stands in or beside a commitment is its
participant's, the proposal included: it tells what was asked of that participant.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from secretariat.core.kinds import ByHand, Kind, Origin, OriginKind, register
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext
from secretariat.core.languages.dates import day_in_full
from secretariat.core.localtext import LocalText
from secretariat.meetings.models import Meeting
from secretariat.plans import partners
from secretariat.plans.amendment_models import Amendment
from secretariat.plans.evidence_models import EvidenceFile, LentFile
from secretariat.plans.models import (
    Activity,
    Area,
    Commitment,
    CommitmentPartner,
    CommitmentRevision,
    CommitmentState,
    Consultation,
    Evidence,
    LentUpdate,
    Objective,
    Obstacle,
    Plan,
    PlanState,
    ProgressUpdate,
    Proposal,
    SupportNeeded,
    UpdateNote,
)
from secretariat.plans.phase_models import PHASES, CommitmentPhase
from secretariat.plans.status import UpdateState
from secretariat.plans.support_models import SupportGiven
from secretariat.processes.names import name_of


def origin_of_plan(session: Session, plan: Plan) -> Origin:
    """The body that adopted it, or the process where it met as a whole; before that, the secretariat."""
    if plan.state is PlanState.DRAFT:
        return Origin(OriginKind.SECRETARIAT, plan.track_id)
    body = session.scalar(select(Meeting.body_id).where(Meeting.id == plan.adopted_meeting_id))
    return Origin(OriginKind.BODY, body or plan.process_id)


def _of_part(session: Session, part: Any) -> Origin:
    return origin_of_plan(session, part.plan)


def _part_page(part: Any) -> str:
    return f"/plans/{part.plan_id}"


def _part_title(part: Any) -> LocalText:
    title: LocalText = part.title
    return title


def _commitment_page(commitment: UUID) -> str:
    return f"/commitments/{commitment}"


def _beside_page(thing: Any) -> str:
    return _commitment_page(thing.commitment_id)


def _in_update_page(thing: Any) -> str | None:
    return _commitment_page(thing.update.commitment_id) if thing.update is not None else None


def _consultation_page(one: Consultation) -> str | None:
    return _commitment_page(one.proposal.commitment_id) if one.proposal is not None else None


def _for_need_page(one: SupportGiven) -> str | None:
    return _in_update_page(one.need) if one.need is not None else None


def _in_draft_page(one: LentFile) -> str | None:
    return _commitment_page(one.lent.commitment_id) if one.lent is not None else None


def _participant_of(session: Session, commitment: UUID) -> Origin:
    owner = session.scalar(select(Commitment.participant_id).where(Commitment.id == commitment))
    return Origin(OriginKind.PARTICIPANT, owner or commitment)


def _beside(session: Session, thing: Any) -> Origin:
    return _participant_of(session, thing.commitment_id)


def _in_update(session: Session, thing: Any) -> Origin:
    of = session.scalar(select(ProgressUpdate.commitment_id).where(ProgressUpdate.id == thing.update_id))
    return _participant_of(session, of or thing.update_id)


def _for_need(session: Session, one: SupportGiven) -> Origin:
    of = session.scalar(select(SupportNeeded.update_id).where(SupportNeeded.id == one.need_id))
    commitment = session.scalar(select(ProgressUpdate.commitment_id).where(ProgressUpdate.id == of))
    return _participant_of(session, commitment or one.need_id)


def _in_draft(session: Session, one: LentFile) -> Origin:
    of = session.scalar(select(LentUpdate.commitment_id).where(LentUpdate.id == one.lent_id))
    return _participant_of(session, of or one.lent_id)


def _in_proposal(session: Session, one: Consultation) -> Origin:
    of = session.scalar(select(Proposal.commitment_id).where(Proposal.id == one.proposal_id))
    return _participant_of(session, of or one.proposal_id)


def _partner_title(one: CommitmentPartner) -> LocalText | str:
    """Whom it names, where the reader knows of it: the title tells no more than the page."""
    session, plan = object_session(one), one.commitment.plan if one.commitment is not None else None
    if one.track_id is not None:
        return one.track.name if one.track is not None else ""
    if session is None or plan is None or one.participant_id is None:
        return one.name_text
    return (
        name_of(session, one.participant_id, process=plan.process_id)
        if partners.knows(session, plan.process_id, one.participant_id)
        else ""
    )


def _phase_title(one: CommitmentPhase) -> str:
    return str(PHASES[one.phase])


def _of_secretariat(session: Session, one: CommitmentPhase) -> Origin:
    wanted = select(Plan.track_id).join(Commitment, Commitment.plan_id == Plan.id)
    track = session.scalar(wanted.where(Commitment.id == one.commitment_id))
    return Origin(OriginKind.SECRETARIAT, track or one.commitment_id)


def _dated(attribute: str) -> Callable[[Any], str]:
    return lambda thing: day_in_full(getattr(thing, attribute).date())


def _of_update(thing: Any) -> str:
    return day_in_full(thing.update.stated_at.date()) if thing.update is not None else ""


_SAID = (CommitmentState.ACCEPTED, CommitmentState.WITHDRAWN)
"""States in which a commitment is its participant's word; before them its readers follow from the proposal."""


def _is_confirmed(update: ProgressUpdate | None) -> bool:
    """What the secretariat noted of a call has its readers by rule until its participant confirms it."""
    return update is not None and update.state is UpdateState.CONFIRMED


_BESIDE = ByHand(open=lambda one: _is_confirmed(one.update))

register(
    Kind(
        Plan,
        lazy_pgettext("kind of thing", "Plan of action"),
        _part_title,
        lambda one: f"/plans/{one.id}",
        origin_of_plan,
        ByHand(),
    )
)
register(Kind(Area, _l("Area of a plan"), _part_title, _part_page, _of_part))
register(Kind(Objective, _l("Objective of a plan"), _part_title, _part_page, _of_part))
register(Kind(Activity, _l("Activity of a plan"), _part_title, _part_page, _of_part))
register(Kind(Amendment, _l("Amendment of a plan"), lambda one: one.words_after, _part_page, _of_part))
register(
    Kind(
        Commitment,
        lazy_pgettext("kind of thing", "Commitment"),
        lambda one: one.words,
        lambda one: _commitment_page(one.id),
        lambda _session, one: Origin(OriginKind.PARTICIPANT, one.participant_id),
        ByHand(open=lambda one: one.state in _SAID),
    )
)
register(Kind(CommitmentPartner, _l("Partner in a commitment"), _partner_title, _beside_page, _beside))
register(Kind(CommitmentRevision, _l("Change of a commitment"), _dated("revised_at"), _beside_page, _beside))
register(Kind(CommitmentPhase, _l("Phase of a commitment"), _phase_title, _beside_page, _of_secretariat))
register(Kind(Proposal, _l("Proposal of a commitment"), lambda one: one.words, _beside_page, _beside))
register(Kind(Consultation, _l("Question to a colleague"), _dated("asked_at"), _consultation_page, _in_proposal))
register(Kind(LentUpdate, _l("Draft asked of a colleague"), _dated("lent_at"), _beside_page, _beside))
register(
    Kind(
        ProgressUpdate,
        _l("Progress update"),
        _dated("stated_at"),
        _beside_page,
        _beside,
        ByHand(open=_is_confirmed),
    )
)
register(Kind(UpdateNote, _l("Note of the Secretariat on an update"), _of_update, _in_update_page, _in_update))
register(
    Kind(
        Obstacle,
        lazy_pgettext("kind of thing", "Obstacle"),
        lambda one: one.words,
        _in_update_page,
        _in_update,
        _BESIDE,
    )
)
register(Kind(SupportNeeded, _l("Support needed"), lambda one: one.words, _in_update_page, _in_update, _BESIDE))
register(Kind(SupportGiven, _l("Support given"), lambda one: one.words, _for_need_page, _for_need))
register(
    Kind(
        Evidence,
        lazy_pgettext("kind of thing", "Evidence"),
        lambda one: one.address,
        _in_update_page,
        _in_update,
        _BESIDE,
    )
)
register(Kind(EvidenceFile, _l("File as evidence"), lambda one: one.name, _in_update_page, _in_update, _BESIDE))
register(Kind(LentFile, _l("File with a colleague’s draft"), lambda one: one.name, _in_draft_page, _in_draft))
