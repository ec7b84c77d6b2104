"""Reading clearances under the reader's eyes; and, with all eyes, who has not cleared a paper yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from secretariat.core.session import Reason, system_access
from secretariat.documents.models import Document, DocumentState, Revision
from secretariat.processes.models import LifeState, Process
from secretariat.texts.clearance_models import CLEAR, Clearance, ClearanceAnswer, ClearanceSays
from secretariat.texts.membership import members_of
from secretariat.texts.silence_models import TextAdoption


def _in_full(clearance: Any) -> tuple[Any, ...]:
    document = clearance.joinedload(Clearance.document, innerjoin=True)
    return (
        document.joinedload(Document.process, innerjoin=True),
        document.joinedload(Document.track, innerjoin=True),
        document.joinedload(Document.body),
        clearance.joinedload(Clearance.edition),
    )


def _of_document() -> tuple[Any, ...]:
    document = joinedload(Clearance.document, innerjoin=True)
    return (
        joinedload(Clearance.edition),
        document.joinedload(Document.process, innerjoin=True),
        document.joinedload(Document.track, innerjoin=True),
        document.joinedload(Document.body),
        document.selectinload(Document.meeting),
    )


def clearance_by_id(session: Session, key: UUID) -> Clearance | None:
    """A clearance with its document and edition."""
    return session.scalar(select(Clearance).where(Clearance.id == key).options(*_of_document()))


def clearance_of(session: Session, document: UUID) -> Clearance | None:
    """The clearance that was asked for a paper, if one was."""
    return session.scalar(select(Clearance).where(Clearance.document_id == document).options(*_of_document()))


def last_of_line(session: Session, document: Document) -> Clearance | None:
    """The latest clearance that was asked for another paper of the same line."""
    return session.scalar(
        select(Clearance)
        .join(Document, Clearance.document_id == Document.id)
        .where(
            func.coalesce(Document.line_id, Document.id) == document.first_id,
            Clearance.document_id != document.id,
        )
        .order_by(Clearance.asked_at.desc())
        .limit(1)
    )


def answers_of(session: Session, clearance: UUID) -> Sequence[ClearanceAnswer]:
    """What each member says, as far as the reader may read it."""
    return session.scalars(
        select(ClearanceAnswer).where(ClearanceAnswer.clearance_id == clearance).order_by(ClearanceAnswer.id)
    ).all()


def answer_by_id(session: Session, key: UUID) -> ClearanceAnswer | None:
    """What one member says, with the clearance it is about."""
    clearance = joinedload(ClearanceAnswer.clearance, innerjoin=True)
    return session.scalar(select(ClearanceAnswer).where(ClearanceAnswer.id == key).options(*_in_full(clearance)))


def not_cleared_by(session: Session, found: Clearance, on: date) -> list[UUID]:
    """The members of a day that have not cleared a paper, asked or not: the same for every reader."""
    with system_access(session, Reason.SILENCE) as system:
        body = system.scalar(select(Document.body_id).where(Document.id == found.document_id))
        place = (found.process_id, found.track_id, body)
        members = members_of(system, [place], on)[place]
        said = select(ClearanceAnswer.participant_id, ClearanceAnswer.says)
        cleared = {
            participant
            for participant, says in system.execute(said.where(ClearanceAnswer.clearance_id == found.id))
            if says in CLEAR
        }
        return sorted(members - cleared, key=str)


def held_up(session: Session, track: UUID) -> Sequence[Any]:
    """Revisions of a track that wait for their day and are not released on it, because the chair has released what they
    were to replace. Columns: id, title, symbol, line_id."""
    return session.execute(_HELD_UP, {"track": track}).all()


_STANDING = aliased(Document)
_HELD_UP = (
    select(Document.id, Document.title, Document.symbol, Document.line_id)
    .where(
        Document.track_id == bindparam("track", type_=Document.track_id.type),
        Document.state == DocumentState.ISSUED,
        Document.released_at.is_(None),
        Document.revision == Revision.REV,
        select(Clearance.id)
        .join(_STANDING, Clearance.document_id == _STANDING.id)
        .where(
            func.coalesce(_STANDING.line_id, _STANDING.id) == Document.line_id,
            Clearance.released_on.is_not(None),
        )
        .exists(),
    )
    .order_by(Document.id)
)


def waiting_revisions(session: Session, first: UUID) -> Sequence[Any]:
    """Revisions in a line that are issued and wait for their day. Columns: id, title, symbol, release_on."""
    return session.execute(
        select(Document.id, Document.title, Document.symbol, Document.release_on)
        .where(
            Document.line_id == first,
            Document.state == DocumentState.ISSUED,
            Document.released_at.is_(None),
            Document.revision == Revision.REV,
        )
        .order_by(Document.id)
    ).all()


def awaited_answers(session: Session, process: UUID | None, participant: UUID | None) -> Sequence[Any]:
    """Members that have not cleared a paper yet, with what a list of things awaited says of it."""
    wanted = rows_of_awaited_answers(of_process=process is not None, of_participant=participant is not None)
    return session.execute(wanted, {"process": process, "participant": participant}).all()


@cache
def rows_of_awaited_answers(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Built once: the first page of everybody asks for it, and building takes longer than asking."""
    wanted = (
        select(
            ClearanceAnswer.id,
            ClearanceAnswer.participant_id,
            ClearanceAnswer.said_at,
            ClearanceAnswer.label_id,
            Clearance.process_id,
            Clearance.track_id,
            Clearance.clear_by,
            Clearance.asked_at,
            Document.title,
            Document.body_id,
        )
        .join(Clearance, ClearanceAnswer.clearance_id == Clearance.id)
        .join(Document, Clearance.document_id == Document.id)
        .join(Process, Clearance.process_id == Process.id)
        .outerjoin(TextAdoption, TextAdoption.edition_id == Clearance.edition_id)
        .where(
            ClearanceAnswer.says == ClearanceSays.NOT_YET,
            Document.state == DocumentState.ISSUED,
            TextAdoption.id.is_(None),
            Clearance.released_on.is_(None),
            Process.state == LifeState.ACTIVE,  # of what rests or is concluded nobody is asked
        )
    )
    if of_process:
        wanted = wanted.where(Clearance.process_id == bindparam("process", type_=Clearance.process_id.type))
    if of_participant:
        mine = bindparam("participant", type_=ClearanceAnswer.participant_id.type)
        wanted = wanted.where(ClearanceAnswer.participant_id == mine)
    return wanted


def to_send(session: Session, process: UUID | None) -> Sequence[Any]:
    """Papers that have not gone to their forum yet: those that stand, and those that were released."""
    stands = or_(Document.state == DocumentState.ISSUED, Clearance.released_on.is_not(None))
    wanted = (
        select(
            Clearance.id,
            Clearance.process_id,
            Clearance.track_id,
            Clearance.due_on,
            Clearance.asked_at,
            Clearance.label_id,
            Document.title,
        )
        .join(Document, Clearance.document_id == Document.id)
        .join(Process, Clearance.process_id == Process.id)
        .where(Clearance.sent_on.is_(None), stands, Process.state == LifeState.ACTIVE)
    )
    if process is not None:
        wanted = wanted.where(Clearance.process_id == process)
    return session.execute(wanted).all()
