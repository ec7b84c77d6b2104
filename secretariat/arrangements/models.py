"""The host's list of a meeting, and each person on it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, Numeric, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.localtext import LocalText, LocalTextColumn


class BadgeKind(StrEnum):
    """What a badge says of its bearer, and which doors it opens."""

    DELEGATION = "delegation"
    SECRETARIAT = "secretariat"
    HOST = "host"
    INTERPRETER = "interpreter"
    SPEAKER = "speaker"
    OTHER = "other"


class HostList(Addressable, Labelled, Versioned, Base):
    """The practical arrangements of one meeting: one list a meeting, for the secretariat of its track and the host's
    protocol officers, who read it by its key and read nothing else of the process (ADR 53).

    It stands beside the meeting and not in it; title, days, place and the letter from which delegations are listed are
    copies that are kept true. `interpretation` are the languages one can listen in, `booths` how that is set up. The
    persons on it go on `erased_on`, sixty days after the last day; what stays says that there was a list.
    """

    __tablename__ = "host_lists"
    __table_args__ = (UniqueConstraint("meeting_id"),)
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    meeting_id: Mapped[UUID] = mapped_column(Uuid)
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    zone: Mapped[str] = mapped_column(String(60), default="")
    place: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    is_off: Mapped[bool] = mapped_column(default=False)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    starting_letter: Mapped[str] = mapped_column(String(8), default="")
    interpretation: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    booths: Mapped[str] = mapped_column(String(1000), default="")
    word: Mapped[str] = mapped_column(String(1000), default="")
    erased_on: Mapped[date | None]
    persons: Mapped[list[HostedPerson]] = relationship(back_populates="host_list")


class HostedPerson(Addressable, Labelled, Versioned, Base):
    """One person on a host's list, with all that is arranged for that person.

    Name, function and place in the delegation are copies of who was named (`delegate_id`: no key that binds); who is
    added by hand - an interpreter, a speaker - has none. Read by the participant that named the person, the secretariat
    and the host's protocol officers; where the participant keeps the person off the circulated list, not by these.
    """

    __tablename__ = "hosted_persons"
    __table_args__ = (
        UniqueConstraint("delegate_id"),
        Index("ix_hosted_persons_list_participant", "list_id", "participant_id"),
    )
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    list_id: Mapped[UUID] = mapped_column(ForeignKey("host_lists.id"))
    participant_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"), index=True)
    delegate_id: Mapped[UUID | None] = mapped_column(Uuid)
    name: Mapped[str] = mapped_column(String(300))
    function: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(String(300), default="")
    place: Mapped[int] = mapped_column(default=0)
    is_unlisted: Mapped[bool] = mapped_column(default=False)

    arrives_on: Mapped[date | None]
    arrival: Mapped[str] = mapped_column(String(300), default="")
    leaves_on: Mapped[date | None]
    departure: Mapped[str] = mapped_column(String(300), default="")
    hotel: Mapped[str] = mapped_column(String(300), default="")
    diet: Mapped[str] = mapped_column(String(500), default="")
    access: Mapped[str] = mapped_column(String(500), default="")
    wants_visa_letter: Mapped[bool] = mapped_column(default=False)
    listens_in: Mapped[str] = mapped_column(String(10), default="")

    visa_letter_on: Mapped[date | None]
    badge: Mapped[BadgeKind] = mapped_column(default=BadgeKind.DELEGATION)
    may_enter: Mapped[bool] = mapped_column(default=True)
    seat: Mapped[str] = mapped_column(String(100), default="")
    travel_paid_by: Mapped[str] = mapped_column(String(300), default="")
    allowance: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    currency: Mapped[str] = mapped_column(String(3), default="")
    host_list: Mapped[HostList | None] = relationship(back_populates="persons")


# Workshops and contributions stand in modules of their own.
from secretariat.arrangements import contribution_models, workshop_models  # noqa: E402, F401 - mapped with the others
