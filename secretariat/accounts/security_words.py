"""The security log in words: what happened, and what is known of it."""

from __future__ import annotations

from typing import Any

from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.models import SecurityEvent

KINDS: dict[str, Any] = {
    "not there or not theirs": _l("Something was asked for that is not there or not theirs"),
    "choice not offered": _l("A form was sent with a choice that its page did not offer"),
    "form not from here": _l("A form was sent that did not come from a page of this session"),
    "link refused": _l("A link from a mail did not open"),
    "sign-in refused": _l("Address and password did not belong together"),
    "sign-in held up": _l("Signing in was held up after many attempts"),
    "signed in": _l("Signed in"),
    "signed out everywhere": _l("Signed out everywhere"),
    "password changed": _l("Password changed"),
    "password renewed": _l("A new password was chosen by a link"),
    "invitation taken up": _l("An invitation was taken up"),
    "emergency access asked": _l("An emergency access was asked for"),
    "emergency access confirmed": _l("An emergency access was confirmed and began"),
    "emergency access ended": _l("An emergency access was ended or called off"),
    "address confirmed": _l("An address was confirmed"),
}

REASONS: dict[str, Any] = {
    "forged": _l("it was not made here"),
    "unknown": _l("there is no such link"),
    "of another scope": _l("it was made for another page"),
    "revoked": _l("it was withdrawn"),
    "used": _l("it was used before"),
    "expired": _l("its time was over"),
    "suspended": _l("the account is suspended"),
    "appointment ended": _l("the appointment has ended"),
    "nothing lent": _l("nothing is lent by it any more"),
}


def kind_in_words(kind: str) -> str:
    """What happened."""
    return str(KINDS.get(kind, kind))


def detail_in_words(event: SecurityEvent) -> list[str]:
    """What else is known: why, at which page, and whether there was more of the same. No content."""
    detail, said = event.detail or {}, []
    if detail.get("reason"):
        said.append(str(REASONS.get(detail["reason"], detail["reason"])))
    if detail.get("page"):
        said.append(
            _("sent to %(page)s", page=detail["page"])
            if detail.get("method") not in ("GET", "HEAD")
            else _("asked of %(page)s", page=detail["page"])
        )
    if detail.get("field"):
        said.append(_("field %(field)s", field=detail["field"]))
    if detail.get("more"):
        said.append(_("further ones of this hour are not written down"))
    return said
