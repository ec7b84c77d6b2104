"""Addresses as evidence: where one can see what was done. Shown as text beside their host, and never fetched. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

MOST = 10
LONGEST = 500


def lines(typed: str | None) -> list[str]:
    """Addresses written one a line."""
    return [one.strip() for one in (typed or "").splitlines() if one.strip()]


def is_fit(address: str) -> bool:
    """Whether an address can be shown: by https, of a host, without name and password in it, in one piece."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    whole = len(address) <= LONGEST and address.isprintable() and not any(one in address for one in ' "<>\\')
    return whole and parts.scheme == "https" and bool(host) and parts.username is None and parts.password is None


def host_of(address: str) -> str:
    """Where an address leads, without the rest; empty where that cannot be told."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
