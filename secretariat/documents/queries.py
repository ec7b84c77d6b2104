"""Reading documents. All of it under the reader's eyes, in a number of statements that does not grow with the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from secretariat.core import kinds
from secretariat.core.database import one_of
from secretariat.core.dates import PartialDate
from secretariat.core.localtext import LocalText
from secretariat.core.viewer import Viewer
from secretariat.documents.models import (
    Document,
    DocumentFile,
    DocumentState,
    DocumentVersion,
    PaperList,
    Revision,
    VersionState,
)
from secretariat.processes.models import Body, LifeState, Process, Track


class ListedVersion(NamedTuple):
    """A language in which a document is there (`file`), or awaited (`due_on`)."""

    language: str
    state: VersionState
    due_on: date | None
    file: UUID | None


@dataclass(slots=True)
class ListedDocument:
    """A document as a list shows it. `versions` are brought by `with_versions`; `item_id` is the agenda
    item it is for; one that is `by_paragraph` has languages and no files."""

    id: UUID
    symbol: str | None
    title: LocalText
    kind: str
    state: DocumentState
    dated: PartialDate | None
    release_on: date | None
    released_at: datetime | None
    label_id: int
    item_id: UUID | None
    by_paragraph: bool
    versions: list[ListedVersion] = field(default_factory=list)

    @property
    def released(self) -> bool:
        """Whether its readers have it."""
        return self.released_at is not None


def process_by_slug(session: Session, slug: str) -> Process | None:
    return session.scalar(select(Process).where(Process.slug == slug))


def track_kept(session: Session, process: UUID, viewer: Viewer) -> Track | None:
    """The track of the process whose secretariat one acts as."""
    tracks = session.scalars(select(Track).where(Track.process_id == process).order_by(Track.position))
    return next((one for one in tracks if viewer.keeps(one.id)), None)


def meeting_by_id(session: Session, meeting: UUID) -> Any:
    """A meeting; its room stands above this one, so it is found by the kind it has entered."""
    kind = kinds.by_name("meetings")
    return session.scalar(select(kind.model).where(kind.model.id == meeting)) if kind is not None else None


def open_bodies(session: Session, process: UUID, track: UUID, on: date) -> list[Body]:
    """Bodies of a track that are at work on a day, in the order of the process."""
    found = session.scalars(select(Body).where(Body.process_id == process, Body.track_id == track))
    at_work = [one for one in found if one.held_on(on) and one.state is LifeState.ACTIVE]
    return sorted(at_work, key=lambda one: (one.position, str(one.name), str(one.id)))


def documents_of_process(session: Session, process: UUID) -> list[ListedDocument]:
    """The documents of a process, the latest first; drafts, which have no symbol, before all. Without their languages:
    `with_versions` brings those of the ones that are shown."""
    return sorted(_listed(session, _OF_PROCESS, process), key=_latest_first, reverse=True)


def documents_of_meeting(session: Session, meeting: UUID) -> list[ListedDocument]:
    """The documents of a meeting, by symbol; drafts last. Without their languages, as `documents_of_process`."""
    return _by_symbol(_listed(session, _OF_MEETING, meeting))


def documents_of_item(session: Session, item: UUID) -> list[ListedDocument]:
    """The documents of an item of an agenda, as `documents_of_meeting`."""
    return _by_symbol(_listed(session, _OF_ITEM, item))


def _by_symbol(listed: list[ListedDocument]) -> list[ListedDocument]:
    return sorted(listed, key=lambda one: (one.symbol is None, _natural(one.symbol or ""), str(one.id)))


def _latest_first(one: ListedDocument) -> tuple[bool, str, Any, str]:
    return one.state is DocumentState.DRAFT, str(one.dated or ""), _natural(one.symbol or ""), str(one.id)


@lru_cache(maxsize=5_000)
def _natural(symbol: str) -> tuple[tuple[int, str], ...]:
    """`.../9` before `.../10`."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in symbol.replace(".", "/").split("/"))


def _listed(session: Session, wanted: Select[*tuple[Any, ...]], container: UUID) -> list[ListedDocument]:
    rows = session.execute(wanted, {"container": container})
    return [ListedDocument(*tuple(row)) for row in rows]


def with_versions(session: Session, documents: Sequence[ListedDocument]) -> list[ListedDocument]:
    """These documents, with the languages in which they are there or awaited."""
    found = {one.id: one for one in documents}
    if found:
        for document, language, state, due_on, file in session.execute(_VERSIONS, {"documents": list(found)}):
            found[document].versions.append(ListedVersion(language, state, due_on, file))
    return list(documents)


def with_all_versions(session: Session, meeting: UUID, documents: Sequence[ListedDocument]) -> list[ListedDocument]:
    """All documents of a meeting, with their languages: asked for by the meeting, which costs less than by each."""
    found = {one.id: one for one in documents}
    if found:
        for document, language, state, due_on, file in session.execute(_VERSIONS_OF_MEETING, {"container": meeting}):
            if (one := found.get(document)) is not None:
                one.versions.append(ListedVersion(language, state, due_on, file))
    return list(documents)


# Columns, and statements built once: the page of every meeting asks for them.
_LISTED = select(
    Document.id,
    Document.symbol,
    Document.title,
    Document.kind,
    Document.state,
    Document.dated,
    Document.release_on,
    Document.released_at,
    Document.label_id,
    Document.item_id,
    Document.by_paragraph,
)
_OF_PROCESS = _LISTED.where(Document.process_id == bindparam("container", type_=Document.process_id.type))
_OF_MEETING = _LISTED.where(Document.meeting_id == bindparam("container", type_=Document.meeting_id.type))
_OF_ITEM = _LISTED.where(Document.item_id == bindparam("container", type_=Document.item_id.type))
_EVERY_VERSION = (
    select(
        DocumentVersion.document_id,
        DocumentVersion.language,
        DocumentVersion.state,
        DocumentVersion.due_on,
        DocumentFile.id.label("file"),
    )
    .outerjoin(DocumentFile, DocumentFile.version_id == DocumentVersion.id)
    .order_by(DocumentVersion.position, DocumentVersion.id)
)
_VERSIONS = _EVERY_VERSION.where(DocumentVersion.document_id.in_(bindparam("documents", expanding=True)))
_VERSIONS_OF_MEETING = _EVERY_VERSION.join(Document, Document.id == DocumentVersion.document_id).where(
    Document.meeting_id == bindparam("container", type_=Document.meeting_id.type)
)


def document_by_id(session: Session, document: UUID) -> Document | None:
    """A document with what its page shows; none where the reader may not see its process (joined inwards)."""
    return session.scalar(
        select(Document)
        .where(Document.id == document)
        .options(
            joinedload(Document.process, innerjoin=True),
            joinedload(Document.track, innerjoin=True),
            joinedload(Document.body),
            selectinload(Document.meeting),
            selectinload(Document.versions).selectinload(DocumentVersion.files),
        )
    )


def first_of(session: Session, document: Document) -> Document | None:
    """The first document of the line of one that follows it."""
    return session.scalar(select(Document).where(Document.id == document.line_id))


def line_of(session: Session, document: Document) -> Sequence[Document]:
    """The other documents of its line, in order of their symbols."""
    first = document.first_id
    found = session.scalars(
        select(Document).where(
            or_(Document.id == first, Document.line_id == first),
            Document.id != document.id,
            Document.process_id == document.process_id,
        )
    )
    return sorted(found, key=lambda one: (one.symbol is None, _natural(one.symbol or ""), str(one.id)))


def newest_of(line: Sequence[Document]) -> Document | None:
    """The revision among these that stands, and so has taken the place of the others."""
    standing = [
        one for one in line if one.state is DocumentState.ISSUED and one.is_released and one.revision is Revision.REV
    ]
    return max(standing, key=lambda one: (one.issued_at is not None, one.issued_at, str(one.id)), default=None)


def version_of(session: Session, document: UUID, version: UUID) -> DocumentVersion | None:
    """A language version of a document, with its files."""
    return session.scalar(
        select(DocumentVersion)
        .where(DocumentVersion.id == version, DocumentVersion.document_id == document)
        .options(selectinload(DocumentVersion.files))
    )


def file_of(session: Session, document: UUID, file: UUID) -> DocumentFile | None:
    """A file of a document, with its version."""
    return session.scalar(
        select(DocumentFile)
        .where(DocumentFile.id == file, DocumentFile.document_id == document)
        .options(joinedload(DocumentFile.version))
    )


def awaited_versions(
    session: Session, process: UUID | None = None, participant: UUID | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Language versions that are awaited, of documents that stand or are being prepared.

    Columns: id, language, asked_on, due_on, translator, translator_of_id, label_id, document_id, process_id, track_id,
    title.
    """
    wanted = rows_of_awaited_versions(of_process=process is not None, of_participant=participant is not None)
    return session.execute(wanted, {"process": process, "participant": participant}).all()


@cache
def rows_of_awaited_versions(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Built once: the first page of everybody asks for it, and building takes longer than asking."""
    wanted = (
        select(
            DocumentVersion.id,
            DocumentVersion.language,
            DocumentVersion.asked_on,
            DocumentVersion.due_on,
            DocumentVersion.translator,
            DocumentVersion.translator_of_id,
            DocumentVersion.label_id,
            DocumentVersion.document_id,
            Document.process_id,
            Document.track_id,
            Document.title,
        )
        .join(Document, DocumentVersion.document_id == Document.id)
        .join(Process, Document.process_id == Process.id)
        .outerjoin(Body, Document.body_id == Body.id)
        .where(
            DocumentVersion.state == VersionState.AWAITED,
            one_of(Document.state, (DocumentState.DRAFT, DocumentState.ISSUED)),
            Process.state == LifeState.ACTIVE,  # of what rests or is concluded nobody is asked
            or_(Body.id.is_(None), Body.state == LifeState.ACTIVE),
        )
        .order_by(DocumentVersion.id)
    )
    if of_process:
        wanted = wanted.where(Document.process_id == bindparam("process", type_=Document.process_id.type))
    if of_participant:
        mine = bindparam("participant", type_=DocumentVersion.translator_of_id.type)
        wanted = wanted.where(DocumentVersion.translator_of_id == mine)
    return wanted


def lists_of(session: Session, track: UUID, most: int = 50) -> Sequence[Row[*tuple[Any, ...]]]:
    """Lists of old papers of a track, the latest first. Columns: id, name, archive_name, state, asked_at, finished_at,
    label_id."""
    return session.execute(
        select(
            PaperList.id,
            PaperList.name,
            PaperList.archive_name,
            PaperList.state,
            PaperList.asked_at,
            PaperList.finished_at,
            PaperList.label_id,
        )
        .where(PaperList.track_id == track)
        .order_by(PaperList.asked_at.desc(), PaperList.id)
        .limit(most)
    ).all()


def list_by_id(session: Session, key: UUID) -> PaperList | None:
    """A list of old papers, with its process and track; none where the reader may not see the process."""
    return session.scalar(
        select(PaperList)
        .where(PaperList.id == key)
        .options(joinedload(PaperList.process, innerjoin=True), joinedload(PaperList.track, innerjoin=True))
    )
