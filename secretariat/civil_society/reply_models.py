"""What a network replies to an answer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.civil_society.models import SubmissionAnswer
from secretariat.core.database import Addressable, Base, Labelled
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.processes.models import Process, Track


class AnswerReply(Addressable, Labelled, Base):
    """The network's word on an answer it was given: one to each, sent by its coordination. It is read by whoever reads
    the answer, and is never changed."""

    __tablename__ = "answer_replies"
    __table_args__ = (UniqueConstraint("answer_id"),)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    answer_id: Mapped[UUID] = mapped_column(ForeignKey("submission_answers.id"))
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    sent_at: Mapped[datetime] = mapped_column(UtcInstant)
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
    answer: Mapped[SubmissionAnswer | None] = relationship()
