"""What a body does how long before and after each of its meetings: the template its milestones are computed from."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.processes.models import Body


class MilestoneKind(StrEnum):
    """What is done around a meeting, in the order in which it usually comes."""

    SAVE_THE_DATE = "save_the_date"
    CALL_FOR_ITEMS = "call_for_items"
    INVITATION = "invitation"
    PROVISIONAL_AGENDA = "provisional_agenda"
    NOMINATIONS_DUE = "nominations_due"
    PAPERS = "papers"
    DRAFT_REPORT = "draft_report"
    COMMENTS_DUE = "comments_due"


class Anchor(StrEnum):
    """The day of a meeting from which a milestone is counted."""

    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"


class MilestoneRule(Addressable, Labelled, Versioned, Base):
    """When one kind of milestone of a body's meetings is due. A body without rules keeps those of the product.

    `days` are calendar days from the anchor, negative before it. One that is not `in_use` is no milestone here.
    """

    __tablename__ = "milestone_rules"
    __table_args__ = (UniqueConstraint("body_id", "kind"),)
    container = "body"
    body_id: Mapped[UUID] = mapped_column(ForeignKey("bodies.id"), index=True)
    kind: Mapped[MilestoneKind]
    anchor: Mapped[Anchor] = mapped_column(default=Anchor.FIRST_DAY)
    days: Mapped[int] = mapped_column(default=0)
    in_use: Mapped[bool] = mapped_column(default=True)
    body: Mapped[Body] = relationship()
