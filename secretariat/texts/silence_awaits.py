"""What texts await of whom: the word of a capital on what was adopted ad referendum.

A silence awaits nothing of anybody: who can accept the text need do nothing, so that no digest asks about it. The
subject of a `text_confirmation` is the capital's row; its link from a mail has the scope `confirmation`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from secretariat.core import awaited
from secretariat.texts import silence_queries
from secretariat.texts.membership import still_members

KIND = "text_confirmation"


def confirmations(
    session: Session, process: UUID | None, participant: UUID | None, on: date
) -> Iterable[awaited.Awaited]:
    """Capitals that have not said whether they confirm."""
    rows = silence_queries.awaited_confirmations(session, process, participant)
    return [_awaited(one) for one in still_members(session, rows, on)]


def _awaited(one: Row[tuple[Any, ...]]) -> awaited.Awaited:
    return awaited.Awaited(
        kind=KIND,
        subject=one.id,
        process=one.process_id,
        track=one.track_id,
        participant=one.participant_id,
        title=one.title,
        since=one.adopted_on,
        due_on=one.confirm_by,
        cycle=(one.confirm_by or one.adopted_on).isoformat(),
        label_id=one.label_id,
        within=one.id,
    )


awaited.register("texts to confirm", confirmations, rare=silence_queries.rows_of_awaited_confirmations)
