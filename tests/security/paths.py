"""The ways SQLAlchemy offers to read: each a function of a session and a small world, giving back all it saw.

The world holds a visible process, and in it rows the reader may not read: a text, a body and its memberships. Each path
tries to come by the secret words, or by a count that tells of them. A count is turned into the secret itself, so that
one look for the secret tells whether the path leaks.
"""

# mypy: ignore-errors
# Half of these statements are what the types of SQLAlchemy would rather not see; that is their purpose.

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    and_,
    bindparam,
    case,
    column,
    delete,
    exists,
    func,
    insert,
    inspect,
    lambda_stmt,
    literal_column,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.exc import InvalidRequestError, NoResultFound
from sqlalchemy.orm import (
    Bundle,
    Mapped,
    Session,
    aliased,
    column_property,
    contains_eager,
    defaultload,
    defer,
    joinedload,
    lazyload,
    load_only,
    make_transient_to_detached,
    query_expression,
    raiseload,
    registry,
    relationship,
    selectinload,
    subqueryload,
    undefer,
    with_expression,
    with_polymorphic,
)
from sqlalchemy.orm.exc import DetachedInstanceError, ObjectDeletedError, StaleDataError

from secretariat.core.database import Labelled
from secretariat.core.models import LabelChange
from secretariat.processes.models import Body, BodyMembership, Participant, ParticipantName, Process, ProcessText, Track


@dataclass(frozen=True)
class Secrets:
    """Keys of the visible process and of what is hidden in it; `secret` stands in each hidden row."""

    process: UUID
    track: UUID
    text: UUID
    body: UUID
    membership: UUID  # visible by an act on record, inside the hidden body
    hidden_membership: UUID
    participant: UUID
    secret: str


UNANSWERED = (NoResultFound, ObjectDeletedError, StaleDataError, InvalidRequestError, DetachedInstanceError)
"""How SQLAlchemy says that there is nothing: the same for a hidden row and for one that does not exist."""

Path = Callable[[Session, Secrets], Any]
PATHS: dict[str, Path] = {}
REFUSED: dict[str, Path] = {}
"""Paths that no reader may take at all, cleared or not."""


def path(function: Path) -> Path:
    PATHS[function.__name__] = function
    return function


def refused(function: Path) -> Path:
    REFUSED[function.__name__] = function
    return function


def told(count: Any, world: Secrets) -> str:
    """A number that is not nought tells that there is something."""
    return world.secret if count else ""


# --- classes that ask what the product's own do not ask for ---------------------------------------------------------
# They are mapped upon the product's tables in a registry of their own, so that the product's map does not know them.

other = registry()


class TextAgain(Labelled):
    """A text with a column worked out when asked for."""

    id: UUID
    title: Any
    extra: Mapped[Any]


class BodyAgain(Labelled):
    id: UUID
    name: Any


class ProcessAgain(Labelled):
    """A process with every kind of relationship and property that reads other rows."""

    id: UUID
    slug: str
    texts_dynamic: Any
    texts_write_only: Any
    texts_joined: list[TextAgain]
    texts_subquery: list[TextAgain]
    texts_immediate: list[TextAgain]
    how_many: int
    largest: str


_texts, _processes, _bodies = ProcessText.__table__, Process.__table__, Body.__table__
other.map_imperatively(TextAgain, _texts, properties={"extra": query_expression()})
other.map_imperatively(BodyAgain, _bodies)
_where = {"primaryjoin": _texts.c.process_id == _processes.c.id, "viewonly": True}
other.map_imperatively(
    ProcessAgain,
    _processes,
    properties={
        "texts_dynamic": relationship(TextAgain, lazy="dynamic", **_where),
        "texts_write_only": relationship(TextAgain, lazy="write_only", **_where),
        "texts_joined": relationship(TextAgain, lazy="joined", **_where),
        "texts_subquery": relationship(TextAgain, lazy="subquery", **_where),
        "texts_immediate": relationship(TextAgain, lazy="immediate", **_where),
        "how_many": column_property(
            select(func.count(TextAgain.id)).where(TextAgain.process_id == _processes.c.id).scalar_subquery(),
            deferred=True,
        ),
    },
)
other.configure()


# --- plain selects -----------------------------------------------------------------------------------------------


@path
def entity(session: Session, world: Secrets) -> Any:
    return [one.body for one in session.scalars(select(ProcessText).where(ProcessText.id == world.text))]


@path
def columns(session: Session, world: Secrets) -> Any:
    return session.execute(
        select(ProcessText.body, ProcessText.kind).where(ProcessText.process_id == world.process)
    ).all()


@path
def column_without_condition(session: Session, world: Secrets) -> Any:
    return session.scalars(select(Body.name)).all()


@path
def bundle(session: Session, world: Secrets) -> Any:
    return session.execute(select(Bundle("both", ProcessText.id, ProcessText.body))).all()


@path
def alias(session: Session, world: Secrets) -> Any:
    other_text = aliased(ProcessText)
    return session.scalars(select(other_text.body).where(other_text.id == world.text)).all()


@path
def entity_of_alias(session: Session, world: Secrets) -> Any:
    other_body = aliased(Body, name="another")
    return [one.name for one in session.scalars(select(other_body).where(other_body.id == world.body))]


@path
def alias_of_subquery(session: Session, world: Secrets) -> Any:
    inner = select(ProcessText).where(ProcessText.process_id == world.process).subquery()
    return [one.body for one in session.scalars(select(aliased(ProcessText, inner)))]


@path
def subquery_columns(session: Session, world: Secrets) -> Any:
    inner = select(ProcessText.body, ProcessText.process_id).subquery()
    return session.execute(select(inner.c.body).where(inner.c.process_id == world.process)).all()


@path
def cte(session: Session, world: Secrets) -> Any:
    inner = select(ProcessText.id, ProcessText.body).cte("texts")
    return session.execute(select(Process.id, inner.c.body).join(inner, inner.c.id == world.text)).all()


@path
def recursive_cte(session: Session, world: Secrets) -> Any:
    first = select(ProcessText.id, ProcessText.body).where(ProcessText.id == world.text).cte("walk", recursive=True)
    walk = first.union_all(select(first.c.id, first.c.body).where(first.c.id != world.text))
    return session.execute(select(walk.c.body)).all()


@path
def union(session: Session, world: Secrets) -> Any:
    both = union_all(select(Process.name), select(ProcessText.body))
    return session.execute(both).all()


@path
def union_of_entities(session: Session, world: Secrets) -> Any:
    both = (
        select(ProcessText)
        .where(ProcessText.id == world.text)
        .union_all(select(ProcessText).where(ProcessText.process_id == world.process))
    )
    return [one.body for one in session.scalars(select(ProcessText).from_statement(both))]


@path
def union_in_subquery(session: Session, world: Secrets) -> Any:
    both = select(ProcessText.body.label("said")).union_all(select(Body.name)).subquery()
    return session.execute(select(both.c.said)).all()


@path
def lateral(session: Session, world: Secrets) -> Any:
    inner = select(ProcessText.body).where(ProcessText.process_id == Process.id).subquery()
    return session.execute(select(Process.slug, inner.c.body).join(inner, Process.id == world.process)).all()


# --- questions: exists, has, any, counts, orders ------------------------------------------------------------------


@path
def exists_where(session: Session, world: Secrets) -> Any:
    asked = exists().where(ProcessText.process_id == Process.id)
    return told(session.scalars(select(Process.id).where(Process.id == world.process, asked)).first(), world)


@refused
def select_exists(session: Session, world: Secrets) -> Any:
    return told(session.scalar(select(exists().where(ProcessText.id == world.text))), world)


@path
def exists_of_select(session: Session, world: Secrets) -> Any:
    return told(session.scalar(select(select(ProcessText.id).where(ProcessText.id == world.text).exists())), world)


@path
def any_of_a_collection(session: Session, world: Secrets) -> Any:
    asked = Body.memberships.any(BodyMembership.id == world.hidden_membership)
    return told(session.scalars(select(Body.id).where(asked)).first(), world)


@path
def has_of_a_reference(session: Session, world: Secrets) -> Any:
    asked = select(BodyMembership.id).where(
        BodyMembership.id == world.membership, BodyMembership.body.has(Body.kind == "working_group")
    )
    return told(session.scalars(asked).first(), world)


@path
def has_of_an_alias(session: Session, world: Secrets) -> Any:
    seen = aliased(BodyMembership)
    return told(session.scalars(select(seen.id).where(seen.id == world.membership, seen.body.has())).first(), world)


@path
def any_of_a_type(session: Session, world: Secrets) -> Any:
    hidden = aliased(BodyMembership)
    asked = Body.memberships.of_type(hidden).any(hidden.id == world.hidden_membership)
    return told(session.scalars(select(Body.id).where(asked)).first(), world)


@path
def in_subquery(session: Session, world: Secrets) -> Any:
    inner = select(ProcessText.process_id).where(ProcessText.id == world.text)
    return told(session.scalars(select(Process.id).where(Process.id.in_(inner))).first(), world)


@path
def count_function(session: Session, world: Secrets) -> Any:
    return told(
        session.scalar(select(func.count(ProcessText.id)).where(ProcessText.process_id == world.process)), world
    )


@path
def count_star(session: Session, world: Secrets) -> Any:
    counted = select(func.count()).select_from(ProcessText).where(ProcessText.process_id == world.process)
    return told(session.scalar(counted), world)


@path
def count_of_subquery(session: Session, world: Secrets) -> Any:
    inner = select(ProcessText).where(ProcessText.process_id == world.process).subquery()
    return told(session.scalar(select(func.count()).select_from(inner)), world)


@path
def window(session: Session, world: Secrets) -> Any:
    counted = func.count(ProcessText.id).over(partition_by=Process.id)
    asked = select(counted).select_from(Process).outerjoin(ProcessText, ProcessText.process_id == Process.id)
    return told(session.scalars(asked.where(Process.id == world.process)).first(), world)


@path
def correlated_scalar(session: Session, world: Secrets) -> Any:
    inner = select(ProcessText.body).where(ProcessText.process_id == Process.id).limit(1).scalar_subquery()
    return session.execute(select(Process.slug, inner).where(Process.id == world.process)).all()


@path
def scalar_in_order(session: Session, world: Secrets) -> Any:
    inner = select(func.count(ProcessText.id)).where(ProcessText.process_id == Process.id).scalar_subquery()
    return told(session.scalars(select(inner).where(Process.id == world.process).order_by(inner)).first(), world)


@path
def having(session: Session, world: Secrets) -> Any:
    inner = select(func.count(ProcessText.id)).where(ProcessText.process_id == Process.id).scalar_subquery()
    grouped = select(Process.id).where(Process.id == world.process).group_by(Process.id).having(inner > 0)
    return told(session.scalars(grouped).first(), world)


@path
def case_of_exists(session: Session, world: Secrets) -> Any:
    asked = case((exists().where(ProcessText.process_id == Process.id), 1), else_=0)
    return told(session.scalar(select(asked).where(Process.id == world.process)), world)


@path
def group_by_join(session: Session, world: Secrets) -> Any:
    grouped = (
        select(Process.id, func.count(ProcessText.id))
        .outerjoin(ProcessText, ProcessText.process_id == Process.id)
        .where(Process.id == world.process)
        .group_by(Process.id)
    )
    return told(session.execute(grouped).one()[1], world)


@path
def distinct(session: Session, world: Secrets) -> Any:
    return session.scalars(select(ProcessText.kind).where(ProcessText.process_id == world.process).distinct()).all()


# --- joins -------------------------------------------------------------------------------------------------------


@path
def join_from_the_visible(session: Session, world: Secrets) -> Any:
    joined = select(Process.slug, ProcessText.body).join(ProcessText, ProcessText.process_id == Process.id)
    return session.execute(joined.where(Process.id == world.process)).all()


@path
def join_from_the_hidden(session: Session, world: Secrets) -> Any:
    return session.execute(select(ProcessText.body, Process.slug).join(ProcessText.process)).all()


@path
def outer_join_from_the_visible(session: Session, world: Secrets) -> Any:
    joined = select(BodyMembership.id, Body.name).outerjoin(BodyMembership.body)
    return session.execute(joined.where(BodyMembership.id == world.membership)).all()


@path
def outer_join_from_the_hidden(session: Session, world: Secrets) -> Any:
    joined = select(Body.name, BodyMembership.id).outerjoin(Body.memberships)
    return session.execute(joined.where(Body.id == world.body)).all()


@path
def full_join(session: Session, world: Secrets) -> Any:
    joined = select(Body.name).select_from(Process).join(Body, Body.process_id == Process.id, isouter=True, full=True)
    return session.execute(joined).all()


@path
def join_without_words(session: Session, world: Secrets) -> Any:
    joined = select(Process.id).join(ProcessText, ProcessText.process_id == Process.id)
    return told(session.scalars(joined.where(Process.id == world.process)).first(), world)


@path
def cartesian(session: Session, world: Secrets) -> Any:
    pairs = select(Process.slug, ProcessText.body).where(and_(ProcessText.process_id == Process.id))
    return session.execute(pairs).all()


@path
def self_join(session: Session, world: Secrets) -> Any:
    one, two = aliased(BodyMembership), aliased(BodyMembership)
    joined = select(two.name_text).join(one, one.body_id == two.body_id).where(one.id == world.membership)
    return session.scalars(joined).all()


@path
def unlabelled_through_hidden(session: Session, world: Secrets) -> Any:
    joined = (
        select(Participant.id)
        .join(BodyMembership, BodyMembership.participant_id == Participant.id)
        .where(BodyMembership.id == world.hidden_membership)
    )
    return told(session.scalars(joined).first(), world)


# --- relationships -----------------------------------------------------------------------------------------------


def _memberships(session: Session, world: Secrets, *options: Any) -> Any:
    body = session.scalars(select(Body).where(Body.id == world.body).options(*options)).first()
    return [one.name_text for one in body.memberships] if body else []


def _body_of(session: Session, world: Secrets, *options: Any) -> Any:
    seen = session.scalars(select(BodyMembership).where(BodyMembership.id == world.membership).options(*options)).one()
    return seen.body.name if seen.body else None


@path
def lazy_collection(session: Session, world: Secrets) -> Any:
    return _memberships(session, world)


@path
def joined_collection(session: Session, world: Secrets) -> Any:
    return _memberships(session, world, joinedload(Body.memberships))


@path
def selectin_collection(session: Session, world: Secrets) -> Any:
    return _memberships(session, world, selectinload(Body.memberships))


@path
def subquery_collection(session: Session, world: Secrets) -> Any:
    return _memberships(session, world, subqueryload(Body.memberships))


@path
def lazy_reference(session: Session, world: Secrets) -> Any:
    return _body_of(session, world)


@path
def explicitly_lazy_reference(session: Session, world: Secrets) -> Any:
    return _body_of(session, world, lazyload(BodyMembership.body))


@path
def joined_reference(session: Session, world: Secrets) -> Any:
    return _body_of(session, world, joinedload(BodyMembership.body))


@path
def inner_joined_reference(session: Session, world: Secrets) -> Any:
    found = select(BodyMembership).where(BodyMembership.id == world.membership)
    seen = session.scalars(found.options(joinedload(BodyMembership.body, innerjoin=True))).first()
    return seen.body.name if seen and seen.body else None


@path
def selectin_reference(session: Session, world: Secrets) -> Any:
    return _body_of(session, world, selectinload(BodyMembership.body))


@path
def subquery_reference(session: Session, world: Secrets) -> Any:
    return _body_of(session, world, subqueryload(BodyMembership.body))


@path
def chained_loaders(session: Session, world: Secrets) -> Any:
    return _body_of(session, world, selectinload(BodyMembership.body).joinedload(Body.memberships))


@path
def options_by_default_load(session: Session, world: Secrets) -> Any:
    return _body_of(session, world, defaultload(BodyMembership.body).load_only(Body.name))


@path
def contains_eager_join(session: Session, world: Secrets) -> Any:
    joined = select(BodyMembership).outerjoin(BodyMembership.body).options(contains_eager(BodyMembership.body))
    seen = session.scalars(joined.where(BodyMembership.id == world.membership)).one()
    return seen.body.name if seen.body else None


@path
def raise_on_other_loads(session: Session, world: Secrets) -> Any:
    return _body_of(session, world, joinedload(BodyMembership.body), raiseload("*"))


@path
def nested_collections(session: Session, world: Secrets) -> Any:
    tracks = session.scalars(select(Track).where(Track.id == world.track).options(selectinload(Track.process))).one()
    return [text.body for text in session.scalars(select(ProcessText).where(ProcessText.process == tracks.process))]


@path
def and_conditions_on_relationship(session: Session, world: Secrets) -> Any:
    return _memberships(session, world, selectinload(Body.memberships.and_(BodyMembership.role == "member")))


@path
def from_an_object_just_added(session: Session, world: Secrets) -> Any:
    made = BodyMembership(body_id=world.body, name_text="new")
    session.add(made)
    with session.no_autoflush:
        seen = inspect(BodyMembership).relationships["body"]
        session.enable_relationship_loading(made)
        found = getattr(made, seen.key)
    session.expunge(made)
    return found.name if found else None


@path
def from_an_object_just_flushed(session: Session, world: Secrets) -> Any:
    label = session.scalar(select(Process.label_id).where(Process.id == world.process))
    made = BodyMembership(body_id=world.body, name_text="new", label_id=label, widened=True)
    session.info["attached"] = {made}
    session.add(made)
    session.flush()
    return made.body.name if made.body else None


@path
def collection_of_an_object_just_flushed(session: Session, world: Secrets) -> Any:
    label = session.scalar(select(Process.label_id).where(Process.id == world.process))
    made = ParticipantName(participant_id=world.participant, language="en", name="a", process_id=world.process)
    session.add(made)
    session.flush()
    process = session.scalars(select(Process).where(Process.id == made.process_id, Process.label_id == label)).one()
    session.expire(process)
    return [one.body for one in session.scalars(select(ProcessText).where(ProcessText.process == process))]


@path
def dynamic_relationship(session: Session, world: Secrets) -> Any:
    process = session.scalars(select(ProcessAgain).where(_processes.c.id == world.process)).unique().one()
    return [one.body for one in process.texts_dynamic]


@path
def write_only_relationship(session: Session, world: Secrets) -> Any:
    process = session.scalars(select(ProcessAgain).where(_processes.c.id == world.process)).unique().one()
    return [one.body for one in session.scalars(process.texts_write_only.select())]


@path
def dynamic_relationship_count(session: Session, world: Secrets) -> Any:
    process = session.scalars(select(ProcessAgain).where(_processes.c.id == world.process)).unique().one()
    return told(process.texts_dynamic.count(), world)


@path
def relationship_joined_by_default(session: Session, world: Secrets) -> Any:
    process = session.scalars(select(ProcessAgain).where(_processes.c.id == world.process)).unique().one()
    return [one.body for one in process.texts_joined]


@path
def relationship_subquery_by_default(session: Session, world: Secrets) -> Any:
    process = session.scalars(select(ProcessAgain).where(_processes.c.id == world.process)).unique().one()
    return [one.body for one in process.texts_subquery]


@path
def relationship_immediate(session: Session, world: Secrets) -> Any:
    process = session.scalars(select(ProcessAgain).where(_processes.c.id == world.process)).unique().one()
    return [one.body for one in process.texts_immediate]


# --- the identity map, refreshing, merging -----------------------------------------------------------------------


@path
def get(session: Session, world: Secrets) -> Any:
    found = session.get(ProcessText, world.text)
    return found.body if found else None


@path
def get_one(session: Session, world: Secrets) -> Any:
    return session.get_one(Body, world.body).name


@path
def get_with_options(session: Session, world: Secrets) -> Any:
    found = session.get(Body, world.body, options=[selectinload(Body.memberships)], populate_existing=True)
    return [found.name, *(one.name_text for one in found.memberships)] if found else None


@path
def get_for_update(session: Session, world: Secrets) -> Any:
    found = session.get(ProcessText, world.text, with_for_update=True)
    return found.body if found else None


@path
def refresh_of_a_stranger(session: Session, world: Secrets) -> Any:
    stranger = ProcessText(id=world.text)
    make_transient_to_detached(stranger)
    session.add(stranger)
    session.refresh(stranger)
    return stranger.body


@path
def attribute_of_a_stranger(session: Session, world: Secrets) -> Any:
    stranger = ProcessText(id=world.text)
    make_transient_to_detached(stranger)
    session.add(stranger)
    return stranger.body


@path
def reference_of_a_stranger(session: Session, world: Secrets) -> Any:
    stranger = BodyMembership(id=world.hidden_membership, body_id=world.body)
    make_transient_to_detached(stranger)
    session.add(stranger)
    return stranger.body.name if stranger.body else None


@path
def merge(session: Session, world: Secrets) -> Any:
    merged = session.merge(ProcessText(id=world.text))
    with session.no_autoflush:
        seen = merged.body
        session.expunge(merged)
    return seen


@path
def expired_attribute(session: Session, world: Secrets) -> Any:
    seen = session.scalars(select(BodyMembership).where(BodyMembership.id == world.membership)).one()
    session.expire(seen)
    return seen.body.name if seen.body else None


@path
def expired_collection(session: Session, world: Secrets) -> Any:
    process = session.scalars(select(Process).where(Process.id == world.process)).one()
    session.expire_all()
    return [one.name for one in process.tracks] + _memberships(session, world)


@path
def populate_existing(session: Session, world: Secrets) -> Any:
    found = select(ProcessText).where(ProcessText.id == world.text).execution_options(populate_existing=True)
    return [one.body for one in session.scalars(found)]


@path
def deferred_column(session: Session, world: Secrets) -> Any:
    found = session.scalars(
        select(ProcessText).where(ProcessText.id == world.text).options(defer(ProcessText.body))
    ).first()
    return found.body if found else None


@path
def undeferred_column(session: Session, world: Secrets) -> Any:
    found = select(ProcessAgain).where(_processes.c.id == world.process).options(undefer(ProcessAgain.how_many))
    return told(session.scalars(found).unique().one().how_many, world)


@path
def only_some_columns(session: Session, world: Secrets) -> Any:
    found = session.scalars(select(Body).where(Body.id == world.body).options(load_only(Body.id))).first()
    return found.name if found else None


@refused
def expression_asked_for(session: Session, world: Secrets) -> Any:
    inner = select(Body.name).where(Body.id == world.body).scalar_subquery()
    asked = select(ProcessAgain).where(_processes.c.id == world.process)
    session.scalars(asked).unique().one()
    texts = session.scalars(select(TextAgain).options(with_expression(TextAgain.extra, inner)))
    return [one.extra for one in texts]


@path
def column_property_of_a_subquery(session: Session, world: Secrets) -> Any:
    process = session.scalars(select(ProcessAgain).where(_processes.c.id == world.process)).unique().one()
    return told(process.how_many, world)


@path
def polymorphic_none(session: Session, world: Secrets) -> Any:
    texts = with_polymorphic(ProcessText, [])
    return session.scalars(select(texts.body).where(texts.id == world.text)).all()


# --- the older and the stranger interfaces ------------------------------------------------------------------------


@path
def query(session: Session, world: Secrets) -> Any:
    return [one.body for one in session.query(ProcessText).filter_by(id=world.text)]


@path
def query_column(session: Session, world: Secrets) -> Any:
    return session.query(ProcessText.body).all()


@path
def query_count(session: Session, world: Secrets) -> Any:
    return told(session.query(ProcessText).filter_by(process_id=world.process).count(), world)


@path
def query_exists(session: Session, world: Secrets) -> Any:
    return told(session.query(session.query(ProcessText).filter_by(id=world.text).exists()).scalar(), world)


@path
def query_union(session: Session, world: Secrets) -> Any:
    one = session.query(ProcessText.body)
    return one.union_all(session.query(Body.name)).all()


@path
def query_one(session: Session, world: Secrets) -> Any:
    found = session.query(ProcessText).filter(ProcessText.id == world.text).one_or_none()
    return found.body if found else None


@path
def yield_per(session: Session, world: Secrets) -> Any:
    return [one.body for one in session.scalars(select(ProcessText).execution_options(yield_per=1))]


@path
def stream_results(session: Session, world: Secrets) -> Any:
    return session.execute(select(ProcessText.body), execution_options={"stream_results": True}).all()


@path
def partitions(session: Session, world: Secrets) -> Any:
    found = session.execute(select(ProcessText.body).execution_options(yield_per=1))
    return [row for part in found.partitions() for row in part]


@path
def lambda_statement(session: Session, world: Secrets) -> Any:
    key = world.process
    statement = lambda_stmt(lambda: select(ProcessText.body))
    statement += lambda one: one.where(ProcessText.process_id == key)
    return session.scalars(statement).all()


@path
def execution_options(session: Session, world: Secrets) -> Any:
    wanted = select(ProcessText.body).execution_options(skip_filter=True)
    return session.execute(wanted, execution_options={"skip_filter": True}).all()


@path
def bound_parameters(session: Session, world: Secrets) -> Any:
    wanted = select(ProcessText.body).where(ProcessText.id == bindparam("key"))
    return session.execute(wanted, {"key": world.text}).all()


@path
def for_update(session: Session, world: Secrets) -> Any:
    return session.scalars(select(ProcessText.body).where(ProcessText.id == world.text).with_for_update()).all()


@path
def from_statement_of_columns(session: Session, world: Secrets) -> Any:
    inner = select(ProcessText.id, ProcessText.body).where(ProcessText.id == world.text)
    return [one.body for one in session.scalars(select(ProcessText).from_statement(inner))]


@refused
def label_changes(session: Session, world: Secrets) -> Any:
    return told(session.scalars(select(LabelChange).where(LabelChange.thing_id == world.text)).first(), world)


# --- writing that reads ------------------------------------------------------------------------------------------


@path
def update_by_criteria(session: Session, world: Secrets) -> Any:
    done = session.execute(update(ProcessText).where(ProcessText.id == world.text).values(kind="seen"))
    return told(done.rowcount, world)


@path
def update_without_synchronizing(session: Session, world: Secrets) -> Any:
    changed = update(ProcessText).where(ProcessText.id == world.text).values(kind="seen")
    done = session.execute(changed, execution_options={"synchronize_session": False})
    return told(done.rowcount, world)


@path
def update_by_fetching(session: Session, world: Secrets) -> Any:
    changed = update(ProcessText).where(ProcessText.id == world.text).values(kind="seen")
    done = session.execute(changed, execution_options={"synchronize_session": "fetch"})
    return told(done.rowcount, world)


@path
def update_returning(session: Session, world: Secrets) -> Any:
    changed = update(ProcessText).where(ProcessText.id == world.text).values(kind="seen").returning(ProcessText.body)
    return session.execute(changed).all()


@path
def update_from_hidden_rows(session: Session, world: Secrets) -> Any:
    inner = select(ProcessText.kind).where(ProcessText.id == world.text).scalar_subquery()
    told_by = func.coalesce(inner, "")
    session.execute(update(Participant).where(Participant.id == world.participant).values(key=told_by))
    return session.scalars(select(Participant.key).where(Participant.id == world.participant)).all()


@path
def update_with_hidden_criteria(session: Session, world: Secrets) -> Any:
    inner = select(ProcessText.id).where(ProcessText.id == world.text).exists()
    changed = update(Participant).where(Participant.id == world.participant, inner).values(iso="aa")
    done = session.execute(changed, execution_options={"synchronize_session": False})
    return told(done.rowcount, world)


@path
def delete_by_criteria(session: Session, world: Secrets) -> Any:
    done = session.execute(delete(ProcessText).where(ProcessText.id == world.text))
    return told(done.rowcount, world)


@path
def delete_returning(session: Session, world: Secrets) -> Any:
    return session.execute(delete(ProcessText).where(ProcessText.id == world.text).returning(ProcessText.body)).all()


@path
def query_update(session: Session, world: Secrets) -> Any:
    changed = session.query(ProcessText).filter(ProcessText.id == world.text)
    return told(changed.update({"kind": "seen"}, synchronize_session=False), world)


@path
def query_delete(session: Session, world: Secrets) -> Any:
    return told(session.query(ProcessText).filter(ProcessText.id == world.text).delete(), world)


@refused
def bulk_update_by_key(session: Session, world: Secrets) -> Any:
    session.execute(update(ProcessText), [{"id": world.text, "version": 1, "kind": "seen"}])


@refused
def insert_of_a_labelled_row(session: Session, world: Secrets) -> Any:
    session.execute(insert(ProcessText).values(process_id=world.process, kind="a", label_id=1))


@refused
def insert_from_select(session: Session, world: Secrets) -> Any:
    taken = select(ProcessText.id, ProcessText.kind, literal_column("'en'"), literal_column("0"), literal_column("''"))
    session.execute(insert(Participant).from_select(["id", "key", "kind", "aliases", "secretariat_of"], taken))
    return session.scalars(select(Participant.key)).all()


@refused
def insert_of_a_subquery(session: Session, world: Secrets) -> Any:
    inner = select(ProcessText.kind).where(ProcessText.id == world.text).scalar_subquery()
    made = insert(ParticipantName).values(participant_id=world.participant, language="en", name=inner)
    return session.execute(made.returning(ParticipantName.name)).all()


@refused
def flush_of_a_subquery(session: Session, world: Secrets) -> Any:
    participant = session.get_one(Participant, world.participant)
    participant.key = select(_texts.c.kind).where(_texts.c.id == world.text).scalar_subquery()
    session.flush()
    return participant.key


@refused
def text_statement(session: Session, world: Secrets) -> Any:
    return session.execute(text("SELECT body FROM process_texts")).all()


@refused
def text_as_entity(session: Session, world: Secrets) -> Any:
    return [
        one.body for one in session.scalars(select(ProcessText).from_statement(text("SELECT * FROM process_texts")))
    ]


@refused
def text_inside_a_statement(session: Session, world: Secrets) -> Any:
    inner = literal_column("(SELECT kind FROM process_texts LIMIT 1)")
    return session.execute(select(Process.slug, inner)).all()


@refused
def text_as_condition(session: Session, world: Secrets) -> Any:
    asked = text("EXISTS (SELECT 1 FROM process_texts)")
    return told(session.scalars(select(Participant.id).where(asked)).first(), world)


@refused
def text_as_columns(session: Session, world: Secrets) -> Any:
    inner = text("SELECT id, body FROM process_texts").columns(column("id"), column("body")).subquery()
    return session.execute(select(Process.slug, inner.c.body).join(inner, inner.c.id != Process.id)).all()


@refused
def core_select(session: Session, world: Secrets) -> Any:
    return session.execute(select(_texts)).all()


@refused
def core_columns_beside_an_entity(session: Session, world: Secrets) -> Any:
    joined = select(Process.slug, _texts.c.body).join(_texts, _texts.c.process_id == Process.id)
    return session.execute(joined).all()


@refused
def core_columns_beside_an_unlabelled_entity(session: Session, world: Secrets) -> Any:
    joined = select(Participant.key, _texts.c.kind).join(_texts, _texts.c.id != Participant.id)
    return session.execute(joined).all()


@refused
def core_exists_beside_an_entity(session: Session, world: Secrets) -> Any:
    asked = select(_texts.c.id).where(_texts.c.id == world.text).exists()
    return told(session.scalars(select(Process.id).where(asked)).first(), world)


@refused
def core_subquery_inside_an_entity(session: Session, world: Secrets) -> Any:
    found = select(aliased(ProcessText, select(_texts).subquery()))
    return [one.body for one in session.scalars(found)]


@refused
def core_statement_as_entity(session: Session, world: Secrets) -> Any:
    return [one.body for one in session.scalars(select(ProcessText).from_statement(select(_texts)))]


@refused
def core_union(session: Session, world: Secrets) -> Any:
    return session.execute(union_all(select(Process.name), select(_texts.c.body))).all()


@refused
def core_insert(session: Session, world: Secrets) -> Any:
    return session.execute(insert(_bodies).from_select(["id"], select(_texts.c.id)))


@refused
def through_a_table_between(session: Session, world: Secrets) -> Any:
    between = BodyMembership.__table__
    joined = (
        select(Participant.key)
        .join(between, between.c.participant_id == Participant.id)
        .where(between.c.id == world.hidden_membership)
    )
    return told(session.scalars(joined).first(), world)


@refused
def connection_of_the_session(session: Session, world: Secrets) -> Any:
    return session.connection().execute(select(_texts.c.body)).all()


@refused
def driver_of_the_connection(session: Session, world: Secrets) -> Any:
    return session.connection().exec_driver_sql("SELECT body FROM process_texts").all()


@refused
def engine_of_the_session(session: Session, world: Secrets) -> Any:
    with session.get_bind().connect() as connection:
        return connection.execute(select(_texts.c.body)).all()


@refused
def session_of_nobody(session: Session, world: Secrets) -> Any:
    with Session(session.get_bind()) as other_session:
        return [one.body for one in other_session.scalars(select(ProcessText))]


@refused
def bulk_update_mappings(session: Session, world: Secrets) -> Any:
    session.bulk_update_mappings(inspect(ProcessText), [{"id": world.text, "version": 1, "kind": "seen"}])


@refused
def bulk_insert_mappings(session: Session, world: Secrets) -> Any:
    session.bulk_insert_mappings(inspect(Participant), [{"key": "a", "kind": "state"}])


@refused
def bulk_save_objects(session: Session, world: Secrets) -> Any:
    session.bulk_save_objects([ProcessText(id=world.text)])
