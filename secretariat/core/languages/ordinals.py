"""Ordinal numbers as each language writes them in a title: 21st, 21.ª, 21e, الحادي والعشرون.

Babel knows the rules of the Unicode locale data for plurals and cardinals in figures, not those that spell ordinals
(RBNF), so they stand here. The gender is that of the noun in the phrase, which differs from language to language.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from secretariat.core.languages.catalogue import current_reading


class Gender(Enum):
    """The gender of the noun an ordinal stands with."""

    MASCULINE = "masculine"
    FEMININE = "feminine"


def ordinal(number: int, gender: Gender = Gender.MASCULINE) -> str:
    """A positive whole number as an ordinal, in the reader's language; plain figures in one without a rule."""
    write = _WRITERS.get(current_reading().language.code)
    return write(number, gender) if write is not None and number > 0 else str(number)


def _english(number: int, _gender: Gender) -> str:
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _spanish(number: int, gender: Gender) -> str:
    """With the point before the raised letter; the shortened form (1.er) stands before masculine nouns.

    Source: Ortografía de la lengua española (RAE, 2010), on abbreviated ordinals.
    """
    if gender is Gender.FEMININE:
        return f"{number}.ª"
    short = number % 10 in (1, 3) and number % 100 not in (11, 13)
    return f"{number}.er" if short else f"{number}.º"


def _french(number: int, gender: Gender) -> str:
    """Only the first has a gender: 1er, 1re. Source: Lexique des règles typographiques (Imprimerie nationale)."""
    if number == 1:
        return "1re" if gender is Gender.FEMININE else "1er"
    return f"{number}e"


_ARABIC_UNITS = {
    Gender.MASCULINE: (
        "الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر",
    ),
    Gender.FEMININE: (
        "الأولى", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة", "التاسعة", "العاشرة",
    ),
}  # fmt: skip
_ARABIC_FIRST = {Gender.MASCULINE: "الحادي", Gender.FEMININE: "الحادية"}
"""How "first" is said inside a larger number."""
_ARABIC_TEN = {Gender.MASCULINE: "عشر", Gender.FEMININE: "عشرة"}
_ARABIC_TENS = ("", "", "العشرون", "الثلاثون", "الأربعون", "الخمسون", "الستون", "السبعون", "الثمانون", "التسعون")


def _arabic(number: int, gender: Gender) -> str:
    """In words, with the article, as a title has it; from a hundred on in figures."""
    if number <= 10:
        return _ARABIC_UNITS[gender][number - 1]
    if number > 99:
        return str(number)
    tens, units = divmod(number, 10)
    if units == 0:
        return _ARABIC_TENS[tens]
    unit = _ARABIC_FIRST[gender] if units == 1 else _ARABIC_UNITS[gender][units - 1]
    return f"{unit} {_ARABIC_TEN[gender]}" if tens == 1 else f"{unit} و{_ARABIC_TENS[tens]}"


_WRITERS: dict[str, Callable[[int, Gender], str]] = {
    "en": _english,
    "es": _spanish,
    "fr": _french,
    "ar": _arabic,
}
