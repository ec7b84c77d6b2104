"""Which of the languages asked for some words are in, as far as their letters and small words tell. Pure.

Enough to tell the two halves of one cell apart; where it is not, nobody guesses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from secretariat.documents.headings import folded

_SCRIPTS = {"ar": re.compile(r"[\u0600-\u06ff]"), "ru": re.compile(r"[\u0400-\u04ff]")}
_SMALL_WORDS = {
    "en": "the of and to in for on with by from a an is are be that this at as or their its all activity objective "
    "action country countries state states training border migration workers rights data national regional",
    "es": "el la los las de del y en para por con un una que se al su sus o actividad objetivo accion pais paises "
    "estado estados capacitacion frontera migracion trabajadores derechos datos nacional regional",
    "fr": "le la les des du de et en pour par avec un une que qui au aux ses leurs dans sur ou activite objectif "
    "action pays etat etats formation frontiere migration travailleurs droits donnees national regional",
    "pt": "o a os as do da dos das e em para por com um uma que ao atividade objetivo acao pais paises migracao",
}
_OF_A_WORD = 3
_SIGNS = {
    "es": "ñ¿¡",
    "fr": "çœèêëîïûùâ’",
    "pt": "ãõ",
}
_ENDINGS = {
    "en": ("tion", "ing", "ity", "ment", "ies", "ed", "ship"),
    "es": ("cion", "ciones", "dad", "dades", "miento", "os", "as", "ar", "er", "ir"),
    "fr": ("tion", "ment", "ite", "ites", "eur", "eurs", "aux", "er", "ir", "ees"),
    "pt": ("cao", "coes", "dade", "mento", "os", "as", "ar"),
}


def language_of(text: str, among: Sequence[str]) -> str | None:
    """The one of these languages the words are in; None where they do not tell."""
    told = {code: _weight(text, code) for code in among}
    best = max(told.values(), default=0)
    first = [code for code, weight in told.items() if weight == best]
    return first[0] if best > 0 and len(first) == 1 else None


def plainly(text: str, among: Sequence[str]) -> str | None:
    """The one of these languages of which a word or a letter stands here that is no other's; no mere ending tells."""
    found = language_of(text, among)
    return found if found is not None and _weight(text, found) >= _OF_A_WORD else None


def likely(text: str) -> frozenset[str]:
    """Languages of the product in which a short heading can be said."""
    if _SCRIPTS["ar"].search(text):
        return frozenset({"ar"})
    told = {code: _weight(text, code) for code in ("en", "es", "fr")}
    best = max(told.values())
    return frozenset(code for code, weight in told.items() if weight == best)


@lru_cache(maxsize=20_000)
def _weight(text: str, code: str) -> int:
    letters = sum(one.isalpha() for one in text)
    script = _SCRIPTS.get(code)
    if script is not None:
        return 100 if letters and len(script.findall(text)) * 2 > letters else 0
    if any(len(other.findall(text)) * 2 > letters for other in _SCRIPTS.values() if letters):
        return 0
    words, small = folded(text).split(), set(_SMALL_WORDS.get(code, "").split())
    weight = _OF_A_WORD * sum(one in small for one in words)
    weight += 4 * sum(one in _SIGNS.get(code, "") for one in text.casefold())
    return weight + sum(len(one) > 4 and one.endswith(_ENDINGS.get(code, ("\0",))) for one in words)


_BETWEEN = ("\n", " / ", " | ", "|", " // ", "/", " – ", " - ")


def parted(cell: str, languages: Sequence[str]) -> dict[str, str] | None:
    """A cell in two languages, each by itself; one in one of them alone is in that. None where nothing tells."""
    for between in _BETWEEN:
        parts = [one.strip() for one in cell.split(between) if one.strip()]
        if len(parts) < 2:
            continue
        told = _told(parts, languages, between)
        if told is not None:
            return told
    own = language_of(cell, languages)
    lines = [one for one in cell.split("\n") if one.strip()]
    return {own: cell} if own is not None and len(lines) == 1 else None


def _told(parts: Sequence[str], languages: Sequence[str], between: str) -> dict[str, str] | None:
    """Neighbours of one language belong together; of two parts that do not tell, the first is in the first language."""
    codes = [language_of(one, languages) for one in parts]
    if len(parts) == 2:
        first, second = codes
        if first is None and second is None:
            return dict(zip(languages, parts, strict=True))
        if first is None or second is None:
            known = first or second
            other = languages[1] if known == languages[0] else languages[0]
            return {first or other: parts[0], second or other: parts[1]}
    if None in codes or len(set(codes)) != 2 or sum(one != two for one, two in pairwise(codes)) != 1:
        return None
    said: dict[str, list[str]] = {}
    for code, part in zip(codes, parts, strict=True):
        said.setdefault(str(code), []).append(part)
    return {code: between.join(one) for code, one in said.items()}
