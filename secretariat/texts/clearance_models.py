"""A common paper for an outside forum: the clearance of an edition by the members it speaks for."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.documents.models import Document
from secretariat.processes.models import Participant, Process, Track
from secretariat.texts.models import TextEdition


class ClearanceSays(StrEnum):
    """What a member says to a paper that is to go out in its name. Who has said nothing has not cleared it yet."""

    NOT_YET = "not_yet"
    CLEARED = "cleared"
    WITH_COMMENTS = "with_comments"


CLEAR = frozenset({ClearanceSays.CLEARED, ClearanceSays.WITH_COMMENTS})
"""What lets a paper go out in the name of who said it."""


class Clearance(Addressable, Labelled, Versioned, Base):
    """That a common paper awaits the clearance of members before it goes to an outside forum.

    `forum` is who it goes to, `due_on` the day by which the forum is to have it, `clear_by` the earlier one by which
    members are asked. `sent_on` is when it went out, `sent_word` how. `edition_id` is the edition of a paper that is
    read as paragraphs; that this one is released is its adoption. Of a paper that is a file, `released_on` is the day
    on which the chair released it, `released_named` in whose name alone (by id; empty: of all members),
    `released_word` how the chair's word reached the secretariat where that noted it, `released_by_id` the chair where
    it did not.
    """

    __tablename__ = "clearances"
    container: ClassVar[tuple[str, ...]] = ("edition", "document")
    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id"), unique=True)
    edition_id: Mapped[UUID | None] = mapped_column(ForeignKey("text_editions.id"), unique=True)
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    forum: Mapped[LocalText] = mapped_column(LocalTextColumn)
    due_on: Mapped[date]
    clear_by: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(UtcInstant)
    sent_on: Mapped[date | None]
    sent_word: Mapped[str] = mapped_column(String(500), default="")
    released_on: Mapped[date | None]
    released_named: Mapped[list[str]] = mapped_column(JSON, default=list)
    released_word: Mapped[str] = mapped_column(String(500), default="")
    released_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    document: Mapped[Document] = relationship()
    edition: Mapped[TextEdition | None] = relationship()
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()

    @property
    def named(self) -> list[UUID]:
        """Those in whose name alone a paper that is a file was released."""
        return [UUID(one) for one in self.released_named]


class ClearanceAnswer(Addressable, Labelled, Versioned, Base):
    """Where the clearance of one member stands. `words` are its comments, read by whoever reads the paper; `noted_word`
    tells how its answer reached the secretariat, where that noted it."""

    __tablename__ = "clearance_answers"
    __table_args__ = (UniqueConstraint("clearance_id", "participant_id"),)
    container = "clearance"
    clearance_id: Mapped[UUID] = mapped_column(ForeignKey("clearances.id"))
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    says: Mapped[ClearanceSays] = mapped_column(default=ClearanceSays.NOT_YET)
    said_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    words: Mapped[str] = mapped_column(Text, default="")
    noted_word: Mapped[str] = mapped_column(String(500), default="")
    clearance: Mapped[Clearance] = relationship()
    participant: Mapped[Participant] = relationship()
