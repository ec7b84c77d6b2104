"""What is decided about labels beforehand: lowerings to come, days on which to look again, lowerings proposed.

Each row is about one thing of any kind, named by kind and id; it has the thing's own clauses, and beside them is kept
to the secretariat of the track and to whose paper the thing is. No row holds words of the thing.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from secretariat.core import clock
from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.processes.models import Process, Track


class _AboutAThing:
    """The thing, where it belongs, who decided and why."""

    thing_kind: Mapped[str] = mapped_column(String(60))
    thing_id: Mapped[UUID] = mapped_column(Uuid)
    why: Mapped[str] = mapped_column(String(500))
    by_person_id: Mapped[UUID | None] = mapped_column(Uuid)
    by_hat: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcInstant, default=clock.now)

    @declared_attr
    def process_id(cls) -> Mapped[UUID]:
        return mapped_column(ForeignKey("processes.id"), index=True)

    @declared_attr
    def track_id(cls) -> Mapped[UUID]:
        return mapped_column(ForeignKey("tracks.id"), index=True)

    @declared_attr
    def process(cls) -> Mapped[Process]:
        return relationship(Process)

    @declared_attr
    def track(cls) -> Mapped[Track]:
        return relationship(Track)


class _Lowers:
    """To which label: the thing's own clauses from then on (None: its container's alone), and whether its container's
    are left out.

    `from_label_id` is its own label when this was decided: where it has become another since, nothing is lowered
    without a person looking again.
    """

    widens: Mapped[bool] = mapped_column(default=False)

    @declared_attr
    def lowered_to_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("labels.id"))

    @declared_attr
    def from_label_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("labels.id"))


class DeclassificationState(StrEnum):
    """Held is one whose time has come and which waits for a person, because the label has changed meanwhile."""

    PLANNED = "planned"
    DONE = "done"
    HELD = "held"
    CALLED_OFF = "called_off"


class Declassification(_AboutAThing, _Lowers, Addressable, Labelled, Versioned, Base):
    """A lowering to come: on a day of the process's zone, or with an event (`event` of the thing `event_subject`)."""

    __tablename__ = "declassifications"
    __table_args__ = (
        Index("ix_declassifications_thing", "thing_kind", "thing_id"),
        Index("ix_declassifications_due", "state", "on"),
    )
    on: Mapped[date | None]
    event: Mapped[str] = mapped_column(String(60), default="")
    event_subject: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    decision: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[DeclassificationState] = mapped_column(default=DeclassificationState.PLANNED)
    ended_at: Mapped[datetime | None] = mapped_column(UtcInstant)


class LabelReview(_AboutAThing, Addressable, Labelled, Versioned, Base):
    """A day on which somebody looks at a label again; `looked_at` is when that was done."""

    __tablename__ = "label_reviews"
    __table_args__ = (Index("ix_label_reviews_thing", "thing_kind", "thing_id"),)
    on: Mapped[date] = mapped_column(index=True)
    looked_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    looked_by_person_id: Mapped[UUID | None] = mapped_column(Uuid)


class LoweringState(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"  # by who proposed it, or because the label became another meanwhile


class ProposedLowering(_AboutAThing, _Lowers, Addressable, Labelled, Versioned, Base):
    """The secretariat proposes to a participant that the label of its paper be lowered; the participant answers."""

    __tablename__ = "proposed_lowerings"
    __table_args__ = (
        Index("ix_proposed_lowerings_thing", "thing_kind", "thing_id"),
        Index("ix_proposed_lowerings_awaited", "participant_id", "state"),
    )
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    state: Mapped[LoweringState] = mapped_column(default=LoweringState.PROPOSED)
    answered_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    answered_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    answer: Mapped[str] = mapped_column(String(500), default="")
