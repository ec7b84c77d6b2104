"""Who reads a label, today and on any day before: asked of random histories, and answered as the oracle does."""

from __future__ import annotations

from contextlib import ExitStack
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from sqlalchemy import Engine

from secretariat.confidentiality.readers import (
    EVERYONE,
    Circle,
    Difference,
    How,
    Readers,
    ReadingParticipant,
    ReadingPerson,
    circle_of,
    difference,
    readers_of,
)
from secretariat.core import clock
from secretariat.core.labelling import label_at, label_value
from secretariat.core.labels import LabelValue
from secretariat.core.session import Reason, system_unit
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import RoleName
from secretariat.processes import clauses
from secretariat.processes.models import Process, StandingKind, Track
from tests.security import oracle, worlds
from tests.security.oracle import Oracle, Reader
from tests.security.test_rights_over_time import Histories
from tests.support.sql import statements_sent


class Chronicle(Histories):
    """The same histories over many days; what the oracle said at the end of each day is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[date, Oracle] = {}
        self.clock = ExitStack()
        self.acts = 0

    def teardown(self) -> None:
        try:
            if self.kept:
                self.the_past_is_told_as_it_was()
        finally:
            self.clock.close()

    def a_day_passes(self) -> None:
        self.kept[clock.today()] = deepcopy(self.says)
        passed = len(self.kept)
        self.clock.close()
        self.clock.enter_context(clock.moved(timedelta(days=passed)))

    @invariant()
    def every_second_act_is_on_another_day(self) -> None:
        self.acts += 1
        if hasattr(self, "meant") and self.acts % 2:
            self.a_day_passes()

    @invariant()
    def readers_today_are_those_the_oracle_names(self) -> None:
        if not hasattr(self, "meant"):
            return
        with system_unit(self.engine, Reason.HISTORY, writes=False) as session:
            circle = circle_of(session, [self.world.process], clock.today())
            for key, kind in self.meant.items():
                self._agree(circle, label_value(session, session.get_one(kind, key).label_id), key, self.says)

    def the_past_is_told_as_it_was(self) -> None:
        with system_unit(self.engine, Reason.HISTORY, writes=False) as session:
            for day, said in self.kept.items():
                circle = circle_of(session, [self.world.process], day)
                evening = datetime.combine(day, time.max, UTC)
                for key, kind in self.meant.items():
                    label = label_at(session, session.get_one(kind, key), evening)
                    assert (label is not None) == (key in said.things)
                    if label is not None:
                        self._agree(circle, label, key, said)

    def _agree(self, circle: Circle, label: LabelValue, key: UUID, said: Oracle) -> None:
        found = circle.readers(label)
        expected = {(person, hat) for reader, person, hat in self.readers if person and said.reads(reader, key)}
        if found.everyone:
            assert said.reads(Reader(None), key)
            return
        assert not said.reads(Reader(None), key)
        assert {(one.person, one.hat) for one in found.persons} == expected
        self._participants_agree(found, key, said)

    def _participants_agree(self, found: Readers, key: UUID, said: Oracle) -> None:
        """Who reads by standing is whoever would, if somebody new were appointed on every track."""
        for participant in self.participants:
            somebody, acts_for = uuid4(), ("participant", participant)
            appointed = [
                _appointed(somebody, acts_for, RoleName.FOCAL_POINT, self.world.process, track) for track in self.tracks
            ]
            hypothetical = replace(said, appointments=[*said.appointments, *appointed])
            reads = hypothetical.reads(Reader(somebody, acts_for), key)
            by_standing = {one.participant for one in found.participants if one.how is How.STANDING}
            assert (participant in by_standing) == reads


def _appointed(person: UUID, acts_for: tuple[str, UUID], role: RoleName, process: UUID, track: UUID) -> Any:
    return oracle.Appointment(person, acts_for, role.value, process, track)


def test_readers_today_and_before_are_those_the_oracle_names(walled: Engine) -> None:
    class OnThisDatabase(Chronicle):
        pass

    OnThisDatabase.engine = walled
    run_state_machine_as_test(
        OnThisDatabase,
        settings=settings(
            max_examples=6 if walled.dialect.name == "sqlite" else 3,
            stateful_step_count=15,
            deadline=timedelta(seconds=60),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_as_many_statements_for_one_reader_as_for_sixty(walled: Engine) -> None:
    counts = []
    for many in (1, 60):
        world = worlds.found(walled)
        worlds.keep(world, "officer")
        for place in range(many):
            worlds.join(world, f"m{place}", StandingKind.MEMBER)
        with system_unit(walled, Reason.HISTORY, writes=False) as session:
            label = _members(session, world)
            with statements_sent() as sent:
                found = readers_of(session, label, clock.today())
        assert len(found.persons) == many + 1
        assert len(found.participants) == many
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_a_participant_reads_by_its_standing_though_nobody_is_appointed(walled: Engine) -> None:
    """Who has nobody appointed is the secretariat's knowledge; it does not show in who reads."""
    world = worlds.found(walled)
    reader = worlds.join(world, "member", StandingKind.MEMBER)
    with system_unit(walled, Reason.HISTORY, writes=False) as session:
        label = _members(session, world)
        long_before = readers_of(session, label, worlds.APPOINTED - timedelta(days=1))
        today = readers_of(session, label, clock.today())
    assert [one.participant for one in long_before.participants] == [reader.hat.id]
    assert long_before.persons == frozenset()
    assert today.participants == long_before.participants
    assert [(one.person, one.how) for one in today.persons] == [(reader.person, How.STANDING)]


def test_a_label_of_another_process_is_not_answered_from_the_wrong_circle(walled: Engine) -> None:
    world, other = worlds.found(walled), worlds.found(walled)
    with system_unit(walled, Reason.HISTORY, writes=False) as session:
        circle = circle_of(session, [world.process], clock.today())
        with pytest.raises(ValueError, match="another process"):
            circle.readers(_members(session, other))


def test_the_difference_tells_who_gains_and_who_loses() -> None:
    def participant(key: UUID, how: How = How.STANDING) -> ReadingParticipant:
        return ReadingParticipant(key, process, track, "member", how)

    process, track, one, two, three = (uuid4() for _ in range(5))
    person, hat = ReadingPerson(uuid4(), Hat(HatKind.PARTICIPANT, one), How.STANDING), frozenset[ReadingPerson]()
    before = Readers(
        secretariats=frozenset({track}),
        participants=frozenset({participant(one), participant(two, How.CHAIR)}),
        persons=frozenset({person}),
    )
    after = Readers(participants=frozenset({participant(one, How.CHAIR), participant(two), participant(three)}))
    changed = difference(before, after)
    assert changed.gained == Readers(participants=frozenset({participant(two), participant(three)}), persons=hat)
    assert changed.lost == Readers(
        secretariats=frozenset({track}), participants=frozenset({participant(one)}), persons=frozenset({person})
    )
    assert difference(before, before) == Difference(Readers(), Readers())
    assert difference(before, EVERYONE) == Difference(EVERYONE, Readers())
    assert difference(EVERYONE, before) == Difference(Readers(), EVERYONE)
    assert Readers().nobody
    assert not before.nobody


def _members(session: Any, world: worlds.World) -> LabelValue:
    process, track = session.get_one(Process, world.process), session.get_one(Track, world.government)
    return LabelValue(frozenset({clauses.members_of(process, track)}))
