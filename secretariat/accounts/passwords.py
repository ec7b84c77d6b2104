"""Passwords: what is accepted, how they are kept and compared.

Kept as argon2id (RFC 9106, second recommended parameters). Length counts, not composition, and what everybody uses is
refused (NIST SP 800-63B, 5.1.1.2).
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200
"""Characters of a password."""

hasher = PasswordHasher()

_EVERYBODYS = frozenset((Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8").split())
_SEQUENCES = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
)


class Weakness(Enum):
    """Why a password is not taken."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    OWN_ADDRESS = "own address"


def weakness(password: str, email: str = "") -> Weakness | None:
    """Why this password is not taken for this address; None where it is."""
    plain = _normal(password)
    if len(plain) < SHORTEST:
        return Weakness.SHORT
    if len(plain) > LONGEST:
        return Weakness.LONG
    bare = plain.casefold()
    name = email.partition("@")[0].casefold()
    if len(name) >= 4 and name in bare:
        return Weakness.OWN_ADDRESS
    return Weakness.COMMON if _everybodys(bare) else None


def _everybodys(bare: str) -> bool:
    if len(set(bare)) < 5 or any(bare in sequence or bare in sequence[::-1] for sequence in _SEQUENCES):
        return True
    # A common word stays one with figures and signs hung on it, or written twice.
    words = [word for word in re.split(r"[\W\d_]+", bare) if word]
    return bool(words) and all(_is_common_word(word) for word in words)


def _is_common_word(word: str) -> bool:
    if len(word) <= 2 or word in _EVERYBODYS:
        return True
    return any(word == common * (len(word) // len(common)) for common in _EVERYBODYS)


def hashed(password: str) -> str:
    """What is kept of a password."""
    return hasher.hash(_normal(password))


def fits(password_hash: str, password: str) -> bool:
    """Whether the password is the one kept; without one kept the same work is done, and the answer is no."""
    if len(password) > 4 * LONGEST:
        password = ""
    try:
        right = hasher.verify(password_hash or _nobodys(), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return right and bool(password_hash)


def is_outdated(password_hash: str) -> bool:
    """Whether it was kept with weaker parameters than today's."""
    return hasher.check_needs_rehash(password_hash)


@cache
def _nobodys() -> str:
    return hasher.hash("the password of an address nobody has here")


def _normal(password: str) -> str:
    """The same password from every keyboard: composed characters and not their parts (RFC 8265)."""
    return unicodedata.normalize("NFC", password)
