"""What rounds opened to a network await: its comments. Its coordination sees to them; no digest reminds it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core import awaited
from secretariat.texts import network_queries
from secretariat.texts.service.networks import is_running

KIND = "network_comments"


def comments(session: Session, process: UUID | None, participant: UUID | None, _on: date) -> Iterable[awaited.Awaited]:
    """What is opened to networks that have sent nothing, while it runs."""
    if participant is not None:
        return []
    return [
        awaited.Awaited(
            kind=KIND,
            subject=one.id,
            process=one.process_id,
            track=one.network_id,
            participant=None,
            title=one.title,
            since=one.opened_at.date(),
            due_on=one.ends_on,
            cycle=one.ends_on.isoformat(),
            label_id=one.label_id,
        )
        for one in network_queries.awaited_of_networks(session, process)
        if is_running(one)
    ]


awaited.register("network comments", comments)
