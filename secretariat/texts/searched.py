"""By which words texts are found: their titles, and their paragraphs as they stand."""

from __future__ import annotations

from secretariat.core.searchable import Searchable, Step, register
from secretariat.texts.models import DraftText, TextParagraph

register(Searchable(DraftText, title=lambda one: one.title, words=lambda one: [one.forum]))
register(
    Searchable(
        TextParagraph,
        title=lambda _one: None,
        words=lambda one: [one.words],
        way=(Step("text_id", DraftText),),
        shown=1,
        stands=lambda one: one.taken_out_at is None,
    )
)
