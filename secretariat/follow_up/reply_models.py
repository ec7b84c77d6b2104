"""Replies by mail: what somebody answered to a message, until an officer has read it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.processes.models import Process, Track


class ReplyState(StrEnum):
    """What was done with it."""

    WAITING = "waiting"
    NOTED = "noted"  # it became a contact note
    SET_ASIDE = "set_aside"  # there was nothing to write down


class MailReply(Addressable, Labelled, Versioned, Base):
    """One mail that came in for a track. Nothing of it is published: an officer reads it and writes down what counts.

    `mail_id` is the message of ours that it answers, and `person_id`, `hat` and `participant_id` are whom that was
    written to; all empty where it came from another address, or answers none of ours. Read by the officers of the
    track, and by that person; erased when `ends_on` has come. `key` is that of its bytes: fetched twice it is here
    once.
    """

    __tablename__ = "mail_replies"
    __table_args__ = (Index("ix_mail_replies_place", "track_id", "state"),)
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    key: Mapped[str] = mapped_column(String(64), unique=True)
    mail_id: Mapped[UUID | None] = mapped_column(Uuid)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"), index=True)
    hat: Mapped[str] = mapped_column(String(60), default="")
    participant_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    sender: Mapped[str] = mapped_column(String(254))
    words: Mapped[str] = mapped_column(Text)
    left_out: Mapped[list[str]] = mapped_column(JSON, default=list)  # names of files that were with it
    is_cut: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[datetime]
    state: Mapped[ReplyState] = mapped_column(default=ReplyState.WAITING)
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    ends_on: Mapped[date] = mapped_column(index=True)
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()

    @property
    def is_matched(self) -> bool:
        return self.person_id is not None
