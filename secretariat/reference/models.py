"""What was loaded: the facts each file told when it was last loaded."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core import clock
from secretariat.core.database import Addressable, Base, Labelled
from secretariat.core.dates import UtcInstant
from secretariat.processes.models import Process


class LoadedFile(Addressable, Labelled, Base):
    """A process file as last loaded, so that the next load tells what the file changed from what people changed."""

    __tablename__ = "loaded_files"
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), unique=True)
    name: Mapped[str] = mapped_column(String(300))
    digest: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime] = mapped_column(UtcInstant, default=clock.now)
    facts: Mapped[list[Any]] = mapped_column(JSON, deferred=True)
    process: Mapped[Process] = relationship()
