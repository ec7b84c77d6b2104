"""What submissions await: an answer, of the government whose liaison officer has them; of the secretariat, that it is
said whose it is. What positions await inside their network: a signature, of each member organization that reads it and
has neither signed nor said that it does not; once the end has come, the coordination's word on what became of it. What
a choice of who goes awaits: a vote, of each member organization; then the coordination's word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from secretariat.civil_society import choice_queries, position_queries, queries
from secretariat.civil_society.policy import LIAISON
from secretariat.civil_society.tally import Phase, phase
from secretariat.core import awaited, clock
from secretariat.documents.models import DocumentState
from secretariat.texts.membership import members_of, who_read

ANSWER, ROUTE = "submission", "submission_to_route"
SIGN, SETTLE = "position", "position_to_settle"
VOTE, CHOOSE = "choice", "choice_to_settle"


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


def positions(session: Session, process: UUID | None, participant: UUID | None, on: date) -> Iterable[awaited.Awaited]:
    """Signatures that are awaited while a position is open to them, and positions whose end has come."""
    rows = position_queries.awaited_positions(session, process)
    now = clock.now()
    running = [row for row in rows if position_queries.deadline_of(row).at > now and row.state is DocumentState.ISSUED]
    asked = _to_sign(session, running, on)
    found = [_of_organization(SIGN, row, member, row.opened_at.date()) for row, member in asked]
    if participant is not None:
        return [one for one in found if one.participant == participant]
    over = [row for row in rows if position_queries.deadline_of(row).at <= now]
    return [*found, *(_of_coordination(SETTLE, row) for row in over)]


def _to_sign(session: Session, running: list[Any], on: date) -> Iterable[tuple[Any, UUID]]:
    keys = [row.id for row in running]
    signed, dissenting = position_queries.signed_of(session, keys), position_queries.dissenting_of(session, keys)
    members = members_of(session, {(row.process_id, row.track_id, None) for row in running}, on)
    asked = [
        (row, member)
        for row in running
        for member in sorted(members[row.process_id, row.track_id, None], key=str)
        if member not in signed[row.id] and member not in dissenting[row.id]
    ]
    read = who_read(session, [(row.label_id, member) for row, member in asked], on)
    return [(row, member) for row, member in asked if (row.label_id, member) in read]


def _of_organization(kind: str, row: Any, member: UUID, since: date) -> awaited.Awaited:
    """A signature or a vote, of one member organization, until the end."""
    return awaited.Awaited(
        kind=kind,
        subject=row.id,
        process=row.process_id,
        track=row.track_id,
        participant=member,
        title=row.title,
        since=since,
        due_on=row.ends_on,
        cycle=row.ends_on.isoformat(),
        label_id=row.label_id,
    )


def _of_coordination(kind: str, row: Any) -> awaited.Awaited:
    """What becomes of it, once its end has come."""
    return awaited.Awaited(
        kind=kind,
        subject=row.id,
        process=row.process_id,
        track=row.track_id,
        participant=None,
        title=row.title,
        since=row.ends_on,
        cycle=row.ends_on.isoformat(),
        label_id=row.label_id,
    )


def choices(session: Session, process: UUID | None, participant: UUID | None, on: date) -> Iterable[awaited.Awaited]:
    """Votes that are awaited of member organizations, and choices the coordination is to settle."""
    rows = [(row, _phase(row)) for row in choice_queries.awaited_choices(session, process)]
    voting = [row for row, stands in rows if stands is Phase.VOTING]
    members = members_of(session, {(row.process_id, row.track_id, None) for row in voting}, on)
    voted = choice_queries.voted_of(session, [row.id for row in voting])
    found = [
        _of_organization(VOTE, row, member, row.named_until)
        for row in voting
        for member in sorted(members[row.process_id, row.track_id, None] - voted[row.id], key=str)
        if participant is None or member == participant
    ]
    over = [row for row, stands in rows if stands is Phase.OVER and row.candidates and participant is None]
    return [*found, *(_of_coordination(CHOOSE, row) for row in over)]


def _phase(row: Any) -> Phase:
    today = clock.today(row.zone)
    return phase(today, row.named_until, row.ends_on, candidates=row.candidates, places=row.places, settled=False)


awaited.register("choices of networks", choices, rare=choice_queries.rows_of_awaited)
awaited.register("positions of networks", positions, rare=position_queries.rows_of_awaited)
awaited.register("submissions of networks", submissions, rare=queries.rows_of_awaited)
