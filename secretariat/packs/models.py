"""Packs: what was asked for, what became of each paper, and where the file lies."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKey, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.meetings.models import Meeting


class PackForm(StrEnum):
    """What a pack is: one PDF with bookmarks, or the files themselves in a ZIP."""

    PDF = "pdf"
    ZIP = "zip"


class Pack(Addressable, Labelled, Versioned, Base):
    """The papers of a meeting in one file, for the person who asked and under the hat it was asked under.

    `parts` holds what became of each paper by the id of its document (`contents.Part`), written step by step while the
    pack is made: whoever goes on after a crash does no paper twice. `key` is the file in the storage once it is there,
    of `size` bytes and, where it is a PDF, so many `pages`.
    """

    __tablename__ = "packs"
    container = "meeting"
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    hat: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(12))
    form: Mapped[PackForm]
    asked_at: Mapped[datetime] = mapped_column(UtcInstant)
    made_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    parts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    key: Mapped[str | None] = mapped_column(String(64), unique=True)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    pages: Mapped[int] = mapped_column(default=0)
    job_id: Mapped[UUID | None] = mapped_column(Uuid)
    meeting: Mapped[Meeting] = relationship()
