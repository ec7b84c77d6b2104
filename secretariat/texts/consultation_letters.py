"""The mails to who comments in public, of whom nothing is known but what was filled in: the link by which an address is
confirmed, and that the response is there."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from secretariat.core.languages import gettext as _
from secretariat.mail import composition
from secretariat.mail.composition import Letter, Sending
from secretariat.texts import consultation_queries
from secretariat.texts.consulting import CONFIRM_WITHIN
from secretariat.texts.service import consultations, public_comments

CONFIRM_SCOPE = "consult"
DAYS = 365
"""How long the link opens: what one has written can be withdrawn by it later, too."""


def public_comment_confirm(session: Session, sending: Sending) -> Letter | None:
    """To the address that was filled in: which text, the link, and until when it is to be pressed. Nothing where that
    was done, the time is over, or the process has no public page any more."""
    found = consultation_queries.copy_by_id(session, sending.id_of("consultation"))
    waits = public_comments.waits_for(session, sending.person)
    if found is None or waits is None or waits.confirmed_at is not None or waits.is_taken_back or waits.is_responded:
        return None
    return sending.letter(
        _("Confirm your comments"),
        consultation=found,
        last_day=(waits.written_at + CONFIRM_WITHIN - timedelta(days=1)).date(),
        link=sending.link(CONFIRM_SCOPE, [found.id], days=DAYS, renewable=False),
    )


def public_response(session: Session, sending: Sending) -> Letter | None:
    """To who commented and confirmed it: that the response is published, with the page on which everybody reads it."""
    found = consultation_queries.copy_by_id(session, sending.id_of("consultation"))
    waits = public_comments.waits_for(session, sending.person)
    if found is None or found.responded_at is None or waits is None or waits.confirmed_at is None:
        return None
    return sending.letter(
        _("The response to your comments"), consultation=found, page=sending.page(f"/consultations/{found.id}")
    )


composition.register(public_comments.CONFIRM, public_comment_confirm, needs_appointment=False)
composition.register(consultations.RESPONSE, public_response, needs_appointment=False)
