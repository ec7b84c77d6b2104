"""Workshops and training of a process: who is asked to name people, who is named and chosen, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.processes.models import Participant, Process, Track


class SeatState(StrEnum):
    """What became of who was named for a workshop."""

    NOMINATED = "nominated"
    CHOSEN = "chosen"
    RESERVE = "reserve"
    NOT_CHOSEN = "not_chosen"


class Workshop(Addressable, Labelled, Versioned, Base):
    """A workshop, with so many places for each participant. It is the secretariat's until the call for nominees.

    `papers` are what those who came marked, one to five for each question, in no order and by nobody; `remarks` their
    words, likewise. `paid_by` is who pays a seat unless it is said otherwise of one.
    """

    __tablename__ = "workshops"
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), index=True)
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    about: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    place: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    places_each: Mapped[int]
    nominate_by: Mapped[date]
    paid_by: Mapped[str] = mapped_column(String(300), default="")
    called_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    chosen_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    attended_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    papers: Mapped[list[list[int]]] = mapped_column(JSON, default=list, server_default="[]")
    remarks: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()


class WorkshopCall(Addressable, Labelled, Versioned, Base):
    """That a participant was asked for nominees, and how far it has answered: for itself and the secretariat alone.

    `answered_on` is when it last named somebody or sent its regrets; `evaluated` counts the papers it has handed in;
    `told` counts the mails that said what became of its people: an earlier one that has not left gives way.
    """

    __tablename__ = "workshop_calls"
    __table_args__ = (UniqueConstraint("workshop_id", "participant_id"),)
    container = "workshop"
    workshop_id: Mapped[UUID] = mapped_column(ForeignKey("workshops.id"))
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    answered_on: Mapped[date | None]
    regrets: Mapped[bool] = mapped_column(default=False)
    evaluated: Mapped[int] = mapped_column(default=0)
    told: Mapped[int] = mapped_column(default=0, server_default="0")
    workshop: Mapped[Workshop] = relationship()
    participant: Mapped[Participant] = relationship()


class WorkshopSeat(Addressable, Labelled, Versioned, Base):
    """A person named for a workshop by a participant, in the order of its preference; or, without a participant, a
    resource person invited in a personal capacity. Read by the participant and the secretariat; goes on `ends_on`.

    Of a resource person also where it was written to, by whom of the secretariat under which hat (its page behind the
    link is read with those eyes), and what it answered: `comes`, when, and a word. `invitee_id` is a person of whom
    nothing is known but the address; another address is another one, so that the former link opens nothing.
    """

    __tablename__ = "workshop_seats"
    container = "workshop"
    workshop_id: Mapped[UUID] = mapped_column(ForeignKey("workshops.id"), index=True)
    participant_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"), index=True)
    rank: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(300))
    function: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(String(300), default="")
    paid_by: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[SeatState] = mapped_column(default=SeatState.NOMINATED)
    attended: Mapped[bool | None]
    ends_on: Mapped[date] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(String(254), default="", server_default="")
    invited_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    invited_by_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    invited_by_hat: Mapped[str] = mapped_column(String(60), default="", server_default="")
    invitee_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"), index=True)
    comes: Mapped[bool | None]
    replied_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    word: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    workshop: Mapped[Workshop] = relationship()
    participant: Mapped[Participant | None] = relationship()


class CapacityBuilt(Addressable, Labelled, Versioned, Base):
    """What a participant says, half a year after a workshop, that its people could use: in its own words, read by who
    reads the workshop, and part of the progress report."""

    __tablename__ = "capacity_built"
    __table_args__ = (UniqueConstraint("workshop_id", "participant_id"),)
    container = "workshop"
    workshop_id: Mapped[UUID] = mapped_column(ForeignKey("workshops.id"))
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    said_at: Mapped[datetime] = mapped_column(UtcInstant)
    workshop: Mapped[Workshop] = relationship()
    participant: Mapped[Participant] = relationship()
