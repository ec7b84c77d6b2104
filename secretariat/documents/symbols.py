"""The symbols of documents: `RCM/LON/2026/4`, `RCM/LON/2026/4/Rev.1`. Pure.

A pattern is text with the parts `{process}`, `{body}`, `{year}`, `{series}` and, last, `{number}`. A part that says
nothing leaves nothing behind. `{series}` parts the levels of confidentiality from each other: papers of each level are
numbered in a row of their own, so that nobody can tell from the numbers of what he reads how much he does not read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from secretariat.core.labels import Level
from secretariat.documents.models import Revision

DEFAULT_PATTERN = "{process}/{body}/{year}/{series}{number}"
NUMBER = "{number}"
LONGEST_PATTERN = 100
SERIES = {Level.PUBLIC: "PUB.", Level.PARTICIPANTS: "P.", Level.MEMBERS: "", Level.NAMED: "R."}
"""What stands before the number. Most papers are Members only, and have the plain number."""
REVISIONS = {Revision.REV: "Rev.", Revision.CORR: "Corr.", Revision.ADD: "Add."}
_PART = re.compile(r"\{(\w*)\}")
_PARTS = frozenset({"process", "body", "year", "series", "number"})
_PLAIN = re.compile(r"[A-Za-z0-9/.\-]*")
_NOT_IN_A_CODE = re.compile(r"[^A-Z0-9+\-]")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a symbol is made of; `body` is empty where a document is of the whole process."""

    process: str
    body: str
    year: int
    level: Level


def is_pattern(text: str) -> bool:
    """Whether symbols can be made by this pattern: known parts, the number once and last, the year, plain letters."""
    parts = _PART.findall(text)
    return (
        text.endswith(NUMBER)
        and parts.count("number") == 1
        and parts.count("year") == 1
        and set(parts) <= _PARTS
        and len(text) <= LONGEST_PATTERN
        and _PLAIN.fullmatch(_PART.sub("", text)) is not None
    )


def stem(pattern: str, parts: Parts) -> str:
    """What stands before the number. `pattern` is one for which `is_pattern` holds."""
    said = {
        "process": code(parts.process),
        "body": code(parts.body),
        "year": str(parts.year),
        "series": SERIES[parts.level],
    }
    made = _PART.sub(lambda found: said[found[1]], pattern.removesuffix(NUMBER))
    return re.sub(r"/{2,}", "/", made).lstrip("/")


def revised(symbol: str, revision: Revision) -> str:
    """What stands before the number of a revision, corrigendum or addendum to the document of this symbol."""
    return f"{symbol}/{REVISIONS[revision]}"


def code(text: str) -> str:
    """An acronym or abbreviation as it stands in a symbol: capital letters, figures, plus and hyphen."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NOT_IN_A_CODE.sub("", plain.upper().replace(" ", "-")).strip("-")


def code_of_network(name: str, acronym: str) -> str:
    """What stands for a civil-society network in its symbols: the abbreviation its name has in brackets. Without one
    its process with a mark of its own, so that no number of the one side tells of the other."""
    bracketed = re.fullmatch(r".+?\(([^()]+)\)\s*", name)
    return code(bracketed[1]) if bracketed and code(bracketed[1]) else f"{code(acronym)}-CS"
