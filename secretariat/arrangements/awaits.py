"""What is awaited of participants: nominees after the call for a workshop, half a year later what could be used; and
whether a contribution was entered right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from secretariat.arrangements import contribution_queries, policy
from secretariat.arrangements import workshop_queries as queries
from secretariat.core import awaited, clock
from secretariat.core.localtext import LocalText

NAME, USE, GIVEN = "workshop", "workshop_use", "contribution"
ANSWERED_WITHIN = 30
"""Days in which an answer to the question after half a year is asked for."""


def workshops(session: Session, process: UUID | None, participant: UUID | None, _on: date) -> Iterable[awaited.Awaited]:
    """Participants that have named nobody yet; and those of which somebody came, half a year later."""
    rows = queries.calls_awaiting(session, process, participant)
    naming = [_naming(row) for row in rows if _awaits_names(row)]
    late = [row for row in rows if _is_half_a_year_ago(row)]
    if not late:
        return naming
    keys = {row.workshop_id for row in late}
    came, said = queries.came(session, keys), queries.said_use(session, keys)
    return [
        *naming,
        *(_using(row) for row in late if (row.workshop_id, row.participant_id) in came - said),
    ]


def _awaits_names(row: Any) -> bool:
    over = clock.today(row.zone) > row.nominate_by
    return row.answered_on is None and row.chosen_at is None and not over


def _is_half_a_year_ago(row: Any) -> bool:
    return row.attended_at is not None and clock.today(row.zone) >= row.ends_on + policy.HALF_A_YEAR


def _naming(row: Row[Any]) -> awaited.Awaited:
    return awaited.Awaited(
        kind=NAME,
        subject=row.id,
        process=row.process_id,
        track=row.track_id,
        participant=row.participant_id,
        title=row.title,
        since=row.called_at.date(),
        due_on=row.nominate_by,
        cycle=f"name:{row.nominate_by.isoformat()}",
        label_id=row.label_id,
        within=row.workshop_id,
    )


def _using(row: Row[Any]) -> awaited.Awaited:
    asked_on = row.ends_on + policy.HALF_A_YEAR
    return awaited.Awaited(
        kind=USE,
        subject=row.id,
        process=row.process_id,
        track=row.track_id,
        participant=row.participant_id,
        title=row.title,
        since=asked_on,
        due_on=date.fromordinal(asked_on.toordinal() + ANSWERED_WITHIN),
        cycle=f"use:{asked_on.isoformat()}",
        label_id=row.label_id,
        within=row.workshop_id,
    )


awaited.register("workshops", workshops, rare=queries.rows_of_awaited)


def contributions(
    session: Session, process: UUID | None, participant: UUID | None, _on: date
) -> Iterable[awaited.Awaited]:
    """Contributions of which the giver has not said whether they were entered right."""
    return [
        awaited.Awaited(
            kind=GIVEN,
            subject=row.id,
            process=row.process_id,
            track=row.track_id,
            participant=row.participant_id,
            title=LocalText.of(row.in_kind or row.earmark or row.currency),
            since=row.entered_at.date(),
            due_on=None,
            cycle=f"given:{row.version}",
            label_id=row.label_id,
        )
        for row in contribution_queries.awaiting(session, process, participant)
    ]


awaited.register("contributions", contributions, rare=contribution_queries.rows_of_awaited)
