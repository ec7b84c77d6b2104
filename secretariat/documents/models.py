"""Documents, their language versions, the files of these, and the words of the files."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, Uuid, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import PartialDate, PartialDateColumn, UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.core.numbering import Numbered
from secretariat.processes.models import Body, Participant, Process, Track

KINDS = (
    "agenda",
    "working_paper",
    "conference_room_paper",
    "non_paper",
    "information_note",
    "report",
    "declaration",
    "guidelines",
    "common_paper",
    "statement",
    "letter",
    "other",
)
"""What a document can be."""
COMMON_PAPER = "common_paper"
"""A paper of all members for an outside forum, which goes out once they have cleared it."""
JOINT = ("declaration", "guidelines", COMMON_PAPER)
"""Kinds that are, once issued, the paper of the body that adopted it."""


class DocumentState(StrEnum):
    """What was done with a document. A draft has no symbol; what others have read is superseded or withdrawn.

    A paper of a participant is prepared in its capital alone, then submitted; taken up it is a draft like others, or
    else returned to its author with a word.
    """

    PREPARED = "prepared"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DRAFT = "draft"
    ISSUED = "issued"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Revision(StrEnum):
    """What a document is in its line: the first, or a revision, corrigendum or addendum to it."""

    FIRST = "first"
    REV = "rev"
    CORR = "corr"
    ADD = "add"


class Document(Numbered, Addressable, Labelled, Versioned, Base):
    """A paper of a meeting, a body or a process, in one or more languages.

    `line_id` is the first document of its line; the first has none. `readers_label_id` are the readers it was given,
    for the day of its release (none: those of what it stands in); until `released_at` its label is the secretariat's
    and, where it has one, its author's. `dated` is the day it bears; an old paper may have a year alone.
    `submitted_at` is when its author sent it in: author and readers are then that author's to change, nobody else's.
    `item_id` is the agenda item it is a paper for, where it is for one. `by_paragraph`: it is read as paragraphs on a
    page of its own (`texts`), and has no files. `by_its_author`: of a revision, that the participant whose paper it is
    sent it in itself, so that its text is not the secretariat's to replace.
    """

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("process_id", "symbol"),
        Index("ix_documents_process_stem", "process_id", "symbol_stem"),
        Index("ix_documents_release", "state", "release_on"),
    )
    container: ClassVar[tuple[str, ...]] = ("meeting", "body", "process")
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), index=True)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    line_id: Mapped[UUID | None] = mapped_column(ForeignKey("documents.id"), index=True)
    revision: Mapped[Revision] = mapped_column(default=Revision.FIRST)
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    dated: Mapped[PartialDate | None] = mapped_column(PartialDateColumn)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    author_text: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[DocumentState] = mapped_column(default=DocumentState.DRAFT)
    readers_label_id: Mapped[int | None] = mapped_column(ForeignKey("labels.id"))
    release_on: Mapped[date | None]
    issued_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    released_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    withdrawn_word: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    source: Mapped[str] = mapped_column(String(120), default="")
    submitted_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_items.id", ondelete="SET NULL"), index=True)
    by_paragraph: Mapped[bool] = mapped_column(default=False, server_default=false())
    by_its_author: Mapped[bool] = mapped_column(default=False, server_default=false())

    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
    body: Mapped[Body | None] = relationship()
    meeting: Mapped[Any] = relationship("Meeting")  # of a room above this one, so by its name alone
    item: Mapped[Any] = relationship("AgendaItem")
    author: Mapped[Participant | None] = relationship()
    versions: Mapped[list[DocumentVersion]] = relationship(
        back_populates="document", order_by="DocumentVersion.position, DocumentVersion.id"
    )

    @property
    def is_submission(self) -> bool:
        """Whether its author prepares it, or has sent it in."""
        return self.state is DocumentState.PREPARED or self.submitted_at is not None

    @property
    def is_released(self) -> bool:
        """Whether its readers have it; before, it is the secretariat's and its author's."""
        return self.released_at is not None

    @property
    def first_id(self) -> UUID:
        """The first document of its line."""
        return self.line_id or self.id


class PaperAnswer(Addressable, Labelled, Base):
    """What a participant was answered to the paper it had sent in: taken up or not, and a word.

    It is read by the participant and by those who decide, also where the paper itself has more readers.
    """

    __tablename__ = "paper_answers"
    container = "document"
    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id"), unique=True)
    is_taken_up: Mapped[bool]
    word: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    answered_at: Mapped[datetime] = mapped_column(UtcInstant)
    document: Mapped[Document] = relationship()


class VersionState(StrEnum):
    """Where a language version stands. One that was awaited still when the paper was released is not made: what is
    released is what stands."""

    ORIGINAL = "original"
    AWAITED = "awaited"
    FINAL = "final"
    NOT_MADE = "not_made"


class DocumentVersion(Addressable, Labelled, Versioned, Base):
    """A document in one language. One that is awaited has a day by which, and may have a translator and a word count.

    `translator` is a name; `translator_person_id` the person of the process behind it, if one is, and
    `translator_of_id` the participant that person acts for, of which the version is then awaited.
    """

    __tablename__ = "document_versions"
    __table_args__ = (
        UniqueConstraint("document_id", "language"),
        Index("ix_document_versions_awaited", "state", "due_on"),
    )
    container = "document"
    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id"))
    language: Mapped[str] = mapped_column(String(12))
    position: Mapped[int] = mapped_column(default=1)
    is_original: Mapped[bool] = mapped_column(default=False)
    state: Mapped[VersionState] = mapped_column(default=VersionState.AWAITED)
    translator: Mapped[str] = mapped_column(String(300), default="")
    translator_person_id: Mapped[UUID | None] = mapped_column(Uuid)
    translator_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"), index=True)
    word_count: Mapped[int | None]
    asked_on: Mapped[date]
    due_on: Mapped[date | None]
    document: Mapped[Document] = relationship(back_populates="versions")
    files: Mapped[list[DocumentFile]] = relationship(back_populates="version", order_by="DocumentFile.uploaded_at")

    @property
    def file(self) -> DocumentFile | None:
        """Its file, as far as the reader may read it."""
        return self.files[-1] if self.files else None


class TextState(StrEnum):
    """Whether the words of a file were read for search."""

    WAITING = "waiting"
    READ = "read"
    UNREADABLE = "unreadable"


class DocumentFile(Addressable, Labelled, Base):
    """The file of a language version. `key` is its random name in the storage, which no other row has; `size` is in
    bytes, `sha256` its checksum, `name` what it was called where it came from."""

    __tablename__ = "document_files"
    container = "version"
    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("document_versions.id"), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_at: Mapped[datetime] = mapped_column(UtcInstant)
    uploaded_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    text_state: Mapped[TextState] = mapped_column(default=TextState.WAITING, index=True)
    text_attempts: Mapped[int] = mapped_column(default=0)
    version: Mapped[DocumentVersion] = relationship(back_populates="files")


class DocumentText(Addressable, Labelled, Base):
    """The words of a file, for search."""

    __tablename__ = "document_texts"
    container = "file"
    file_id: Mapped[UUID] = mapped_column(ForeignKey("document_files.id"), unique=True)
    text: Mapped[str] = mapped_column(Text)
    file: Mapped[DocumentFile] = relationship()


class ListState(StrEnum):
    """Where a list of old papers stands: looked at and not confirmed, being brought in, or through."""

    LOOKED_AT = "looked_at"
    CONFIRMED = "confirmed"
    DONE = "done"


class PaperList(Addressable, Labelled, Versioned, Base):
    """Old papers that are brought in by a list and an archive; read by the secretariat of the track.

    `content` is the list as it was read, and what the files of the archive are (`service.listed.Content`). The archive
    lies in the storage under `archive_key` until all is done or it is thrown away. `became` holds what became of each
    row by its number - outcome, sentence, document - and is written together with that row, so that a job which goes on
    after a crash does nothing twice. Nothing is a document before it is confirmed.
    """

    __tablename__ = "paper_lists"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), index=True)
    asked_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    asked_at: Mapped[datetime] = mapped_column(UtcInstant)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    finished_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    name: Mapped[str] = mapped_column(String(200))
    archive_name: Mapped[str] = mapped_column(String(200))
    archive_key: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[ListState] = mapped_column(default=ListState.LOOKED_AT)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    became: Mapped[dict[str, Any]] = mapped_column(JSON)
    job_id: Mapped[UUID | None] = mapped_column(Uuid)
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
