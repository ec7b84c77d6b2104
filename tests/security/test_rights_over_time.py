"""Random histories: whatever happens to a process, afterwards every reader sees exactly what the oracle says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, select

from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import LabelRefused, attach, moved, relabel
from secretariat.core.labels import Addressee, Clause, Level, Named
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, reading_as, system_unit
from secretariat.core.viewer import NOBODY, Hat, HatKind
from secretariat.directory import viewers
from secretariat.directory.models import Appointment, EmergencyAccess, Person, RoleName
from secretariat.processes.models import (
    Body,
    BodyMembership,
    BodyMembershipRule,
    ChairTerm,
    Participant,
    ParticipantKind,
    Participation,
    Process,
    StandingKind,
)
from tests.security import oracle, worlds
from tests.security.oracle import Oracle, Reader, Rule, Thing

STANDINGS = [one.value for one in StandingKind]
LEVELS = [one.value for one in Level]
PLACES = 4  # participants there are in all


class Histories(RuleBasedStateMachine):
    """Things are bodies (they stand in the process) and their memberships (they stand in bodies, and can move)."""

    engine: Engine

    @initialize()
    def begin(self) -> None:
        self.world = worlds.found(self.engine)
        self.says = Oracle()
        self.age = 1
        self.word = 0
        world = self.world
        self.tracks = [world.government, world.network]
        everyone = Rule(world.process, "participants", tuple(self.tracks))
        self.says.things[world.process] = Thing(world.process, (everyone,))
        self.participants = [self._participant() for _ in range(PLACES)]
        self.readers: list[tuple[Reader, UUID | None, Hat]] = [(Reader(None), None, NOBODY)]
        self.meant: dict[UUID, type[Any]] = {}
        for place, participant in enumerate(self.participants[:3]):
            self.join(place, STANDINGS[place * 4], 0)
            self.appoint(place, 0, RoleName.FOCAL_POINT, None)
            assert participant
        self.keeper(0)
        self.keeper(1)
        self.body(0, True, 0, (), 1)
        self.body(0, False, 2, (), 1)

    def _participant(self) -> UUID:
        with system_unit(self.engine, Reason.REFERENCE) as session:
            made = Participant(key=worlds.word(), kind=ParticipantKind.STATE)
            session.add(made)
            session.flush()
            return made.id

    # --- who is in ------------------------------------------------------------------------------------------------

    @rule(place=st.integers(0, PLACES - 1), standing=st.sampled_from(STANDINGS), track=st.integers(0, 1))
    def join(self, place: int, standing: str, track: int) -> None:
        participant, on = self.participants[place], self.tracks[track]
        for one in self.says.participations:
            if (one.participant, one.track, one.over) == (participant, on, False):
                self._end_participation(one, keeps=False)
        with system_unit(self.engine, Reason.REFERENCE) as session:
            process = session.get_one(Process, self.world.process)
            row = Participation(
                process_id=process.id,
                track_id=on,
                participant_id=participant,
                standing=StandingKind(standing),
                since=PartialDate.parse(clock.today()),
            )
            worlds.put(session, row, container=process)
        self.says.participations.append(oracle.Participation(participant, self.world.process, on, standing))

    @precondition(lambda self: any(not one.over for one in self.says.participations))
    @rule(keeps=st.booleans(), data=st.data())
    def leave(self, keeps: bool, data: st.DataObject) -> None:
        going_on = [one for one in self.says.participations if not one.over]
        self._end_participation(data.draw(st.sampled_from(going_on)), keeps)

    def _end_participation(self, one: oracle.Participation, keeps: bool) -> None:
        with system_unit(self.engine, Reason.REFERENCE) as session:
            rows = session.scalars(
                select(Participation).where(
                    Participation.participant_id == one.participant,
                    Participation.track_id == one.track,
                    Participation.until.is_(None),
                )
            )
            for row in rows:
                row.until = PartialDate.parse(clock.today())
                row.last_generation = self.age if keeps else None
            session.get_one(Process, self.world.process).generation += 1
        one.over, one.keeps_until = True, self.age if keeps else None
        self.age += 1

    @rule(
        place=st.integers(0, PLACES - 1),
        track=st.integers(0, 1),
        role=st.sampled_from([RoleName.FOCAL_POINT, RoleName.CHAIR, RoleName.LIAISON_OFFICER]),
        body=st.sampled_from([None, 0, 1]),
    )
    def appoint(self, place: int, track: int, role: RoleName, body: int | None) -> None:
        where = self._bodies()[body] if body is not None and role is RoleName.CHAIR and self._bodies() else None
        self._appoint(("participant", self.participants[place]), role, self.tracks[track], where)

    @rule(track=st.integers(0, 1))
    def keeper(self, track: int) -> None:
        role = RoleName.COORDINATOR if track else RoleName.OFFICER
        self._appoint(("secretariat", self.tracks[track]), role, self.tracks[track], None)

    @rule(place=st.integers(0, PLACES - 1))
    def chairs_office(self, place: int) -> None:
        """The office of a participant serves as secretariat, as long as that participant chairs the process."""
        on = self.tracks[0]
        self._appoint(("secretariat", on), RoleName.CHAIRS_OFFICE, on, None, self.participants[place])

    def _appoint(
        self, acts_for: tuple[str, UUID], role: RoleName, track: UUID, body: Any, chairs_for: UUID | None = None
    ) -> None:
        hat = Hat(HatKind(acts_for[0]), acts_for[1])
        known = [person for reader, person, worn in self.readers if worn == hat and person and not chairs_for]
        with system_unit(self.engine, Reason.REFERENCE) as session:
            if known:
                person = known[0]
            else:
                made = Person()
                session.add(made)
                session.flush()
                person = made.id
            process = session.get_one(Process, self.world.process)
            row = Appointment(
                person_id=person,
                hat=str(hat),
                role=role,
                process_id=process.id,
                track_id=track,
                body_id=body,
                since=clock.today(),
                chairs_for_id=chairs_for,
            )
            worlds.put(session, row, [Clause(process.id, Level.PARTICIPANTS, frozenset({track}))])
        self.says.appointments.append(
            oracle.Appointment(person, acts_for, role.value, self.world.process, track, body, chairs_for=chairs_for)
        )
        if not known:
            self.readers.append((Reader(person, acts_for), person, hat))

    @precondition(lambda self: any(not one.over for one in self.says.appointments))
    @rule(data=st.data())
    def end_appointment(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from([held for held in self.says.appointments if not held.over]))
        with system_unit(self.engine, Reason.REFERENCE) as session:
            rows = session.scalars(
                select(Appointment).where(
                    Appointment.person_id == one.person,
                    Appointment.role == RoleName(one.role),
                    Appointment.track_id == one.track,
                    Appointment.body_id == one.body if one.body else Appointment.body_id.is_(None),
                    Appointment.until.is_(None),  # what ended before ended then
                )
            )
            for row in rows:
                row.until = clock.today()
        for held in self.says.appointments:
            if (held.person, held.role, held.track, held.body) == (one.person, one.role, one.track, one.body):
                held.over = True

    @rule(track=st.integers(0, 1))
    def emergency(self, track: int) -> None:
        """Somebody reads a track in an emergency; several may at once, and for days, as far as labels are concerned."""
        hat = Hat(HatKind.EMERGENCY, self.tracks[track])
        now = clock.now()
        with system_unit(self.engine, Reason.REFERENCE) as session:
            made = Person()
            session.add(made)
            session.flush()
            person = made.id
            row = EmergencyAccess(
                process_id=self.world.process, track_id=self.tracks[track], person_id=person, hat=str(hat),
                reason="r", hours=1, asked_at=now, confirmed_at=now, ends_at=now + timedelta(days=400),
            )  # fmt: skip
            worlds.put(session, row, [Clause(self.world.process, Level.PUBLIC)])
        self.says.emergencies.append(oracle.Emergency(person, self.world.process, self.tracks[track]))
        self.readers.append((Reader(person, ("emergency", self.tracks[track])), person, hat))

    @precondition(lambda self: any(not one.over for one in self.says.emergencies))
    @rule(data=st.data(), by_the_clock=st.booleans())
    def end_emergency(self, data: st.DataObject, by_the_clock: bool) -> None:
        one = data.draw(st.sampled_from([held for held in self.says.emergencies if not held.over]))
        with system_unit(self.engine, Reason.REFERENCE) as session:
            row = session.scalars(select(EmergencyAccess).where(EmergencyAccess.person_id == one.person)).one()
            midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
            if by_the_clock:
                row.ends_at = midnight
            else:
                row.ended_at = midnight
        one.over = True

    # --- bodies and chairs ------------------------------------------------------------------------------------------

    def _bodies(self) -> list[UUID]:
        return [name for name, kind in self.meant.items() if kind is Body]

    @precondition(lambda self: len(self.meant) < 8)
    @rule(
        track=st.integers(0, 1),
        everyones=st.booleans(),
        level=st.integers(0, 3),
        named=st.lists(st.integers(0, 8), min_size=1, max_size=2),
        tracks=st.integers(1, 3),
    )
    def body(self, track: int, everyones: bool, level: int, named: list[int] | tuple[int, ...], tracks: int) -> None:
        rules = self._rules(level, list(named), tracks, None)
        with system_unit(self.engine, Reason.REFERENCE) as session:
            process = session.get_one(Process, self.world.process)
            made = Body(
                process_id=process.id,
                track_id=self.tracks[track],
                name=LocalText.of("b"),
                kind="working_group",
                membership=BodyMembershipRule.PROCESS if everyones else BodyMembershipRule.OWN,
            )
            worlds.put(session, made, self._clauses(rules), container=process)
            key = made.id
        self.meant[key] = Body
        self.says.bodies[key] = oracle.Body(key, self.world.process, self.tracks[track], everyones)
        self.says.things[key] = Thing(key, rules, self.world.process, made_at_age=self.age)

    @precondition(lambda self: len(self.meant) < 8)
    @rule(
        body=st.integers(0, 7),
        place=st.integers(0, PLACES - 1),
        role=st.sampled_from(["member", "observer"]),
        level=st.sampled_from([None, 0, 1, 2, 3]),
        named=st.lists(st.integers(0, 8), min_size=1, max_size=2),
        tracks=st.integers(1, 3),
        widened=st.booleans(),
    )
    def enter_body(
        self, body: int, place: int, role: str, level: int | None, named: list[int], tracks: int, widened: bool
    ) -> None:
        inside = self._bodies()[body % len(self._bodies())]
        rules = self._rules(level, named, tracks, inside) if level is not None else ()
        widened = widened and bool(rules)
        with system_unit(self.engine, Reason.REFERENCE) as session:
            made = BodyMembership(
                body_id=inside,
                participant_id=self.participants[place],
                role=role,
                name_text="m",
                since=PartialDate.parse(clock.today()),
            )
            worlds.put(session, made, self._clauses(rules), container=session.get_one(Body, inside), widened=widened)
            key = made.id
        self.meant[key] = BodyMembership
        self.says.roles.append(oracle.BodyRole(inside, self.participants[place], role))
        self.says.roles[-1].key = key  # type: ignore[attr-defined]
        self.says.things[key] = Thing(key, rules, inside, widened, made_at_age=self.age)

    @precondition(lambda self: BodyMembership in self.meant.values())
    @rule(data=st.data())
    def leave_body(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from([name for name, kind in self.meant.items() if kind is BodyMembership]))
        with system_unit(self.engine, Reason.REFERENCE) as session:
            session.get_one(BodyMembership, key).until = PartialDate.parse(clock.today())
        for one in self.says.roles:
            if getattr(one, "key", None) == key:
                one.over = True

    @precondition(lambda self: BodyMembership in self.meant.values())
    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from([name for name, kind in self.meant.items() if kind is BodyMembership]))
        target = data.draw(st.sampled_from(self._bodies()))
        with system_unit(self.engine, Reason.REFERENCE) as session:
            row = session.get_one(BodyMembership, key)
            row.body_id = target
            moved(session, row, why="moved")
        self.says.things[key].inside = target
        for one in self.says.roles:
            if getattr(one, "key", None) == key:
                one.body = target

    @rule(
        place=st.integers(0, PLACES - 1),
        of=st.sampled_from([None, 0, 1]),
        role=st.sampled_from(["chair", "troika_past"]),
    )
    def chair(self, place: int, of: int | None, role: str) -> None:
        body = self._bodies()[of] if of is not None else None
        with system_unit(self.engine, Reason.REFERENCE) as session:
            process = session.get_one(Process, self.world.process)
            term = ChairTerm(
                process_id=process.id,
                body_id=body,
                participant_id=self.participants[place],
                role=role,
                since=PartialDate.parse(clock.today()),
            )
            worlds.put(session, term, container=process)
        if role == "chair":
            self.says.chairs.append(oracle.Chair(self.participants[place], body or self.world.process))
        if body:
            self.says.roles.append(oracle.BodyRole(body, self.participants[place], role))
            self.says.roles[-1].term = True  # type: ignore[attr-defined]

    @rule(place=st.integers(0, PLACES - 1))
    def end_terms(self, place: int) -> None:
        with system_unit(self.engine, Reason.REFERENCE) as session:
            running = select(ChairTerm).where(
                ChairTerm.participant_id == self.participants[place], ChairTerm.until.is_(None)
            )
            for term in session.scalars(running):  # what is over stays as it ended
                term.until = PartialDate.parse(clock.today())
        for one in self.says.chairs:
            one.over = one.over or one.participant == self.participants[place]
        for role in self.says.roles:
            if role.participant == self.participants[place] and getattr(role, "term", False):
                role.over = True

    # --- labels -----------------------------------------------------------------------------------------------------

    @rule(
        thing=st.integers(0, 9),
        level=st.integers(0, 3),
        named=st.lists(st.integers(0, 8), min_size=1, max_size=2),
        tracks=st.integers(1, 3),
        own_body=st.booleans(),
        widened=st.booleans(),
    )
    def relabel(self, thing: int, level: int, named: list[int], tracks: int, own_body: bool, widened: bool) -> None:
        key = list(self.meant)[thing % len(self.meant)]
        rules = self._rules(level, named, tracks, self._bodies()[0] if own_body else None)
        with system_unit(self.engine, Reason.REFERENCE) as session:
            relabel(session, session.get_one(self.meant[key], key), self._clauses(rules), why="r", widened=widened)
        self.says.things[key].rules, self.says.things[key].widened = rules, widened

    @rule(thing=st.integers(0, 9))
    def leave_to_the_container(self, thing: int) -> None:
        key = list(self.meant)[thing % len(self.meant)]
        with system_unit(self.engine, Reason.REFERENCE) as session:
            relabel(session, session.get_one(self.meant[key], key), [], why="as its container")
        self.says.things[key].rules, self.says.things[key].widened = (), False

    @rule(public=st.booleans())
    def open_or_close_the_public_page(self, public: bool) -> None:
        process = self.world.process
        rules = (
            (Rule(process, "public"),) if public else (Rule(process, "participants", tuple(self.tracks), age=self.age),)
        )
        with system_unit(self.engine, Reason.REFERENCE) as session:
            relabel(session, session.get_one(Process, process), self._clauses(rules), why="decision")
        self.says.things[process].rules = rules

    @rule(key=st.integers(0, 9))
    def refuse_a_thing_nobody_says_anything_about(self, key: int) -> None:
        with system_unit(self.engine, Reason.REFERENCE) as session, pytest.raises(LabelRefused):
            attach(session, ChairTerm(process_id=self.world.process), [], widened=True)

    def _rules(self, level: int, named: list[int], tracks: int, body: UUID | None) -> tuple[Rule, ...]:
        process = self.world.process
        if LEVELS[level] == "public":
            return (Rule(process, "public"),)
        on = tuple(track for place, track in enumerate(self.tracks) if tracks & (place + 1))
        among: list[tuple[str, UUID]] = [
            *(("participant", one) for one in self.participants[:2]),
            *(("person", person) for _, person, _ in self.readers[1:3] if person),
            ("secretariat", self.tracks[0]),
            ("officers", self.tracks[0]),
            ("chair", process),
            ("liaison", process),
            *(("chair", one) for one in self._bodies()[:1]),
        ]
        chosen = tuple({among[one % len(among)] for one in named})
        if LEVELS[level] == "named":
            return (Rule(process, "named", on, audience=chosen, age=self.age),)
        opened = chosen if len(named) == 2 else ()
        return (Rule(process, LEVELS[level], on, body, opened_to=opened, age=self.age),)

    def _clauses(self, rules: tuple[Rule, ...]) -> list[Clause]:
        def named(pairs: Any) -> frozenset[Addressee]:
            return frozenset(Addressee(Named(kind), one) for kind, one in pairs)

        return [
            Clause(
                one.process,  # type: ignore[arg-type]
                Level(one.level),
                frozenset(one.tracks),  # type: ignore[arg-type]
                one.body,  # type: ignore[arg-type]
                named(one.audience),
                named(one.opened_to),
                one.age,
            )
            for one in rules
        ]

    # --- what each sees ---------------------------------------------------------------------------------------------

    @invariant()
    def every_reader_sees_exactly_what_the_oracle_says(self) -> None:
        if not hasattr(self, "meant"):
            return
        for reader, person, hat in self.readers:
            viewer = viewers.viewer(self.engine, person, hat)
            with reading_as(self.engine, viewer) as session:
                seen = {
                    *session.scalars(select(Process.id).where(Process.id == self.world.process)),
                    *session.scalars(select(Body.id).where(Body.process_id == self.world.process)),
                    *session.scalars(select(BodyMembership.id).where(BodyMembership.id.in_(list(self.meant)))),
                }
            expected = {name for name in self.says.things if self.says.reads(reader, name)}
            assert seen == expected, f"{reader}: {seen ^ expected}"


def _run(engine: Engine, *, examples: int, steps: int) -> None:
    class OnThisDatabase(Histories):
        pass

    OnThisDatabase.engine = engine
    run_state_machine_as_test(
        OnThisDatabase,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=timedelta(seconds=60),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_after_any_history_every_reader_sees_what_the_oracle_says(walled: Engine) -> None:
    _run(walled, examples=8, steps=15)
