"""Texts by paragraph, their circulated editions, and what governments say of these in rounds of comments."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.documents.models import Document
from secretariat.processes.models import Body, Participant, Process, Track
from secretariat.texts.paragraphs import ParagraphKind


class TextState(StrEnum):
    """What was done with a text. One set aside is worked on no more; its circulated editions stay as they are. One that
    was adopted is written no more: what is changed afterwards is another text, what was misprinted a corrigendum."""

    DRAFTING = "drafting"
    SET_ASIDE = "set_aside"
    ADOPTED = "adopted"


class DraftText(Addressable, Labelled, Versioned, Base):
    """A text that is being written, in paragraphs; the secretariat and its drafting group read it.

    What others read are its editions, each a document with a symbol. `original` is the language it is written in,
    `languages` are all it will have (the original first), `authentic` those that will be equally so. `drafting` holds
    the participants of the drafting group, by id. `readers_label_id` are the readers its editions are for (none: those
    of what it stands in). `first_document_id` is the document of its first edition; the others are in that line.
    `forum` is the outside forum a common paper is for, `forum_due_on` the day by which that is to have it, where these
    are known.
    """

    __tablename__ = "draft_texts"
    container: ClassVar[tuple[str, ...]] = ("meeting", "body", "process")
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), index=True)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    original: Mapped[str] = mapped_column(String(12))
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    authentic: Mapped[list[str]] = mapped_column(JSON, default=list)
    drafting: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[TextState] = mapped_column(default=TextState.DRAFTING)
    readers_label_id: Mapped[int | None] = mapped_column(ForeignKey("labels.id"))
    first_document_id: Mapped[UUID | None] = mapped_column(ForeignKey("documents.id"))
    forum: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    forum_due_on: Mapped[date | None]

    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
    body: Mapped[Body | None] = relationship()
    meeting: Mapped[Any] = relationship("Meeting")  # of a room above this one, so by its name alone

    @property
    def drafters(self) -> frozenset[UUID]:
        """The participants of its drafting group."""
        return frozenset(map(UUID, self.drafting))


class TextParagraph(Addressable, Labelled, Versioned, Base):
    """A paragraph of a text. Its id stays through all editions, so that comments find it.

    `depth` is 1 for a paragraph or heading of its own, 2 and 3 for what is set in below it. `translated_from` maps a
    language to the digest of the words of the original it was translated from. One that was taken out has the hour in
    `taken_out_at`, and stays for what was said of it.
    """

    __tablename__ = "text_paragraphs"
    container = "text"
    text_id: Mapped[UUID] = mapped_column(ForeignKey("draft_texts.id"), index=True)
    position: Mapped[int]
    kind: Mapped[ParagraphKind] = mapped_column(default=ParagraphKind.OPERATIVE)
    depth: Mapped[int] = mapped_column(default=1)
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    translated_from: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    taken_out_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    text: Mapped[DraftText] = relationship()


class UnsavedWords(Addressable, Labelled, Base):
    """What somebody was writing in a paragraph and has not saved: kept for that person alone, and thrown away with the
    next save. `based_on` is the version of the paragraph it was begun from. A new paragraph is none yet: its words have
    the text instead (`text_id`) and the form they are written in (`form_id`), so that two of them are two."""

    __tablename__ = "unsaved_words"
    __table_args__ = (
        UniqueConstraint("paragraph_id", "person_id"),
        UniqueConstraint("text_id", "person_id", "form_id"),
    )
    container: ClassVar[tuple[str, ...]] = ("paragraph", "text")
    paragraph_id: Mapped[UUID | None] = mapped_column(ForeignKey("text_paragraphs.id"))
    text_id: Mapped[UUID | None] = mapped_column(ForeignKey("draft_texts.id"))
    form_id: Mapped[UUID | None] = mapped_column(Uuid)
    person_id: Mapped[UUID] = mapped_column(Uuid)
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    based_on: Mapped[int]
    kept_at: Mapped[datetime] = mapped_column(UtcInstant)
    paragraph: Mapped[TextParagraph | None] = relationship()
    text: Mapped[DraftText | None] = relationship()


class TextEdition(Addressable, Labelled, Base):
    """A text as it was circulated: frozen, with the SHA-256 of what it says.

    `content` are the paragraphs in their order (`editions.Content`). `text_id` leads to the text that is still written,
    which its readers do not read.
    """

    __tablename__ = "text_editions"
    __table_args__ = (UniqueConstraint("text_id", "number"),)
    container = "document"
    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id"), unique=True)
    text_id: Mapped[UUID] = mapped_column(ForeignKey("draft_texts.id"), index=True)
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime] = mapped_column(UtcInstant)
    document: Mapped[Document] = relationship()


class CommentRound(Addressable, Labelled, Versioned, Base):
    """A time in which governments say what they think of an edition.

    It ends at `ends_hour` of `ends_on` in `zone`, or when it is closed by hand; `closed_at` is when the end was
    recorded. `observers_may`: whether who is no member may comment too.
    """

    __tablename__ = "comment_rounds"
    container = "edition"
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("text_editions.id"), index=True)
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    observers_may: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime] = mapped_column(UtcInstant)
    ends_on: Mapped[date]
    ends_hour: Mapped[time]
    zone: Mapped[str] = mapped_column(String(64))
    closed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    edition: Mapped[TextEdition] = relationship()


class CommentReply(Addressable, Labelled, Versioned, Base):
    """What one participant says in a round: prepared in its capital alone, then sent as one."""

    __tablename__ = "comment_replies"
    __table_args__ = (UniqueConstraint("round_id", "participant_id"),)
    container = "round"
    round_id: Mapped[UUID] = mapped_column(ForeignKey("comment_rounds.id"))
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    sent_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    round: Mapped[CommentRound] = relationship()
    participant: Mapped[Participant] = relationship()


class CommentFor(StrEnum):
    """How a comment is read once it is sent, as its author chose."""

    READERS = "readers"
    """By whoever reads the edition, with the name of its author."""
    UNNAMED = "unnamed"
    """By whoever reads the edition; stored without its author."""
    SECRETARIAT = "secretariat"
    """By the secretariat alone, with the name of its author."""


class Became(StrEnum):
    """What became of a comment in the next draft."""

    TAKEN_UP = "taken_up"
    IN_PART = "in_part"
    IN_BRACKETS = "in_brackets"
    NOT_THIS_TIME = "not_this_time"


class Proposes(StrEnum):
    """What the words a comment proposes are to the paragraph it is about."""

    INSTEAD = "instead"
    """They stand in its place."""
    BEHIND = "behind"
    """They are a paragraph of their own, behind it; at the beginning where none is named."""
    OUT = "out"
    """It goes; there are no words."""


class Said:
    """What is said of a paragraph, or (`paragraph_id` None) of the text: words, and a wording proposed."""

    paragraph_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    language: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text, default="")
    wording: Mapped[str] = mapped_column(Text, default="")
    proposes: Mapped[Proposes] = mapped_column(default=Proposes.INSTEAD)
    became: Mapped[Became | None]
    answer: Mapped[LocalText | None] = mapped_column(LocalTextColumn)


class Comment(Said, Addressable, Labelled, Versioned, Base):
    """A comment of a participant; before it is sent its capital alone reads it. `noted` is who in another ministry said
    it, where a colleague did: a word for the capital, never shown outside. `lent_id` is by what that colleague was
    asked, until the focal point takes the comment up: while it stands, the comment is not sent."""

    __tablename__ = "comments"
    container = "round"
    round_id: Mapped[UUID] = mapped_column(ForeignKey("comment_rounds.id"), index=True)
    reply_id: Mapped[UUID] = mapped_column(ForeignKey("comment_replies.id"), index=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    read_by: Mapped[CommentFor]
    noted: Mapped[str] = mapped_column(String(300), default="")
    lent_id: Mapped[UUID | None] = mapped_column(ForeignKey("lent_comments.id"), index=True)
    sent_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    round: Mapped[CommentRound] = relationship()
    participant: Mapped[Participant] = relationship()


class UnsavedComment(Addressable, Labelled, Base):
    """What somebody was writing in a comment and has not kept: for that person alone, thrown away with the next save.

    `about` is the comment it changes or, for a new one, the paragraph it is about; empty for the whole text. What the
    network was writing stands with what is opened to it (`opened_id`). What a colleague was writing behind a link
    stands with the round under the person whose eyes it is read with, under a key of its own (`service.of_colleague`).
    """

    __tablename__ = "unsaved_comments"
    __table_args__ = (
        UniqueConstraint("round_id", "person_id", "about"),
        UniqueConstraint("opened_id", "person_id", "about"),
    )
    container: ClassVar[tuple[str, ...]] = ("opened", "round")
    round_id: Mapped[UUID | None] = mapped_column(ForeignKey("comment_rounds.id"), index=True)
    opened_id: Mapped[UUID | None] = mapped_column(ForeignKey("opened_rounds.id"))
    person_id: Mapped[UUID] = mapped_column(Uuid)
    about: Mapped[str] = mapped_column(String(36), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    wording: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(12), default="")
    kept_at: Mapped[datetime] = mapped_column(UtcInstant)
    round: Mapped[CommentRound | None] = relationship()
    opened: Mapped[Any] = relationship("OpenedRound")  # mapped below, with what is opened to networks


class UnnamedComment(Said, Addressable, Labelled, Versioned, Base):
    """A comment without its author, who is stored nowhere. Nobody reads it before the round is over, so that the hour
    at which it appears tells nothing."""

    __tablename__ = "unnamed_comments"
    container = "round"
    by_nobody = True
    round_id: Mapped[UUID] = mapped_column(ForeignKey("comment_rounds.id"), index=True)
    round: Mapped[CommentRound] = relationship()


# What stands in modules of its own needs the classes above.
from secretariat.texts import (  # noqa: E402 - mapped with the others
    clearance_models,  # noqa: F401
    consultation_models,  # noqa: F401
    lent_models,  # noqa: F401
    network_models,  # noqa: F401
    silence_models,  # noqa: F401
)
