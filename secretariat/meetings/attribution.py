"""The attribution rule at work: finding the names of those who were at the table in a text. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_ARABIC_PREFIXES = "(?:[وف]?(?:ال|لل|بال|كال|[بكل])?)"


def names_in(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    """Which of `names` stand in `texts` as words of their own, each once, as it is written there if it can be told.

    Accents and the size of letters do not matter; Arabic names are found with what is written on to them (and, by,
    the). Names of fewer than three letters are not looked for, except where all is written in capitals (`EU`).
    """
    written = list(texts)
    folded = [(_folded(text), text) for text in written]
    found: dict[str, str] = {}
    for name in dict.fromkeys(names):
        pattern = _pattern(name)
        if pattern and any(pattern.search(text if name.isupper() else low) for low, text in folded):
            key = _folded(name)
            if key not in found or any(name in text for text in written):
                found[key] = name
    return list(found.values())


def _pattern(name: str) -> re.Pattern[str] | None:
    if name.isupper() and len(name) < 6:  # an acronym: IOM, UK
        return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    low = _folded(name)
    if len(low) < 3:
        return None
    before = _ARABIC_PREFIXES if _is_arabic(low) else ""
    core = re.escape(low.removeprefix("ال") if before else low)
    return re.compile(rf"(?<!\w){before}{core}(?!\w)")


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))


def _is_arabic(text: str) -> bool:
    return any("\u0600" <= c <= "\u06ff" for c in text)
