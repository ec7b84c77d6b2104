"""Tables that are being brought into a plan, and how those of a process are read."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.plans.models import Plan
from secretariat.processes.models import Process, Track


class ImportState(StrEnum):
    """Where a table stands: looked at and not confirmed, coming in, in, refused when it came to it, being taken back,
    taken back."""

    LOOKED_AT = "looked_at"
    CONFIRMED = "confirmed"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


class PlanImport(Addressable, Labelled, Versioned, Base):
    """A table that somebody brings into a plan; read by who sent it alone.

    `kept` is what was read of the file, packed: the preview is made from it, and the file itself is not kept. It goes
    when the table is in or thrown away. `shape` is how it is to be read. `became` is what came in: ids of parts and of
    commitments, and of those that were taken back how many, and which stayed and why.
    """

    __tablename__ = "plan_imports"
    container = "plan"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id"), index=True)
    asked_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    asked_at: Mapped[datetime] = mapped_column(UtcInstant)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    finished_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    undone_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    name: Mapped[str] = mapped_column(String(200))
    state: Mapped[ImportState] = mapped_column(default=ImportState.LOOKED_AT)
    shape: Mapped[dict[str, Any]] = mapped_column(JSON)
    became: Mapped[dict[str, Any]] = mapped_column(JSON)
    kept: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    job_id: Mapped[UUID | None] = mapped_column(Uuid)
    plan: Mapped[Plan] = relationship()
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()


class ImportHabit(Addressable, Labelled, Versioned, Base):
    """How tables of a track were read the last time: columns by their headings, answers to names. Read by its
    secretariat."""

    __tablename__ = "plan_import_habits"
    container = "track"
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), unique=True)
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)
    names: Mapped[dict[str, Any]] = mapped_column(JSON)
    track: Mapped[Track] = relationship()
