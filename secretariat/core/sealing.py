"""Words kept for a short while that nobody who has the database alone may read: sealed with a key kept elsewhere.

Every text has a key of its own, used once and then forgotten, so that a keystream of SHAKE-256 over the key hides it
(FIPS 202) and HMAC-SHA-256 (RFC 2104) tells whether it is whole. Once the key is gone the words are, in every copy of
the database: its file, its write-ahead log, its backups.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

_KEY_BYTES = 32
_TAG_BYTES = 32


def seal(words: str) -> tuple[str, str]:
    """The words sealed, and the key that opens them."""
    key = secrets.token_bytes(_KEY_BYTES)
    return _sealed(words, key), urlsafe_b64encode(key).decode()


def unseal(sealed: str, key: str) -> str | None:
    """The words again; None where the key is another one or something was changed."""
    try:
        content, opener = urlsafe_b64decode(sealed), urlsafe_b64decode(key)
    except ValueError:
        return None
    tag, hidden = content[:_TAG_BYTES], content[_TAG_BYTES:]
    if not hmac.compare_digest(tag, _tag(hidden, opener)):
        return None
    return _hidden(hidden, opener).decode()


def seal_under(words: str, secret: str) -> str:
    """The words sealed with a key that follows from a secret used for this text alone and kept elsewhere."""
    return _sealed(words, _key_of(secret))


def unseal_under(sealed: str, secret: str) -> str | None:
    """The words again, by the same secret; None where it is another one or something was changed."""
    return unseal(sealed, urlsafe_b64encode(_key_of(secret)).decode())


def _sealed(words: str, key: bytes) -> str:
    hidden = _hidden(words.encode(), key)
    return urlsafe_b64encode(_tag(hidden, key) + hidden).decode()


def _key_of(secret: str) -> bytes:
    return hashlib.sha256(b"key" + secret.encode()).digest()


def _hidden(words: bytes, key: bytes) -> bytes:
    stream = hashlib.shake_256(b"words" + key).digest(len(words))
    return bytes(one ^ other for one, other in zip(words, stream, strict=True))


def _tag(hidden: bytes, key: bytes) -> bytes:
    return hmac.new(b"whole" + key, hidden, hashlib.sha256).digest()
