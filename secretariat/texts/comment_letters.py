"""The mails about comments: to a government, that they are asked for, that the round ends otherwise, that another
edition stands; to a colleague of its focal point, and back."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core.labelling import label_value
from secretariat.core.languages import gettext as _
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.documents.models import DocumentState
from secretariat.mail import composition
from secretariat.mail.composition import Letter, Sending
from secretariat.texts import queries, service, silence_queries
from secretariat.texts.service import circulating, lending, rounds, state
from secretariat.texts.silence import SilenceState

COMMENTS_ASKED = "comments_asked"
COMMENT_SCOPE = "comment"
LENT_SCOPE = "gather"
OPEN = (SilenceState.RUNNING, SilenceState.WAITING)


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


def round_ends(session: Session, sending: Sending) -> Letter | None:
    """To the same: until when comments are taken now, or that the round was closed. Nothing where that has changed
    again, or was the case before anybody was asked."""
    found = queries.round_by_id(session, sending.id_of("round"))
    if found is None:
        return None
    is_closed = sending.subject["about"] == rounds.END_NOW
    ends = service.deadline_of(found)
    if is_closed != (found.closed_at is not None) or (
        not is_closed and ends.at.isoformat() != sending.subject["about"]
    ):
        return None
    if not is_closed and not service.is_running(found):
        return None
    document = found.edition.document
    return sending.letter(
        _("Another end for comments on a text"),
        level=label_value(session, found.label_id).level,
        thread=str(document.first_id),
        document=document,
        ends=ends,
        is_closed=is_closed,
        is_alternate=bool(sending.subject.get("alternate")),
        link="" if is_closed else sending.link(COMMENT_SCOPE, [found.id]),
        page=sending.page(f"/rounds/{found.id}"),
    )


def _is_asked_about(session: Session, edition: UUID) -> bool:
    """Whether another mail says that an edition stands: comments on it are asked now, or it is under silence."""
    if any(service.is_running(one) for one in queries.rounds_of(session, edition)):
        return True
    under = silence_queries.silences_of_edition(session, edition)
    return any(one.state in OPEN for one in silence_queries.all_stand(session, under).values())


def edition_circulated(session: Session, sending: Sending) -> Letter | None:
    """To a focal point or alternate: that another edition stands in the place of the one before. Nothing where a later
    one does, or a mail about this one has said so: comments are asked on it, it is under silence, or adopted."""
    edition = queries.edition_by_id(session, sending.id_of("edition"))
    if edition is None or edition.document.state is not DocumentState.ISSUED:
        return None
    if state.is_adopted(session, edition.text_id) or _is_asked_about(session, edition.id):
        return None
    document = edition.document
    return sending.letter(
        _("Another edition of a text"),
        level=label_value(session, edition.label_id).level,
        thread=str(document.first_id),
        document=document,
        page=sending.page(f"/documents/{document.id}/text"),
        compared=sending.page(f"/documents/{document.id}/text/compared"),
    )


def comments_reminded(session: Session, sending: Sending) -> Letter | None:
    """To a colleague who has not answered: the same link once more, and nothing else. Nothing as with the first."""
    lent = sending.id_of("lent")
    if not lending.is_open(session, lent, unanswered=True):
        return None
    return sending.letter(_("Comments are still with you"), link=sending.link(LENT_SCOPE, [lent], renewable=False))


def comments_returned(session: Session, sending: Sending) -> Letter | None:
    """To who passed a text on: that the colleague has written. Nothing where all of it was taken up or thrown away."""
    lent = queries.lent_by_id(session, sending.id_of("lent"))
    if lent is None or not queries.comments_from(session, lent.id) or not service.is_running(lent.round):
        return None
    document = lent.round.edition.document
    return sending.letter(
        _("Comments have come back to you"),
        level=label_value(session, lent.label_id).level,
        within=True,
        thread=str(document.first_id),
        document=document,
        name=lent.name,
        ends=service.deadline_of(lent.round),
        link=sending.link(COMMENT_SCOPE, [lent.round_id]),
    )


composition.register(rounds.ENDS, round_ends, roles=SPEAKING_ROLES)
composition.register(circulating.CIRCULATED, edition_circulated, roles=SPEAKING_ROLES)
composition.register(lending.REMINDED, comments_reminded, needs_appointment=False)
composition.register(lending.RETURNED, comments_returned, roles=SPEAKING_ROLES)
composition.register(lending.LENT, comments_lent, needs_appointment=False)
composition.register(COMMENTS_ASKED, comments_asked, roles=SPEAKING_ROLES)
