"""People somebody has on a list and no letter has named, and lists that are being brought in."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.processes.models import Process, Track


class ListedContact(Addressable, Labelled, Versioned, Base):
    """A person of a participant as a list has it: whom one rings or writes to oneself. It gives no right, the
    product writes to none of its addresses, and only who keeps the track and the participant read it (ADR 52).

    `numbers` are pairs of kind (`mail`, `telephone`, `mobile`) and value. `also` is what it was called where it was
    merged. It goes when `ends_on` has come, unless a list tells of it again.
    """

    __tablename__ = "listed_contacts"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), index=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    function: Mapped[str] = mapped_column(String(300), default="")
    ministry: Mapped[str] = mapped_column(String(300), default="")
    subject: Mapped[str] = mapped_column(String(300), default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    numbers: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    also: Mapped[list[str]] = mapped_column(JSON, default=list)
    source: Mapped[str] = mapped_column(String(200))
    listed_on: Mapped[date]
    ends_on: Mapped[date]
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()

    def numbers_of(self, kind: str) -> list[str]:
        """The numbers or addresses of one kind."""
        return [value for one, value in self.numbers if one == kind]


class ListState(StrEnum):
    """Where a list stands: looked at and not confirmed, coming in, in."""

    LOOKED_AT = "looked_at"
    CONFIRMED = "confirmed"
    DONE = "done"


class ContactList(Addressable, Labelled, Versioned, Base):
    """A list of contacts somebody brings in; read by who sent it alone. `kept` is what was read of the file, packed,
    and goes when it is in or thrown away; `shape` is how it is to be read; `became` tells how many came in."""

    __tablename__ = "contact_lists"
    container = "track"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), index=True)
    asked_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    asked_at: Mapped[datetime] = mapped_column(UtcInstant)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    finished_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    name: Mapped[str] = mapped_column(String(200))
    state: Mapped[ListState] = mapped_column(default=ListState.LOOKED_AT)
    shape: Mapped[dict[str, Any]] = mapped_column(JSON)
    became: Mapped[dict[str, Any]] = mapped_column(JSON)
    kept: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    job_id: Mapped[UUID | None] = mapped_column(Uuid)
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
