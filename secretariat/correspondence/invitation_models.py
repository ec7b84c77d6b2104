"""Letters of invitation: what all of one meeting say, and the letter to each participant."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.core.numbering import Numbered
from secretariat.processes.models import Process, Track


class InvitationWords(Addressable, Labelled, Versioned, Base):
    """What the letters of invitation to one meeting say, and who signs them. Read by those who keep the track.

    `words` are the paragraphs between salutation and signature, in the languages the letters are written in. It stands
    beside its meeting, as the letters do: the key of a meeting does not bind.
    """

    __tablename__ = "invitation_words"
    __table_args__ = (UniqueConstraint("meeting_id"),)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    meeting_id: Mapped[UUID] = mapped_column(Uuid)
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    signatory: Mapped[str] = mapped_column(String(500))
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()


class InvitationLetter(Numbered, Addressable, Labelled, Versioned, Base):
    """The letter of invitation to one participant. It leaves on paper: here it is read by those who keep the track.

    `addressee` is the full style of whom it is for, line by line; `salutation` how the letter begins; `copy_to` who has
    a copy, as a mission. It bears its number from the day it is written. `went_on` is when it was dispatched,
    `note_verbale` the number of the note that carried it, `registered_id` its entry in the register; from then on it
    stays as it was: `sent_words` and `sent_signatory` are what it said.
    """

    __tablename__ = "invitation_letters"
    __table_args__ = (UniqueConstraint("process_id", "symbol"), UniqueConstraint("meeting_id", "participant_id"))
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    meeting_id: Mapped[UUID] = mapped_column(Uuid)
    invitation_id: Mapped[UUID] = mapped_column(Uuid)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    language: Mapped[str] = mapped_column(String(12))
    addressee: Mapped[str] = mapped_column(String(1000))
    salutation: Mapped[str] = mapped_column(String(200))
    copy_to: Mapped[str] = mapped_column(String(1000), default="")
    dated: Mapped[date | None]
    went_on: Mapped[date | None]
    note_verbale: Mapped[str] = mapped_column(String(200), default="")
    registered_id: Mapped[UUID | None] = mapped_column(Uuid)
    sent_words: Mapped[str] = mapped_column(Text, default="")
    sent_signatory: Mapped[str] = mapped_column(String(500), default="")
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
