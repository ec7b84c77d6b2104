"""Readers as one asker may know of them.

Whoever may read a thing may see who else reads it, as far as these are for the asker to know at all: participants and
chairs whose row in the process it reads, secretariats of sides it reads of, persons whose appointment it reads; their
names where it reads their card. Whoever it may not know of is not there: not listed, not counted, not hinted at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.accounts.queries import suspended_among
from secretariat.confidentiality.readers import How, Readers, ReadingParticipant, ReadingPerson
from secretariat.core import clock
from secretariat.core.dates import passed
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.hats import ROLE_WORDS
from secretariat.directory.models import Appointment, EmergencyAccess, RoleName
from secretariat.directory.queries import Entry, with_cards
from secretariat.processes.models import ChairTerm, Participation, StandingKind, Track, TrackKind
from secretariat.processes.names import Name, in_order, names_of
from secretariat.processes.words import STANDINGS_OF_MANY

_HOW_WORDS = {
    How.CHAIR: _l("As chair"),
    How.LIAISON: _l("Liaison officers for civil society"),
    How.NAMED: _l("Named as persons"),
    How.EMERGENCY: _l("In an emergency, for some hours"),
    How.PROTOCOL: _l("For the host of the meeting"),
}


@dataclass(frozen=True, slots=True)
class ToldPerson:
    """A person who reads: as what (words), by name where the card is read; `address` of the appointment."""

    role: str
    name: str
    address: str
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class ToldReader:
    """A participant or secretariat that reads, with those of its people the asker knows of."""

    words: str
    language: str
    people: tuple[ToldPerson, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Readers of one sort, in the order of the reader's language."""

    words: str
    readers: tuple[ToldReader, ...]


@dataclass(slots=True)
class Known:
    """What the asker's session reads of those concerned; for `confidentiality.preview` too."""

    tracks: dict[UUID, Track] = field(default_factory=dict)
    standings: set[tuple[UUID, UUID]] = field(default_factory=set)
    chairs: set[tuple[UUID, UUID]] = field(default_factory=set)
    people: dict[tuple[UUID, str], list[Entry]] = field(default_factory=dict)
    names: dict[UUID, Name] = field(default_factory=dict)
    suspended: set[UUID] = field(default_factory=set)
    emergencies: dict[tuple[UUID, str], UUID] = field(default_factory=dict)

    def knows(self, one: ReadingParticipant) -> bool:
        """Whether the asker may know that this participant reads."""
        if one.how is How.CHAIR and not any((one.participant, what) in self.chairs for what in one.chaired):
            return False
        return (one.participant, one.track) in self.standings

    def names_of(self, one: ReadingPerson) -> list[str]:
        """The names of a person under a hat, where the asker reads the appointment and the card."""
        entries = self.people.get((one.person, str(one.hat)), [])
        return [entry.card.name for entry in entries if entry.card and entry.card.name]


def told(session: ViewerSession, readers: Readers, process: UUID, on: date) -> list[Group]:
    """Readers of a thing of `process` on a day, in groups; a constant number of statements. Nothing where all read."""
    if readers.everyone:
        return []
    known = knowledge(session, [readers], process, on)
    people = _people_by(readers, known)
    groups = [_secretariats(readers, known, people), *_by_standing(readers, known, people)]
    groups += [_by_office(how, readers, known, people) for how in (How.CHAIR, How.LIAISON, How.NAMED)]
    groups += [_for_the_host(people), _in_an_emergency(readers, known)]
    return [group for group in groups if group.readers]


def counted(groups: Iterable[Group]) -> tuple[int, int]:
    """How many readers (participants, secretariats) and persons were told of."""
    readers = [one for group in groups for one in group.readers]
    return len(readers), len({(person.address, person.role) for one in readers for person in one.people})


def knowledge(session: ViewerSession, every: Iterable[Readers], process: UUID, on: date) -> Known:
    """What the asker may know of all these readers of things of `process` on a day."""
    participants = {one for readers in every for one in readers.participants}
    persons = {one for readers in every for one in readers.persons}
    known = Known()
    tracks = session.scalars(select(Track).where(Track.process_id == process))
    known.tracks = {one.id: one for one in tracks}
    for row in session.scalars(select(Participation).where(Participation.process_id == process)):
        if row.participant_id and (row.held_on(on) or (row.last_generation is not None and passed(row.until, on))):
            known.standings.add((row.participant_id, row.track_id))
    for term in session.scalars(select(ChairTerm).where(ChairTerm.process_id == process)):
        if term.participant_id and term.held_on(on):
            known.chairs.add((term.participant_id, term.body_id or term.process_id))
    wanted = {(one.person, str(one.hat)) for one in persons}
    held = [
        one
        for one in session.scalars(
            select(Appointment).where(Appointment.process_id == process).order_by(Appointment.id)
        )
        if one.held_on(on) and (one.person_id, one.hat) in wanted
    ]
    for entry in with_cards(session, held):
        known.people.setdefault((entry.appointment.person_id, entry.appointment.hat), []).append(entry)
    concerned = {one.participant for one in participants if (one.participant, one.track) in known.standings}
    concerned |= {one.participant_id for one in held if one.participant_id}
    known.names = names_of(session, concerned, process=process, on=on)
    accesses = session.scalars(select(EmergencyAccess).where(EmergencyAccess.process_id == process))
    known.emergencies = {(one.person_id, one.hat): one.id for one in accesses}
    kept = {one.person_id for one in held if one.track_id and session.viewer.keeps(one.track_id)}
    if on == clock.today() and any(session.viewer.keeps(track) for track in known.tracks):
        known.suspended = suspended_among(session, kept)
    return known


def _people_by(readers: Readers, known: Known) -> dict[How, dict[Hat, list[ToldPerson]]]:
    """Those the asker knows of, by what they read as and whom they act for; in the order of their offices."""
    found: dict[How, dict[Hat, list[ToldPerson]]] = {how: {} for how in How}
    order = list(RoleName)
    for one in sorted(readers.persons, key=lambda one: str(one.person)):
        entries = known.people.get((one.person, str(one.hat)))
        if entries:
            entries.sort(key=lambda entry: (order.index(entry.appointment.role), str(entry.appointment.id)))
            found[one.how].setdefault(one.hat, []).append(_person(one, entries, known))
    for by_hat in found.values():
        for people in by_hat.values():
            people.sort(key=lambda person: (person.role, person.name, person.address))
    return found


def _person(one: ReadingPerson, entries: list[Entry], known: Known) -> ToldPerson:
    words = dict.fromkeys(str(ROLE_WORDS[entry.appointment.role]) for entry in entries)
    name = next(iter(known.names_of(one)), "")
    address = f"/people/appointments/{entries[0].appointment.id}"
    return ToldPerson("; ".join(words), name, address, one.person in known.suspended)


def _secretariats(readers: Readers, known: Known, people: dict[How, dict[Hat, list[ToldPerson]]]) -> Group:
    shown = [known.tracks[one] for one in readers.secretariats if one in known.tracks]
    return Group(
        _("Secretariat"),
        tuple(
            ToldReader(
                secretariat_words(track),
                "",
                tuple(people[How.SECRETARIAT].get(Hat(HatKind.SECRETARIAT, track.id), ())),
            )
            for track in sorted(shown, key=lambda one: (one.position, str(one.id)))
        ),
    )


def secretariat_words(track: Track) -> str:
    """What the secretariat of a side is called."""
    if track.kind is TrackKind.GOVERNMENT:
        return _("Secretariat of the governments’ track")
    return _("Coordination of %(network)s", network=local_text(track.name))


def _by_standing(readers: Readers, known: Known, people: dict[How, dict[Hat, list[ToldPerson]]]) -> Iterable[Group]:
    shown = [one for one in readers.participants if one.how is How.STANDING and known.knows(one)]
    for track in sorted({one.track for one in shown}, key=lambda one: (_place(known, one), str(one))):
        here = [one for one in shown if one.track == track]
        for standing in StandingKind:
            for former in (False, True):
                chosen = [one for one in here if (one.standing, one.former) == (standing.value, former)]
                yield Group(
                    _standing_words(standing, former, track, known), _readers(chosen, How.STANDING, known, people)
                )


def _place(known: Known, track: UUID) -> int:
    return known.tracks[track].position if track in known.tracks else 0


def _standing_words(standing: StandingKind, former: bool, track: UUID, known: Known) -> str:
    if former:
        return _("Left since, and keep what was addressed to them before")
    side = known.tracks.get(track)
    if side is not None and side.kind is TrackKind.CIVIL_SOCIETY:
        return _("%(standings)s of %(network)s", standings=STANDINGS_OF_MANY[standing], network=local_text(side.name))
    return str(STANDINGS_OF_MANY[standing])


def _by_office(how: How, readers: Readers, known: Known, people: dict[How, dict[Hat, list[ToldPerson]]]) -> Group:
    """Who reads by an office: chairs whose term the asker reads; the others where their appointment is read."""
    shown = {one.participant for one in readers.participants if one.how is how and known.knows(one)}
    ids = {*shown, *(hat.id for hat in people[how] if hat.id is not None)}
    return Group(str(_HOW_WORDS[how]), _named(ids, how, known, people))


def _for_the_host(people: dict[How, dict[Hat, list[ToldPerson]]]) -> Group:
    """Protocol officers of a meeting whose appointment the asker reads: they act for no participant."""
    shown = tuple(person for _hat, found in sorted(people[How.PROTOCOL].items()) for person in found)
    readers = (ToldReader(_("Protocol officers of the host"), "", shown),) if shown else ()
    return Group(str(_HOW_WORDS[How.PROTOCOL]), readers)


def _in_an_emergency(readers: Readers, known: Known) -> Group:
    """Accesses the asker reads: who keeps the track is told of them, nobody else."""
    reading = [one for one in readers.persons if (one.person, str(one.hat)) in known.emergencies]
    words = _("An administrator of the installation")
    people = [
        ToldPerson(words, "", f"/emergency-access/{known.emergencies[one.person, str(one.hat)]}") for one in reading
    ]
    people.sort(key=lambda person: person.address)
    shown = (ToldReader(_("Emergency access"), "", tuple(people)),) if people else ()
    return Group(str(_HOW_WORDS[How.EMERGENCY]), shown)


def _readers(
    chosen: list[ReadingParticipant], how: How, known: Known, people: dict[How, dict[Hat, list[ToldPerson]]]
) -> tuple[ToldReader, ...]:
    return _named({one.participant for one in chosen}, how, known, people)


def _named(
    ids: Iterable[UUID], how: How, known: Known, people: dict[How, dict[Hat, list[ToldPerson]]]
) -> tuple[ToldReader, ...]:
    names: dict[UUID, Any] = {one: known.names[one] for one in ids if one in known.names}
    return tuple(
        ToldReader(names[one].words, names[one].language, tuple(people[how].get(Hat(HatKind.PARTICIPANT, one), ())))
        for one in in_order(names)
    )


def may_know(session: Session, hats: Iterable[Hat], process: UUID) -> dict[Hat, str]:
    """Those of these hats the asker may know of, in words: whom somebody acted for when a label was set."""
    wanted = set(hats)
    participants = {hat.id for hat in wanted if hat.kind is HatKind.PARTICIPANT}
    rows = session.scalars(
        select(Participation.participant_id).where(
            Participation.process_id == process, Participation.participant_id.in_(sorted(participants, key=str))
        )
    )
    names = names_of(session, rows, process=process)
    tracks = {one.id: one for one in session.scalars(select(Track).where(Track.process_id == process))}
    known = {Hat(HatKind.PARTICIPANT, one): name.words for one, name in names.items()}
    known |= {Hat(HatKind.SECRETARIAT, one): secretariat_words(track) for one, track in tracks.items()}
    return {hat: words for hat, words in known.items() if hat in wanted}
