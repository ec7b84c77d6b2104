"""A text opened to everybody for comments: the copy that is read, who has written, and what is said.

The public reads no round. What is opened stands beside the edition, copied for everybody (`PublicConsultation`). Who
has written and what was written are two things: names and addresses go in time (`PublicWriter`), and what was said
stays with the text (`PublicComment`).
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.processes.models import Process, Track
from secretariat.texts.models import Became, TextEdition


class PublicConsultation(Addressable, Labelled, Versioned, Base):
    """A copy of an edition that everybody reads and can comment on until an hour.

    `content` is the text as it was frozen (`editions.Content`), emptied when the consultation is taken back
    (`taken_back_at`): nothing is shown or taken any more. `for_readers`: whether whoever reads the edition reads what
    the public says, and not the secretariat alone. `closed_at` is when it was ended before its hour. `response` is what
    was said of the comments once it was published (`consulting.Response`), `responded_at` when that was, `told_at`
    when the last of those who had commented was written to, `erased_at` when their names and addresses went. The
    members' decision to open it stands on the trail.
    """

    __tablename__ = "public_consultations"
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("text_editions.id"), index=True)
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    about: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    for_readers: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime] = mapped_column(UtcInstant)
    ends_on: Mapped[date]
    ends_hour: Mapped[time]
    zone: Mapped[str] = mapped_column(String(64))
    closed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    response: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    responded_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    told_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    erased_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()


class PublicWriter(Addressable, Labelled, Base):
    """Who has commented, for the secretariat alone; nobody reads it before the address is confirmed.

    `writer_id` is a key for somebody of whom nothing is known but this. `organization_shown`: whether the name of the
    organization may stand beside what was said. `confirmed_at` is when the link of the mail was pressed; until then
    nothing of it counts, and after some days it goes.
    """

    __tablename__ = "public_writers"
    container = "consultation"
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("public_consultations.id"), index=True)
    writer_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    organization: Mapped[str] = mapped_column(String(200), default="")
    organization_shown: Mapped[bool] = mapped_column(default=False)
    address: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(12))
    written_at: Mapped[datetime] = mapped_column(UtcInstant)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    told_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    consultation: Mapped[PublicConsultation] = relationship()


class PublicComment(Addressable, Labelled, Versioned, Base):
    """What one of the public says of a paragraph, or (`paragraph_id` None) of the text.

    It stands in the edition, so that nobody reads it who does not read that; without the name of who wrote it.
    `source_id` is by whom it is, for the secretariat, and emptied with the name. `organization` is there where that may
    be shown. `confirmed_at` is when it began to count.
    """

    __tablename__ = "public_comments"
    container = "edition"
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("text_editions.id"), index=True)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("public_consultations.id"), index=True)
    source_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    paragraph_id: Mapped[UUID | None] = mapped_column(Uuid)
    language: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text)
    organization: Mapped[str] = mapped_column(String(200), default="")
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    became: Mapped[Became | None]
    answer: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    edition: Mapped[TextEdition] = relationship()
    consultation: Mapped[PublicConsultation] = relationship()
