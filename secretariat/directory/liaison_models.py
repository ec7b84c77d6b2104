"""What a civil-society network is told of the officials governments have named for it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.processes.models import Process


class LiaisonListing(Addressable, Labelled, Base):
    """A liaison officer as a network knows one: a copy, beside the appointment and the card, which stay on the
    governments' side. It goes when the officer acts for the government no more. `appointment_id` is a key alone."""

    __tablename__ = "liaison_listings"
    __table_args__ = (UniqueConstraint("network_id", "appointment_id"),)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    network_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointments.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    hat: Mapped[str] = mapped_column(String(60))
    subject: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    department: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    since: Mapped[date]
    name: Mapped[str] = mapped_column(String(300), default="")
    function: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    ministry: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    languages: Mapped[list[Any]] = mapped_column(JSON, default=list)
    zone: Mapped[str] = mapped_column(String(60), default="")
    confirmed_on: Mapped[date | None]
    process: Mapped[Process] = relationship()
    numbers: Mapped[list[LiaisonNumber]] = relationship(back_populates="listing")


class LiaisonNumber(Addressable, Labelled, Base):
    """A number or address of a liaison officer, as far as the officer lets the network have it: its coordination alone
    unless the officer agrees to more."""

    __tablename__ = "liaison_numbers"
    container = "listing"
    listing_id: Mapped[UUID] = mapped_column(ForeignKey("liaison_listings.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # as on the contact card
    value: Mapped[str] = mapped_column(String(254))
    listing: Mapped[LiaisonListing] = relationship(back_populates="numbers")
