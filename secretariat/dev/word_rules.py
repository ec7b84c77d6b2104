"""How one word for a commitment is turned into another in a sentence, by rule, as far as rules go. Pure.

English turns its article, and a contribution has the gender of an intention in Spanish, French and Arabic, so that what
comes of these rules is taken as it is. From a commitment to an intention the gender changes there; what comes of it is
a proposal that a person looks through.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

HOLDS = {
    "en": re.compile(r"\bcommitments?\b|\bcommitted\b", re.IGNORECASE),
    "es": re.compile(r"\bcompromisos?\b", re.IGNORECASE),
    "fr": re.compile(r"\bengagements?\b", re.IGNORECASE),
    "ar": re.compile(r"التزام"),
}
"""Where the usual word stands in a text of a language."""

_Rules = Sequence[tuple[str, str]]

_ENGLISH: dict[str, _Rules] = {
    "intention": [
        (r"\bMake (a|the) commitment", r"State \1 commitment"),
        (r"\bmake(s)? (it|commitments)\b", r"state\1 \2"),
        (r"\bcommitment made\b", "commitment stated"),
        (r"\bCommitment made\b", "Commitment stated"),
        (r"\b(c|C)ommitment has been made\b", r"\1ommitment has been stated"),
        (r"\bmake a commitment\b", "draw an intention"),
        (r"\bnew commitment\b", "new commitment"),
        (r"\bA commitment", "An commitment"),
        (r"\ba commitment", "an commitment"),
        (r"\bcommitted\b", "intended"),
        ("commitment", "intention"),
        ("Commitment", "Intention"),
    ],
    "contribution": [
        (r"\bcommitted\b", "contributed"),
        ("commitment", "contribution"),
        ("Commitment", "Contribution"),
    ],
}

_TO_INTENTION: dict[str, _Rules] = {
    "es": [
        (r"\b(U|u)n(?= (?:nuevo )?compromiso\b)", r"\1na"),
        (r"\bdel(?= compromiso\b)", "de la"),
        (r"\bal(?= compromiso\b)", "a la"),
        (r"\bel(?= (?:nuevo )?compromiso\b)", "la"),
        (r"\bEl(?= (?:nuevo )?compromiso\b)", "La"),
        (r"\blos(?= compromisos\b)", "las"),
        (r"\bLos(?= compromisos\b)", "Las"),
        (r"\b(E|e)ste(?= compromiso\b)", r"\1sta"),
        (r"\b(N|n)ing(ú|u)n(?= compromiso\b)", r"\1inguna"),
        (r"\b(N|n)uevo(?= compromiso\b)", r"\1ueva"),
        (r"\b(A|a)lg(ú|u)n(?= compromiso\b)", r"\1lguna"),
        (r"(?<=compromiso )(propuest|retirad|asumid|trasladad|nuev|hech|abiert)o\b", r"\1a"),
        (r"(?<=compromisos )(propuest|retirad|asumid|trasladad|nuev|hech|abiert)os\b", r"\1as"),
        (r"\bcompromisos\b", "intenciones"),
        (r"\bCompromisos\b", "Intenciones"),
        (r"\bcompromiso\b", "intención"),
        (r"\bCompromiso\b", "Intención"),
    ],
    "fr": [
        (r"\b(U|u)n(?= (?:nouvel )?engagement\b)", r"\1ne"),
        (r"\b(C|c)et(?= engagement\b)", r"\1ette"),
        (r"\b(A|a)ucun(?= engagement\b)", r"\1ucune"),
        (r"\b(N|n)ouvel(?= engagement\b)", r"\1ouvelle"),
        (r"\b(N|n)ouveaux(?= engagements\b)", r"\1ouvelles"),
        (r"(?<=engagement )(proposé|retiré|reporté|pris|fait|ouvert)\b", r"\1e"),
        (r"(?<=engagement )nouveau\b", "nouvelle"),
        (r"(?<=engagements )(propos|retir|report)és\b", r"\1ées"),
        (r"engagement", "intention"),
        (r"Engagement", "Intention"),
    ],
    "ar": [
        ("التزامات", "نوايا"),
        ("التزامين", "نيتين"),
        ("التزامان", "نيتان"),
        ("التزاما", "نية"),
        (r"التزام(?=(كم|ه|ها|هم|نا)\b)", "نيت"),
        ("التزام", "نية"),
        (r"\bهذا (?=ال?نية)", "هذه "),
        (r"(?<=نية )(مقترح|مفتوح|جديد|مسحوب)\b", r"\1ة"),
    ],
}

_TO_CONTRIBUTION: dict[str, _Rules] = {
    "es": [
        ("intenciones", "contribuciones"),
        ("Intenciones", "Contribuciones"),
        ("intención", "contribución"),
        ("Intención", "Contribución"),
    ],
    "fr": [
        (r"\bl’intention", "la contribution"),
        (r"\bL’intention", "La contribution"),
        (r"\bd’intention(?!s? (?:qui|;|et ne))", "de contribution"),
        (r"\bD’intention", "De contribution"),
        (r"\bintention", "contribution"),
        (r"\bIntention", "Contribution"),
    ],
    "ar": [
        (r"(?<![ء-ي])([وف]?(?:[بك]?ال|لل|[بكل])?)(?:نوايا|نيات)(?![ء-ي])", r"\1مساهمات"),
        (r"(?<![ء-ي])([وف]?(?:[بك]?ال|لل|[بكل])?)نية(?![ء-ي])", r"\1مساهمة"),
        (r"(?<![ء-ي])([وف]?(?:[بك]?ال|لل|[بكل])?)نيت(?=(?:ان|ين|كم|ه|ها|هم|نا)(?![ء-ي]))", r"\1مساهمت"),
    ],
}


def by_rule(text: str, language: str, word: str) -> str:
    """A text of the main catalogue, with another word in it."""
    if language == "en":
        return _turned(text, _ENGLISH[word])
    intention = _turned(text, _TO_INTENTION[language])
    return contribution(intention, language) if word == "contribution" else intention


def contribution(text: str, language: str) -> str:
    """What is said of an intention, said of a contribution, in a language other than English."""
    return _turned(text, _TO_CONTRIBUTION[language])


def _turned(text: str, rules: _Rules) -> str:
    for pattern, becomes in rules:
        text = re.sub(pattern, becomes, text)
    return text
