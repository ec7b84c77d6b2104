"""By which words workshops are found."""

from __future__ import annotations

from secretariat.arrangements.workshop_models import Workshop
from secretariat.core.searchable import Searchable, register

register(
    Searchable(
        Workshop, title=lambda one: one.title, words=lambda one: [one.about, one.place], day=lambda one: one.starts_on
    )
)
