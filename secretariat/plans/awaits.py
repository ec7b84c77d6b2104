"""What plans await of participants: an answer to a proposal, a word on a commitment."""

from __future__ import annotations

from secretariat.core import awaited
from secretariat.plans import queries

awaited.register("plans", queries.awaited_of_participants)
