"""Silence procedures on editions, what participants say to them, and the adoption of an edition."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.processes.models import Participant, Process, Track
from secretariat.texts.models import TextEdition
from secretariat.texts.silence import WORKING_DAYS, HoldCause, ReactionKind, SilenceState


class ReasonsTo(StrEnum):
    """Who reads which member has objected, and why, by the rules of a process."""

    READERS = "readers"
    """Whoever reads the text."""
    SECRETARIAT = "secretariat"
    """The secretariat and that member; the others read that an objection has come."""


class SilenceRules(Addressable, Labelled, Versioned, Base):
    """Whether texts of a track may be put under silence, and by what rules. Off until `since`: the members decide it.

    `quiet_days` are days (ISO) that are not counted beside week-ends and holidays. `hour` is the one at which a
    silence ends unless another is chosen.
    """

    __tablename__ = "silence_rules"
    container = "track"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), unique=True)
    since: Mapped[date | None]
    decision: Mapped[str] = mapped_column(String(500), default="")
    working_days: Mapped[int] = mapped_column(default=WORKING_DAYS)
    hour: Mapped[time] = mapped_column(default=time(17))
    reasons_to: Mapped[ReasonsTo] = mapped_column(default=ReasonsTo.READERS)
    quiet_days: Mapped[list[str]] = mapped_column(JSON, default=list)
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()

    def is_on(self, on: date) -> bool:
        """Whether texts may be put under silence on a day."""
        return self.since is not None and self.since <= on


class SilenceProcedure(Addressable, Labelled, Versioned, Base):
    """An edition under silence: it stands if no member objects before `ends_hour` of `ends_on` in `zone`.

    Where it stands follows from that hour, the reactions and the clock (`silence.state`); `recorded_state` is what was
    put on record of its end, once. `reasons_to` is the rule when it was opened. `not_counted` are the days (ISO) that
    were left out when its end was counted, `extensions` the ends it had before, each with the hour of the act and a
    word. `reminded_at` is when those who had not reacted were reminded of the present end.
    """

    __tablename__ = "silence_procedures"
    __table_args__ = (Index("ix_silence_procedures_open", "recorded_at", "called_off_at"),)
    container = "edition"
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("text_editions.id"), index=True)
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcInstant)
    ends_on: Mapped[date]
    ends_hour: Mapped[time]
    zone: Mapped[str] = mapped_column(String(64))
    reasons_to: Mapped[ReasonsTo]
    not_counted: Mapped[list[str]] = mapped_column(JSON, default=list)
    extensions: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    called_off_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    called_off_word: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    recorded_state: Mapped[SilenceState | None]
    recorded_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    edition: Mapped[TextEdition] = relationship()
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()


class SilenceHold(Addressable, Labelled, Versioned, Base):
    """That the silence does not end for a member: its notice bounced, or it asked for time. A vacancy is no row: it
    follows from appointments. Read by the member and the secretariat. `until` is when that was mended, or the hour that
    was agreed."""

    __tablename__ = "silence_holds"
    container = "silence"
    silence_id: Mapped[UUID] = mapped_column(ForeignKey("silence_procedures.id"), index=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    cause: Mapped[HoldCause]
    since: Mapped[datetime] = mapped_column(UtcInstant)
    until: Mapped[datetime | None] = mapped_column(UtcInstant)
    silence: Mapped[SilenceProcedure] = relationship()
    participant: Mapped[Participant] = relationship()


class SilenceReaction(Addressable, Labelled, Base):
    """What a participant said to a text under silence, as it was received. One that came too late is kept on file,
    read by its author and the secretariat."""

    __tablename__ = "silence_reactions"
    container = "silence"
    silence_id: Mapped[UUID] = mapped_column(ForeignKey("silence_procedures.id"), index=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    kind: Mapped[ReactionKind]
    language: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text, default="")
    received_at: Mapped[datetime] = mapped_column(UtcInstant)
    is_late: Mapped[bool] = mapped_column(default=False)
    silence: Mapped[SilenceProcedure] = relationship()
    participant: Mapped[Participant] = relationship()


class AdoptedBy(StrEnum):
    """How a text was adopted."""

    CONSENSUS = "consensus"
    AD_REFERENDUM = "ad_referendum"
    """Subject to confirmation by the capitals until a day."""
    SILENCE = "silence"
    CHAIRS_SUMMARY = "chairs_summary"
    CLEARANCE = "clearance"
    """Cleared by every member, one by one, for an outside forum."""
    NAMED_PARTICIPANTS = "named_participants"
    """By these alone, and in the name of nobody else."""


class StatementKind(StrEnum):
    """What a participant said to a text that was adopted, kept word for word."""

    RESERVATION = "reservation"
    EXPLANATION = "explanation"
    INTERPRETATION = "interpretation"


class TextAdoption(Addressable, Labelled, Versioned, Base):
    """That the chair pronounced an edition adopted; from then on the text is written no more.

    `named` are the participants (ids) by whom alone it was adopted. `confirm_by` is the day by which capitals confirm
    what was adopted ad referendum. `sha256` is that of the edition on the day. `pronounced_by_id` is the person of the
    chair; None where the secretariat noted the chair's word, which `word` then tells.
    """

    __tablename__ = "text_adoptions"
    container = "edition"
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("text_editions.id"), unique=True)
    text_id: Mapped[UUID] = mapped_column(ForeignKey("draft_texts.id"), index=True)
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    how: Mapped[AdoptedBy]
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    silence_id: Mapped[UUID | None] = mapped_column(ForeignKey("silence_procedures.id"))
    named: Mapped[list[str]] = mapped_column(JSON, default=list)
    adopted_on: Mapped[date]
    confirm_by: Mapped[date | None]
    pronounced_at: Mapped[datetime] = mapped_column(UtcInstant)
    pronounced_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    word: Mapped[str] = mapped_column(String(500), default="")
    sha256: Mapped[str] = mapped_column(String(64))
    edition: Mapped[TextEdition] = relationship()
    meeting: Mapped[Any] = relationship("Meeting")  # of a room above this one, so by its name alone
    statements: Mapped[list[AdoptionStatement]] = relationship(
        back_populates="adoption", order_by="AdoptionStatement.position, AdoptionStatement.id"
    )
    confirmations: Mapped[list[AdoptionConfirmation]] = relationship(back_populates="adoption")

    @property
    def by(self) -> list[UUID]:
        """The participants by whom alone it was adopted."""
        return [UUID(one) for one in self.named]


class AdoptionStatement(Addressable, Labelled, Base):
    """A reservation, explanation of position or interpretative statement, word for word and in its own language."""

    __tablename__ = "adoption_statements"
    container = "adoption"
    adoption_id: Mapped[UUID] = mapped_column(ForeignKey("text_adoptions.id"), index=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    kind: Mapped[StatementKind]
    language: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=1)
    adoption: Mapped[TextAdoption] = relationship(back_populates="statements")
    participant: Mapped[Participant] = relationship()


class CapitalSays(StrEnum):
    """Where the confirmation of a capital stands."""

    AWAITED = "awaited"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"


class AdoptionConfirmation(Addressable, Labelled, Versioned, Base):
    """What a capital said to a text adopted ad referendum. `noted_word` tells how it reached the secretariat, where
    that noted it."""

    __tablename__ = "adoption_confirmations"
    __table_args__ = (UniqueConstraint("adoption_id", "participant_id"),)
    container = "adoption"
    adoption_id: Mapped[UUID] = mapped_column(ForeignKey("text_adoptions.id"))
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    says: Mapped[CapitalSays] = mapped_column(default=CapitalSays.AWAITED)
    said_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    noted_word: Mapped[str] = mapped_column(String(500), default="")
    adoption: Mapped[TextAdoption] = relationship(back_populates="confirmations")
    participant: Mapped[Participant] = relationship()
