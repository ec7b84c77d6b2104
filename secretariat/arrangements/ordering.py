"""The order of a host's list, and what is counted on it. Pure.

Delegations stand as on the list of delegations: in alphabetical order of the meeting's first language, from the letter
that was drawn (`meetings.delegations`), each head first. Who belongs to none stands behind them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from secretariat.arrangements.models import HostedPerson
from secretariat.core.languages.order import collation_key
from secretariat.meetings.delegations import begun_with
from secretariat.processes.names import Name, in_order


@dataclass(frozen=True, slots=True)
class Listed:
    """A delegation on the list with its persons; of who belongs to none the name is empty."""

    name: str
    persons: Sequence[HostedPerson]


def ordered(
    persons: Iterable[HostedPerson], named: Mapping[UUID, Name], letter: str, language: str, called: Mapping[UUID, Name]
) -> list[Listed]:
    """Persons by delegation. `named` are the names by which they are ordered, `called` those they are shown by."""
    of: dict[UUID | None, list[HostedPerson]] = {}
    for one in persons:
        of.setdefault(one.participant_id, []).append(one)
    here = {key: named[key] for key in of if key is not None and key in named}
    turned = begun_with(letter, [(str(named[key]), key) for key in in_order(here)], language)
    listed = [Listed(str(called[key]), sorted(of[key], key=lambda one: one.place)) for key in turned]
    beside = [one for key, found in of.items() if key not in here for one in found]
    beside.sort(key=lambda one: (one.badge.value, collation_key(one.name, language), str(one.id)))
    return [*listed, *([Listed("", beside)] if beside else [])]


def listening(persons: Iterable[HostedPerson]) -> dict[str, int]:
    """How many listen in each language, by its code; the most first."""
    counted = Counter(one.listens_in for one in persons if one.listens_in)
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def allowances(persons: Iterable[HostedPerson]) -> dict[str, Decimal]:
    """The sum of the allowances in each currency; sums of different currencies are never added."""
    sums: dict[str, Decimal] = {}
    for one in persons:
        if one.allowance is not None and one.currency:
            sums[one.currency] = sums.get(one.currency, Decimal(0)) + one.allowance
    return dict(sorted(sums.items()))
