"""A word to the chair: what the Secretariat asks the chair to say to a colleague, who was told first."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.processes.models import Participant, Process, Track


class ChairWord(Addressable, Labelled, Versioned, Base):
    """One word asked of the chair about one participant.

    Read by the officers of the track and by that participant; by the chair too once an officer has sent it, which is
    possible from `sends_from` on. `told_mail_id` is the mail by which the focal point was told, `spoken_at` when the
    chair says to have had a word. Nothing happens to it by itself.
    """

    __tablename__ = "chair_words"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), index=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    words: Mapped[str] = mapped_column(String(1000))
    told_at: Mapped[datetime]
    told_mail_id: Mapped[UUID | None] = mapped_column(Uuid)
    sends_from: Mapped[date]
    sent_at: Mapped[datetime | None]
    called_off_at: Mapped[datetime | None]
    spoken_at: Mapped[datetime | None]
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
    participant: Mapped[Participant] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether it can still be sent, or was sent and waits for the chair."""
        return self.called_off_at is None and self.spoken_at is None
