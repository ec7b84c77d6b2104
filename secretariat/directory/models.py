"""Persons, appointments and contact cards."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, BearsRights, Labelled, Versioned
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.core.viewer import Hat, HatKind
from secretariat.processes.models import Track


class Person(Addressable, Base):
    """A key and nothing else: what is known of a person stands in labelled contact cards, per process and track."""

    __tablename__ = "persons"
    unlabelled = "a random key; tells of nobody"
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))


class RoleName(StrEnum):
    """What one can be appointed as."""

    FOCAL_POINT = "focal_point"
    ALTERNATE = "alternate"
    COLLEAGUE = "colleague"  # of another ministry of the participant
    CHAIR = "chair"  # acts for the chairing participant while its term lasts
    LIAISON_OFFICER = "liaison_officer"  # government official named for civil society
    REPRESENTATIVE = "representative"  # of an organization of a network
    OFFICER = "officer"  # of a track's secretariat
    CHAIRS_OFFICE = "chairs_office"  # of the chair, serving as secretariat where there is none, while the term runs
    COORDINATOR = "coordinator"  # of a network: keeps the civil-society track
    ADMINISTRATOR = "administrator"  # of the installation
    PROTOCOL_OFFICER = "protocol_officer"  # of the host of one meeting, for its host's list and nothing else


class Appointment(Addressable, Labelled, Versioned, BearsRights, Base):
    """That a person acts for a participant or a secretariat: as what, where, from which day, by which letter.

    `until` is the first day on which it no longer holds. `chairs_for_id` is the participant whose chair's office serves
    as secretariat; what that gives ends with the participant's term. Never overwritten: a handover ends one and begins
    another.
    """

    __tablename__ = "appointments"
    __table_args__ = (Index("ix_appointments_person_hat", "person_id", "hat"),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    hat: Mapped[str] = mapped_column(String(60), index=True)
    role: Mapped[RoleName] = mapped_column(index=True)
    process_id: Mapped[UUID | None] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID | None] = mapped_column(ForeignKey("tracks.id"), index=True)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("bodies.id"))
    subject: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    department: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    since: Mapped[date]
    until: Mapped[date | None]
    letter: Mapped[str] = mapped_column(String(300), default="")
    letter_on: Mapped[date | None]
    chairs_for_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    ended_why: Mapped[str] = mapped_column(String(300), default="")

    @property
    def acts_as(self) -> Hat:
        return Hat.parse(self.hat)

    @property
    def participant_id(self) -> UUID | None:
        """The participant acted for, if it is one."""
        hat = self.acts_as
        return hat.id if hat.kind is HatKind.PARTICIPANT else None

    def held_on(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)


class ProposedSuccessor(Addressable, Labelled, Versioned, Base):
    """Whom a focal point says to follow in an office: `role` says in which, the focal point's own or an alternate's. It
    changes nothing: the secretariat records the capital's letter, or sets this aside. `appointment` is the one that
    would end; that of the focal point who says so, where an alternate would come who follows nobody. Read by the
    participant's people and the secretariat; goes when `ends_on` has come."""

    __tablename__ = "proposed_successors"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointments.id"))
    role: Mapped[RoleName]
    said_at: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(300))
    ministry: Mapped[str] = mapped_column(String(300), default="")
    address: Mapped[str] = mapped_column(String(254), default="")
    word: Mapped[str] = mapped_column(String(500), default="")
    settled_at: Mapped[datetime | None]
    ends_on: Mapped[date | None]
    appointment: Mapped[Appointment] = relationship()

    @property
    def follows_nobody(self) -> bool:
        """Whether an appointment would begin and none would end."""
        return self.role is not self.appointment.role


class EmergencyAccess(Addressable, Labelled, Versioned, BearsRights, Base):
    """That an administrator asked to read one track in an emergency, why, and what became of it.

    It gives nothing before a second person has confirmed it, and ends by itself after `hours`. `hat` is what the
    reader puts on. Read by who keeps the track.
    """

    __tablename__ = "emergency_accesses"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), index=True)
    hat: Mapped[str] = mapped_column(String(60), index=True)
    reason: Mapped[str] = mapped_column(String(1000))
    hours: Mapped[int]
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    ends_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    track: Mapped[Track] = relationship()

    def runs_at(self, moment: datetime) -> bool:
        """Whether it lets its person read at a moment."""
        return self.confirmed_at is not None and self.confirmed_at <= moment < self._over_at(moment)

    def ran_on(self, on: date) -> bool:
        """Whether it let its person read at some time of a day (UTC)."""
        if self.confirmed_at is None:
            return False
        last = self._over_at(self.confirmed_at + timedelta(microseconds=1)) - timedelta(microseconds=1)
        return self.confirmed_at.date() <= on <= last.date()

    def _over_at(self, otherwise: datetime) -> datetime:
        return min([one for one in (self.ends_at, self.ended_at) if one is not None], default=otherwise)


class EmergencyOpening(Base):
    """One page opened under an emergency access: when, and its address. Never overwritten."""

    __tablename__ = "emergency_openings"
    unlabelled = "read only through emergency.queries, which first reads the access itself under the reader's eyes"
    id: Mapped[int] = mapped_column(primary_key=True)
    access_id: Mapped[UUID] = mapped_column(ForeignKey("emergency_accesses.id"), index=True)
    at: Mapped[datetime]
    page: Mapped[str] = mapped_column(String(300))


class ContactCard(Addressable, Labelled, Versioned, Base):
    """What one process and track know of a person: name, function, ministry, languages, zone, form of address.

    `address_as` maps a language to the form of address the person chose ("Distinguida señora"); nothing is inferred.
    From `look_again_on` its owner is asked whether all of it is still right: a year after it was written, or confirmed.
    """

    __tablename__ = "contact_cards"
    __table_args__ = (Index("ix_contact_cards_person", "person_id", "process_id", "track_id", unique=True),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    name: Mapped[str] = mapped_column(String(300), default="")
    function: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    ministry: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    zone: Mapped[str] = mapped_column(String(60), default="")
    address_as: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    look_again_on: Mapped[date | None]
    confirmed_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    numbers: Mapped[list[ContactNumber]] = relationship(back_populates="card")


class ContactNumber(Addressable, Labelled, Versioned, Base):
    """One number or address of a card, under a label of its own: each person chooses who sees which."""

    __tablename__ = "contact_numbers"
    container = "card"
    card_id: Mapped[UUID] = mapped_column(ForeignKey("contact_cards.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # mail, telephone, mobile
    value: Mapped[str] = mapped_column(String(254))
    for_mail: Mapped[bool] = mapped_column(default=False)  # where the product writes to
    beyond: Mapped[str | None] = mapped_column(String(20))  # what civil society sees of a liaison officer's: `Beyond`
    card: Mapped[ContactCard] = relationship(back_populates="numbers")


# What stands in a module of its own is mapped with the others.
from secretariat.directory import liaison_models  # noqa: E402, F401
