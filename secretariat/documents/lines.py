"""Documents in a list, line by line in the reader's words.

A template works out what stands in a cell anew for each; here what many lines have alike is worked out once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple
from uuid import UUID

from markupsafe import Markup

from secretariat.core.languages.templating import bare_in_rows, day, partial
from secretariat.core.languages.words import language_name
from secretariat.documents import words
from secretariat.documents.models import DocumentState, VersionState
from secretariat.documents.queries import ListedDocument


class Language(NamedTuple):
    """A language of a document: its code in capitals, its name, and the file, or that it is read on a page (`is_text`),
    or the day on which it is awaited."""

    code: str
    capitals: str
    name: str
    file: UUID | None
    awaited: Markup | None
    is_text: bool = False


class Line(NamedTuple):
    """A document of a list, in the order in which the template takes it apart. `from_day` is the day from which its
    readers have it, where that is still to come."""

    id: UUID
    symbol: str | None
    title: str
    dated: Markup
    kind: str
    languages: list[Language]
    standing: str
    from_day: Markup | None
    label_id: int


class ItemPaper(NamedTuple):
    """A paper of an item of an agenda, in the order in which the template takes it apart."""

    id: UUID
    symbol: str | None
    title: str
    label_id: int


def papers_by_item(documents: Iterable[ListedDocument]) -> dict[UUID, list[ItemPaper]]:
    """The papers that stand under each item: those issued and, for who prepares them, drafts. What was withdrawn or
    gave way to a revision stands in the list of documents alone."""
    found: dict[UUID, list[ItemPaper]] = {}
    words_of = bare_in_rows()
    for one in documents:
        if one.item_id is not None and one.state in _UNDER_ITEMS:
            found.setdefault(one.item_id, []).append(ItemPaper(one.id, one.symbol, words_of(one.title), one.label_id))
    return found


_UNDER_ITEMS = (DocumentState.ISSUED, DocumentState.DRAFT)


def lines(documents: Iterable[ListedDocument]) -> Iterator[Line]:
    """The lines of these documents."""
    kind, dated, name = cache(words.kind_in_words), cache(partial), cache(language_name)
    standing, title = cache(lambda state: str(words.STATE[state])), bare_in_rows()
    for one in documents:
        waits = one.release_on is not None and one.released_at is None and one.state is DocumentState.ISSUED
        yield Line(
            one.id,
            one.symbol,
            title(one.title),
            dated(one.dated),
            kind(one.kind),
            list(_languages(one, name)),
            standing(one.state),
            day(one.release_on) if one.release_on is not None and waits else None,
            one.label_id,
        )


def _languages(one: ListedDocument, name: Callable[[str], str]) -> Iterator[Language]:
    """Those that can be fetched, and those awaited; of what is withdrawn nothing is handed out."""
    for code, state, due_on, file in one.versions:
        if file is not None and one.state is not DocumentState.WITHDRAWN:
            yield Language(code, code.upper(), name(code), file, None)
        elif one.by_paragraph and state is not VersionState.AWAITED and one.state is not DocumentState.WITHDRAWN:
            yield Language(code, code.upper(), name(code), None, None, is_text=True)
        elif state is VersionState.AWAITED:
            awaited = day(due_on, weekday=False) if due_on is not None else None
            yield Language(code, code.upper(), name(code), None, awaited)
