"""What common papers for outside forums await: the clearance of each member and, of the secretariat, that the paper
goes out by the day its forum has given. Who has said "not yet" has said a word, and is asked again as others are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from secretariat.core import awaited
from secretariat.texts import clearance_queries
from secretariat.texts.membership import still_members

CLEARANCE, TO_SEND = "clearance", "forum_paper"


def clearances(session: Session, process: UUID | None, participant: UUID | None, on: date) -> Iterable[awaited.Awaited]:
    """Members that have not cleared a paper."""
    rows = clearance_queries.awaited_answers(session, process, participant)
    return [_answer(one) for one in still_members(session, rows, on)]


def papers_to_send(
    session: Session, process: UUID | None, participant: UUID | None, _on: date
) -> Iterable[awaited.Awaited]:
    """Papers to be sent, which are the secretariat's alone."""
    return [_paper(one) for one in clearance_queries.to_send(session, process)] if participant is None else []


def _answer(one: Row[tuple[Any, ...]]) -> awaited.Awaited:
    return awaited.Awaited(
        kind=CLEARANCE,
        subject=one.id,
        process=one.process_id,
        track=one.track_id,
        participant=one.participant_id,
        title=one.title,
        since=one.asked_at.date(),
        due_on=one.clear_by,
        last_word_on=one.said_at.date() if one.said_at else None,
        last_word_label_id=one.label_id if one.said_at else None,
        cycle=one.clear_by.isoformat(),
        label_id=one.label_id,
    )


def _paper(one: Row[tuple[Any, ...]]) -> awaited.Awaited:
    return awaited.Awaited(
        kind=TO_SEND,
        subject=one.id,
        process=one.process_id,
        track=one.track_id,
        participant=None,
        title=one.title,
        since=one.asked_at.date(),
        due_on=one.due_on,
        cycle=one.due_on.isoformat(),
        label_id=one.label_id,
    )


awaited.register("clearances", clearances, rare=clearance_queries.rows_of_awaited_answers)
awaited.register("papers to send to a forum", papers_to_send)
