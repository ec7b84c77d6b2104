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

from secretariat.core.labels import Clause, LabelValue
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


def _always(_thing: Any) -> bool:
    return True


def _nothing(_session: Session, _thing: Any) -> frozenset[Clause]:
    return frozenset()


def _no_more(_session: Session, _thing: Any, _before: LabelValue) -> None:
    return None


@dataclass(frozen=True, slots=True)
class ByHand:
    """That a person may change the label of such a thing, on the page made for it.

    `open` tells whether in its present state (a proposal has its readers by rule, a commitment those it is given).
    `held_back` are own clauses a state puts beside the label, such as those of a draft: they stay when the label is
    changed, and leave with the state. `follow` does what a change of label entails (numbers counted anew), given the
    label there was before; it runs in the session of who changed it.
    """

    open: Callable[[Any], bool] = _always
    held_back: Callable[[Session, Any], frozenset[Clause]] = _nothing
    follow: Callable[[Session, Any, LabelValue], None] = _no_more


@dataclass(frozen=True, slots=True)
class Kind:
    """A labelled kind.

    `word` is its name, lazy ("Meeting"). `title` gives what one thing is called, in the eyes of the session it was read
    in; `page` the path of its page, or of the page it is part of, None where there is none to show. Both read what
    stands beside the thing itself and its container, no more: lists of many things read those beforehand. `by_hand` is
    None where readers follow from what the thing is, and nobody gives it others.
    """

    model: type[Any]
    word: Any
    title: Callable[[Any], LocalText | str]
    page: Callable[[Any], str | None]
    origin: Callable[[Session, Any], Origin]
    by_hand: ByHand | None = None

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
