"""Contact cards as vCard 4.0 (RFC 6350), written line by line. Pure; no database.

Every value is a text with its signs escaped, so that none of it is taken for another line or another value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

MEDIA_TYPE = "text/vcard; charset=utf-8"
_LONGEST = 75  # octets in a line, RFC 6350 3.2
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_DIALLED = re.compile(r"[^0-9+]")
KINDS_OF_TELEPHONE = {"telephone": "voice", "mobile": "cell"}


@dataclass(frozen=True, slots=True)
class Card:
    """What one card says. `numbers` are pairs of kind (`mail`, `telephone`, `mobile`) and value; `categories` what one
    finds it under; `note` stands at its foot."""

    key: str
    name: str
    organization: Sequence[str] = ()
    title: str = ""
    role: str = ""
    languages: Sequence[str] = ()
    zone: str = ""
    numbers: Sequence[tuple[str, str]] = ()
    categories: Sequence[str] = ()
    note: str = ""


def vcards(cards: Iterable[Card], on: date) -> bytes:
    """A file of cards, each with the day it was written."""
    return "".join(f"{_folded(line)}\r\n" for card in cards for line in _lines(card, on)).encode()


def _lines(card: Card, on: date) -> list[str]:
    lines = ["BEGIN:VCARD", "VERSION:4.0", f"UID:urn:uuid:{card.key}", "KIND:individual", f"FN:{_text(card.name)}"]
    if any(card.organization):
        lines.append("ORG:" + ";".join(_text(one) for one in card.organization if one))
    lines += [f"{name}:{_text(value)}" for name, value in (("TITLE", card.title), ("ROLE", card.role)) if value]
    lines += [f"LANG;PREF={place}:{_text(code)}" for place, code in enumerate(card.languages, start=1)]
    if card.zone:
        lines.append(f"TZ:{_text(card.zone)}")
    lines += [_number(kind, value) for kind, value in card.numbers]
    if card.categories:
        lines.append("CATEGORIES:" + ",".join(_text(one) for one in card.categories))
    if card.note:
        lines.append(f"NOTE:{_text(card.note)}")
    return [*lines, f"REV:{on:%Y%m%d}T000000Z", "END:VCARD"]


def _number(kind: str, value: str) -> str:
    if kind == "mail":
        return f"EMAIL;TYPE=work:{_text(value)}"
    dialled = _DIALLED.sub("", value)
    return f'TEL;VALUE=uri;TYPE="work,{KINDS_OF_TELEPHONE.get(kind, "voice")}":tel:{dialled}'


def _text(value: str) -> str:
    """RFC 6350 3.4: what separates values or lines is escaped."""
    plain = _UNFIT.sub("", value).replace("\r\n", "\n").replace("\r", "\n").strip()
    return re.sub(r"([\\,;])", r"\\\1", plain).replace("\n", "\\n")


def _folded(line: str) -> str:
    """No line longer than 75 octets; a letter of several octets is not torn."""
    pieces, now, octets = [], "", 0
    for sign in line:
        weight = len(sign.encode())
        if octets + weight > _LONGEST:
            pieces.append(now)
            now, octets = " ", 1
        now, octets = now + sign, octets + weight
    return "\r\n".join([*pieces, now])
