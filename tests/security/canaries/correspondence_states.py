"""What must be the case of a circular before it is posted to."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, select

from secretariat.core.session import SystemSession
from secretariat.correspondence.models import Circular, CircularCopy, CircularOpening
from tests.security.canaries.world import World


def is_a_draft(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """It was not sent yet, and nobody has a copy."""
    one = session.get(Circular, UUID(parts["circular_id"]))
    if one is not None:
        one.sent_at = None
        copies = select(CircularCopy.id).where(CircularCopy.circular_id == one.id)
        session.execute(delete(CircularOpening).where(CircularOpening.copy_id.in_(copies)))
        session.execute(delete(CircularCopy).where(CircularCopy.circular_id == one.id))


def asks_a_word(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """Whom it went to is asked to say that they have it."""
    link = world.links.get(parts.get("token", ""))
    key = link.subjects[0] if link is not None else UUID(parts["circular_id"]) if "circular_id" in parts else None
    one = session.get(Circular, key) if key is not None else None
    if one is not None:
        one.asks_word = True
