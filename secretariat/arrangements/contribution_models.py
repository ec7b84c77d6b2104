"""What participants give to a process: pledged, received, in kind, and what for."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Numeric, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.processes.models import Participant, Process, Track


class Contribution(Addressable, Labelled, Versioned, Base):
    """What a participant has pledged or given, as the secretariat entered it; or somebody that takes no part, by name
    (`giver`): a foundation, a university, a donor.

    Money has a `currency`, with what was `pledged` and what of it was `received` so far; `in_kind` says what is given
    otherwise (a venue, experts, a report). `earmark` is what it is for, where the giver said so. Until the giver has
    said that it is right (`confirmed_at`) the giver and the secretariat alone read it, then the members (ADR 55);
    `word` is what the giver said is not right. Who takes no part has no access: the secretariat notes where it said
    that it is right (`noted`), a letter for one.
    """

    __tablename__ = "contributions"
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    participant_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"), index=True)
    giver: Mapped[str] = mapped_column(String(300), default="", server_default="")
    pledged: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    received: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    currency: Mapped[str] = mapped_column(String(3), default="")
    in_kind: Mapped[str] = mapped_column(String(500), default="")
    earmark: Mapped[str] = mapped_column(String(500), default="")
    pledged_on: Mapped[date | None]
    received_on: Mapped[date | None]
    entered_at: Mapped[datetime] = mapped_column(UtcInstant)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    confirmed_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    word: Mapped[str] = mapped_column(String(1000), default="")
    noted: Mapped[str] = mapped_column(String(300), default="", server_default="")
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
    participant: Mapped[Participant | None] = relationship()
