"""What is awaited of participants: nominees after the call for a workshop, what those who came mark, half a year later
what could be used; and whether a contribution was entered right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row
from sqlalchemy.orm import Session

from secretariat.arrangements import contribution_queries, policy
from secretariat.arrangements import workshop_queries as queries
from secretariat.core import awaited, clock
from secretariat.core.localtext import LocalText

NAME, PAPERS, USE, GIVEN = "workshop", "workshop_papers", "workshop_use", "contribution"
MARKED_WITHIN, ANSWERED_WITHIN = timedelta(days=14), timedelta(days=30)
"""In which papers are asked for once it was noted who came, and an answer to the question after half a year."""


def workshops(session: Session, process: UUID | None, participant: UUID | None, _on: date) -> Iterable[awaited.Awaited]:
    """Participants that have named nobody yet; those of which somebody came whose paper is not in; and, half a year
    later, those that have not said what they could use."""
    rows = queries.calls_awaiting(session, process, participant)
    naming = [_naming(row) for row in rows if _awaits_names(row)]
    held = [row for row in rows if row.attended_at is not None]
    if not held:
        return naming
    came = queries.came(session, {row.workshop_id for row in held})
    late = [row for row in held if _is_half_a_year_ago(row)]
    said = queries.said_use(session, {row.workshop_id for row in late})
    own = {row.id: (row.workshop_id, row.participant_id) for row in held}
    return [
        *naming,
        *(_marking(row) for row in held if not _is_half_a_year_ago(row) and row.evaluated < came[own[row.id]]),
        *(_using(row) for row in late if came[own[row.id]] and own[row.id] not in said),
    ]


def _awaits_names(row: Any) -> bool:
    over = clock.today(row.zone) > row.nominate_by
    return row.answered_on is None and row.chosen_at is None and not over


def _is_half_a_year_ago(row: Any) -> bool:
    return bool(clock.today(row.zone) >= row.ends_on + policy.HALF_A_YEAR)


def _naming(row: Row[Any]) -> awaited.Awaited:
    return _of_call(row, NAME, row.called_at.date(), row.nominate_by, f"name:{row.nominate_by.isoformat()}")


def _marking(row: Row[Any]) -> awaited.Awaited:
    """Each paper is a word, and what is asked for stays the same until all are in."""
    noted = row.attended_at.astimezone(ZoneInfo(row.zone)).date()
    return _of_call(row, PAPERS, noted, noted + MARKED_WITHIN, f"papers:{noted.isoformat()}")


def _using(row: Row[Any]) -> awaited.Awaited:
    asked_on = row.ends_on + policy.HALF_A_YEAR
    return _of_call(row, USE, asked_on, asked_on + ANSWERED_WITHIN, f"use:{asked_on.isoformat()}")


def _of_call(row: Row[Any], kind: str, since: date, due_on: date, cycle: str) -> awaited.Awaited:
    return awaited.Awaited(
        kind=kind,
        subject=row.id,
        process=row.process_id,
        track=row.track_id,
        participant=row.participant_id,
        title=row.title,
        since=since,
        due_on=due_on,
        cycle=cycle,
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
