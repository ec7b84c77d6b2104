"""How a meeting is called if nobody says otherwise: after its body, with its number, in each language. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from secretariat.core.languages import gettext as _
from secretariat.core.languages import pgettext, reading_in
from secretariat.core.languages.ordinals import Gender, ordinal
from secretariat.core.languages.templating import local_text
from secretariat.core.localtext import LocalText

ASSEMBLIES = frozenset({"ministerial", "senior-officials", "plenary"})
"""Kinds of body whose own name is that of a meeting: `4th Ministerial Conference`, not a meeting of it."""

_A_MEETING = {"es": Gender.FEMININE, "fr": Gender.FEMININE, "ar": Gender.MASCULINE}
"""The gender of the word for a meeting (reunión, réunion, اجتماع), which fixes that of its ordinal."""
_FEMININE = {
    "es": re.compile(r"\w*(?:a|ión|dad|tud)", re.IGNORECASE),
    "fr": re.compile(r"\w*(?:ion|ence|ance|ée)s?", re.IGNORECASE),
    "ar": re.compile(r"\w*ة"),
}
"""How the first word of a body's name ends if it is feminine: Conferencia, Conférence, قمة."""
_NUMBERED = re.compile(r"\s*(\d{1,3})(?:st|nd|rd|th|er|re|ère|e|ème|\.er|\.?\s?[ªº])(?=\s)")


def proposed_title(name: LocalText, kind: str, number: int, languages: Iterable[str]) -> LocalText:
    """The title of a body's meeting of this number, in these languages, the first of them the original.

    `name` and `kind` are the body's. Where the body has no name in a language, the one it has stands in the phrase.
    """
    texts = {}
    for language in languages:
        with reading_in(language):
            texts[language] = _title(name, kind, number, language)
    return LocalText(texts, next(iter(texts)))


def _title(name: LocalText, kind: str, number: int, language: str) -> str:
    body = local_text(name)
    if kind in ASSEMBLIES and language in name.texts:
        first = body.split()[0]
        gendered = _FEMININE.get(language)
        gender = Gender.FEMININE if gendered and gendered.fullmatch(first) else Gender.MASCULINE
        return pgettext(
            "a meeting of a body that is one itself", "%(ordinal)s %(body)s", ordinal=ordinal(number, gender), body=body
        )
    return _(
        "%(ordinal)s Meeting of the %(body)s",
        ordinal=ordinal(number, _A_MEETING.get(language, Gender.MASCULINE)),
        body=body,
    )


def number_on(day: date, meetings: Iterable[tuple[date | None, LocalText]]) -> int:
    """The number of a body's meeting that begins on a day, beside its others with their first days: one more than those
    before it are, or than the highest they bear; where there are none before it, one less than the next bears.

    Few processes have entered every meeting since the first, and some enter those long past last: the one after the
    `20th Meeting` is the 21st, and the one before it, whenever it is entered, the 19th. A number that is borne is not
    proposed again.
    """
    listed = list(meetings)
    before = [title for first, title in listed if first is None or first <= day]
    borne_before = _borne(before)
    borne_later = _borne(title for first, title in listed if first is not None and first > day)
    number = min(borne_later) - 1 if borne_later and not before else max([len(before), *borne_before]) + 1
    if number < 1 or number in {*borne_before, *borne_later}:
        return max([len(listed), *borne_before, *borne_later]) + 1
    return number


def _borne(titles: Iterable[LocalText]) -> list[int]:
    """The numbers these titles begin with, in any of their languages."""
    return [int(found[1]) for title in titles for text in title.texts.values() if (found := _NUMBERED.match(text))]
