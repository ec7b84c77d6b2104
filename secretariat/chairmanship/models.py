"""The handover file of a chair: what the outgoing chair leaves to the next one, and to nobody else."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.processes.models import Body, ChairTerm, Process, Track


class Handover(Addressable, Labelled, Versioned, Base):
    """The file of one term. The outgoing chair and the secretariat beside it work on it; once the outgoing chair has
    cleared it, those who chair next read it too (ADR 0032).

    Of what is open and to come it holds keys alone ("outcome:<id>"): each reader finds there what it may read today,
    and not that there was more. `left_out` are those taken out while it was written, `listed` those it held when it was
    cleared. `receivers` are the participants (ids) it was cleared for.
    """

    __tablename__ = "handovers"
    container = "term"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("bodies.id"))
    term_id: Mapped[UUID] = mapped_column(ForeignKey("chair_terms.id"), unique=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    theme: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    promises: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    advice: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    left_out: Mapped[list[str]] = mapped_column(JSON, default=list)
    listed: Mapped[list[str]] = mapped_column(JSON, default=list)
    receivers: Mapped[list[str]] = mapped_column(JSON, default=list)
    cleared_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    cleared_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
    body: Mapped[Body | None] = relationship()
    term: Mapped[ChairTerm] = relationship()

    @property
    def is_cleared(self) -> bool:
        return self.cleared_at is not None

    @property
    def for_participants(self) -> list[UUID]:
        """Those it was cleared for."""
        return [UUID(one) for one in self.receivers]
