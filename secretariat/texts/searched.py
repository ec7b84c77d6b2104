"""By which words texts are found: their titles, their paragraphs as they stand, and what everybody is asked about."""

from __future__ import annotations

from secretariat.core.searchable import Searchable, Step, register
from secretariat.texts.consultation_models import PublicConsultation
from secretariat.texts.editions import Content
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
register(
    Searchable(
        PublicConsultation,
        title=lambda one: one.title,
        words=lambda one: [one.about, *(piece.words for piece in Content.from_json(one.content).pieces)],
        day=lambda one: one.opened_at.date(),
        stands=lambda one: one.taken_back_at is None,
    )
)
