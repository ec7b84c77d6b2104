"""Labels in the database: interned, given, changed on record, told in history."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, event, inspect, select
from sqlalchemy.orm import Session

from secretariat.core import clock, labelling
from secretariat.core.database import table_of
from secretariat.core.labelling import (
    LabelForgotten,
    LabelRefused,
    attach,
    container_of,
    contents,
    intern,
    label_at,
    label_history,
    label_value,
    label_values,
    labelled_kinds,
    labels_of_process,
    met_label,
    moved,
    relabel,
    renew,
    would_be,
    would_be_in,
)
from secretariat.core.labels import Addressee, Clause, LabelValue, Level, Named
from secretariat.core.localtext import LocalText
from secretariat.core.models import Label, LabelChange, LabelClause, ReadableLabel, ReaderKey, RightsState
from secretariat.core.session import Reason, SystemSession, reading_as, system_access, system_unit
from secretariat.directory.models import Appointment, ContactCard, ContactNumber, Person, RoleName
from secretariat.meetings.models import Meeting, MeetingNote
from secretariat.processes import clauses
from secretariat.processes.models import (
    Body,
    BodyMembership,
    BodyMembershipRule,
    Participant,
    ParticipantKind,
    Process,
    ProcessText,
    StandingKind,
    Track,
)
from tests.security import worlds
from tests.security.worlds import World, put


@contextmanager
def product(world: World | Engine) -> Iterator[SystemSession]:
    engine = world.engine if isinstance(world, World) else world
    with system_unit(engine, Reason.REFERENCE) as session:
        yield session


@contextmanager
def counted(engine: Engine, *, begins: bool = False) -> Iterator[list[str]]:
    """The statements sent meanwhile; with those that begin a transaction, if asked for."""
    sent: list[str] = []

    def see(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if begins or not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", see)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", see)


def the_process(session: Session, world: World) -> Process:
    return session.get_one(Process, world.process)


def own(world: World, *, generation: int = 1, track: UUID | None = None) -> Clause:
    return Clause(world.process, Level.MEMBERS, frozenset({track or world.government}), generation=generation)


def of_the_process(world: World, generation: int = 1) -> Clause:
    return Clause(
        world.process, Level.PARTICIPANTS, frozenset({world.government, world.network}), generation=generation
    )


def clauses_of(world: World, track: UUID, *, generation: int = 1) -> Clause:
    """The secretariat of a track alone."""
    return Clause(
        world.process,
        Level.NAMED,
        frozenset({track}),
        audience=frozenset({Addressee(Named.SECRETARIAT, track)}),
        generation=generation,
    )


def everyones() -> Clause:
    return Clause(UUID(int=5), Level.PUBLIC)


def label(*of: Clause) -> LabelValue:
    return LabelValue(frozenset(of))


def counters(session: Session) -> tuple[int, int]:
    row = session.connection().execute(select(table_of(RightsState).c.epoch, table_of(RightsState).c.labels)).one()
    return row.epoch, row.labels


def body(world: World, **fields: Any) -> Body:
    fields.setdefault("process_id", world.process)
    return Body(
        track_id=world.government,
        name=LocalText.of("A body"),
        kind="working_group",
        membership=BodyMembershipRule.OWN,
        **fields,
    )


def value_of(session: Session, thing: Any) -> AbstractSet[Clause]:
    return label_value(session, thing.label_id).clauses


# --- labels as rows -------------------------------------------------------------------------------------------


def test_a_label_is_stored_once(world: World) -> None:
    value = label(own(world), of_the_process(world))
    with product(world) as session:
        before = counters(session)
        key = intern(session, value)
        assert counters(session) == (before[0], before[1] + 1)
        assert intern(session, value) == key
        assert session.scalars(select(Label.digest).where(Label.id == key)).one() == value.digest
        rows = session.connection().execute(select(table_of(LabelClause)).where(LabelClause.label_id == key)).all()
        assert {row.digest: (row.process_id, row.level, row.content) for row in rows} == {
            clause.digest: (clause.process, clause.level.value, clause.to_json()) for clause in value.clauses
        }
        assert counters(session)[1] == before[1] + 1
    with product(world) as session:
        assert intern(session, value) == key
        assert counters(session)[1] == before[1] + 1
        assert intern(session, label(own(world))) != key
        assert label_value(session, key) == value


def test_what_a_session_knows_of_labels_is_asked_once(world: World) -> None:
    value = label(own(world))
    with product(world) as session:
        key = intern(session, value)
        with counted(world.engine) as sent:
            assert intern(session, value) == key
            assert sent == []
            assert label_value(session, key) == value
            assert len(sent) == 2
            assert label_value(session, key) == value
            assert len(sent) == 2
            assert label_values(session, [key, key]) == {key: value}
            assert len(sent) == 3
            with system_access(session, Reason.LABELLING) as system:
                assert intern(system, value) == key
            assert len(sent) == 3


def test_labels_are_counted_under_a_lock_and_looked_for_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another transaction may have made the label while this one waited for the counter."""
    value = label(own(world))
    with product(world) as session:
        key = intern(session, value)
    find, asked = labelling._find, []

    def find_late(connection: Any, wanted: LabelValue) -> int | None:
        asked.append(wanted)
        return None if len(asked) == 1 else find(connection, wanted)

    monkeypatch.setattr(labelling, "_find", find_late)
    with product(world) as session:
        assert intern(session, value) == key
        assert len(asked) == 2


def test_a_rollback_forgets_what_it_unmade(world: World) -> None:
    value = label(own(world))
    with product(world) as session:
        point = session.begin_nested()
        key = intern(session, value)
        label_value(session, key)
        session.info["label_changes"] = [{"never": "written"}]
        point.rollback()
        assert session.scalars(select(Label).where(Label.digest == value.digest)).all() == []
        assert "label_changes" not in session.info
        assert "labels_met" not in session.info
        again = intern(session, value)
        assert session.scalars(select(Label.id).where(Label.digest == value.digest)).one() == again


def test_labels_are_read_many_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    values = [label(own(world, generation=one), everyones()) for one in range(1, 7)]
    with product(world) as session:
        keys = [intern(session, value) for value in values]
        wanted = dict(zip(keys, values, strict=True))
        other = intern(session, label(of_the_process(world, 8)))
        for few, most in ((500, 50_000), (5, 50_000), (6, 50_000), (500, 3), (2, 0)):
            monkeypatch.setattr(labelling, "_FEW", few)
            monkeypatch.setattr(labelling, "_MOST_REMEMBERED", most)
            labelling._by_digest.clear()
            assert label_values(session, iter(keys)) == wanted
            assert set(labelling._by_digest) == {value.digest for value in values}
            with counted(world.engine) as sent:
                assert label_values(session, keys) == wanted
                assert len(sent) == 1
            assert label_values(session, [other, keys[0]]).keys() == {other, keys[0]}
        assert label_values(session, []) == {}


def test_a_label_read_with_its_thing_is_not_asked_for_again(world: World) -> None:
    value = label(own(world, generation=4))
    other = label(own(world, generation=5))
    with product(world) as session:
        key, unmet = intern(session, value), intern(session, other)
        label_values(session, [key, unmet])  # known to this process from now on
        with counted(world.engine) as sent:
            met_label(session, key, value.digest)
            assert label_value(session, key) == value
            met_label(session, key, other.digest)  # what was met first holds: a key means one label for ever
            assert label_value(session, key) == value
            assert sent == []
            assert label_value(session, unmet) == other
        assert len(sent) == 1
        labelling._by_digest.clear()
        session.info.pop("labels_met")
        met_label(session, key, value.digest)
        assert label_value(session, key) == value


def test_more_than_a_process_can_remember_is_forgotten(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked for is told all the same, known or not."""
    with product(world) as session:
        values = [label(own(world, generation=one)) for one in range(1, 5)]
        keys = [intern(session, value) for value in values]
        monkeypatch.setattr(labelling, "_MOST_REMEMBERED", 1)
        labelling._by_digest.clear()
        for asked, remembered in ((keys[:1], 1), (keys[:2], 2), (keys, 2)):
            assert label_values(session, asked) == dict(zip(asked, values, strict=False))
            assert len(labelling._by_digest) == remembered


def test_a_process_remembers_tens_of_thousands_of_labels() -> None:
    assert (labelling._FEW, labelling._MOST_REMEMBERED) == (500, 50_000)


def test_a_label_few_or_many_is_read_with_all_its_clauses_and_no_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is known already is not read again, unless so much is missing that one question is simpler."""
    first, second = label(own(world)), label(own(world), everyones(), of_the_process(world))
    with product(world) as session:
        keys = [intern(session, first), intern(session, second)]
        for few in (0, 1, 2):
            monkeypatch.setattr(labelling, "_FEW", few)
            labelling._by_digest.clear()
            label_values(session, keys[:1])
            assert label_values(session, keys) == dict(zip(keys, [first, second], strict=True))


def test_the_labels_of_a_process_are_those_with_a_clause_of_it(world: World) -> None:
    with product(world) as session:
        values = [label(own(world, generation=7)), label(own(world, generation=8), everyones())]
        keys = [intern(session, value) for value in values]
        elsewhere = intern(session, label(everyones()))
        labelling._by_digest.clear()
        with counted(world.engine) as sent:
            found = labels_of_process(session, world.process)
            assert len(sent) == 2
        assert {key: found[key] for key in keys} == dict(zip(keys, values, strict=True))
        assert elsewhere not in found
        assert labels_of_process(session, everyones().process) == {
            keys[1]: values[1],
            elsewhere: label(everyones()),
        }
        assert labels_of_process(session, uuid4()) == {}


# --- what a session has just labelled it may read ----------------------------------------------------------------


def readable(engine: Engine, reader: int) -> set[int]:
    with engine.connect() as connection:
        table = table_of(ReadableLabel)
        return set(connection.execute(select(table.c.label_id).where(table.c.viewer_id == reader)).scalars())


def epoch_of(engine: Engine, reader: int) -> int:
    with engine.connect() as connection:
        return connection.execute(select(ReaderKey.epoch).where(ReaderKey.id == reader)).scalar_one()


def test_a_reader_reads_at_once_what_it_has_labelled(world: World) -> None:
    worlds.keep(world, "officer")
    worlds.keep(world, "coordinator", track=world.network)
    officer, coordinator = world.viewer("officer"), world.viewer("coordinator")
    mine = label(clauses_of(world, world.government, generation=7))
    before = {one.id: epoch_of(world.engine, one.id) for one in (officer, coordinator)}
    with reading_as(world.engine, officer, writes=True) as session:
        key = intern(session, mine)
        others = intern(session, label(clauses_of(world, world.network, generation=7)))
        session.commit()
    assert {key, others} & readable(world.engine, officer.id) == {key}
    assert {key, others} & readable(world.engine, coordinator.id) == set()
    assert epoch_of(world.engine, officer.id) == 0
    assert epoch_of(world.engine, coordinator.id) == before[coordinator.id] > 0
    assert world.viewer("officer").id == officer.id
    assert epoch_of(world.engine, officer.id) > 0
    with reading_as(world.engine, officer, writes=True) as session:
        assert intern(session, mine) == key
        session.commit()
    assert epoch_of(world.engine, officer.id) > 0


def test_past_the_filter_the_acting_reader_still_reads_what_is_labelled(world: World) -> None:
    worlds.keep(world, "officer")
    officer = world.viewer("officer")
    with reading_as(world.engine, officer, writes=True) as session:
        with system_access(session, Reason.LABELLING) as system:
            key = intern(system, label(clauses_of(world, world.government, generation=7)))
        session.commit()
    assert key in readable(world.engine, officer.id)


# --- giving a thing its label ---------------------------------------------------------------------------------


def test_a_thing_has_its_own_clauses_and_its_containers(world: World) -> None:
    with product(world) as session:
        made = put(session, body(world), [own(world)], container=the_process(session, world))
        assert value_of(session, made) == {own(world)}  # who is a member is a participant
        assert label_value(session, made.own_label_id).clauses == {own(world)}
        assert made.widened is False
        plain = put(session, body(world))
        assert value_of(session, plain) == {of_the_process(world)}
        assert plain.own_label_id is None
        both = put(session, body(world), iter([clauses_of(world, world.government)]))
        assert value_of(session, both) == {clauses_of(world, world.government), of_the_process(world)}


def test_a_thing_is_opened_beyond_its_container_only_expressly(world: World) -> None:
    with product(world) as session:
        made = put(session, body(world), [everyones()], widened=True)
        assert value_of(session, made) == {everyones()}
        assert made.widened is True
        assert value_of(session, put(session, body(world), [everyones()])) == {of_the_process(world)}


def test_a_thing_says_who_may_read_it(world: World) -> None:
    person = Person(id=uuid4())
    with product(world) as session:
        session.add(person)
        session.flush()
        letter = {"person_id": person.id, "hat": "nobody", "role": RoleName.OFFICER, "since": worlds.APPOINTED}
        with pytest.raises(LabelRefused, match="say who may read this"):
            attach(session, Appointment(**letter))
        with pytest.raises(LabelRefused, match="say who may read this"):
            attach(session, body(world), widened=True)
        assert value_of(session, put(session, Appointment(**letter), [own(world)])) == {own(world)}


def test_the_container_is_the_one_the_thing_points_to(world: World) -> None:
    with product(world) as session:
        first, second = put(session, body(world), [own(world)]), put(session, body(world))
        ways: list[tuple[dict[str, Any], Body | None]] = [
            ({"body_id": first.id}, None),
            ({"body": first}, None),
            ({}, first),
            ({"body_id": first.id}, first),
        ]
        for pointing, container in ways:
            thing = put(session, BodyMembership(name_text="x", **pointing), container=container)
            assert (thing.body_id, value_of(session, thing)) == (first.id, {own(world)})
        with pytest.raises(ValueError, match="stands in something else"):
            attach(session, BodyMembership(body_id=first.id, name_text="x"), container=second)
        with pytest.raises(ValueError, match="stands in something else"):
            attach(session, BodyMembership(body_id=first.id, name_text="x"), container=the_process(session, world))
        with pytest.raises(ValueError, match="names no container"):
            attach(session, Appointment(), [own(world)], container=first)


def test_a_container_with_a_key_of_its_own_name_needs_not_be_written_yet(world: World) -> None:
    """Things made together are labelled before anything is flushed."""
    with product(world) as session:
        above = body(world)
        attach(session, above, [own(world)])
        inside = BodyMembership(body=above, name_text="x")
        attach(session, inside)
        assert value_of(session, inside) == {own(world)}
        assert not inspect(above).persistent
        session.flush()
        assert inside.body_id == above.id


def test_a_meeting_stands_in_its_body_or_else_in_its_process(world: World) -> None:
    with product(world) as session:
        closed: Body = put(session, body(world), [own(world)])

        def meeting(**fields: Any) -> Meeting:
            return Meeting(process_id=world.process, track_id=world.government, title=LocalText.of("m"), **fields)

        assert value_of(session, put(session, meeting())) == {of_the_process(world)}
        assert value_of(session, put(session, meeting(body_id=closed.id))) == {own(world)}
        assert value_of(session, put(session, meeting(body=closed))) == {own(world)}
        assert value_of(session, put(session, meeting(body_id=closed.id), container=closed)) == {own(world)}
        assert value_of(session, put(session, meeting(), container=the_process(session, world))) == {
            of_the_process(world)
        }
        with pytest.raises(ValueError, match="something else"):
            attach(session, meeting(body_id=closed.id), container=the_process(session, world))
        in_body, in_process = meeting(body_id=closed.id), meeting()
        for one in (in_body, in_process):
            put(session, one)
        assert container_of(in_body) is closed
        assert container_of(in_process) is the_process(session, world)
        assert in_body in list(contents(session, closed))
        inside = {one.id for one in contents(session, the_process(session, world)) if isinstance(one, Meeting)}
        assert in_process.id in inside
        assert in_body.id not in inside


def test_what_stands_in_another_thing_of_the_same_key_is_not_inside(world: World, tree: Tree) -> None:
    """Keys are unique within a kind alone."""
    with product(world) as session:
        namesake = put(session, body(world, id=world.process))
        assert list(contents(session, namesake)) == []
        relabel(session, namesake, [own(world)], why="raised")
    assert tree.labels()["body"] == {of_the_process(world)}


def test_nothing_is_put_into_what_its_reader_may_not_see(world: World) -> None:
    worlds.join(world, "member", StandingKind.MEMBER)
    with product(world) as session:
        hidden = put(session, body(world), [clauses_of(world, world.network)]).id
        seen = put(session, body(world)).id
    with reading_as(world.engine, world.viewer("member"), writes=True) as session:
        for gone in (hidden, uuid4()):
            with pytest.raises(LabelRefused, match="not there"):
                attach(session, BodyMembership(body_id=gone, name_text="x"))
        attach(session, BodyMembership(body_id=seen, name_text="x"))
        session.commit()


def test_a_thing_knows_its_key_as_soon_as_it_is_labelled(world: World) -> None:
    with product(world) as session:
        made = body(world)
        attach(session, made)
        assert isinstance(made.id, UUID)
        assert made in session.new
        known = body(world, id=uuid4())
        key = known.id
        attach(session, known)
        assert known.id == key


def test_attaching_does_not_write_what_still_waits_for_its_label(world: World) -> None:
    with product(world) as session:
        above = put(session, body(world))
        waiting = BodyMembership(body_id=above.id, name_text="x")
        session.add(waiting)
        attach(session, ProcessText(process_id=world.process, kind="goals", body=LocalText.of("x")))
        attach(session, waiting)
        session.flush()


# --- what is forgotten is refused -------------------------------------------------------------------------------


def test_a_labelled_row_is_put_in_by_attach_alone(world: World) -> None:
    with product(world) as session:
        made = body(world, label_id=1)
        session.add(made)
        with pytest.raises(LabelForgotten, match="Body is put in by attach"):
            session.flush()
        session.expunge(made)


@pytest.mark.parametrize("field", ["label_id", "own_label_id", "widened", "made_in_generation"])
def test_a_label_is_changed_by_relabel_alone(world: World, field: str) -> None:
    with product(world) as session:
        key = put(session, body(world)).id
        other = intern(session, label(everyones()))
    with product(world) as session:
        thing = session.get_one(Body, key)
        setattr(thing, field, True if field == "widened" else other)
        with pytest.raises(LabelForgotten, match="label of a Body"):
            session.flush()
        session.expire(thing)


def test_what_a_transaction_knows_of_containers_ends_with_it(world: World, tree: Tree) -> None:
    """The next one waits again for whoever relabels, and reads the container's label anew."""
    with Session(world.engine) as outer, system_access(outer, Reason.REFERENCE) as session:
        within = body(world)
        put(session, within, [own(world)])
        assert session.info["attaching"]
        session.rollback()
        assert not {"attaching", "container_read"} & session.info.keys()


@pytest.mark.parametrize("by_key", [True, False])
def test_who_changes_the_container_says_so(world: World, by_key: bool) -> None:
    with product(world) as session:
        first, second = put(session, body(world)), put(session, body(world))
        key = put(session, BodyMembership(body_id=first.id, name_text="x")).id
        target = second.id
    with product(world) as session:
        thing = session.get_one(BodyMembership, key)
        if by_key:
            thing.body_id = target
        else:
            thing.body = session.get_one(Body, target)
        with pytest.raises(LabelForgotten, match="BodyMembership that changes its container"):
            session.flush()
        session.expire(thing)


def test_other_changes_of_a_row_are_nobodys_matter(world: World) -> None:
    with product(world) as session:
        key = put(session, body(world)).id
        session.add(Participant(key="x", kind=ParticipantKind.STATE))
    with product(world) as session:
        thing = session.get_one(Body, key)
        thing.kind = "other"
        thing.label_id = thing.label_id
        participant = session.scalars(select(Participant)).one()
        participant.iso = "XX"
        session.flush()
        assert session.get_one(Body, key).kind == "other"


# --- relabelling ----------------------------------------------------------------------------------------------


class Tree:
    """A body in the process, a membership and a meeting in the body, and keys to find them again."""

    def __init__(self, world: World) -> None:
        self.world = world
        with product(world) as session:
            above = put(session, body(world))
            self.body = above.id
            self.membership = put(session, BodyMembership(body_id=above.id, name_text="x")).id
            self.narrow = put(
                session, BodyMembership(body_id=above.id, name_text="x"), [clauses_of(world, world.government)]
            ).id
            self.wide = put(session, BodyMembership(body_id=above.id, name_text="x"), [everyones()], widened=True).id

    def labels(self) -> dict[str, AbstractSet[Clause]]:
        with product(self.world) as session:
            return {
                "body": value_of(session, session.get_one(Body, self.body)),
                **{
                    name: value_of(session, session.get_one(BodyMembership, getattr(self, name)))
                    for name in ("membership", "narrow", "wide")
                },
            }

    def history(self, name: str) -> list[tuple[AbstractSet[Clause], str]]:
        kind = Body if name == "body" else BodyMembership
        with product(self.world) as session:
            thing: Any = session.get_one(kind, getattr(self, name))
            return [(one.label.clauses, one.why) for one in label_history(session, thing)]


@pytest.fixture
def tree(world: World) -> Tree:
    return Tree(world)


def test_what_is_inside_follows(world: World, tree: Tree) -> None:
    with product(world) as session:
        relabel(session, session.get_one(Body, tree.body), iter([own(world)]), why="decided")
        assert session.get_one(Body, tree.body).own_label_id is not None
    named = clauses_of(world, world.government)
    assert tree.labels() == {
        "body": {own(world)},
        "membership": {own(world)},
        "narrow": {named, own(world)},
        "wide": {everyones()},
    }
    assert tree.history("body") == [({of_the_process(world)}, "made"), ({own(world)}, "decided")]
    assert tree.history("membership") == [({of_the_process(world)}, "made"), ({own(world)}, "decided")]
    assert tree.history("wide") == [({everyones()}, "made")]


def test_relabelling_reaches_what_is_inside_of_what_is_inside(world: World, tree: Tree) -> None:
    with product(world) as session:
        relabel(session, the_process(session, world), [own(world)], why="all")
    assert tree.labels()["membership"] == {own(world)}
    with product(world) as session:
        assert value_of(session, session.get_one(Track, world.network)) == {own(world)}


def test_relabelling_can_leave_a_thing_to_its_container(world: World, tree: Tree) -> None:
    with product(world) as session:
        relabel(session, session.get_one(Body, tree.body), [own(world)], why="raised")
        relabel(session, session.get_one(Body, tree.body), [], why="lowered")
        session.expire_all()
        assert session.get_one(Body, tree.body).own_label_id is None
    assert tree.labels()["body"] == {of_the_process(world)}
    assert tree.labels()["membership"] == {of_the_process(world)}


def test_relabelling_opens_beyond_the_container_only_expressly(world: World, tree: Tree) -> None:
    with product(world) as session:
        relabel(session, session.get_one(Body, tree.body), [everyones()], why="no")
    assert tree.labels()["body"] == {of_the_process(world)}
    with product(world) as session:
        relabel(session, session.get_one(Body, tree.body), [everyones()], why="yes", widened=True)
        session.expire_all()
        assert session.get_one(Body, tree.body).widened is True
    assert tree.labels() == {
        "body": {everyones()},
        "membership": {everyones()},
        "narrow": {clauses_of(world, world.government)},
        "wide": {everyones()},
    }
    with product(world) as session:
        relabel(session, session.get_one(Body, tree.body), [own(world)], why="back")
        session.expire_all()
        assert session.get_one(Body, tree.body).widened is False
        with pytest.raises(LabelRefused, match="say who"):
            relabel(session, session.get_one(Body, tree.body), [], why="nobody", widened=True)


def test_nothing_is_written_where_the_label_stays(world: World, tree: Tree) -> None:
    with product(world) as session:
        relabel(session, session.get_one(Body, tree.body), [of_the_process(world)], why="same")
        session.expire_all()
        assert session.get_one(Body, tree.body).own_label_id is not None
    assert tree.history("body") == [({of_the_process(world)}, "made")]


def test_who_changed_it_and_why_stays_on_record(world: World, tree: Tree) -> None:
    worlds.keep(world, "officer")
    officer = world.viewer("officer")
    earlier = clock.now()
    with reading_as(world.engine, officer, writes=True) as session:
        relabel(session, session.get_one(Body, tree.body), [own(world)], why="the members agreed")
        with system_access(session, Reason.LABELLING) as system:
            attach(system, BodyMembership(body_id=tree.body, name_text="x"))
        session.commit()
    with product(world) as session:
        made, changed = label_history(session, session.get_one(Body, tree.body))
        assert (made.by_person, made.by_hat, made.why) == (None, "system", "made")
        assert (changed.by_person, changed.by_hat, changed.why) == (
            officer.person,
            str(officer.hat),
            "the members agreed",
        )
        assert earlier <= changed.at <= clock.now()
        rows = session.connection().execute(select(table_of(LabelChange)).order_by(LabelChange.id)).all()
        of_body = [row for row in rows if row.thing_id == tree.body]
        assert [row.thing_kind for row in of_body] == ["bodies", "bodies"]
        assert of_body[0].old_label_id is None
        assert of_body[1].old_label_id == of_body[0].new_label_id != of_body[1].new_label_id
        assert rows[-1].by_person_id == officer.person
        assert rows[-1].thing_kind == "body_memberships"


def test_of_what_is_by_nobody_neither_who_nor_the_hour_is_kept(world: World) -> None:
    worlds.keep(world, "officer")
    with product(world) as session:
        meeting = put(session, Meeting(process_id=world.process, track_id=world.government, title=LocalText.of("m"))).id
    with reading_as(world.engine, world.viewer("officer"), writes=True) as session:
        note = MeetingNote(meeting_id=meeting)
        attach(session, note)
        session.flush()
        key = note.id
        relabel(session, note, [own(world)], why="circulated")
        session.commit()
    with product(world) as session:
        made, changed = label_history(session, session.get_one(MeetingNote, key))
        for one in (made, changed):
            assert (one.by_person, one.by_hat) == (None, "nobody")
            assert one.at == clock.day_began()
        assert (made.why, changed.why) == ("made", "circulated")


def test_the_label_of_a_day_is_told(world: World, tree: Tree) -> None:
    with product(world) as session:
        first = label_history(session, session.get_one(Body, tree.body))[0].at
        relabel(session, session.get_one(Body, tree.body), [own(world)], why="later")
    with product(world) as session:
        thing = session.get_one(Body, tree.body)
        second = label_history(session, thing)[1].at
        assert second > first
        assert label_at(session, thing, first - timedelta(microseconds=1)) is None
        assert label_at(session, thing, first) == label(of_the_process(world))
        assert label_at(session, thing, second - timedelta(microseconds=1)) == label(of_the_process(world))
        assert label_at(session, thing, second) == label(own(world))
        assert label_at(session, thing, datetime(2999, 1, 1, tzinfo=UTC)) == label(own(world))


def test_each_way_past_the_filter_names_its_reason(world: World, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    named: list[Reason] = []

    def noted(session: Session, reason: Reason) -> Any:
        named.append(reason)
        return system_access(session, reason)

    monkeypatch.setattr(labelling, "system_access", noted)
    with product(world) as session:
        thing = session.get_one(Body, tree.body)
        relabel(session, thing, [own(world)], why="raised")
        renew(session, thing, why="anew")
        moved(session, thing, why="moved")
        would_be(session, thing, [], widened=False)
        label_history(session, thing)
    assert named == [Reason.LABELLING] * 4 + [Reason.HISTORY]


def test_the_history_of_a_thing_is_not_that_of_another_of_the_same_key(world: World) -> None:
    with product(world) as session:
        namesake = put(session, body(world, id=world.process), [own(world)])
        assert [one.label for one in label_history(session, namesake)] == [label(own(world))]
        process = the_process(session, world)
        assert [one.label for one in label_history(session, process)] == [label(of_the_process(world))]


def test_the_order_of_a_history_is_asked_for(world: World, tree: Tree) -> None:
    """Without it a database tells rows in the order it likes."""
    with product(world) as session:
        thing = session.get_one(Body, tree.body)
        with counted(world.engine) as sent:
            label_history(session, thing)
    (asked,) = (one for one in sent if "FROM label_changes" in one)
    assert asked.endswith("ORDER BY label_changes.id")


# --- shown before anything is written ---------------------------------------------------------------------------


def test_the_label_relabelling_would_give_is_told_and_nothing_written(world: World, tree: Tree) -> None:
    named = clauses_of(world, world.government)
    with product(world) as session:
        thing = session.get_one(Body, tree.body)
        assert would_be(session, thing, iter([named])) == label(named, of_the_process(world))
        assert would_be(session, thing, []) == label(of_the_process(world))
        assert would_be(session, thing, iter([named]), widened=True) == label(named)
        with pytest.raises(LabelRefused, match="say who"):
            would_be(session, thing, [], widened=True)
    assert len(tree.history("body")) == 1
    leave(world)
    with product(world) as session:
        newer = put(session, BodyMembership(body_id=tree.body, name_text="x"))
        assert would_be(session, newer, [named]) == label(named, of_the_process(world, 2))


def test_a_reader_is_told_what_relabelling_would_give_though_the_container_be_hidden(world: World) -> None:
    """As relabelling does: what it stands in counts, whoever asks."""
    worlds.join(world, "observer", StandingKind.OBSERVER)
    with product(world) as session:
        hidden = put(session, body(world), [own(world)])
        opened = put(
            session, BodyMembership(body_id=hidden.id, name_text="x"), [of_the_process(world)], widened=True
        ).id
    with reading_as(world.engine, world.viewer("observer")) as session:
        assert would_be(session, session.get_one(BodyMembership, opened), []) == label(own(world))


def test_the_label_a_new_thing_would_have_in_a_container_is_told(world: World, tree: Tree) -> None:
    named = clauses_of(world, world.government)
    leave(world)
    with product(world) as session:
        above = session.get_one(Body, tree.body)
        assert would_be_in(session, above, iter([named])) == label(named, of_the_process(world, 2))
        assert would_be_in(session, above, []) == label(of_the_process(world, 2))
        assert would_be_in(session, None, [named]) == label(named)
        with pytest.raises(LabelRefused, match="say who"):
            would_be_in(session, None, [])


@pytest.mark.parametrize("act", ["relabel", "renew", "moved"])
def test_what_is_relabelled_is_read_as_it_is_now(world: World, tree: Tree, act: str) -> None:
    """Loaded before; another transaction raised it meanwhile, and that stands in the history as what it was before."""
    with product(world) as session:
        raised = intern(session, label(clauses_of(world, world.government)))
    with product(world) as session:
        thing = session.get_one(Body, tree.body)
        table = table_of(Body)
        session.connection().execute(table.update().where(table.c.id == tree.body).values(label_id=raised))
        if act == "relabel":
            relabel(session, thing, [own(world)], why="now")
        elif act == "renew":
            renew(session, thing, why="now")
        else:
            moved(session, thing, why="now")
    with product(world) as session:
        of_body = select(LabelChange).where(LabelChange.why == "now", LabelChange.thing_id == tree.body)
        (change,) = session.scalars(of_body)
        assert change.old_label_id == raised


# --- moving ---------------------------------------------------------------------------------------------------


def test_what_moves_has_the_label_of_where_it_is(world: World, tree: Tree) -> None:
    with product(world) as session:
        target = put(session, body(world), [own(world)]).id
    with product(world) as session:
        for name in ("membership", "narrow", "wide"):
            thing = session.get_one(BodyMembership, getattr(tree, name))
            thing.body_id = target
            moved(session, thing, why="moved")
    assert tree.labels() == {
        "body": {of_the_process(world)},
        "membership": {own(world)},
        "narrow": {clauses_of(world, world.government), own(world)},
        "wide": {everyones()},
    }
    assert tree.history("membership")[-1] == ({own(world)}, "moved")
    assert len(tree.history("wide")) == 1


# --- generations ------------------------------------------------------------------------------------------------


def leave(world: World) -> None:
    """Somebody left who keeps what was addressed to it before."""
    with product(world) as session:
        the_process(session, world).generation += 1


def test_what_is_made_after_somebody_left_is_of_today(world: World, tree: Tree) -> None:
    leave(world)
    with product(world) as session:
        inside = put(session, BodyMembership(body_id=tree.body, name_text="x"))
        assert value_of(session, inside) == {of_the_process(world, 2)}
        assert value_of(session, put(session, body(world), [own(world)])) == {own(world), of_the_process(world, 2)}
        public = put(session, body(world), [everyones()], widened=True)
        assert value_of(session, put(session, BodyMembership(body_id=public.id, name_text="x"))) == {everyones()}
        later = put(session, body(world), [own(world, generation=5)], widened=True)
        assert value_of(session, put(session, BodyMembership(body_id=later.id, name_text="x"))) == {
            own(world, generation=5)
        }


def test_without_a_word_of_the_processes_generations_stay_as_they_are(
    world: World, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(world)
    monkeypatch.setattr(labelling, "generation_of", lambda _session, _process: None)
    with product(world) as session:
        assert value_of(session, put(session, BodyMembership(body_id=tree.body, name_text="x"))) == {
            of_the_process(world)
        }


def test_the_present_generation_is_told_by_the_processes(world: World) -> None:
    leave(world)
    with product(world) as session:
        assert labelling.generation_of is clauses._generation
        assert labelling.generation_of(session, world.process) == 2
        assert labelling.generation_of(session, uuid4()) is None


def test_relabelling_what_is_above_does_not_make_older_what_is_inside(world: World, tree: Tree) -> None:
    leave(world)
    with product(world) as session:
        newer = put(session, BodyMembership(body_id=tree.body, name_text="x")).id
        relabel(session, session.get_one(Body, tree.body), [own(world)], why="raised")
        session.expire_all()
        assert value_of(session, session.get_one(BodyMembership, newer)) == {own(world, generation=2)}
        assert value_of(session, session.get_one(BodyMembership, tree.membership)) == {own(world)}
        relabel(session, session.get_one(Body, tree.body), [everyones()], why="opened", widened=True)
        session.expire_all()
        assert value_of(session, session.get_one(BodyMembership, newer)) == {everyones()}


def open_to_all_and_leave(world: World, tree: Tree) -> None:
    """Everybody read the body when somebody left who keeps."""
    with product(world) as session:
        relabel(
            session, session.get_one(Body, tree.body), [Clause(world.process, Level.PUBLIC)], why="opened", widened=True
        )
    leave(world)


def test_what_was_raised_and_lowered_again_is_as_old_as_it_was(world: World, tree: Tree) -> None:
    """Who left and keeps reads again what it read before; what was made since does not come with it."""
    open_to_all_and_leave(world, tree)
    with product(world) as session:
        newer = put(session, BodyMembership(body_id=tree.body, name_text="x")).id
        relabel(session, session.get_one(Body, tree.body), [own(world, generation=2)], why="raised", widened=True)
        relabel(session, session.get_one(Body, tree.body), [], why="as its process")
        session.expire_all()
        assert value_of(session, session.get_one(BodyMembership, tree.membership)) == {of_the_process(world)}
        assert value_of(session, session.get_one(BodyMembership, newer)) == {of_the_process(world, 2)}


def test_what_says_something_new_is_made_anew(world: World, tree: Tree) -> None:
    """Also while everybody reads it: it stays of that day when what it stands in is closed."""
    open_to_all_and_leave(world, tree)
    with product(world) as session:
        member = session.get_one(BodyMembership, tree.membership)
        assert member.made_in_generation == 1
        renew(session, member, why="changed")
        relabel(session, session.get_one(Body, tree.body), [], why="closed")
        session.expire_all()
        assert value_of(session, session.get_one(BodyMembership, tree.membership)) == {of_the_process(world, 2)}


def test_what_is_opened_to_everyone_is_of_no_later_generation(world: World, tree: Tree) -> None:
    """Everyone is everyone, whoever left the process."""
    leave(world)
    public = Clause(world.process, Level.PUBLIC)
    with product(world) as session:
        newer = put(session, BodyMembership(body_id=tree.body, name_text="x")).id
        relabel(session, session.get_one(Body, tree.body), [public], why="opened", widened=True)
        session.expire_all()
        assert value_of(session, session.get_one(BodyMembership, newer)) == {public}


def test_the_generation_of_another_process_is_not_passed_on(world: World, tree: Tree) -> None:
    abroad = Clause(UUID(int=7), Level.MEMBERS, frozenset({UUID(int=8)}), generation=9)
    with product(world) as session:
        both = put(session, BodyMembership(body_id=tree.body, name_text="x"), [abroad]).id
        relabel(session, session.get_one(Body, tree.body), [own(world)], why="raised")
        session.expire_all()
        assert value_of(session, session.get_one(BodyMembership, both)) == {abroad, own(world)}


def test_relabelling_a_thing_does_not_make_it_older(world: World, tree: Tree) -> None:
    """It stands in something older than it; who left before it was made does not come to read it."""
    leave(world)
    with product(world) as session:
        newer = put(session, BodyMembership(body_id=tree.body, name_text="x"))
        named = clauses_of(world, world.government)
        relabel(session, newer, [named], why="named")
        session.expire_all()
        assert value_of(session, newer) == {named, of_the_process(world, 2)}
        relabel(session, newer, [], why="no more")
        session.expire_all()
        assert value_of(session, newer) == {of_the_process(world, 2)}
        moved(session, newer, why="stays")
        session.expire_all()
        assert value_of(session, newer) == {of_the_process(world, 2)}


def test_what_says_something_new_is_for_the_members_of_now(world: World, tree: Tree) -> None:
    with product(world) as session:
        renew(session, session.get_one(Body, tree.body), why="nobody left")
    assert len(tree.history("body")) == 1
    with product(world) as session:
        relabel(session, session.get_one(Body, tree.body), [own(world)], why="raised")
    leave(world)
    with product(world) as session:
        renew(session, session.get_one(Body, tree.body), why="written anew")
    renewed = {own(world, generation=2)}
    assert tree.labels() == {
        "body": renewed,
        "membership": renewed,
        "narrow": {clauses_of(world, world.government), *renewed},
        "wide": {everyones()},
    }
    assert tree.history("body")[-1] == (renewed, "written anew")
    with product(world) as session:
        thing = session.get_one(Body, tree.body)
        assert label_value(session, thing.own_label_id or 0).clauses == renewed
        renew(session, thing, why="again")
    assert len(tree.history("body")) == 3


def test_what_stands_in_nothing_is_made_anew_as_well(world: World) -> None:
    """There is no container whose process could tell the generation; its own clauses do."""
    leave(world)
    with product(world) as session:
        process = the_process(session, world)
        assert process.made_in_generation == 1
        renew(session, process, why="written anew")
        session.expire_all()
        assert the_process(session, world).made_in_generation == 2


def test_what_is_for_a_process_that_is_not_there_is_made_anew_as_it_is(world: World, tree: Tree) -> None:
    """It has no generation that could have passed."""
    abroad = Clause(UUID(int=7), Level.MEMBERS, frozenset({UUID(int=8)}))
    leave(world)
    with product(world) as session:
        both = put(session, BodyMembership(body_id=tree.body, name_text="x"), [abroad])
        renew(session, both, why="written anew")
        session.expire_all()
        assert value_of(session, both) == {abroad, of_the_process(world, 2)}


def test_renewing_takes_away_the_clauses_named(world: World, tree: Tree) -> None:
    draft = clauses_of(world, world.government)
    with product(world) as session:
        relabel(session, session.get_one(Body, tree.body), [own(world), draft], why="draft")
        renew(session, session.get_one(Body, tree.body), why="announced", without=[draft])
        session.expire_all()
        assert value_of(session, session.get_one(Body, tree.body)) == {own(world)}
        relabel(session, session.get_one(Body, tree.body), [draft], why="draft")
        renew(session, session.get_one(Body, tree.body), why="announced", without=frozenset({draft}))
        session.expire_all()
        assert session.get_one(Body, tree.body).own_label_id is None
    assert tree.labels()["body"] == {of_the_process(world)}
    with product(world) as session:
        wide = session.get_one(BodyMembership, tree.wide)
        renew(session, wide, why="stays wide")
        with pytest.raises(LabelRefused, match="say who"):
            renew(session, wide, why="nobody", without=[everyones()])
    assert tree.labels()["wide"] == {everyones()}


def test_renewing_keeps_what_the_label_was_but_for_its_own_clauses(world: World, tree: Tree) -> None:
    """The own clauses change though the label as a whole does not: that is kept too."""
    with product(world) as session:
        relabel(session, session.get_one(Body, tree.body), [of_the_process(world)], why="said again")
        renew(session, session.get_one(Body, tree.body), why="left out", without=[of_the_process(world)])
        session.expire_all()
        assert session.get_one(Body, tree.body).own_label_id is None


# --- what is there ----------------------------------------------------------------------------------------------


def test_every_labelled_kind_is_known_in_a_constant_order() -> None:
    kinds = labelled_kinds()
    names = [kind.__name__ for kind in kinds]
    assert names == sorted(names)
    assert {Body, BodyMembership, Process, Meeting, ContactCard, ContactNumber} <= set(kinds)
    assert not {Person, Participant, Label} & set(kinds)


def test_what_stands_in_nothing_has_no_container(world: World) -> None:
    with product(world) as session:
        assert container_of(the_process(session, world)) is None
        assert container_of(session.get_one(Track, world.network)) is the_process(session, world)


# --- on PostgreSQL several write at once -------------------------------------------------------------------------


@pytest.fixture
def locks(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, int]]]:
    """As on PostgreSQL: the advisory locks that are taken, in order."""
    taken: list[tuple[str, int]] = []
    raw = world.engine.raw_connection()
    held: Any = raw.driver_connection
    raw.close()
    for name in LOCKS:
        held.create_function(name, 1, lambda number, name=name: taken.append((name, number)))
    monkeypatch.setattr(labelling, "is_postgresql", lambda connection: connection is not None)
    yield taken
    for name in LOCKS:
        held.create_function(name, 1, None)


LOCKS = ("pg_advisory_xact_lock_shared", "pg_advisory_xact_lock")
SHARED, ALONE = ((name, 0x5EC7) for name in LOCKS)


def test_who_attaches_waits_for_who_relabels_once_a_transaction(world: World, locks: list[tuple[str, int]]) -> None:
    with product(world) as session:
        above = put(session, body(world))
        assert locks == [SHARED]
        put(session, BodyMembership(body_id=above.id, name_text="x"))
        assert locks == [SHARED]
        point = session.begin_nested()
        point.commit()
        put(session, BodyMembership(body_id=above.id, name_text="x"))
        assert locks == [SHARED]
    with product(world) as session:
        put(session, body(world))
    assert locks == [SHARED, SHARED]


def test_who_relabels_moves_or_renews_is_alone(world: World, tree: Tree, locks: list[tuple[str, int]]) -> None:
    locks.clear()
    with product(world) as session:
        relabel(session, session.get_one(Body, tree.body), [own(world)], why="raised")
    assert locks == [ALONE]
    with product(world) as session:
        moved(session, session.get_one(Body, tree.body), why="moved")
    assert locks == [ALONE] * 2
    with product(world) as session:
        renew(session, session.get_one(Body, tree.body), why="nothing to do")
    assert locks == [ALONE] * 2
    leave(world)
    with product(world) as session:
        renew(session, session.get_one(Body, tree.body), why="anew")
    assert locks == [ALONE] * 3


def test_on_sqlite_no_lock_is_taken(world: World, tree: Tree) -> None:
    with product(world) as session:
        relabel(session, session.get_one(Body, tree.body), [own(world)], why="raised")  # there is no such function


def test_a_container_is_labelled_as_of_now(world: World, tree: Tree, locks: list[tuple[str, int]]) -> None:
    """It was loaded before this transaction had the lock; somebody may have raised it since."""
    with product(world) as session:
        raised = intern(session, label(own(world)))
    with product(world) as session:
        above = session.get_one(Body, tree.body)
        bodies = table_of(Body)
        session.connection().execute(bodies.update().where(bodies.c.id == tree.body).values(label_id=raised))
        with counted(world.engine) as sent:
            attach(session, BodyMembership(body_id=tree.body, name_text="x"), container=above)
            assert sum("SELECT bodies.label_id" in one for one in sent) == 1
            inside = BodyMembership(body_id=tree.body, name_text="x")
            attach(session, inside)
            assert sum("SELECT bodies.label_id" in one for one in sent) == 1
        assert above.label_id == raised
        assert above not in session.dirty
        assert value_of(session, inside) == {own(world)}
    with product(world) as session, counted(world.engine) as sent:
        attach(session, BodyMembership(body_id=tree.body, name_text="x"))
        assert sum("SELECT bodies.label_id" in one for one in sent) == 1  # another transaction asks again


def raise_behind(session: SystemSession, kind: type[Any], key: UUID, clause: Clause) -> None:
    """As another transaction does meanwhile: the objects of this session do not know."""
    table, raised = table_of(kind), intern(session, label(clause))
    values = {"label_id": raised, "own_label_id": raised}
    session.connection().execute(table.update().where(table.c.id == key).values(values))


@pytest.mark.parametrize("act", ["relabelled", "moved"])
def test_what_is_relabelled_or_moved_stands_in_its_container_as_of_now(world: World, tree: Tree, act: str) -> None:
    with product(world) as session:
        above, inside = session.get_one(Body, tree.body), session.get_one(BodyMembership, tree.membership)
        raise_behind(session, Body, above.id, own(world))
        if act == "relabelled":
            relabel(session, inside, [of_the_process(world)], why="a test")
        else:
            moved(session, inside, why="a test")
        assert value_of(session, inside) == {own(world)}


def test_what_stands_inside_keeps_the_label_it_has_now_when_its_container_is_relabelled(
    world: World, tree: Tree
) -> None:
    with product(world) as session:
        inside = session.get_one(BodyMembership, tree.membership)
        raise_behind(session, BodyMembership, inside.id, clauses_of(world, world.government))
        relabel(session, session.get_one(Body, tree.body), [own(world)], why="a test")
        assert clauses_of(world, world.government) in value_of(session, inside)


def test_a_container_that_is_gone_is_not_there(world: World, tree: Tree, locks: list[tuple[str, int]]) -> None:
    with product(world) as session:
        above = put(session, body(world))
        session.flush()
        session.connection().execute(table_of(Body).delete().where(table_of(Body).c.id == above.id))
        session.info.pop("attached")
        with pytest.raises(LabelRefused, match="not there"):
            attach(session, BodyMembership(name_text="x"), container=above)
