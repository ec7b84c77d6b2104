"""Whether a text is adopted, and one act on it after the other: with all eyes, for its editions' readers do not read
the text itself."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.session import Reason, system_access
from secretariat.documents import frozen
from secretariat.documents.models import Document
from secretariat.texts.clearance_models import Clearance
from secretariat.texts.models import DraftText, TextEdition, TextState
from secretariat.texts.silence_models import TextAdoption


def lock(session: Session, text: UUID) -> None:
    """One after the other: adoption, and what members say before it."""
    with system_access(session, Reason.SILENCE) as system:
        system.scalar(select(DraftText.id).where(DraftText.id == text).with_for_update())


def lock_document(session: Session, document: UUID) -> None:
    """The same of a common paper that is a file: its release, and what members say before it."""
    with system_access(session, Reason.SILENCE) as system:
        system.scalar(select(Document.id).where(Document.id == document).with_for_update())


def is_adopted(session: Session, text: UUID) -> bool:
    """Whether the text of an edition is adopted, and its editions frozen for good."""
    with system_access(session, Reason.SILENCE) as system:
        return system.scalar(select(DraftText.state).where(DraftText.id == text)) is TextState.ADOPTED


def _is_adopted_document(session: Session, document: UUID) -> bool:
    """Whether a document is the edition that was adopted."""
    with system_access(session, Reason.SILENCE) as system:
        adopted = select(TextAdoption.id).join(TextEdition, TextAdoption.edition_id == TextEdition.id)
        return system.scalar(adopted.where(TextEdition.document_id == document)) is not None


def _is_released_paper(session: Session, document: UUID) -> bool:
    """Whether a document is a common paper that the chair has released."""
    with system_access(session, Reason.SILENCE) as system:
        released = select(Clearance.id).where(Clearance.document_id == document, Clearance.released_on.is_not(None))
        return system.scalar(released) is not None


def _lock_text_of(session: Session, document: UUID) -> None:
    with system_access(session, Reason.SILENCE) as system:
        text = system.scalar(select(TextEdition.text_id).where(TextEdition.document_id == document))
    if text is not None:
        lock(session, text)


frozen.register("adopted texts", _is_adopted_document, _lock_text_of)
frozen.register("released papers", _is_released_paper, lock_document)
