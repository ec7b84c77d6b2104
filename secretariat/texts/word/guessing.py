"""What the paragraphs of somebody's file are in a text: by outline and numbering, by numbers that were typed, and, for
the preamble, by where they stand and how they begin. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from secretariat.texts.paragraphs import DEEPEST, ParagraphKind, letters, roman

_DIRECTIONS = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_INVISIBLE = re.compile(f"^[{_DIRECTIONS}\\s\ufeff]+")
_FIGURES = re.compile(r"\(?(\d{1,3})(?:[.)](?:-|–)?|\s?[-–](?=\s)|[°º]\.?(?:-|–)?)\s+(?=\S)")
_RANKS = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,3})(?:[.)]\s+|\s+(?=[^\W\d_a-zß-ÿ]))(?=\S)")
_LETTERS = re.compile(r"(?:\(?([a-z]{1,4}|[A-Z])\)|([a-z])\.)\s+(?=\S)")
_ARABIC = re.compile("\\(?([\u0621-\u064a]|\u0647\u0640)(?:\\)|\\.|\\s?[-–](?=\\s))\\s*(?=\\S)")
_OF_A_HEADING = re.compile(
    "(?:[IVXL]{1,7}|[A-Z]|\\d{1,3}(?:\\.\\d{1,3}){0,3}|[\u0621-\u064a])(?:[.)](?:-|–)?|\\s?[-–])\\s+(?=\\S)"
)
_PREAMBULAR = re.compile(
    r"(?:(?:recall|not|consider|recogni[sz]|reaffirm|welcom|acknowledg|express|guid|stress|underlin|emphasi[sz]|affirm"
    r"|desir|reiterat|observ|hav|tak|bear|keep)ing|deeply|gravely|mindful|conscious|concerned|convinced|aware|whereas"
    r"|guided|inspired|determined"
    r"|recordando|considerando|reconociendo|reafirmando|teniendo|tomando|habiendo|acogiendo|observando|destacando"
    r"|subrayando|expresando|reiterando|deseando|conscientes?|convencid[oa]s?|preocupad[oa]s?|inspirad[oa]s?|guiad[oa]s?"
    r"|decidid[oa]s?|rappelant|considérant|reconnaissant|réaffirmant|ayant|conscients?|convaincus?|préoccupés?"
    r"|soulignant|notant|prenant|saluant|gardant|tenant|exprimant|réitérant|désireux|inspirés?|guidés?"
    r"|se félicitant|vu|و?إذ)\b",
    re.IGNORECASE,
)
"""How a paragraph of a preamble begins, in the languages texts are written in."""
_LETTERED = frozenset({
    "lowerLetter", "upperLetter", "arabicAbjad", "arabicAlpha", "hebrew1", "hebrew2", "russianLower", "russianUpper",
})  # fmt: skip


_OURS = re.compile(r"text (?:preamble|plain ([1-9]))")
"""Styles of the files written here (`word/frame.py`), in small letters."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How a paragraph looks: its words, the rank of a heading from 0, format and rank of its number, its style."""

    words: str
    outline: int | None = None
    numbered: str = ""
    rank: int = 0
    is_row: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class Guessed:
    """What a paragraph is, and its words without their number. `deeper` where it stands in further than texts do."""

    kind: ParagraphKind
    depth: int
    words: str
    deeper: bool = False
    certain: bool = False
    """Whether where it stands tells nothing more of it."""


def guessed(paragraphs: Iterable[Seen]) -> list[Guessed]:
    """What each paragraph is. What has no number before the first that has one is the preamble; where none has, what
    begins as a preamble does is."""
    found = list(_Counting().each(paragraphs))
    first = next((place for place, one in enumerate(found) if one.kind is ParagraphKind.OPERATIVE), None)
    return [
        _as_preamble(one) if _is_preamble(one, place, first) else one
        for place, one in enumerate(found)
    ]  # fmt: skip


def _is_preamble(one: Guessed, place: int, first: int | None) -> bool:
    if one.kind is not ParagraphKind.PLAIN or one.certain:
        return False
    return place < first if first is not None else _PREAMBULAR.match(one.words) is not None


def _as_preamble(one: Guessed) -> Guessed:
    return Guessed(ParagraphKind.PREAMBLE, one.depth, one.words)


class _Counting:
    """Goes through a text and keeps in mind what was counted last, since `(i)` is a letter behind `(h)` alone."""

    def __init__(self) -> None:
        self._letter = self._roman = 0
        self._depth = 0

    def each(self, paragraphs: Iterable[Seen]) -> Iterator[Guessed]:
        for one in paragraphs:
            words = _tidy(one.words)
            if words:
                yield self._guess(one, words)

    def _guess(self, one: Seen, words: str) -> Guessed:
        if one.is_row:
            return Guessed(ParagraphKind.PLAIN, 1, words, certain=True)
        if one.outline is not None:
            rank = one.outline + 1
            return Guessed(ParagraphKind.HEADING, min(rank, DEEPEST), _without(_OF_A_HEADING, words), rank > DEEPEST)
        ours = _OURS.fullmatch(one.style)
        if ours and not one.numbered:
            depth = min(int(ours[1] or 1), DEEPEST)
            return Guessed(ParagraphKind.PLAIN if ours[1] else ParagraphKind.PREAMBLE, depth, words, certain=True)
        if one.numbered == "bullet":
            return self._at(ParagraphKind.PLAIN, one.rank + 2 if self._depth else one.rank + 1, words)
        if one.numbered:
            return self._at(ParagraphKind.OPERATIVE, self._depth_of(one), words)
        return self._typed(words)

    def _depth_of(self, one: Seen) -> int:
        """How deep a number of the word processor stands. Many give letters a list of their own, at its first rank."""
        if one.rank or not self._depth:
            return one.rank + 1
        if one.numbered in _LETTERED:
            return 2
        if one.numbered in ("lowerRoman", "upperRoman"):
            return min(self._depth + 1, 3) if self._depth < 3 else 3
        return 1

    def _typed(self, words: str) -> Guessed:
        for pattern, depth_of in (
            (_RANKS, lambda token: token.count(".") + 1),
            (_FIGURES, lambda _token: 1),
            (_ARABIC, lambda _token: 2),
            (_LETTERS, self._of_letters),
        ):
            found = pattern.match(words)
            if found:
                depth = depth_of(found[1] or found[found.lastindex or 1])
                if depth:
                    return self._at(ParagraphKind.OPERATIVE, depth, words[found.end() :])
        return Guessed(ParagraphKind.PLAIN, 1, words)

    def _of_letters(self, token: str) -> int:
        """2 for a letter, 3 for a Roman figure, 0 for what counts nothing."""
        small = token.lower()
        if self._depth == 3 and small == roman(self._roman + 1).lower():
            self._roman += 1
            return 3
        if small == letters(self._letter + 1, "en", small=True):
            self._letter += 1
            return 2
        if small == "i" and self._depth:
            self._roman = 1
            return 3 if self._depth > 1 else 2
        if len(small) == 1:
            self._letter = ord(small) - ord("a") + 1
            return 2
        return 3 if small == roman(_value_of(small)).lower() else 0

    def _at(self, kind: ParagraphKind, depth: int, words: str) -> Guessed:
        if kind is ParagraphKind.OPERATIVE:
            if depth == 1:
                self._letter = 0
            if depth < 3:
                self._roman = 0 if depth == 1 or self._depth > 1 else self._roman
            self._depth = min(depth, DEEPEST)
        return Guessed(kind, min(depth, DEEPEST), words, depth > DEEPEST)


def _value_of(figure: str) -> int:
    """The value of a Roman figure; 0 for what is none."""
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    if any(sign not in values for sign in figure):
        return 0
    numbers: Sequence[int] = [values[sign] for sign in figure]
    return sum(-one if one < max(numbers[place:], default=0) else one for place, one in enumerate(numbers))


def _without(pattern: re.Pattern[str], words: str) -> str:
    found = pattern.match(words)
    return words[found.end() :] if found else words


def _tidy(words: str) -> str:
    """Words with blanks made single, lines kept, and no sign of direction before the first."""
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in words.split("\n"))
    return _INVISIBLE.sub("", "\n".join(lines).strip())


def tidy(words: str) -> str:
    """Words as they are compared: how blanks and lines are set makes no other wording."""
    return " ".join(words.split())
