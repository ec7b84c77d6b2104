"""Reads of processes, each under the eyes of the session it is given and in a constant number of statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from secretariat.core import clock
from secretariat.core.dates import passed, reached
from secretariat.core.labels import READING_STANDINGS
from secretariat.core.viewer import Viewer
from secretariat.processes.models import (
    Body,
    BodyMembership,
    ChairTerm,
    LifeState,
    Participant,
    ParticipantKind,
    ParticipantName,
    Participation,
    Phase,
    Pillar,
    Process,
    ProcessText,
    SecretariatHost,
    StandingKind,
    Track,
    TrackKind,
)
from secretariat.processes.names import Name, names_of


def processes_seen(session: Session) -> list[Process]:
    """Every process the reader may read, by acronym."""
    found = session.scalars(select(Process).order_by(Process.acronym, Process.slug))
    return list(found)


def process_by_slug(session: Session, slug: str) -> Process | None:
    """One process with its tracks."""
    return session.scalar(select(Process).where(Process.slug == slug).options(selectinload(Process.tracks)))


_kinds: dict[tuple[str, UUID], TrackKind] = {}
"""The kind of each track met so far: it never changes, and every page asks for it."""


def network_of(session: Session, viewer: Viewer, process: UUID) -> Track | None:
    """The track of the network, where the reader stands on that side of the wall of a process and on no other."""
    mine = viewer.tracks_in(process)
    if not mine or TrackKind.GOVERNMENT in _kinds_of(session, mine):
        return None
    return session.scalar(select(Track).where(Track.id.in_(mine)).order_by(Track.position).limit(1))


def _kinds_of(session: Session, tracks: frozenset[UUID]) -> set[TrackKind]:
    database = str(session.get_bind().engine.url)
    unknown = [one for one in tracks if (database, one) not in _kinds]
    if unknown:
        rows = session.execute(select(Track.id, Track.kind).where(Track.id.in_(unknown)))
        _kinds.update({(database, key): kind for key, kind in rows})
    return {_kinds[database, one] for one in tracks if (database, one) in _kinds}


R = TypeVar("R", ChairTerm, BodyMembership, SecretariatHost)


@dataclass(frozen=True, slots=True)
class Party:
    """A participant by its name, or a name that is none; `id` leads to its page, if it has a standing here."""

    name: Name | None
    text: str = ""
    id: UUID | None = None

    @property
    def order(self) -> tuple[int, str]:
        return (self.name.order[0], self.name.words) if self.name else (1_000_000, self.text)


@dataclass(frozen=True, slots=True)
class Standing:
    """A participation with the name it is shown under."""

    row: Participation
    party: Party
    country: Name | None = None


@dataclass(frozen=True, slots=True)
class Holder(Generic[R]):
    """A chair term, body membership or secretariat host with the name it is shown under."""

    row: R
    party: Party


@dataclass(frozen=True, slots=True)
class BodyShown:
    """A body with who chairs it and, where it has a membership of its own, who is in it."""

    row: Body
    chairs: Sequence[Holder[ChairTerm]]
    members: Sequence[Holder[BodyMembership]]


@dataclass(slots=True)
class Side:
    """Who takes part on one side of the wall, and its bodies. `track` is None where the reader reads of a participant
    of that side and not of the side."""

    track: Track | None
    standings: dict[StandingKind, list[Standing]] = field(default_factory=dict)
    ended: list[Standing] = field(default_factory=list)
    coming: list[Standing] = field(default_factory=list)
    bodies: list[BodyShown] = field(default_factory=list)
    closed_bodies: list[BodyShown] = field(default_factory=list)

    @property
    def is_network(self) -> bool:
        return self.track is not None and self.track.kind is TrackKind.CIVIL_SOCIETY

    @property
    def has_participants(self) -> bool:
        return bool(self.standings or self.ended or self.coming)


@dataclass(slots=True)
class ProcessShown:
    """All of a process, as far as the reader may read it on a day. `sides`: those of which there is something to read,
    the reader's own first."""

    process: Process
    sides: list[Side] = field(default_factory=list)
    chairs: list[Holder[ChairTerm]] = field(default_factory=list)
    past_chairs: list[Holder[ChairTerm]] = field(default_factory=list)
    coming_chairs: list[Holder[ChairTerm]] = field(default_factory=list)
    hosts: list[Holder[SecretariatHost]] = field(default_factory=list)
    texts: dict[str, ProcessText] = field(default_factory=dict)
    pillars: list[Pillar] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)
    networks: list[Track] = field(default_factory=list)

    @property
    def participating(self) -> list[Side]:
        """The sides with participants."""
        return [one for one in self.sides if one.has_participants]

    @property
    def with_bodies(self) -> list[Side]:
        """The sides with bodies."""
        return [one for one in self.sides if one.bodies or one.closed_bodies]

    @property
    def bodies(self) -> list[BodyShown]:
        """The open bodies of all sides."""
        return [body for one in self.sides for body in one.bodies]

    @property
    def closed_bodies(self) -> list[BodyShown]:
        return [body for one in self.sides for body in one.closed_bodies]


def process_shown(session: Session, process: Process, on: date, mine: Collection[UUID] = ()) -> ProcessShown:
    """All of a process on a day, names in the order of the reader's language. `mine`: the tracks the reader stands on,
    which come first."""
    own = {kind: _rows(session, kind, process) for kind in (Participation, ChairTerm, SecretariatHost, Pillar, Phase)}
    bodies = _rows(session, Body, process)
    memberships = list(
        session.scalars(select(BodyMembership).where(BodyMembership.body_id.in_([one.id for one in bodies])))
    )
    holders = (*own[Participation], *own[ChairTerm], *own[SecretariatHost], *memberships)
    named = [*(one.participant_id for one in holders), *(one.country_id for one in own[Participation])]
    found = names_of(session, named, process=process.id, on=on)
    names = _Names(found, {one.participant_id for one in own[Participation]})
    shown = ProcessShown(process)
    sides = _Sides(process, mine)
    _place_standings(sides, own[Participation], names, on)
    _place_bodies(sides, bodies, memberships, own[ChairTerm], names, on)
    shown.sides = sides.in_order()
    _place_chairs(shown, own[ChairTerm], names, on)
    shown.hosts = _holders((one for one in own[SecretariatHost] if one.held_on(on)), names)
    shown.pillars = sorted(own[Pillar], key=lambda one: one.position)
    shown.phases = sorted(own[Phase], key=lambda one: one.position)
    shown.texts = {one.kind: one for one in _rows(session, ProcessText, process)}
    shown.networks = [one for one in process.tracks if one.kind is TrackKind.CIVIL_SOCIETY]
    return shown


def _rows(session: Session, kind: type, process: Process) -> list:  # type: ignore[type-arg]
    return list(session.scalars(select(kind).where(kind.process_id == process.id)))  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class _Names:
    """Names by participant, and which of them have a standing here."""

    by_id: Mapping[UUID, Name]
    standing: set[UUID | None]

    def party(self, participant: UUID | None, text: str) -> Party:
        found = self.by_id.get(participant) if participant else None
        return Party(found, text, participant if participant in self.standing else None)

    def country_of(self, row: Participation) -> Name | None:
        """Where an organization of a network works."""
        return self.by_id.get(row.country_id) if row.country_id else None


class _Sides:
    """The sides of a process, each made when something is placed on it."""

    def __init__(self, process: Process, mine: Collection[UUID]) -> None:
        self._tracks = {one.id: one for one in process.tracks}
        order = sorted(process.tracks, key=lambda one: (one.id not in mine, one.position))
        self._at: dict[UUID | None, int] = {one.id: number for number, one in enumerate(order)}
        self._sides: dict[UUID | None, Side] = {}

    def of(self, track: UUID) -> Side:
        seen = self._tracks.get(track)
        return self._sides.setdefault(seen.id if seen else None, Side(seen))

    def in_order(self) -> list[Side]:
        return [side for _key, side in sorted(self._sides.items(), key=lambda one: self._at.get(one[0], len(self._at)))]


def _place_standings(sides: _Sides, rows: Iterable[Participation], names: _Names, on: date) -> None:
    standings = [
        Standing(one, names.party(one.participant_id, one.category or one.name_at_the_time), names.country_of(one))
        for one in rows
    ]
    standings.sort(key=lambda one: one.party.order)
    for one in standings:
        side = sides.of(one.row.track_id)
        if passed(one.row.until, on):
            side.ended.append(one)
        elif not reached(one.row.since, on):
            side.coming.append(one)
        else:
            side.standings.setdefault(one.row.standing, []).append(one)
    for side in sides.in_order():
        side.standings = {kind: side.standings[kind] for kind in StandingKind if kind in side.standings}


def _holders(rows: Iterable[R], names: _Names) -> list[Holder[R]]:
    holders = [Holder(one, names.party(one.participant_id, one.name_text)) for one in rows]
    return sorted(holders, key=lambda one: one.party.order)


_ROLES = ("chair", "co_chair", "thematic_coordinator", "troika_past", "troika_next", "host")


def _by_role(one: Holder[ChairTerm]) -> tuple[int, tuple[int, str]]:
    role = one.row.role
    return (_ROLES.index(role) if role in _ROLES else len(_ROLES)), one.party.order


def _place_chairs(shown: ProcessShown, rows: Sequence[ChairTerm], names: _Names, on: date) -> None:
    terms = _holders((one for one in rows if one.body_id is None), names)
    shown.chairs = sorted((one for one in terms if one.row.held_on(on)), key=_by_role)
    latest = sorted(terms, key=lambda one: str(one.row.since or one.row.until or ""), reverse=True)
    shown.past_chairs = [one for one in latest if passed(one.row.until, on)]
    shown.coming_chairs = [one for one in reversed(latest) if not reached(one.row.since, on)]


def _place_bodies(
    sides: _Sides,
    bodies: Sequence[Body],
    memberships: Sequence[BodyMembership],
    terms: Sequence[ChairTerm],
    names: _Names,
    on: date,
) -> None:
    for one in sorted(bodies, key=lambda body: (body.position, str(body.name))):
        chairs = _holders((t for t in terms if t.body_id == one.id and t.held_on(on)), names)
        members = _holders((m for m in memberships if m.body_id == one.id and m.held_on(on)), names)
        made = BodyShown(one, sorted(chairs, key=_by_role), members)
        closed = passed(one.until, on) or one.state is LifeState.CONCLUDED
        side = sides.of(one.track_id)
        (side.closed_bodies if closed else side.bodies).append(made)


# --- the public page ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PublicProcess:
    """What the members agreed to show: who takes part and in which bodies, today."""

    process: Process
    sides: Sequence[Side]

    @property
    def participating(self) -> Sequence[Side]:
        """The sides with participants."""
        return [one for one in self.sides if one.standings]

    @property
    def with_bodies(self) -> Sequence[Side]:
        """The sides with bodies."""
        return [one for one in self.sides if one.bodies]


def public_process(session: Session, process: Process, on: date) -> PublicProcess:
    """The public page: present participants in a standing that is not a matter between members, and open bodies."""
    shown = process_shown(session, process, on)
    for side in shown.sides:
        side.standings = {kind: found for kind, found in side.standings.items() if kind.value in READING_STANDINGS}
        side.bodies = [one for one in side.bodies if one.row.state is LifeState.ACTIVE]
    return PublicProcess(process, shown.sides)


# --- single rows, for editing ---------------------------------------------------------------------------------


def participation(session: Session, process: Process, key: UUID) -> Participation | None:
    """One participation of this process."""
    return session.scalar(select(Participation).where(Participation.id == key, Participation.process_id == process.id))


def participations_of(session: Session, process: Process, participant: UUID) -> list[Participation]:
    """All standings a participant has had in a process, the latest first."""
    rows = session.scalars(
        select(Participation)
        .where(Participation.process_id == process.id, Participation.participant_id == participant)
        .options(joinedload(Participation.track))
    )
    return sorted(rows, key=lambda one: (one.until is None, str(one.since or "")), reverse=True)


def participant(session: Session, key: UUID) -> Participant | None:
    """One participant; reference data."""
    return session.scalar(select(Participant).where(Participant.id == key))


def names_used(session: Session, process: Process, participant: UUID) -> list[ParticipantName]:
    """Names of a participant, generally used or agreed by this process, by language and time."""
    rows = session.scalars(
        select(ParticipantName).where(
            ParticipantName.participant_id == participant,
            ParticipantName.process_id.is_(None) | (ParticipantName.process_id == process.id),
        )
    )
    return sorted(rows, key=lambda one: (one.language, one.process_id is None, str(one.since or "")))


def body(session: Session, process: Process, key: UUID) -> Body | None:
    """One body of this process."""
    return session.scalar(select(Body).where(Body.id == key, Body.process_id == process.id))


def body_membership(session: Session, process: Process, key: UUID) -> BodyMembership | None:
    """One membership in a body of this process."""
    return session.scalar(
        select(BodyMembership).join(Body).where(BodyMembership.id == key, Body.process_id == process.id)
    )


def chair_term(session: Session, process: Process, key: UUID) -> ChairTerm | None:
    """One chair term of this process."""
    return session.scalar(select(ChairTerm).where(ChairTerm.id == key, ChairTerm.process_id == process.id))


def host(session: Session, process: Process, key: UUID) -> SecretariatHost | None:
    """One host of the secretariat of this process."""
    wanted = select(SecretariatHost).where(SecretariatHost.id == key, SecretariatHost.process_id == process.id)
    return session.scalar(wanted)


def text(session: Session, process: Process, kind: str) -> ProcessText | None:
    """One running text of this process."""
    return session.scalar(select(ProcessText).where(ProcessText.process_id == process.id, ProcessText.kind == kind))


def texts(session: Session, process: Process) -> dict[str, ProcessText]:
    """The running texts of this process, by what they are about."""
    return {one.kind: one for one in _rows(session, ProcessText, process)}


def open_participants(session: Session, process: Process, track: Track, on: date) -> list[tuple[UUID, str]]:
    """Participants of one side today, as choices: id and name in the order of the reader's language."""
    rows = session.scalars(
        select(Participation).where(
            Participation.process_id == process.id,
            Participation.track_id == track.id,
            Participation.standing.in_([StandingKind(one) for one in sorted(READING_STANDINGS)]),
        )
    )
    ids = {one.participant_id for one in rows if one.participant_id and one.held_on(on)}
    return _choices(session, ids, process, on)


def known_participants(session: Session, process: Process, on: date) -> list[tuple[UUID, str]]:
    """Every participant known to the installation, as choices."""
    return _choices(session, set(session.scalars(select(Participant.id))), process, on)


def countries(session: Session, process: Process, on: date) -> list[tuple[UUID, str]]:
    """States and territories, as choices of where an organization works."""
    kinds = (ParticipantKind.STATE, ParticipantKind.TERRITORY)
    states = session.scalars(select(Participant.id).where(Participant.kind.in_(kinds)))
    return _choices(session, set(states), process, on)


def name_of_country(session: Session, process: Process, row: Participation) -> Name | None:
    """Where an organization of a network works."""
    if row.country_id is None:
        return None
    return names_of(session, [row.country_id], process=process.id, on=clock.today())[row.country_id]


def _choices(session: Session, ids: set[UUID], process: Process, on: date) -> list[tuple[UUID, str]]:
    names = names_of(session, ids, process=process.id, on=on)
    return [(key, names[key].words) for key in sorted(names, key=lambda one: names[one].order)]
