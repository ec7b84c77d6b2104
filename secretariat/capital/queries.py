"""What one participant has in a process, under the reader's eyes: as many statements for one row as for many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from secretariat.core.dates import PartialDate
from secretariat.core.localtext import LocalText
from secretariat.documents import submission_queries
from secretariat.mail.lent import may_be_asked_again
from secretariat.meetings import lent_queries
from secretariat.meetings.models import Invitation, ItemProposal, ItemState, Meeting, MeetingState
from secretariat.plans import queries as plans
from secretariat.plans.models import Commitment, CommitmentState, Consultation, Plan, ProgressUpdate, Proposal
from secretariat.processes.models import Process

MOST = 100
"""Rows of each list: what is older is found where it stands."""
SHOWN = (CommitmentState.PROPOSED, CommitmentState.ACCEPTED, CommitmentState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class WithColleague:
    """Something that is with a colleague in another ministry, or has come back: what it is and where it stands.

    `lent` is the row of a draft that is lent, with how often its colleague was reminded and whether that can be now.
    """

    kind: str
    title: LocalText
    who: str
    since: datetime
    back_at: datetime | None
    meeting: UUID | None = None
    key: UUID | None = None
    lent: UUID | None = None
    reminders: int = 0
    reminded_on: date | None = None
    may_remind: bool = False


@dataclass(frozen=True, slots=True)
class Own:
    """What a participant has in a process."""

    items: Sequence[Row[*tuple[Any, ...]]]
    papers: Sequence[Row[*tuple[Any, ...]]]
    invitations: Sequence[Invitation]
    commitments: Sequence[Commitment]
    said: dict[UUID, ProgressUpdate]
    colleagues: Sequence[WithColleague]
    meetings: dict[UUID, LocalText]


def process_by_slug(session: Session, slug: str) -> Process | None:
    return session.scalar(select(Process).where(Process.slug == slug))


def own_things(session: Session, process: UUID, participant: UUID, on: date, zone: str) -> Own:
    """All of it, in the hat of the participant; `on` is the day in the `zone` of the process."""
    items = _items(session, process, participant)
    papers = submission_queries.papers_of(session, process, participant, MOST)
    commitments = _commitments(session, process, participant)
    return Own(
        items=items,
        papers=papers,
        invitations=_invitations(session, process, participant, on),
        commitments=commitments,
        said=plans.statements_in_force(session, [one.id for one in commitments]),
        colleagues=_colleagues(session, process, participant, commitments, (on, zone)),
        meetings=_meetings(session, process),
    )


def _items(session: Session, process: UUID, participant: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    return session.execute(
        select(
            ItemProposal.id,
            ItemProposal.title,
            ItemProposal.state,
            ItemProposal.meeting_id,
            ItemProposal.proposed_at,
            ItemProposal.label_id,
        )
        .join(Meeting, ItemProposal.meeting_id == Meeting.id)
        .where(
            Meeting.process_id == process,
            ItemProposal.participant_id == participant,
            ItemProposal.state != ItemState.WITHDRAWN,
        )
        .order_by(ItemProposal.proposed_at.desc(), ItemProposal.id)
        .limit(MOST)
    ).all()


def _meetings(session: Session, process: UUID) -> dict[UUID, LocalText]:
    return dict(session.execute(select(Meeting.id, Meeting.title).where(Meeting.process_id == process)).all())


def _invitations(session: Session, process: UUID, participant: UUID, on: date) -> Sequence[Invitation]:
    """To meetings that are still to take place, the next first."""
    return session.scalars(
        select(Invitation)
        .join(Invitation.meeting)
        .where(
            Invitation.participant_id == participant,
            Meeting.process_id == process,
            Meeting.state == MeetingState.ANNOUNCED,
            Meeting.ends_on >= PartialDate.parse(on),
        )
        .options(contains_eager(Invitation.meeting), selectinload(Invitation.delegates))
        .order_by(Meeting.starts_on, Invitation.id)
    ).all()


def _commitments(session: Session, process: UUID, participant: UUID) -> Sequence[Commitment]:
    """Of every plan of the process, those of one ministry side by side."""
    found = session.scalars(
        select(Commitment)
        .join(Commitment.plan)
        .where(
            Plan.process_id == process,
            Commitment.participant_id == participant,
            Commitment.state.in_(SHOWN),
            Commitment.carried_at.is_(None),
        )
        .options(contains_eager(Commitment.plan))
    ).all()
    return sorted(found, key=lambda one: (str(one.lead or ""), one.due_on or date.max, str(one.id)))


def _colleagues(
    session: Session, process: UUID, participant: UUID, commitments: Sequence[Commitment], today: tuple[date, str]
) -> list[WithColleague]:
    drafts = [_draft(one, *today) for one in lent_queries.with_colleagues(session, process, participant)]
    words = {one.id: one.words for one in commitments}
    updates = [
        WithColleague("update", words[key], one.address, one.lent_at, one.replied_at, key=key)
        for key, lent in plans.updates_lent(session, words).items()
        for one in lent
    ]
    asked = session.execute(
        select(Consultation.address, Consultation.asked_at, Consultation.replied_at, Proposal.commitment_id)
        .join(Proposal, Consultation.proposal_id == Proposal.id)
        .where(Proposal.commitment_id.in_(list(words)), Proposal.answer.is_(None), Proposal.taken_back_at.is_(None))
    )
    advice = [
        WithColleague(
            "proposal", words[one.commitment_id], one.address, one.asked_at, one.replied_at, key=one.commitment_id
        )
        for one in asked
    ]
    return sorted([*drafts, *updates, *advice], key=lambda one: (one.since, str(one.key)))


def _draft(one: Row[*tuple[Any, ...]], on: date, zone: str) -> WithColleague:
    kind, title = ("paper", one.title) if one.document_id is not None else ("item", one.item_title)
    key = one.document_id or one.proposal_id
    return WithColleague(
        kind, title, one.name, one.lent_at, one.replied_at, one.meeting_id, key, one.id, one.reminders,
        one.reminded_on, may_be_asked_again(one, on, zone),
    )  # fmt: skip
