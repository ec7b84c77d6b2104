"""Words brought to what they have in common, so that who looks for one form of a word finds the others: pure.

A word is kept in two ways: plainly (without case, accents and vowel marks, Arabic letters in one form), and as the stem
of the language it is written in. Text and question go through the same, and so both databases find the same: neither
of them knows anything of languages (ADR 0057).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

import snowballstemmer

ALGORITHMS: Mapping[str, str] = {"en": "english", "es": "spanish", "fr": "french", "ar": "arabic"}
"""Languages whose words have stems here; words of another language are found as they are written."""
LONGEST = 60
"""Letters of a word that are looked at: what is longer is no word."""
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u00ad\u0640\u064b-\u0652\u0670\u200b-\u200f\u2060\ufeff]")
"""Vowel marks, the stroke that draws a word out, and what has no width: they would take a word apart."""
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": None, "ئ": None, "ء": None})
"""Letters written in more than one way; a hamza is written on another letter from one country to the next."""
_JOINED = ("وال", "فال", "بال", "كال", "لل", "ال", "و", "")
"""What Arabic writes together with the word it stands before: the article and what goes before that, "and", nothing."""
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
"""What it writes together with the word it stands after, in the one form letters have here."""
_FEWEST_LETTERS = 3
"""What has to be left of an Arabic word without what is joined to it."""


def words_in(text: str) -> Iterator[str]:
    """The words of a text, one after the other, without case; letters and figures, nothing else."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    for found in _WORD.finditer(_MARKS.sub("", composed)):
        yield found[0][:LONGEST]


def plain(word: str) -> str:
    """A word without accents and vowel marks, and with each Arabic letter in one form."""
    apart = unicodedata.normalize("NFKD", word.translate(_ARABIC))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def forms_of(word: str, languages: Iterable[str]) -> frozenset[str]:
    """A word plainly, and its stems in these languages."""
    return frozenset(form for language in languages for form in _forms(word, language)) | {plain(word)}


@lru_cache(maxsize=50_000)
def _forms(word: str, language: str) -> frozenset[str]:
    stemmer = _stemmer(language)
    if stemmer is None:
        return frozenset()
    bare = plain(word)
    stems = {plain(stemmer.stemWord(one)) for one in (word, bare)}
    return frozenset((stems | set(_light_stems(bare)) if language == "ar" else stems) - {""})


def _light_stems(word: str) -> Iterator[str]:
    """An Arabic word without what is joined to it before and after, as Larkey, Ballesteros and Connell take it off
    ("Light Stemming for Arabic Information Retrieval", 2007). Snowball's stemmer goes further, and sometimes takes what
    belongs to the word."""
    for before in _JOINED:
        if not word.startswith(before) or len(word) - len(before) < _FEWEST_LETTERS:
            continue
        rest = word.removeprefix(before)
        yield rest
        for after in _ENDINGS:
            if rest.endswith(after) and len(rest) - len(after) >= _FEWEST_LETTERS:
                yield rest.removesuffix(after)


@cache
def _stemmer(language: str) -> Any:
    name = ALGORITHMS.get(language)
    return snowballstemmer.stemmer(name) if name else None
