"""The clauses things of a process are labelled with: one place, so that tracks and generation are never forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core import labelling
from secretariat.core.labels import Addressee, Clause, Level, Named
from secretariat.core.viewer import INSTALLATION
from secretariat.processes.models import Body, Process, Track


def public(process: Process) -> Clause:
    """Everyone."""
    return Clause(process.id, Level.PUBLIC)


def participants_of(process: Process, *tracks: Track, body: Body | None = None) -> Clause:
    """All participants on these tracks (of a body, if one is given)."""
    return Clause(
        process.id,
        Level.PARTICIPANTS,
        _ids(tracks),
        body.id if body else None,
        generation=_first_or(process.generation),
    )


def members_of(
    process: Process, *tracks: Track, body: Body | None = None, opened_to: Iterable[Addressee] = ()
) -> Clause:
    """Members only on these tracks (of a body, if one is given)."""
    return Clause(
        process.id,
        Level.MEMBERS,
        _ids(tracks),
        body.id if body else None,
        opened_to=frozenset(opened_to),
        generation=_first_or(process.generation),
    )


def named(process: Process, *tracks: Track, audience: Iterable[Addressee]) -> Clause:
    """Exactly those named."""
    return Clause(
        process.id, Level.NAMED, _ids(tracks), audience=frozenset(audience), generation=_first_or(process.generation)
    )


def of_today(session: Session, given: Iterable[Clause]) -> frozenset[Clause]:
    """The same clauses for who takes part now: who has left reads nothing that is opened after."""
    return frozenset(
        one if one.level is Level.PUBLIC else replace(one, generation=_first_or(_generation(session, one.process)))
        for one in given
    )


def same(one: Iterable[Clause], other: Iterable[Clause]) -> bool:
    """Whether two sets of clauses say the same, whoever has left the process between them."""
    return frozenset(map(of_any_generation, one)) == frozenset(map(of_any_generation, other))


def of_any_generation(clause: Clause) -> Clause:
    """A clause as it compares with others of its words."""
    return replace(clause, generation=1)


def secretariat(track: Track) -> Addressee:
    """The secretariat of a track, as an addressee."""
    return Addressee(Named.SECRETARIAT, track.id)


def officers(track: Track) -> Addressee:
    """The secretariat of a track, less a chair's office that serves as one: for what was confided in a call."""
    return Addressee(Named.OFFICERS, track.id)


def protocol(host_list: UUID) -> Addressee:
    """The host's protocol officers of one meeting, by the key of its host's list."""
    return Addressee(Named.PROTOCOL, host_list)


def participant(one: UUID) -> Addressee:
    """The people a participant has appointed, as addressees."""
    return Addressee(Named.PARTICIPANT, one)


def person(one: UUID) -> Addressee:
    """One person, as addressee."""
    return Addressee(Named.PERSON, one)


def nobody(process: Process, *tracks: Track) -> Clause:
    """What nobody reads yet, until an event gives it readers: the one named is no person there is."""
    return named(process, *tracks, audience=[person(INSTALLATION)])


def chair(process_or_body: UUID) -> Addressee:
    """The chair of a process or of a body, as addressee."""
    return Addressee(Named.CHAIR, process_or_body)


def _ids(tracks: Iterable[Track]) -> frozenset[UUID]:
    return frozenset(track.id for track in tracks)


def _first_or(generation: int | None) -> int:
    return generation or 1  # a process not yet written has none


def _generation(session: Session, process: UUID) -> int | None:
    found = session.get(Process, process)
    return found.generation if found is not None else None


labelling.generation_of = _generation
