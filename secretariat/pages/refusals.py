"""What is noted of a refused request in the security log: by whom, from where, at which page. Never any content.

The rule, the same for all pages: noted is what cannot come about by mistyping. That is anything refused to who is
signed in, anything that was sent, and an address that holds an id or a token. A word mistyped in the address bar by
somebody who is not signed in is a page that is not there, and no more.

An id that does not exist and one that is not for this reader are the same entry, as they are the same answer.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from uuid import UUID

from flask import current_app, request
from flask_login import current_user

from secretariat.core import journal
from secretariat.pages import unit

NOT_THEIRS = "not there or not theirs"
NOT_OFFERED = "choice not offered"
LINK_REFUSED = "link refused"
FORGED_FORM = "form not from here"


def note(kind: str, **detail: str) -> None:
    """Note that something was refused in this request."""
    unit.note(
        journal.refusal(
            kind,
            user=_account(),
            source=source(),
            page=request.endpoint or "",
            method=request.method,
            **detail,
        )
    )


def source() -> str:
    """The machine a request comes from, as far as the trusted proxies tell; of IPv6 its network, in which one machine
    has as many addresses as it likes (RFC 8981)."""
    told = request.remote_addr or ""
    try:
        address = ip_address(told)
    except ValueError:
        return told
    if not isinstance(address, IPv6Address):
        return told
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return f"{IPv6Address(int(address) >> 64 << 64)}/64"


def note_not_theirs() -> None:
    """Note that what was asked for is not there or not for this reader, where that is no slip of the pen."""
    if _account() is not None or request.method not in unit.SAFE_METHODS or _holds_an_id():
        note(NOT_THEIRS)


def _account() -> UUID | None:
    """The account of who is signed in, if anybody is and the application knows accounts."""
    known: UUID | None = getattr(current_user, "user", None) if hasattr(current_app, "login_manager") else None
    return known


def _holds_an_id() -> bool:
    return any(isinstance(value, UUID) or name == "token" for name, value in (request.view_args or {}).items())
