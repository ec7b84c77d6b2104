"""Labels as values: who may read a thing, said as a set of clauses. Pure; no database, no web.

A reader satisfies *all* clauses of a label. A clause says: of this process, on these tracks, from this level up,
perhaps of this body, perhaps exactly these named. The words shown for levels are set per process; the levels are
those of the domain document: public < participants < members < named.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from secretariat.core.viewer import INSTALLATION, Office, Standing, Viewer


class Level(StrEnum):
    """The four levels, from everyone to exactly those named."""

    PUBLIC = "public"
    PARTICIPANTS = "participants"
    MEMBERS = "members"
    NAMED = "named"

    @property
    def weight(self) -> int:
        """Its place in the order; the heaviest label of a page gives the banner."""
        return list(Level).index(self)


READING_STANDINGS = frozenset({"member", "observer", "partner", "participant", "partner_for_activities"})
ADDRESSABLE_STANDINGS = READING_STANDINGS | {"invited_ad_hoc"}


class Named(StrEnum):
    """What an audience can name."""

    PARTICIPANT = "participant"
    PERSON = "person"
    SECRETARIAT = "secretariat"  # of a track
    OFFICERS = "officers"  # of a track's own secretariat: not of a chair's office that serves as one
    CHAIR = "chair"  # of a body or process
    LIAISON = "liaison"  # liaison officers of a process
    MEETING = "meeting"  # the delegations of one meeting
    ADMINISTRATOR = "administrator"  # of the installation
    PROTOCOL = "protocol"  # the protocol officers of one host's list


@dataclass(frozen=True, slots=True, order=True)
class Addressee:
    """One reader named by a label: a participant, a person or an office."""

    kind: Named
    id: UUID


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition of a label.

    `tracks` are ids of the process's tracks. `body` narrows participants and members to that body's own membership.
    `audience` belongs to the level named and to it alone. `opened_to` lets single offices in beside the level (the
    delegations of a meeting). `generation` counts the times a membership of the process ended whose holder, by the
    process's rule, keeps what was addressed to it before: a former member reads up to its generation.
    """

    process: UUID
    level: Level
    tracks: frozenset[UUID] = frozenset()
    body: UUID | None = None
    audience: frozenset[Addressee] = frozenset()
    opened_to: frozenset[Addressee] = frozenset()
    generation: int = 1

    def __post_init__(self) -> None:
        if (self.level is Level.NAMED) != bool(self.audience):
            raise ValueError("an audience is named with the level 'named', and only with it")
        if self.level is not Level.PUBLIC and not self.tracks:
            raise ValueError("a label above public names at least one track")
        if not self.generation:
            raise ValueError("a clause is of a generation of its process, the first being 1")

    def to_json(self) -> dict[str, Any]:
        """Canonical content; the digest of a label is made from it."""
        return {
            "process": str(self.process),
            "level": self.level.value,
            "tracks": sorted(map(str, self.tracks)),
            "body": str(self.body) if self.body else None,
            "audience": [[one.kind.value, str(one.id)] for one in sorted(self.audience)],
            "opened_to": [[one.kind.value, str(one.id)] for one in sorted(self.opened_to)],
            "generation": self.generation,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Clause:
        def addressees(pairs: Iterable[tuple[str, str]]) -> frozenset[Addressee]:
            return frozenset(Addressee(Named(kind), UUID(one)) for kind, one in pairs)

        return cls(
            process=UUID(value["process"]),
            level=Level(value["level"]),
            tracks=frozenset(map(UUID, value["tracks"])),
            body=UUID(value["body"]) if value["body"] else None,
            audience=addressees(value["audience"]),
            opened_to=addressees(value["opened_to"]),
            generation=value["generation"],
        )

    @property
    def digest(self) -> str:
        return _digest(self.to_json())

    @property
    def names_persons_alone(self) -> bool:
        """Whether its readers are single persons, whatever they hold."""
        return bool(self.audience) and all(one.kind is Named.PERSON for one in self.audience)


@dataclass(frozen=True, slots=True)
class LabelValue:
    """A label: the clauses a reader satisfies, all of them. The empty label is nobody's and is refused."""

    clauses: frozenset[Clause] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if not self.clauses:
            raise ValueError("a label without clauses would be readable by all; say public instead")

    @property
    def digest(self) -> str:
        return _digest(sorted(clause.digest for clause in self.clauses))

    @property
    def level(self) -> Level:
        """The heaviest level among the clauses."""
        return max((clause.level for clause in self.clauses), key=lambda level: level.weight)

    @property
    def heaviest(self) -> Clause:
        """The clause whose words stand for the label: of equal level one that names a body, or persons alone. Ties are
        settled by the canonical content, so always alike."""
        return max(
            self.clauses,
            key=lambda one: (one.level.weight, one.body is not None, one.names_persons_alone, one.digest),
        )


def administrators() -> Clause:
    """For the administrators of the installation alone: their appointments, and the trail of what they did."""
    return Clause(
        INSTALLATION,
        Level.NAMED,
        frozenset({INSTALLATION}),
        audience=frozenset({Addressee(Named.ADMINISTRATOR, INSTALLATION)}),
    )


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def implied(clause: Clause, by: Clause) -> bool:
    """Whether whoever satisfies `by` certainly satisfies `clause`. Only implications that hold for all time count."""
    if clause == by or clause.level is Level.PUBLIC:
        return True
    if clause.process != by.process or by.opened_to or by.level is Level.NAMED:
        return False
    return (
        by.tracks <= clause.tracks
        and clause.body == by.body
        and clause.level.weight <= by.level.weight
        and clause.generation == by.generation
    )


def together(*parts: Iterable[Clause]) -> LabelValue:
    """The label of a thing inside another: its own clauses and its container's, less what is implied anyway."""
    clauses = {clause for part in parts for clause in part}
    kept = set(clauses)
    for clause in sorted(clauses, key=lambda one: one.digest):
        if any(implied(clause, other) for other in kept - {clause}):
            kept.discard(clause)
    return LabelValue(frozenset(kept))


def may_read(viewer: Viewer, label: LabelValue) -> bool:
    """The one predicate: whether `viewer` satisfies every clause of `label`."""
    return all(satisfies(viewer, clause) for clause in label.clauses)


def satisfies(viewer: Viewer, clause: Clause) -> bool:
    """Whether `viewer` satisfies one clause. Above public one reads only of processes one has to do with today."""
    if clause.level is Level.PUBLIC:
        return True
    if clause.process not in viewer.processes:
        return False
    if any(_is_addressed(viewer, clause, addressee) for addressee in clause.opened_to):
        return True
    if clause.level is Level.NAMED:
        return any(_is_addressed(viewer, clause, one) for one in clause.audience) or _is_the_desks(viewer, clause)
    if _keeps_the_track(viewer, clause) or _reads_in_emergency(viewer, clause.tracks):
        return True
    return any(_standing_satisfies(standing, clause) for standing in viewer.standings)


def _keeps_the_track(viewer: Viewer, clause: Clause) -> bool:
    return any(Office("secretariat", track) in viewer.offices for track in clause.tracks)


def _reads_in_emergency(viewer: Viewer, tracks: Iterable[UUID]) -> bool:
    return any(Office("emergency", track) in viewer.offices for track in tracks)


def _is_the_desks(viewer: Viewer, clause: Clause) -> bool:
    """In an emergency one reads the working papers of the track's secretariat: what names it and nobody beside it. What
    was confided to or by anyone else stays with those named."""
    return all(
        one.kind is Named.SECRETARIAT and Office("emergency", one.id) in viewer.offices for one in clause.audience
    )


def _standing_satisfies(standing: Standing, clause: Clause) -> bool:
    if not _reaches(standing, clause) or standing.standing not in READING_STANDINGS:
        return False
    if clause.body is not None and clause.body not in standing.process_wide_bodies:
        roles = standing.bodies.get(clause.body, frozenset())
        return bool(roles) if clause.level is Level.PARTICIPANTS else bool(roles - {"observer"})
    return clause.level is Level.PARTICIPANTS or standing.standing == "member"


def _reaches(standing: Standing, clause: Clause) -> bool:
    """Right process and track, and not a thing of after this standing ended."""
    return (
        standing.process == clause.process
        and standing.track in clause.tracks
        and (standing.last_generation is None or clause.generation <= standing.last_generation)
    )


def _is_addressed(viewer: Viewer, clause: Clause, addressee: Addressee) -> bool:
    if addressee.kind is Named.PARTICIPANT:
        return any(
            standing.participant == addressee.id and _may_be_addressed(standing, clause)
            for standing in viewer.standings
        )
    if addressee.kind is Named.PERSON:
        return viewer.person == addressee.id and _still_takes_part(viewer, clause)
    return Office(addressee.kind.value, addressee.id) in viewer.offices


def _still_takes_part(viewer: Viewer, clause: Clause) -> bool:
    """A person named reads as long as appointed by somebody who takes part, or by the secretariat of a track."""
    return _keeps_the_track(viewer, clause) or any(_may_be_addressed(one, clause) for one in viewer.standings)


def _may_be_addressed(standing: Standing, clause: Clause) -> bool:
    return _reaches(standing, clause) and standing.standing in ADDRESSABLE_STANDINGS
