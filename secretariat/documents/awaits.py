"""What documents await: language versions, of the participant whose person translates, or of nobody in the process.

The subject is the version; it is seen to on the page of its document (`within`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from secretariat.core import awaited
from secretariat.documents import queries

KIND = "language_version"


def versions(session: Session, process: UUID | None, participant: UUID | None, _on: date) -> Iterable[awaited.Awaited]:
    """Language versions without a file."""
    return [_awaited(one) for one in queries.awaited_versions(session, process, participant)]


def _awaited(one: Row[*tuple[Any, ...]]) -> awaited.Awaited:
    return awaited.Awaited(
        kind=KIND,
        subject=one.id,
        process=one.process_id,
        track=one.track_id,
        participant=one.translator_of_id,
        title=one.title,
        since=one.asked_on,
        due_on=one.due_on,
        cycle=(one.due_on or one.asked_on).isoformat(),
        label_id=one.label_id,
        within=one.document_id,
        by_whom=one.translator,
        language=one.language,
    )


awaited.register("documents", versions, rare=queries.rows_of_awaited_versions)
