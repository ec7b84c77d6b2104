"""Makes viewers: from the appointments a person holds under one hat on one day, what may be read and done.

Everything here reads past the filter (`Reason.RIGHTS`): it is what the filter is made of.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from threading import Lock
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from secretariat.core import clock, labelling
from secretariat.core.database import database_name
from secretariat.core.dates import passed
from secretariat.core.labels import READING_STANDINGS
from secretariat.core.session import Reason, SystemSession, system_access, system_unit
from secretariat.core.viewer import (
    ANONYMOUS_ID,
    INSTALLATION,
    NOBODY,
    Hat,
    HatKind,
    Office,
    Role,
    Standing,
    Viewer,
    anonymous,
    frozen,
)
from secretariat.directory import emergencies
from secretariat.directory.models import Appointment, EmergencyAccess, RoleName
from secretariat.directory.queries import KEEPERS, PRESIDING
from secretariat.processes.models import Body, BodyMembership, BodyMembershipRule, ChairTerm, Participation


def viewer(
    engine: Engine,
    person: UUID | None,
    hat: Hat = NOBODY,
    on: date | None = None,
    *,
    stamp: labelling.Stamp | None = None,
) -> Viewer:
    """The viewer of a person under a hat today, with `readable_labels` in order; one statement when nothing changed.

    `stamp` is this reader's, where it was read a moment ago: then there is no statement. Must be called before the
    reader's transaction begins: it may write.
    """
    day = on or clock.today()
    found = stamp
    if found is None:
        hat = _still_worn(engine, person, hat)
        with engine.execution_options(writes=False).connect() as connection:
            found = labelling.stamp(connection, person, hat)
    if found is not None and labelling.is_settled(found, day):
        known = _known.get((database_name(engine), person, hat, found.epoch, day))
        if known is not None:
            return known
        with system_unit(engine, Reason.RIGHTS, writes=False) as session:
            made = replace(make_viewer(session, person, hat, day), id=found.id)
    else:
        with system_unit(engine, Reason.RIGHTS) as session:
            made = settled(session, person, hat, day)
    if found is not None:
        _known.put((database_name(engine), person, hat, found.epoch, day), made)
    return made


def viewer_within(session: Session, person: UUID | None, hat: Hat = NOBODY, on: date | None = None) -> Viewer:
    """The same inside a unit of work that may write, for a look through another reader's eyes (`looking_as`)."""
    with system_access(session, Reason.RIGHTS) as system:
        if person is not None and not emergencies.runs(system, person, hat):
            hat = NOBODY
        return settled(system, person, hat, on or clock.today())


def _still_worn(engine: Engine, person: UUID | None, hat: Hat) -> Hat:
    """This hat, or none where an emergency is over: it ends at an hour, while labels are worked out for a day."""
    if person is None or hat.kind is not HatKind.EMERGENCY:
        return hat
    with system_unit(engine, Reason.RIGHTS, writes=False) as session:
        return hat if emergencies.runs(session, person, hat) else NOBODY


def settled(session: SystemSession, person: UUID | None, hat: Hat, on: date) -> Viewer:
    """Make the viewer and work out its readable labels, if they are not those of now."""
    return labelling.reader_in_order(
        session.connection(), person, hat, on, lambda key: replace(make_viewer(session, person, hat, on), id=key)
    )


def make_viewer(session: SystemSession, person: UUID | None, hat: Hat, on: date) -> Viewer:
    """The viewer, worked out from appointments, participations, bodies and chair terms; no key, no labels."""
    if person is None:
        return anonymous(on)
    return make_viewers(session, [(person, hat)], on)[0]


def make_viewers(session: SystemSession, readers: Sequence[tuple[UUID, Hat]], on: date) -> list[Viewer]:
    """Many viewers in a constant number of statements. Their `id` is that of nobody until they are settled."""
    persons = sorted({person for person, _ in readers}, key=str)
    held: dict[tuple[UUID, str], list[Appointment]] = defaultdict(list)
    for appointment in session.scalars(select(Appointment).where(Appointment.person_id.in_(persons))):
        if appointment.held_on(on):
            held[appointment.person_id, appointment.hat].append(appointment)
    participants = {hat.id for _, hat in readers if hat.kind is HatKind.PARTICIPANT and hat.id}
    participants |= {one.chairs_for_id for ones in held.values() for one in ones if one.chairs_for_id}
    facts = _Facts(session, participants, on)
    alarmed = [person for person, hat in readers if hat.kind is HatKind.EMERGENCY]
    urgent = {(one.person_id, one.hat): one for one in emergencies.on_day(session, alarmed, on)} if alarmed else {}
    return [
        _reader_in_emergency(person, hat, urgent.get((person, str(hat))), on)
        if hat.kind is HatKind.EMERGENCY
        else _viewer_of(person, hat, held[person, str(hat)], facts, on)
        for person, hat in readers
    ]


def _reader_in_emergency(person: UUID, hat: Hat, access: EmergencyAccess | None, on: date) -> Viewer:
    made = Viewer(id=ANONYMOUS_ID, on=on, person=person, hat=hat)
    if access is None:
        return made
    return replace(
        made,
        offices=frozenset({Office("emergency", access.track_id)}),
        roles=frozenset({Role("emergency_reader", access.process_id, access.track_id)}),
    )


def make_participants(session: SystemSession, participants: Iterable[UUID], on: date) -> dict[UUID, Viewer]:
    """What each participant holds on a day, whomever it has appointed: a viewer under its hat without a person.

    Its standings are all it has; its offices those it holds as chair. A constant number of statements.
    """
    wanted = set(participants)
    facts = _Facts(session, wanted, on)
    return {one: _participant_alone(one, facts, on) for one in wanted}


def _participant_alone(participant: UUID, facts: _Facts, on: date) -> Viewer:
    held = sorted(facts.participations[participant], key=lambda one: str(one.id))
    chaired = [
        chaired
        for chairing, chaired, process in facts.presiding
        if chairing == participant and facts.takes_part(participant, process, None)
    ]
    return Viewer(
        id=ANONYMOUS_ID,
        on=on,
        hat=Hat(HatKind.PARTICIPANT, participant),
        standings=tuple(_standing(one, participant, facts, on) for one in held),
        offices=frozenset(Office("chair", one) for one in chaired),
    )


class _Facts:
    """What the participants concerned hold on a day: participations, body roles, chair terms."""

    def __init__(self, session: SystemSession, participants: Iterable[UUID], on: date) -> None:
        wanted = sorted(participants, key=str)
        self.participations: dict[UUID, list[Participation]] = defaultdict(list)
        self.body_roles: dict[UUID, dict[UUID, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.chairs: set[tuple[UUID, UUID]] = set()
        self.presiding: set[tuple[UUID, UUID, UUID]] = set()
        self.process_wide: dict[tuple[UUID, UUID], set[UUID]] = defaultdict(set)
        self._on = on
        if not wanted:
            return
        for one in session.scalars(select(Participation).where(Participation.participant_id.in_(wanted))):
            if one.participant_id and (one.held_on(on) or (one.last_generation is not None and passed(one.until, on))):
                self.participations[one.participant_id].append(one)
        for membership in session.scalars(select(BodyMembership).where(BodyMembership.participant_id.in_(wanted))):
            if membership.participant_id and membership.held_on(on):
                self.body_roles[membership.participant_id][membership.body_id].add(membership.role)
        for term in session.scalars(select(ChairTerm).where(ChairTerm.participant_id.in_(wanted))):
            if term.participant_id and term.held_on(on):
                if term.role in PRESIDING:
                    self.chairs.add((term.participant_id, term.body_id or term.process_id))
                    self.presiding.add((term.participant_id, term.body_id or term.process_id, term.process_id))
                if term.body_id and term.role != "host":
                    self.body_roles[term.participant_id][term.body_id].add(term.role)
        processes = {one.process_id for held in self.participations.values() for one in held}
        rows = session.execute(
            select(Body.id, Body.process_id, Body.track_id).where(
                Body.process_id.in_(sorted(processes, key=str)), Body.membership == BodyMembershipRule.PROCESS
            )
        )
        for body, process, track in rows:
            self.process_wide[process, track].add(body)

    def takes_part(self, participant: UUID, process: UUID, track: UUID | None) -> bool:
        """Whether a participation is held on the day that reads; an office held for a participant ends with it."""
        return any(
            one.process_id == process
            and track in (None, one.track_id)
            and one.held_on(self._on)
            and one.standing.value in READING_STANDINGS
            for one in self.participations[participant]
        )


def _viewer_of(person: UUID, hat: Hat, held: Sequence[Appointment], facts: _Facts, on: date) -> Viewer:
    held = [one for one in held if _serves(one, facts)]
    standings: tuple[Standing, ...] = ()
    if hat.kind is HatKind.PARTICIPANT and hat.id:
        where = {(one.process_id, one.track_id) for one in held}
        standings = tuple(
            _standing(one, hat.id, facts, on)
            for one in sorted(facts.participations[hat.id], key=lambda p: str(p.id))
            if (one.process_id, one.track_id) in where
        )
    return Viewer(
        id=ANONYMOUS_ID,
        on=on,
        person=person,
        hat=hat,
        standings=standings,
        offices=frozenset(office for one in held for office in _offices(one, facts)),
        roles=frozenset(
            Role(
                one.role.value,
                one.process_id or INSTALLATION,
                one.track_id if one.process_id else INSTALLATION,
                one.body_id,
            )
            for one in held
        ),
    )


def _serves(one: Appointment, facts: _Facts) -> bool:
    """Whether an appointment gives anything: one to a chair's office does while that participant chairs the process."""
    if one.role is not RoleName.CHAIRS_OFFICE:
        return True
    chairs, process = one.chairs_for_id, one.process_id
    if chairs is None or process is None:
        return False
    return (chairs, process) in facts.chairs and facts.takes_part(chairs, process, one.track_id)


def _standing(one: Participation, participant: UUID, facts: _Facts, on: date) -> Standing:
    return Standing(
        process=one.process_id,
        track=one.track_id,
        participant=participant,
        standing=one.standing.value,
        bodies=frozen(facts.body_roles[participant]),
        process_wide_bodies=frozenset(facts.process_wide[one.process_id, one.track_id]),
        last_generation=None if one.held_on(on) else one.last_generation,
    )


def _offices(one: Appointment, facts: _Facts) -> Iterable[Office]:
    hat = one.acts_as
    if one.role in KEEPERS and hat.kind is HatKind.SECRETARIAT and hat.id and hat.id == one.track_id:
        yield Office("secretariat", hat.id)
        if one.role is not RoleName.CHAIRS_OFFICE:
            yield Office("officers", hat.id)
    if one.role is RoleName.ADMINISTRATOR and hat.kind is HatKind.ADMINISTRATOR:
        yield Office("administrator", INSTALLATION)
    if one.role is RoleName.PROTOCOL_OFFICER and hat.kind is HatKind.PROTOCOL and hat.id:
        yield Office("protocol", hat.id)
    if hat.kind is not HatKind.PARTICIPANT or not hat.id or not one.process_id:
        return
    if not facts.takes_part(hat.id, one.process_id, one.track_id):
        return
    chaired = one.body_id or one.process_id
    if one.role is RoleName.CHAIR and (hat.id, chaired) in facts.chairs:
        yield Office("chair", chaired)
    if one.role is RoleName.LIAISON_OFFICER:
        yield Office("liaison", one.process_id)


def hats_of(session: Session, person: UUID, on: date) -> list[Hat]:
    """Every hat a person may wear on a day, in a constant order."""
    with system_access(session, Reason.RIGHTS) as system:
        appointments = system.scalars(select(Appointment).where(Appointment.person_id == person))
        held = [one for one in appointments if one.held_on(on)]
        facts = _Facts(system, {one.chairs_for_id for one in held if one.chairs_for_id}, on)
        worn = {one.acts_as for one in held if _serves(one, facts)}
        return sorted(worn.union(emergencies.hats_of(system, person)))


class _Known:
    """Viewers already made, by the counter of rights they were made under; a few hundred at most."""

    def __init__(self, size: int = 500) -> None:
        self._size, self._lock = size, Lock()
        self._kept: OrderedDict[tuple[object, ...], Viewer] = OrderedDict()

    def get(self, key: tuple[object, ...]) -> Viewer | None:
        return self._kept.get(key)

    def put(self, key: tuple[object, ...], value: Viewer) -> None:
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)


_known = _Known()
