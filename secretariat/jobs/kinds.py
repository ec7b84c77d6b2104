"""Which kinds of work there are. A feature enters its own in its module `works`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from config import Settings
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is in all."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a job made: a file for who asked."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


Work = Callable[[ViewerSession, dict[str, Any], Progress], Result]


class NotThroughYet(Exception):
    """Raised by work that writes when its turn is over and something is left: it goes on in another one. A worker
    gives no task more than minutes."""


@dataclass(frozen=True, slots=True)
class Hands:
    """What work that writes is done with. `eyes` makes the viewer of who asked, with the rights of that moment: long
    work looks anew before each of its steps."""

    engine: Engine
    settings: Settings
    eyes: Callable[[], Viewer]


Deed = Callable[[Hands, dict[str, Any], Progress], Result]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of long work: `words` say what it makes, in the reader's language (lazy), `work` makes it; or else it is a
    `deed`, which writes. `page` is where what it makes has a page of its own, from what the worker was told."""

    name: str
    words: Any
    work: Work | None = None
    deed: Deed | None = None
    page: Callable[[dict[str, Any]], str] | None = None


_kinds: dict[str, Kind] = {}


def register(name: str, words: Any, work: Work) -> None:
    """Enter a kind of work. It reads in the session it is given, with the eyes of who asked, and writes nothing."""
    _kinds[name] = Kind(name, words, work)


def register_deed(name: str, words: Any, deed: Deed, *, page: Callable[[dict[str, Any]], str] | None = None) -> None:
    """Enter a kind of work that writes. It commits step by step under the eyes of who asked, and, begun again after a
    crash, does no step twice: it may be tried several times. Long work raises `NotThroughYet` after a while. Where what
    comes of it stands on a `page` of its own, the page of the work leads there."""
    _kinds[name] = Kind(name, words, deed=deed, page=page)


def kind(name: str) -> Kind:
    """The kind of this name. Raises KeyError."""
    return _kinds[name]
