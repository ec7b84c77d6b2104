"""Days on which nobody is written to: the weekend as it is in the recipient's country.

The country is the participant's where it is a state, else that of the recipient's zone. Public holidays belong in
`quiet_days`, too: `core.days_off` knows them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from secretariat.core.days_off import country_of, weekend

__all__ = ["country_of", "quiet_days", "weekend"]


def quiet_days(country: str, zone: str, *, weekends: bool = True) -> Callable[[date], bool]:
    """Whether nobody there is written to on a day; `weekends` says whether the policy keeps them free."""
    closed = weekend(country or country_of(zone)) if weekends else frozenset()
    return lambda day: day.weekday() in closed
