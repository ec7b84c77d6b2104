"""Who reads: an immutable value, set once for the life of a session.

A hat is whom one acts for. All appointments held today under that hat are read together, across processes; the
rights of two hats are never added together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

ANONYMOUS_ID = 1
INSTALLATION = UUID(int=0)
"""Stands where a process or track would, for what belongs to the installation itself: its administrators."""


class HatKind(StrEnum):
    """Whom one can act for."""

    NOBODY = "nobody"  # the public
    PARTICIPANT = "participant"  # a state, an organization, an organization of a network
    SECRETARIAT = "secretariat"  # of one track
    ADMINISTRATOR = "administrator"  # of the installation: reads what is public
    EMERGENCY = "emergency"  # who reads a track for some hours, in an emergency
    PROTOCOL = "protocol"  # of one host's list: who sees to the practical arrangements of one meeting, and nothing else


@dataclass(frozen=True, slots=True, order=True)
class Hat:
    """Whom one acts for: a participant, or a track's secretariat, by id; in an emergency the track one reads, for a
    host the list of one meeting; nobody and administrator have none."""

    kind: HatKind
    id: UUID | None = None

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.id}" if self.id else self.kind.value

    @classmethod
    def parse(cls, text: str) -> Hat:
        """Read what `str(hat)` wrote. Raises ValueError."""
        kind, _, one = text.partition(":")
        return cls(HatKind(kind), UUID(one) if one else None)


NOBODY = Hat(HatKind.NOBODY)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a participation gives to the people it has appointed.

    `bodies` maps a body to the roles held in it (member, observer, chair, co_chair ...); `process_wide_bodies` are
    bodies whose membership is the process's own. `last_generation` is None for a participation that goes on, and the
    generation it ended in for one that, by the process's rule, keeps what was addressed to it before.
    """

    process: UUID
    track: UUID
    participant: UUID
    standing: str
    bodies: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    process_wide_bodies: frozenset[UUID] = frozenset()
    last_generation: int | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """An office a label can name: secretariat (of a track), officers (of one, not of a chair's office that serves as
    one), chair (of a body or process), liaison (of a process), administrator (of the installation), emergency (who
    reads a track in an emergency), protocol (of one host's list)."""

    kind: str
    id: UUID


@dataclass(frozen=True, slots=True)
class Role:
    """What one is appointed as, in which process and track (focal_point, alternate, chair, officer ...)."""

    name: str
    process: UUID
    track: UUID | None = None
    body: UUID | None = None


@dataclass(frozen=True)
class Viewer:
    """One reader under one hat on one day. `id` is the key under which `readable_labels` knows this reader."""

    id: int
    on: date
    person: UUID | None = None
    hat: Hat = NOBODY
    standings: tuple[Standing, ...] = ()
    offices: frozenset[Office] = frozenset()
    roles: frozenset[Role] = frozenset()

    @property
    def is_anonymous(self) -> bool:
        return self.person is None

    @property
    def participant(self) -> UUID | None:
        """The participant one acts for, if one acts for one."""
        return self.hat.id if self.hat.kind is HatKind.PARTICIPANT else None

    @property
    def administers(self) -> bool:
        """Whether one acts as administrator of the installation."""
        return Office("administrator", INSTALLATION) in self.offices

    @property
    def processes(self) -> frozenset[UUID]:
        """Every process in which this hat holds anything today."""
        return frozenset(s.process for s in self.standings) | frozenset(r.process for r in self.roles)

    @property
    def reads_only(self) -> bool:
        """Whether one may read and do nothing else, whatever a page offers."""
        return self.hat.kind is HatKind.EMERGENCY

    def keeps(self, track: UUID) -> bool:
        """Whether one acts as the secretariat of this track."""
        return Office("secretariat", track) in self.offices

    def is_officer_of(self, track: UUID) -> bool:
        """Whether one keeps this track as its own secretariat, and not as the office of a chair that serves as one."""
        return Office("officers", track) in self.offices

    def holds(self, name: str, process: UUID) -> bool:
        """Whether one is appointed as `name` in this process today."""
        return any(role.name == name and role.process == process for role in self.roles)

    def belongs_to(self, process: UUID, tracks: Iterable[UUID]) -> bool:
        """Whether one is still appointed to anything on one of these tracks of the process."""
        wanted = frozenset(tracks)
        return any(s.process == process and s.track in wanted for s in self.standings) or any(
            role.process == process and role.track in wanted for role in self.roles
        )

    def tracks_in(self, process: UUID) -> frozenset[UUID]:
        """The tracks of a process on which this hat holds anything today."""
        held = {s.track for s in self.standings if s.process == process}
        return frozenset(held | {role.track for role in self.roles if role.process == process and role.track})

    def standing_in(self, process: UUID) -> Standing | None:
        """The standing held in this process: what is held today before what has ended and was left to read, the
        strongest first; None where there is none."""
        held = [s for s in self.standings if s.process == process]
        return min(held, key=lambda s: (s.last_generation is not None, s.standing != "member")) if held else None


def anonymous(on: date) -> Viewer:
    """The public: reads what is public."""
    return Viewer(id=ANONYMOUS_ID, on=on)


def frozen(mapping: Mapping[UUID, Iterable[str]]) -> Mapping[UUID, frozenset[str]]:
    """A mapping of bodies to roles that nobody changes any more."""
    return MappingProxyType({body: frozenset(roles) for body, roles in mapping.items()})
