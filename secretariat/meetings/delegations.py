"""The order of delegations on a list. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from secretariat.core.languages.order import collation_key
from secretariat.meetings.models import DelegateRole

_RANK = {DelegateRole.HEAD: 0, DelegateRole.DELEGATE: 1, DelegateRole.ADVISER: 2}


class Named(Protocol):
    """A delegate, as far as the order goes."""

    @property
    def role(self) -> DelegateRole: ...
    @property
    def position(self) -> int: ...


N = TypeVar("N", bound=Named)
T = TypeVar("T")


def heads_first(delegates: Iterable[N]) -> list[N]:
    """The head, then delegates, then advisers, each in the order in which they were named."""
    return sorted(delegates, key=lambda one: (_RANK[one.role], one.position))


def begun_with(letter: str, ordered: Sequence[tuple[str, T]], language: str) -> list[T]:
    """What stands in alphabetical order under its names, from the first that begins with this letter or a later one on,
    and round to those before. Without a letter, or with one behind all names, from the first."""
    if not letter:
        return [thing for _name, thing in ordered]
    at = collation_key(letter, language)
    first = next((place for place, (name, _thing) in enumerate(ordered) if collation_key(name, language) >= at), 0)
    turned = [*ordered[first:], *ordered[:first]]
    return [thing for _name, thing in turned]
