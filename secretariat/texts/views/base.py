"""What all pages of texts share: loading under the reader's eyes, and a paragraph as a template shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from secretariat.core.database import new_key
from secretariat.core.languages import current_reading
from secretariat.pages import place
from secretariat.pages.access import found
from secretariat.pages.forms import Form, shown
from secretariat.pages.unit import db
from secretariat.texts import brackets, queries
from secretariat.texts import words as in_words
from secretariat.texts.editions import Content
from secretariat.texts.models import CommentRound, DraftText, TextEdition, TextParagraph, UnsavedComment
from secretariat.texts.paragraphs import Counted, direction_of

blueprint = Blueprint("texts", __name__)
KEPT: ResponseReturnValue = ("", 204)
NOT_KEPT: ResponseReturnValue = ("", 200)
TOO_LONG: ResponseReturnValue = ("", 413)
"""Answers to a page that has what is being written kept: it says so to its writer after the first, says after the last
that it is too long for that, and is silent after the other."""


def the_text(text_id: UUID) -> DraftText:
    """The text of this address, or the 404 which hidden and missing share."""
    text = found(queries.text_by_id(db(), text_id))
    place.enter(text.process, track=text.track)
    return text


def the_paragraph(text: DraftText, paragraph_id: UUID) -> TextParagraph:
    """A paragraph of a text."""
    return found(queries.paragraph_of(db(), text.id, paragraph_id))


def the_edition(document_id: UUID) -> TextEdition:
    """The edition that is the document of this address."""
    edition = found(queries.edition_of(db(), document_id))
    place.enter(edition.document.process, track=edition.document.track)
    return edition


def the_round(round_id: UUID) -> CommentRound:
    """The round of this address."""
    found_round = found(queries.round_by_id(db(), round_id))
    document = found_round.edition.document
    place.enter(document.process, track=document.track)
    return found_round


def language_asked_for(content: Content, name: str = "in") -> str:
    """The language of the text that is shown: that of the address, else the reader's own, else the original."""
    asked = request.args.get(name, "")
    if asked in content.languages:
        return asked
    own = current_reading().language.code
    return own if own in content.languages else content.original


class ShownParagraph(NamedTuple):
    """A paragraph as a page shows it: its number, its words in stretches, and the language they are really in."""

    id: UUID
    kind: str
    set_in: int
    number: str
    cited: str
    parts: Sequence[brackets.Part]
    language: str
    direction: str
    """That of the number, which has no letters of its own to tell it."""


def shown_paragraphs(counted: Iterable[Counted], language: str) -> list[ShownParagraph]:
    """The paragraphs of a text in one language; in that of the original where they are not there."""
    return [shown_paragraph(one, language) for one in counted]


def shown_paragraph(one: Counted, language: str) -> ShownParagraph:
    """One paragraph in a language."""
    words, really = one.piece.words.in_language(language)
    return ShownParagraph(
        one.piece.id,
        one.piece.kind.value,
        one.piece.set_in,
        one.number(language),
        one.cited(language),
        list(brackets.parts(words)),
        really,
        direction_of(language),
    )


class HalfWritten(NamedTuple):
    """What one was writing of a paragraph, or (`key` empty) of the whole, and did not keep. `row` is the paragraph."""

    key: str
    row: ShownParagraph | None
    unsaved: UnsavedComment


def half_written(
    kept: Mapping[str, UnsavedComment], content: Content, language: str, key_of: Callable[[UUID | None], str]
) -> list[HalfWritten]:
    """What was being written, in the order of the text. `key_of` is under which key it is kept."""
    places = [(key_of(None), None), *((key_of(one.piece.id), one) for one in content.counted())]
    return [
        HalfWritten(str(one.piece.id) if one else "", shown_paragraph(one, language) if one else None, kept[key])
        for key, one in places
        if key in kept
    ]


def page(template: str, **context: Any) -> ResponseReturnValue:
    """A page of this room."""
    return render_template(f"texts/{template}.html", words=in_words, new_nonce=new_nonce, **context)


def form_page(form: Form, template: str, **context: Any) -> ResponseReturnValue:
    """The page of a form of this room."""
    return shown(form, f"texts/{template}.html", words=in_words, new_nonce=new_nonce, **context)


def new_nonce() -> str:
    """For a form of one button: each has its own, so that each is answered."""
    return new_key().hex
