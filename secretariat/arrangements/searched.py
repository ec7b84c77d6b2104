"""By which words workshops and contributions are found."""

from __future__ import annotations

from secretariat.arrangements.contribution_models import Contribution
from secretariat.arrangements.workshop_models import Workshop
from secretariat.core.searchable import Searchable, register

register(
    Searchable(
        Workshop, title=lambda one: one.title, words=lambda one: [one.about, one.place], day=lambda one: one.starts_on
    )
)
register(
    Searchable(
        Contribution,
        title=lambda one: one.in_kind or one.earmark,
        words=lambda one: [one.earmark, one.giver],
        day=lambda one: one.received_on or one.pledged_on,
    )
)
