"""Submissions without an answer stand beside the agenda of every meeting: their network is owed a word."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from secretariat.civil_society import queries
from secretariat.core import matters
from secretariat.core.languages import lazy_gettext as _l


def arising(session: Session, asked: matters.Asked) -> Iterable[matters.Matter]:
    """What networks have sent and nobody has answered, on the governments' side."""
    rows = queries.awaited_submissions(session, asked.process, None)
    if not rows or queries.government_of(session, asked.process).id != asked.track:
        return []
    return [
        matters.Matter(
            key=f"submission:{one.id}",
            kind=_l("Submission of the network"),
            title=one.title,
            due_on=one.expected_on,
            answered_at=f"/submissions/{one.id}",
        )
        for one in rows
    ]


matters.register("submissions of networks", arising)
