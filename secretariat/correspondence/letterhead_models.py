"""The letterhead of a track, as an officer made it in Word."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.processes.models import Process, Track


class Letterhead(Addressable, Labelled, Versioned, Base):
    """A letterhead in a language, or for every language that has none of its own (empty). Read by those who keep the
    track; what is written on it is read by whom the letter is for."""

    __tablename__ = "letterheads"
    __table_args__ = (UniqueConstraint("track_id", "language"),)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    language: Mapped[str] = mapped_column(String(12), default="")
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    put_at: Mapped[datetime] = mapped_column(UtcInstant)
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
