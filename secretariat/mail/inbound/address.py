"""The address at which each track is answered: that of the mailbox, with a token of the track behind a plus sign.

replies+k3vq...@secretariat.example.org (RFC 5233). The token is worked out from the installation's secret, so that
nobody can write to a track that has not written first, and nothing needs to be stored.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from uuid import UUID

from config import Settings

_LETTERS = 26


def answered_at(settings: Settings, track: UUID | None) -> str:
    """Where an answer to a mail of this track goes; empty where no answers by mail are read."""
    if not settings.inbox_address or track is None:
        return ""
    name, _at, domain = settings.inbox_address.rpartition("@")
    return f"{name}+{token_of(settings.secret_key, track)}@{domain}"


def token_of(secret: str, track: UUID) -> str:
    """The token of a track: letters and digits that any mail program leaves alone."""
    told = hmac.new(secret.encode(), f"inbox:{track}".encode(), hashlib.sha256).digest()
    return base64.b32encode(told).decode().casefold()[:_LETTERS]


def track_among(settings: Settings, addresses: Iterable[str], tracks: Iterable[UUID]) -> UUID | None:
    """The track that one of these addresses is for; None where none is, and where they are for several."""
    known = {answered_at(settings, one).casefold(): one for one in tracks}
    found = {known[one] for address in addresses if (one := address.strip().casefold()) in known}
    return found.pop() if len(found) == 1 else None
