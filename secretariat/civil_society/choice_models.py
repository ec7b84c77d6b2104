"""Whom a network sends to what was opened to it: who is named by organizations, and their vote with one voice each."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, Uuid, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.processes.models import Participant, Process, Track


class Choice(Addressable, Labelled, Versioned, Base):
    """Who goes to the items of a meeting that were opened to a network, as its organizations choose.

    It stands in the process, for the network alone; `title` and `on` are what they are told of the invitation, which
    its coordination alone reads (`guest_id`: no key that binds). Organizations name whom they propose until
    `named_until`; where more are named than there are `places` they vote from the day after until `ends_on`, with one
    voice each. In a `secret` ballot `papers` are the votes, in no order and by nobody: which organization gave which is
    stored nowhere.

    Once `settled_at` the chosen are named to the meeting, for the day `chosen_for`; `word` is how a tie was settled.
    Where the coordination answers the invitation otherwise afterwards, `departed_word` says why.

    `on` and `stands` follow the invitation. `days_for` is the day of the meeting for which the days of the vote were
    set: where the meeting moves while organizations are heard, the coordination can shift them (`shifted_at`). Where
    it is announced anew after it was postponed, the choice has lapsed: it was made for other days. It can be called
    off; `called_off_word` says why.
    """

    __tablename__ = "choices"
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), index=True)
    guest_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    on: Mapped[date | None]
    places: Mapped[int]
    secret: Mapped[bool]
    opened_at: Mapped[datetime] = mapped_column(UtcInstant)
    named_until: Mapped[date]
    ends_on: Mapped[date]
    papers: Mapped[list[list[str]]] = mapped_column(JSON, default=list, server_default="[]")
    settled_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    word: Mapped[str] = mapped_column(String(500), default="")
    chosen_for: Mapped[date | None]
    days_for: Mapped[date | None]
    shifted_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    departed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    departed_word: Mapped[str] = mapped_column(String(500), default="", server_default="")
    stands: Mapped[bool] = mapped_column(default=True, server_default=true())
    lapsed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    called_off_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    called_off_word: Mapped[str] = mapped_column(String(500), default="", server_default="")
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()

    @property
    def ended_at(self) -> datetime | None:
        """When it was called off, or lapsed."""
        return self.called_off_at or self.lapsed_at

    @property
    def has_moved(self) -> bool:
        """Whether the meeting takes place on another day than the one for which it was chosen who goes."""
        return self.settled_at is not None and self.chosen_for != self.on

    @property
    def moved_while_heard(self) -> bool:
        """Whether the meeting has moved to another day since the days of the vote were set, and nothing is settled."""
        runs = self.settled_at is None and self.ended_at is None and self.stands
        return runs and self.days_for is not None and self.on is not None and self.days_for != self.on


class Candidate(Addressable, Labelled, Base):
    """A person a member organization names to go; `participant_id` is the organization that named it."""

    __tablename__ = "choice_candidates"
    container = "choice"
    choice_id: Mapped[UUID] = mapped_column(ForeignKey("choices.id"), index=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    function: Mapped[str] = mapped_column(String(160), default="")
    named_at: Mapped[datetime] = mapped_column(UtcInstant)
    chosen: Mapped[bool] = mapped_column(default=False)
    choice: Mapped[Choice] = relationship()
    participant: Mapped[Participant] = relationship()


class Ballot(Addressable, Labelled, Base):
    """That a member organization has voted; in an open ballot, for whom (`candidates`, by id)."""

    __tablename__ = "choice_ballots"
    __table_args__ = (UniqueConstraint("choice_id", "participant_id"),)
    container = "choice"
    choice_id: Mapped[UUID] = mapped_column(ForeignKey("choices.id"), index=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    candidates: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    cast_on: Mapped[date]
    choice: Mapped[Choice] = relationship()
    participant: Mapped[Participant] = relationship()
