"""What a submission says of the single paragraphs of the version it comments on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, Uuid, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.civil_society.models import Submission
from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText
from secretariat.texts.paragraphs import Counted, ParagraphKind, Piece


class ParagraphComment(Addressable, Labelled, Versioned, Base):
    """What a submission thinks of a paragraph, and the words it proposes instead; read by who reads the submission.

    Of the text it comments on it holds where the paragraph stands (`position`, `place`, `kind`) and none of the words:
    they are read in the version itself, by who may read that. `of_earlier`: the paragraph does not stand in the version
    to which the words were taken over.
    """

    __tablename__ = "paragraph_comments"
    __table_args__ = (UniqueConstraint("submission_id", "paragraph_id"),)
    container = "submission"
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"))
    paragraph_id: Mapped[UUID] = mapped_column(Uuid)
    position: Mapped[int]
    place: Mapped[list[int]] = mapped_column(JSON, default=list)
    kind: Mapped[ParagraphKind]
    language: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text, default="")
    wording: Mapped[str] = mapped_column(Text, default="")
    of_earlier: Mapped[bool] = mapped_column(default=False, server_default=false())
    submission: Mapped[Submission] = relationship()

    def cited(self, language: str) -> str:
        """The number of the paragraph, as one speaks of it."""
        piece = Piece(self.paragraph_id, self.kind, max(len(self.place), 1), LocalText({}, language))
        return Counted(piece, tuple(self.place)).cited(language)


class UnsavedParagraph(Addressable, Labelled, Base):
    """What somebody was writing of a paragraph in a draft and has not kept: for that person alone, thrown away with the
    next save. What stands here when the draft is sent was not sent; its writer finds it beside the submission."""

    __tablename__ = "unsaved_paragraphs"
    __table_args__ = (UniqueConstraint("submission_id", "paragraph_id", "person_id"),)
    container = "submission"
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"))
    paragraph_id: Mapped[UUID] = mapped_column(Uuid)
    person_id: Mapped[UUID] = mapped_column(Uuid)
    language: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text, default="")
    wording: Mapped[str] = mapped_column(Text, default="")
    kept_at: Mapped[datetime] = mapped_column(UtcInstant)
    submission: Mapped[Submission] = relationship()
