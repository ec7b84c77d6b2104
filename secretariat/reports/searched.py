"""By which words progress reports are found: as they were issued, each language in its own."""

from __future__ import annotations

from markupsafe import Markup

from secretariat.core.localtext import LocalText
from secretariat.core.searchable import Searchable, register
from secretariat.reports.models import ReportEdition


def _words(edition: ReportEdition) -> list[LocalText]:
    texts = {language: Markup(text).striptags() for language, text in edition.texts.items()}  # noqa: S704 - taken off
    return [LocalText(texts, next(iter(texts)))] if texts else []


register(Searchable(ReportEdition, title=lambda one: one.symbol, words=_words, day=lambda one: one.issued_at.date()))
