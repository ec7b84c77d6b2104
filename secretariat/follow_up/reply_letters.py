"""The receipt for a reply by mail."""

from __future__ import annotations

from sqlalchemy.orm import Session

from secretariat.core.languages import gettext as _
from secretariat.follow_up import reply_queries
from secretariat.follow_up.answered import RECEIVED
from secretariat.mail import composition
from secretariat.mail.composition import Letter, Sending


def received(session: Session, sending: Sending) -> Letter | None:
    """That it has come, who reads it, and what was not taken with it. It repeats nothing of what was written."""
    reply = reply_queries.reply_by_id(session, sending.id_of("reply"))
    if reply is None:
        return None
    return sending.letter(
        _("Your reply has arrived"), received_at=reply.received_at, left_out=bool(reply.left_out), is_cut=reply.is_cut
    )


composition.register(RECEIVED, received)
