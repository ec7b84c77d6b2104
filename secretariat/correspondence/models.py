"""Circulars: numbered letters to standings, bodies or persons, what goes with them, and who has which copy."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.core.numbering import Numbered
from secretariat.documents.models import Document
from secretariat.processes.models import Process, Track


class Circular(Numbered, Addressable, Labelled, Versioned, Base):
    """A letter to many, in the process's languages. Until it is sent it is read by those who keep its track; then by
    those it was sent to, and it has its symbol.

    `title` says what it is about, in lists; it stands in no subject of a mail. `to` names standings, bodies and
    appointments as they were chosen. An `urgent` one goes at once, past quiet days and hours. With `asks_word` each
    participant is asked to say that it has it, until `word_by` where there is a day.
    """

    __tablename__ = "circulars"
    __table_args__ = (UniqueConstraint("process_id", "symbol"),)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), index=True)
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    to: Mapped[dict[str, Any]] = mapped_column(JSON)
    urgent: Mapped[bool] = mapped_column(default=False)
    asks_word: Mapped[bool] = mapped_column(default=False)
    word_by: Mapped[date | None]
    drafted_at: Mapped[datetime] = mapped_column(UtcInstant)
    sent_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
    attachments: Mapped[list[CircularAttachment]] = relationship(
        back_populates="circular", order_by="CircularAttachment.position"
    )


class CircularAttachment(Addressable, Labelled, Base):
    """A document that goes with a circular. It goes to those who may read the document when the letter leaves; to the
    others nothing says that it is there."""

    __tablename__ = "circular_attachments"
    __table_args__ = (UniqueConstraint("circular_id", "document_id"),)
    container = "circular"
    circular_id: Mapped[UUID] = mapped_column(ForeignKey("circulars.id"))
    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    circular: Mapped[Circular] = relationship(back_populates="attachments")
    document: Mapped[Document | None] = relationship()


class CircularCopy(Addressable, Labelled, Base):
    """That a circular went to a person under a hat: by which mail, and when it was said that the participant has it -
    by whoever of it said so, for all of it. Read by those who keep the track, and by the participant or person it went
    to."""

    __tablename__ = "circular_copies"
    __table_args__ = (UniqueConstraint("circular_id", "person_id", "hat"),)
    container = "circular"
    circular_id: Mapped[UUID] = mapped_column(ForeignKey("circulars.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), index=True)
    hat: Mapped[str] = mapped_column(String(60))
    participant_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"), index=True)
    is_alternate: Mapped[bool] = mapped_column(default=False)
    mail_id: Mapped[UUID | None] = mapped_column(Uuid)
    word_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    circular: Mapped[Circular] = relationship()


class CircularOpening(Base):
    """That the page of a circular was opened by whom a copy went to: the first time, and perhaps a second one."""

    __tablename__ = "circular_openings"
    unlabelled = "read only beside the copy it is of, which is read under the reader's eyes"
    id: Mapped[int] = mapped_column(primary_key=True)
    copy_id: Mapped[UUID] = mapped_column(ForeignKey("circular_copies.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcInstant)


from secretariat.correspondence import (  # noqa: E402, F401 - mapped with the others
    invitation_models,
    letterhead_models,
    listed_models,
    register_models,
)
