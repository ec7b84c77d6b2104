"""A session reads with one pair of eyes; the one way past them is named; what cannot be narrowed is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, bindparam, delete, event, func, insert, inspect, literal, select, text, update
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    InvalidRequestError,
    PendingRollbackError,
    StatementError,
)
from sqlalchemy.orm import Session, aliased, joinedload, selectinload
from sqlalchemy.orm.exc import ObjectDeletedError

from secretariat.core import session as core_session
from secretariat.core.database import table_of
from secretariat.core.labelling import attach
from secretariat.core.localtext import LocalText
from secretariat.core.models import LabelChange, RightsState
from secretariat.core.repeated import ask, built_once
from secretariat.core.session import (
    SQL_OBSERVERS,
    Reason,
    SystemSession,
    UnfilteredStatement,
    ViewerSession,
    looking_as,
    reading_as,
    reading_on,
    system_access,
    system_row,
    system_unit,
)
from secretariat.core.viewer import anonymous
from secretariat.processes.models import (
    Body,
    BodyMembership,
    Participant,
    ParticipantKind,
    Process,
    ProcessText,
    StandingKind,
)
from tests.access.test_labelling import body, counted, of_the_process, own, product
from tests.security import worlds
from tests.security.worlds import World, put
from tests.support.sql import statements_sent


class Scene:
    """A member who reads all, an observer who does not, a body hidden from the observer with a membership in it."""

    def __init__(self, world: World) -> None:
        self.world, self.engine = world, world.engine
        worlds.join(world, "member", StandingKind.MEMBER)
        worlds.join(world, "observer", StandingKind.OBSERVER)
        with product(world) as session:
            above = put(session, body(world), [own(world)])
            self.hidden, self.seen = above.id, put(session, body(world)).id
            self.inside = put(session, BodyMembership(body_id=self.hidden, name_text="hidden")).id
            shown = BodyMembership(body_id=self.seen, name_text="seen")
            self.shown = put(session, shown).id
        self.member, self.observer = world.viewer("member"), world.viewer("observer")

    def reading(self, who: str = "observer", *, writes: bool = False) -> ViewerSession:
        return reading_as(self.engine, getattr(self, who), writes=writes)


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene(world)


def bodies(session: Session) -> set[UUID]:
    return set(session.scalars(select(Body.id)))


# --- one pair of eyes -------------------------------------------------------------------------------------------


def test_a_session_reads_what_its_reader_may_read(scene: Scene) -> None:
    with scene.reading("member") as session:
        assert bodies(session) == {scene.hidden, scene.seen}
        assert session.viewer is scene.member
    with scene.reading() as session:
        assert bodies(session) == {scene.seen}
        assert session.get(Body, scene.hidden) is None
        assert session.viewer is scene.observer
        with pytest.raises(AttributeError):
            session.viewer = scene.member  # type: ignore[misc]
    with reading_as(scene.engine, anonymous(scene.observer.on)) as session:
        assert bodies(session) == set()


def test_relationships_columns_aliases_and_joins_are_narrowed(scene: Scene) -> None:
    other = aliased(Body)
    with scene.reading() as session:
        assert set(session.scalars(select(other.id))) == {scene.seen}
        assert session.execute(select(Body.id, BodyMembership.name_text).join(Body.memberships)).all() == [
            (scene.seen, "seen")
        ]
        loaded = session.scalars(select(Body).options(selectinload(Body.memberships))).all()
        assert [[one.name_text for one in each.memberships] for each in loaded] == [["seen"]]
        assert session.scalars(select(BodyMembership.name_text)).all() == ["seen"]
        process = session.scalars(select(Process)).one()
        assert [track.process_id for track in process.tracks] == [process.id, process.id]


def test_the_filter_goes_on_to_joined_loads(scene: Scene) -> None:
    """A membership one may read, in a body one may not."""
    with product(scene.world) as session:
        everyone = put(
            session,
            BodyMembership(body_id=scene.hidden, name_text="told"),
            [of_the_process(scene.world)],
            widened=True,
        ).id
    observer = scene.world.viewer("observer")
    with reading_as(scene.engine, observer) as session:
        told = session.scalars(
            select(BodyMembership).where(BodyMembership.id == everyone).options(joinedload(BodyMembership.body))
        ).one()
        assert told.name_text == "told"
        assert getattr(told, "body", "unread") is None
    with reading_as(scene.engine, observer) as session:
        assert session.get_one(BodyMembership, everyone).body is None


def test_what_is_read_again_is_narrowed_again(scene: Scene) -> None:
    """Whose label changed since is not there any more, in a session that is open."""
    with scene.reading(writes=True) as session:
        thing = session.get_one(Body, scene.seen)
        with system_access(session, Reason.LABELLING) as system:
            above = system.get_one(Body, scene.seen)
            hidden = system.get_one(Body, scene.hidden)
            moved_to = hidden.label_id
            assert above.label_id != moved_to
            table = table_of(Body)
            system.connection().execute(table.update().where(table.c.id == scene.seen).values(label_id=moved_to))
        with pytest.raises(InvalidRequestError, match="Could not refresh"):
            session.refresh(thing)
        session.expire(thing)
        with pytest.raises(ObjectDeletedError, match="otherwise not present"):
            thing.kind  # noqa: B018


def test_unlabelled_rows_are_read_again_as_they_are(scene: Scene) -> None:
    with product(scene.world) as session:
        session.add(Participant(key="one", kind=ParticipantKind.STATE))
    with scene.reading() as session:
        one = session.scalars(select(Participant).where(Participant.key == "one")).one()
        session.expire(one)
        assert one.key == "one"
        seen = session.get_one(Body, scene.seen)
        session.expire(seen, ["kind"])
        assert seen.kind == "working_group"
        session.refresh(seen)
        assert seen.kind == "working_group"


def test_the_filter_is_put_in_once(scene: Scene) -> None:
    with scene.reading() as session:
        statement = select(Body).options(core_session._FILTER)
        with counted(scene.engine) as sent:
            session.scalars(statement).all()
            session.scalars(select(Body)).all()
        assert [one.count("readable_labels.viewer_id") for one in sent if "FROM bodies" in one] == [1, 1]
        assert statement not in core_session._narrowed  # kept as its own, it would be kept for ever


OF_BODIES = select(Body.id).order_by(Body.id)
"""A statement that is built once, as those of features are."""


def test_a_statement_built_once_is_narrowed_for_each_reader(scene: Scene) -> None:
    """What was worked out for one reader holds nothing of it."""
    for who, expected in 2 * [("member", {scene.hidden, scene.seen}), ("observer", {scene.seen})]:
        with scene.reading(who) as session:
            for _ in range(3):
                assert set(session.scalars(OF_BODIES)) == expected
                assert set(session.execute(OF_BODIES).scalars()) == expected
                assert session.execute(OF_BODIES, None).scalars().all() == sorted(expected)
    assert OF_BODIES in core_session._short_way
    with reading_as(scene.engine, anonymous(scene.observer.on)) as session:
        assert session.scalars(OF_BODIES).all() == []
    with product(scene.world) as own_unit:
        assert set(own_unit.scalars(OF_BODIES)) == {scene.hidden, scene.seen}


def test_a_statement_is_narrowed_once_for_all_readers(scene: Scene) -> None:
    statement = select(Body)
    with scene.reading("member") as session:
        assert len(session.scalars(statement).all()) == 2
        narrowed = core_session._narrowed[statement]
    with scene.reading() as session:
        assert [one.id for one in session.scalars(statement)] == [scene.seen]
    assert core_session._narrowed[statement] is narrowed


def test_what_was_narrowed_goes_the_short_way_unless_it_is_asked_with_options(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    columns = core_session._columns

    def noted(*given: Any) -> Any:
        asked.append(given)
        return columns(*given)

    monkeypatch.setattr(core_session, "_columns", noted)
    with scene.reading() as session:
        with counted(scene.engine) as sent:
            for _ in range(3):
                assert session.execute(OF_BODIES).scalars().all() == [scene.seen]
        assert (len(asked), len(sent)) == (1, 3)
        assert session.execute(OF_BODIES, execution_options={"a": "word"}).scalars().all() == [scene.seen]
        assert len(asked) == 2
        with pytest.raises(ArgumentError, match="Textual SQL"):
            session.execute("SELECT 1")  # type: ignore[call-overload]


ONE_BODY = select(Body.id).where(Body.id == bindparam("wanted"))


def test_parameters_are_given_and_the_reader_is_never_theirs_to_give(scene: Scene) -> None:
    with scene.reading() as session:
        for _ in range(2):
            assert session.execute(ONE_BODY, {"wanted": scene.seen}).scalars().all() == [scene.seen]
            assert session.execute(ONE_BODY, {"wanted": scene.hidden}).scalars().all() == []
            forged = {"wanted": scene.hidden, "reader_of_labels": scene.member.id}
            assert session.execute(ONE_BODY, forged).scalars().all() == []
            with pytest.raises(UnfilteredStatement, match="one set of parameters"):
                session.execute(ONE_BODY, [{"wanted": scene.seen}])
        options = {"populate_existing": True}
        assert session.execute(ONE_BODY, {"wanted": scene.hidden}, execution_options=options).all() == []
        assert session.execute(ONE_BODY, {"wanted": scene.seen}, execution_options=options).all() == [(scene.seen,)]
    with scene.reading("member") as session:
        assert session.execute(ONE_BODY, {"wanted": scene.hidden}).scalars().all() == [scene.hidden]
    with pytest.raises(StatementError, match="reader_of_labels"):
        narrowed_without_a_reader(scene)


def narrowed_without_a_reader(scene: Scene) -> None:
    """What is kept of a statement fails where nobody says who reads."""
    with product(scene.world) as own_unit:
        own_unit.execute(core_session._short_way[ONE_BODY], {"wanted": scene.seen})


def test_what_is_waiting_is_written_before_columns_are_read(scene: Scene) -> None:
    of_texts = select(ProcessText.kind)
    with scene.reading(writes=True) as session:
        for kind in ("goals", "themes"):
            attach(session, ProcessText(process_id=scene.world.process, kind=kind, body=LocalText.of("x")))
            assert kind in session.scalars(of_texts).all()
        session.get_one(Body, scene.seen).kind = "changed"
        assert session.scalars(select(Body.kind)).all() == ["changed"]
    with product(scene.world) as own_unit:
        own_unit.get_one(Body, scene.seen).kind = "other"
        assert "other" in own_unit.scalars(select(Body.kind)).all()


def test_columns_are_read_in_the_transaction_of_the_session(scene: Scene) -> None:
    """After a commit in the next one, after a rollback without what was undone, and in no other connection."""
    of_kinds = select(Body.kind)
    with scene.reading(writes=True) as session:
        session.scalars(of_kinds).all()
        assert session.info["connection"] is session.connection()
        session.get_one(Body, scene.seen).kind = "changed"
        assert session.scalars(of_kinds).all() == ["changed"]
        session.rollback()
        assert "connection" not in session.info
        assert session.scalars(of_kinds).all() == ["working_group"]
        session.get_one(Body, scene.seen).kind = "kept"
        session.commit()
        assert "connection" not in session.info
        assert session.scalars(of_kinds).all() == ["kept"]
        point = session.begin_nested()
        session.get_one(Body, scene.seen).kind = "undone"
        assert session.scalars(of_kinds).all() == ["undone"]
        point.rollback()
        assert session.scalars(of_kinds).all() == ["kept"]


def test_entities_among_columns_are_loaded_by_the_session(scene: Scene) -> None:
    with scene.reading() as session:
        for statement in (select(Body), select(Body, Body.id), select(Body.id, Body)):
            for _ in range(2):
                rows = session.execute(statement).all()
                assert {one for row in rows for one in row if isinstance(one, Body)} == {session.get(Body, scene.seen)}
            assert statement not in core_session._short_way
        counted_rows = select(func.count()).select_from(Body)
        assert [session.scalar(counted_rows) for _ in range(2)] == [1, 1]
        joined = select(BodyMembership.body).join(BodyMembership.body)
        assert [bool(row[0]) for _ in range(2) for row in session.execute(joined)] == [True, True]


def test_streams_and_parts_of_results_are_narrowed_too(scene: Scene) -> None:
    with scene.reading() as session:
        for options in ({"yield_per": 1}, {"stream_results": True}):
            assert session.scalars(OF_BODIES.execution_options(**options)).all() == [scene.seen]
            assert session.scalars(OF_BODIES, execution_options=options).all() == [scene.seen]


def test_a_closed_transaction_is_not_read_in(scene: Scene) -> None:
    with scene.reading(writes=True) as session:
        bodies(session)
        session.add(Participant(key="x", kind=ParticipantKind.STATE))
        session.add(Participant(key="x", kind=ParticipantKind.STATE))
        with pytest.raises(IntegrityError):
            session.scalars(OF_BODIES)
        with pytest.raises(PendingRollbackError):
            session.scalars(OF_BODIES)
        session.rollback()
        assert session.scalars(OF_BODIES).all() == [scene.seen]


# --- what cannot be narrowed ------------------------------------------------------------------------------------

REFUSED = {
    "a table": lambda session: session.execute(select(table_of(Body).c.id)),
    "text": lambda session: session.execute(text("SELECT 1")),
    "a text in an ORM statement": lambda session: session.scalars(
        select(Body).from_statement(text("SELECT * FROM bodies"))
    ).all(),
    "the connection": lambda session: session.connection().execute(select(table_of(Body).c.id)),
    "bulk update": lambda session: session.bulk_update_mappings(Body, []),
    "bulk insert": lambda session: session.bulk_insert_mappings(Body, []),
    "bulk save": lambda session: session.bulk_save_objects([]),
    "update by keys": lambda session: session.execute(update(Body), [{"id": uuid4(), "kind": "x"}]),
    "insert of labelled rows": lambda session: session.execute(insert(Body), [{"kind": "x"}]),
    "insert of one labelled row": lambda session: session.execute(insert(Body).values(kind="x")),
    "what is behind the wall": lambda session: session.scalars(select(LabelChange)).all(),
}


@pytest.mark.parametrize("way", REFUSED)
def test_what_cannot_be_narrowed_is_refused(scene: Scene, way: str) -> None:
    with scene.reading(writes=True) as session, pytest.raises(UnfilteredStatement):
        REFUSED[way](session)


def test_a_session_without_a_reader_reads_nothing(scene: Scene) -> None:
    with Session(scene.engine) as session:
        for statement in (select(Body), select(Participant)):
            with pytest.raises(UnfilteredStatement, match="without a reader"):
                session.execute(statement)


def test_the_connection_of_a_readers_engine_is_looked_at_before_anything_is_told_of_eyes(scene: Scene) -> None:
    engine = scene.reading().get_bind()
    assert isinstance(engine, Engine)
    with engine.connect() as connection, pytest.raises(UnfilteredStatement, match="bodies would be read"):
        connection.execute(select(table_of(Body).c.id))
    with engine.connect() as connection:
        assert connection.execute(select(table_of(Participant).c.id)).all() is not None
    with scene.engine.connect() as connection:
        assert len(connection.execute(select(table_of(Body).c.id)).all()) == 2


def test_eyes_belong_to_a_transaction(scene: Scene) -> None:
    """The connection goes back to the pool; whoever takes it next has eyes of its own."""
    with scene.reading() as session:
        bodies(session)
        assert session.connection().info["eyes"] == scene.observer.id
        session.rollback()
        with scene.engine.connect() as connection:
            assert len(connection.execute(select(table_of(Body).c.id)).all()) == 2
        assert bodies(session) == {scene.seen}


def test_changing_and_deleting_in_bulk_is_narrowed(scene: Scene) -> None:
    with scene.reading(writes=True) as session:
        session.execute(update(Body).values(kind="changed"))
        session.execute(delete(BodyMembership))
        session.commit()
    with product(scene.world) as session:
        assert {one.id: one.kind for one in session.scalars(select(Body))} == {
            scene.hidden: "working_group",
            scene.seen: "changed",
        }
        assert set(session.scalars(select(BodyMembership.id))) == {scene.inside}


def test_what_bears_no_label_may_be_put_in_many_at_once(scene: Scene) -> None:
    with scene.reading(writes=True) as session:
        sent: list[Any] = []
        event.listen(session, "do_orm_execute", lambda state: sent.append(state.statement))
        row = {"key": "many", "kind": ParticipantKind.STATE, "aliases": [], "secretariat_of": []}
        session.execute(insert(Participant), [row])
        assert sent[0]._with_options == ()  # there is nothing in it to narrow
        session.commit()
        assert session.scalar(select(Participant.key).where(Participant.key == "many")) == "many"


@pytest.fixture
def guard_off() -> Iterator[None]:
    core_session.guard.on = False
    yield
    core_session.guard.on = True


def test_the_guard_is_on() -> None:
    assert core_session.guard.on is True


def test_with_the_guard_off_a_leak_is_seen(scene: Scene, guard_off: None) -> None:
    """So the tests of the wall can see one; writing past the filter stays refused."""
    with scene.reading(writes=True) as session:
        assert bodies(session) == {scene.hidden, scene.seen}
        assert len(session.scalars(OF_BODIES).all()) == len(session.scalars(OF_BODIES).all()) == 2
        assert session.execute(ONE_BODY, {"wanted": scene.hidden}).all() == [(scene.hidden,)]
        assert session.connection().execute(select(table_of(Body).c.id)).all()
        with pytest.raises(UnfilteredStatement):
            session.execute(insert(Body).values(kind="x"))


def test_with_the_guard_off_what_was_narrowed_before_leaks_too(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    with scene.reading(writes=True) as session:
        assert session.execute(ONE_BODY, {"wanted": scene.hidden}).all() == []
        monkeypatch.setattr(core_session.guard, "on", False)
        assert session.execute(ONE_BODY, {"wanted": scene.hidden}).all() == [(scene.hidden,)]
        session.execute(update(Body).values(kind="changed"))
        assert set(session.scalars(select(Body.kind))) == {"changed"}
        assert len(session.scalars(select(Body)).all()) == 2


def test_what_was_asked_with_the_guard_off_is_narrowed_when_it_is_on_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scene.reading() as session:
        monkeypatch.setattr(core_session.guard, "on", False)
        assert len(session.execute(OF_BODIES).all()) == 2
        monkeypatch.setattr(core_session.guard, "on", True)
        assert session.execute(OF_BODIES).all() == [(scene.seen,)]


# --- past the filter --------------------------------------------------------------------------------------------


def test_past_the_filter_all_is_read_and_afterwards_nothing_more(scene: Scene) -> None:
    with scene.reading(writes=True) as session:
        waiting = ProcessText(process_id=scene.world.process, kind="goals", body=LocalText.of("x"))
        attach(session, waiting)
        with system_access(session, Reason.NUMBERING) as system:
            assert isinstance(system, SystemSession)
            assert system.info["reason"] is Reason.NUMBERING
            assert system.info["acting"] is scene.observer
            assert bodies(system) == {scene.hidden, scene.seen}
            assert system.connection().info["eyes"] == "system"
            assert system.connection() is session.connection()
            assert system.scalar(select(ProcessText.kind)) == "goals"
            assert system.execute(select(table_of(Body).c.id)).all()
        assert session.connection().info["eyes"] == scene.observer.id
        assert bodies(session) == {scene.seen}


def test_what_was_loaded_with_other_eyes_belongs_to_no_session_afterwards(scene: Scene) -> None:
    with scene.reading() as session:
        with system_access(session, Reason.NUMBERING) as system:
            hidden = system.get_one(Body, scene.hidden)
        with looking_as(session, scene.member) as other:
            seen = other.get_one(Body, scene.seen)
        assert (inspect(hidden).detached, inspect(seen).detached) == (True, True)


def test_what_is_written_with_other_eyes_stays_though_part_of_the_work_may_be_undone(scene: Scene) -> None:
    """Within a savepoint of the session too: no savepoint of its own is undone at the end."""
    row = {"kind": ParticipantKind.STATE, "aliases": [], "secretariat_of": []}
    with scene.reading(writes=True) as session:
        with session.begin_nested():
            with system_access(session, Reason.NUMBERING) as system:
                system.execute(insert(Participant), [{**row, "key": "system"}])
            with looking_as(session, scene.member) as other:
                other.execute(insert(Participant), [{**row, "key": "other"}])
        wanted = select(Participant.key).where(Participant.key.in_(["system", "other"]))
        assert set(session.scalars(wanted)) == {"system", "other"}


def test_past_the_filter_once_more_is_the_same_session(scene: Scene) -> None:
    with scene.reading(writes=True) as session, system_access(session, Reason.NUMBERING) as system:
        with system_access(system, Reason.AUDIT) as again:
            assert again is system
            one = Participant(key="nested", kind=ParticipantKind.STATE)
            again.add(one)
        assert not system.new
        assert system.info["reason"] is Reason.NUMBERING
        assert bodies(system) == {scene.hidden, scene.seen}


def test_what_is_written_past_the_filter_is_read_anew(scene: Scene) -> None:
    with scene.reading(writes=True) as session:
        mine = session.get_one(Body, scene.seen)
        with system_access(session, Reason.LABELLING) as system:
            system.get_one(Body, scene.seen).kind = "renamed"
        assert mine.kind == "renamed"
        with system_access(session, Reason.LABELLING) as system:
            system.execute(update(Body).where(Body.id == scene.seen).values(kind="again"))
        assert mine.kind == "again"
        session.commit()
    with product(scene.world) as session:
        assert session.get_one(Body, scene.seen).kind == "again"


def test_what_was_only_read_past_the_filter_stays_as_it_is_loaded(scene: Scene) -> None:
    with scene.reading() as session:
        mine = session.get_one(Body, scene.seen)
        with counted(scene.engine) as sent:
            with system_access(session, Reason.UNIQUENESS) as system:
                system.get_one(Body, scene.hidden)
            sent.clear()
            assert mine.kind == "working_group"
            assert sent == []


def test_an_error_past_the_filter_leaves_the_readers_eyes(scene: Scene) -> None:
    with scene.reading(writes=True) as session:
        with pytest.raises(ZeroDivisionError), system_access(session, Reason.NUMBERING):
            1 / 0  # noqa: B018
        assert session.connection().info["eyes"] == scene.observer.id
        assert bodies(session) == {scene.seen}


def test_tasks_and_known_labels_are_shared_with_the_session(scene: Scene) -> None:
    with scene.reading(writes=True) as session:
        with system_access(session, Reason.NUMBERING) as system:
            system.info["after_commit"].append("task")
            assert system.info["labels_known"] is session.info["labels_known"]
        assert session.info["after_commit"] == ["task"]
        with system_access(session, Reason.NUMBERING) as system:
            assert system.info["after_commit"] == ["task"]
    with product(scene.world) as own_unit, system_access(own_unit, Reason.NUMBERING) as system:
        assert system is own_unit


def test_who_acts_is_passed_on(scene: Scene) -> None:
    with scene.reading(writes=True) as session:
        session.info["acting"] = scene.member
        with system_access(session, Reason.NUMBERING) as system:
            assert system.info["acting"] is scene.member
    with Session(scene.engine) as plain, system_access(plain, Reason.SIGN_IN) as system:
        assert system.info["acting"] is None
        assert bodies(system) == {scene.hidden, scene.seen}


def lose(scene: Scene) -> None:
    with system_unit(scene.engine, Reason.REFERENCE) as session:
        session.add(Participant(key="lost", kind=ParticipantKind.STATE))
        session.flush()
        1 / 0  # noqa: B018


def test_a_unit_of_work_of_the_product_commits_or_leaves_no_trace(scene: Scene) -> None:
    with system_unit(scene.engine, Reason.REFERENCE) as session:
        assert session.info["reason"] is Reason.REFERENCE
        session.add(Participant(key="kept", kind=ParticipantKind.STATE))
    with pytest.raises(ZeroDivisionError):
        lose(scene)
    with product(scene.world) as session:
        assert set(session.scalars(select(Participant.key).where(Participant.key.in_(["kept", "lost"])))) == {"kept"}


@pytest.mark.parametrize("writes", [True, False])
def test_a_unit_that_may_write_says_so_at_the_start(scene: Scene, writes: bool) -> None:
    with system_unit(scene.engine, Reason.MAIL, writes=writes) as session:
        assert session.connection().get_execution_options()["writes"] is writes
    with system_unit(scene.engine, Reason.MAIL) as session:
        assert session.connection().get_execution_options()["writes"] is True
    with scene.reading(writes=writes) as session:
        options = session.connection().get_execution_options()
        assert (options["writes"], options["reader"]) == (writes, scene.observer.id)
    assert scene.reading().get_bind().get_execution_options()["writes"] is False


def test_a_row_is_read_past_the_filter_before_anybody_reads(scene: Scene) -> None:
    table = table_of(Body)
    wanted = select(table.c.id, table.c.kind).where(table.c.id == bindparam("id"))
    with counted(scene.engine, begins=True) as sent, scene.engine.connect() as connection:
        found = system_row(connection, Reason.SIGN_IN, wanted, {"id": scene.hidden})
        assert connection.info["eyes"] == "system"
        assert system_row(connection, Reason.SIGN_IN, wanted, {"id": uuid4()}) is None
        assert [one.startswith("BEGIN") for one in sent] == [True, False, False]
    assert found is not None
    assert found.id == scene.hidden
    with scene.engine.connect() as connection, pytest.raises(TypeError, match="for a reason"):
        system_row(connection, "because", wanted, {"id": scene.hidden})  # type: ignore[arg-type]
    with scene.engine.begin() as connection:
        assert connection.info.get("eyes") is None


def test_who_was_found_reads_on_in_the_same_transaction_with_own_eyes(scene: Scene) -> None:
    table = table_of(Body)
    wanted = select(table.c.id).where(table.c.id == bindparam("id"))
    with counted(scene.engine, begins=True) as sent, scene.engine.connect() as connection:
        assert system_row(connection, Reason.SIGN_IN, wanted, {"id": scene.hidden}) is not None
        session = reading_on(connection, scene.observer)
        with pytest.raises(UnfilteredStatement):  # before anything was read in the session
            connection.execute(wanted, {"id": scene.hidden})
        assert scene.hidden not in {one.id for one in session.scalars(select(Body))}
        assert sum(one.startswith("BEGIN") for one in sent) == 1
        session.rollback()
        with pytest.raises(UnfilteredStatement):  # nor in a transaction that nobody told of eyes
            connection.execute(wanted, {"id": scene.hidden})


def test_a_statement_built_once_is_sent_the_same_again_and_again(scene: Scene) -> None:
    """From its third execution on it goes by what was kept of it."""
    wanted = select(Body.id).where(Body.id == bindparam("id", type_=Body.id.type))
    for _ in range(4):
        with scene.reading() as session:
            assert session.execute(wanted, {"id": scene.hidden}).all() == []
            assert session.execute(wanted, {"id": scene.seen}).scalars().all() == [scene.seen]
        with product(scene.world) as system:
            assert system.execute(wanted, {"id": scene.hidden}).scalars().all() == [scene.hidden]


def test_what_is_kept_of_a_statement_is_sent_with_the_same_care(scene: Scene) -> None:
    """It is heard and looked at as every other, reads for whom it is asked, and names what it lacks."""
    wanted = select(Body.id).where(Body.id == bindparam("id", type_=Body.id.type))
    with scene.reading() as session, statements_sent() as sent:
        for _ in range(3):
            assert session.execute(wanted, {"id": scene.seen}).scalars().all() == [scene.seen]
        assert sum("FROM bodies" in one for one in sent) == 3
        with pytest.raises(StatementError, match="A value is required for bind parameter"):
            session.execute(wanted, {})
    narrowed = select(Body.id).where(Body.id == bindparam("id", type_=Body.id.type))
    with product(scene.world) as system:  # what the product may read without the filter, a reader may not
        for _ in range(2):
            assert ask(system.connection(), narrowed, {"id": scene.hidden}).scalar() == scene.hidden
    with scene.reading() as session, pytest.raises(UnfilteredStatement):
        ask(session.connection(), narrowed, {"id": scene.hidden})


def test_what_the_database_cannot_do_is_told_as_ever(scene: Scene) -> None:
    """Of a statement that was answered before, too."""
    wanted = select(literal("a") == bindparam("other"))
    with scene.engine.connect() as connection:
        for _ in range(2):
            assert ask(connection, wanted, {"other": "a"}).scalar()
        with pytest.raises(DBAPIError) as told:
            ask(connection, wanted, {"other": object()})
    assert told.value.hide_parameters


def compiled(statement: Any) -> int:
    """How often what a statement compiles to is kept."""
    return len(built_once(statement)["compiled_cache"])


def test_what_a_statement_compiles_to_is_kept_for_that_statement(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two with the same parameters neither is answered for the other, with the filter or without it."""
    names, table = select(BodyMembership.name_text), table_of(Body)
    with scene.reading() as session:
        for _ in range(3):
            assert session.execute(OF_BODIES).scalars().all() == [scene.seen]
            assert session.execute(names).scalars().all() == ["seen"]
        assert [compiled(core_session._short_way[one]) for one in (OF_BODIES, names)] == [1, 1]
        monkeypatch.setattr(core_session.guard, "on", False)
        for _ in range(3):
            assert set(session.execute(OF_BODIES).scalars()) == {scene.seen, scene.hidden}
            assert set(session.execute(names).scalars()) == {"seen", "hidden"}
        assert [compiled(one) for one in (OF_BODIES, names)] == [1, 1]
    ids, kinds = (select(one).where(table.c.id == bindparam("id")) for one in (table.c.id, table.c.kind))
    with scene.engine.connect() as connection:
        for _ in range(3):
            for asked, answer in ((ids, scene.hidden), (kinds, "working_group")):
                assert system_row(connection, Reason.SIGN_IN, asked, {"id": scene.hidden}) == (answer,)
    assert [compiled(one) for one in (ids, kinds)] == [1, 1]


# --- another reader's eyes --------------------------------------------------------------------------------------


def test_another_readers_eyes_within_a_unit_of_work(scene: Scene) -> None:
    with scene.reading("member", writes=True) as session:
        mine = put_text(scene, session)
        with looking_as(session, scene.observer) as other:
            assert isinstance(other, ViewerSession)
            assert other.viewer is scene.observer
            assert bodies(other) == {scene.seen}
            assert other.scalar(select(ProcessText.id)) == mine.id
            assert other.connection().info["eyes"] == scene.observer.id
        assert session.connection().info["eyes"] == scene.member.id
        assert bodies(session) == {scene.hidden, scene.seen}
        with pytest.raises(ZeroDivisionError), looking_as(session, scene.observer):
            1 / 0  # noqa: B018
        assert bodies(session) == {scene.hidden, scene.seen}
        session.commit()
    with product(scene.world) as own_unit:
        with looking_as(own_unit, scene.observer) as other:
            assert bodies(other) == {scene.seen}
        assert own_unit.connection().info["eyes"] == "system"
        assert own_unit.connection().execute(select(table_of(Body).c.id)).all()


def put_text(scene: Scene, session: ViewerSession) -> ProcessText:
    made = ProcessText(process_id=scene.world.process, kind="goals", body=LocalText.of("x"))
    attach(session, made)
    return made


# --- changes of rights are counted ------------------------------------------------------------------------------


def epoch(session: Session) -> int:
    found: int = session.connection().execute(select(table_of(RightsState).c.epoch)).scalar_one()
    return found


def test_a_change_of_what_rights_follow_from_is_counted(scene: Scene) -> None:
    with product(scene.world) as session:
        before = epoch(session)
        put(session, body(scene.world))
        assert epoch(session) == before + 1
        session.get_one(Body, scene.seen).kind = "other"
        session.flush()
        assert epoch(session) == before + 2
        session.delete(session.get_one(BodyMembership, scene.shown))
        session.flush()
        assert epoch(session) == before + 3
        thing = session.get_one(Body, scene.seen)
        thing.kind = thing.kind
        session.flush()
        assert epoch(session) == before + 3
        put(session, ProcessText(process_id=scene.world.process, kind="goals", body=LocalText.of("x")))
        session.add(Participant(key="x", kind=ParticipantKind.STATE))
        session.flush()
        assert epoch(session) == before + 3


def test_a_change_in_bulk_is_counted_too(scene: Scene) -> None:
    with product(scene.world) as session:
        before = epoch(session)
        session.execute(update(Body).values(kind="x"))
        assert epoch(session) == before + 1
        session.execute(delete(BodyMembership).where(BodyMembership.id == scene.shown))
        assert epoch(session) == before + 2
        session.execute(update(ProcessText).values(kind="x"))
        session.execute(select(Body))
        assert epoch(session) == before + 2
        row = {"process_id": scene.world.process, "track_id": scene.world.government, "name": LocalText.of("b")}
        session.execute(insert(Body), [{**row, "kind": "x", "label_id": session.get_one(Body, scene.seen).label_id}])
        assert epoch(session) == before + 3


def test_a_system_session_knows_whether_it_wrote(scene: Scene) -> None:
    for write in (
        lambda session: session.execute(update(ProcessText).values(kind="x")),
        lambda session: session.execute(delete(ProcessText)),
        lambda session: session.add(Participant(key=worlds.word(), kind=ParticipantKind.STATE)),
        lambda session: setattr(session.get_one(Body, scene.seen), "kind", worlds.word()),
        lambda session: session.delete(session.get_one(BodyMembership, scene.shown)),
    ):
        with system_unit(scene.engine, Reason.REFERENCE) as session:
            assert session.wrote is False
            session.scalars(select(Body)).all()
            session.flush()
            assert session.wrote is False
            write(session)
            session.flush()
            assert session.wrote is True


def test_statements_are_shown_to_who_observes_them(scene: Scene) -> None:
    seen: list[tuple[Any, str]] = []

    def look(connection: Any, statement: str) -> None:
        seen.append((connection, statement))

    SQL_OBSERVERS.append(look)
    try:
        with scene.engine.connect() as connection:
            connection.execute(select(table_of(RightsState).c.epoch))
    finally:
        SQL_OBSERVERS.remove(look)
    selects = [(one, words) for one, words in seen if words.startswith("SELECT")]
    assert len(selects) == 1
    assert selects[0][0] is not None


# --- what the second wall is told -------------------------------------------------------------------------------


def test_row_security_is_told_who_reads_whenever_that_changes(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int | None, bool]] = []
    monkeypatch.setattr(
        core_session,
        "set_context",
        lambda connection, *, viewer, system: told.append((viewer, system)) if connection is not None else None,
    )
    observer: tuple[int | None, bool] = (scene.observer.id, False)
    member: tuple[int | None, bool] = (scene.member.id, False)
    system_too: tuple[int | None, bool] = (None, True)
    with scene.reading(writes=True) as session:
        bodies(session)
        assert told == [observer]
        with system_access(session, Reason.AUDIT) as system:
            assert told.pop() == system_too
            bodies(system)
        with looking_as(session, scene.member) as other:
            assert told.pop() == member
            bodies(other)
        assert told[-1] == observer
    told.clear()
    with system_unit(scene.engine, Reason.AUDIT) as system:
        bodies(system)
        assert told == [system_too]
        with looking_as(system, scene.member) as other:
            bodies(other)
        assert told[-1] == system_too
    told.clear()
    with scene.engine.connect() as connection:
        system_row(connection, Reason.SIGN_IN, select(table_of(Body).c.id), {})
        assert told == [system_too]
        session = reading_on(connection, scene.observer)
        assert told == [system_too, observer]
        bodies(session)
        assert told == [system_too, observer]


def test_every_reason_says_for_what() -> None:
    assert all(len(one.value.split()) > 2 for one in Reason)


def test_who_does_not_say_that_it_writes_holds_nobody_up(scene: Scene) -> None:
    with reading_as(scene.engine, scene.observer) as session:
        assert session.connection().get_execution_options()["writes"] is False
    with reading_as(scene.engine, scene.observer, writes=True) as session:
        assert session.connection().get_execution_options()["writes"] is True
