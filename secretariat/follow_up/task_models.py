"""Tasks of officers, and who stands in for an officer who is away. Never about a person."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.processes.models import Process


class Task(Addressable, Labelled, Versioned, Base):
    """Something an officer is to do by a day: of one's own, or given by a colleague, who is told whether it is taken.

    `holder_id` is whose it is, or would be once it is accepted: `accepted_at` is None while it waits. Read by the
    secretariat of its track.
    """

    __tablename__ = "tasks"
    __table_args__ = (Index("ix_tasks_open", "track_id", "closed_at"),)
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    words: Mapped[str] = mapped_column(String(300))
    due_on: Mapped[date | None]
    made_at: Mapped[datetime]
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), index=True)
    accepted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    process: Mapped[Process] = relationship()

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def waits_for_answer(self) -> bool:
        """Whether it was given to somebody who has not said yet whether to take it."""
        return self.is_open and self.accepted_at is None


class Absence(Addressable, Labelled, Versioned, Base):
    """That an officer is away until a day, and whose list holds the tasks meanwhile. No reason is asked or kept."""

    __tablename__ = "officer_absences"
    __table_args__ = (Index("ix_officer_absences_place", "track_id", "until"),)
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), index=True)
    stand_in_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    since: Mapped[date]
    until: Mapped[date]  # the last day of it

    def runs_on(self, on: date) -> bool:
        return self.since <= on <= self.until
