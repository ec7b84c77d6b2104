"""By which words people are found: their names, functions and ministries, never their numbers."""

from __future__ import annotations

from secretariat.core.searchable import Searchable, register
from secretariat.directory.models import ContactCard

register(Searchable(ContactCard, title=lambda one: one.name, words=lambda one: [one.function, one.ministry]))
