"""What a file of ours is known by when it comes back: names of bookmarks and of its properties. Pure."""

from __future__ import annotations

import re
from hashlib import sha256
from uuid import UUID

TEXT, EDITION, SHA256 = "SecretariatText", "SecretariatEdition", "SecretariatSHA256"
LANGUAGE, BESIDE = "SecretariatLanguage", "SecretariatBeside"
"""Properties of the file (docProps/custom.xml), which word processors keep and show under its properties."""
SYMBOL = "text_symbol"
TITLE = "text_title"
END = "text_end"
"""Bookmarks of what is no paragraph of the text."""
_OURS = re.compile(r"([pb])_([0-9a-f]{32})(?:_\d+)?", re.IGNORECASE)


def sign_of(text: UUID) -> str:
    """By what a file says which text it is of: to know it again, without its key, which not everybody may learn who
    reads an edition."""
    return sha256(f"text {text}".encode()).hexdigest()[:32]


def bookmark(key: UUID, *, beside: bool = False, gone: bool = False) -> str:
    """The bookmark around a paragraph, at most 40 characters as Word asks. One that was moved stands in a comparison
    twice: where it was it has a name of its own, since names are there once."""
    return f"{'b' if beside else 'p'}_{key.hex}{'_0' if gone else ''}"


def paragraph_of(name: str) -> tuple[UUID, bool] | None:
    """The paragraph a bookmark is around, and whether it is of the language beside; None for any other bookmark. A
    figure that a word processor put behind a name that was there twice is passed over."""
    found = _OURS.fullmatch(name)
    return (UUID(found[2]), found[1].lower() == "b") if found else None
