"""The mail that asks a government for its comments, with the link behind which it writes and sends them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from secretariat.core.labelling import label_value
from secretariat.core.languages import gettext as _
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.mail import composition
from secretariat.mail.composition import Letter, Sending
from secretariat.texts import queries, service

COMMENTS_ASKED = "comments_asked"
COMMENT_SCOPE = "comment"


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


composition.register(COMMENTS_ASKED, comments_asked, roles=SPEAKING_ROLES)
