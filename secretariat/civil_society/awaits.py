"""What submissions await: an answer, of the government whose liaison officer has them; of the secretariat, that it is
said whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from secretariat.civil_society import queries
from secretariat.civil_society.policy import LIAISON
from secretariat.core import awaited

ANSWER, ROUTE = "submission", "submission_to_route"


def submissions(
    session: Session, process: UUID | None, participant: UUID | None, _on: date
) -> Iterable[awaited.Awaited]:
    """What was sent and has no answer."""
    rows = queries.awaited_submissions(session, process, participant)
    if not rows:
        return []
    tracks = {one: queries.government_of(session, one).id for one in {row.process_id for row in rows}}
    return [_awaited(row, tracks[row.process_id]) for row in rows]


def _awaited(row: Row[tuple[Any, ...]], government: UUID) -> awaited.Awaited:
    return awaited.Awaited(
        kind=ROUTE if row.routed_to_id is None else ANSWER,
        subject=row.id,
        process=row.process_id,
        track=government,
        participant=row.routed_to_id,
        title=row.title,
        since=(row.routed_at or row.sent_at).date(),
        due_on=row.expected_on,
        cycle=row.expected_on.isoformat() if row.expected_on else "",
        label_id=row.label_id,
        office="" if row.routed_to_id is None else LIAISON,
    )


awaited.register("submissions of networks", submissions, rare=queries.rows_of_awaited)
