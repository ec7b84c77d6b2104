"""By which words documents are found: symbol and title, and what stands in their files."""

from __future__ import annotations

from secretariat.core.searchable import Searchable, Step, register
from secretariat.documents.models import Document, DocumentFile, DocumentText

register(
    Searchable(
        Document,
        title=lambda one: [one.title, one.symbol],
        words=lambda one: [one.author_text],
        day=lambda one: moment.date() if (moment := one.released_at or one.issued_at or one.submitted_at) else None,
    )
)
register(
    Searchable(
        DocumentText,
        title=lambda _one: None,
        words=lambda one: [one.text],
        way=(Step("file_id", DocumentFile), Step("document_id", Document)),
        shown=2,
    )
)
