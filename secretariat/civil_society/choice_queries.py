"""Reading choices of who goes, under the reader's eyes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from secretariat.civil_society.choice_models import Ballot, Candidate, Choice
from secretariat.civil_society.tally import Phase, Tally, counted, phase
from secretariat.core import clock
from secretariat.core.session import Reason, system_access
from secretariat.meetings.guest_models import Guest
from secretariat.meetings.models import MeetingState
from secretariat.processes.models import LifeState, Process

MOST = 50
"""Choices on the page of a network; the latest."""


def choice_by_id(session: Session, key: UUID) -> Choice | None:
    """A choice with its process and network."""
    return session.scalar(
        select(Choice)
        .where(Choice.id == key)
        .options(joinedload(Choice.process, innerjoin=True), joinedload(Choice.track, innerjoin=True))
    )


def choice_on(session: Session, guest: UUID) -> Choice | None:
    """How the network chooses who goes to an invitation: the last time it was asked."""
    return session.scalar(
        select(Choice).where(Choice.guest_id == guest).order_by(Choice.opened_at.desc(), Choice.id).limit(1)
    )


def chosen_names(candidates: Sequence[Candidate]) -> list[str]:
    """Who goes, each as the meeting is told."""
    return [", ".join(filter(None, (each.name, each.function))) for each in candidates if each.chosen]


def choices_of(session: Session, network: UUID) -> Sequence[Choice]:
    """The choices of a network, the latest first."""
    wanted = select(Choice).where(Choice.track_id == network).order_by(Choice.opened_at.desc(), Choice.id)
    return session.scalars(wanted.limit(MOST)).all()


def candidates_of(session: Session, choice: UUID) -> Sequence[Candidate]:
    """Who is named, in the order in which they were."""
    wanted = select(Candidate).where(Candidate.choice_id == choice)
    return session.scalars(wanted.order_by(Candidate.named_at, Candidate.id)).all()


def candidate_by_id(session: Session, key: UUID) -> Candidate | None:
    """A person who is named."""
    return session.scalar(select(Candidate).where(Candidate.id == key))


def ballots_of(session: Session, choice: UUID) -> Sequence[Ballot]:
    """The organizations that have voted; the order says nothing."""
    return session.scalars(select(Ballot).where(Ballot.choice_id == choice).order_by(Ballot.participant_id)).all()


def voted_of(session: Session, choices: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    """Which organizations have voted in each of these."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    if choices:
        wanted = select(Ballot.choice_id, Ballot.participant_id).where(Ballot.choice_id.in_(sorted(choices, key=str)))
        for choice, participant in session.execute(wanted):
            found[choice].add(participant)
    return found


def phase_of(one: Choice, candidates: int) -> Phase:
    """Where a choice stands today."""
    if one.ended_at is not None:
        return Phase.ENDED
    return _phase_on(one, clock.today(one.process.zone), candidates)


def is_counted(one: Choice, candidates: int) -> bool:
    """Whether the vote came to its end: what was called off before is counted for nobody."""
    day = (
        clock.today(one.process.zone)
        if one.ended_at is None
        else one.ended_at.astimezone(ZoneInfo(one.process.zone)).date()
    )
    return _phase_on(one, day, candidates) in (Phase.OVER, Phase.SETTLED)


def _phase_on(one: Choice, day: date, candidates: int) -> Phase:
    return phase(
        day,
        one.named_until,
        one.ends_on,
        candidates=candidates,
        places=one.places,
        settled=one.settled_at is not None,
    )


def tally_of(session: Session, one: Choice, candidates: Sequence[Candidate]) -> Tally:
    """What the vote says; asked for once it is over."""
    papers = one.papers if one.secret else [each.candidates for each in ballots_of(session, one.id)]
    return counted([each.id for each in candidates], papers, one.places)


@cache
def rows_of_awaited(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Choices that are not settled, with how many are named; built once. Of whom a vote is awaited is known
    from who has voted, and not here."""
    named = select(func.count(Candidate.id)).where(Candidate.choice_id == Choice.id).scalar_subquery()
    wanted = (
        select(
            Choice.id, Choice.process_id, Choice.track_id, Choice.guest_id, Choice.title, Choice.named_until,
            Choice.ends_on, Choice.places, Choice.label_id, Process.zone, named.label("candidates"),
        )
        .join(Process, Choice.process_id == Process.id)
        .where(
            Choice.settled_at.is_(None), Choice.called_off_at.is_(None), Choice.lapsed_at.is_(None),
            Process.state == LifeState.ACTIVE,
        )
        .order_by(Choice.id)
    )  # fmt: skip
    if of_process:
        wanted = wanted.where(Choice.process_id == bindparam("process", type_=Choice.process_id.type))
    return wanted


def awaited_choices(session: Session, process: UUID | None) -> Sequence[Any]:
    """The columns of `rows_of_awaited`, as far as the reader may read them, of those whose invitation still stands."""
    statement = rows_of_awaited(of_process=process is not None, of_participant=False)
    rows = session.execute(statement, {"process": process}).all()
    stand = _still_standing(session, [one.guest_id for one in rows]) if rows else frozenset()
    return [one for one in rows if one.guest_id in stand]


def _still_standing(session: Session, guests: Sequence[UUID]) -> frozenset[UUID]:
    """Invitations that were not taken back, to meetings that take place. With all eyes: organizations read none."""
    with system_access(session, Reason.LABELLING) as system:
        return frozenset(
            system.scalars(
                select(Guest.id).where(
                    Guest.id.in_(sorted(guests, key=str)),
                    Guest.withdrawn_at.is_(None),
                    Guest.state == MeetingState.ANNOUNCED,
                )
            )
        )
