"""A pasted draft as single outcomes: one a paragraph or numbered point, with what it seems to be. Pure.

Words are kept as they were pasted, but for the mark of a list before them. What a paragraph seems to be is a proposal:
the officer who pasted it says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from secretariat.meetings.models import Addressed

MOST = 60
"""Paragraphs that are split at once; a longer draft is pasted in parts."""
_LOOKED_AT = 15
"""Words at the beginning of a paragraph that tell what it is."""
_HEADING = 80
"""Characters up to which a line without an end and without a verb is taken for a heading."""

_MARK = re.compile(
    r"\s*(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[.)](?=\s)|[-–—•*◦▪·](?=\s))\s*",
    re.IGNORECASE,
)
_KINDS: dict[str, tuple[str, ...]] = {
    "recommendation": (
        r"recommend\w*|encourag\w+",
        r"recom(?:end|iend)\w+|alent\w+|alient\w+|exhort\w+",
        r"recommand\w+",
        r"أوصى|يوصي|شجع",
    ),
    "request": (
        r"request\w*|asked|invited",
        r"solicit\w+|pid(?:e|ió|ieron)|encarg\w+",
        r"demand\w+|pri(?:e|é|ent)|chargé\w*",
        r"طلب\w*|كلّ?ف\w*",
    ),
    "decision": (
        r"decid\w+|agree[ds]?|adopt\w*|approv\w+",
        r"acord\w+|acuerd\w+|aprob\w+|convin\w+|convien\w+",
        r"décid\w+|convenu\w*|approuv\w+",
        r"قرر\w*|اتفق\w*|اعتمد\w*",
    ),
    "declaration": (r"declar\w+", r"déclar\w+", r"أعلن\w*"),
    "conclusion": (
        r"welcom\w+|note[ds]?|recogni[sz]\w+",
        r"acog\w+|tom\w+ nota|reconoc\w+",
        r"pris note|accueill\w+",
        r"رحب\w*|أحاط\w*",
    ),
}
"""How verbs of outcomes begin in English, Spanish, French and Arabic; the one that comes first decides."""
_SECRETARIAT = re.compile(r"\b(?:secretariat|secretar[ií]a|secrétariat)\b|الأمانة", re.IGNORECASE)
_ENDS = (".", ";", "!", "?", "؛", "۔", "…", "”", "»")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, the kind of outcome it seems to be, to whom it seems to speak, and whether it seems to be one."""

    text: str
    kind: str
    addressed_to: Addressed | None = None
    is_outcome: bool = True


def split(draft: str) -> list[Paragraph]:
    """The paragraphs of a draft, in order. Lines that were broken inside a paragraph are joined again."""
    return [_paragraph(words) for words in _texts(draft.replace("\r\n", "\n"))]


def _texts(draft: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", draft):
        lines: list[str] = []
        for line in block.split("\n"):
            mark = _MARK.match(line)
            if mark and lines:
                yield " ".join(lines)
                lines = []
            rest = line[mark.end() :] if mark else line
            if rest.strip():
                lines.append(" ".join(rest.split()))
        if lines:
            yield " ".join(lines)


def _paragraph(text: str) -> Paragraph:
    start = " ".join(text.split()[:_LOOKED_AT]).casefold()
    found = [
        (one.start(), kind) for kind, verbs in _KINDS.items() if (one := re.search(rf"\b(?:{'|'.join(verbs)})", start))
    ]
    leads_in = text.endswith(":") or text.isupper()
    is_outcome = not leads_in and (bool(found) or text.endswith(_ENDS) or len(text) > _HEADING)
    kind = min(found)[1] if found else "conclusion"
    to_secretariat = kind == "request" and _SECRETARIAT.search(start)
    return Paragraph(text, kind, Addressed.SECRETARIAT if to_secretariat else None, is_outcome)
