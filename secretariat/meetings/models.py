"""Meetings and what belongs to them: notice, sittings, agenda, invitations, delegations, outcomes."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, Uuid, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import PartialDate, PartialDateColumn, UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.meetings import (  # noqa: F401 - mapped with the others
    busy_models,
    feed_models,
    joint_models,
    lent_models,
    milestone_models,
)
from secretariat.processes.models import Body, Participant, Process, StandingKind, Track


class AttributionRule(StrEnum):
    """What may be told of what was said: all; what but not who; nothing."""

    OPEN = "open"
    CHATHAM_HOUSE = "chatham_house"
    OFF_THE_RECORD = "off_the_record"


class MeetingState(StrEnum):
    """What was done with a meeting. All else in its life (invited, replies, outcomes) is derived."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    HELD = "held"
    CLOSED = "closed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Meeting(Addressable, Labelled, Versioned, Base):
    """A meeting of a body, or of the process where no body is named.

    `starts_on` and `ends_on` are its first and last day, in the zone of its place; a meeting known from a source may
    have a year or nothing. `sequence` counts what calendars must be told (RFC 5545, SEQUENCE). A meeting from a source
    whose body is not known as a body keeps the kind of body in `body_kind`. `noted` holds the milestones that the
    secretariat has noted as reached, each with the day.
    """

    __tablename__ = "meetings"
    __table_args__ = (Index("ix_meetings_process_days", "process_id", "starts_on"),)
    container: ClassVar[tuple[str, ...]] = ("body", "process")
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), index=True)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    body_kind: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    starts_on: Mapped[PartialDate | None] = mapped_column(PartialDateColumn)
    ends_on: Mapped[PartialDate | None] = mapped_column(PartialDateColumn, index=True)
    zone: Mapped[str] = mapped_column(String(60), default="")
    place: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    country_iso: Mapped[str] = mapped_column(String(2), default="")
    is_online: Mapped[bool] = mapped_column(default=False)
    host_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    host_text: Mapped[str] = mapped_column(String(300), default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    attribution: Mapped[AttributionRule] = mapped_column(default=AttributionRule.CHATHAM_HOUSE)
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.DRAFT)
    state_word: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    announced_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    agenda_issued_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    agenda_adopted_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    starting_letter: Mapped[str] = mapped_column(String(8), default="")
    sequence: Mapped[int] = mapped_column(default=0)
    note: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    source: Mapped[str] = mapped_column(String(120), default="")
    noted: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")

    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
    body: Mapped[Body | None] = relationship()
    host: Mapped[Participant | None] = relationship()
    sittings: Mapped[list[Sitting]] = relationship(back_populates="meeting", order_by="Sitting.day, Sitting.begins")
    join_link: Mapped[JoinLink | None] = relationship(back_populates="meeting")
    agenda: Mapped[list[AgendaItem]] = relationship(back_populates="meeting", order_by="AgendaItem.position")
    invitations: Mapped[list[Invitation]] = relationship(back_populates="meeting")
    outcomes: Mapped[list[Outcome]] = relationship(back_populates="meeting", order_by="Outcome.position")

    @property
    def is_live(self) -> bool:
        """Whether it is still to take place as announced."""
        return self.state is MeetingState.ANNOUNCED

    def is_over(self, on: date) -> bool:
        """Whether its last day lies before `on`."""
        return self.ends_on is not None and self.ends_on.last_day < on


class MeetingNotice(Addressable, Labelled, Versioned, Base):
    """That a meeting takes place: title, days, place. Its readers may be more than the meeting's own.

    It stands beside the meeting and its body, not in them: its label is its own, and says nothing of theirs.
    """

    __tablename__ = "meeting_notices"
    __table_args__ = (Index("ix_meeting_notices_process_days", "process_id", "starts_on"),)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("bodies.id"))
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), unique=True)
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    starts_on: Mapped[PartialDate | None] = mapped_column(PartialDateColumn)
    ends_on: Mapped[PartialDate | None] = mapped_column(PartialDateColumn)
    place: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    is_online: Mapped[bool] = mapped_column(default=False)
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.ANNOUNCED)
    process: Mapped[Process] = relationship()
    body: Mapped[Body | None] = relationship()


class Sitting(Addressable, Labelled, Base):
    """A part of a meeting without a long break: wall times of its zone; the instants are derived."""

    __tablename__ = "sittings"
    container = "meeting"
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    day: Mapped[date]
    begins: Mapped[time]
    ends: Mapped[time]
    zone: Mapped[str] = mapped_column(String(60))
    meeting: Mapped[Meeting] = relationship(back_populates="sittings")

    @property
    def begins_wall(self) -> datetime:
        """Day and hour on the wall of the place, without a zone."""
        return datetime.combine(self.day, self.begins)

    @property
    def ends_wall(self) -> datetime:
        return datetime.combine(self.day, self.ends)


class JoinLink(Addressable, Labelled, Versioned, Base):
    """The address at which one joins online: who has it can enter, so it has readers of its own."""

    __tablename__ = "join_links"
    container = "meeting"
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), unique=True)
    address: Mapped[str] = mapped_column(String(500))
    meeting: Mapped[Meeting] = relationship(back_populates="join_link")


class AgendaItem(Addressable, Labelled, Versioned, Base):
    """An item of the agenda, a part of one, or a break, on the first, second ... day of the meeting.

    `number` counts the items of one label, or the parts of one item, so that no gap tells of what one may not read; a
    break has none. A part stands behind its item, on the day of its item, and has no parts. `annotation` says what the
    item is for and what is asked of the meeting. `from_outcome` is what an earlier meeting left to this one.
    """

    __tablename__ = "agenda_items"
    container: ClassVar[tuple[str, ...]] = ("within", "meeting")
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    within_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_items.id"), index=True)
    position: Mapped[int]
    number: Mapped[int | None]
    day: Mapped[int] = mapped_column(default=1)
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    annotation: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    minutes: Mapped[int | None]
    is_break: Mapped[bool] = mapped_column(default=False)
    led_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    led_by_text: Mapped[str] = mapped_column(String(300), default="")
    from_outcome_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("outcomes.id", use_alter=True, name="fk_agenda_items_from_outcome_id_outcomes"), index=True
    )
    meeting: Mapped[Meeting] = relationship(back_populates="agenda")
    within: Mapped[AgendaItem | None] = relationship(remote_side="AgendaItem.id")
    from_outcome: Mapped[Outcome | None] = relationship(foreign_keys="AgendaItem.from_outcome_id")
    led_by: Mapped[Participant | None] = relationship()

    @property
    def place(self) -> str:
        """`3`, or `3.1` for a part; of a part whose item the reader does not see its own number alone."""
        if self.number is None:
            return ""
        above = self.within.number if self.within is not None else None
        return f"{above}.{self.number}" if above is not None else str(self.number)


class ItemState(StrEnum):
    """What became of an item that a participant proposed; it may be prepared in the capital first."""

    PREPARED = "prepared"
    PROPOSED = "proposed"
    TAKEN_UP = "taken_up"
    NOT_TAKEN_UP = "not_taken_up"
    WITHDRAWN = "withdrawn"


class ItemProposal(Addressable, Labelled, Versioned, Base):
    """An item which a participant proposes for an agenda, under a label of its own, and what it was answered.

    `words` say why; the chair and the secretariat decide. `item` is what it became, where it was taken up. `meant_for`
    are the readers it is to have: while it is prepared they are its government alone.
    """

    __tablename__ = "item_proposals"
    container = "meeting"
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    words: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    state: Mapped[ItemState] = mapped_column(default=ItemState.PROPOSED)
    proposed_at: Mapped[datetime] = mapped_column(UtcInstant)
    proposed_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    meant_for: Mapped[str] = mapped_column(String(20), default="deciding")
    answer: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    answered_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_items.id", ondelete="SET NULL"), index=True)
    meeting: Mapped[Meeting] = relationship()
    participant: Mapped[Participant] = relationship()
    item: Mapped[AgendaItem | None] = relationship()


class MeetingNote(Addressable, Labelled, Versioned, Base):
    """What was said on one item of a meeting, or beside all items: one running text, never a sequence of speakers.

    Nothing here or in the history of its label says who wrote, who spoke, when or in which order: the key is random,
    SQLite keeps no row number, and the rows of all items are made at once. A draft is the secretariat's until the notes
    are circulated; then it stands as it was read.
    """

    __tablename__ = "meeting_notes"
    __table_args__ = (UniqueConstraint("meeting_id", "item_id"), {"sqlite_with_rowid": False})
    container: ClassVar[tuple[str, ...]] = ("item", "meeting")
    by_nobody = True
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_items.id"))
    text: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    is_circulated: Mapped[bool] = mapped_column(default=False)
    meeting: Mapped[Meeting] = relationship()
    item: Mapped[AgendaItem | None] = relationship()


class Answer(StrEnum):
    """What a participant answered to an invitation."""

    AWAITED = "awaited"
    ATTENDS = "attends"
    REGRETS = "regrets"
    WILL_ANSWER = "will_answer"


class Attendance(StrEnum):
    """How a participant was at the table."""

    PRESENT = "present"
    REPRESENTED = "represented"
    REGRETS = "regrets"
    NOT_REPRESENTED = "not_represented"


class Invitation(Addressable, Labelled, Versioned, Base):
    """A participant invited to a meeting with the standing it had then, what it answered, and whether it came.

    `answer_by` is the day by which an answer is asked for; `will_answer_by` the day the participant itself named.
    `letter_on` and `letter_reference` are those of the letter that names its delegation, where its body asks for one.
    """

    __tablename__ = "invitations"
    __table_args__ = (UniqueConstraint("meeting_id", "participant_id"),)
    container = "meeting"
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    standing: Mapped[StandingKind]
    invited_at: Mapped[datetime] = mapped_column(UtcInstant)
    answer_by: Mapped[date | None]
    answer: Mapped[Answer] = mapped_column(default=Answer.AWAITED, index=True)
    persons: Mapped[int | None]
    will_answer_by: Mapped[date | None]
    answered_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    answered_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    attendance: Mapped[Attendance | None]
    letter_on: Mapped[date | None]
    letter_reference: Mapped[str] = mapped_column(String(200), default="", server_default="")
    meeting: Mapped[Meeting] = relationship(back_populates="invitations")
    participant: Mapped[Participant] = relationship()
    delegates: Mapped[list[Delegate]] = relationship(back_populates="invitation", order_by="Delegate.position")
    noted: Mapped[NotedAnswer | None] = relationship(back_populates="invitation")

    @property
    def awaits_answer(self) -> bool:
        return self.answer in (Answer.AWAITED, Answer.WILL_ANSWER)

    @property
    def head(self) -> Delegate | None:
        """The head of the delegation, as far as the reader may read it."""
        return next((one for one in self.delegates if one.role is DelegateRole.HEAD), None)


class NotedAnswer(Addressable, Labelled, Versioned, Base):
    """What a participant answered by telephone, as the secretariat noted it. It counts nowhere: the row goes when the
    focal point confirms it or answers otherwise. `word` says how the answer reached the secretariat.
    """

    __tablename__ = "noted_answers"
    container = "invitation"
    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitations.id"), unique=True)
    answer: Mapped[Answer]
    persons: Mapped[int | None]
    will_answer_by: Mapped[date | None]
    word: Mapped[str] = mapped_column(String(500))
    noted_at: Mapped[datetime] = mapped_column(UtcInstant)
    noted_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    invitation: Mapped[Invitation] = relationship(back_populates="noted")


class DelegateRole(StrEnum):
    HEAD = "head"
    DELEGATE = "delegate"
    ADVISER = "adviser"


class Delegate(Addressable, Labelled, Versioned, Base):
    """A person a participant names for a meeting; no sign-in and no card. The row goes when `ends_on` has come.

    `level` is the participant's own word. One who `is_unlisted` stands on no circulated list, and is read by the
    participant and the secretariat alone. `is_by_letter` is who stands in the letter that came for the delegation.
    """

    __tablename__ = "delegates"
    container = "invitation"
    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitations.id"), index=True)
    role: Mapped[DelegateRole] = mapped_column(default=DelegateRole.DELEGATE)
    position: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(300))
    function: Mapped[str] = mapped_column(String(300), default="")
    ministry: Mapped[str] = mapped_column(String(300), default="")
    level: Mapped[str] = mapped_column(String(20), default="")
    language: Mapped[str] = mapped_column(String(10), default="")
    is_unlisted: Mapped[bool] = mapped_column(default=False)
    is_by_letter: Mapped[bool] = mapped_column(default=False, server_default=false())
    ends_on: Mapped[date | None]
    invitation: Mapped[Invitation] = relationship(back_populates="delegates")
    needs: Mapped[DelegateNeeds | None] = relationship(back_populates="delegate")


class DelegateNeeds(Addressable, Labelled, Versioned, Base):
    """What a delegate needs - a ramp, a meal, a visa letter: for the participant that says so and the secretariat."""

    __tablename__ = "delegate_needs"
    container = "delegate"
    delegate_id: Mapped[UUID] = mapped_column(ForeignKey("delegates.id"), unique=True)
    words: Mapped[str] = mapped_column(String(2000))
    delegate: Mapped[Delegate] = relationship(back_populates="needs")


class OutcomeState(StrEnum):
    """A draft stands until the chair confirms it. One that others have read is withdrawn, not deleted."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class Adoption(StrEnum):
    """How an outcome came to stand. There are no votes between states."""

    CONSENSUS = "consensus"
    AD_REFERENDUM = "ad_referendum"
    CHAIRS_SUMMARY = "chairs_summary"
    NAMED_PARTICIPANTS = "named_participants"


OUTCOME_KINDS = (
    "declaration",
    "recommendation",
    "decision",
    "guideline",
    "conclusion",
    "request",
    "action_point",
)
"""Kinds one can record. Sources know more (`memorandum`, `legislation`, ...); those are kept as written."""

OPERATIVE_VERBS = ("agreed", "decided", "recommended", "requested", "encouraged", "welcomed", "took_note")


class Outcome(Addressable, Labelled, Versioned, Base):
    """What a meeting produced, or what the sources say a process produced.

    `number` is given when it is confirmed, in the sequence of its meeting and label. `dated` is when it came about, as
    precisely as known. `confirmed_word` says how the chair's confirmation reached the secretariat, where the chair did
    not confirm here in person. `sent_to` is the body to which it was sent up or down, for its next agenda;
    `asked_of_secretariat_at` when it was made a request to the secretariat; `seen_to_on` the day on which nothing more
    was to be done about it, with a word on what was done.
    """

    __tablename__ = "outcomes"
    __table_args__ = (Index("ix_outcomes_process", "process_id", "dated"),)
    container: ClassVar[tuple[str, ...]] = ("meeting", "process")
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_items.id"))
    position: Mapped[int] = mapped_column(default=1)
    number: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(60))
    operative_verb: Mapped[str] = mapped_column(String(40), default="")
    text: Mapped[LocalText] = mapped_column(LocalTextColumn)
    addressed_to: Mapped[str] = mapped_column(String(20), default="")
    due_on: Mapped[date | None]
    dated: Mapped[PartialDate | None] = mapped_column(PartialDateColumn)
    state: Mapped[OutcomeState] = mapped_column(default=OutcomeState.DRAFT)
    adoption: Mapped[Adoption | None]
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    confirmed_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    confirmed_word: Mapped[str] = mapped_column(String(500), default="")
    phase: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    source: Mapped[str] = mapped_column(String(120), default="")
    sent_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    sent_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    asked_of_secretariat_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    seen_to_on: Mapped[date | None]
    seen_to_word: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    process: Mapped[Process] = relationship()
    meeting: Mapped[Meeting | None] = relationship(back_populates="outcomes")
    item: Mapped[AgendaItem | None] = relationship(foreign_keys="Outcome.item_id")
    sent_to: Mapped[Body | None] = relationship()
    parties: Mapped[list[OutcomeParty]] = relationship(back_populates="outcome", order_by="OutcomeParty.position")
    statements: Mapped[list[OutcomeStatement]] = relationship(back_populates="outcome")

    def parties_as(self, role: PartyRole) -> list[OutcomeParty]:
        return [one for one in self.parties if one.role is role]


class Addressed(StrEnum):
    """To whom an outcome speaks; `participants` are then named one by one."""

    MEMBERS = "members"
    SECRETARIAT = "secretariat"
    CHAIR = "chair"
    PARTICIPANTS = "participants"


class PartyRole(StrEnum):
    """What a participant is to an outcome: it speaks to it, or it is by it alone."""

    ADDRESSEE = "addressee"
    BY = "by"


class OutcomeParty(Addressable, Labelled, Base):
    """A participant, or a name that is none, to which an outcome speaks or by which it was made."""

    __tablename__ = "outcome_parties"
    container = "outcome"
    outcome_id: Mapped[UUID] = mapped_column(ForeignKey("outcomes.id"), index=True)
    role: Mapped[PartyRole]
    position: Mapped[int] = mapped_column(default=1)
    participant_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    name_text: Mapped[str] = mapped_column(String(300), default="")
    outcome: Mapped[Outcome] = relationship(back_populates="parties")
    participant: Mapped[Participant | None] = relationship()


class StatementKind(StrEnum):
    RESERVATION = "reservation"
    EXPLANATION = "explanation_of_position"


class OutcomeStatement(Addressable, Labelled, Versioned, Base):
    """A reservation, or an explanation of position, of one participant to an outcome; kept verbatim."""

    __tablename__ = "outcome_statements"
    container = "outcome"
    outcome_id: Mapped[UUID] = mapped_column(ForeignKey("outcomes.id"), index=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    kind: Mapped[StatementKind]
    text: Mapped[LocalText] = mapped_column(LocalTextColumn)
    outcome: Mapped[Outcome] = relationship(back_populates="statements")
    participant: Mapped[Participant] = relationship()


# Guests stand in a module of their own, which needs the classes above.
from secretariat.meetings import guest_models  # noqa: E402, F401 - mapped with the others
