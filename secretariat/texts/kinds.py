"""What of texts a person meets: the text that is written, its paragraphs, its editions, rounds, replies and comments.

A text that is written is the secretariat's, an edition that of the body it was circulated in; a comment is its
participant's, and one without a name is answered for by the secretariat.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.kinds import Kind, Origin, OriginKind, register
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext
from secretariat.core.languages.templating import local_text
from secretariat.documents.kinds import origin_of_document
from secretariat.documents.models import Document
from secretariat.texts.lent_models import LentComments
from secretariat.texts.models import (
    Comment,
    CommentReply,
    CommentRound,
    DraftText,
    TextEdition,
    TextParagraph,
    UnnamedComment,
    UnsavedComment,
    UnsavedWords,
)


def _by_secretariat(_session: Session, one: Any) -> Origin:
    return Origin(OriginKind.SECRETARIAT, one.track_id)


def _of_text(session: Session, one: TextParagraph) -> Origin:
    track = session.scalar(select(DraftText.track_id).where(DraftText.id == one.text_id))
    return Origin(OriginKind.SECRETARIAT, track or one.text_id)


def _of_edition(session: Session, one: TextEdition) -> Origin:
    document = session.scalar(select(Document).where(Document.id == one.document_id))
    return origin_of_document(session, document) if document is not None else Origin(OriginKind.BODY, one.document_id)


def _of_round(session: Session, one: UnnamedComment) -> Origin:
    track = session.scalar(select(CommentRound.track_id).where(CommentRound.id == one.round_id))
    return Origin(OriginKind.SECRETARIAT, track or one.round_id)


def _by_participant(_session: Session, one: Any) -> Origin:
    return Origin(OriginKind.PARTICIPANT, one.participant_id)


def _title_of_round(one: Any) -> str:
    document = one.edition.document if one.edition is not None else None
    return _("Comments on %(text)s", text=local_text(document.title)) if document is not None else _("Comments")


def _in_round(one: Any) -> str | None:
    return f"/rounds/{one.round_id}" if one.round is not None else None


register(
    Kind(DraftText, lazy_pgettext("kind of thing", "Text"), lambda one: one.title, lambda one: f"/texts/{one.id}",
         _by_secretariat)
)  # fmt: skip
register(
    Kind(TextParagraph, _l("Paragraph of a text"), lambda one: one.words, lambda one: f"/texts/{one.text_id}", _of_text)
)
register(
    Kind(
        UnsavedWords,
        _l("Words that are not saved"),
        lambda one: one.words,
        lambda one: f"/texts/{one.paragraph.text_id}" if one.paragraph is not None else None,
        lambda _session, one: Origin(OriginKind.PERSON, one.person_id),
    )
)
register(
    Kind(
        UnsavedComment,
        _l("Comment that is not saved"),
        lambda one: one.words or one.wording,
        _in_round,
        lambda _session, one: Origin(OriginKind.PERSON, one.person_id),
    )
)
register(
    Kind(
        TextEdition,
        _l("Edition of a text"),
        lambda one: one.document.title if one.document is not None else "",
        lambda one: f"/documents/{one.document_id}/text" if one.document is not None else None,
        _of_edition,
    )
)
register(Kind(CommentRound, _l("Round of comments"), _title_of_round, lambda one: f"/rounds/{one.id}", _by_secretariat))
register(
    Kind(
        CommentReply,
        _l("Reply in a round of comments"),
        lambda one: _title_of_round(one.round) if one.round is not None else "",
        _in_round,
        _by_participant,
    )
)
register(
    Kind(
        LentComments,
        _l("Comments asked of a colleague"),
        lambda one: _title_of_round(one.round) if one.round is not None else "",
        _in_round,
        _by_participant,
    )
)
register(Kind(Comment, lazy_pgettext("kind of thing", "Comment"), lambda one: one.words or one.wording, _in_round,
              _by_participant))  # fmt: skip
register(Kind(UnnamedComment, _l("Comment without a name"), lambda one: one.words or one.wording, _in_round, _of_round))

# Silence and adoption, clearance and consultations stand in modules of their own.
from secretariat.texts import (  # noqa: E402 - entered with the others
    clearance_kinds,  # noqa: F401
    consultation_kinds,  # noqa: F401
    network_kinds,  # noqa: F401
    silence_kinds,  # noqa: F401
)
