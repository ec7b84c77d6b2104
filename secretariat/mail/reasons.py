"""What happened to a mail, and why, in the words of a page."""

from __future__ import annotations

from typing import Any

from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext
from secretariat.mail.models import MailState

STATES: dict[MailState, Any] = {
    MailState.WAITING: lazy_pgettext("mail", "Waiting"),
    MailState.LEASED: lazy_pgettext("mail", "Leaving now"),
    MailState.HELD: lazy_pgettext("mail", "Held"),
    MailState.IN_DOUBT: lazy_pgettext("mail", "In doubt"),
    MailState.SENT: lazy_pgettext("mail", "Sent"),
    MailState.SKIPPED: lazy_pgettext("mail", "Not needed"),
    MailState.DEAD: lazy_pgettext("mail", "Not delivered"),
}

REASONS: dict[str, Any] = {
    "put": _l("It was written down to be sent."),
    "later": _l("It waits for the recipient’s own hours."),
    "put off": _l("The relay asked to try again later."),
    "put off too often": _l("The relay asked for later for more than two days."),
    "refused": _l("The relay refused it."),
    "returned": _l("It was returned: the address does not work. Put it right on the card, then send it again."),
    "relay unreachable": _l("The relay could not be reached; it is tried again every few minutes."),
    "address not confirmed": _l("It waits until the person has opened a link sent to this address."),
    "no address": _l("There is no address for mail on the person’s card."),
    "no composer": _l("This version of the product does not know this kind of mail."),
    "not composed": _l("It could not be written; the fault is the product’s."),
    "appointment ended": _l("The person no longer holds the appointment it was meant for."),
    "account suspended": _l("The person’s account is suspended; send it again once it is open."),
    "nothing to say": _l("What it was about was answered, withdrawn, or is no longer open to this person."),
    "connection lost": _l("The connection broke while it was handed over: it may have arrived or not."),
    "worker stopped": _l("Its delivery stopped before the end."),
    "found at the relay": _l("The relay’s own records show that it took it."),
    "not at the relay": _l("The relay’s own records show that it never had it; it is sent again."),
    "held by the secretariat": _l("The Secretariat holds it back."),
    "let go by the secretariat": _l("The Secretariat let it go."),
    "arrived, says the secretariat": _l("It has arrived, as the Secretariat was told."),
}

NOTICES: dict[str, Any] = {
    "digest": _l("What is awaited, in one message"),
    "new_link": _l("A new link"),
    "reply_received": _l("A reply has arrived"),
    "commitment_proposed": _l("A commitment proposed"),
    "proposal_lent": _l("A colleague’s advice asked"),
    "emergency_begun": _l("Emergency access"),
    "meeting_invitation": _l("Invitation to a meeting"),
    "meeting_changed": _l("A meeting changed"),
    "meeting_called_off": _l("A meeting called off"),
    "circular": _l("A circular"),
}


def state_in_words(state: MailState) -> str:
    """Where a mail stands."""
    return str(STATES[state])


def reason_in_words(reason: str) -> str:
    """Why; empty where nothing needs to be said."""
    return str(REASONS.get(reason, reason))


def notice_in_words(notice: str) -> str:
    """What kind of mail it is."""
    return str(NOTICES.get(notice, _l("A message")))
