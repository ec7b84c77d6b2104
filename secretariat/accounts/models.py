"""Users, the sessions they have open, and requests for a new password."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.core import clock
from secretariat.core.database import Addressable, Base, Versioned
from secretariat.core.dates import UtcInstant


def may_sign_in(activated_at: datetime | None, suspended_at: datetime | None) -> bool:
    """Whether an invitation was taken up and the account is not suspended."""
    return activated_at is not None and suspended_at is None


class User(Addressable, Versioned, Base):
    """The sign-in of a person: where to reach them, how they prove who they are, in which language they read.

    `email` is kept in lower case. `session_number` stands in every session begun; raising it ends them all.
    """

    __tablename__ = "users"
    unlabelled = "sign-ins, read by accounts alone: its owner sees the own one, administrators the list"
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), unique=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(12), default="")
    zone: Mapped[str] = mapped_column(String(60), default="")
    invited_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    activated_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    suspended_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    suspended_by_id: Mapped[UUID | None] = mapped_column(Uuid)  # the person who did it
    session_number: Mapped[int] = mapped_column(default=1)

    @property
    def may_sign_in(self) -> bool:
        """Whether the invitation was taken up and the account is not suspended."""
        return may_sign_in(self.activated_at, self.suspended_at)


class OpenSession(Addressable, Base):
    """A session of a user. The browser holds the key, this row its digest; the row, not the cookie, says when it ends.

    An ended or expired row stays for a while, so that a form posted too late can be kept for its person.
    """

    __tablename__ = "open_sessions"
    unlabelled = "digests of keys and times; read by accounts alone"
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    number: Mapped[int]
    hat: Mapped[str] = mapped_column(String(60), default="")
    begun_at: Mapped[datetime] = mapped_column(UtcInstant, default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(UtcInstant, default=clock.now, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcInstant)


class PasswordRequest(Addressable, Base):
    """That somebody asked for a new password for an address, known or not: the request does the same work for both.

    The worker answers it, by mail, where there is such an account; then the row is gone.
    """

    __tablename__ = "password_requests"
    unlabelled = "addresses typed on the sign-in page, for minutes; read by the worker alone"
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(12), default="")
    asked_at: Mapped[datetime] = mapped_column(UtcInstant, default=clock.now)


class AddressChange(Addressable, Base):
    """A new address that was asked for, of an account or of a contact card; it takes effect when it is confirmed by
    the link sent there, whoever asked."""

    __tablename__ = "address_changes"
    unlabelled = "addresses awaiting confirmation; read by accounts alone, through the link sent to them"
    email: Mapped[str] = mapped_column(String(254))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"), index=True)
    number_id: Mapped[UUID | None] = mapped_column(Uuid)
    asked_at: Mapped[datetime] = mapped_column(UtcInstant, default=clock.now)
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
