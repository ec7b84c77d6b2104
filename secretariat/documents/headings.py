"""Headings of tables that people send: words compared without their marks, and the language a column is in. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

LANGUAGES: dict[str, str] = {
    "en": "english|ingles|anglais|الانجليزيه|بالانجليزيه|انجليزي",
    "es": "spanish|espanol|espagnol|castellano|الاسبانيه|بالاسبانيه|اسباني",
    "fr": "french|frances|francais|الفرنسيه|بالفرنسيه|فرنسي",
    "ar": "arabic|arabe|العربيه|بالعربيه|عربي",
    "pt": "portuguese|portugues|portugais|البرتغاليه|بالبرتغاليه",
    "ru": "russian|ruso|russe|الروسيه|بالروسيه",
}
"""What languages are called in headings, by code; more than those the product itself speaks."""
_JOINING = frozenset({"in", "en", "of", "de", "du", "del", "la", "le", "el", "the", "document", "documento", "بـ"})


def named(heading: str, known: Mapping[str, str]) -> tuple[str | None, str]:
    """The column a heading names among `known` (folded heading to column) and the language it adds (`title es`,
    `titre (fr)`; empty where it adds none); no column where it names none."""
    plain = folded(heading)
    if plain in known:
        return known[plain], ""
    tokens = plain.split()
    language = next((code for one in tokens for code in [_by_name().get(one)] if code), None)
    if language is not None:
        tokens = [one for one in tokens if one not in _by_name()]
    elif tokens and tokens[-1] in LANGUAGES:
        language = tokens.pop()
    elif tokens and tokens[0] in LANGUAGES:
        language = tokens.pop(0)
    if language is None:
        return None, ""
    for rest in (tokens, [one for one in tokens if one not in _JOINING]):
        column = known.get(" ".join(rest))
        if column is not None:
            return column, language
    return None, ""


def language_of(said: str) -> str:
    """The code of a language by its name or code; what names none comes back as it is, in small letters."""
    plain = folded(said)
    return _by_name().get(plain, plain if plain in LANGUAGES else said.strip().lower())


@cache
def _by_name() -> dict[str, str]:
    return {folded(one): code for code, names in LANGUAGES.items() for one in names.split("|")}


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """A word for comparing: small letters without marks, and nothing but letters, figures and single spaces."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    same = bare.replace("ة", "ه").replace("ى", "ي").replace("ـ", "").casefold()
    return " ".join(re.sub(r"[\W_]+", " ", same).split())
