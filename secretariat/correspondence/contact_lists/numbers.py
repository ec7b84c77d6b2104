"""Telephone numbers and addresses as people write them in lists, as they are kept here. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from email_validator import EmailNotValidError, validate_email

_INTERNATIONAL = re.compile(r"\+[1-9][0-9]{5,14}")
_EXTENSION = re.compile(
    r"[\s,;]*(?:ext|extension|anexo|interno|poste|x|#|تحويله|تحويلة)\.?\s*[:.]?\s*\d{1,6}\s*$", re.IGNORECASE
)
_BETWEEN_NUMBERS = re.compile(r"\s*(?:[\n;/|،؛]|,(?!\s*ext)|\bor\b|\by\b|\bo\b|\bet\b|\bou\b|\sأو\s)\s*", re.IGNORECASE)
_BETWEEN_ADDRESSES = re.compile(r"[\n;,/|،؛]+")
_WITH_A_NAME = re.compile(r"[^<>]*<([^<>\s]*@[^<>\s]*)>\s*")
_ARABIC_FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def telephones(cell: str) -> Iterator[tuple[str, str | None]]:
    """Each number of a cell as it is written, and as it is kept, with its country; None where it is none."""
    for written in filter(None, map(str.strip, _BETWEEN_NUMBERS.split(cell))):
        yield written, telephone(written)


def telephone(written: str) -> str | None:
    """A number as it is kept, its blanks where they were; without an extension. None where it is none."""
    plain = _EXTENSION.sub("", written.translate(_ARABIC_FIGURES).replace("(0)", " ")).strip()
    plain = (
        re.sub(r"[^0-9+\s().-]", "", plain) if re.fullmatch(r"(?:tel|t|m|cel)\.?:?\s*[+0-9].*", plain, re.I) else plain
    )
    plain = f"+{plain[2:].lstrip()}" if plain.startswith("00") else plain
    if not _INTERNATIONAL.fullmatch(re.sub(r"[\s().-]", "", plain)):
        return None
    return " ".join(re.sub(r"[().-]", " ", plain).split())


def has_extension(written: str) -> bool:
    """Whether a further number is dialled once somebody answers."""
    return _EXTENSION.search(written) is not None


def addresses(cell: str) -> Iterator[tuple[str, str | None]]:
    """Each address of a cell as it is written, and as it is kept; None where it is none. Words that hold no address
    are told once, however many they are; a name before an address in angle brackets is none of them."""
    for part in filter(None, map(str.strip, _BETWEEN_ADDRESSES.split(cell))):
        words = _WITH_A_NAME.sub(r"\1 ", part).split()
        for written in (one for one in words if "@" in one):
            yield written, address(written.removeprefix("mailto:"))
        if others := " ".join(one for one in words if "@" not in one):
            yield others, None


def address(written: str) -> str | None:
    """An address as it is kept, by its syntax alone; None where it is none."""
    try:
        known = validate_email(written, check_deliverability=False, test_environment=True, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    return known.ascii_email or known.normalized
