"""What was pledged and received in all, by currency. Pure; nothing is summed by giver, and nothing converted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


class _Given(Protocol):
    @property
    def pledged(self) -> Decimal | None: ...
    @property
    def received(self) -> Decimal | None: ...
    @property
    def currency(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Sum:
    """What was pledged and received in one currency."""

    currency: str
    pledged: Decimal
    received: Decimal


def sums(given: Iterable[_Given]) -> list[Sum]:
    """The sums of each currency there is, in the order of their codes: currencies are neither compared nor added."""
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for one in given:
        if one.currency:
            pledged, received = found.get(one.currency, (Decimal(0), Decimal(0)))
            found[one.currency] = (pledged + (one.pledged or 0), received + (one.received or 0))
    return [Sum(code, *found[code]) for code in sorted(found)]
