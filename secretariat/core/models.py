"""Tables of the core: labels and who reads them, audit trail, security log, throttles, nonces, jobs."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core import clock
from secretariat.core.database import Addressable, Base, BehindTheWall, Labelled, Versioned, new_key
from secretariat.core.dates import UtcInstant


class Label(Base):
    """A set of clauses, stored once and never changed. Relabelling a thing points it at another label."""

    __tablename__ = "labels"
    unlabelled = "says who may read; tells nothing of what is read"
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    clauses: Mapped[list[LabelClause]] = relationship(lazy="selectin", cascade="all")


class LabelClause(Base):
    """A clause of a label, in canonical form; `process_id` stands apart so that a reader's labels are found by it."""

    __tablename__ = "label_clauses"
    unlabelled = "part of a label"
    label_id: Mapped[int] = mapped_column(ForeignKey("labels.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    process_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    level: Mapped[str] = mapped_column(String(12))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class RightsState(Base):
    """One row that counts the changes of rights (`epoch`) and of labels, so that a session sees at once whether
    what is written in `readable_labels` for its reader is still true."""

    __tablename__ = "rights_state"
    unlabelled = "two counters"
    id: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[int] = mapped_column(default=1)
    labels: Mapped[int] = mapped_column(default=0)


class ReaderKey(Base):
    """The key of one reader under one hat, stamped with the day and the counters its labels were worked out for."""

    __tablename__ = "viewers"
    __table_args__ = (UniqueConstraint("person_id", "hat"),)
    unlabelled = "keys of readers, needed before anybody can read"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[UUID | None] = mapped_column(Uuid)
    hat: Mapped[str] = mapped_column(String(60))
    epoch: Mapped[int] = mapped_column(default=0)
    labels: Mapped[int] = mapped_column(default=0)
    on: Mapped[date | None]


class ReadableLabel(Base):
    """That a reader may read what carries a label. The whole of the filter is a look into this table."""

    __tablename__ = "readable_labels"
    __table_args__ = (Index("ix_readable_labels_label_id", "label_id"),)
    unlabelled = "the filter itself"
    viewer_id: Mapped[int] = mapped_column(ForeignKey("viewers.id"), primary_key=True)
    label_id: Mapped[int] = mapped_column(ForeignKey("labels.id"), primary_key=True)


class LabelChange(BehindTheWall, Base):
    """That a thing came under a label: at its making, by an act, or because its container moved. Never overwritten."""

    __tablename__ = "label_changes"
    __table_args__ = (Index("ix_label_changes_thing", "thing_kind", "thing_id"),)
    unlabelled = "read only through core.labelling, which first reads the thing itself under the reader's eyes"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcInstant, default=clock.now)
    thing_kind: Mapped[str] = mapped_column(String(60))
    thing_id: Mapped[UUID] = mapped_column(Uuid)
    old_label_id: Mapped[int | None] = mapped_column(ForeignKey("labels.id"))
    new_label_id: Mapped[int] = mapped_column(ForeignKey("labels.id"))
    by_person_id: Mapped[UUID | None] = mapped_column(Uuid)
    by_hat: Mapped[str] = mapped_column(String(60))
    why: Mapped[str] = mapped_column(String(500), default="")


class Reading(BehindTheWall, Base):
    """That a person opened a thing for named readers - its page, a paper, a page behind a link - under which hat, when.

    Without a label of its own: who may know of it follows from the thing, the reader and today's offices, and a label
    for each pair of reader and thing would make more labels than things.
    """

    __tablename__ = "readings"
    __table_args__ = (
        Index("ix_readings_thing", "thing_kind", "thing_id"),
        Index("ix_readings_person", "person_id", "hat"),
    )
    unlabelled = "read only through core.readings, by the reader, the secretariat of the track and whose paper it is"
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_key)
    at: Mapped[datetime] = mapped_column(UtcInstant, default=clock.now)
    person_id: Mapped[UUID] = mapped_column(Uuid)
    hat: Mapped[str] = mapped_column(String(60))
    thing_kind: Mapped[str] = mapped_column(String(60))
    thing_id: Mapped[UUID] = mapped_column(Uuid)
    as_paper: Mapped[bool] = mapped_column(default=False)
    keep_until: Mapped[date] = mapped_column(index=True)


class AuditChain(Base):
    """The head of one chain of the audit trail; a chain belongs to a process and track, or to the installation."""

    __tablename__ = "audit_chains"
    unlabelled = "digests only"
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    head: Mapped[str] = mapped_column(String(64), default="")
    length: Mapped[int] = mapped_column(default=0)


class AuditEntry(Base):
    """A link of the chain: when, what kind of act, and a salted digest of the content, which stands elsewhere."""

    __tablename__ = "audit_entries"
    __table_args__ = (UniqueConstraint("chain", "place"),)
    unlabelled = "digests and kinds of acts; the content is labelled"
    id: Mapped[int] = mapped_column(primary_key=True)
    chain: Mapped[str] = mapped_column(ForeignKey("audit_chains.name"))
    place: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcInstant, default=clock.now)
    kind: Mapped[str] = mapped_column(String(60))
    digest: Mapped[str] = mapped_column(String(64))


class AuditContent(Addressable, Labelled, Base):
    """What an audit entry says, and its salt: readable under a label, erased with its salt when its time has come."""

    __tablename__ = "audit_contents"
    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entries.id"), unique=True)
    subject_kind: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    by_person_id: Mapped[UUID | None] = mapped_column(Uuid)
    by_hat: Mapped[str] = mapped_column(String(60))
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    salt: Mapped[str] = mapped_column(String(64))


class SecurityEvent(Base):
    """A refused or notable request: failed sign-ins, forged ids, replayed tokens. Kept 180 days, for administrators."""

    __tablename__ = "security_events"
    unlabelled = "holds addresses and kinds of refusal, no content; shown to administrators only"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcInstant, default=clock.now, index=True)
    kind: Mapped[str] = mapped_column(String(60))
    user_id: Mapped[UUID | None] = mapped_column(Uuid)
    source: Mapped[str] = mapped_column(String(64), default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Throttle(Base):
    """How often something was tried in a window of time, counted here so that all processes count together."""

    __tablename__ = "throttles"
    unlabelled = "digests of keys, and numbers"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    window_from: Mapped[datetime] = mapped_column(UtcInstant)
    tries: Mapped[int] = mapped_column(default=0)


class UsedNonce(Base):
    """A form already answered, and where the answer led: a second click is shown the first answer.

    `nonce` is the digest of the form's. `answer` may be the address of a link from a mail, and `said` holds what is to
    be said there, once; it is emptied when it was shown. Both are sealed under the nonce itself, which the form and its
    browser alone have. SQLite keeps these rows in the order of the digests: in the order of writing they would tell
    between which forms a note was written.
    """

    __tablename__ = "used_nonces"
    __table_args__ = ({"sqlite_with_rowid": False},)
    unlabelled = "digests, and sealed words and addresses, read only by who holds the nonce"
    nonce: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcInstant, default=clock.now, index=True)
    answer: Mapped[str] = mapped_column(String(500))
    said: Mapped[str | None] = mapped_column(Text)


class KeptForm(Base):
    """What was typed when a session had expired, kept for its person alone until signed in again, a day at most.

    Sealed with a key that the browser of its person holds: nobody reads it here, nor in a copy of the database.
    """

    __tablename__ = "kept_forms"
    unlabelled = "read only by the user it belongs to, through accounts"
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    user_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    at: Mapped[datetime] = mapped_column(UtcInstant, default=clock.now)
    sealed: Mapped[str] = mapped_column(Text)


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Addressable, Labelled, Versioned, Base):
    """Work that takes longer than a request: claimed under a lease, progress shown, the result kept for who asked."""

    __tablename__ = "jobs"
    kind: Mapped[str] = mapped_column(String(60))
    asked_at: Mapped[datetime] = mapped_column(UtcInstant, default=clock.now)
    person_id: Mapped[UUID] = mapped_column(Uuid)
    hat: Mapped[str] = mapped_column(String(60))
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(UtcInstant)
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(500), default="")
    result_name: Mapped[str] = mapped_column(String(200), default="")
    result_type: Mapped[str] = mapped_column(String(100), default="")
    result: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    finished_at: Mapped[datetime | None] = mapped_column(UtcInstant)


class Heartbeat(Base):
    """When each standing piece of work was last seen alive (scan, delivery, beat, worker)."""

    __tablename__ = "heartbeats"
    unlabelled = "names of the product's own parts and times"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcInstant)
