"""Named reads of things of any kind, in the session's eyes.

A thing is in sight when it may be read and all it stands in too, up to its process: what stands in something hidden has
no page, whatever its own label says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.inspection import inspect
from sqlalchemy.orm import Session, aliased, selectinload

from secretariat.core.kinds import Kind
from secretariat.core.labels import LabelValue
from secretariat.processes.models import Process


def in_sight(model: type[Any]) -> Select[tuple[Any]]:
    """What may be read of a kind, inside all it stands in; to be narrowed further."""
    return joined_to_containers(select(model), model)


def thing(session: Session, kind: Kind, key: UUID) -> Any | None:
    """One thing of a kind, with what it stands in; None where it is not there for this reader."""
    return session.scalar(in_sight(kind.model).where(kind.model.id == key).options(*beside(kind.model)))


def process_of(session: Session, label: LabelValue) -> Process | None:
    """The process in whose words a label is said; None where it is hidden, and for what is the installation's own."""
    return session.scalar(select(Process).where(Process.id == label.heaviest.process))


def joined_to_containers(statement: Select[Any], model: type[Any], inside: Any = None) -> Select[Any]:
    """The statement with the containers of `model` joined inwards, and theirs: no row of something hidden is left."""
    one = inside if inside is not None else model
    for name in container_names(model):
        relationship = inspect(model).relationships[name]
        container: type[Any] = relationship.mapper.class_
        held = aliased(container)
        on = getattr(one, name).of_type(held)
        if _may_be_absent(model, name):
            statement = statement.outerjoin(on).where(_absent_or_in_sight(one, model, name, held))
        else:
            statement = joined_to_containers(statement.join(on), container, held)
    return statement


def beside(model: type[Any]) -> Iterator[Any]:
    """Loads what a thing stands in, and what that stands in: its title and page need no more."""
    for name in container_names(model):
        held = selectinload(getattr(model, name))
        outer: type[Any] = inspect(model).relationships[name].mapper.class_
        yield held
        yield from (held.selectinload(getattr(outer, further)) for further in container_names(outer))


def container_names(model: type[Any]) -> tuple[str, ...]:
    """The relationships that lead to what a thing stands in."""
    named = model.container
    return (named,) if isinstance(named, str) else named or ()


def _may_be_absent(model: type[Any], name: str) -> bool:
    return any(column.nullable for column in inspect(model).relationships[name].local_columns)


def _absent_or_in_sight(one: Any, model: type[Any], name: str, held: Any) -> ColumnElement[bool]:
    column = next(iter(inspect(model).relationships[name].local_columns))
    pointed = getattr(one, inspect(model).get_property_by_column(column).key)
    condition: ColumnElement[bool] = pointed.is_(None) | held.id.is_not(None)
    return condition
