"""Input in confidence: the words for the office they are addressed to, the name for one person, and what the
organization keeps of it. Three rows that lead to each other only through the name (ADR 0041).

Nothing in the words or in the history of their label says who wrote them or at what hour: keys are random, SQLite keeps
no row number, and days stand in place of hours.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.processes.models import Participant, Process, Track


class Confided(Addressable, Labelled, Versioned, Base):
    """What was confided, as its addressees read it: who coordinates the network (`track_id` is the network), or the
    liaison officers of one government. Whose it is stands in `ConfidedName` alone. It has no number."""

    __tablename__ = "confided_inputs"
    __table_args__ = ({"sqlite_with_rowid": False},)
    container = "process"
    by_nobody = True
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    network_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    theme: Mapped[str] = mapped_column(String(200), default="")
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    received_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    answer: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    answered_on: Mapped[date | None]
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship(foreign_keys="Confided.track_id")
    network: Mapped[Track] = relationship(foreign_keys="Confided.network_id")


class ConfidedName(Addressable, Labelled, Base):
    """Who confided something: read by the one person it was addressed to (`person_id`), while that person may read the
    words. `copy_id` leads to what the organization keeps; no other row does. Erased when it is withdrawn."""

    __tablename__ = "confided_names"
    __table_args__ = ({"sqlite_with_rowid": False},)
    container = "confided"
    by_nobody = True
    confided_id: Mapped[UUID] = mapped_column(ForeignKey("confided_inputs.id"), unique=True)
    person_id: Mapped[UUID] = mapped_column(Uuid)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    name: Mapped[str] = mapped_column(String(300))
    copy_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    confided: Mapped[Confided] = relationship()


class ConfidedTo(StrEnum):
    """To whom it is addressed."""

    COORDINATION = "coordination"
    LIAISON = "liaison"


class ConfidedCopy(Addressable, Labelled, Versioned, Base):
    """What an organization confides: its draft until `sent_on`, then what it keeps of it, with the answer.

    `addressee_id` is the coordinator it is addressed to; `government_id` whose liaison officer has it.
    """

    __tablename__ = "confided_copies"
    __table_args__ = ({"sqlite_with_rowid": False},)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    to: Mapped[ConfidedTo]
    addressee_id: Mapped[UUID | None] = mapped_column(Uuid)
    government_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    theme: Mapped[str] = mapped_column(String(200), default="")
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    sent_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    answer: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    answered_on: Mapped[date | None]
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
    participant: Mapped[Participant] = relationship(foreign_keys="ConfidedCopy.participant_id")
