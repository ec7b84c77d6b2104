"""Reading what was confided, under the reader's eyes; and, with all eyes, to whom it is addressed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from secretariat.civil_society import queries
from secretariat.civil_society.confided_models import Confided, ConfidedCopy, ConfidedName, ConfidedTo
from secretariat.core import clock
from secretariat.core.session import Reason, system_access
from secretariat.core.viewer import Hat
from secretariat.directory.contacts import coordination_of
from secretariat.directory.models import RoleName
from secretariat.directory.queries import appointments_on, with_cards
from secretariat.processes.models import Process, Track


@dataclass(frozen=True, slots=True)
class To:
    """The one person to whom something is addressed, under the hat of the office; `government` is that of a liaison
    officer."""

    person: UUID
    hat: Hat
    government: UUID | None = None


def confided_by_id(session: Session, key: UUID) -> Confided | None:
    """What was confided to an office."""
    return session.scalar(
        select(Confided)
        .where(Confided.id == key)
        .options(
            joinedload(Confided.process, innerjoin=True),
            joinedload(Confided.track, innerjoin=True),
            joinedload(Confided.network),
        )
    )


def copy_by_id(session: Session, key: UUID) -> ConfidedCopy | None:
    """What an organization keeps of what it confides."""
    return session.scalar(
        select(ConfidedCopy)
        .where(ConfidedCopy.id == key)
        .options(joinedload(ConfidedCopy.process, innerjoin=True), joinedload(ConfidedCopy.track, innerjoin=True))
    )


def received(session: Session, process: UUID, network: UUID) -> Sequence[Confided]:
    """What was confided to the reader's office by organizations of a network, the latest day first."""
    return session.scalars(
        select(Confided)
        .where(Confided.process_id == process, Confided.network_id == network)
        .order_by(Confided.received_on.desc(), Confided.id)
    ).all()


def copies(session: Session, process: UUID, network: UUID) -> Sequence[ConfidedCopy]:
    """What the reader's organization confides: drafts, then the latest day first."""
    return session.scalars(
        select(ConfidedCopy)
        .where(ConfidedCopy.process_id == process, ConfidedCopy.track_id == network)
        .order_by(ConfidedCopy.sent_on.is_not(None), ConfidedCopy.sent_on.desc(), ConfidedCopy.id)
    ).all()


def names_of_confided(session: Session, confided: Iterable[UUID]) -> dict[UUID, ConfidedName]:
    """Who confided these, as far as the reader is the one it was said to."""
    wanted = sorted(confided, key=str)
    rows = session.scalars(select(ConfidedName).where(ConfidedName.confided_id.in_(wanted))) if wanted else ()
    return {one.confided_id: one for one in rows}


def coordinators(session: Session, process: Process, network: Track) -> list[tuple[UUID, str]]:
    """Who coordinates a network today, by name where the reader reads it."""
    on = clock.today(process.zone)
    appointed = appointments_on(session, process.id, on, track=network.id)
    held = [one for one in appointed if one.role is RoleName.COORDINATOR]
    known = {one.appointment.person_id: one.card.name if one.card else "" for one in with_cards(session, held)}
    there = coordination_of(session, network.id, on)
    return [(one.person, known.get(one.person, "")) for one in there]


def addressee_of(session: Session, copy: ConfidedCopy) -> To | None:
    """To whom it goes today: the coordinator it names, or the liaison officer named for its theme, as submissions find
    theirs. None where nobody is, or where it is not clear which."""
    on = clock.today(copy.process.zone)
    if copy.to is ConfidedTo.COORDINATION:
        there = coordination_of(session, copy.track_id, on)
        return next((To(one.person, one.hat) for one in there if one.person == copy.addressee_id), None)
    officers = queries.liaison_officers(session, copy.process_id, on)
    found = queries.named_for(officers, copy.theme) or officers
    if len({one.participant for one in found}) != 1:
        return None
    return To(found[0].person, found[0].hat, found[0].participant)


def still_there(session: Session, copy: ConfidedCopy) -> bool:
    """Whether the person who was told the name holds the office still. With all eyes: the organization does not read
    the row of the name, and who was replaced is not told to it otherwise."""
    with system_access(session, Reason.LABELLING) as system:
        told = system.scalar(select(ConfidedName.person_id).where(ConfidedName.copy_id == copy.id))
    on = clock.today(copy.process.zone)
    if copy.to is ConfidedTo.COORDINATION:
        return any(one.person == told for one in coordination_of(session, copy.track_id, on))
    officers = queries.liaison_officers(session, copy.process_id, on)
    return any(one.person == told and one.participant == copy.government_id for one in officers)
