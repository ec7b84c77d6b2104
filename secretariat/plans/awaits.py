"""What plans await of participants: an answer to a proposal, a word on a commitment, a word on what was given to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from secretariat.core import awaited
from secretariat.plans import queries

SUPPORT = "support_given"

awaited.register("plans", queries.awaited_of_participants)


def support_given(
    session: Session, process: UUID | None, participant: UUID | None, _on: date
) -> Iterable[awaited.Awaited]:
    """What was written down as given to a participant that has not said yet that it was."""
    wanted = queries.rows_of_given_awaiting(of_process=process is not None, of_participant=participant is not None)
    found = session.execute(wanted, {"process": process, "participant": participant})
    return [_awaited(one) for one in found]


def _awaited(one: Row[*tuple[Any, ...]]) -> awaited.Awaited:
    return awaited.Awaited(
        kind=SUPPORT,
        subject=one.id,
        process=one.process_id,
        track=one.track_id,
        participant=one.participant_id,
        title=one.words,
        since=one.noted_at.date(),
        label_id=one.label_id,
        within=one.id,
    )


awaited.register("support given", support_given, rare=queries.rows_of_given_awaiting)
