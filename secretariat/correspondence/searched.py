"""By which words circulars, letters of invitation and registered letters are found."""

from __future__ import annotations

from secretariat.core.searchable import Searchable, register
from secretariat.correspondence.invitation_models import InvitationLetter
from secretariat.correspondence.models import Circular
from secretariat.correspondence.register_models import RegisteredLetter

register(
    Searchable(
        Circular,
        title=lambda one: [one.title, one.symbol],
        words=lambda one: [one.words],
        day=lambda one: moment.date() if (moment := one.sent_at) else None,
    )
)
register(
    Searchable(
        RegisteredLetter,
        title=lambda one: [one.subject, one.symbol, one.reference],
        words=lambda one: [one.correspondent, one.decided],
        day=lambda one: one.passed_on,
    )
)
register(
    Searchable(
        InvitationLetter,
        title=lambda one: [one.addressee, one.symbol, one.note_verbale],
        words=lambda one: [one.copy_to, one.sent_words, one.sent_signatory],
        day=lambda one: one.went_on or one.dated,
        language=lambda one: one.language,
    )
)
