"""Files as evidence of what was done: those of an update, and those a colleague sends with a draft."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled
from secretariat.core.dates import UtcInstant
from secretariat.plans.models import LentUpdate, ProgressUpdate


class _Stored:
    """A file in the documents' storage. `key` is its random name there, which no other row of the product has; `size`
    is in bytes, `sha256` its checksum, `name` what it was called where it came from."""

    key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    position: Mapped[int] = mapped_column(default=1)
    added_at: Mapped[datetime] = mapped_column(UtcInstant)


class EvidenceFile(_Stored, Addressable, Labelled, Base):
    """A file in which one can see what was done; its readers are those of its update. Appended with it, never edited:
    a correction is an update of its own and brings its own."""

    __tablename__ = "evidence_files"
    __table_args__ = (UniqueConstraint("update_id", "position"),)
    container = "update"
    update_id: Mapped[UUID] = mapped_column(ForeignKey("progress_updates.id"), index=True)
    update: Mapped[ProgressUpdate] = relationship()


class LentFile(_Stored, Addressable, Labelled, Base):
    """A file a colleague in another ministry sends with a draft, read in its capital alone. What the focal point takes
    over becomes evidence of the update under the same key; the rest goes when the participant has reported."""

    __tablename__ = "lent_files"
    __table_args__ = (UniqueConstraint("lent_id", "position"),)
    container = "lent"
    lent_id: Mapped[UUID] = mapped_column(ForeignKey("lent_updates.id"), index=True)
    lent: Mapped[LentUpdate] = relationship()
