"""The register: letters and notes verbales, in and out, with their scans."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.core.numbering import Numbered
from secretariat.processes.models import Process, Track


class Direction(StrEnum):
    """Which way a letter went, seen from who keeps the register."""

    IN = "in"
    OUT = "out"


class LetterKind(StrEnum):
    """What a registered paper is."""

    LETTER = "letter"
    NOTE_VERBALE = "note_verbale"
    CIRCULAR = "circular"
    INVITATION = "invitation"


class RegisteredLetter(Numbered, Addressable, Labelled, Versioned, Base):
    """A letter in the register of a track, read by those who keep it.

    `dated` is the day it bears, `passed_on` when it came or went. Its correspondent is a participant, or a name that is
    none's. `reference` is its own number, as its writer gave it; `symbol` is that of the register. `earlier_id` is the
    letter it answers. What it decided is said in `decided`, and `appointment_id`, `invitation_id` lead to what came of
    it (keys that do not bind: the register outlives them). `circular_id` is the circular that entered itself.
    """

    __tablename__ = "registered_letters"
    __table_args__ = (
        UniqueConstraint("process_id", "symbol"),
        Index("ix_registered_letters_place", "process_id", "track_id", "passed_on"),
    )
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), index=True)
    direction: Mapped[Direction]
    kind: Mapped[LetterKind]
    dated: Mapped[date | None]
    passed_on: Mapped[date]
    correspondent_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"), index=True)
    correspondent: Mapped[str] = mapped_column(String(300), default="")
    reference: Mapped[str] = mapped_column(String(200), default="")
    subject: Mapped[str] = mapped_column(String(500))
    decided: Mapped[str] = mapped_column(String(500), default="")
    earlier_id: Mapped[UUID | None] = mapped_column(ForeignKey("registered_letters.id"), index=True)
    appointment_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    invitation_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    circular_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    entered_at: Mapped[datetime] = mapped_column(UtcInstant)
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
    scans: Mapped[list[LetterScan]] = relationship(back_populates="letter", order_by="LetterScan.position")


class LetterScan(Addressable, Labelled, Base):
    """A scan of a registered letter. `key` is its random name in the documents' storage, which no other row has; `size`
    is in bytes, `sha256` its checksum, `name` what it was called where it came from."""

    __tablename__ = "letter_scans"
    __table_args__ = (UniqueConstraint("letter_id", "position"),)
    container = "letter"
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("registered_letters.id"), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    position: Mapped[int] = mapped_column(default=1)
    added_at: Mapped[datetime] = mapped_column(UtcInstant)
    letter: Mapped[RegisteredLetter] = relationship(back_populates="scans")
