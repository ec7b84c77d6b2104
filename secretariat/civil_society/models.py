"""Submissions of a network, to whom they are routed, and their answers.

A submission is one row on both sides of the wall. Until it is sent, the network's coordination and the organization
that drafts it read it and nobody else; sent, it is frozen, read by the network and opened to those of the government
track who answer: liaison officers, secretariat, chair. An answer is its author's alone until it is given.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, Labelled, Versioned
from secretariat.core.dates import UtcInstant
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.core.numbering import Numbered
from secretariat.processes.models import Participant, Process, Track


class AdoptsBy(StrEnum):
    """By what rule a network adopts its positions."""

    CONSENSUS = "consensus"
    SILENCE = "silence"
    """It stands if no member organization objects before the end."""
    MAJORITY = "majority"
    """More than half of the member organizations sign it."""


class Ballots(StrEnum):
    """How a network votes who goes, by its own rule."""

    EITHER = "either"
    """The coordination says for each choice."""
    OPEN = "open"
    SECRET = "secret"  # noqa: S105 - a ballot


class EngagementRules(Addressable, Labelled, Versioned, Base):
    """By what rules a process and a network engage: their words, the pattern of submission numbers, and within how many
    days an answer is expected. Kept by the secretariat of the process, read on both sides. No row: the defaults.

    `adopts_by` is how the network adopts its positions, `ballots` how it votes who goes; these its coordination alone
    writes."""

    __tablename__ = "engagement_rules"
    __table_args__ = (UniqueConstraint("network_id"),)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    network_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    words: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    stem: Mapped[str] = mapped_column(String(40), default="")
    answer_days: Mapped[int] = mapped_column(default=60)
    adopts_by: Mapped[AdoptsBy] = mapped_column(default=AdoptsBy.CONSENSUS, server_default="consensus")
    ballots: Mapped[Ballots] = mapped_column(default=Ballots.EITHER, server_default="either")
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship(foreign_keys="EngagementRules.track_id")
    network: Mapped[Track] = relationship(foreign_keys="EngagementRules.network_id")


class SubmissionKind(StrEnum):
    """What a network sends."""

    DECLARATION = "declaration"
    RECOMMENDATION = "recommendation"
    COMMENT = "comment"  # on a document of the governments that was opened to it
    QUESTION = "question"
    CONTRIBUTION = "contribution"  # on an activity of a plan


class SubmissionState(StrEnum):
    """Where a submission stands. What became of it its answers say."""

    DRAFT = "draft"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


class Submission(Addressable, Labelled, Numbered, Versioned, Base):
    """What a network says to the governments of its process. Frozen once it is sent.

    `organization_id` is the member that drafts it; none where the coordination does. It is sent by the coordination,
    for the network. `routed_to_id` is the government whose liaison officer is to answer by `expected_on`.

    One that is a position the network adopted says how (`adopted_by`, `adopted_on`) and who signed it (`signatories`,
    by id); `dissents` are what organizations asked to have sent along, word for word. Nothing of it is written anew.

    A comment on a version that stands in the product names it by key (`on_document_id`), and by what was opened to the
    coordination where it was written from that copy (`on_opened_id`): no keys that bind, nor that open anything. What
    it says of single paragraphs are rows of their own (`comment_models`).
    """

    __tablename__ = "submissions"
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), index=True)
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    kind: Mapped[SubmissionKind]
    state: Mapped[SubmissionState] = mapped_column(default=SubmissionState.DRAFT)
    title: Mapped[LocalText] = mapped_column(LocalTextColumn)
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    theme: Mapped[str] = mapped_column(String(200), default="")
    on_document: Mapped[str] = mapped_column(String(160), default="")
    on_document_id: Mapped[UUID | None] = mapped_column(Uuid)
    on_opened_id: Mapped[UUID | None] = mapped_column(Uuid)
    sent_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    withdrawn_word: Mapped[str] = mapped_column(String(500), default="")
    routed_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"), index=True)
    routed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    expected_on: Mapped[date | None]
    adopted_by: Mapped[AdoptsBy | None]
    adopted_on: Mapped[date | None]
    signatories: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    dissents: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
    organization: Mapped[Participant | None] = relationship(foreign_keys="Submission.organization_id")

    @property
    def is_by_paragraph(self) -> bool:
        """Whether it comments on a version that stands in the product."""
        return self.on_document_id is not None

    @property
    def is_position(self) -> bool:
        """Whether it is a position the network adopted."""
        return self.adopted_on is not None

    @property
    def signed_by(self) -> list[UUID]:
        """The organizations that signed it."""
        return [UUID(one) for one in self.signatories]


class AnswerSays(StrEnum):
    """What an answer tells of a submission. The first two are no last word: the submission is still awaited."""

    RECEIVED = "received"
    CONSIDERED = "considered"
    TAKEN_UP = "taken_up"
    IN_PART = "in_part"
    NOTED = "noted"
    NOT_TAKEN_UP = "not_taken_up"


ON_THE_WAY = frozenset({AnswerSays.RECEIVED, AnswerSays.CONSIDERED})
"""What tells where a submission is and does not answer it yet."""


class SubmissionAnswer(Addressable, Labelled, Versioned, Base):
    """One answer to a submission: of a government (`participant_id`), or of the process, which has agreed on it.

    Until `given_at` it is a draft, read by its author, and by those it was shown to because it speaks of them.
    """

    __tablename__ = "submission_answers"
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"), index=True)
    participant_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"), index=True)
    says: Mapped[AnswerSays]
    words: Mapped[LocalText] = mapped_column(LocalTextColumn)
    agreed_on: Mapped[date | None]
    agreed_word: Mapped[str] = mapped_column(String(500), default="")
    begun_at: Mapped[datetime] = mapped_column(UtcInstant)
    given_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
    submission: Mapped[Submission | None] = relationship()
    participant: Mapped[Participant | None] = relationship()


class AnswerShown(Addressable, Labelled, Base):
    """That a draft answer was shown to a participant of which it tells, before it left; and what that said of it.

    `digest` is that of the words it was shown: other words are shown anew.
    """

    __tablename__ = "answers_shown"
    __table_args__ = (UniqueConstraint("answer_id", "participant_id"),)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    answer_id: Mapped[UUID] = mapped_column(ForeignKey("submission_answers.id"))
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    shown_at: Mapped[datetime] = mapped_column(UtcInstant)
    words: Mapped[str] = mapped_column(Text, default="")
    said_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    process: Mapped[Process] = relationship()
    answer: Mapped[SubmissionAnswer | None] = relationship()


# What stands in modules of its own needs the classes above.
from secretariat.civil_society import (  # noqa: E402 - mapped with the others
    became_models,  # noqa: F401
    choice_models,  # noqa: F401
    comment_models,  # noqa: F401
    confided_models,  # noqa: F401
    position_models,  # noqa: F401
    published_models,  # noqa: F401
    reply_models,  # noqa: F401
)
