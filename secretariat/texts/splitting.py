"""Pasted words taken apart into paragraphs: an empty line stands between them, numbers typed before them say what they
are. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import uuid4

from secretariat.core.localtext import LocalText
from secretariat.texts.paragraphs import ParagraphKind, Piece, counted

_NUMBERED = re.compile(r"^(\d{1,3})[.)]\s+(?=\S)")
_LETTERED = re.compile(r"^\(?([a-zأ-ي])\)\s+(?=\S)")
_ROMAN_SMALL = re.compile(r"^\(?([ivx]{1,6})\)\s+(?=\S)")
_HEADING = re.compile(r"^([IVX]{1,6})\.\s+(?=\S)")
_LETTER_HEADING = re.compile(r"^([A-Z])\.\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Pasted:
    """A paragraph of what was pasted, without its number."""

    kind: ParagraphKind
    depth: int
    words: str


def as_pasted(paragraphs: Iterable[tuple[ParagraphKind, int, str]]) -> str:
    """Paragraphs written as one pastes them, to be looked at and changed before they are taken in; `split` gives them
    back."""
    pieces = (Piece(uuid4(), kind, depth, LocalText.of(" ".join(words.split()))) for kind, depth, words in paragraphs)
    return "\n\n".join(f"{one.number('en')} {one.piece.words}".strip() for one in counted(pieces))


def split(pasted: str) -> list[Pasted]:
    """The paragraphs, in their order. What has no number stands before the first numbered one as preamble, behind it as
    a plain paragraph."""
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", pasted) if block.strip()]
    return list(_told(blocks))


def _told(blocks: list[str]) -> Iterator[Pasted]:
    begun, letter = False, ""
    for block in blocks:
        kind, depth, words = _one(block, letter)
        if kind is ParagraphKind.OPERATIVE:
            begun = True
            letter = block.lstrip("(")[0] if depth == 2 else letter if depth == 3 else ""
        if kind is ParagraphKind.PREAMBLE and begun:
            kind = ParagraphKind.PLAIN
        yield Pasted(kind, depth, words)


def _one(block: str, letter: str) -> tuple[ParagraphKind, int, str]:
    """`letter` is that of the last paragraph set in: (i) behind (h) is a letter, behind (a) a figure."""
    if match := _HEADING.match(block):
        return ParagraphKind.HEADING, 1, block[match.end() :]
    if match := _LETTER_HEADING.match(block):
        return ParagraphKind.HEADING, 2, block[match.end() :]
    if match := _NUMBERED.match(block):
        return ParagraphKind.OPERATIVE, 1, block[match.end() :]
    roman = _ROMAN_SMALL.match(block)
    if roman and letter and not (len(roman[1]) == 1 and ord(roman[1]) == ord(letter) + 1):
        return ParagraphKind.OPERATIVE, 3, block[roman.end() :]
    if match := _LETTERED.match(block):
        return ParagraphKind.OPERATIVE, 2, block[match.end() :]
    return ParagraphKind.PREAMBLE, 1, block
