"""Amendments: what meetings changed of the adopted text of a plan."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.meetings.models import Meeting
from secretariat.plans.models import Plan


class AmendmentKind(StrEnum):
    """What an amendment does to the text."""

    CHANGED = "changed"
    ADDED = "added"
    MOVED = "moved"
    TAKEN_OUT = "taken_out"
    PUT_BACK = "put_back"


class Amendment(Addressable, Labelled, Base):
    """That a meeting changed the words of an area, objective or activity, added, moved or took out one, or put it back.
    Appended; read as its plan is.

    One of the three ids names the part. `number` is that of the part, `number_before` the one it had before it was
    moved, `words_before` None where it was added. `with_numbers` are the parts below it that went out or came back with
    it.
    """

    __tablename__ = "amendments"
    container = "plan"
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id"), index=True)
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("areas.id"))
    objective_id: Mapped[UUID | None] = mapped_column(ForeignKey("objectives.id"))
    activity_id: Mapped[UUID | None] = mapped_column(ForeignKey("activities.id"))
    kind: Mapped[AmendmentKind]
    number: Mapped[str] = mapped_column(String(40))
    number_before: Mapped[str] = mapped_column(String(40), default="", server_default="")
    with_numbers: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    words_before: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    words_after: Mapped[LocalText] = mapped_column(LocalTextColumn)
    adopted_on: Mapped[date]
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"))
    adopted_where: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    recorded_at: Mapped[datetime] = mapped_column(UtcInstant)
    plan: Mapped[Plan] = relationship()
    meeting: Mapped[Meeting | None] = relationship()

    @property
    def part_id(self) -> UUID | None:
        return self.activity_id or self.objective_id or self.area_id
