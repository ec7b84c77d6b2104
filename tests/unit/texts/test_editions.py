"""What an edition says, and its hash."""

import json
from dataclasses import replace
from uuid import UUID

from secretariat.core.localtext import LocalText
from secretariat.texts.editions import Content
from secretariat.texts.paragraphs import ParagraphKind, Piece

PIECES = (
    Piece(UUID(int=1), ParagraphKind.PREAMBLE, 1, LocalText({"es": "Recordando", "en": "Recalling"}, "es")),
    Piece(UUID(int=2), ParagraphKind.OPERATIVE, 2, LocalText.of("Decide", "es")),
)
CONTENT = Content(LocalText.of("Declaración", "es"), "es", ("es", "en"), ("es",), PIECES)


def test_what_is_stored_says_the_same_and_has_the_same_hash() -> None:
    again = Content.from_json(json.loads(json.dumps(CONTENT.to_json(), sort_keys=False)))
    assert again == CONTENT
    assert again.sha256 == CONTENT.sha256
    backwards = dict(reversed(CONTENT.to_json().items()))
    assert Content.from_json(backwards).sha256 == CONTENT.sha256


def test_another_word_order_rank_or_language_gives_another_hash() -> None:
    others = [
        replace(CONTENT, title=LocalText.of("Declaracion", "es")),
        replace(CONTENT, authentic=("es", "en")),
        replace(CONTENT, languages=("es",)),
        replace(CONTENT, pieces=PIECES[::-1]),
        replace(CONTENT, pieces=(PIECES[0], replace(PIECES[1], depth=1))),
        replace(CONTENT, pieces=(PIECES[0], replace(PIECES[1], kind=ParagraphKind.PLAIN))),
        replace(CONTENT, pieces=(replace(PIECES[0], id=UUID(int=3)), PIECES[1])),
    ]
    assert len({one.sha256 for one in (CONTENT, *others)}) == len(others) + 1
