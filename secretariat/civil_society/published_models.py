"""What a network, and who answered it, let everybody read: copies beside the submission and the answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.civil_society.models import AdoptsBy, AnswerSays, SubmissionKind
from secretariat.core.database import Addressable, Base, Labelled
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.processes.models import Process


class PublishedSubmission(Addressable, Labelled, Base):
    """What a network lets everybody read of a submission, in the words it was sent with. Until an answer is published
    too it is read by who reads the submission. Taken back, it is there no more; the submission stays as it is."""

    __tablename__ = "published_submissions"
    __table_args__ = (UniqueConstraint("submission_id"),)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    network_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"))
    number: Mapped[str] = mapped_column(String(160), default="")
    kind: Mapped[SubmissionKind]
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    sent_on: Mapped[date]
    adopted_by: Mapped[AdoptsBy | None]
    adopted_on: Mapped[date | None]
    signatories: Mapped[list[str]] = mapped_column(JSON, default=list)
    dissents: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    published_at: Mapped[datetime] = mapped_column(UtcInstant)
    process: Mapped[Process] = relationship()

    @property
    def is_position(self) -> bool:
        """Whether it is a position the network adopted."""
        return self.adopted_on is not None

    @property
    def signed_by(self) -> list[UUID]:
        """The organizations that signed it, where the network lets them be named."""
        return [UUID(one) for one in self.signatories]


class PublishedAnswer(Addressable, Labelled, Base):
    """What a government, or the process, lets everybody read of its answer, in the words it was given with. Until the
    network has published the submission it is read by who reads that."""

    __tablename__ = "published_answers"
    __table_args__ = (UniqueConstraint("answer_id"),)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"), index=True)
    answer_id: Mapped[UUID] = mapped_column(ForeignKey("submission_answers.id"))
    participant_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    says: Mapped[AnswerSays]
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    agreed_on: Mapped[date | None]
    agreed_word: Mapped[str] = mapped_column(String(500), default="")
    given_on: Mapped[date]
    published_at: Mapped[datetime] = mapped_column(UtcInstant)
    process: Mapped[Process] = relationship()


class PublishedReply(Addressable, Labelled, Base):
    """What a network lets everybody read of its reply to an answer. Until the submission and that answer are published
    too it is read by who reads the submission."""

    __tablename__ = "published_replies"
    __table_args__ = (UniqueConstraint("answer_id"),)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    network_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"), index=True)
    answer_id: Mapped[UUID] = mapped_column(ForeignKey("submission_answers.id"))
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    sent_on: Mapped[date]
    published_at: Mapped[datetime] = mapped_column(UtcInstant)
    process: Mapped[Process] = relationship()
