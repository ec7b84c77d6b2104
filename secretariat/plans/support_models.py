"""Support given: what was done for a participant that had said what would help."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.plans.models import SupportNeeded
from secretariat.processes.models import Participant


class GivenState(StrEnum):
    """Where a line stands between who wrote it down and the participant that had asked."""

    NOTED = "noted"
    CONFIRMED = "confirmed"
    SET_ASIDE = "set_aside"  # the participant does not know of it so; counted nowhere


class SupportGiven(Addressable, Labelled, Versioned, Base):
    """What was given for a support need, written down by the secretariat, by who gave it, or by who had asked.

    It counts once the participant that had asked says so. Until then that participant, the secretariat and who wrote
    it down read it; from then on whoever reads the need. `giver_id` is the participant that gave, `giver_text` a name
    that is none; both empty where nobody is named.
    """

    __tablename__ = "support_given"
    container = "need"
    need_id: Mapped[UUID] = mapped_column(ForeignKey("support_needed.id"), index=True)
    giver_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    giver_text: Mapped[str] = mapped_column(String(300), default="")
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    given_on: Mapped[date | None]
    state: Mapped[GivenState] = mapped_column(default=GivenState.NOTED)
    noted_at: Mapped[datetime] = mapped_column(UtcInstant)
    noted_by_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    noted_by_hat: Mapped[str] = mapped_column(String(60))
    answered_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    answered_by_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    need: Mapped[SupportNeeded] = relationship()
    giver: Mapped[Participant | None] = relationship()

    @property
    def counts(self) -> bool:
        """Whether the participant that had asked has said that it was given."""
        return self.state is GivenState.CONFIRMED
