"""The exact version a submission comments on, under the reader's eyes; and which version has taken its place.

A network reads a document itself, where its label lets it, or the copy of a text that was opened to its coordination.
That a copy is of a document it does not read, and which stand in one line, is looked up with all eyes and given back as
values; what is shown of any version is what its reader may read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from secretariat.civil_society import queries
from secretariat.civil_society.comment_models import ParagraphComment, UnsavedParagraph
from secretariat.civil_society.models import Submission
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.documents.models import Document, DocumentState, Revision
from secretariat.texts.editions import Content
from secretariat.texts.models import CommentRound, TextEdition
from secretariat.texts.network_models import OpenedRound

READ_ON = (DocumentState.ISSUED, DocumentState.SUPERSEDED)
"""A document that gave way to another is still read; one that was withdrawn is not commented on any more."""


@dataclass(frozen=True, slots=True)
class Version:
    """An exact version as its reader may read it: the document itself, or the copy that was opened (`opened`).

    `thing` is what is read: the document, or the copy. `content` are its paragraphs, where it has some and they were
    read. `stands`: no later version is known to have taken its place. `taken_back`: the copy was closed to the network.
    """

    document: UUID
    opened: UUID | None
    title: LocalText
    symbol: str
    thing: Document | OpenedRound
    by_paragraph: bool
    content: Content | None
    since: datetime
    stands: bool
    taken_back: bool = False

    @property
    def key(self) -> UUID:
        """By which a form names it."""
        return self.opened or self.document

    @property
    def page(self) -> str:
        """Where it is read."""
        if self.opened is not None:
            return f"/opened-rounds/{self.opened}"
        return f"/documents/{self.document}/text" if self.by_paragraph else f"/documents/{self.document}"


def offered(session: Session, process: UUID, network: UUID) -> list[Version]:
    """The versions of the governments' documents that may be commented on today, the latest first: documents the reader
    reads, and texts opened to the network's coordination where that is who asks."""
    found = [*_documents_read(session, process), *_opened_to(session, process, network)]
    there = {one.document for one in found if one.opened is None}
    kept = [one for one in found if one.stands and not one.taken_back]
    return sorted(
        (one for one in kept if one.opened is None or one.document not in there),
        key=lambda one: (one.since, str(one.key)),
        reverse=True,
    )


def version_of(session: Session, one: Submission) -> Version | None:
    """The version a submission comments on, as far as the reader may read it: the document itself before its copy."""
    if one.on_document_id is None:
        return None
    read = session.scalar(select(Document).where(Document.id == one.on_document_id, Document.released_at.is_not(None)))
    if read is not None and read.state in READ_ON:
        return with_content(session, _of_document(read))
    if one.on_opened_id is None:
        return None
    opened = session.scalars(select(OpenedRound).where(OpenedRound.id == one.on_opened_id)).all()
    return next(iter(_of_opened(session, opened)), None)


def later_than(session: Session, one: Submission) -> Version | None:
    """The version that has taken the place of the one a submission comments on, where the reader reads it."""
    if one.on_document_id is None:
        return None
    known = offered(session, one.process_id, one.track_id)
    lines = _lines(session, {one.on_document_id, *(each.document for each in known)})
    first, at = lines.get(one.on_document_id, (None, None))
    later = [each for each in known if lines[each.document][0] == first and _is_after(lines[each.document][1], at)]
    return max(later, key=lambda each: (lines[each.document][1], str(each.key)), default=None)


def with_content(session: Session, version: Version) -> Version:
    """A version with its paragraphs, where it has some."""
    if version.content is not None or not version.by_paragraph:
        return version
    content = session.scalar(select(TextEdition.content).where(TextEdition.document_id == version.document))
    return replace(version, content=Content.from_json(content) if content is not None else None)


def comments_of(session: Session, submission: UUID) -> Sequence[ParagraphComment]:
    """What a submission says of single paragraphs, in the order of the text; those of an earlier version last."""
    return session.scalars(
        select(ParagraphComment)
        .where(ParagraphComment.submission_id == submission)
        .order_by(ParagraphComment.of_earlier, ParagraphComment.position, ParagraphComment.id)
    ).all()


def comment_on(session: Session, submission: UUID, paragraph: UUID) -> ParagraphComment | None:
    """What a submission says of one paragraph."""
    return session.scalar(
        select(ParagraphComment)
        .where(ParagraphComment.submission_id == submission, ParagraphComment.paragraph_id == paragraph)
        .options(joinedload(ParagraphComment.submission, innerjoin=True))
    )


def unsaved_in(session: ViewerSession, submission: UUID) -> dict[UUID, UnsavedParagraph]:
    """What the reader was writing in a draft and did not keep, by paragraph, in the order in which it was written."""
    rows = session.scalars(
        select(UnsavedParagraph)
        .where(UnsavedParagraph.submission_id == submission, UnsavedParagraph.person_id == session.viewer.person)
        .order_by(UnsavedParagraph.kept_at, UnsavedParagraph.id)
    )
    return {one.paragraph_id: one for one in rows}


def _is_after(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one > other


def _documents_read(session: Session, process: UUID) -> list[Version]:
    government = queries.government_of(session, process).id
    read = session.scalars(
        select(Document).where(
            Document.process_id == process,
            Document.track_id == government,
            Document.state == DocumentState.ISSUED,
            Document.released_at.is_not(None),
            Document.revision.in_((Revision.FIRST, Revision.REV)),
        )
    ).all()
    return [_of_document(one) for one in read]


def _of_document(one: Document) -> Version:
    since = one.issued_at or one.released_at
    assert since is not None  # what its readers have was released
    stands = one.state is DocumentState.ISSUED
    return Version(one.id, None, one.title, one.symbol or "", one, one.by_paragraph, None, since, stands)


def _opened_to(session: Session, process: UUID, network: UUID) -> list[Version]:
    opened = session.scalars(
        select(OpenedRound).where(OpenedRound.process_id == process, OpenedRound.network_id == network)
    ).all()
    return _of_opened(session, opened)


def _of_opened(session: Session, opened: Sequence[OpenedRound]) -> list[Version]:
    """Copies that were opened, with the document each is of: looked up with all eyes, for the network reads neither
    the round nor the edition. Closed with its round a copy still stands; closed before it, it was taken back."""
    if not opened:
        return []
    rounds = sorted({one.round_id for one in opened}, key=str)
    with system_access(session, Reason.LABELLING) as system:
        rows = system.execute(
            select(CommentRound.id, CommentRound.closed_at, TextEdition.document_id)
            .join(TextEdition, CommentRound.edition_id == TextEdition.id)
            .where(CommentRound.id.in_(rounds))
        ).all()
    of_round = {row.id: row for row in rows}
    return [
        Version(
            of_round[one.round_id].document_id,
            one.id,
            one.title,
            "",
            one,
            True,
            Content.from_json(one.content),
            one.opened_at,
            True,
            one.closed_at is not None and one.closed_at != of_round[one.round_id].closed_at,
        )
        for one in opened
    ]


def _lines(session: Session, documents: Iterable[UUID]) -> dict[UUID, tuple[UUID, datetime | None]]:
    """In which line each document stands, and since when; with all eyes."""
    with system_access(session, Reason.LABELLING) as system:
        rows = system.execute(
            select(Document.id, Document.line_id, Document.issued_at).where(Document.id.in_(sorted(documents, key=str)))
        ).all()
    return {row.id: (row.line_id or row.id, row.issued_at) for row in rows}
