"""What two do at the same moment to labels and rights: afterwards every reader sees what the oracle says, and who came
second is told so."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError

from secretariat import registers
from secretariat.confidentiality.service import changing
from secretariat.confidentiality.service.changing import Wanted
from secretariat.confidentiality.service.record import subject
from secretariat.core import audit, clock, kinds, labelling
from secretariat.core.database import lost_a_race
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import ContainerGone, attach, intern, moved
from secretariat.core.labels import LabelValue
from secretariat.core.localtext import LocalText
from secretariat.core.models import AuditChain, Label, LabelChange, LabelClause
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import SystemSession, count_change_of_rights, reading_as
from secretariat.directory import viewers
from secretariat.directory.models import Appointment
from secretariat.plans.models import Area, Plan, PlanState
from secretariat.processes.models import Participation, Process, StandingKind
from tests.security import oracle, worlds
from tests.security.canaries.world import clauses_of
from tests.security.oracle import Rule
from tests.security.racing import Meet, Stage, at_once, interleaved, on_sqlite
from tests.security.worlds import put

registers.fill()

ROUNDS = 4


@pytest.fixture
def stage(walled: Engine) -> Stage:
    return Stage(walled)


# --- one thing by two ------------------------------------------------------------------------------------------------


def test_one_label_made_by_two_at_once_is_one_row(stage: Stage) -> None:
    for _ in range(ROUNDS):
        value = LabelValue(frozenset(clauses_of([stage.rule("named", ("person", uuid4()))])))

        def make(meet: Meet, value: LabelValue = value) -> int:
            with stage.unit() as session:
                session.connection()
                meet()
                return intern(session, value)

        first, second, third = at_once(stage.engine, make, make, make)
        assert first == second == third
        with stage.unit() as session:
            assert session.scalars(select(Label.id).where(Label.digest == value.digest)).all() == [first]
            assert len(session.scalars(select(LabelClause).where(LabelClause.label_id == first)).all()) == 1
    stage.check()


def test_a_thing_relabelled_by_two_has_one_of_the_labels_and_both_are_on_record(stage: Stage) -> None:
    for _ in range(ROUNDS):
        plan = stage.plan(stage.rule("participants"))
        with stage.unit() as session:
            stage.area(session, plan)

        def give(rule: Rule, plan: UUID = plan) -> Callable[[Meet], Any]:
            def act(meet: Meet) -> None:
                with stage.unit() as session:
                    session.get_one(Plan, plan)
                    meet()
                    stage.relabelled(session, Plan, plan, rule)

            return act

        wanted = [stage.rule("members"), stage.for_the_secretariat()]
        assert at_once(stage.engine, *map(give, wanted)) == [None, None]
        with stage.unit() as session:
            own = labelling.label_value(session, session.get_one(Plan, plan).own_label_id or 0).clauses
            told = session.scalars(select(LabelChange.id).where(LabelChange.thing_id == plan)).all()
        last = next(rule for rule in wanted if set(clauses_of([rule])) == own)
        stage.says.things[plan].rules = (last,)
        assert len(told) == 3
        stage.check()


def test_who_changes_a_label_second_is_told_that_it_was_changed(stage: Stage) -> None:
    """Through the service: what was looked at is what is stored, or the second looks again."""
    kind = kinds.kind_of(Plan)
    assert kind is not None
    plan = stage.plan(stage.rule("participants"))

    def change(name: str, rule: Rule) -> Callable[[Meet], Any]:
        def act(meet: Meet) -> str:
            with reading_as(stage.engine, stage.viewer(name), writes=True) as session:
                thing = session.scalar(select(Plan).where(Plan.id == plan))
                if thing is None:  # on SQLite this reader's labels are of before the wait for the lock
                    raise NotAllowed
                of = subject(session, kind, thing)
                meet()
                changing.change(session, of, Wanted(frozenset(clauses_of([rule]))), why="a test", decision="one")
                session.commit()
            return name

        return act

    wanted = {"officer": stage.rule("members"), "second officer": stage.rule("members")}
    answers = at_once(stage.engine, *(change(name, rule) for name, rule in wanted.items()))
    refused = [one for one in answers if not isinstance(one, str)]
    assert [type(one) for one in refused] in ([Refused], [NotAllowed] if on_sqlite(stage.engine) else [])
    stage.says.things[plan].rules = (stage.rule("members"),)
    stage.check()


def test_who_no_longer_reads_what_was_raised_meanwhile_finds_nothing(stage: Stage) -> None:
    """The second reads no more what the first has raised: it is missing, and not an error."""
    kind = kinds.kind_of(Plan)
    assert kind is not None
    plan = stage.plan(stage.rule("participants"))
    kept = stage.for_the_member()
    raised = threading.Event()

    def raise_it(meet: Meet) -> None:
        meet()
        with stage.unit() as session:
            stage.relabelled(session, Plan, plan, kept)
        raised.set()

    def change(meet: Meet) -> None:
        viewer = stage.viewer("officer")
        if on_sqlite(stage.engine):  # where who may write reads nothing before the other is done
            meet()
            raised.wait(30)
        with reading_as(stage.engine, viewer, writes=True) as session:
            thing = session.scalar(select(Plan).where(Plan.id == plan))
            if thing is None:
                raise NotAllowed
            of = subject(session, kind, thing)
            meet()
            raised.wait(30)
            changing._hold(session, of)

    answers = at_once(stage.engine, raise_it, change)
    assert answers[0] is None
    assert isinstance(answers[1], NotAllowed)
    stage.says.things[plan].rules = (kept,)
    stage.check()


# --- a container and what stands in it -------------------------------------------------------------------------------


def test_a_child_put_in_while_its_container_is_raised_is_raised_with_it(stage: Stage) -> None:
    for place in range(ROUNDS):
        plan = stage.plan(stage.rule("participants"))

        def put_in(meet: Meet, plan: UUID = plan, place: int = place) -> None:
            with stage.unit() as session:
                session.get_one(Plan, plan)
                if place % 2:
                    meet()
                stage.area(session, plan)
                if not place % 2:
                    meet()

        def raise_it(meet: Meet, plan: UUID = plan) -> None:
            with stage.unit() as session:
                session.get_one(Plan, plan)
                meet()
                stage.relabelled(session, Plan, plan, stage.for_the_secretariat())

        assert at_once(stage.engine, put_in, raise_it) == [None, None]
        stage.says.things[plan].rules = (stage.for_the_secretariat(),)
        stage.check()


def test_a_child_relabelled_by_who_knew_its_container_before_stays_inside_it(stage: Stage) -> None:
    """The container was read before somebody raised it; the child's new label is made with what it is now."""
    plan = stage.plan(stage.rule("participants"))
    with stage.unit() as session:
        area = stage.area(session, plan, stage.rule("members"))

    def relabel_child(session: SystemSession, meet: Meet) -> None:
        session.get_one(Plan, plan)
        meet()
        stage.relabelled(session, Area, area, stage.rule("participants"))

    interleaved(stage, relabel_child, lambda other: stage.relabelled(other, Plan, plan, stage.for_the_secretariat()))
    stage.says.things[plan].rules = (stage.for_the_secretariat(),)
    stage.says.things[area].rules = (stage.rule("participants"),)
    stage.check()


def test_a_thing_moved_by_who_knew_its_new_container_before_stays_inside_it(stage: Stage) -> None:
    plan, other_plan = stage.plan(stage.rule("participants")), stage.plan(stage.rule("participants"))
    with stage.unit() as session:
        area = stage.area(session, plan)

    def move(session: SystemSession, meet: Meet) -> None:
        session.get_one(Plan, other_plan)
        thing = session.get_one(Area, area)
        meet()
        thing.plan_id = other_plan
        moved(session, thing, why="a test")

    interleaved(stage, move, lambda other: stage.relabelled(other, Plan, other_plan, stage.for_the_secretariat()))
    stage.says.things[other_plan].rules = (stage.for_the_secretariat(),)
    stage.says.things[area].inside = other_plan
    stage.check()


def test_a_child_raised_meanwhile_keeps_its_label_when_its_container_is_relabelled(stage: Stage) -> None:
    """Who relabels the container read the child before it was raised."""
    plan = stage.plan(stage.rule("participants"))
    with stage.unit() as session:
        area = stage.area(session, plan)

    def relabel_container(session: SystemSession, meet: Meet) -> None:
        kept = session.get_one(Area, area)
        meet()
        stage.relabelled(session, Plan, plan, stage.rule("members"))
        assert kept.id == area

    interleaved(
        stage, relabel_container, lambda other: stage.relabelled(other, Area, area, stage.for_the_secretariat())
    )
    stage.says.things[plan].rules = (stage.rule("members"),)
    stage.says.things[area].rules = (stage.for_the_secretariat(),)
    stage.check()


def test_of_two_who_wait_for_each_other_one_is_told_to_begin_again(stage: Stage) -> None:
    """Each put something in and then relabels: neither can go on, and one of them loses, knowingly."""
    plans = [stage.plan(stage.rule("participants")) for _ in range(2)]

    def act(plan: UUID) -> Callable[[Meet], UUID]:
        def both(meet: Meet) -> UUID:
            with stage.unit() as session:
                area = Area(plan_id=plan, title=LocalText.of("one"), position=1, number="1", place="001")
                put(session, area)
                key = area.id
                meet()
                stage.relabelled(session, Plan, plan, stage.for_the_secretariat())
            stage.says.things[key] = oracle.Thing(key, (), plan)
            stage.says.things[plan].rules = (stage.for_the_secretariat(),)
            return plan

        return both

    lost = [one for one in at_once(stage.engine, *map(act, plans)) if not isinstance(one, UUID)]
    assert len(lost) == (0 if on_sqlite(stage.engine) else 1)
    assert all(isinstance(one, DBAPIError) and lost_a_race(one) for one in lost)
    stage.check()


# --- rights ----------------------------------------------------------------------------------------------------------


def test_labels_of_a_reader_worked_out_by_many_at_once_are_those_of_the_oracle(stage: Stage) -> None:
    for level in ("participants", "members", "participants", "members"):
        plan = stage.plan(stage.rule(level), stage.rule("named", ("participant", uuid4())))
        stage.plan(stage.rule(level))
        stage.says.things[plan].rules = (stage.rule(level),)
        with stage.unit() as session:
            stage.relabelled(session, Plan, plan, stage.rule(level))
            count_change_of_rights(session)

        def look(meet: Meet) -> int:
            meet()
            return int(stage.viewer("member").id)

        seen = at_once(stage.engine, look, look, look, look)
        assert len(set(seen)) == 1
        stage.check()


def test_who_loses_a_right_while_reading_reads_nothing_next(stage: Stage) -> None:
    plan = stage.plan(stage.rule("members"))

    def suspend(session: SystemSession) -> None:
        hat = stage.world.readers["member"].hat
        row = session.scalars(select(Participation).where(Participation.participant_id == hat.id)).one()
        row.standing = StandingKind.SUSPENDED

    def end(session: SystemSession) -> None:
        person = stage.world.readers["other"].person
        session.scalars(select(Appointment).where(Appointment.person_id == person)).one().until = clock.today()

    for name, takes in (("member", suspend), ("other", end)):
        assert stage.says.reads(stage.readers[name], plan)
        with reading_as(stage.engine, stage.viewer(name)) as session:
            assert session.scalar(select(Plan.id).where(Plan.id == plan)) == plan
            with stage.unit() as unit:
                takes(unit)
            with reading_as(stage.engine, stage.viewer(name)) as following:
                assert following.scalar(select(Plan.id).where(Plan.id == plan)) is None
        if takes is suspend:
            stage.says.participations[0].standing = "suspended"
        else:
            stage.says.appointments[1].over = True
        stage.check()


@pytest.mark.parametrize("noticed", [True, False])
def test_what_is_written_under_a_right_that_ends_meanwhile_is_not_read_afterwards(stage: Stage, noticed: bool) -> None:
    """The session lets its reader read what it has labelled; the right to it ended before it was committed. Where that
    is known already, what it was to stand in is not there."""
    reader = stage.readers["member"]
    rule = stage.for_the_member()
    ended = threading.Event()

    def write(meet: Meet) -> UUID:
        viewer = stage.viewer("member")
        if on_sqlite(stage.engine):
            meet()
            ended.wait(30)
        with reading_as(stage.engine, viewer, writes=True) as session:
            made = Plan(
                process_id=stage.world.process, track_id=stage.world.government, title=LocalText.of("mine"),
                state=PlanState.ADOPTED, adopted_on=date(2025, 1, 1), period_from=PartialDate("2025"),
            )  # fmt: skip
            session.scalar(select(Process.id))
            if not on_sqlite(stage.engine):
                meet()
                ended.wait(30)
            attach(session, made, clauses_of([rule]))
            session.commit()
            key: UUID = made.id
        return key

    def end(meet: Meet) -> None:
        meet()
        with stage.unit() as session:
            row = session.scalars(select(Appointment).where(Appointment.person_id == reader.person)).one()
            row.until = clock.today()
        if noticed:
            stage.viewer("member")
        ended.set()

    written, taken = at_once(stage.engine, write, end)
    assert taken is None
    assert isinstance(written, ContainerGone if noticed else UUID), written
    if not noticed:
        stage.says.things[written] = oracle.Thing(written, (rule,), stage.world.process)
    stage.says.appointments[0].over = True
    stage.check()


def test_rights_that_change_while_they_are_worked_out_are_worked_out_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The counters are read before the rights: what ends in between is noticed by whoever comes next."""
    stage.plan(stage.rule("members"))
    stage.viewer("member")
    with stage.unit() as session:
        count_change_of_rights(session)
    made, once = viewers.make_viewer, threading.Event()

    def meanwhile(*given: Any) -> Any:
        found = made(*given)
        if not once.is_set() and not on_sqlite(stage.engine):
            once.set()
            with stage.unit() as session:
                hat = stage.world.readers["member"].hat
                row = session.scalars(select(Participation).where(Participation.participant_id == hat.id)).one()
                row.standing = StandingKind.SUSPENDED
            stage.says.participations[0].standing = "suspended"
        return found

    monkeypatch.setattr(viewers, "make_viewer", meanwhile)
    stage.viewer("member")
    stage.check()


def test_a_trail_begun_by_two_at_once_is_one(stage: Stage) -> None:
    for _ in range(ROUNDS):
        chain = worlds.word()

        def act(meet: Meet, chain: str = chain) -> None:
            with stage.unit() as session:
                session.connection()
                meet()
                audit.record(session, "done", chain=chain, clauses=clauses_of([stage.for_the_secretariat()]))
                session.flush()

        assert at_once(stage.engine, act, act) == [None, None]
        with stage.unit() as session:
            assert session.scalars(select(AuditChain.length).where(AuditChain.name == chain)).all() == [2]
            assert audit.chain_holds(session, chain)
