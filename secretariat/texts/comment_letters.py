"""The mails that ask for comments: a government, and a colleague of its focal point, each with its link."""

from __future__ import annotations

from sqlalchemy.orm import Session

from secretariat.core.labelling import label_value
from secretariat.core.languages import gettext as _
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.mail import composition
from secretariat.mail.composition import Letter, Sending
from secretariat.texts import queries, service
from secretariat.texts.service import lending

COMMENTS_ASKED = "comments_asked"
COMMENT_SCOPE = "comment"
LENT_SCOPE = "gather"


def comments_asked(session: Session, sending: Sending) -> Letter | None:
    """To a focal point or alternate of a member: that comments are asked for, and until when. Nothing once the round is
    over, or where its government has replied."""
    found = queries.round_by_id(session, sending.id_of("round"))
    if found is None or not service.is_running(found):
        return None
    participant = sending.hat.id
    reply = queries.reply_of(session, found.id, participant) if participant is not None else None
    if reply is not None and reply.sent_at is not None:
        return None
    document = found.edition.document
    return sending.letter(
        _("Comments on a text"),
        level=label_value(session, found.label_id).level,
        thread=str(document.first_id),
        document=document,
        ends=service.deadline_of(found),
        is_alternate=bool(sending.subject.get("alternate")),
        link=sending.link(COMMENT_SCOPE, [found.id]),
        carried=[],
    )


def comments_lent(session: Session, sending: Sending) -> Letter | None:
    """To a colleague in another ministry: only that comments are asked, and where. Nothing once the round is over, it
    was taken back, or who passed it on may not comment any more."""
    lent = sending.id_of("lent")
    if not lending.is_open(session, lent):
        return None
    return sending.letter(_("Comments are asked of you"), link=sending.link(LENT_SCOPE, [lent], renewable=False))


composition.register(lending.LENT, comments_lent, needs_appointment=False)
composition.register(COMMENTS_ASKED, comments_asked, roles=SPEAKING_ROLES)
