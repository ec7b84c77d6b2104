"""Reading packs and what would stand in one. All of it under the reader's eyes, in a constant number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from secretariat.core.localtext import LocalText
from secretariat.core.models import Job
from secretariat.core.session import ViewerSession
from secretariat.documents import queries as documents
from secretariat.documents.models import Document, DocumentFile
from secretariat.meetings.models import AgendaItem, Meeting
from secretariat.packs.contents import Paper, chosen, in_order, stands_in_packs
from secretariat.packs.models import Pack
from secretariat.texts.models import TextEdition


class Item(NamedTuple):
    """An item of an agenda, as a heading in a pack."""

    id: UUID
    number: int | None
    title: LocalText
    label_id: int


class FileKept(NamedTuple):
    """A file and where it lies: `key` is its name in the storage, `size` in bytes."""

    id: UUID
    key: str
    media_type: str
    size: int


def pack_by_id(session: ViewerSession, key: UUID) -> Pack | None:
    """A pack of the reader's own, asked for under the hat worn now; none where the meeting is no longer read (joined
    inwards)."""
    meeting = joinedload(Pack.meeting, innerjoin=True)
    return session.scalar(
        select(Pack)
        .where(Pack.id == key, Pack.person_id == session.viewer.person, Pack.hat == str(session.viewer.hat))
        .options(
            meeting.joinedload(Meeting.process, innerjoin=True),
            meeting.joinedload(Meeting.track, innerjoin=True),
        )
    )


def packs_of(session: ViewerSession, meeting: UUID) -> Sequence[Pack]:
    """The reader's own packs of a meeting, the latest first."""
    return session.scalars(
        select(Pack)
        .where(
            Pack.meeting_id == meeting,
            Pack.person_id == session.viewer.person,
            Pack.hat == str(session.viewer.hat),
        )
        .order_by(Pack.asked_at.desc(), Pack.id)
    ).all()


def jobs_unfinished(session: ViewerSession) -> Sequence[UUID | None]:
    """The jobs of the reader's packs that are not made yet."""
    return session.scalars(
        select(Pack.job_id).where(Pack.person_id == session.viewer.person, Pack.made_at.is_(None))
    ).all()


def job_of(session: ViewerSession, pack: Pack) -> Job | None:
    """The job that makes a pack."""
    return session.scalar(select(Job).where(Job.id == pack.job_id))


def papers_of(session: ViewerSession, meeting: UUID, language: str) -> list[Paper]:
    """The papers of a meeting the reader may read now, each as it would stand in a pack in this language, in the order
    of the agenda."""
    listed = [one for one in documents.documents_of_meeting(session, meeting) if stands_in_packs(one)]
    listed = documents.with_all_versions(session, meeting, listed)
    editions = _editions(session, [one.id for one in listed if one.by_paragraph])
    papers = []
    for one in listed:
        version = chosen(one, language)
        edition = editions.get(one.id)
        there = version if version is not None and (not one.by_paragraph or edition is not None) else None
        papers.append(
            Paper(
                one.id,
                one.symbol or "",
                one.title,
                one.label_id,
                one.item_id,
                there.language if there is not None else None,
                file=there.file if there is not None else None,
                edition=edition if there is not None else None,
            )
        )
    return in_order(papers, [one.id for one in items_of(session, meeting)])


def items_of(session: ViewerSession, meeting: UUID) -> list[Item]:
    """The items of the agenda, in order."""
    wanted = (
        select(AgendaItem.id, AgendaItem.number, AgendaItem.title, AgendaItem.label_id)
        .where(AgendaItem.meeting_id == meeting)
        .order_by(AgendaItem.day, AgendaItem.position)
    )
    return [Item(*row) for row in session.execute(wanted)]


def documents_among(session: ViewerSession, keys: Iterable[UUID]) -> Sequence[Document]:
    """Those of these documents the reader may read now."""
    return session.scalars(select(Document).where(Document.id.in_(list(keys)))).all()


def readable_texts(
    session: ViewerSession, files: Iterable[UUID], editions: Iterable[UUID], items: Iterable[UUID]
) -> set[UUID]:
    """Those of these files, editions and items of an agenda the reader may read now."""
    found: set[UUID] = set(session.scalars(select(AgendaItem.id).where(AgendaItem.id.in_(list(items)))))
    found.update(session.scalars(select(DocumentFile.id).where(DocumentFile.id.in_(list(files)))))
    found.update(session.scalars(select(TextEdition.id).where(TextEdition.id.in_(list(editions)))))
    return found


def file_by_id(session: ViewerSession, key: UUID) -> DocumentFile | None:
    """A file, as far as the reader may read it."""
    return session.scalar(select(DocumentFile).where(DocumentFile.id == key))


def files_of(session: ViewerSession, keys: Iterable[UUID]) -> dict[UUID, FileKept]:
    """Key in the storage, media type and size of files, by id."""
    wanted = select(DocumentFile.id, DocumentFile.key, DocumentFile.media_type, DocumentFile.size)
    return {row.id: FileKept._make(row) for row in session.execute(wanted.where(DocumentFile.id.in_(list(keys))))}


def _editions(session: ViewerSession, keys: list[UUID]) -> dict[UUID, UUID]:
    if not keys:
        return {}
    wanted = select(TextEdition.document_id, TextEdition.id).where(TextEdition.document_id.in_(keys))
    return {row.document_id: row.id for row in session.execute(wanted)}
