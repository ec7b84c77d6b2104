"""Progress reports: drafts of the secretariat, and the editions that were issued, each frozen under its own label."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.meetings.models import Meeting
from secretariat.plans.models import Plan
from secretariat.processes.models import Body


class ProgressReport(Addressable, Labelled, Versioned, Base):
    """A report on a plan for a body's next meeting, from a day to a day. Read by the secretariat while it works on it.

    What it says is composed from the plan whenever the draft is opened; issuing it makes the editions.
    """

    __tablename__ = "progress_reports"
    container = "plan"
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id"), index=True)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("bodies.id"))
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    introduction: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    issued_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    plan: Mapped[Plan] = relationship()
    body: Mapped[Body | None] = relationship()
    meeting: Mapped[Meeting | None] = relationship()


class ReportEdition(Addressable, Labelled, Base):
    """What readers of one standing received, word for word, with the data it was made from and a digest of both.

    `content` is the composition (see `composition.Composition.to_json`), `texts` the words as shown, by language.
    """

    __tablename__ = "report_editions"
    container = "plan"
    report_id: Mapped[UUID] = mapped_column(ForeignKey("progress_reports.id"), index=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id"), index=True)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("bodies.id"))
    standing: Mapped[str] = mapped_column(String(20))
    symbol: Mapped[str] = mapped_column(String(60), default="")
    from_on: Mapped[date]
    to_on: Mapped[date]
    issued_at: Mapped[datetime] = mapped_column(UtcInstant)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    plan: Mapped[Plan] = relationship()
    body: Mapped[Body | None] = relationship()
