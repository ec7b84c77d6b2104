"""What consultations of the public await: the response, once they are over. The secretariat sees to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core import awaited
from secretariat.texts import consultation_queries
from secretariat.texts.service.consultations import ended_at, is_running

KIND = "public_response"


def responses(session: Session, process: UUID | None, participant: UUID | None, _on: date) -> Iterable[awaited.Awaited]:
    """Consultations that are over and not responded to."""
    if participant is not None:
        return []
    return [
        awaited.Awaited(
            kind=KIND,
            subject=one.id,
            process=one.process_id,
            track=one.track_id,
            participant=None,
            title=one.title,
            since=ended_at(one).date(),
            cycle=ended_at(one).isoformat(),
            label_id=one.label_id,
        )
        for one in consultation_queries.unresponded(session, process)
        if not is_running(one)
    ]


awaited.register("responses to the public", responses)
