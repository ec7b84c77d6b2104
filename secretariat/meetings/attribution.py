"""The attribution rule at work: finding the names of those who were at the table in a text. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_ARABIC_PREFIXES = "(?:[وف]?(?:ال|لل|بال|كال|[بكل])?)"
_TATWEEL = "\u0640"  # draws an Arabic word out, and is no letter of it
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u02bb\u2032\u00b4`", "'"))


def names_in(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    """Which of `names` stand in `texts` as words of their own, each once, as it is written there if it can be told.

    Accents, the size of letters, and how a name is spaced, hyphenated or broken over lines do not matter; Arabic names
    are found with what is written on to them (and, by, the). Names of fewer than three letters are not looked for,
    except where all is written in capitals (`EU`).
    """
    written = [_plain(text) for text in texts]
    folded = [(_folded(text), text) for text in written]
    found: dict[str, str] = {}
    for name in dict.fromkeys(names):
        pattern = _pattern(name)
        if pattern and any(pattern.search(text if _is_acronym(name) else low) for low, text in folded):
            key = _folded(name)
            if key not in found or any(name in text for text in written):
                found[key] = name
    return list(found.values())


def _is_acronym(name: str) -> bool:
    """IOM, UK: looked for in capitals alone, since `us` is a word."""
    return name.isupper() and len(name) < 6


def _pattern(name: str) -> re.Pattern[str] | None:
    if _is_acronym(name):
        return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    low = _folded(name)
    if len(low) < 3:
        return None
    before = _ARABIC_PREFIXES if _is_arabic(low) else ""
    core = re.escape(low.removeprefix("ال") if before else low)
    return re.compile(rf"(?<!\w){before}{core}(?!\w)")


def _plain(text: str) -> str:
    """The text as it is read: without marks that are not seen, with one kind of apostrophe and one kind of space."""
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf" and c != _TATWEEL)
    return " ".join(seen.translate(_APOSTROPHES).split())


def _folded(text: str) -> str:
    """What two writings of one name have in common; a hyphen is as good as a space."""
    letters = unicodedata.normalize("NFKD", _plain(text).casefold())
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join("".join(" " if unicodedata.category(c) == "Pd" else c for c in bare).split())


def _is_arabic(text: str) -> bool:
    return any("\u0600" <= c <= "\u06ff" for c in text)
