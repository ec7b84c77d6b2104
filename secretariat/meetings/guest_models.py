"""The list of delegations as a thing with readers of its own; and guests: who is invited to single items alone.

A guest does not read the meeting. What it is told stands beside the meeting and is copied there, item by item, for the
guest and the secretariat alone (`Guest`, `GuestItem`); what the meeting sees of it stands in each item (`GuestSeat`).
"""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.meetings.models import AgendaItem, Answer, Meeting, MeetingState
from secretariat.processes.models import Participant, Process, Track


class DelegationList(Addressable, Labelled, Versioned, Base):
    """The list of delegations of a meeting: its label says who reads who comes. Made with the first invitation."""

    __tablename__ = "delegation_lists"
    container = "meeting"
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), unique=True)
    meeting: Mapped[Meeting] = relationship()


class Guest(Addressable, Labelled, Versioned, Base):
    """A participant that does not read the meeting, or the civil-society network, invited to single items of it.

    It stands beside the meeting, for the guest and the secretariat alone: title, place and zone are what the guest is
    told of it. Of `participant_id` and `network_id` one is given; the network answers through its coordination.
    `sequence` counts what the guest's calendar must be told, `told_digest` is of what it was told last. `names` are the
    persons who come, one a line; they go when `ends_on` has come. `last_on` is the last day on which it is awaited. A
    guest that is `withdrawn_at` keeps nothing but that.
    """

    __tablename__ = "meeting_guests"
    __table_args__ = (
        UniqueConstraint("meeting_id", "participant_id"),
        UniqueConstraint("meeting_id", "network_id"),
        Index("ix_meeting_guests_answer", "process_id", "answer"),
    )
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    participant_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"), index=True)
    network_id: Mapped[UUID | None] = mapped_column(ForeignKey("tracks.id"), index=True)
    standing: Mapped[str] = mapped_column(String(40), default="")
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    place: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    is_online: Mapped[bool] = mapped_column(default=False)
    zone: Mapped[str] = mapped_column(String(60), default="")
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.ANNOUNCED)
    sequence: Mapped[int] = mapped_column(default=0)
    told_digest: Mapped[str] = mapped_column(String(64), default="")
    invited_at: Mapped[datetime] = mapped_column(UtcInstant)
    answer_by: Mapped[date | None]
    answer: Mapped[Answer] = mapped_column(default=Answer.AWAITED)
    names: Mapped[str] = mapped_column(Text, default="")
    will_answer_by: Mapped[date | None]
    answered_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    answered_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    last_on: Mapped[date | None]
    ends_on: Mapped[date | None] = mapped_column(index=True)
    process: Mapped[Process] = relationship()
    participant: Mapped[Participant | None] = relationship()
    track: Mapped[Track] = relationship(foreign_keys="Guest.track_id")
    network: Mapped[Track | None] = relationship(foreign_keys="Guest.network_id")
    items: Mapped[list[GuestItem]] = relationship(
        back_populates="guest", order_by="GuestItem.day, GuestItem.begins, GuestItem.position"
    )

    @property
    def awaits_answer(self) -> bool:
        return self.answer in (Answer.AWAITED, Answer.WILL_ANSWER)


class GuestItem(Addressable, Labelled, Base):
    """What a guest is told of an item it is invited to: its title, its day and, where they are known, its hours, as
    wall times of the meeting's zone. `opened_label_id` is the label of the item when it was opened to the guest: an
    item that comes under a narrower one is closed to the guest."""

    __tablename__ = "guest_items"
    __table_args__ = (UniqueConstraint("guest_id", "item_id"),)
    container = "guest"
    guest_id: Mapped[UUID] = mapped_column(ForeignKey("meeting_guests.id"))
    item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_items.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    day: Mapped[date | None]
    begins: Mapped[time | None]
    ends: Mapped[time | None]
    opened_label_id: Mapped[int] = mapped_column(ForeignKey("labels.id"))
    guest: Mapped[Guest] = relationship(back_populates="items")

    @property
    def begins_wall(self) -> datetime | None:
        """Day and hour on the wall of the place, without a zone."""
        return datetime.combine(self.day, self.begins) if self.day and self.begins else None

    @property
    def ends_wall(self) -> datetime | None:
        return datetime.combine(self.day, self.ends) if self.day and self.ends else None


class GuestSeat(Addressable, Labelled, Versioned, Base):
    """That a guest comes to an item, for who reads the item: who it is, in which standing, and whom it names."""

    __tablename__ = "guest_seats"
    __table_args__ = (UniqueConstraint("guest_id", "item_id"),)
    container = "item"
    item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_items.id"), index=True)
    guest_id: Mapped[UUID] = mapped_column(Uuid)
    participant_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    network_id: Mapped[UUID | None] = mapped_column(ForeignKey("tracks.id"))
    standing: Mapped[str] = mapped_column(String(40), default="")
    answer: Mapped[Answer] = mapped_column(default=Answer.AWAITED)
    names: Mapped[str] = mapped_column(Text, default="")
    item: Mapped[AgendaItem] = relationship()
