"""Labels in the database: interned, given to things, changed on record, and worked out for each reader.

Only this module writes the columns of `Labelled`, and the tables `labels`, `readable_labels` and `label_changes`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, cast
from uuid import UUID
from weakref import WeakSet

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    bindparam,
    event,
    func,
    insert,
    select,
    true,
    update,
)
from sqlalchemy.inspection import inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from secretariat.core import clock
from secretariat.core.database import Base, Labelled, insert_if_absent, is_postgresql, new_id, table_of
from secretariat.core.labels import Clause, LabelValue, Level, may_read, together
from secretariat.core.models import Label, LabelChange, LabelClause, ReadableLabel, ReaderKey, RightsState
from secretariat.core.repeated import ask
from secretariat.core.session import Reason, SystemSession, system_access
from secretariat.core.sizes import MOST_AT_ONCE, among, in_size
from secretariat.core.viewer import ANONYMOUS_ID, INSTALLATION, Hat, Viewer


class LabelRefused(ValueError):
    """A label that cannot be given: it would leave nobody able to read the thing, or hide it from its author."""


class ContainerGone(LabelRefused):
    """What a new thing is to stand in is not there for who puts it in: not any more, where it was there before."""


# --- labels as rows -------------------------------------------------------------------------------------------


def intern(session: Session, value: LabelValue) -> int:
    """The key of this label, made if it is new. In a reader's session the reader's own right to it is written down."""
    known = _known(session)
    if value not in known:
        connection = session.connection()
        found = _find(connection, value) or _make_in_order(connection, value)
        viewer = session.info.get("acting") or getattr(session, "viewer", None)
        if viewer is not None and may_read(viewer, value):
            _let_read(connection, viewer, found)
        known[value] = found
    return known[value]


def _known(session: Session) -> dict[LabelValue, int]:
    """Labels this session has met; emptied by a rollback, which may have unmade them."""
    known: dict[LabelValue, int] = session.info.setdefault("labels_known", {})
    return known


@event.listens_for(Session, "after_soft_rollback")
def _forget_known(session: Session, _previous: Any) -> None:
    _known(session).clear()
    for what in ("labels_met", "label_changes"):
        session.info.pop(what, None)


def _make_in_order(connection: Connection, value: LabelValue) -> int:
    """One row lock puts the making of labels in order, so that "all labels up to n" stays true for every stamp."""
    counters = table_of(RightsState)
    connection.execute(counters.update().values(labels=counters.c.labels + 1))
    return _find(connection, value) or _make(connection, value)


def _find(connection: Connection, value: LabelValue) -> int | None:
    return connection.execute(select(table_of(Label).c.id).where(table_of(Label).c.digest == value.digest)).scalar()


def _make(connection: Connection, value: LabelValue) -> int:
    made = connection.execute(table_of(Label).insert().values(digest=value.digest))
    key: int = new_id(made)
    connection.execute(
        table_of(LabelClause).insert(),
        [
            {
                "label_id": key,
                "digest": clause.digest,
                "process_id": clause.process,
                "level": clause.level.value,
                "content": clause.to_json(),
            }
            for clause in value.clauses
        ],
    )
    return key


def label_values(session: Session, keys: Iterable[int]) -> dict[int, LabelValue]:
    """The labels behind these keys; two statements however many."""
    wanted = sorted(set(keys))
    if len(wanted) == 1:  # as most pages ask; a statement built once costs a fraction of one built now
        connection, one = session.connection(), _one_label()
        digest = ask(connection, one, {"label": wanted[0]}).scalar()
        if digest is None:
            return {}
        return _behind(connection, {wanted[0]: digest})
    if 0 < len(wanted) <= MOST_AT_ONCE:
        statement, given = in_size(_some_labels, wanted)
        digests = {row.id: row.digest for row in ask(session.connection(), statement, given)}
        return _behind(session.connection(), digests, table_of(Label).c.id.in_(wanted))
    return _values(session.connection(), table_of(Label).c.id.in_(wanted))


@cache
def _some_labels(size: int | None) -> Select[*tuple[Any, ...]]:
    labels = table_of(Label)
    return select(labels.c.id, labels.c.digest).where(among(labels.c.id, size))


@cache
def _one_label() -> Select[*tuple[Any, ...]]:
    labels = table_of(Label)
    return select(labels.c.digest).where(labels.c.id == bindparam("label"))


def labels_of_process(session: Session, process: UUID) -> dict[int, LabelValue]:
    """Every label of a process, by key; two statements however many. Keys and clauses alone: nothing of what carries
    them."""
    clauses = table_of(LabelClause)
    near = select(clauses.c.label_id).where(clauses.c.process_id == process)
    return _values(session.connection(), table_of(Label).c.id.in_(near))


def label_value(session: Session, key: int) -> LabelValue:
    """The label behind one key."""
    return label_values_met(session, [key])[key]


def label_values_met(session: Session, keys: Iterable[int]) -> dict[int, LabelValue]:
    """The labels behind these keys, remembered by the session until a rollback; two statements however many."""
    met: dict[int, LabelValue] = session.info.setdefault("labels_met", {})
    wanted = set(keys)
    unknown = wanted - met.keys()
    if unknown:
        met.update(label_values(session, unknown))
    return {key: met[key] for key in wanted}


def met_label(session: Session, key: int, digest: str) -> None:
    """Say what the session has read with a thing: the key of its label, and the digest of that. No statement more where
    the label is known to this process."""
    met: dict[int, LabelValue] = session.info.setdefault("labels_met", {})
    if key not in met:
        met.update(_behind(session.connection(), {key: digest}))


def _values(connection: Connection, condition: Any) -> dict[int, LabelValue]:
    """The labels that meet a condition."""
    labels = table_of(Label)
    digests = {row.id: row.digest for row in connection.execute(select(labels.c.id, labels.c.digest).where(condition))}
    return _behind(connection, digests, condition)


def _behind(connection: Connection, digests: dict[int, str], condition: Any = None) -> dict[int, LabelValue]:
    """The labels with these digests, which meet a condition (of a few none is needed). Read once a process: what a
    digest stands for never changes."""
    labels, clauses = table_of(Label), table_of(LabelClause)
    values = {key: value for key, digest in digests.items() if (value := _by_digest.get(digest)) is not None}
    unknown = digests.keys() - values.keys()
    if unknown:
        wanted = condition if len(unknown) > _FEW else labels.c.id.in_(sorted(unknown))
        found: dict[int, set[Clause]] = {}
        for row in connection.execute(select(clauses.c.label_id, clauses.c.content).join(labels).where(wanted)):
            found.setdefault(row.label_id, set()).add(Clause.from_json(row.content))
        values |= {key: LabelValue(frozenset(own)) for key, own in found.items()}
        if len(_by_digest) > _MOST_REMEMBERED:
            _by_digest.clear()
        _by_digest.update((digests[key], values[key]) for key in found)
    return values


_by_digest: dict[str, LabelValue] = {}
_FEW = 500
_MOST_REMEMBERED = 50_000


# --- giving a thing its label ---------------------------------------------------------------------------------


def attach(
    session: Session,
    thing: Labelled,
    clauses: Iterable[Clause] = (),
    *,
    container: Labelled | None = None,
    widened: bool = False,
) -> None:
    """Put a new thing under its own clauses and its container's, and into the session. The first line of its history.

    Without `container` it is the one the thing itself points to. Raises LabelRefused where neither gives a clause, and
    where the container is not there for this session's reader.
    """
    own = frozenset(clauses)
    with session.no_autoflush:  # what hangs on the thing, or it on what hangs there, may still wait for its own label
        container = _placed(session, thing, container)
        inherited = _inherited(session, container, widened)
        today = _generation_today(session, inherited or own)
        value = _effective(own, inherited, today)
    thing.made_in_generation = today
    thing.own_label_id = intern(session, LabelValue(own)) if own else None
    thing.label_id = intern(session, value)
    thing.widened = widened
    _marked(session, "attached").add(thing)
    session.add(thing)
    _ensure_key(thing)
    _note_change(session, thing, None, thing.label_id, "made")


def _placed(session: Session, thing: Any, given: Labelled | None) -> Labelled | None:
    """The container of a new thing, as of now; the one given and the one the thing points to must be one."""
    for name in _container_names(type(thing)):
        relationship = inspect(type(thing)).relationships[name]
        kind, column = relationship.mapper.class_, next(iter(relationship.local_columns))
        attribute = inspect(type(thing)).get_property_by_column(column).key
        pointed = getattr(thing, attribute)
        if given is not None and isinstance(given, kind) and pointed in (None, given.id):
            setattr(thing, attribute, given.id)  # type: ignore[attr-defined]
            return _as_of_now(session, given)
        found = inspect(thing).dict.get(name) or (session.get(kind, pointed) if pointed is not None else None)
        if pointed is not None and found is None:
            raise ContainerGone("what it stands in is not there")
        if found is not None and given is None:
            return _as_of_now(session, found)
        if found is not None:
            break
    if given is not None:
        raise ValueError(f"a {type(thing).__name__} stands in something else than it says, or names no container")
    return None


def _as_of_now(session: Session, container: Labelled) -> Labelled:
    """The container with the label it has now: on PostgreSQL somebody may be raising it at this very moment.

    Whoever attaches waits for whoever relabels, and the other way round, so that no child is left behind.
    """
    wait_for_relabelling(session)
    if is_postgresql(session.connection()) and container not in _marked(session, "attached"):
        held = _marked(session, "container_read")
        if container not in held:
            kind: Any = type(container)
            label = session.scalar(select(kind.label_id).where(kind.id == container.id))  # type: ignore[attr-defined]
            if label is None:
                raise ContainerGone("what it stands in is not there")
            set_committed_value(container, "label_id", label)
            held.add(container)
    return container


def relabel(session: Session, thing: Labelled, clauses: Iterable[Clause], *, why: str, widened: bool = False) -> None:
    """Point a thing, and all that is inside it, at another label. Lowering and raising are recorded with who and why.

    Whether the person may do it is the caller's policy. Raises LabelRefused.
    """
    own = frozenset(clauses)
    kind, key = type(thing), thing.id  # type: ignore[attr-defined]
    with system_access(session, Reason.LABELLING) as system:
        hold_off_attaching(system)
        again = system.get_one(kind, key, populate_existing=True)
        inherited = _inherited(system, _container_now(system, again), widened)
        value = _effective(own, inherited, again.made_in_generation)
        _marked(system, "pointed").add(again)
        again.own_label_id = intern(system, LabelValue(own)) if own else None
        again.widened = widened
        _point(system, again, intern(system, value), why)


def would_be(session: Session, thing: Labelled, clauses: Iterable[Clause], *, widened: bool = False) -> LabelValue:
    """The label `relabel` would give, to show who would read a thing before anything is written. LabelRefused too."""
    with system_access(session, Reason.LABELLING) as system:
        again = system.get_one(type(thing), thing.id)  # type: ignore[attr-defined]
        inherited = _inherited(system, container_of(again), widened)
        return _effective(frozenset(clauses), inherited, again.made_in_generation)


def would_be_in(session: Session, container: Labelled | None, clauses: Iterable[Clause]) -> LabelValue:
    """The label a new thing with these clauses would have in a container. Raises LabelRefused."""
    own, inherited = frozenset(clauses), _inherited(session, container)
    return _effective(own, inherited, _generation_today(session, inherited))


def renew(session: Session, thing: Labelled, *, why: str, without: Collection[Clause] = ()) -> None:
    """Give a thing that says something new in its old place the label it would have if it were made now, less the own
    clauses in `without`: a former member keeps what was addressed to it before, and does not read on.

    Nothing changes while nobody has left. Raises LabelRefused.
    """
    kind, key = type(thing), thing.id  # type: ignore[attr-defined]
    with system_access(session, Reason.LABELLING) as system:
        again = system.get_one(kind, key, populate_existing=True)
        own = label_value(system, again.own_label_id).clauses if again.own_label_id else frozenset()
        inherited = _inherited(system, container_of(again), again.widened)
        today = _generation_today(system, inherited or own)
        kept = frozenset(_of_today(system, clause) for clause in own if clause not in without)
        value = _effective(kept, inherited, today)
        kept_key = intern(system, LabelValue(kept)) if kept else None
        had = (again.own_label_id, again.label_id, again.made_in_generation)
        if (kept_key, intern(system, value), today) == had:
            return
        hold_off_attaching(system)
        _marked(system, "pointed").add(again)
        again.own_label_id, again.made_in_generation = kept_key, today
        _point(system, again, intern(system, value), why)


def moved(session: Session, thing: Labelled, *, why: str) -> None:
    """Work out anew the label of a thing that changed its container, and of all that is inside it."""
    _marked(session, "moving").add(thing)
    with system_access(session, Reason.LABELLING) as system:
        hold_off_attaching(system)
        again = system.get_one(type(thing), thing.id, populate_existing=True)  # type: ignore[attr-defined]
        _container_now(system, again)
        _settle_under(system, again, why)


def _container_now(system: SystemSession, thing: Labelled) -> Labelled | None:
    """What a thing stands in, with the label it has now: this session may have read it before somebody raised it."""
    found = container_of(thing)
    if found is not None:
        system.refresh(found, ["label_id"])
    return found


def _settle_under(system: SystemSession, thing: Labelled, why: str) -> None:
    own = label_value(system, thing.own_label_id).clauses if thing.own_label_id else frozenset()
    value = _effective(own, _inherited(system, container_of(thing), thing.widened), thing.made_in_generation)
    _point(system, thing, intern(system, value), why)


def _point(system: SystemSession, thing: Labelled, key: int, why: str) -> None:
    if thing.label_id == key:
        return
    _note_change(system, thing, thing.label_id, key, why)
    _marked(system, "pointed").add(thing)
    thing.label_id = key
    for inside in contents(system, thing):
        _settle_under(system, inside, why)


def _inherited(session: Session, container: Labelled | None, widened: bool = False) -> frozenset[Clause]:
    if container is None or widened:
        return frozenset()
    return label_value(session, container.label_id).clauses


def _effective(own: frozenset[Clause], inherited: frozenset[Clause], generation: int) -> LabelValue:
    """A thing's own clauses and its container's.

    What it inherits is no older than the thing, though its container be: a former member keeps what was addressed to
    it before, and nothing that came after.
    """
    if not own and not inherited:
        raise LabelRefused("say who may read this; it stands in nothing that says so")
    return together(own, (_no_older(clause, generation) for clause in inherited))


generation_of: Callable[[Session, UUID], int | None] = lambda _session, _process: None  # noqa: E731
"""Tells the present generation of a process; the processes say how (`secretariat.processes.clauses`)."""


def _generation_today(session: Session, clauses: Collection[Clause]) -> int:
    """The present generation of the process these clauses are of; none of them is later."""
    processes = {clause.process for clause in clauses} - {INSTALLATION}
    known = (generation_of(session, process) or 1 for process in processes)
    return max([1, *known, *(clause.generation for clause in clauses)])


def _of_today(session: Session, clause: Clause) -> Clause:
    return _no_older(clause, generation_of(session, clause.process) or 1)


def _no_older(clause: Clause, generation: int) -> Clause:
    return clause if clause.level is Level.PUBLIC else replace(clause, generation=max(clause.generation, generation))


_RELABELLING = 0x5EC7  # any number, the same everywhere, for PostgreSQL's advisory locks


def wait_for_relabelling(session: Session) -> None:
    """Shared: many may attach at once, none while somebody relabels."""
    if not session.info.get("attaching") and is_postgresql(session.connection()):
        session.connection().execute(select(func.pg_advisory_xact_lock_shared(_RELABELLING)))
    session.info["attaching"] = True


def hold_off_attaching(session: Session) -> None:
    """Alone: what is inside a thing can then be found to the last."""
    if is_postgresql(session.connection()):
        session.connection().execute(select(func.pg_advisory_xact_lock(_RELABELLING)))


@event.listens_for(Session, "after_transaction_end")
def _let_go(session: Session, transaction: Any) -> None:
    if transaction.parent is None:
        for what in ("attaching", "container_read"):
            session.info.pop(what, None)


def _marked(session: Session, what: str) -> WeakSet[Any]:
    found: WeakSet[Any] = session.info.setdefault(what, WeakSet())
    return found


class LabelForgotten(RuntimeError):
    """A labelled row was put in, relabelled or moved without this module, so that its label would not be true."""


_LABELLING = ("label_id", "own_label_id", "widened", "made_in_generation")


@event.listens_for(Session, "before_flush")
def _see_that_labels_are_true(session: Session, _context: Any, _instances: Any) -> None:
    for one in session.new:
        if isinstance(one, Labelled) and one not in _marked(session, "attached"):
            raise LabelForgotten(f"a {type(one).__name__} is put in by attach, not by session.add")
    for one in session.dirty:
        if not isinstance(one, Labelled):
            continue
        if _changed(one, _LABELLING) and one not in _marked(session, "pointed"):
            raise LabelForgotten(f"the label of a {type(one).__name__} is changed by relabel alone")
        if _changed(one, _container_attributes(type(one))) and one not in _marked(session, "moving"):
            raise LabelForgotten(f"a {type(one).__name__} that changes its container is told to moved at once")


def _changed(thing: Any, attributes: Iterable[str]) -> bool:
    state = inspect(thing)
    return any(state.attrs[name].history.has_changes() for name in attributes)


def _container_attributes(kind: type[Any]) -> tuple[str, ...]:
    mapper = inspect(kind)
    columns = [column for name in _container_names(kind) for column in mapper.relationships[name].local_columns]
    return (*_container_names(kind), *(mapper.get_property_by_column(column).key for column in columns))


def contents(session: Session, thing: Labelled) -> Iterator[Labelled]:
    """What stands directly inside a thing, of every kind that names it as its container."""
    for kind, name, nearer in _inside(cast("Any", type(thing)), len(Base.registry.mappers)):
        missing = (getattr(kind, one) == None for one in nearer)  # noqa: E711 - the SQL, not the value
        inside = select(kind).where(getattr(kind, name) == thing, *missing)
        yield from session.scalars(inside.execution_options(populate_existing=True))  # with the labels of now


@lru_cache(maxsize=1_000)
def _inside(container: type[Any], _kinds: int) -> tuple[tuple[type[Any], str, tuple[str, ...]], ...]:
    """By which names what kinds stand in one of this class, and which nearer container of theirs must be missing. Asked
    anew once there are more kinds."""
    found: list[tuple[type[Any], str, tuple[str, ...]]] = []
    for kind in labelled_kinds():
        names = _container_names(kind)
        for place, name in enumerate(names):
            if issubclass(container, inspect(kind).relationships[name].mapper.class_):
                found.append((kind, name, names[:place]))
    return tuple(found)


def container_of(thing: Labelled) -> Labelled | None:
    """What a thing stands in, as far as the session reads it; None where it stands in nothing."""
    found: Iterator[Labelled | None] = (getattr(thing, name) for name in _container_names(type(thing)))
    return next((one for one in found if one is not None), None)


def _container_names(kind: type[Labelled]) -> tuple[str, ...]:
    named = kind.container
    return (named,) if isinstance(named, str) else named or ()


def labelled_kinds() -> Sequence[type[Any]]:
    """Every labelled class, in a constant order."""
    return sorted(
        (mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Labelled)),
        key=lambda kind: kind.__name__,
    )


def _ensure_key(thing: Any) -> None:
    if thing.id is None:
        thing.id = inspect(type(thing)).local_table.c.id.default.arg(None)


def _note_change(session: Session, thing: Any, old: int | None, new: int, why: str) -> None:
    nobody = type(thing).by_nobody
    viewer = None if nobody else session.info.get("acting") or getattr(session, "viewer", None)
    session.info.setdefault("label_changes", []).append(
        {
            "at": clock.day_began() if nobody else clock.now(),
            "thing_kind": type(thing).__tablename__,
            "thing_id": thing.id,
            "old_label_id": old,
            "new_label_id": new,
            "by_person_id": viewer.person if viewer else None,
            "by_hat": str(viewer.hat) if viewer else "nobody" if nobody else "system",
            "why": why,
        }
    )


@event.listens_for(Session, "after_flush")
def _write_changes(session: Session, _context: Any) -> None:
    """The history is added to without asking for its keys: nobody but the product itself reads it (row security)."""
    changes = session.info.pop("label_changes", [])
    if changes:
        session.connection().execute(insert(table_of(LabelChange)).inline(), changes)


@dataclass(frozen=True, slots=True)
class Labelling:
    """That a thing came under a label: when, which, by whom under which hat, and why."""

    at: datetime
    label: LabelValue
    by_person: UUID | None
    by_hat: str
    why: str


def label_history(session: Session, thing: Labelled) -> list[Labelling]:
    """The labels a thing has had, first to last. `thing` was read under the reader's eyes, so the reader may know."""
    mine = (LabelChange.thing_kind == type(thing).__tablename__, LabelChange.thing_id == thing.id)  # type: ignore[attr-defined]
    with system_access(session, Reason.HISTORY) as system:
        changes = system.scalars(select(LabelChange).where(*mine).order_by(LabelChange.id)).all()
        labels = label_values(system, (change.new_label_id for change in changes))
        return [Labelling(one.at, labels[one.new_label_id], one.by_person_id, one.by_hat, one.why) for one in changes]


def label_at(session: Session, thing: Labelled, at: datetime) -> LabelValue | None:
    """The label a thing had at an instant; None before it was made."""
    held = [change.label for change in label_history(session, thing) if change.at <= at]
    return held[-1] if held else None


# --- what each reader may read --------------------------------------------------------------------------------


def reader_key(connection: Connection, person: UUID | None, hat: Hat) -> int:
    """The key of a reader under a hat, made at the first time."""
    if person is None:
        return ANONYMOUS_ID
    table = table_of(ReaderKey)
    wanted = (table.c.person_id == person) & (table.c.hat == str(hat))
    found: int | None = connection.execute(select(table.c.id).where(wanted)).scalar()
    if found is None:
        connection.execute(insert_if_absent(connection, table).values(person_id=person, hat=str(hat)))
        found = connection.execute(select(table.c.id).where(wanted)).scalar_one()
    return found


def hold(connection: Connection, reader: int) -> None:
    """Let nobody else work out this reader's labels at the same time (SQLite lets only one transaction write anyway).

    The counters are read after this and before the rights: what is written down is then never older than its stamp.
    """
    table = table_of(ReaderKey)
    connection.execute(select(table.c.id).where(table.c.id == reader).with_for_update(key_share=True))


@dataclass(frozen=True, slots=True)
class Stamp:
    """The counters of rights beside what a reader's labels were last worked out for."""

    epoch: int
    labels: int
    id: int
    worked_epoch: int
    worked_labels: int
    worked_on: date | None

    @classmethod
    def of(cls, row: Row[Any]) -> Stamp | None:
        """From a row of a statement with the columns of a stamp; None for a reader seen for the first time."""
        if row.stamped_reader is None:
            return None
        return cls(
            row.stamped_epoch,
            row.stamped_labels,
            row.stamped_reader,
            row.worked_epoch,
            row.worked_labels,
            row.worked_on,
        )


def stamp(connection: Connection, person: UUID | None, hat: Hat) -> Stamp | None:
    """The stamp of a reader: one statement. None for a reader seen for the first time."""
    wanted = _stamps(anonymous=person is None)
    row = connection.execute(wanted, {} if person is None else {"person": person, "hat": str(hat)}).first()
    return Stamp.of(row) if row is not None else None


def with_stamp(statement: Select[*tuple[Any, ...]], person: Any, hat: Any) -> Select[*tuple[Any, ...]]:
    """The same statement with the stamp of the reader whom the columns `person` and `hat` name in each row; in one
    with it, since both are asked at every request."""
    reader = table_of(ReaderKey)
    return (
        statement.add_columns(*_stamp_columns())
        .join(table_of(RightsState), true())
        .outerjoin(reader, (reader.c.person_id == person) & (reader.c.hat == hat))
    )


@cache
def _stamps(*, anonymous: bool) -> Select[*tuple[Any, ...]]:
    """Built once: every request asks it."""
    state, reader = table_of(RightsState), table_of(ReaderKey)
    mine = (
        reader.c.id == ANONYMOUS_ID
        if anonymous
        else (reader.c.person_id == bindparam("person", type_=reader.c.person_id.type))
        & (reader.c.hat == bindparam("hat", type_=reader.c.hat.type))
    )
    return select(*_stamp_columns()).select_from(state.join(reader, mine))


def _stamp_columns() -> tuple[ColumnElement[Any], ...]:
    state, reader = table_of(RightsState), table_of(ReaderKey)
    return (
        state.c.epoch.label("stamped_epoch"),
        state.c.labels.label("stamped_labels"),
        reader.c.id.label("stamped_reader"),
        reader.c.epoch.label("worked_epoch"),
        reader.c.labels.label("worked_labels"),
        reader.c.on.label("worked_on"),
    )


def is_settled(found: Stamp | None, on: date) -> bool:
    """Whether a reader's labels are those of today's rights."""
    return (
        found is not None
        and found.worked_epoch == found.epoch
        and found.worked_labels == found.labels
        and found.worked_on == on
    )


def reader_in_order(
    connection: Connection, person: UUID | None, hat: Hat, on: date, make: Callable[[int], Viewer]
) -> Viewer:
    """A reader whose `readable_labels` are those of now; `make` makes the viewer for a key, from the rights of now.

    Runs in a transaction that may write. The counters are read before the rights, under a lock where they changed, so
    that what is written down is never older than its stamp and two who work it out do not overwrite each other.
    """
    key = reader_key(connection, person, hat)
    seen = stamp(connection, person, hat)
    if not is_settled(seen, on):
        hold(connection, key)
        seen = stamp(connection, person, hat)
    made = make(key)
    if seen is not None and not is_settled(seen, on):
        settle(connection, made, seen)
    return made


def settle(connection: Connection, viewer: Viewer, seen: Stamp) -> None:
    """Work out what `viewer` may read and write it down, with the counters and the day it is true for.

    `seen` is the stamp read before the viewer was made. Runs in a transaction that may write and holds the reader.
    Only labels of processes the reader has anything to do with, and public ones, are looked at.
    """
    clauses = table_of(LabelClause)
    near = table_of(Label).c.id.in_(
        select(clauses.c.label_id).where(
            clauses.c.process_id.in_(sorted(viewer.processes, key=str)) | (clauses.c.level == Level.PUBLIC.value)
        )
    )
    may = {key for key, value in _values(connection, near).items() if may_read(viewer, value)}
    table = table_of(ReadableLabel)
    has = set(connection.execute(select(table.c.label_id).where(table.c.viewer_id == viewer.id)).scalars())
    if has - may:
        connection.execute(
            table.delete().where(table.c.viewer_id == viewer.id, table.c.label_id.in_(sorted(has - may)))
        )
    _add_readable(connection, viewer.id, sorted(may - has))
    connection.execute(
        update(table_of(ReaderKey))
        .where(table_of(ReaderKey).c.id == viewer.id)
        .values(epoch=seen.epoch, labels=seen.labels, on=viewer.on)
    )


def _add_readable(connection: Connection, viewer_id: int, keys: Sequence[int]) -> None:
    if keys:
        rows = [{"viewer_id": viewer_id, "label_id": key} for key in keys]
        connection.execute(insert_if_absent(connection, table_of(ReadableLabel)), rows)


def _let_read(connection: Connection, viewer: Viewer, key: int) -> None:
    """What a session has just labelled it may read at once.

    Its reader may have lost the right since the session began, so the labels are worked out anew for the next one.
    """
    table, reader = table_of(ReadableLabel), table_of(ReaderKey)
    known = table.select().where(table.c.viewer_id == viewer.id, table.c.label_id == key)
    if connection.execute(known).first() is None:
        _add_readable(connection, viewer.id, [key])
        connection.execute(update(reader).where(reader.c.id == viewer.id).values(epoch=0))


def forget_all_stamps(engine: Engine) -> None:
    """After a restore or a change of the predicate itself: every reader's labels are worked out anew."""
    with engine.begin() as connection:
        counters = table_of(RightsState)
        connection.execute(counters.update().values(epoch=counters.c.epoch + 1))
