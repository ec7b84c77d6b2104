"""Paragraphs of a text: what kinds there are, and how they are numbered. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from secretariat.core.localtext import LocalText

DEEPEST = 3
MOST_PARAGRAPHS = 2_000
"""Of one text: beyond that nobody reads it, and a file is meant."""
LONGEST_PARAGRAPH = 20_000
"""Characters in one language."""
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ckb"})
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشت"
"""Letters in the order in which Arabic texts count with them."""
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


class ParagraphKind(StrEnum):
    """What a paragraph is in a text as such documents are written: headings divide it, the preamble gives the reasons
    and has no numbers, operative paragraphs are numbered through the whole text, a plain one stands for itself."""

    HEADING = "heading"
    PREAMBLE = "preamble"
    OPERATIVE = "operative"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph as a value."""

    id: UUID
    kind: ParagraphKind
    depth: int
    words: LocalText

    @property
    def set_in(self) -> int:
        """Indentation: headings do not."""
        return 0 if self.kind is ParagraphKind.HEADING else self.depth - 1


@dataclass(frozen=True, slots=True)
class Counted:
    """A paragraph with its number in the text; the preamble and plain paragraphs have none."""

    piece: Piece
    place: tuple[int, ...]

    def number(self, language: str) -> str:
        """Its number as it stands before the words: `3.`, `(b)`, `(iv)`; of a heading `II.` or `B.`."""
        if not self.place:
            return ""
        if self.piece.kind is ParagraphKind.HEADING:
            return f"{roman(self.place[-1])}." if len(self.place) == 1 else f"{letters(self.place[-1], language)}."
        if len(self.place) == 1:
            return f"{self.place[0]}."
        last = self.place[-1]
        return f"({letters(last, language, small=True) if len(self.place) == 2 else roman(last).lower()})"

    def cited(self, language: str) -> str:
        """Its number as one speaks of it: `3 (b) (iv)`, `II`."""
        if not self.place:
            return ""
        if self.piece.kind is ParagraphKind.HEADING:
            return self.number(language).rstrip(".")
        below = [Counted(self.piece, self.place[: end + 1]).number(language) for end in range(1, len(self.place))]
        return " ".join([str(self.place[0]), *below])


def counted(pieces: Iterable[Piece]) -> Iterator[Counted]:
    """The paragraphs in their order, each with its number.

    Operative paragraphs run through the text whatever headings stand between them; what is set in counts anew below
    each. A paragraph set in with nothing above it counts as if it were not set in. A heading of the third rank has no
    number.
    """
    headings, operative = [0] * DEEPEST, [0] * DEEPEST
    for piece in pieces:
        if piece.kind is ParagraphKind.HEADING:
            yield Counted(piece, _next(headings, piece.depth) if piece.depth < DEEPEST else ())
        elif piece.kind is ParagraphKind.OPERATIVE:
            yield Counted(piece, _next(operative, piece.depth))
        else:
            yield Counted(piece, ())


def _next(counts: list[int], depth: int) -> tuple[int, ...]:
    within = next((rank for rank in range(depth - 1) if not counts[rank]), depth - 1)
    counts[within] += 1
    counts[within + 1 :] = [0] * (len(counts) - within - 1)
    return tuple(counts[: within + 1])


def alphabet(language: str) -> str:
    """The letters a language counts with."""
    return _ABJAD if language == "ar" else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def is_rtl(language: str) -> bool:
    """Whether a language is written from right to left."""
    return language.split("-", maxsplit=1)[0] in _RIGHT_TO_LEFT


def direction_of(language: str) -> str:
    """In which direction a language is written, as mark-up says it."""
    return "rtl" if is_rtl(language) else "ltr"


def letters(number: int, language: str, *, small: bool = False) -> str:
    """A number in letters: a, b, ... z, aa, ab; in Arabic as Arabic texts count."""
    signs, written = alphabet(language), ""
    while number > 0:
        number, rest = divmod(number - 1, len(signs))
        written = signs[rest] + written
    return written.lower() if small else written


def roman(number: int) -> str:
    """A number in Roman figures."""
    written = ""
    for value, figure in _ROMAN:
        times, number = divmod(number, value)
        written += figure * times
    return written
