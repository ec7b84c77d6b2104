"""What each reader may read: worked out from appointments, kept in order, and looked at once while nothing changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from secretariat.core import clock, labelling
from secretariat.core.database import database_name, table_of
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import Stamp, intern
from secretariat.core.labels import Clause, LabelValue, Level
from secretariat.core.models import ReadableLabel, ReaderKey, RightsState
from secretariat.core.session import Reason, SystemSession, looking_as, reading_as, system_access, system_unit
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
)
from secretariat.directory import emergencies, viewers
from secretariat.directory.models import Appointment, EmergencyAccess, Person, RoleName
from secretariat.processes.models import (
    Body,
    BodyMembership,
    BodyMembershipRule,
    ChairTerm,
    Participant,
    ParticipantKind,
    Participation,
    StandingKind,
)
from tests.access.test_labelling import body, counted, counters, label, of_the_process, own, product
from tests.security import worlds
from tests.security.worlds import World, put

TODAY = date(2026, 11, 22)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> date:
    monkeypatch.setattr(clock, "today", lambda *_zone: TODAY)
    return TODAY


def connected(engine: Engine) -> Any:
    return engine.begin()


# --- the key and the stamp of a reader --------------------------------------------------------------------------

PERSON, HAT = UUID(int=7), Hat(HatKind.PARTICIPANT, UUID(int=8))


def test_a_reader_has_one_key_for_each_hat(engine: Engine) -> None:
    with engine.begin() as connection:
        assert labelling.reader_key(connection, None, NOBODY) == ANONYMOUS_ID
        assert labelling.reader_key(connection, None, HAT) == ANONYMOUS_ID
        key = labelling.reader_key(connection, PERSON, HAT)
        assert labelling.reader_key(connection, PERSON, HAT) == key != ANONYMOUS_ID
        assert labelling.reader_key(connection, PERSON, NOBODY) not in (key, ANONYMOUS_ID)
        assert labelling.reader_key(connection, UUID(int=9), HAT) not in (key, ANONYMOUS_ID)
        rows = connection.execute(select(ReaderKey.person_id, ReaderKey.hat).where(ReaderKey.id == key)).all()
        assert [tuple(row) for row in rows] == [(PERSON, str(HAT))]
        with counted(engine) as sent:
            labelling.reader_key(connection, PERSON, HAT)
            assert len(sent) == 1


def test_the_stamp_of_a_reader_stands_beside_the_counters_of_now(engine: Engine) -> None:
    with engine.begin() as connection:
        assert labelling.stamp(connection, PERSON, HAT) is None
        public = labelling.stamp(connection, None, NOBODY)
        assert public is not None
        assert public.id == ANONYMOUS_ID
        key = labelling.reader_key(connection, PERSON, HAT)
        keys, state = table_of(ReaderKey), table_of(RightsState)
        connection.execute(keys.update().where(keys.c.id == key).values(epoch=3, labels=4, on=TODAY))
        connection.execute(state.update().values(epoch=5, labels=6))
        found = labelling.stamp(connection, PERSON, HAT)
        assert found == Stamp(epoch=5, labels=6, id=key, worked_epoch=3, worked_labels=4, worked_on=TODAY)
        assert labelling.stamp(connection, PERSON, NOBODY) is None
        assert labelling.stamp(connection, UUID(int=9), HAT) is None
        assert labelling.stamp(connection, None, HAT) == Stamp(5, 6, ANONYMOUS_ID, 0, 0, None)
        with counted(engine) as sent:
            labelling.stamp(connection, PERSON, HAT)
            assert len(sent) == 1
        assert labelling._stamps(anonymous=True) is labelling._stamps(anonymous=True)


def test_a_statement_is_asked_together_with_the_stamp_of_its_reader(engine: Engine) -> None:
    person = table_of(Person)
    asked = labelling.with_stamp(select(person.c.id).select_from(person), person.c.id, str(HAT))
    with engine.begin() as connection:
        connection.execute(person.insert(), [{"id": PERSON}, {"id": UUID(int=9)}])
        key = labelling.reader_key(connection, PERSON, HAT)
        labelling.reader_key(connection, UUID(int=9), NOBODY)
        keys, state = table_of(ReaderKey), table_of(RightsState)
        connection.execute(keys.update().where(keys.c.id == key).values(epoch=3, labels=4, on=TODAY))
        connection.execute(state.update().values(epoch=5, labels=6))
        known, new = connection.execute(asked.order_by(person.c.id)).all()
        assert (known.id, new.id) == (PERSON, UUID(int=9))
        assert Stamp.of(known) == Stamp(5, 6, key, 3, 4, TODAY) == labelling.stamp(connection, PERSON, HAT)
        assert Stamp.of(new) is None


STAMPED = Stamp(epoch=5, labels=6, id=1, worked_epoch=5, worked_labels=6, worked_on=TODAY)
SETTLED = [
    (STAMPED, True),
    (replace(STAMPED, worked_epoch=4), False),
    (replace(STAMPED, worked_labels=4), False),
    (replace(STAMPED, worked_on=TODAY - timedelta(days=1)), False),
    (replace(STAMPED, worked_on=None), False),
    (None, False),
]


@pytest.mark.parametrize(("found", "settled"), SETTLED)
def test_a_reader_is_in_order_while_neither_rights_nor_labels_nor_day_moved(found: Stamp | None, settled: bool) -> None:
    assert labelling.is_settled(found, TODAY) is settled


# --- keeping readable labels in order ---------------------------------------------------------------------------


def readable(engine: Engine, reader: int) -> set[int]:
    with engine.connect() as connection:
        table = table_of(ReadableLabel)
        return set(connection.execute(select(table.c.label_id).where(table.c.viewer_id == reader)).scalars())


def may(engine: Engine, viewer: Viewer, *values: LabelValue) -> list[bool]:
    """Whether each label is written down as readable."""
    with system_unit(engine, Reason.RIGHTS) as session:
        keys = [intern(session, value) for value in values]
    seen = viewers.viewer(engine, viewer.person, viewer.hat)
    return [key in readable(engine, seen.id) for key in keys]


def test_what_a_reader_may_read_is_written_down_and_taken_away(world: World, on: date) -> None:
    member = worlds.join(world, "member", StandingKind.MEMBER)
    worlds.join(world, "other", StandingKind.MEMBER)
    members, elsewhere = label(own(world)), label(replace(own(world), process=uuid4()))
    public_elsewhere = label(Clause(uuid4(), Level.PUBLIC))
    first = world.viewer("member")
    assert may(world.engine, first, members, elsewhere, public_elsewhere) == [True, False, True]
    others = readable(world.engine, world.viewer("other").id)
    assert len(others) > 2
    with product(world) as session:
        for one in session.scalars(select(Participation).where(Participation.participant_id == member.hat.id)):
            one.standing = StandingKind.SUSPENDED
    assert may(world.engine, first, members, elsewhere, public_elsewhere) == [False, False, True]
    assert readable(world.engine, world.viewer("other").id) == others
    assert world.viewer("member").id == first.id
    public = viewers.viewer(world.engine, None)
    assert (public.id, public.on) == (ANONYMOUS_ID, TODAY)
    assert may(world.engine, public, members, public_elsewhere) == [False, True]


def test_only_labels_that_can_concern_a_reader_are_looked_at(world: World, on: date) -> None:
    worlds.join(world, "member", StandingKind.MEMBER)
    member = world.viewer("member")
    with product(world) as session:
        near = intern(session, label(own(world)))
        far = intern(session, label(replace(own(world), process=uuid4())))
        public = intern(session, label(Clause(uuid4(), Level.PUBLIC)))
    labelling._by_digest.clear()
    world.viewer("member")
    with product(world) as session:
        remembered = set(labelling._by_digest)
        digests = {key: value.digest for key, value in labelling.label_values(session, [near, far, public]).items()}
    assert digests[near] in remembered
    assert digests[public] in remembered
    assert digests[far] not in remembered
    assert {near, public} <= readable(world.engine, member.id)


def test_a_reader_is_worked_out_once_and_anew_when_something_moved(world: World, on: date) -> None:
    worlds.join(world, "member", StandingKind.MEMBER)
    first = world.viewer("member")
    second = world.viewer("member")
    assert second == first
    with counted(world.engine) as sent:
        assert world.viewer("member") is second
        assert len(sent) == 1
    viewers._known._kept.clear()
    with counted(world.engine, begins=True) as sent:
        again = world.viewer("member")
        assert again == second
        assert again is not second
        assert again.id == second.id
        assert not [one for one in sent if one.startswith(("INSERT", "UPDATE", "DELETE", "BEGIN IMMEDIATE"))]
        assert world.viewer("member") is again
    with product(world) as session:
        key = intern(session, label(own(world, generation=9)))
    with counted(world.engine) as sent:
        world.viewer("member")
        assert [one for one in sent if one.startswith("UPDATE viewers")]
    assert key in readable(world.engine, first.id)
    with product(world) as session:
        before, labels = counters(session)
    labelling.forget_all_stamps(world.engine)
    with product(world) as session:
        assert counters(session) == (before + 1, labels)  # counted on: no stamp of an earlier time is met again
    with counted(world.engine) as sent:
        assert world.viewer("member").id == first.id
        assert [one for one in sent if one.startswith("UPDATE viewers")]


def test_a_day_is_a_day(world: World, on: date) -> None:
    """Tomorrow is worked out tomorrow, and what was worked out for another day is not shown today."""
    member = worlds.join(world, "member", StandingKind.MEMBER)
    with product(world) as session:
        for one in session.scalars(select(Appointment).where(Appointment.person_id == member.person)):
            one.until = TODAY + timedelta(days=1)
    today = viewers.viewer(world.engine, member.person, member.hat)
    tomorrow = viewers.viewer(world.engine, member.person, member.hat, TODAY + timedelta(days=1))
    assert (today.on, tomorrow.on) == (TODAY, TODAY + timedelta(days=1))
    assert (len(today.roles), len(tomorrow.roles)) == (1, 0)
    assert viewers.viewer(world.engine, member.person, member.hat).roles == today.roles


def test_the_counters_are_read_before_the_rights_and_again_once_the_reader_is_held(
    world: World, on: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written down is never older than its stamp, whoever changes rights meanwhile."""
    done: list[str] = []
    for name in ("reader_key", "stamp", "hold", "settle"):
        held = getattr(labelling, name)

        def noted(*given: Any, held: Any = held, name: str = name) -> Any:
            done.append(name)
            return held(*given)

        monkeypatch.setattr(labelling, name, noted)

    def make(key: int) -> Viewer:
        done.append("make")
        return Viewer(key, TODAY, PERSON, HAT)

    with world.engine.begin() as connection:
        made = labelling.reader_in_order(connection, PERSON, HAT, TODAY, make)
        assert done == ["reader_key", "stamp", "hold", "stamp", "make", "settle"]
        done.clear()
        assert labelling.reader_in_order(connection, PERSON, HAT, TODAY, make) == made
        assert done == ["reader_key", "stamp", "make"]
        found = labelling.stamp(connection, PERSON, HAT)
        assert found is not None
        assert labelling.is_settled(found, TODAY)
        assert found.id == made.id


def test_who_was_first_to_work_it_out_is_not_overtaken(world: World, on: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """Held up behind another that settled the reader meanwhile, this one has nothing left to write."""
    with world.engine.begin() as connection:
        key = labelling.reader_key(connection, PERSON, HAT)

        def somebody_settles(held: Connection, reader: int) -> None:
            assert reader == key
            state = labelling.stamp(held, PERSON, HAT)
            assert state is not None
            labelling.settle(held, Viewer(key, TODAY, PERSON, HAT), state)

        monkeypatch.setattr(labelling, "hold", somebody_settles)
        with counted(world.engine) as sent:
            labelling.reader_in_order(connection, PERSON, HAT, TODAY, lambda one: Viewer(one, TODAY, PERSON, HAT))
        assert sum(one.startswith("UPDATE viewers") for one in sent) == 1


def test_a_reader_is_held_while_its_labels_are_worked_out(engine: Engine) -> None:
    sent: list[Any] = []

    class Recorder:
        def execute(self, statement: Any) -> None:
            sent.append(statement)

    recorder: Any = Recorder()
    labelling.hold(recorder, 5)
    words = str(sent[0].compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))
    assert " ".join(words.split()) == "SELECT viewers.id FROM viewers WHERE viewers.id = 5 FOR NO KEY UPDATE"


def test_readable_labels_are_settled_with_the_stamp_that_was_seen(world: World, on: date) -> None:
    with product(world) as session:
        connection = session.connection()
        keep, drop = intern(session, label(own(world))), intern(session, label(of_the_process(world, 3)))
        key = labelling.reader_key(connection, PERSON, HAT)
        table = table_of(ReadableLabel)
        connection.execute(table.insert(), [{"viewer_id": key, "label_id": drop}])
        connection.execute(table.insert(), [{"viewer_id": ANONYMOUS_ID, "label_id": drop}])
        standing = Standing(world.process, world.government, UUID(int=8), "member", last_generation=1)
        viewer = Viewer(key, TODAY, PERSON, HAT, (standing,))

        seen = Stamp(epoch=41, labels=42, id=key, worked_epoch=0, worked_labels=0, worked_on=None)
        labelling.settle(connection, viewer, seen)
        found, untouched = labelling.stamp(connection, PERSON, HAT), labelling.stamp(connection, None, NOBODY)
        assert found is not None
        assert untouched is not None
        assert (found.worked_epoch, found.worked_labels, found.worked_on) == (41, 42, TODAY)
        assert (untouched.worked_epoch, untouched.worked_on) == (0, None)
        with counted(world.engine) as sent:
            labelling.settle(connection, viewer, seen)
        assert not [one for one in sent if one.startswith(("INSERT", "DELETE"))]
    assert keep in readable(world.engine, key)
    assert drop not in readable(world.engine, key)
    assert readable(world.engine, ANONYMOUS_ID) == {drop}


# --- what appointments give -------------------------------------------------------------------------------------


class Chancery:
    """Makes persons and appointments of one world, and looks through their eyes."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.state = self.participant()

    def participant(self) -> UUID:
        with product(self.world) as session:
            made = Participant(key=worlds.word(), kind=ParticipantKind.STATE)
            session.add(made)
            session.flush()
            key: UUID = made.id
            return key

    def participation(
        self,
        standing: StandingKind = StandingKind.MEMBER,
        *,
        track: UUID | None = None,
        participant: UUID | None = None,
        since: str = "2020",
        until: str | None = None,
        last: int | None = None,
    ) -> UUID:
        with product(self.world) as session:
            made = Participation(
                process_id=self.world.process,
                track_id=track or self.world.government,
                participant_id=participant or self.state,
                standing=standing,
                since=PartialDate(since),
                until=PartialDate(until) if until else None,
                last_generation=last,
            )
            key: UUID = put(session, made).id
            return key

    def appointed(
        self,
        role: RoleName = RoleName.FOCAL_POINT,
        hat: Hat | None = None,
        *,
        person: UUID | None = None,
        track: UUID | None = None,
        body: UUID | None = None,
        since: date = worlds.APPOINTED,
        until: date | None = None,
        installation: bool = False,
        chairs_for: UUID | None = None,
    ) -> tuple[UUID, Hat]:
        worn = hat or Hat(HatKind.PARTICIPANT, self.state)
        with product(self.world) as session:
            if person is None:
                person = uuid4()
                session.add(Person(id=person))
                session.flush()
            made = Appointment(
                person_id=person,
                hat=str(worn),
                role=role,
                process_id=None if installation else self.world.process,
                track_id=None if installation else track or self.world.government,
                body_id=body,
                chairs_for_id=chairs_for,
                since=since,
                until=until,
            )
            put(session, made, [of_the_process(self.world)])
        return person, worn

    def body(self, *, track: UUID | None = None, everyones: bool = False) -> UUID:
        with product(self.world) as session:
            made = body(self.world)
            made.track_id = track or self.world.government
            made.membership = BodyMembershipRule.PROCESS if everyones else BodyMembershipRule.OWN
            key: UUID = put(session, made).id
            return key

    def role_in(self, inside: UUID, role: str, *, until: str | None = None, of: UUID | None = None) -> None:
        with product(self.world) as session:
            ends = PartialDate(until) if until else None
            put(session, BodyMembership(body_id=inside, participant_id=of or self.state, role=role, until=ends))

    def term(
        self, role: str = "chair", *, body: UUID | None = None, until: str | None = None, of: UUID | None = None
    ) -> None:
        with product(self.world) as session:
            made = ChairTerm(
                process_id=self.world.process,
                body_id=body,
                participant_id=of or self.state,
                role=role,
                since=PartialDate("2020"),
                until=PartialDate(until) if until else None,
            )
            put(session, made)

    def sees(self, reader: tuple[UUID, Hat]) -> Viewer:
        return viewers.viewer(self.world.engine, *reader)


@pytest.fixture
def chancery(world: World, on: date) -> Chancery:
    return Chancery(world)


def test_a_focal_point_has_the_standing_of_whom_it_is_appointed_by(world: World, chancery: Chancery) -> None:
    chancery.participation(StandingKind.OBSERVER)
    chancery.participation(track=world.network)
    chancery.participation(participant=chancery.participant())
    reader = chancery.appointed()
    seen = chancery.sees(reader)
    assert (seen.person, seen.hat, seen.on) == (*reader, TODAY)
    assert [(one.process, one.track, one.participant, one.standing) for one in seen.standings] == [
        (world.process, world.government, chancery.state, "observer")
    ]
    assert seen.roles == {Role("focal_point", world.process, world.government)}
    assert seen.offices == frozenset()
    assert seen.id == labelling_id(world, reader)


def labelling_id(world: World, reader: tuple[UUID, Hat]) -> int:
    with world.engine.begin() as connection:
        return labelling.reader_key(connection, *reader)


def test_rights_of_two_hats_are_never_added_together(world: World, chancery: Chancery) -> None:
    chancery.participation()
    person, hat = chancery.appointed()
    other = Hat(HatKind.SECRETARIAT, world.government)
    chancery.appointed(RoleName.OFFICER, other, person=person)
    assert chancery.sees((person, hat)).offices == frozenset()
    assert len(chancery.sees((person, hat)).standings) == 1
    as_officer = chancery.sees((person, other))
    assert as_officer.offices == {Office(kind, world.government) for kind in ("secretariat", "officers")}
    assert as_officer.standings == ()
    assert chancery.sees((person, NOBODY)).roles == frozenset()
    with product(world) as session:
        assert viewers.hats_of(session, person, TODAY) == [hat, other]
        assert viewers.hats_of(session, uuid4(), TODAY) == []
        assert viewers.hats_of(session, person, worlds.APPOINTED - timedelta(days=1)) == []


DAYS: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"since": TODAY}, True),
    ({"since": TODAY + timedelta(days=1)}, False),
    ({"until": TODAY}, False),
    ({"until": TODAY + timedelta(days=1)}, True),
]


@pytest.mark.parametrize(("days", "holds"), DAYS)
def test_an_appointment_gives_what_it_gives_while_it_is_held(
    chancery: Chancery, days: dict[str, Any], holds: bool
) -> None:
    chancery.participation()
    seen = chancery.sees(chancery.appointed(**days))
    assert (bool(seen.roles), bool(seen.standings)) == (holds, holds)


@pytest.mark.parametrize(
    ("until", "last", "expected"),
    [
        (None, None, [None]),
        (None, 3, [None]),
        ("2026-11-23", 3, [None]),
        ("2026-11-22", None, []),
        ("2026-11-22", 3, [3]),
        ("2026-11-22", 0, [0]),
        ("2026", 3, [3]),
    ],
)
def test_a_participation_is_held_or_keeps_what_was_before(
    chancery: Chancery, until: str | None, last: int | None, expected: list[int | None]
) -> None:
    chancery.participation(until=until, last=last)
    assert [one.last_generation for one in chancery.sees(chancery.appointed()).standings] == expected


def test_a_participation_that_has_not_begun_gives_nothing(chancery: Chancery) -> None:
    chancery.participation(since="2026-11-23", last=3)
    assert chancery.sees(chancery.appointed()).standings == ()


def test_standings_stand_in_a_constant_order(chancery: Chancery, world: World) -> None:
    keys = [chancery.participation(StandingKind.MEMBER if one else StandingKind.OBSERVER) for one in range(5)]
    seen = chancery.sees(chancery.appointed()).standings
    with product(world) as session:
        rows = [session.get_one(Participation, key).standing.value for key in sorted(keys, key=str)]
    assert [one.standing for one in seen] == rows
    with product(world) as session:
        alone = viewers.make_participants(session, [chancery.state], TODAY)[chancery.state]
    assert [one.standing for one in alone.standings] == rows


def test_hats_hang_in_a_constant_order(chancery: Chancery, world: World) -> None:
    person, hat = chancery.appointed()
    others = [Hat(HatKind.PARTICIPANT, chancery.participant()) for _ in range(6)]
    for other in others:
        chancery.appointed(RoleName.FOCAL_POINT, other, person=person)
    with product(world) as session:
        assert viewers.hats_of(session, person, TODAY) == sorted([hat, *others], key=str)


def test_roles_in_bodies_come_with_the_standing(world: World, chancery: Chancery) -> None:
    chancery.participation()
    own_body, second, everyones, other_side = (
        chancery.body(),
        chancery.body(),
        chancery.body(everyones=True),
        chancery.body(track=world.network, everyones=True),
    )
    chancery.role_in(own_body, "member")
    chancery.role_in(own_body, "observer")
    chancery.role_in(second, "observer", until="2026-11-22")
    chancery.role_in(second, "member", of=chancery.participant())
    (standing,) = chancery.sees(chancery.appointed()).standings
    assert dict(standing.bodies) == {own_body: frozenset({"member", "observer"})}
    assert standing.process_wide_bodies == {everyones}
    assert other_side not in standing.process_wide_bodies


@pytest.mark.parametrize("role", ["chair", "co_chair", "thematic_coordinator", "troika_past", "troika_next", "host"])
def test_who_holds_a_term_is_in_the_body_and_who_presides_is_its_chair(
    world: World, chancery: Chancery, role: str
) -> None:
    chancery.participation()
    chaired = chancery.body()
    chancery.term(role, body=chaired)
    chancery.term(role)
    of_body = chancery.sees(chancery.appointed(RoleName.CHAIR, body=chaired))
    of_process = chancery.sees(chancery.appointed(RoleName.CHAIR))
    presides = role in ("chair", "co_chair")
    assert of_body.offices == ({Office("chair", chaired)} if presides else frozenset())
    assert of_process.offices == ({Office("chair", world.process)} if presides else frozenset())
    assert dict(of_body.standings[0].bodies) == ({} if role == "host" else {chaired: frozenset({role})})
    assert chancery.sees(chancery.appointed(RoleName.FOCAL_POINT, body=chaired)).offices == frozenset()
    assert of_body.roles == {Role("chair", world.process, world.government, chaired)}


def test_a_chair_of_one_is_no_chair_of_another(world: World, chancery: Chancery) -> None:
    chancery.participation()
    chaired, other = chancery.body(), chancery.body()
    chancery.term(body=chaired)
    chancery.term(body=other, until="2026-11-22")
    chancery.term(of=chancery.participant())
    for place in (other, None):
        assert chancery.sees(chancery.appointed(RoleName.CHAIR, body=place)).offices == frozenset()
    chancery.term(body=other, of=chancery.participant())
    assert chancery.sees(chancery.appointed(RoleName.CHAIR, body=other)).offices == frozenset()


READING = ("member", "observer", "partner", "participant", "partner_for_activities")


@pytest.mark.parametrize("standing", StandingKind)
def test_an_office_held_for_a_participant_ends_with_its_participation(
    world: World, chancery: Chancery, standing: StandingKind
) -> None:
    chancery.participation(standing)
    chancery.term()
    chair = chancery.sees(chancery.appointed(RoleName.CHAIR))
    liaison = chancery.sees(chancery.appointed(RoleName.LIAISON_OFFICER))
    holds = standing.value in READING
    assert chair.offices == ({Office("chair", world.process)} if holds else frozenset())
    assert liaison.offices == ({Office("liaison", world.process)} if holds else frozenset())


@pytest.mark.parametrize("kept", [{"until": "2026-11-22", "last": 3}, {"track": True}, {"other": True}])
def test_without_a_participation_of_today_on_that_track_there_is_no_office(
    world: World, chancery: Chancery, kept: dict[str, Any]
) -> None:
    chancery.term()
    if kept.pop("track", None):
        chancery.participation(track=world.network)
    elif kept.pop("other", None):
        chancery.participation(participant=chancery.participant())
    else:
        chancery.participation(**kept)
    for role in (RoleName.CHAIR, RoleName.LIAISON_OFFICER):
        assert chancery.sees(chancery.appointed(role)).offices == frozenset()


KEEPING = [
    (RoleName.OFFICER, "secretariat", True),
    (RoleName.COORDINATOR, "secretariat", True),
    (RoleName.FOCAL_POINT, "secretariat", False),
    (RoleName.CHAIR, "secretariat", False),
    (RoleName.OFFICER, "participant", False),
    (RoleName.ADMINISTRATOR, "secretariat", False),
]


@pytest.mark.parametrize(("role", "kind", "keeps"), KEEPING)
def test_a_track_is_kept_under_the_hat_of_its_secretariat(
    world: World, chancery: Chancery, role: RoleName, kind: str, keeps: bool
) -> None:
    hat = Hat(HatKind(kind), world.government)
    seen = chancery.sees(chancery.appointed(role, hat))
    kept = {Office(kind, world.government) for kind in ("secretariat", "officers")}
    assert seen.offices == (kept if keeps else frozenset())
    elsewhere = chancery.sees(chancery.appointed(role, hat, track=world.network))
    assert elsewhere.offices == frozenset()
    assert chancery.sees(chancery.appointed(role, Hat(HatKind.SECRETARIAT))).offices == frozenset()


CHAIRING: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"term": "co_chair"}, True),
    ({"term": "troika_past"}, False),
    ({"until": "2026-11-22"}, False),
    ({"of_a_body": True}, False),
    ({"standing": StandingKind.SUSPENDED}, False),
    ({"other_track": True}, False),
    ({"for_nobody": True}, False),
    ({"for_another": True}, False),
]


@pytest.mark.parametrize(("differs", "serves"), CHAIRING)
def test_the_office_of_a_chair_keeps_the_track_while_the_chair_chairs(
    world: World, chancery: Chancery, differs: dict[str, Any], serves: bool
) -> None:
    on_track = world.network if differs.get("other_track") else world.government
    chancery.participation(differs.get("standing", StandingKind.MEMBER), track=on_track)
    place = chancery.body() if differs.get("of_a_body") else None
    chancery.term(differs.get("term", "chair"), body=place, until=differs.get("until"))
    chairs = (
        None if differs.get("for_nobody") else chancery.participant() if differs.get("for_another") else chancery.state
    )
    hat = Hat(HatKind.SECRETARIAT, world.government)
    seen = chancery.sees(chancery.appointed(RoleName.CHAIRS_OFFICE, hat, chairs_for=chairs))
    assert seen.offices == ({Office("secretariat", world.government)} if serves else frozenset())
    assert bool(seen.roles) is serves
    assert seen.standings == ()
    assert seen.person is not None
    with product(world) as session:
        assert viewers.hats_of(session, seen.person, TODAY) == ([hat] if serves else [])


def test_a_chairs_office_of_no_process_serves_nobody(chancery: Chancery) -> None:
    chancery.participation()
    chancery.term()
    reader = chancery.appointed(
        RoleName.CHAIRS_OFFICE,
        Hat(HatKind.SECRETARIAT, chancery.world.government),
        chairs_for=chancery.state,
        installation=True,
    )
    assert (chancery.sees(reader).offices, chancery.sees(reader).roles) == (frozenset(), frozenset())


# --- emergencies ------------------------------------------------------------------------------------------------

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)


class Alarm:
    """Accesses of one administrator to the governments' track."""

    def __init__(self, chancery: Chancery) -> None:
        self.chancery, self.world = chancery, chancery.world
        self.person, _ = chancery.appointed(RoleName.ADMINISTRATOR, Hat(HatKind.ADMINISTRATOR), installation=True)

    def access(
        self,
        *,
        confirmed: datetime | None = NOW - AN_HOUR,
        ends: datetime | None = NOW + AN_HOUR,
        ended: datetime | None = None,
    ) -> Hat:
        hat = Hat(HatKind.EMERGENCY, uuid4())
        with product(self.world) as session:
            made = EmergencyAccess(
                process_id=self.world.process,
                track_id=self.world.government,
                person_id=self.person,
                hat=str(hat),
                reason="the officer is away",
                hours=2,
                asked_at=NOW - 2 * AN_HOUR,
                confirmed_at=confirmed,
                ends_at=ends,
                ended_at=ended,
            )
            put(session, made, [own(self.world)])
        return hat


@pytest.fixture
def alarm(chancery: Chancery, monkeypatch: pytest.MonkeyPatch) -> Alarm:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return Alarm(chancery)


MOMENTS: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"confirmed": None}, False),
    ({"confirmed": NOW}, True),
    ({"confirmed": NOW + AN_HOUR}, False),
    ({"ends": NOW}, False),
    ({"ended": NOW}, False),
    ({"ended": NOW + AN_HOUR / 2}, True),
]


@pytest.mark.parametrize(("times", "runs"), MOMENTS)
def test_an_emergency_lets_read_while_it_runs(alarm: Alarm, times: dict[str, Any], runs: bool) -> None:
    hat = alarm.access(**times)
    seen = viewers.viewer(alarm.world.engine, alarm.person, hat)
    assert seen.offices == ({Office("emergency", alarm.world.government)} if runs else frozenset())
    assert seen.roles == (
        {Role("emergency_reader", alarm.world.process, alarm.world.government)} if runs else frozenset()
    )
    assert (seen.person, seen.standings) == (alarm.person, ())
    assert seen.hat == (hat if runs else NOBODY)
    with product(alarm.world) as session:
        within = viewers.viewer_within(session, alarm.person, hat)
        assert (within.hat, within.offices) == (seen.hat, seen.offices)
        assert (hat in viewers.hats_of(session, alarm.person, TODAY)) is runs
        assert Hat(HatKind.ADMINISTRATOR) in viewers.hats_of(session, alarm.person, TODAY)
        assert viewers.hats_of(session, alarm.person, TODAY) == sorted(
            viewers.hats_of(session, alarm.person, TODAY), key=str
        )
        assert emergencies.runs(session, alarm.person, hat) is runs
        assert emergencies.runs(session, uuid4(), hat) is False
        assert emergencies.runs(session, alarm.person, NOBODY) is True
        assert emergencies.hats_of(session, alarm.person) == ([hat] if runs else [])
        assert [one.hat for one in emergencies.running(session, [alarm.person, uuid4()])] == (
            [str(hat)] if runs else []
        )


def test_an_emergency_ends_at_its_hour_though_labels_are_of_the_day(
    alarm: Alarm, monkeypatch: pytest.MonkeyPatch
) -> None:
    hat = alarm.access()
    assert viewers.viewer(alarm.world.engine, alarm.person, hat).hat == hat
    assert viewers.viewer(alarm.world.engine, alarm.person, hat).offices
    monkeypatch.setattr(clock, "now", lambda: NOW + AN_HOUR)
    assert viewers.viewer(alarm.world.engine, alarm.person, hat).hat == NOBODY
    with product(alarm.world) as session:
        assert viewers.viewer_within(session, alarm.person, hat).hat == NOBODY
        with counted(alarm.world.engine) as sent:
            assert viewers.viewer_within(session, None, hat).person is None
            assert not [one for one in sent if "FROM emergency" in one]  # nobody is asked about
    assert viewers.viewer(alarm.world.engine, None, hat).is_anonymous


def test_somebody_elses_emergency_is_not_ones_own(alarm: Alarm) -> None:
    hat = alarm.access()
    other, _ = alarm.chancery.appointed(RoleName.ADMINISTRATOR, Hat(HatKind.ADMINISTRATOR), installation=True)
    assert viewers.viewer(alarm.world.engine, other, hat).hat == NOBODY
    with product(alarm.world) as session:
        made = viewers.make_viewers(session, [(other, hat), (alarm.person, hat)], TODAY)
        assert [bool(one.offices) for one in made] == [False, True]
        assert [one.person for one in made] == [other, alarm.person]


def test_which_accesses_there_were_on_a_day(alarm: Alarm) -> None:
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    runs = alarm.access()
    over = alarm.access(confirmed=NOW - timedelta(days=1), ends=NOW - timedelta(days=1) + AN_HOUR)
    alarm.access(confirmed=None)
    ended = alarm.access(ended=NOW - AN_HOUR / 2)
    with product(alarm.world) as session:

        def told(found: Any) -> set[str]:
            return {one.hat for one in found}

        for on in (TODAY, tomorrow):
            assert told(emergencies.on_day(session, [alarm.person], on)) == {str(runs)}
            assert told(emergencies.of_processes(session, [alarm.world.process], on)) == {str(runs)}
        assert told(emergencies.on_day(session, [alarm.person], yesterday)) == {str(over)}
        assert told(emergencies.of_processes(session, iter([alarm.world.process]), yesterday)) == {str(over)}
        for on in (TODAY, yesterday):
            assert emergencies.on_day(session, [uuid4()], on) == []
            assert emergencies.of_processes(session, [uuid4()], on) == []
        assert str(ended) not in told(emergencies.running(session, [alarm.person]))


def test_an_administrator_is_one_under_that_hat(world: World, chancery: Chancery) -> None:
    seen = chancery.sees(chancery.appointed(RoleName.ADMINISTRATOR, Hat(HatKind.ADMINISTRATOR), installation=True))
    assert seen.offices == {Office("administrator", INSTALLATION)}
    assert seen.roles == {Role("administrator", INSTALLATION, INSTALLATION)}
    assert seen.standings == ()
    for role, hat in (
        (RoleName.OFFICER, Hat(HatKind.ADMINISTRATOR)),
        (RoleName.ADMINISTRATOR, Hat(HatKind.PARTICIPANT, chancery.state)),
        (RoleName.CHAIR, Hat(HatKind.PARTICIPANT, chancery.state)),
        (RoleName.LIAISON_OFFICER, Hat(HatKind.PARTICIPANT, chancery.state)),
    ):
        assert chancery.sees(chancery.appointed(role, hat, installation=True)).offices == frozenset()


def test_a_hat_without_a_participant_holds_nothing(world: World, chancery: Chancery) -> None:
    chancery.participation()
    chancery.term()
    for role in (RoleName.FOCAL_POINT, RoleName.CHAIR, RoleName.LIAISON_OFFICER):
        seen = chancery.sees(chancery.appointed(role, Hat(HatKind.PARTICIPANT)))
        assert (seen.standings, seen.offices) == ((), frozenset())
        as_track = chancery.sees(chancery.appointed(role, Hat(HatKind.SECRETARIAT, chancery.state)))
        assert (as_track.standings, as_track.offices) == ((), frozenset())


def test_many_viewers_are_made_in_a_constant_number_of_statements(world: World, chancery: Chancery) -> None:
    chancery.participation()
    other = chancery.participant()
    chancery.participation(StandingKind.OBSERVER, participant=other)
    readers = [
        chancery.appointed(),
        chancery.appointed(hat=Hat(HatKind.PARTICIPANT, other)),
        chancery.appointed(RoleName.OFFICER, Hat(HatKind.SECRETARIAT, world.government)),
    ]
    one_by_one = [replace(chancery.sees(reader), id=ANONYMOUS_ID) for reader in readers]
    with product(world) as session:
        with counted(world.engine) as sent:
            assert viewers.make_viewers(session, readers, TODAY) == one_by_one
            all_of_them = len(sent)
            sent.clear()
            viewers.make_viewers(session, readers[:1], TODAY)
            assert len(sent) == all_of_them
            sent.clear()
            assert viewers.make_viewers(session, readers[2:], TODAY) == one_by_one[2:]
            assert len(sent) == 1
        assert viewers.make_viewer(session, None, NOBODY, TODAY) == Viewer(ANONYMOUS_ID, TODAY)
        assert viewers.make_viewer(session, *readers[0], TODAY) == one_by_one[0]


def test_what_a_participant_holds_whomever_it_has_appointed(world: World, chancery: Chancery) -> None:
    other, third = chancery.participant(), chancery.participant()
    chancery.participation()
    chancery.participation(StandingKind.OBSERVER, track=world.network)
    chancery.participation(StandingKind.SUSPENDED, participant=other)
    chaired = chancery.body()
    for of in (chancery.state, other):
        chancery.term(body=chaired, of=of)
    chancery.term("troika_past")
    another = chancery.participant()
    chancery.participation(participant=another)
    chancery.term(body=chancery.body(), of=another)
    with product(world) as session:
        with counted(world.engine) as sent:
            made = viewers.make_participants(session, iter([chancery.state, other, third, another]), TODAY)
            assert len(sent) == 4
        assert made.keys() == {chancery.state, other, third, another}
        seen = made[chancery.state]
        assert (seen.id, seen.on, seen.person) == (ANONYMOUS_ID, TODAY, None)
        assert (seen.hat, seen.roles) == (Hat(HatKind.PARTICIPANT, chancery.state), frozenset())
        assert {(one.track, one.standing) for one in seen.standings} == {
            (world.government, "member"),
            (world.network, "observer"),
        }
        keys = session.scalars(select(Participation.id).where(Participation.participant_id == chancery.state))
        ordered = [session.get_one(Participation, key).track_id for key in sorted(keys, key=str)]
        assert [one.track for one in seen.standings] == ordered
        assert all(one.participant == chancery.state for one in seen.standings)
        assert seen.offices == {Office("chair", chaired)}
        assert made[other].offices == frozenset()
        assert [one.standing for one in made[other].standings] == ["suspended"]
        assert (made[third].standings, made[third].offices) == ((), frozenset())
        assert viewers.make_participants(session, [], TODAY) == {}


def test_another_readers_eyes_are_in_order_before_they_are_used(world: World, chancery: Chancery) -> None:
    chancery.participation()
    first, second = chancery.appointed(), chancery.appointed()
    with product(world) as session:
        hidden = put(session, body(world), [own(world)]).id
    with reading_as(world.engine, chancery.sees(first), writes=True) as session:
        other = viewers.viewer_within(session, *second)
        assert other.on == TODAY
        assert viewers.viewer_within(session, *second, TODAY + timedelta(days=1)).on == TODAY + timedelta(days=1)
        other = viewers.viewer_within(session, *second)
        with looking_as(session, other) as looking:
            assert looking.scalar(select(Body.id).where(Body.id == hidden)) == hidden
        public = viewers.viewer_within(session, None)
        assert public.id == ANONYMOUS_ID
        with looking_as(session, public) as looking:
            assert looking.scalar(select(Body.id).where(Body.id == hidden)) is None
    with system_unit(world.engine, Reason.RIGHTS) as system:
        assert isinstance(system, SystemSession)
        assert viewers.settled(system, *first, TODAY).standings


def test_what_gives_rights_is_read_for_that_reason(
    world: World, chancery: Chancery, monkeypatch: pytest.MonkeyPatch
) -> None:
    named: list[Reason] = []

    def noted(session: Session, reason: Reason) -> Any:
        named.append(reason)
        return system_access(session, reason)

    monkeypatch.setattr(viewers, "system_access", noted)
    person, hat = chancery.appointed()
    with product(world) as session:
        viewers.viewer_within(session, person, hat)
        viewers.hats_of(session, person, TODAY)
    assert named == [Reason.RIGHTS] * 2


def test_with_a_stamp_at_hand_nothing_is_asked(world: World, chancery: Chancery) -> None:
    chancery.participation()
    person, hat = chancery.appointed()
    chancery.sees((person, hat))
    seen = chancery.sees((person, hat))
    with world.engine.connect() as connection:
        held = labelling.stamp(connection, person, hat)
    with counted(world.engine) as sent:
        assert viewers.viewer(world.engine, person, hat, stamp=held) is seen
        assert sent == []
    old = replace(held, worked_epoch=0) if held else None
    with counted(world.engine) as sent:
        assert viewers.viewer(world.engine, person, hat, stamp=old) == seen
        assert sent


def test_a_few_hundred_viewers_are_remembered() -> None:
    kept = viewers._Known(2)
    for number in range(3):
        kept.put((number,), Viewer(number, TODAY))
    assert kept.get((0,)) is None
    assert [kept.get((number,)) for number in (1, 2)] == [Viewer(1, TODAY), Viewer(2, TODAY)]
    assert viewers._known._size == viewers._Known()._size == 500


def test_viewers_of_other_databases_and_hats_are_not_mixed_up(world: World, chancery: Chancery) -> None:
    chancery.participation()
    reader = chancery.appointed()
    chancery.sees(reader)
    chancery.sees(reader)
    (key,) = [one for one in viewers._known._kept if reader[0] in one]
    with world.engine.connect() as connection:
        epoch = connection.execute(select(RightsState.epoch)).scalar_one()
    assert key == (database_name(world.engine), *reader, epoch, TODAY)
