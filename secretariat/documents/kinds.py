"""What of documents a person meets: the document, its language versions, their files.

A document is its author's where a participant is that, its body's where the body adopted it, and the secretariat's
otherwise. The words of a file are no kind of their own: nobody meets them but in what search finds of the file.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.kinds import ByHand, Kind, Origin, OriginKind, register
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext
from secretariat.core.languages.templating import local_text
from secretariat.core.languages.words import language_name
from secretariat.documents.models import JOINT, Document, DocumentFile, DocumentState, DocumentVersion, PaperAnswer


def origin_of_document(_session: Session, one: Document) -> Origin:
    """Whose paper it is."""
    if one.author_id is not None:
        return Origin(OriginKind.PARTICIPANT, one.author_id)
    if one.kind in JOINT and one.state is not DocumentState.DRAFT:
        return Origin(OriginKind.BODY, one.body_id or one.process_id)
    return Origin(OriginKind.SECRETARIAT, one.track_id)


def _origin_of_part(session: Session, part: Any) -> Origin:
    document = session.scalar(select(Document).where(Document.id == part.document_id))
    return origin_of_document(session, document) if document is not None else Origin(OriginKind.BODY, part.document_id)


def _by_secretariat(session: Session, answer: PaperAnswer) -> Origin:
    track = session.scalar(select(Document.track_id).where(Document.id == answer.document_id))
    return Origin(OriginKind.SECRETARIAT, track or answer.document_id)


def _version_title(one: Any) -> str:
    if one.document is None:
        return language_name(one.language)
    return _("%(language)s: %(title)s", language=language_name(one.language), title=local_text(one.document.title))


def _can_be_changed(one: Document) -> bool:
    """Once its readers have it; before, they are given on its own form."""
    return one.is_released


register(
    Kind(
        Document,
        lazy_pgettext("kind of thing", "Document"),
        lambda one: one.title,
        lambda one: f"/documents/{one.id}",
        origin_of_document,
        ByHand(open=_can_be_changed),
    )
)
register(
    Kind(
        DocumentVersion,
        _l("Language version"),
        _version_title,
        lambda one: f"/documents/{one.document_id}" if one.document is not None else None,
        _origin_of_part,
    )
)
register(
    Kind(
        DocumentFile,
        _l("File of a document"),
        lambda one: one.name,
        lambda one: f"/documents/{one.document_id}" if one.version is not None else None,
        _origin_of_part,
    )
)
register(
    Kind(
        PaperAnswer,
        _l("Answer to a paper that was sent in"),
        lambda one: one.document.title if one.document is not None else "",
        lambda one: f"/documents/{one.document_id}" if one.document is not None else None,
        _by_secretariat,
    )
)
