"""A stage on which two do something at the same moment, and the oracle that says who then reads what.

On PostgreSQL both are in the middle of it at once; SQLite lets one of them write at a time, and the other waits for the
lock. `meet` is where the two wait for each other; whoever waits alone for long goes on, since the other cannot come.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, select

from secretariat.core import labelling
from secretariat.core.database import table_of
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import relabel
from secretariat.core.labels import may_read
from secretariat.core.localtext import LocalText
from secretariat.core.models import LabelChange, ReadableLabel, ReaderKey
from secretariat.core.session import Reason, SystemSession, reading_as, system_unit
from secretariat.core.viewer import NOBODY
from secretariat.directory import viewers
from secretariat.plans.models import Area, Plan, PlanState
from secretariat.processes.models import StandingKind
from tests.security import oracle, worlds
from tests.security.canaries.world import clauses_of
from tests.security.oracle import Oracle, Rule
from tests.security.worlds import put

Meet = Callable[[], None]
WHO = {"member": "member", "other": "member", "observer": "observer"}


class Stage:
    """A process with two members, an observer and two officers, and the oracle that was told all of it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.world = worlds.found(engine)
        self.says = Oracle()
        world = self.world
        both = (world.government, world.network)
        self.says.things[world.process] = oracle.Thing(world.process, (Rule(world.process, "participants", both),))
        self.readers: dict[str, oracle.Reader] = {"nobody": oracle.Reader(None)}
        for name, standing in WHO.items():
            one = worlds.join(world, name, StandingKind(standing))
            assert one.person
            assert one.hat.id
            self.says.participations.append(oracle.Participation(one.hat.id, world.process, world.government, standing))
            self._appointed(name, one.person, ("participant", one.hat.id), "focal_point")
        for name in ("officer", "second officer"):
            one = worlds.keep(world, name)
            assert one.person
            self._appointed(name, one.person, ("secretariat", world.government), "officer")

    def _appointed(self, name: str, person: UUID, acts_for: tuple[str, UUID], role: str) -> None:
        self.readers[name] = oracle.Reader(person, acts_for)
        self.says.appointments.append(
            oracle.Appointment(person, acts_for, role, self.world.process, self.world.government)
        )

    def rule(self, level: str, *audience: tuple[str, UUID]) -> Rule:
        return Rule(self.world.process, level, (self.world.government,), audience=audience)

    def for_the_secretariat(self) -> Rule:
        return self.rule("named", ("secretariat", self.world.government))

    def for_the_member(self) -> Rule:
        hat = self.world.readers["member"].hat
        assert hat.id
        return self.rule("named", ("participant", hat.id))

    def unit(self) -> Any:
        return system_unit(self.engine, Reason.REFERENCE)

    def plan(self, *rules: Rule) -> UUID:
        with self.unit() as session:
            made = Plan(
                process_id=self.world.process, track_id=self.world.government, title=LocalText.of(worlds.word()),
                state=PlanState.ADOPTED, adopted_on=date(2025, 1, 1), period_from=PartialDate("2025"),
            )  # fmt: skip
            put(session, made, clauses_of(rules))
            self.says.things[made.id] = oracle.Thing(made.id, rules, self.world.process)
            return made.id

    def area(self, session: Any, plan: UUID, *rules: Rule) -> UUID:
        made = Area(plan_id=plan, title=LocalText.of(worlds.word()), position=1, number="1", place="001")
        put(session, made, clauses_of(rules))
        self.says.things[made.id] = oracle.Thing(made.id, rules, plan)
        return made.id

    def relabelled(self, session: Any, kind: type[Any], key: UUID, *rules: Rule) -> None:
        relabel(session, session.get_one(kind, key), clauses_of(rules), why="a test")

    def viewer(self, name: str) -> Any:
        return viewers.viewer(self.engine, *self._who(name))

    def _who(self, name: str) -> tuple[UUID | None, Any]:
        one = self.world.readers.get(name)
        return (one.person, one.hat) if one else (None, NOBODY)

    def check(self) -> None:
        """Every reader sees what the oracle says, through the filter and in what is written down; nothing twice."""
        for name, reader in self.readers.items():
            viewer = self.viewer(name)
            with reading_as(self.engine, viewer) as session:
                seen = {
                    *session.scalars(select(Plan.id).where(Plan.process_id == self.world.process)),
                    *session.scalars(select(Area.id).join(Plan).where(Plan.process_id == self.world.process)),
                }
            things = [key for key in self.says.things if key != self.world.process]
            may = {key for key in things if self.says.reads(reader, key)}
            assert seen == may, f"{name} finds {seen}, and may read {may}"
            with self.unit() as session:
                held = session.connection().execute(
                    select(table_of(ReadableLabel).c.label_id).where(table_of(ReadableLabel).c.viewer_id == viewer.id)
                )
                written = sorted(held.scalars())
                labels = labelling.label_values(session, written)
                rows = session.scalars(select(ReaderKey.id).where(ReaderKey.person_id == viewer.person)).all()
                assert len(written) == len(set(written))
                assert [key for key in written if not may_read(viewer, labels[key])] == []
                assert viewer.person is None or len(rows) == 1
        self._check_history()

    def _check_history(self) -> None:
        """Each change of a label begins where the one before ended: none was lost."""
        with self.unit() as session:
            for key in self.says.things:
                mine = select(LabelChange).where(LabelChange.thing_id == key).order_by(LabelChange.id)
                told = [(one.old_label_id, one.new_label_id) for one in session.scalars(mine)]
                assert [old for old, _ in told] == [None, *(new for _, new in told[:-1])]


def on_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def at_once(engine: Engine, *acts: Callable[[Meet], Any]) -> Sequence[Any]:
    """Do these each in a thread of its own; what they returned or raised, in their order."""
    barrier = threading.Barrier(len(acts))

    def meet() -> None:
        with suppress(threading.BrokenBarrierError):  # the other waits for a lock that is held here
            barrier.wait(0.3 if on_sqlite(engine) else 20)

    def done(act: Callable[[Meet], Any]) -> Any:
        try:
            return act(meet)
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result(60) for one in [pool.submit(done, act) for act in acts]]


def interleaved(
    stage: Stage, first: Callable[[SystemSession, Meet], None], then: Callable[[SystemSession], None]
) -> None:
    """`first` begins and meets; `then` is done and committed; `first` goes on. On SQLite one is after the other."""
    done = threading.Event()

    def begins(meet: Meet) -> None:
        with stage.unit() as session:

            def wait() -> None:
                meet()
                done.wait(0.3 if on_sqlite(stage.engine) else 30)

            first(session, wait)

    def comes_between(meet: Meet) -> None:
        meet()
        with stage.unit() as session:
            then(session)
        done.set()

    answers = at_once(stage.engine, begins, comes_between)
    assert answers == [None, None], answers
