"""The days one side of the wall tells the other are taken: days alone, never what lies on them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled
from secretariat.processes.models import Process, Track


class BusyDays(Addressable, Labelled, Base):
    """That a track has a meeting on these days, for the secretariats of all tracks of its process.

    A row is there as long as its track publishes its busy days (`Track.busy_days_since`) and the meeting takes place.
    It stands beside the meeting, not in it.
    """

    __tablename__ = "busy_days"
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
