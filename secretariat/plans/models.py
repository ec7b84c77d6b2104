"""Plans of action: areas, objectives, activities, commitments, progress updates.

One row, one label. A plan, its parts, its accepted commitments and confirmed updates are read by the members. What
has other readers stands in tables of its own: how a commitment came about (`Proposal`), what the secretariat noted of
a call (`UpdateNote`), the obstacle and the support needed, each read by the participant and the secretariat unless the
participant opens it.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import PartialDate, PartialDateColumn, UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.mail.lent import AskedAgain, Lent
from secretariat.meetings.models import Meeting, Outcome
from secretariat.plans.milestones import Milestones, MilestonesColumn
from secretariat.plans.numbering import commitment_number
from secretariat.plans.status import Status, UpdateState
from secretariat.processes.models import Participant, Process, Track


class PlanState(StrEnum):
    """Draft, adopted, closed. Adopted text is frozen; commitments come and change at any time until it is closed."""

    DRAFT = "draft"
    ADOPTED = "adopted"
    CLOSED = "closed"


class CommitmentState(StrEnum):
    """A proposal, or what became of it; then the participant's own commitment until withdrawn."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"  # by who proposed it, before an answer
    WITHDRAWN = "withdrawn"


class Plan(Addressable, Labelled, Versioned, Base):
    """A process's plan of action for a period, adopted at a meeting."""

    __tablename__ = "plans"
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), index=True)
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    symbol: Mapped[str] = mapped_column(String(60), default="")
    period_from: Mapped[PartialDate | None] = mapped_column(PartialDateColumn)
    period_until: Mapped[PartialDate | None] = mapped_column(PartialDateColumn)
    state: Mapped[PlanState] = mapped_column(default=PlanState.DRAFT)
    adopted_on: Mapped[date | None]
    adopted_meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"))
    adopted_where: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
    adopted_meeting: Mapped[Meeting | None] = relationship()


class _Part:
    """An area, objective or activity: its words, its place among its neighbours, its number as adopted.

    `place` sorts all parts of a plan as they stand on paper (see `numbering.place`). What a meeting took out of an
    adopted plan keeps its place: commitments made in it still stand there, and it can be put back.
    """

    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(60))
    taken_out_at: Mapped[datetime | None] = mapped_column(UtcInstant)


class Area(_Part, Addressable, Labelled, Versioned, Base):
    """A pillar or theme of a plan."""

    __tablename__ = "areas"
    container = "plan"
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id"), index=True)
    plan: Mapped[Plan] = relationship()


class Objective(_Part, Addressable, Labelled, Versioned, Base):
    """An objective, in an area or directly in the plan; `outcome_id` is the outcome it comes from, if any, `points_to`
    the keys of what it answers to in outside frameworks (`frameworks`), which is no part of the adopted text."""

    __tablename__ = "objectives"
    container = "plan"
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id"), index=True)
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("areas.id"))
    outcome_id: Mapped[UUID | None] = mapped_column(ForeignKey("outcomes.id"), index=True)
    points_to: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    plan: Mapped[Plan] = relationship()


class Activity(_Part, Addressable, Labelled, Versioned, Base):
    """An activity, in an objective, an area or directly in the plan; `outcome_id` as of an objective."""

    __tablename__ = "activities"
    container = "plan"
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id"), index=True)
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("areas.id"))
    objective_id: Mapped[UUID | None] = mapped_column(ForeignKey("objectives.id"))
    outcome_id: Mapped[UUID | None] = mapped_column(ForeignKey("outcomes.id"), index=True)
    plan: Mapped[Plan] = relationship()


class Commitment(Addressable, Labelled, Versioned, Base):
    """What one named participant has said, of its own will, that it will do; until it has said so, a proposal.

    The area, objective and activity it stands in are all written here, so that a list needs no joins; `part_number`
    and `place` are those of the lowest of them. `number` is its letter after that, given on acceptance. `due_on` is the
    day that is due: where there are milestones, that of the next (`milestones.due_on`). It comes from an outcome, from
    what was said at a meeting, or from elsewhere, which `origin_words` tell.
    `carried_from_id` is what it was in an earlier plan, `carried_at` when it went on into a later one.
    """

    __tablename__ = "commitments"
    __table_args__ = (
        Index("ix_commitments_list", "plan_id", "place", "number", "id", "state"),
        Index("ix_commitments_owner", "participant_id", "state"),
        Index("ix_commitments_counted", "plan_id", "participant_id", "state", "label_id"),  # all that counting asks
    )
    container = "plan"
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id"))
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("areas.id"), index=True)
    objective_id: Mapped[UUID | None] = mapped_column(ForeignKey("objectives.id"), index=True)
    activity_id: Mapped[UUID | None] = mapped_column(ForeignKey("activities.id"), index=True)
    part_number: Mapped[str] = mapped_column(String(40), default="")
    place: Mapped[str] = mapped_column(String(60), default="")
    number: Mapped[int | None]
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    state: Mapped[CommitmentState] = mapped_column(default=CommitmentState.PROPOSED)
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    lead: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    due_on: Mapped[date | None] = mapped_column(index=True)
    milestones: Mapped[Milestones] = mapped_column(MilestonesColumn, default=(), server_default="[]")
    indicator: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    baseline: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    outcome_id: Mapped[UUID | None] = mapped_column(ForeignKey("outcomes.id"), index=True)
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    origin_words: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    carried_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("commitments.id"), index=True, unique=True)
    carried_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    plan: Mapped[Plan] = relationship()
    participant: Mapped[Participant] = relationship()
    activity: Mapped[Activity | None] = relationship()
    objective: Mapped[Objective | None] = relationship()
    area: Mapped[Area | None] = relationship()
    outcome: Mapped[Outcome | None] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    partners: Mapped[list[CommitmentPartner]] = relationship(
        back_populates="commitment", order_by="CommitmentPartner.position"
    )

    @property
    def shown_number(self) -> str:
        """`1.1.1 b`; empty while it is a proposal."""
        return commitment_number(self.part_number, self.number)


class CommitmentPartner(Addressable, Labelled, Base):
    """A partner named beside a commitment: a participant, a network of civil society (`track_id`), or a name that is
    neither. It answers for nothing, and reads neither more nor less for being named."""

    __tablename__ = "commitment_partners"
    container = "commitment"
    commitment_id: Mapped[UUID] = mapped_column(ForeignKey("commitments.id"), index=True)
    participant_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    track_id: Mapped[UUID | None] = mapped_column(ForeignKey("tracks.id"))
    name_text: Mapped[str] = mapped_column(String(300), default="")
    position: Mapped[int] = mapped_column(default=1)
    commitment: Mapped[Commitment] = relationship(back_populates="partners")
    participant: Mapped[Participant | None] = relationship()
    track: Mapped[Track | None] = relationship()


class NumberSequence(Base):
    """The last number given to a commitment in one part of a plan, for one circle of readers."""

    __tablename__ = "commitment_sequences"
    unlabelled = "counters, used only while a number is given (Reason.NUMBERING)"
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(60), primary_key=True)
    readers: Mapped[str] = mapped_column(String(20), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class AnswerKind(StrEnum):
    """What a participant answers to a proposal."""

    ACCEPTED = "accepted"
    AMENDED = "amended"  # accepted, with its own words or date
    DECLINED = "declined"


class Proposal(Addressable, Labelled, Versioned, Base):
    """How a commitment came about: who drafted it, as what, and what its participant answered.

    Read by the participant and the secretariat, also when the commitment itself is long in the plan. The words kept
    here are those proposed; the commitment's own may have been changed by its participant.
    """

    __tablename__ = "proposals"
    container = "commitment"
    commitment_id: Mapped[UUID] = mapped_column(ForeignKey("commitments.id"), unique=True)
    drafted_by_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    drafted_by_hat: Mapped[str] = mapped_column(String(60))
    proposed_at: Mapped[datetime] = mapped_column(UtcInstant)
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    lead: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    due_on: Mapped[date | None]
    milestones: Mapped[Milestones] = mapped_column(MilestonesColumn, default=(), server_default="[]")
    answer: Mapped[AnswerKind | None]
    answered_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    answered_by_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    word: Mapped[str] = mapped_column(String(2000), default="")
    ring_asked_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    commitment: Mapped[Commitment] = relationship()
    consultations: Mapped[list[Consultation]] = relationship(
        back_populates="proposal", order_by="Consultation.asked_at"
    )

    @property
    def awaits_answer(self) -> bool:
        return self.answer is None and self.taken_back_at is None


class Consultation(Addressable, Labelled, Versioned, Base):
    """That a focal point asked a colleague before answering: to whom this proposal alone was lent, and the reply."""

    __tablename__ = "consultations"
    container = "proposal"
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposals.id"), index=True)
    asked_by_person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    asked_by_hat: Mapped[str] = mapped_column(String(60))
    asked_at: Mapped[datetime] = mapped_column(UtcInstant)
    colleague_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    address: Mapped[str] = mapped_column(String(254))
    reply: Mapped[str] = mapped_column(String(2000), default="")
    replied_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    proposal: Mapped[Proposal] = relationship(back_populates="consultations")


class LentUpdate(Lent, AskedAgain, Addressable, Labelled, Versioned, Base):
    """That a focal point passed one commitment to a colleague in another ministry, who drafts what to say of it.

    Read by the participant alone. The draft is no word of the government's: the focal point reads it beside the form
    and says it, or says something else. `closed_at` is when the participant reported; the link then opens nothing.
    """

    __tablename__ = "lent_updates"
    container = "commitment"
    commitment_id: Mapped[UUID] = mapped_column(ForeignKey("commitments.id"), index=True)
    status: Mapped[Status | None]
    words: Mapped[str] = mapped_column(String(2000), default="")
    commitment: Mapped[Commitment] = relationship()


class CommitmentRevision(Addressable, Labelled, Base):
    """That a participant changed the words, the days, the lead or the measure of its commitment, with its reason.
    Appended."""

    __tablename__ = "commitment_revisions"
    container = "commitment"
    commitment_id: Mapped[UUID] = mapped_column(ForeignKey("commitments.id"), index=True)
    revised_at: Mapped[datetime] = mapped_column(UtcInstant)
    words_before: Mapped[LocalText] = mapped_column(LocalTextColumn)
    words_after: Mapped[LocalText] = mapped_column(LocalTextColumn)
    due_before: Mapped[date | None]
    due_after: Mapped[date | None]
    lead_before: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    lead_after: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    milestones_before: Mapped[Milestones] = mapped_column(MilestonesColumn, default=(), server_default="[]")
    milestones_after: Mapped[Milestones] = mapped_column(MilestonesColumn, default=(), server_default="[]")
    indicator_before: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    indicator_after: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    baseline_before: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    baseline_after: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    reason: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    commitment: Mapped[Commitment] = relationship()


class Change(StrEnum):
    """What came of a commitment, in the participant's own judgement."""

    LAW = "law"
    POLICY = "policy"
    PRACTICE = "practice"
    PROJECT = "project"
    NOTHING_YET = "nothing_yet"


class ProgressUpdate(Addressable, Labelled, Versioned, Base):
    """A dated statement of the participant on its commitment. Appended, never edited; a correction is a new one.

    `stated_at` is when it was said (a correction: when what it corrects was said), `entered_at` when it was written
    down, `confirmed_at` when it became the participant's word: by then a report counts it. `by_hat` is whose word it
    is, set with the confirmation. Who wrote a note of the secretariat stands in `UpdateNote`. `helped` says, in the
    participant's own words, whether the process helped.
    """

    __tablename__ = "progress_updates"
    __table_args__ = (Index("ix_progress_updates_in_force", "commitment_id", "state", "stated_at"),)
    container = "commitment"
    commitment_id: Mapped[UUID] = mapped_column(ForeignKey("commitments.id"))
    status: Mapped[Status]
    step: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    postponed_to: Mapped[date | None]
    what_changed: Mapped[Change | None]
    helped: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    state: Mapped[UpdateState]
    stated_at: Mapped[datetime] = mapped_column(UtcInstant)
    entered_at: Mapped[datetime] = mapped_column(UtcInstant)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    by_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    by_hat: Mapped[str] = mapped_column(String(60), default="")
    correction_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("progress_updates.id"))
    commitment: Mapped[Commitment] = relationship()
    obstacle: Mapped[Obstacle | None] = relationship(back_populates="update")
    support: Mapped[SupportNeeded | None] = relationship(back_populates="update")
    evidence: Mapped[list[Evidence]] = relationship(back_populates="update", order_by="Evidence.position")


class NotedAfter(StrEnum):
    """After what the secretariat wrote something down."""

    CALL = "call"
    MAIL = "mail"
    MEETING = "meeting"


class UpdateNote(Addressable, Labelled, Base):
    """That the secretariat wrote an update down, after what and who. Read by the participant and the secretariat.

    `reached` are the keys of milestones it was told are reached: they are once the participant confirms the note."""

    __tablename__ = "update_notes"
    container = "update"
    update_id: Mapped[UUID] = mapped_column(ForeignKey("progress_updates.id"), unique=True)
    after: Mapped[NotedAfter]
    noted_by_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    noted_by_hat: Mapped[str] = mapped_column(String(60))
    reached: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    update: Mapped[ProgressUpdate] = relationship()


class Obstacle(Addressable, Labelled, Base):
    """What stands in the way, in the participant's words. Read by it, the secretariat and the members it names, or by
    all members where it says so: its label tells which."""

    __tablename__ = "obstacles"
    container = "update"
    update_id: Mapped[UUID] = mapped_column(ForeignKey("progress_updates.id"), unique=True)
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    update: Mapped[ProgressUpdate] = relationship(back_populates="obstacle")


class SupportNeeded(Addressable, Labelled, Base):
    """What help would be welcome; its readers as those of an obstacle, chosen apart."""

    __tablename__ = "support_needed"
    container = "update"
    update_id: Mapped[UUID] = mapped_column(ForeignKey("progress_updates.id"), unique=True)
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    update: Mapped[ProgressUpdate] = relationship(back_populates="support")


class Evidence(Addressable, Labelled, Base):
    """A place where what was done can be seen."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("update_id", "position"),)
    container = "update"
    update_id: Mapped[UUID] = mapped_column(ForeignKey("progress_updates.id"), index=True)
    address: Mapped[str] = mapped_column(String(500))
    position: Mapped[int] = mapped_column(default=1)
    update: Mapped[ProgressUpdate] = relationship(back_populates="evidence")


# These stand in modules of their own, which need the classes above.
from secretariat.plans import (  # noqa: E402 - mapped with the others
    amendment_models,  # noqa: F401
    evidence_models,  # noqa: F401
    import_models,  # noqa: F401
    phase_models,  # noqa: F401
    support_models,  # noqa: F401
)
