"""Who reads what carries a label, on a day: worked out by the one predicate over everybody appointed then.

    circle = circle_of(session, processes_of(label), on)
    readers = circle.readers(label)            # or, for a single label: readers_of(session, label, on)
    change = difference(before, after)

`Readers` is the whole truth, worked out past the filter, and holds keys alone. It is shown to nobody as it is: what one
asker may know of it is worked out by `confidentiality.telling.told`.

A participant reads when its standing lets its people read, whomever it has appointed: that nobody is appointed is the
secretariat's knowledge, and must not show in who reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from secretariat.core.labels import LabelValue, Level, Named, may_read
from secretariat.core.session import Reason, SystemSession, system_access
from secretariat.core.viewer import ANONYMOUS_ID, INSTALLATION, Hat, HatKind, Office, Role, Standing, Viewer
from secretariat.directory import emergencies, viewers
from secretariat.directory.models import Appointment, RoleName
from secretariat.processes.models import Participation, Track


class How(StrEnum):
    """By what somebody reads; the first that lets them read counts."""

    SECRETARIAT = "secretariat"
    STANDING = "standing"  # of their participant
    CHAIR = "chair"
    LIAISON = "liaison"  # as liaison officer for civil society
    NAMED = "named"  # as a person
    ADMINISTRATOR = "administrator"
    EMERGENCY = "emergency"  # for some hours of the day
    PROTOCOL = "protocol"  # as the host's protocol officer of one meeting


@dataclass(frozen=True, slots=True)
class ReadingParticipant:
    """A participant whose people read by its standing, or as chair.

    `former` says that it left and keeps what was addressed to it before. `chaired` are the bodies or processes whose
    chair reads, where it reads as that.
    """

    participant: UUID
    process: UUID
    track: UUID
    standing: str
    how: How
    former: bool = False
    chaired: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class ReadingPerson:
    """A person who reads under one hat."""

    person: UUID
    hat: Hat
    how: How


@dataclass(frozen=True, slots=True)
class Readers:
    """All who read. Where everyone does nobody is listed."""

    everyone: bool = False
    secretariats: frozenset[UUID] = frozenset()  # of these tracks
    participants: frozenset[ReadingParticipant] = frozenset()
    persons: frozenset[ReadingPerson] = frozenset()

    @property
    def nobody(self) -> bool:
        """Whether nobody is left who reads: neither a person now, nor whoever a participant or secretariat appoints."""
        return not (self.everyone or self.secretariats or self.participants or self.persons)


EVERYONE = Readers(everyone=True)


@dataclass(frozen=True, slots=True)
class Difference:
    """Who reads after a change and did not before, and who no longer does."""

    gained: Readers
    lost: Readers


def readers_of(session: Session, label: LabelValue, on: date) -> Readers:
    """All who read what carries `label` on a day. A constant number of statements, however many they are."""
    return circle_of(session, processes_of(label), on).readers(label)


def difference(before: Readers, after: Readers) -> Difference:
    """What a change from one circle of readers to another gives and takes."""
    return Difference(_less(after, before), _less(before, after))


def processes_of(*labels: LabelValue) -> frozenset[UUID]:
    """The processes whose people can read these labels at all."""
    return frozenset(clause.process for label in labels for clause in label.clauses if clause.level is not Level.PUBLIC)


def circle_of(session: Session, processes: Iterable[UUID], on: date) -> Circle:
    """Everybody who could read anything of these processes on a day."""
    with system_access(session, Reason.HISTORY) as system:
        return _circle(system, frozenset(processes), on)


@dataclass(frozen=True)
class Circle:
    """All who had to do with some processes on a day, to be asked for one label after the other."""

    processes: frozenset[UUID]
    people: tuple[Viewer, ...]
    participants: tuple[Viewer, ...]
    secretariats: tuple[Viewer, ...]

    def readers(self, label: LabelValue) -> Readers:
        """All of the circle who read what carries this label."""
        if label.level is Level.PUBLIC:
            return EVERYONE
        if not processes_of(label) <= self.processes:
            raise ValueError("a label of another process; ask for the circle of all its processes")
        participants = [one for viewer in self.participants if (one := _participant(viewer, label)) is not None]
        how = {one.participant: one.how for one in participants}
        return Readers(
            secretariats=frozenset(_track(viewer) for viewer in self.secretariats if may_read(viewer, label)),
            participants=frozenset(participants),
            persons=frozenset(
                ReadingPerson(viewer.person, viewer.hat, _how(viewer, label, how.get(_acts_for(viewer))))
                for viewer in self.people
                if viewer.person is not None and may_read(viewer, label)
            ),
        )


def _circle(system: SystemSession, processes: frozenset[UUID], on: date) -> Circle:
    wanted = sorted(processes, key=str)
    appointed = select(Appointment.person_id, Appointment.hat).distinct()
    appointed = appointed.where(
        Appointment.since <= on, or_(Appointment.until.is_(None), Appointment.until > on), _of(processes, wanted)
    )
    pairs = [(person, Hat.parse(hat)) for person, hat in system.execute(appointed)]
    pairs += [(one.person_id, Hat.parse(one.hat)) for one in emergencies.of_processes(system, wanted, on)]
    people = sorted(set(pairs), key=str)
    held = select(Participation.participant_id).where(
        Participation.process_id.in_(wanted), Participation.participant_id.is_not(None)
    )
    participants = viewers.make_participants(system, {one for one in system.scalars(held.distinct()) if one}, on)
    tracks = system.execute(select(Track.id, Track.process_id).where(Track.process_id.in_(wanted)))
    return Circle(
        processes,
        tuple(viewers.make_viewers(system, people, on)),
        tuple(participants[one] for one in sorted(participants, key=str)),
        tuple(_keeper(track, process, on) for track, process in sorted(tracks, key=str)),
    )


def _of(processes: frozenset[UUID], wanted: list[UUID]) -> ColumnElement[bool]:
    named = Appointment.process_id.in_(wanted)
    return or_(named, Appointment.process_id.is_(None)) if INSTALLATION in processes else named


def _keeper(track: UUID, process: UUID, on: date) -> Viewer:
    """Whoever is appointed to the secretariat of a track, without a person."""
    return Viewer(
        id=ANONYMOUS_ID,
        on=on,
        hat=Hat(HatKind.SECRETARIAT, track),
        offices=frozenset({Office("secretariat", track), Office("officers", track)}),
        roles=frozenset({Role(RoleName.OFFICER.value, process, track)}),
    )


def _track(viewer: Viewer) -> UUID:
    assert viewer.hat.id is not None
    return viewer.hat.id


def _participant(viewer: Viewer, label: LabelValue) -> ReadingParticipant | None:
    """By what the people of a participant read, if they do: as it stands today, as it stood once, as chair."""
    assert viewer.hat.id is not None
    going_on = tuple(one for one in viewer.standings if one.last_generation is None)
    as_it_stands = replace(viewer, standings=going_on, offices=frozenset())
    as_it_stood = replace(viewer, offices=frozenset())
    for how, former, able in (
        (How.STANDING, False, as_it_stands),
        (How.STANDING, True, as_it_stood),
        (How.CHAIR, False, viewer),
    ):
        if may_read(able, label):
            standing = _foremost(able.standings, label, former=former)
            if standing is not None:
                chaired = _chaired(viewer, label) if how is How.CHAIR else frozenset()
                return ReadingParticipant(
                    viewer.hat.id, standing.process, standing.track, standing.standing, how, former, chaired
                )
    return None


def _chaired(viewer: Viewer, label: LabelValue) -> frozenset[UUID]:
    named = {
        one.id for clause in label.clauses for one in clause.audience | clause.opened_to if one.kind is Named.CHAIR
    }
    return frozenset(one.id for one in viewer.offices if one.id in named)


def _foremost(standings: tuple[Standing, ...], label: LabelValue, *, former: bool) -> Standing | None:
    """The standing a reader is listed under: in the process of the label's words, on its tracks, a member's first."""
    words = label.heaviest
    held = [one for one in standings if one.process == words.process and (one.last_generation is not None) == former]
    return min(held, key=lambda one: (one.track not in words.tracks, one.standing != "member"), default=None)


def _acts_for(viewer: Viewer) -> UUID:
    return viewer.participant or INSTALLATION  # which no participant is


def _how(viewer: Viewer, label: LabelValue, participant: How | None) -> How:
    if viewer.hat.kind is HatKind.SECRETARIAT:
        return How.SECRETARIAT
    if viewer.hat.kind is HatKind.ADMINISTRATOR:
        return How.ADMINISTRATOR
    if viewer.hat.kind is HatKind.EMERGENCY:
        return How.EMERGENCY
    if viewer.hat.kind is HatKind.PROTOCOL:
        return How.PROTOCOL
    if participant is How.STANDING:
        return How.STANDING
    for how in (How.CHAIR, How.LIAISON):
        able = replace(viewer, person=None, offices=frozenset(one for one in viewer.offices if one.kind == how.value))
        if may_read(able, label):
            return how
    return How.NAMED


def _less(readers: Readers, known: Readers) -> Readers:
    if known.everyone:
        return Readers()
    if readers.everyone:
        return EVERYONE
    return Readers(
        secretariats=readers.secretariats - known.secretariats,
        participants=_new(readers.participants, known.participants),
        persons=_new_persons(readers.persons, known.persons),
    )


def _new(readers: frozenset[ReadingParticipant], known: frozenset[ReadingParticipant]) -> frozenset[ReadingParticipant]:
    """Whose people all read now: who read by its standing read as chair too; who read as chair gains the others."""
    all_of = {one.participant for one in known if one.how is not How.CHAIR}
    chairing = {one.participant for one in known}
    return frozenset(one for one in readers if one.participant not in (chairing if one.how is How.CHAIR else all_of))


def _new_persons(readers: frozenset[ReadingPerson], known: frozenset[ReadingPerson]) -> frozenset[ReadingPerson]:
    before = {(one.person, one.hat) for one in known}
    return frozenset(one for one in readers if (one.person, one.hat) not in before)
