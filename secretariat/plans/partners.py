"""Partners named beside a commitment: whom one can name, and whom a reader is shown.

A partner answers for nothing and reads neither more nor less for being named. That an organization takes part in a
process is told by its participation, which has readers of its own: whoever does not read that is not shown the partner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.localtext import LocalText
from secretariat.plans.models import CommitmentPartner, Plan
from secretariat.processes.models import Participation, StandingKind, Track, TrackKind
from secretariat.processes.names import names_of

_NO_LONGER = (StandingKind.SUSPENDED, StandingKind.FORMER, StandingKind.CANDIDATE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A partner as a reader is shown it: `name` is a participant's name, a network's words, or what was written."""

    row: CommitmentPartner
    name: Any


def known(session: Session, plan: Plan, participants: Iterable[UUID]) -> set[UUID]:
    """Those of these participants of whom the reader knows that they take part in the process, or did."""
    wanted = sorted(set(participants), key=str)
    if not wanted:
        return set()
    found = session.scalars(
        select(Participation.participant_id).where(
            Participation.process_id == plan.process_id, Participation.participant_id.in_(wanted)
        )
    )
    return {one for one in found if one is not None}


def knows(session: Session, process: UUID, participant: UUID) -> bool:
    """The same of one, for the titles of many: who takes part is read once a session and process."""
    read: dict[UUID, set[UUID | None]] = session.info.setdefault("participants_known", {})
    if process not in read:
        wanted = select(Participation.participant_id).where(Participation.process_id == process).distinct()
        read[process] = set(session.scalars(wanted))
    return participant in read[process]


def networks(session: Session, plan: Plan) -> dict[UUID, LocalText]:
    """The civil-society networks of the process the reader knows of, with their names."""
    found = session.execute(
        select(Track.id, Track.name)
        .where(Track.process_id == plan.process_id, Track.kind == TrackKind.CIVIL_SOCIETY)
        .order_by(Track.position)
    )
    return {one.id: one.name for one in found}


def to_choose(session: Session, plan: Plan, on: date) -> set[UUID]:
    """Whom one can name as a partner: who takes part today, on either side, as far as one reads that."""
    rows = session.scalars(
        select(Participation).where(
            Participation.process_id == plan.process_id,
            Participation.participant_id.is_not(None),
            Participation.standing.not_in(_NO_LONGER),
        )
    )
    return {one.participant_id for one in rows if one.participant_id is not None and one.held_on(on)}


def shown(session: Session, plan: Plan, rows: Sequence[CommitmentPartner]) -> list[Shown]:
    """The partners a reader is shown, in their order: three statements more at the most, however many."""
    ids = [one.participant_id for one in rows if one.participant_id is not None]
    may = known(session, plan, ids)
    called = names_of(session, may, process=plan.process_id)
    sides = networks(session, plan) if any(one.track_id for one in rows) else {}
    found = []
    for one in rows:
        if one.participant_id is not None:
            name: Any = called.get(one.participant_id)
        elif one.track_id is not None:
            name = sides.get(one.track_id)
        else:
            name = one.name_text
        if name:
            found.append(Shown(one, name))
    return found
