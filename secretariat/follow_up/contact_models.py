"""The contact log: what was agreed in a call, a mail outside the system or a word in a corridor. No opinions."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.processes.models import Process, Track


class ContactWay(StrEnum):
    """How one spoke."""

    CALL = "call"
    MAIL = "mail"  # outside the system, or a reply to a message of ours
    IN_PERSON = "in_person"  # beside a meeting, at a visit


class ContactOutcome(StrEnum):
    """What came of it."""

    WILL_REPORT = "will_report"
    NOTED = "noted"  # what was said is written down
    RING_AGAIN = "ring_again"  # at the person's wish
    NOT_REACHED = "not_reached"


class ContactNote(Addressable, Labelled, Versioned, Base):
    """One contact with one person: when, how, what came of it, what was agreed, when to ring again.

    Read by the officers of the track and by that person; erased when `ends_on` has come. `correction` is what the
    person asks to have put right.
    """

    __tablename__ = "contact_notes"
    __table_args__ = (Index("ix_contact_notes_place", "process_id", "track_id", "participant_id"),)
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), index=True)
    hat: Mapped[str] = mapped_column(String(60))
    way: Mapped[ContactWay]
    contacted_at: Mapped[datetime]
    outcome: Mapped[ContactOutcome]
    agreed: Mapped[str] = mapped_column(String(1000), default="")
    next_on: Mapped[date | None]
    logged_at: Mapped[datetime]
    logged_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    correction: Mapped[str] = mapped_column(String(500), default="")
    correction_asked_at: Mapped[datetime | None]
    ends_on: Mapped[date] = mapped_column(index=True)
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
    items: Mapped[list[ContactItem]] = relationship(
        back_populates="note", order_by="ContactItem.id", cascade="all, delete-orphan"
    )

    @property
    def was_reached(self) -> bool:
        return self.outcome is not ContactOutcome.NOT_REACHED


class ContactItem(Base):
    """What one contact was about: one thing awaited."""

    __tablename__ = "contact_items"
    unlabelled = "kinds and ids; read only beside its contact note, which is labelled"
    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[UUID] = mapped_column(ForeignKey("contact_notes.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    note: Mapped[ContactNote] = relationship(back_populates="items")
