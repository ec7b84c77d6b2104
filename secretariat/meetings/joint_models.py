"""A session that both sides of the wall hold together, a "common space": proposed by one, agreed to by the other; and
the notice each side has of it."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.processes.models import Process


class JointState(StrEnum):
    """What became of it."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"
    CHANGED = "changed"  # another one took its place, which both sides agreed to
    TAKEN_BACK = "taken_back"


class _Hours:
    """When it is held, as wall times of its zone."""

    held_on: Mapped[date]
    begins: Mapped[time]
    ends: Mapped[time]
    zone: Mapped[str] = mapped_column(String(60))

    @property
    def day(self) -> date:
        return self.held_on

    @property
    def begins_wall(self) -> datetime:
        return datetime.combine(self.held_on, self.begins)

    @property
    def ends_wall(self) -> datetime:
        return datetime.combine(self.held_on, self.ends)


class JointSession(_Hours, Addressable, Labelled, Versioned, Base):
    """What the two offices say to each other of a session, and nothing else of either's meetings: only they read it.

    One that is proposed in the place of an agreed one (`instead_of_id`) takes over its notices once it is agreed.

    `government_id` and `network_id` are the tracks that hold it; the one of `by_network` proposed it. `reply` are words
    of the side that declined. Of an agreed one either side can take itself back.
    """

    __tablename__ = "joint_sessions"
    __table_args__ = (Index("ix_joint_sessions_days", "process_id", "held_on"),)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    government_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    network_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    by_network: Mapped[bool]
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    about: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    place: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    state: Mapped[JointState] = mapped_column(default=JointState.PROPOSED)
    proposed_at: Mapped[datetime] = mapped_column(UtcInstant)
    answered_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    reply: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    instead_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("joint_sessions.id"))
    process: Mapped[Process] = relationship()

    @property
    def proposed_by(self) -> UUID:
        """The track that proposed it."""
        return self.network_id if self.by_network else self.government_id

    @property
    def asked(self) -> UUID:
        """The track that was asked."""
        return self.government_id if self.by_network else self.network_id


class JointNotice(_Hours, Addressable, Labelled, Base):
    """The notice one side has of a joint session: a copy of what was agreed, with readers of its own on that side. One
    that was called off stays as a word to who was told."""

    __tablename__ = "joint_notices"
    __table_args__ = (
        UniqueConstraint("session_id", "track_id"),
        Index("ix_joint_notices_days", "process_id", "held_on"),
    )
    container = "process"
    session_id: Mapped[UUID] = mapped_column(ForeignKey("joint_sessions.id"))
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    about: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    place: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    called_off_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")  # as calendars count changes (RFC 5545)
    process: Mapped[Process] = relationship()
