"""Policies, and the digests in which reminders go: one row for each of what was asked, of whom, at which step."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, Uuid, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core import clock
from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.plans.models import Plan
from secretariat.processes.models import Process, Track


class _Steps:
    """When a thing is asked after; see `planner.Rules`. All numbers are days. `meeting_bodies` are the ids of the
    bodies before whose meetings there is a round; empty: that of the plan."""

    stopped: Mapped[bool] = mapped_column(default=False)
    before_due: Mapped[list[int]] = mapped_column(JSON)
    after_due: Mapped[list[int]] = mapped_column(JSON)
    answer_after: Mapped[list[int]] = mapped_column(JSON)
    check_in_every: Mapped[int]
    check_ins: Mapped[int] = mapped_column(default=4, server_default="4")
    before_meeting: Mapped[list[int]] = mapped_column(JSON, default=lambda: [56, 14], server_default="[56, 14]")
    meeting_bodies: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    grace: Mapped[int]


class FollowUpPolicy(_Steps, Addressable, Labelled, Versioned, Base):
    """How a track asks after what is awaited, and when a mail of it may arrive. No row: the defaults.

    `quiet_periods` are days of the process on which nobody is written to; see `quiet.QuietPeriod`. `chair_rule` is the
    members' decision by which the chair may be asked for a word; empty where there is none.
    """

    __tablename__ = "follow_up_policies"
    __table_args__ = (UniqueConstraint("process_id", "track_id"),)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    apart: Mapped[int]
    most_a_quarter: Mapped[int]
    quiet_weekends: Mapped[bool] = mapped_column(default=True)
    quiet_holidays: Mapped[bool] = mapped_column(default=True, server_default=true())
    quiet_periods: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    sending_hour: Mapped[int] = mapped_column(default=9)
    chair_rule: Mapped[str] = mapped_column(String(500), default="", server_default="")
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()


class PlanFollowUpPolicy(_Steps, Addressable, Labelled, Versioned, Base):
    """How one plan is asked after, where that is not as its process does it. How often anybody is written to, and when,
    stays the process's: there is one digest a recipient and process. No row: as the process."""

    __tablename__ = "plan_follow_up_policies"
    container = "plan"
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id"), unique=True)
    plan: Mapped[Plan] = relationship()


class LetterTemplate(Addressable, Labelled, Versioned, Base):
    """The words of a track's digests in one language, with placeholders by their keys (`wording`). No row: the usual
    words."""

    __tablename__ = "letter_templates"
    __table_args__ = (UniqueConstraint("process_id", "track_id", "language"),)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"))
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    language: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()


class DigestSeries(Addressable, Labelled, Versioned, Base):
    """The digests of one person under one hat in one process and track: what holds for all of them.

    Its row is locked while a digest is made, so that two scans at once make one.
    """

    __tablename__ = "digest_series"
    __table_args__ = (UniqueConstraint("person_id", "hat", "process_id", "track_id"),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    hat: Mapped[str] = mapped_column(String(60))
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    not_before: Mapped[date | None]  # "ask me after", by the recipient
    held_at: Mapped[datetime | None]  # by the secretariat, until it lets go
    ring_asked_at: Mapped[datetime | None]  # "ring me instead", by the recipient, until the secretariat has rung
    ring_word: Mapped[str] = mapped_column(String(300), default="")  # when it suits, in the recipient's words
    personal_line: Mapped[str] = mapped_column(String(500), default="")  # of the secretariat, for the next digest
    digests: Mapped[list[Digest]] = relationship(back_populates="series", order_by="Digest.window")


class DigestKind(StrEnum):
    """How a digest came about."""

    BY_POLICY = "by_policy"
    BY_HAND = "by_hand"  # an officer sent it now
    SKIPPED = "skipped"  # an officer let this round pass; nothing was sent
    BY_CALL = "by_call"  # an officer asked in a call; nothing was sent


UNSENT = (DigestKind.SKIPPED, DigestKind.BY_CALL)
"""Kinds of which no mail went."""


class Digest(Addressable, Labelled, Base):
    """One mail that gathers what is asked of one person under one hat in one process and track, in one window."""

    __tablename__ = "digests"
    __table_args__ = (UniqueConstraint("series_id", "window"),)
    container = "series"
    series_id: Mapped[UUID] = mapped_column(ForeignKey("digest_series.id"))
    window: Mapped[date]  # the day of the recipient on which it began
    kind: Mapped[DigestKind]
    personal_line: Mapped[str] = mapped_column(String(500), default="")
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    mail_id: Mapped[UUID | None] = mapped_column(Uuid)
    away_on: Mapped[date | None]  # the day on which an absence notice answered it
    series: Mapped[DigestSeries] = relationship(back_populates="digests")
    reminders: Mapped[list[Reminder]] = relationship(back_populates="digest", order_by="Reminder.id")


class Reminder(Base):
    """That one thing was asked of one person at one step, once in a cycle; part of a digest."""

    __tablename__ = "reminders"
    __table_args__ = (UniqueConstraint("person_id", "hat", "kind", "subject_id", "step", "cycle"),)
    unlabelled = "ids and names of steps; read only beside its digest, which is labelled"
    id: Mapped[int] = mapped_column(primary_key=True)
    digest_id: Mapped[UUID] = mapped_column(ForeignKey("digests.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    hat: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    step: Mapped[str] = mapped_column(String(40))
    cycle: Mapped[str] = mapped_column(String(40), default="")
    digest: Mapped[Digest] = relationship(back_populates="reminders")


from secretariat.follow_up import chair_models, contact_models, reply_models, task_models  # noqa: E402, F401 - mapped with the others
