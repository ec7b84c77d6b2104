"""What reports await of participants: a word on their own entries, before a report is issued."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from secretariat.core import awaited
from secretariat.reports import queries

KIND = "report_check"


def checks(session: Session, process: UUID | None, participant: UUID | None, _on: date) -> Iterable[awaited.Awaited]:
    """Participants that have not said yet whether their entries are right."""
    return [_awaited(one) for one in queries.awaited_checks(session, process, participant)]


def _awaited(one: Row[tuple[Any, ...]]) -> awaited.Awaited:
    return awaited.Awaited(
        kind=KIND,
        subject=one.id,
        process=one.process_id,
        track=one.track_id,
        participant=one.participant_id,
        title=one.title,
        since=one.asked_at.date(),
        due_on=one.answer_by,
        cycle=one.answer_by.isoformat(),
        label_id=one.label_id,
    )


awaited.register("entries of reports to look at", checks, rare=queries.rows_of_awaited_checks)
