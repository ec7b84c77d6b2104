"""The outbox and its attempts, links from mails, and whether this installation sends at all."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core import clock
from secretariat.core.database import Addressable, Base, Labelled


class MailState(StrEnum):
    """Where a mail stands. The last three are ends, from which only a person's act leads back."""

    WAITING = "waiting"  # goes at its hour
    LEASED = "leased"  # a worker is at it
    HELD = "held"  # a person holds it back
    IN_DOUBT = "in_doubt"  # the relay may or may not have taken it (RFC 1047); never sent again without evidence
    SENT = "sent"
    SKIPPED = "skipped"  # there was no longer anything to say to this reader
    DEAD = "dead"  # it cannot be delivered as things are; a person repairs and sends again


class OutboxMessage(Addressable, Labelled, Base):
    """One mail to one person under one hat, put here in the transaction of its cause and composed when it is sent.

    It holds ids, not words. `key` is what makes it unique: the same cause twice is the same mail. `message_id` is set
    at the first attempt and never changes, so that evidence of an earlier attempt can be found. `number` is random, so
    that it tells nothing of how many mails there are.

    A worker owns it while `state` is leased, `lease_token` is its own and `leased_until` has not passed.
    `transmitting_at` is set immediately before the first byte of the text may reach the relay: a lease that ends
    without it is a mail that was certainly not sent.
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (
        Index("ix_outbox_messages_due", "state", "next_attempt_at"),
        Index("ix_outbox_messages_place", "process_id", "track_id", "state"),
    )
    key: Mapped[str] = mapped_column(String(200), unique=True)
    notice: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(12), unique=True)
    process_id: Mapped[UUID | None] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID | None] = mapped_column(ForeignKey("tracks.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), index=True)
    hat: Mapped[str] = mapped_column(String(60))
    subject: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    address: Mapped[str | None] = mapped_column(String(254))  # only where it is not that of the person's card
    put_at: Mapped[datetime] = mapped_column(default=clock.now)
    state: Mapped[MailState] = mapped_column(default=MailState.WAITING)
    reason: Mapped[str] = mapped_column(String(60), default="")
    detail: Mapped[str] = mapped_column(String(500), default="")
    next_attempt_at: Mapped[datetime] = mapped_column(default=clock.now)
    attempts: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[str | None] = mapped_column(String(200), unique=True)
    lease_token: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None]
    transmitting_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class MailAttempt(Base):
    """What happened to a mail, once each: attempts, skips, holds, and the acts of persons. Never overwritten."""

    __tablename__ = "mail_attempts"
    unlabelled = "read only through mail.queries, which first reads the mail itself under the reader's eyes"
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[UUID] = mapped_column(ForeignKey("outbox_messages.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    state: Mapped[MailState]
    reason: Mapped[str] = mapped_column(String(60), default="")
    detail: Mapped[str] = mapped_column(String(500), default="")
    by_person_id: Mapped[UUID | None] = mapped_column(Uuid)
    message: Mapped[OutboxMessage] = relationship()


class MailLink(Addressable, Base):
    """What a link from a mail lets its person do: under one hat, in one scope, on these subjects, until a day.

    The address of the link holds the id and a signature, so that composing the mail again gives the same link.
    `key` is what makes it unique: the mail, the scope and the subjects.
    """

    __tablename__ = "mail_links"
    unlabelled = "capabilities, found only by who holds the signed address (mail.links)"
    key: Mapped[str] = mapped_column(String(200), unique=True)
    scope: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), index=True)
    hat: Mapped[str] = mapped_column(String(60))
    process_id: Mapped[UUID | None] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID | None] = mapped_column(ForeignKey("tracks.id"))
    subjects: Mapped[list[str]] = mapped_column(JSON, default=list)
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    renewable: Mapped[bool] = mapped_column(default=True)
    single_use: Mapped[bool] = mapped_column(default=False)
    used_at: Mapped[datetime | None]


class SendingState(Base):
    """One row: whether this installation sends, and the epoch which a file outside the database must repeat.

    A database restored from a backup holds an epoch the file no longer has; then nothing is sent until a person has
    looked (`secretariat.mail.sending`).
    """

    __tablename__ = "sending_state"
    unlabelled = "one row about the installation"
    id: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[str] = mapped_column(String(64))
    stopped_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(String(300), default="")
