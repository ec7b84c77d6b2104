"""What somebody asks for, and the words around what was found: pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from secretariat.core.stems import ALGORITHMS, forms_of, plain, words_in

MOST_WORDS = 12
"""Words of a question that are looked for; a sentence is no question."""
LONGEST = 200
"""Characters of a question that are read."""
FEWEST_LETTERS = 2
"""Letters of a word from which on something is suggested."""
_EN = "a an and at by for from in of on or the to with"
_ES = "a al con de del el en la las los o para por un una y"
_FR = "a au aux avec ce ces d dans des du en et l la le les ou par pour sur un une"
_AR = "في من علي الي او و"
PASSED_OVER = frozenset(f"{_EN} {_ES} {_FR} {_AR}".split())
"""Words that say nothing by themselves: passed over where there are others."""
_PIECE = re.compile(r"[^\W_]+")
LOOKED_AT = 100_000
"""Characters of a text in which the words are looked for to be shown; files are as long as they are."""
LONGEST_TITLE = 160
"""Characters of a title that are shown."""
AROUND = 90
"""Characters shown before and after the word that was found."""


@dataclass(frozen=True, slots=True)
class Question:
    """The words asked for: of each its forms, one of which must be there."""

    words: tuple[frozenset[str], ...]

    @property
    def for_postgresql(self) -> str:
        """As `to_tsquery` takes it: forms are letters and figures, so that nothing in them has a meaning there."""
        return " & ".join(f"({' | '.join(sorted(one))})" for one in self.words)

    def for_sqlite(self, column: str) -> str:
        """As `MATCH` takes it, for one column of the index."""
        words = " AND ".join("(" + " OR ".join(f'"{form}"' for form in sorted(one)) + ")" for one in self.words)
        return f"{column} : ({words})"

    def is_met_by(self, word: str) -> bool:
        """Whether a word as it is written is one of those asked for."""
        forms = forms_of(word, ALGORITHMS)
        return any(not forms.isdisjoint(one) for one in self.words)


def question(text: str) -> Question | None:
    """What is asked for; None where there is no word in it."""
    met = list(dict.fromkeys(words_in(text[:LONGEST])))
    telling = [word for word in met if plain(word) not in PASSED_OVER] or met
    return Question(tuple(forms_of(word, ALGORITHMS) for word in telling[:MOST_WORDS])) if telling else None


@dataclass(frozen=True, slots=True)
class Begun:
    """A question that is still being written: the words before the last, and what the last begins with, which may be
    the whole of it."""

    words: tuple[frozenset[str], ...]
    last: frozenset[str]
    beginning: str

    @property
    def for_postgresql(self) -> str:
        """As `to_tsquery` takes it."""
        last = f"({' | '.join([*sorted(self.last), f'{self.beginning}:*'])})"
        return " & ".join([*(f"({' | '.join(sorted(one))})" for one in self.words), last])

    def for_sqlite(self, column: str) -> str:
        """As `MATCH` takes it, for one column of the index."""
        words = [" OR ".join(f'"{form}"' for form in sorted(one)) for one in self.words]
        words.append(" OR ".join([*(f'"{form}"' for form in sorted(self.last)), f'"{self.beginning}" *']))
        return f"{column} : ({' AND '.join(f'({one})' for one in words)})"


def begun(text: str) -> Begun | None:
    """What somebody begins to ask for; None where that is not even two letters."""
    met = list(dict.fromkeys(words_in(text[:LONGEST])))[:MOST_WORDS]
    beginning = plain(met[-1]) if met else ""
    if not beginning or (len(met) == 1 and len(beginning) < FEWEST_LETTERS):
        return None
    telling = [word for word in met[:-1] if plain(word) not in PASSED_OVER]
    return Begun(tuple(forms_of(word, ALGORITHMS) for word in telling), forms_of(met[-1], ALGORITHMS), beginning)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, and whether it is one of the words asked for."""

    text: str
    asked: bool = False


def pieces(text: str, asked: Question) -> list[Piece]:
    """A text with the words asked for marked."""
    found: list[Piece] = []
    last = 0
    for match in _asked_in(text, asked):
        found += [Piece(text[last : match.start()]), Piece(match[0], asked=True)]
        last = match.end()
    return [one for one in (*found, Piece(text[last:])) if one.text]


def excerpt(text: str, asked: Question) -> list[Piece]:
    """Some words of a text around the first of those asked for; nothing where none of them is in it."""
    first = next(_asked_in(text, asked), None)
    if first is None:
        return []
    begin, end = _word_edge(text, first.start() - AROUND, -1), _word_edge(text, first.end() + AROUND, 1)
    cut = " ".join(text[begin:end].split())
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    return pieces(f"{before}{cut}{after}", asked)


def beginning(text: str) -> str:
    """What a long title begins with; an outcome has its whole text for a title."""
    return text if len(text) <= LONGEST_TITLE else f"{text[: _word_edge(text, LONGEST_TITLE, -1)].rstrip()} …"


def _asked_in(text: str, asked: Question) -> Iterator[re.Match[str]]:
    return (
        match
        for match in _PIECE.finditer(text, 0, LOOKED_AT)
        if any(asked.is_met_by(word) for word in words_in(match[0]))
    )


def _word_edge(text: str, at: int, step: int) -> int:
    """The nearest place from here on at which no word is cut."""
    while 0 < at < len(text) and not text[at].isspace():
        at += step
    return max(0, min(at, len(text)))
