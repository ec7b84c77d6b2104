"""To what a submission led: the thing an answer is linked to."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.civil_society.models import Submission, SubmissionAnswer
from secretariat.core.database import Addressable, Base, Labelled
from secretariat.core.dates import UtcInstant


class LedTo(StrEnum):
    """What a submission can have led to."""

    AGENDA_ITEM = "agenda_item"
    OUTCOME = "outcome"
    ACTIVITY = "activity"
    COMMITMENT = "commitment"
    DOCUMENT = "document"


class AnswerLink(Addressable, Labelled, Base):
    """That what an answer speaks of became a thing. It has the readers of its answer; what the thing is called, and
    that there is one, is told to who reads the thing, and on its page to who reads the submission."""

    __tablename__ = "answer_links"
    __table_args__ = (UniqueConstraint("answer_id", "thing_id"),)
    container = "answer"
    answer_id: Mapped[UUID] = mapped_column(ForeignKey("submission_answers.id"))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"), index=True)
    kind: Mapped[LedTo]
    thing_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    linked_at: Mapped[datetime] = mapped_column(UtcInstant)
    answer: Mapped[SubmissionAnswer] = relationship()
    submission: Mapped[Submission | None] = relationship()
