"""Lists, numbers and names of languages in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from babel.lists import format_list
from babel.numbers import format_decimal

from secretariat.core.languages.catalogue import Language, current_reading

_TURNS_TEXT = re.compile("[\u202a-\u202e\u2066-\u2069]")


def list_text(words: Sequence[str]) -> str:
    """`Belize, Canada and Mexico`, joined as the language joins."""
    if len(words) < 2:  # what most lists are; every language writes one word as it is
        return str(words[0]) if words else ""
    return format_list([str(word) for word in words], locale=_list_locale())


def parts_text(parts: Sequence[str]) -> str:
    """`14-15 April 2027, Panama City`: parts side by side, with the comma of the language; empty ones are left out."""
    comma = "، " if current_reading().language.direction == "rtl" else ", "
    return comma.join(str(one) for one in parts if one)


class LeftToRight:
    """A name, a symbol or an address inside a sentence in plain text: in a language written from right to left it is
    set apart, so that it keeps its own direction. On pages the filter `ltr` does that."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return in_its_direction(self.text, current_reading().language)


def in_its_direction(text: str, language: Language) -> str:
    """A text written from left to right, as it stands in a sentence of this language; what turns text inside it is
    left out there, or it would end its own setting apart."""
    if language.direction != "rtl":
        return text
    return f"\u2066{_TURNS_TEXT.sub('', text)}\u2069"


def number_text(number: int | float | Decimal) -> str:
    """`2,970` or `2 970`, as the language groups."""
    return _number_in(current_reading().language, number)


@lru_cache(maxsize=5000, typed=True)
def _number_in(language: Language, number: int | float | Decimal) -> str:
    return format_decimal(number, locale=language.locale)


def language_name(code: str) -> str:
    """`Spanish` for `es`, in the reader's language."""
    name: str | None = current_reading().language.locale.languages.get(code.split("-", maxsplit=1)[0])
    return name or code


def _list_locale() -> str:
    # British rather than American English: no comma before the last word.
    code = current_reading().language.code
    return "en_GB" if code == "en" else code
