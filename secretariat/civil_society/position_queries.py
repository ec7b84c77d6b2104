"""Reading positions under the reader's eyes; and, with all eyes, how many organizations a network has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from secretariat.civil_society.position_models import Position, PositionDissent, PositionSignature
from secretariat.core.session import Reason, system_access
from secretariat.documents.models import Document, DocumentState
from secretariat.processes.models import LifeState, Participation, Process, StandingKind
from secretariat.texts.deadline import Deadline
from secretariat.texts.membership import members_of
from secretariat.texts.models import TextEdition

MOST = 200
"""Positions on the page of a network; the latest."""


def _in_full() -> Any:
    edition = joinedload(Position.edition, innerjoin=True)
    document = edition.joinedload(TextEdition.document, innerjoin=True)
    return (
        document.joinedload(Document.body),
        document.selectinload(Document.meeting),
        joinedload(Position.process, innerjoin=True),
        joinedload(Position.track, innerjoin=True),
        selectinload(Position.submission),
    )


def position_by_id(session: Session, key: UUID) -> Position | None:
    """A position with its edition, document, process and network."""
    return session.scalar(select(Position).where(Position.id == key).options(*_in_full()))


def position_on(session: Session, edition: UUID) -> Position | None:
    """The position an edition was opened as."""
    return session.scalar(select(Position).where(Position.edition_id == edition))


def positions_of(session: Session, network: UUID) -> Sequence[Position]:
    """The positions of a network, the latest first."""
    wanted = select(Position).where(Position.track_id == network).options(*_in_full())
    return session.scalars(wanted.order_by(Position.opened_at.desc(), Position.id).limit(MOST)).all()


def editions_to_open(session: Session, network: UUID) -> Sequence[TextEdition]:
    """Editions of a network that stand, and were not opened to signatures."""
    opened = select(Position.edition_id).where(Position.edition_id == TextEdition.id).exists()
    return session.scalars(
        select(TextEdition)
        .join(Document, TextEdition.document_id == Document.id)
        .where(Document.track_id == network, Document.state == DocumentState.ISSUED, ~opened)
        .options(joinedload(TextEdition.document, innerjoin=True))
        .order_by(TextEdition.frozen_at.desc(), TextEdition.id)
        .limit(MOST)
    ).all()


def signatures_of(session: Session, position: UUID) -> Sequence[PositionSignature]:
    """Who signed, in the order they did."""
    return session.scalars(
        select(PositionSignature)
        .where(PositionSignature.position_id == position)
        .order_by(PositionSignature.signed_at, PositionSignature.id)
    ).all()


def dissents_of(session: Session, position: UUID) -> Sequence[PositionDissent]:
    """What is on record beside a position."""
    return session.scalars(
        select(PositionDissent)
        .where(PositionDissent.position_id == position)
        .order_by(PositionDissent.said_at, PositionDissent.id)
    ).all()


def signed_of(session: Session, positions: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Which organizations signed each of these, as far as the session may know."""
    return _organizations(session, PositionSignature, positions)


def dissenting_of(session: Session, positions: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Which organizations have a dissent on record beside each of these."""
    return _organizations(session, PositionDissent, positions)


def heard_from(session: Session, position: UUID) -> set[UUID]:
    """Which organizations have signed a position, or have a dissent on record beside it."""
    return signed_of(session, [position])[position] | dissenting_of(session, [position])[position]


def _organizations(
    session: Session, model: type[PositionSignature | PositionDissent], positions: Iterable[UUID]
) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    wanted = sorted(positions, key=str)
    if wanted:
        rows = session.execute(select(model.position_id, model.participant_id).where(model.position_id.in_(wanted)))
        for position, participant in rows:
            found[position].add(participant)
    return found


def deadline_of(one: Any) -> Deadline:
    """Until when a position is signed."""
    return Deadline(one.ends_on, one.ends_hour, one.zone)


def gave_way_at(session: Session, edition: TextEdition) -> datetime | None:
    """When the readers of an edition were given the one that took its place; with all eyes, because what was adopted
    is sent or not, whoever asks."""
    with system_access(session, Reason.SILENCE) as system:
        return system.scalar(
            select(func.min(Document.released_at))
            .join(TextEdition, TextEdition.document_id == Document.id)
            .where(TextEdition.text_id == edition.text_id, TextEdition.number > edition.number)
        )


def organizations_on(session: Session, process: UUID, network: UUID, on: date) -> frozenset[UUID]:
    """The member organizations of a network on a day; with all eyes, because a majority is one of all of them."""
    place = (process, network, None)
    return members_of(session, [place], on)[place]


def organizations_read(session: Session, network: UUID, on: date) -> set[UUID]:
    """The member organizations of a network on a day, as far as the reader may know of them."""
    held = select(Participation).where(Participation.track_id == network, Participation.standing == StandingKind.MEMBER)
    return {one.participant_id for one in session.scalars(held) if one.participant_id and one.held_on(on)}


@cache
def rows_of_awaited(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Positions of which nobody has said yet what became of them; built once. Of whom a signature is awaited is known
    to `awaits`."""
    wanted = (
        select(
            Position.id,
            Position.process_id,
            Position.track_id,
            Position.opened_at,
            Position.ends_on,
            Position.ends_hour,
            Position.zone,
            Position.label_id,
            Document.title,
            Document.state,
        )
        .join(TextEdition, Position.edition_id == TextEdition.id)
        .join(Document, TextEdition.document_id == Document.id)
        .join(Process, Position.process_id == Process.id)
        .where(Position.settled_at.is_(None), Process.state == LifeState.ACTIVE)
        .order_by(Position.id)
    )
    if of_process:
        wanted = wanted.where(Position.process_id == bindparam("process", type_=Position.process_id.type))
    return wanted


def awaited_positions(session: Session, process: UUID | None) -> Sequence[Row[tuple[Any, ...]]]:
    """The columns of `rows_of_awaited`, as far as the reader may read them."""
    statement = rows_of_awaited(of_process=process is not None, of_participant=False)
    return session.execute(statement, {"process": process}).all()
