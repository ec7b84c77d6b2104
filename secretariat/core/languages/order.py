"""Alphabetical order by the rules of the language shown.

States stand in alphabetical order of the reader's language. The rank is computed once per language and stored; a page
sorts by a number.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_ARABIC_SAME = str.maketrans("أإآٱةىؤئ", "ااااهيوي", "ـ")


@lru_cache(maxsize=5_000)
def collation_key(text: str, language: str) -> tuple[str, str]:
    """What to sort a name by: its letters first, its accents only to part what is otherwise equal.

    Spanish counts ñ as a letter after n; Arabic counts the forms of alif as one and leaves the article out, as the
    lists of the United Nations do.
    """
    folded = text.casefold().strip()
    if language == "es":
        folded = folded.replace("ñ", "n\uffff")
    if language == "ar":
        folded = folded.translate(_ARABIC_SAME).removeprefix("ال")
    letters = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return "".join(c for c in letters if c.isalnum() or c in " \uffff"), folded


def ranks(names: Mapping[str, str], language: str) -> dict[str, int]:
    """The place of each key, from 1, when its name is sorted in a language. Between equal names the key decides."""
    ordered = sorted(names, key=lambda key: (collation_key(names[key], language), key))
    return {key: place for place, key in enumerate(ordered, start=1)}


def sorted_names(names: Iterable[str], language: str) -> list[str]:
    """Names in the order of a language."""
    return sorted(names, key=lambda name: collation_key(name, language))
