"""Days as tables have them: in four languages, in figures and in words, to the day or vaguer. Pure.

What names a month, a quarter, a half or a year means its last day, and is told as such. What cannot be taken without
guessing - seasons, which differ by hemisphere, `as soon as possible` - is none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from secretariat.documents.headings import folded

_MONTHS: dict[int, str] = {
    1: "january|jan|enero|ene|janvier|janv|يناير|كانون الثاني|جانفي",
    2: "february|feb|febrero|fevrier|fevr|fev|فبراير|شباط|فيفري",
    3: "march|mar|marzo|mars|مارس|اذار",
    4: "april|apr|abril|abr|avril|avr|ابريل|نيسان|افريل",
    5: "may|mayo|mai|مايو|ايار|ماي",
    6: "june|jun|junio|juin|يونيو|حزيران|جوان|يونيه",
    7: "july|jul|julio|juillet|juil|يوليو|تموز|جويليه|يوليه",
    8: "august|aug|agosto|ago|aout|اغسطس|اب|اوت|غشت",
    9: "september|sep|sept|septiembre|setiembre|set|septembre|سبتمبر|ايلول|شتنبر",
    10: "october|oct|octubre|octobre|اكتوبر|تشرين الاول",
    11: "november|nov|noviembre|novembre|نوفمبر|تشرين الثاني|نونبر",
    12: "december|dec|diciembre|dic|decembre|ديسمبر|كانون الاول|دجنبر",
}
_ORDINALS: dict[int, str] = {
    1: "1|first|1st|i|primer|primero|1er|1o|premier|1ere|premiere|الاول",
    2: "2|second|2nd|ii|segundo|2o|deuxieme|2e|2eme|second|seconde|الثاني",
    3: "3|third|3rd|iii|tercer|tercero|3er|3o|troisieme|3e|3eme|الثالث",
    4: "4|fourth|4th|iv|cuarto|4o|quatrieme|4e|4eme|الرابع",
}
_QUARTER = "quarter|trimestre|q|t|qtr|الربع|ربع"
_HALF = "half|semester|semestre|h|s|النصف|نصف"
_ENDS = (
    "end|of|by|until|the|at|latest|late|fin|de|finales|a|final|del|d|ici|la|para|hasta|fines|نهايه|بحلول|في|من|حتى|"
    "اواخر|year|ano|annee|an|عام|سنه|شهر|mes|month|mois"
)
_PASSED = "st|nd|rd|th|er|ero|o|ro|le|el|du|day|dia|jour|يوم"
_NO_DAY = (
    "ongoing|continuous|continuing|permanent|continuo|continua|permanente|en curso|en continu|continu|n a|na|tbd|tbc|"
    "to be determined|por definir|a definir|a determiner|مستمر|مستمره|متواصل|دائم|none|ninguno|aucun"
)
_NUMERIC = re.compile(r"(\d{1,4})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{1,4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})|(\d{4})\s*[-/.]\s*(\d{1,2})")
_ARABIC_FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


@dataclass(frozen=True, slots=True)
class Day:
    """What a cell means: a day, and whether the cell said less than that; no day where it says that there is none."""

    on: date | None
    vague: bool = False


def read(written: str, *, day_first: bool = True) -> Day | None:
    """The day a cell means; None where it cannot be taken without guessing."""
    return _read(written, day_first)


@lru_cache(maxsize=20_000)
def _read(written: str, day_first: bool) -> Day | None:
    text = written.translate(_ARABIC_FIGURES).replace("\u200f", "").replace("\u200e", "").strip()
    plain = folded(text)
    if not plain or plain in _NO_DAY.split("|"):
        return Day(None)
    return _in_figures(text.removesuffix(" 00:00:00"), day_first) or _in_words(plain)


def read_each(said: str, *, day_first: bool) -> Day | None:
    """As `read`; where a cell says it in two languages, a line each, the day that both mean."""
    whole = read(said, day_first=day_first)
    lines = [one for one in said.replace(" / ", "\n").split("\n") if one.strip()]
    if whole is not None or len(lines) < 2:
        return whole
    told = {read(one, day_first=day_first) for one in lines}
    return told.pop() if len(told) == 1 else None


def is_day_first(cells: Iterable[str]) -> bool | None:
    """Whether figures stand day first, seen from cells in which only one order can be; None where none or both tell."""
    told = set()
    for cell in cells:
        found = _NUMERIC.fullmatch(cell.translate(_ARABIC_FIGURES).strip())
        if found is not None and len(found[1]) <= 2:
            first, second = int(found[1]), int(found[2])
            if first > 12 >= second:
                told.add(True)
            elif second > 12 >= first:
                told.add(False)
    return told.pop() if len(told) == 1 else None


def _in_figures(text: str, day_first: bool) -> Day | None:
    found = _NUMERIC.fullmatch(text)
    if found is not None:
        first, second, third = found.groups()
        if len(first) == 4:
            return _day(int(first), int(second), int(third))
        day, month = (first, second) if day_first else (second, first)
        if int(month) > 12 >= int(day):
            return None  # the other order than this table's: whoever wrote it says which
        return _day(_year(third), int(month), int(day))
    found = _MONTH_YEAR.fullmatch(text)
    if found is not None:
        month, year = (found[1], found[2]) if found[1] else (found[4], found[3])
        return _end_of_month(int(year), int(month))
    return None


def _in_words(plain: str) -> Day | None:
    parted = re.sub(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)", " ", plain)
    for month, called in _months():
        found = re.search(rf"(?:^| )(?:\d{{1,2}} \w{{1,2}} )?{called}(?: |$)", parted)
        if found is None:
            continue
        at = re.search(rf"(?:^| ){called}(?: |$)", parted)
        assert at is not None
        before, after = parted[: at.start()].split(), parted[at.end() :].split()
        return _of_month(month, before, after)
    return _of_period(plain.split(), parted.split())


def _of_month(month: int, before: list[str], after: list[str]) -> Day | None:
    figures_before = [one for one in before if one.isdecimal()]
    figures_after = [one for one in after if one.isdecimal()]
    rest = [
        one for one in (*before, *after) if not one.isdecimal() and one not in (*_PASSED.split("|"), *_ENDS.split("|"))
    ]
    if rest:
        return None
    figures = figures_before + figures_after
    years = [one for one in figures if len(one) == 4]
    days = [one for one in figures if len(one) <= 2]
    if len(years) == 1 and len(days) == 1 and len(figures) == 2:
        return _day(int(years[0]), month, int(days[0]))
    if len(years) == 1 and not days and len(figures) == 1:
        return _end_of_month(int(years[0]), month)
    if not years and len(days) == 2:  # 23 April 27
        return _day(_year(days[1]), month, int(days[0]))
    if not years and len(figures_after) == 1 and not figures_before:  # Apr-27
        return _end_of_month(_year(figures_after[0]), month)
    return None


def _of_period(words: list[str], parted: list[str]) -> Day | None:
    years = [one for one in words if one.isdecimal() and len(one) == 4]
    if len(years) == 2 and len(words) == 2:  # 2025-2026
        return Day(date(max(map(int, years)), 12, 31), vague=True)
    if len(years) != 1:
        return None
    year = int(years[0])
    rest = [one for one in words if one != years[0] and one not in _ENDS.split("|")]
    if not rest:
        return Day(date(year, 12, 31), vague=True)
    for named, months in ((_QUARTER, 3), (_HALF, 6)):
        names = named.split("|")
        tokens = [one for one in parted if one != years[0] and one not in _ENDS.split("|")]
        if any(one in names for one in tokens):
            order = [one for one in tokens if one not in names]
            number = next(
                (key for key, called in _ORDINALS.items() if order and "".join(order) in called.split("|")), 0
            )
            if 0 < number <= 12 // months:
                return _end_of_month(year, number * months)
    return None


def _year(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written)


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        return Day(date(year, month, day))
    except ValueError:
        return None


def _end_of_month(year: int, month: int) -> Day | None:
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return Day(date(year, month, monthrange(year, month)[1]), vague=True)


@lru_cache(maxsize=1)
def _months() -> tuple[tuple[int, str], ...]:
    """Names of months, the longest first: `mars` is no `mar`, and `Tishrin al-thani` no `Tishrin`."""
    found = [(month, one) for month, called in _MONTHS.items() for one in called.split("|")]
    return tuple(sorted(found, key=lambda one: -len(one[1])))
