"""Which labelled kinds of things a person meets: what each is called, where it is shown, whose paper it is.

A feature enters its own in its module `kinds`, which `secretariat.registers.fill()` imports. "Who can read this?", the
control that sets a label, and what one person may read all ask here, so that a kind entered once is everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core.localtext import LocalText


class OriginKind(StrEnum):
    """Who can be the origin of a paper."""

    PARTICIPANT = "participant"
    BODY = "body"  # or a process, where its members as a whole adopted it
    SECRETARIAT = "secretariat"  # of a track
    PERSON = "person"  # what one says of oneself: contact cards and numbers, work one asked for


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose paper a thing is: who may lower its label. `id` is a participant, a body or process, a track, a person."""

    kind: OriginKind
    id: UUID


@dataclass(frozen=True, slots=True)
class Kind:
    """A labelled kind.

    `word` is its name, lazy ("Meeting"). `title` gives what one thing is called, in the eyes of the session it was read
    in; `page` the path of its page, or of the page it is part of, None where there is none to show. Both read what
    stands beside the thing itself and its container, no more: lists of many things read those beforehand.
    """

    model: type[Any]
    word: Any
    title: Callable[[Any], LocalText | str]
    page: Callable[[Any], str | None]
    origin: Callable[[Session, Any], Origin]

    @property
    def name(self) -> str:
        """What it is called in addresses and in the history of labels: the name of its table."""
        return str(self.model.__tablename__)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Enter a kind. Raises ValueError where its class was entered otherwise before."""
    if _kinds.get(kind.name, kind) != kind:
        raise ValueError(f"{kind.name} is entered twice")
    _kinds[kind.name] = kind


def kind_of(thing_or_model: Any) -> Kind | None:
    """The kind of a thing or of its class; None where nobody is asked about it."""
    model = thing_or_model if isinstance(thing_or_model, type) else type(thing_or_model)
    found = _kinds.get(getattr(model, "__tablename__", ""))
    return found if found is not None and found.model is model else None


def by_name(tablename: str) -> Kind | None:
    """The kind of this name, as an address has it."""
    return _kinds.get(tablename)


def every() -> list[Kind]:
    """All kinds, in a constant order."""
    return [_kinds[name] for name in sorted(_kinds)]
