"""Progress reports: drafts of the secretariat, what participants say to them before they are issued, and the editions
that were issued, each frozen under its own label."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.meetings.models import Meeting
from secretariat.plans.models import Plan
from secretariat.processes.models import Body, Participant


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
    """What the secretariat says at the head of the edition for members; the others have words of their own."""
    wider_introduction: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    """What it says at the head of the editions for more readers."""
    remarks: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What it remarks on areas, for the members: by the id of the area, words as of `LocalText.to_json`."""
    answer_by: Mapped[date | None]
    """Until when participants look at their entries; None while they were not asked."""
    issued_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    plan: Mapped[Plan] = relationship()
    body: Mapped[Body | None] = relationship()
    meeting: Mapped[Meeting | None] = relationship()


class ReportCheck(Addressable, Labelled, Versioned, Base):
    """That one participant is asked to look at its own entries before a report is issued, and what it said.

    Read by that participant and the secretariat. It does not read the report, so what its entries are composed from -
    the plan, the body, the days - stands here again. Silence says nothing: neither that it agrees nor that it looked.
    """

    __tablename__ = "report_checks"
    __table_args__ = (UniqueConstraint("report_id", "participant_id"),)
    container = "plan"
    report_id: Mapped[UUID] = mapped_column(ForeignKey("progress_reports.id"))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id"), index=True)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("bodies.id"))
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(UtcInstant)
    answer_by: Mapped[date]
    opened_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    """When somebody who speaks for it first opened the page behind sign-in, or answered: scanners open links too."""
    right_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    right_of: Mapped[str] = mapped_column(String(64), default="")
    """What the entries were that it said are right, as a digest: what comes after is not covered by its word."""
    corrected_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    given: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Ids of the updates and revisions it entered here. The report counts them as said by its last day."""
    by_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    by_hat: Mapped[str] = mapped_column(String(60), default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    plan: Mapped[Plan] = relationship()
    body: Mapped[Body | None] = relationship()
    participant: Mapped[Participant] = relationship()

    @property
    def introduction(self) -> LocalText | None:
        """None: a participant looks at its entries, not at the words of the secretariat."""
        return None

    @property
    def remarks(self) -> dict[str, Any]:
        """None either."""
        return {}

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_answered(self) -> bool:
        return self.right_at is not None or self.corrected_at is not None


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


class ChairAdvice(Addressable, Labelled, Versioned, Base):
    """What the secretariat advises the chair beside a report: a note of its own, read by the chair and the secretariat
    that writes it, and no part of the report, which is the same for the chair as for every member."""

    __tablename__ = "chair_advice"
    container = "plan"
    report_id: Mapped[UUID] = mapped_column(ForeignKey("progress_reports.id"), unique=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id"), index=True)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("bodies.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    written_at: Mapped[datetime] = mapped_column(UtcInstant)
    plan: Mapped[Plan] = relationship()
    body: Mapped[Body | None] = relationship()
