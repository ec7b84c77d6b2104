"""Processes, tracks, participants, participations, bodies, chair terms. History is never overwritten: what ends gets
an end, what is new gets a row."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from secretariat.core.database import Addressable, Base, BearsRights, Labelled, Versioned
from secretariat.core.dates import PartialDate, PartialDateColumn, passed, reached
from secretariat.core.localtext import LocalText, LocalTextColumn


class LifeState(StrEnum):
    """Whether a process, body or plan is at work. Dormant and concluded follow a decision of the members, on record."""

    ACTIVE = "active"
    DORMANT = "dormant"
    CONCLUDED = "concluded"


class TrackKind(StrEnum):
    GOVERNMENT = "government"
    CIVIL_SOCIETY = "civil_society"


class PublicReports(StrEnum):
    """What of its progress reports a track publishes: nothing; activities and outcomes, without where any state
    stands; or whatever of the plan carries the label for everyone."""

    NONE = "none"
    ACTIVITIES = "activities"
    ALL_PUBLIC = "all_public"


class ParticipantKind(StrEnum):
    STATE = "state"
    TERRITORY = "territory"
    INTERNATIONAL_ORGANIZATION = "international-organization"
    REGIONAL_BODY = "regional-body"
    NETWORK = "network"
    AGENCY = "agency"
    NGO = "ngo"
    DONOR = "donor"
    OTHER = "other"


class StandingKind(StrEnum):
    """What a participant is in a process."""

    MEMBER = "member"
    OBSERVER = "observer"
    PARTNER = "partner"
    PARTICIPANT = "participant"
    PARTNER_FOR_ACTIVITIES = "partner_for_activities"
    INVITED_AD_HOC = "invited_ad_hoc"
    CANDIDATE = "candidate"
    SUSPENDED = "suspended"
    FORMER = "former"


class SecretariatArrangement(StrEnum):
    PERMANENT = "permanent"
    HOSTED = "hosted"
    JOINT = "joint"
    PROJECT_FUNDED = "project-funded"
    STEERING_GROUP = "steering-group"
    NONE = "none"


class Process(Addressable, Labelled, Versioned, BearsRights, Base):
    """One consultative process. Its participants read the row; everyone does once members agreed to a public page.

    `commitment_words` is what it calls a commitment (`core.languages.WORDS`), by language; usually empty.
    """

    __tablename__ = "processes"
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    acronym: Mapped[str] = mapped_column(String(60))
    name: Mapped[LocalText] = mapped_column(LocalTextColumn)
    other_names: Mapped[list[str]] = mapped_column(JSON, default=list)
    established: Mapped[PartialDate | None] = mapped_column(PartialDateColumn)
    region: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    theme_based: Mapped[bool] = mapped_column(default=False)
    website: Mapped[str] = mapped_column(String(300), default="")
    secretariat_arrangement: Mapped[str] = mapped_column(String(40), default="")
    chair_mode: Mapped[str] = mapped_column(String(40), default="")
    civil_society_involvement: Mapped[str] = mapped_column(String(60), default="")
    source: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[LifeState] = mapped_column(default=LifeState.ACTIVE)
    state_decision: Mapped[str] = mapped_column(String(500), default="")
    state_since: Mapped[date | None]
    public_page_decision: Mapped[str] = mapped_column(String(500), default="")
    public_page_since: Mapped[date | None]
    named_to_chair_decision: Mapped[str] = mapped_column(String(500), default="", server_default="")
    named_to_chair_since: Mapped[date | None]
    languages: Mapped[list[str]] = mapped_column(JSON, default=lambda: ["en"])
    zone: Mapped[str] = mapped_column(String(60), default="UTC")
    level_words: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    commitment_words: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    former_members_keep: Mapped[bool] = mapped_column(default=False)
    generation: Mapped[int] = mapped_column(default=1)
    demonstration: Mapped[bool] = mapped_column(default=False)

    tracks: Mapped[list[Track]] = relationship(back_populates="process", order_by="Track.position")

    @property
    def public_page(self) -> bool:
        """Whether the members agreed that the public may see that the process exists."""
        return self.public_page_since is not None

    def names_to_chair(self, on: date) -> bool:
        """Whether the members have agreed that its chair is told by name what each participant brings."""
        return self.named_to_chair_since is not None and self.named_to_chair_since <= on


class Track(Addressable, Labelled, Versioned, BearsRights, Base):
    """One side of a process's wall: the governments' track, or a civil-society network's (none to several).

    `symbol_pattern` is how the symbols of its documents are made; empty: as everywhere (`documents.symbols`).
    `busy_days_since` is the day from which it tells the other side on which days it meets; None where it does not.
    `public_reports` is what of its progress reports the members let the public read. `framework_name` and
    `framework_goals` (`plans.frameworks`) are those of a regional community, to which its plans can point.
    """

    __tablename__ = "tracks"
    __table_args__ = (UniqueConstraint("process_id", "slug"),)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    kind: Mapped[TrackKind]
    slug: Mapped[str] = mapped_column(String(60))
    name: Mapped[LocalText] = mapped_column(LocalTextColumn)
    position: Mapped[int] = mapped_column(default=1)
    symbol_pattern: Mapped[str] = mapped_column(String(120), default="", server_default="")
    busy_days_since: Mapped[date | None]
    public_reports: Mapped[PublicReports] = mapped_column(
        default=PublicReports.NONE, server_default=PublicReports.NONE.value
    )
    framework_name: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    framework_goals: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    process: Mapped[Process] = relationship(back_populates="tracks")


class ProcessText(Addressable, Labelled, Versioned, Base):
    """One running text about a process: goals, priorities, themes, remarks, data systems, confidentiality, and notes on
    its secretariat, chair and civil society. A line a point."""

    __tablename__ = "process_texts"
    __table_args__ = (UniqueConstraint("process_id", "kind"),)
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    body: Mapped[LocalText] = mapped_column(LocalTextColumn)
    process: Mapped[Process] = relationship()


class Participant(Addressable, Base):
    """A state, territory, organization, regional body, network, agency or donor: reference data, the same for all."""

    __tablename__ = "participants"
    unlabelled = "public reference data: that a state or an organization exists"
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[ParticipantKind]
    iso: Mapped[str | None] = mapped_column(String(2), index=True)
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    secretariat_of: Mapped[list[str]] = mapped_column(JSON, default=list)
    names: Mapped[list[ParticipantName]] = relationship(back_populates="participant", lazy="selectin")


class ParticipantName(Addressable, Base):
    """What a participant is called in one language, from when until when; agreed by a process, or proposed (UN usage).

    `ranks` maps a language to the place of this name among all names by the rules of that language, worked out once for
    the whole list: a name shown for want of one in the reader's language has its place among the others too.
    """

    __tablename__ = "participant_names"
    __table_args__ = (Index("ix_participant_names_lookup", "participant_id", "language", "process_id"),)
    unlabelled = "names of states and organizations as publicly used"
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    language: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(300))
    process_id: Mapped[UUID | None] = mapped_column(ForeignKey("processes.id"))
    since: Mapped[PartialDate | None] = mapped_column(PartialDateColumn)
    until: Mapped[PartialDate | None] = mapped_column(PartialDateColumn)
    ranks: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    origin: Mapped[str] = mapped_column(String(120), default="")
    participant: Mapped[Participant] = relationship(back_populates="names")


class _Tenure:
    """Something held from a date to a date. `until` is the first day on which it is no longer held."""

    since: Mapped[PartialDate | None] = mapped_column(PartialDateColumn)
    until: Mapped[PartialDate | None] = mapped_column(PartialDateColumn)

    def held_on(self, on: date) -> bool:
        return reached(self.since, on) and not passed(self.until, on)


class Participation(_Tenure, Addressable, Labelled, Versioned, BearsRights, Base):
    """A participant in a process with one standing on one track, from a date to a date.

    A change of standing ends one row and begins another. Of an organization in a network `country` is the state in
    which it works and `focus` what it works on. `category` names a group the source does not name singly ("relevant
    NGOs"); then there is no participant. `last_generation` is set when a membership ends that, by the
    process's rule, keeps what was addressed to it before.
    """

    __tablename__ = "participations"
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), index=True)
    participant_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"), index=True)
    category: Mapped[str] = mapped_column(String(300), default="")
    category_kind: Mapped[str] = mapped_column(String(40), default="")
    standing: Mapped[StandingKind]
    name_at_the_time: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    country_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"), index=True)
    focus: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    basis: Mapped[str] = mapped_column(String(20), default="")  # letter (of the participant) or decision (of a body)
    decision: Mapped[str] = mapped_column(String(500), default="")
    last_generation: Mapped[int | None]
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
    participant: Mapped[Participant | None] = relationship(foreign_keys=participant_id)


class BodyMembershipRule(StrEnum):
    PROCESS = "process"  # whoever is in the process is in the body
    OWN = "own"  # the body has a membership of its own


class Body(_Tenure, Addressable, Labelled, Versioned, BearsRights, Base):
    """A body of a process: ministerial conference, senior officials' meeting, working group, network ...

    `since` and `until` are its opening and closing. Where `names_by_letter`, who is named for its meetings is
    provisional until a letter of the capital has come; where `invites_by_letter`, a signed letter invites to them.
    """

    __tablename__ = "bodies"
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    track_id: Mapped[UUID] = mapped_column(ForeignKey("tracks.id"), index=True)
    name: Mapped[LocalText] = mapped_column(LocalTextColumn)
    abbreviation: Mapped[str] = mapped_column(String(40), default="")
    kind: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(20), default="")
    permanence: Mapped[str] = mapped_column(String(20), default="")  # standing or ad-hoc
    frequency: Mapped[str] = mapped_column(String(120), default="")
    membership: Mapped[BodyMembershipRule] = mapped_column(default=BodyMembershipRule.PROCESS)
    names_by_letter: Mapped[bool] = mapped_column(default=False, server_default=false())
    invites_by_letter: Mapped[bool] = mapped_column(default=False, server_default=false())
    note: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    state: Mapped[LifeState] = mapped_column(default=LifeState.ACTIVE)
    state_decision: Mapped[str] = mapped_column(String(500), default="")
    state_since: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=1)
    process: Mapped[Process] = relationship()
    track: Mapped[Track] = relationship()
    memberships: Mapped[list[BodyMembership]] = relationship(back_populates="body")


class BodyMembership(_Tenure, Addressable, Labelled, Versioned, BearsRights, Base):
    """A participant in a body with its own membership, as member or observer. Chairs are chair terms."""

    __tablename__ = "body_memberships"
    container = "body"
    body_id: Mapped[UUID] = mapped_column(ForeignKey("bodies.id"), index=True)
    participant_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"), index=True)
    name_text: Mapped[str] = mapped_column(String(300), default="")
    role: Mapped[str] = mapped_column(String(20), default="member")
    body: Mapped[Body] = relationship(back_populates="memberships")
    participant: Mapped[Participant | None] = relationship()


class ChairTerm(_Tenure, Addressable, Labelled, Versioned, BearsRights, Base):
    """Who chairs a process (or one of its bodies), in what role, for which term, with what theme.

    Roles: chair, co_chair, thematic_coordinator, troika_past, troika_next, host. `term` keeps a term as the source
    writes it ("2006/2007").
    """

    __tablename__ = "chair_terms"
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    participant_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"), index=True)
    name_text: Mapped[str] = mapped_column(String(300), default="")
    role: Mapped[str] = mapped_column(String(40), default="chair")
    subject: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    theme: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    term: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    decision: Mapped[str] = mapped_column(String(500), default="")
    process: Mapped[Process] = relationship()
    body: Mapped[Body | None] = relationship()
    participant: Mapped[Participant | None] = relationship()


class SecretariatHost(_Tenure, Addressable, Labelled, Versioned, Base):
    """Who hosts or provides the secretariat: a participant, or a name that is none."""

    __tablename__ = "secretariat_hosts"
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    participant_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    name_text: Mapped[str] = mapped_column(String(300), default="")
    process: Mapped[Process] = relationship()
    participant: Mapped[Participant | None] = relationship()


class Pillar(Addressable, Labelled, Versioned, Base):
    """A pillar of a process's work, its subject and areas."""

    __tablename__ = "pillars"
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    name: Mapped[LocalText] = mapped_column(LocalTextColumn)
    subject: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    areas: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    position: Mapped[int] = mapped_column(default=1)
    process: Mapped[Process] = relationship()


class Phase(_Tenure, Addressable, Labelled, Versioned, Base):
    """A phase in the life of a process; `since` and `until` are its first and last year or month, as the source has
    them."""

    __tablename__ = "phases"
    container = "process"
    process_id: Mapped[UUID] = mapped_column(ForeignKey("processes.id"), index=True)
    name: Mapped[LocalText] = mapped_column(LocalTextColumn)
    note: Mapped[LocalText | None] = mapped_column(LocalTextColumn)
    position: Mapped[int] = mapped_column(default=1)
    process: Mapped[Process] = relationship()
