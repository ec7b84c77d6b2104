"""Positions of a network: an edition of its own that member organizations sign until an hour, and what became of it."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.civil_society.models import AdoptsBy, Submission
from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.processes.models import Participant, Process, Track
from secretariat.texts.models import TextEdition


class Position(Addressable, Labelled, Versioned, Base):
    """An edition of a network's text, open to the signatures of its member organizations until `ends_hour` of `ends_on`
    in `zone`. Read by whoever in the network reads the edition, and by nobody on the other side, who may read the text.

    `adopts_by` is the network's rule when it was opened. Once settled it was adopted (`adopted_on`, and `word`: how
    that was established) or not. `submission_id` is what the coordination made of it: it knows nothing of its position.
    """

    __tablename__ = "positions"
    __table_args__ = (UniqueConstraint("edition_id"),)
    container = "edition"
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("text_editions.id"))
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), index=True)
    adopts_by: Mapped[AdoptsBy]
    opened_at: Mapped[datetime] = mapped_column(UtcInstant)
    ends_on: Mapped[date]
    ends_hour: Mapped[time]
    zone: Mapped[str] = mapped_column(String(64))
    settled_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    adopted_on: Mapped[date | None]
    word: Mapped[str] = mapped_column(String(500), default="")
    submission_id: Mapped[UUID | None] = mapped_column(ForeignKey("submissions.id"))
    edition: Mapped[TextEdition] = relationship()
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
    submission: Mapped[Submission | None] = relationship()


class PositionSignature(Addressable, Labelled, Base):
    """That a member organization signed a position. Taken back before the end, it is there no more."""

    __tablename__ = "position_signatures"
    __table_args__ = (UniqueConstraint("position_id", "participant_id"),)
    container = "position"
    position_id: Mapped[UUID] = mapped_column(ForeignKey("positions.id"), index=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    signed_at: Mapped[datetime] = mapped_column(UtcInstant)
    position: Mapped[Position] = relationship()
    participant: Mapped[Participant] = relationship()


class PositionDissent(Addressable, Labelled, Versioned, Base):
    """What a member organization asked to have on record beside a position it does not sign, word for word.

    `objects`: it stands in the way of consensus and silence. `goes_along`: it leaves with the position, if that is
    sent; otherwise it stays inside the network.
    """

    __tablename__ = "position_dissents"
    __table_args__ = (UniqueConstraint("position_id", "participant_id"),)
    container = "position"
    position_id: Mapped[UUID] = mapped_column(ForeignKey("positions.id"), index=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    language: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text)
    objects: Mapped[bool] = mapped_column(default=False)
    goes_along: Mapped[bool] = mapped_column(default=False)
    said_at: Mapped[datetime] = mapped_column(UtcInstant)
    position: Mapped[Position] = relationship()
    participant: Mapped[Participant] = relationship()
