"""Named reads of correspondence, under the session's eyes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from secretariat.core.database import one_of
from secretariat.core.session import ViewerSession
from secretariat.correspondence.models import Circular, CircularAttachment, CircularCopy, CircularOpening
from secretariat.directory.models import Appointment, ContactCard, RoleName
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.documents.models import Document, DocumentFile, DocumentState, DocumentVersion
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.processes.models import LifeState, Process

ASKED_ABOUT_DETAILS = (*SPEAKING_ROLES, RoleName.LIAISON_OFFICER)
"""Whom the digests of follow-up reach: they are asked there; everybody else finds the same page among their details."""


@cache
def rows_of_cards_to_look_at(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Contact cards whose owner has not said for a year that they are right; built once. Whose they are stands in the
    hat, as text: who asks for one participant looks through them."""
    on = bindparam("on", type_=Appointment.since.type)
    wanted = (
        select(
            ContactCard.id,
            ContactCard.look_again_on,
            ContactCard.confirmed_on,
            Appointment.hat,
            Appointment.person_id,
            Appointment.process_id,
            Appointment.track_id,
        )
        .join(
            Appointment,
            (Appointment.person_id == ContactCard.person_id)
            & (Appointment.process_id == ContactCard.process_id)
            & (Appointment.track_id == ContactCard.track_id),
        )
        .join(Process, Process.id == ContactCard.process_id)
        .where(
            ContactCard.look_again_on <= on,
            Appointment.since <= on,
            or_(Appointment.until.is_(None), Appointment.until > on),
            one_of(Appointment.role, ASKED_ABOUT_DETAILS),
            Process.state == LifeState.ACTIVE,
        )
        .order_by(ContactCard.id, Appointment.hat)
    )
    if of_process:
        wanted = wanted.where(ContactCard.process_id == bindparam("process", type_=ContactCard.process_id.type))
    return wanted


def own_card(session: Session, card: UUID, person: UUID | None) -> ContactCard | None:
    """A contact card, to its owner."""
    wanted = select(ContactCard).where(ContactCard.id == card, ContactCard.person_id == person)
    return session.scalar(wanted.options(selectinload(ContactCard.numbers)))


# --- circulars --------------------------------------------------------------------------------------------------------


def circular_by_id(session: Session, key: UUID) -> Circular | None:
    """One circular, in its process and track."""
    wanted = (
        select(Circular)
        .join(Circular.process)
        .join(Circular.track)
        .options(contains_eager(Circular.process), contains_eager(Circular.track))
    )
    return session.scalar(wanted.where(Circular.id == key))


def circulars_of(session: Session, process: UUID, track: UUID) -> Sequence[Circular]:
    """The circulars of a track, drafts first, then the latest."""
    wanted = select(Circular).where(Circular.process_id == process, Circular.track_id == track)
    return session.scalars(wanted.order_by(Circular.sent_at.is_not(None), Circular.sent_at.desc(), Circular.id)).all()


def own_copy(session: ViewerSession, circular: UUID) -> CircularCopy | None:
    """The copy that went to the reader, under the hat worn now."""
    viewer = session.viewer
    return session.scalar(
        select(CircularCopy).where(
            CircularCopy.circular_id == circular,
            CircularCopy.person_id == viewer.person,
            CircularCopy.hat == str(viewer.hat),
        )
    )


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A document that goes with a circular, in the language its reader reads or the first there is; without a file
    there is its page alone."""

    document: Document
    language: str
    file: DocumentFile | None


def enclosures(session: Session, circular: UUID, language: str) -> list[Enclosure]:
    """What goes with a circular for this reader: documents that are out and that the reader may read."""
    rows = session.execute(
        select(CircularAttachment.position, Document, DocumentVersion, DocumentFile)
        .join(Document, Document.id == CircularAttachment.document_id)
        .outerjoin(DocumentVersion, DocumentVersion.document_id == Document.id)
        .outerjoin(DocumentFile, DocumentFile.version_id == DocumentVersion.id)
        .where(
            CircularAttachment.circular_id == circular,
            Document.state == DocumentState.ISSUED,
            Document.released_at.is_not(None),
        )
        .order_by(CircularAttachment.position, DocumentVersion.position, DocumentFile.uploaded_at)
    ).all()
    best: dict[UUID, tuple[tuple[bool, bool, int], Enclosure]] = {}
    for _position, document, version, file in rows:
        spoken = version.language if version is not None else ""
        rank = (file is None, spoken != language, 0 if version is None or version.is_original else 1)
        if document.id not in best or rank <= best[document.id][0]:
            best[document.id] = (rank, Enclosure(document, spoken, file))
    return [one for _rank, one in best.values()]


@cache
def rows_of_words_awaited(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Copies of circulars whose participant has not said that it has them, with the first opening; built once."""
    opened = select(func.min(CircularOpening.at)).where(CircularOpening.copy_id == CircularCopy.id).scalar_subquery()
    wanted = (
        select(
            Circular.id,
            Circular.title,
            Circular.sent_at,
            Circular.urgent,
            Circular.word_by,
            Circular.label_id,
            Circular.process_id,
            Circular.track_id,
            CircularCopy.participant_id,
            opened.label("opened_at"),
        )
        .join(Circular, Circular.id == CircularCopy.circular_id)
        .join(Process, Process.id == Circular.process_id)
        .where(
            Circular.asks_word.is_(True),
            Circular.sent_at.is_not(None),
            CircularCopy.word_at.is_(None),
            CircularCopy.participant_id.is_not(None),
            Process.state == LifeState.ACTIVE,
        )
        .order_by(Circular.id, CircularCopy.participant_id)
    )
    if of_process:
        wanted = wanted.where(Circular.process_id == bindparam("process", type_=Circular.process_id.type))
    if of_participant:
        mine = bindparam("participant", type_=CircularCopy.participant_id.type)
        wanted = wanted.where(CircularCopy.participant_id == mine)
    return wanted


@dataclass(frozen=True, slots=True)
class Followed:
    """A copy as those who keep the track follow it: where its mail stands, when it was opened, and answered."""

    copy: CircularCopy
    name: str
    state: MailState | None
    reason: str
    opened_at: datetime | None

    @property
    def is_reached(self) -> bool:
        """Whether it is known to have come to somebody's eyes."""
        return self.opened_at is not None or self.copy.word_at is not None


def followed(session: Session, circular: Circular) -> list[Followed]:
    """Every copy of a circular, in a constant number of statements."""
    opened = select(func.min(CircularOpening.at)).where(CircularOpening.copy_id == CircularCopy.id).scalar_subquery()
    rows = session.execute(
        select(CircularCopy, ContactCard.name, OutboxMessage.state, OutboxMessage.reason, opened)
        .outerjoin(OutboxMessage, OutboxMessage.id == CircularCopy.mail_id)
        .outerjoin(
            ContactCard,
            (ContactCard.person_id == CircularCopy.person_id)
            & (ContactCard.process_id == circular.process_id)
            & (ContactCard.track_id == circular.track_id),
        )
        .where(CircularCopy.circular_id == circular.id)
        .order_by(CircularCopy.is_alternate, ContactCard.name, CircularCopy.id)
    )
    return [Followed(copy, name or "", state, reason or "", at) for copy, name, state, reason, at in rows]


def documents_to_attach(session: Session, process: UUID, track: UUID) -> Sequence[Document]:
    """Documents of a track that are out and are read as files, the latest first."""
    return session.scalars(
        select(Document)
        .where(
            Document.process_id == process,
            Document.track_id == track,
            Document.state == DocumentState.ISSUED,
            Document.released_at.is_not(None),
            Document.by_paragraph.is_(False),
        )
        .order_by(Document.released_at.desc(), Document.id)
        .limit(100)
    ).all()
