"""vCards that people send, 4.0 (RFC 6350) and 3.0 (RFC 2426), as one sheet of a table. Pure: nothing is fetched or run.

Pictures, sounds, keys and addresses of pages are never taken in. Where one of them, or any other value, would run a
program, the sheet says so in a column of its own, so that its reader is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.correspondence.contact_lists.columns import (
    COLUMNS,
    FUNCTION,
    LANGUAGES,
    MAIL,
    MINISTRY,
    MOBILE,
    NAME,
    PARTICIPANT,
    PROGRAMS,
    SUBJECT,
    TELEPHONE,
)  # fmt: skip
from secretariat.correspondence.contact_lists.programs import would_run
from secretariat.documents.sheets import MOST_CHARACTERS, MOST_ROWS, Sheet

ORDER: Final = (
    PARTICIPANT, NAME, FUNCTION, MINISTRY, SUBJECT, LANGUAGES, MAIL, TELEPHONE, MOBILE, PROGRAMS,
)  # fmt: skip
_TAKEN = frozenset({"FN", "N", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "LANG", "CATEGORIES", "ADR"})
_LINE = re.compile(r"(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)((?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?):(.*)", re.DOTALL)
_SPLIT = re.compile(r"(?<!\\)((?:\\\\)*);")


class NotCards(ValueError):
    """What was sent cannot be read as vCards; `why` is `broken`, `old`, `empty` or `large`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    told: str  # its parameters, in small letters
    value: str


def are_cards(text: str) -> bool:
    """Whether it begins as vCards do."""
    return text.lstrip("\ufeff \t\r\n")[:11].upper() == "BEGIN:VCARD"


def sheet_of(text: str) -> Sheet:
    """The cards as rows below a row of headings; the number of a row is the place of its card. Raises NotCards."""
    rows: list[tuple[int, list[str]]] = [(0, [str(COLUMNS.get(one, "")) for one in ORDER])]
    for number, card in enumerate(_cards(text), start=1):
        if number > MOST_ROWS:
            raise NotCards("large")
        rows.append((number, _row(card)))
    if len(rows) == 1:
        raise NotCards("empty")
    return Sheet("", rows)


def _cards(text: str) -> Iterator[list[_Property]]:
    unfolded = re.sub(r"\r?\n[ \t]", "", text.lstrip("\ufeff").replace("\r\n", "\n"))
    card: list[_Property] | None = None
    for line in unfolded.split("\n"):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            if card is None:
                raise NotCards("broken")
            continue
        one = _Property(found[1].upper(), found[2].lower(), found[3])
        if one.name == "BEGIN":
            if card is not None:
                raise NotCards("broken")
            card = []
        elif card is None:
            raise NotCards("broken")
        elif one.name == "END":
            yield card
            card = None
        elif one.name == "VERSION" and one.value.strip() not in ("3.0", "4.0"):
            raise NotCards("old")
        else:
            card.append(one)
    if card is not None:
        raise NotCards("broken")


def _row(card: Sequence[_Property]) -> list[str]:
    found: dict[str, list[str]] = {one: [] for one in ORDER}
    country = ""
    for one in card:
        if one.name not in _TAKEN:
            if would_run(one.value) or would_run(one.told):
                found[PROGRAMS].append(one.name)
            continue
        parts = [_text(part) for part in _parts(one.value)]
        if one.name == "FN":
            found[NAME].append(parts[0])
        elif one.name == "N" and not any(other.name == "FN" and other.value.strip() for other in card):
            found[NAME].append(" ".join(filter(None, [*parts[1:3], parts[0]])))
        elif one.name == "ORG":
            found[PARTICIPANT].append(parts[0])
            found[MINISTRY].append(", ".join(filter(None, parts[1:])) or parts[0])
        elif one.name in ("TITLE", "ROLE"):
            found[FUNCTION].append(parts[0])
        elif one.name == "EMAIL":
            found[MAIL].append(parts[0].removeprefix("mailto:"))
        elif one.name == "TEL":
            kind = MOBILE if "cell" in one.told else TELEPHONE
            found[kind].append(_text(one.value).removeprefix("tel:").replace(";ext=", " ext "))
        elif one.name == "LANG":
            found[LANGUAGES].append(parts[0])
        elif one.name == "CATEGORIES":
            found[SUBJECT].append(parts[0])
        elif one.name == "ADR" and len(parts) == 7:
            country = country or parts[6]
    if country:
        found[PARTICIPANT] = [country]
    for name in (NAME, FUNCTION, PARTICIPANT, MINISTRY):
        found[name] = [one for one in found[name] if one][:1]
    return ["\n".join(filter(None, found[one]))[:MOST_CHARACTERS] for one in ORDER]


def _parts(value: str) -> list[str]:
    """The parts of a value, which are parted by semicolons that are not escaped."""
    return _SPLIT.sub(lambda one: f"{one[1]}\x00", value).split("\x00")


def _text(value: str) -> str:
    plain = re.sub(r"\\([nN,;:\\])", lambda one: "\n" if one[1] in "nN" else one[1], value)
    return " ".join(plain.split())
