"""A round of comments opened to the civil-society network: what it is told, and what it says.

The network does not read the round. What is opened to it stands beside the round, copied for its coordination and the
secretariat alone (`OpenedRound`); what it sends to the readers of the text is copied to them.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.processes.models import Process, Track
from secretariat.texts.models import Became, CommentFor, CommentRound


class OpenedRound(Addressable, Labelled, Versioned, Base):
    """A copy of what a round asks about, for the network's coordination and the secretariat of the round.

    `content` is the text as it was frozen (`editions.Content`), the end that of the round, kept true with it.
    `closed_at` is when it was taken back, or the round was closed by hand.
    """

    __tablename__ = "opened_rounds"
    __table_args__ = (UniqueConstraint("round_id", "network_id"),)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    network_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), index=True)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("comment_rounds.id"))
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    opened_at: Mapped[datetime] = mapped_column(UtcInstant)
    ends_on: Mapped[date]
    ends_hour: Mapped[time]
    zone: Mapped[str] = mapped_column(String(64))
    closed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    sent_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship(foreign_keys="OpenedRound.track_id")
    network: Mapped[Track] = relationship(foreign_keys="OpenedRound.network_id")


class NetworkComment(Addressable, Labelled, Versioned, Base):
    """What the network says of a paragraph, or of the text. Until it is sent its coordination alone reads it.

    One with `opened_id` is the network's own; one with `round_id` the copy for the readers of the text, made from that
    with the id `copied_from` (no key that binds: neither side reads the other's). What became of it is said of both.
    """

    __tablename__ = "network_comments"
    container: ClassVar[tuple[str, ...]] = ("opened", "round")
    opened_id: Mapped[UUID | None] = mapped_column(ForeignKey("opened_rounds.id"), index=True)
    round_id: Mapped[UUID | None] = mapped_column(ForeignKey("comment_rounds.id"), index=True)
    paragraph_id: Mapped[UUID | None] = mapped_column(Uuid)
    language: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text, default="")
    wording: Mapped[str] = mapped_column(Text, default="")
    read_by: Mapped[CommentFor | None]
    copied_from: Mapped[UUID | None] = mapped_column(Uuid)
    sent_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    became: Mapped[Became | None]
    answer: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    opened: Mapped[OpenedRound | None] = relationship()
    round: Mapped[CommentRound | None] = relationship()
