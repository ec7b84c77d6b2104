"""Passing a paragraph or the whole text of a round to a colleague in another ministry, who says what it thinks of it.

The colleague has no eyes here: what is lent is read with the lender's, and ends with them. What it writes waits in its
capital until the focal point takes it up, or throws it away.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import Session, contains_eager

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, ViewerSession, looking_as, system_access, system_unit
from secretariat.core.viewer import Hat, Viewer
from secretariat.directory import viewers
from secretariat.documents.service.submitting import capital
from secretariat.mail import lent as by_mail
from secretariat.mail import outbox
from secretariat.texts import policy, queries
from secretariat.texts.editions import Content
from secretariat.texts.lent_models import LentComments
from secretariat.texts.models import Comment, CommentFor, CommentRound
from secretariat.texts.service.networks import SETTLES
from secretariat.texts.service.record import record_reply
from secretariat.texts.service.replying import Said, check_words, new_comment, reply_for
from secretariat.texts.service.rounds import deadline_of, is_running

__all__ = ["deadline_of", "end", "is_open", "is_out", "lender", "pass_on", "write"]
LENT = "comments_lent"
"""The mail with the link, to the colleague."""
REMINDED = "comments_reminded"
"""The one that asks it once more."""
RETURNED = "comments_returned"
"""The one that tells whoever passed it on that the colleague has written."""
SPARED, BEFORE_END = timedelta(days=2), timedelta(days=2)
"""How long a colleague is left alone, and how long before the end it is asked once more."""
log = structlog.get_logger()
MOST_LENT = 30
"""How much of one round a government has with colleagues at a time."""


def pass_on(
    session: ViewerSession, found: CommentRound, paragraph: UUID | None, name: str, address: str, asked: str = ""
) -> LentComments:
    """Lend one paragraph, or the whole text, by a mail with a link to it alone, until the round is over.

    Raises NotAllowed, Refused.
    """
    reply = reply_for(session, found)
    document = found.edition.document
    if not is_running(found):
        raise Refused(_("This round of comments is over."))
    if paragraph is not None and all(one.id != paragraph for one in Content.from_json(found.edition.content).pieces):
        raise Refused(_("This paragraph does not stand in the text that comments are asked for."), "paragraph")
    out = [one for one in queries.lent_in(session, found.id, reply.participant_id) if one.closed_at is None]
    if len(out) >= MOST_LENT:
        raise Refused(_("As many colleagues have it as can; go on with what they wrote."))
    has_it = [one.address for one in out if one.paragraph_id == paragraph]
    by_mail.check(session, address, has_it, document.process, document.track, "address")
    made = LentComments(
        round_id=found.id,
        participant_id=reply.participant_id,
        paragraph_id=paragraph,
        name=name,
        asked=asked,
        **by_mail.said_of(session, address),
    )
    own = capital(document.process, document.track, reply.participant_id)
    attach(session, made, [own], container=found)
    session.flush()
    by_mail.tell(session, LENT, made, document.process, document.track, known_to=own)
    record_reply(session, "text passed to a colleague", reply)
    session.flush()
    return made


def end(session: ViewerSession, lent: LentComments) -> None:
    """Take it back: the link opens nothing from now on; what was written stays. Raises NotAllowed."""
    require(policy.may_keep_lent(session.viewer, lent))
    if lent.closed_at is None:
        lent.closed_at = clock.now()
        session.flush()
        record_reply(session, "text taken back from a colleague", reply_for(session, lent.round))
        session.flush()


def write(session: ViewerSession, lent: LentComments, said: Said) -> Comment | None:
    """What the colleague thinks of a paragraph, or of the whole, with the lender's eyes: written once, then changed
    until it is taken up; thrown away where nothing is left of it. Raises Refused."""
    if not is_out(lent, session.viewer):
        raise Refused(_("This is not needed any more: the round is over, or your colleague took it back. Thank you."))
    if lent.paragraph_id is not None and said.paragraph != lent.paragraph_id:
        raise Refused(_("Only the paragraph you were asked about can be commented on here."), "words")
    before = next((one for one in queries.comments_from(session, lent.id) if one.paragraph_id == said.paragraph), None)
    if not said.words and not said.wording:
        if before is None:
            raise Refused(_("Write what you think of it, or the words you propose."), "words")
        session.delete(before)
        session.flush()
        return None
    check_words(lent.round, said)
    comment = before or new_comment(session, reply_for(session, lent.round), lent.id)
    comment.paragraph_id, comment.language = said.paragraph, said.language
    comment.words, comment.wording, comment.noted = said.words, said.wording, lent.name
    comment.read_by = CommentFor.SECRETARIAT  # the narrowest; the focal point chooses when it takes the comment up
    first = lent.replied_at is None
    lent.replied_at = clock.now()
    session.flush()
    if first:
        _tell_lender(session, lent)
    return comment


def _tell_lender(session: ViewerSession, lent: LentComments) -> None:
    """That a colleague has written: once, when what follows of it has had time to be written too."""
    document = lent.round.edition.document
    outbox.put(
        session,
        RETURNED,
        key=f"{RETURNED}:{lent.id}",
        process=document.process,
        track=document.track,
        person=lent.lent_by_person_id,
        hat=Hat.parse(lent.lent_by_hat),
        subject={"lent": lent.id},
        not_before=clock.now() + SETTLES,
        known_to=capital(document.process, document.track, lent.participant_id),
    )


def remind_once(engine: Engine) -> int:
    """Ask every colleague once more who has something and has not answered, when the round ends in two days or less and
    it was passed on more than two days ago; how many. Each in its own unit of work."""
    with system_unit(engine, Reason.MAIL, writes=False) as system:
        due = [one.id for one in system.scalars(_not_answered()) if _is_due(one)]
    return sum(_remind(engine, key) for key in due)


def _not_answered() -> Select[LentComments]:
    return (
        select(LentComments)
        .join(LentComments.round)
        .where(
            LentComments.replied_at.is_(None),
            LentComments.closed_at.is_(None),
            LentComments.reminded_at.is_(None),
            CommentRound.closed_at.is_(None),
        )
        .options(contains_eager(LentComments.round))
    )


def _is_due(lent: LentComments) -> bool:
    now, end = clock.now(), deadline_of(lent.round).at
    return lent.lent_at + SPARED <= now and end - BEFORE_END <= now < end


def _remind(engine: Engine, key: UUID) -> bool:
    try:
        with system_unit(engine, Reason.MAIL) as system:
            lent = system.scalar(_not_answered().where(LentComments.id == key).with_for_update(of=LentComments))
            if lent is None or not _is_due(lent) or not is_open(system, key):
                return False
            lent.reminded_at = clock.now()
            system.flush()
            document = lent.round.edition.document
            outbox.put(
                system,
                REMINDED,
                key=f"{REMINDED}:{lent.id}",
                process=document.process,
                track=document.track,
                person=lent.colleague_id,
                hat=Hat.parse(lent.lent_by_hat),
                subject={"lent": lent.id},
                address=lent.address,
                known_to=capital(document.process, document.track, lent.participant_id),
            )
            return True
    except Exception:  # the others have their day too
        log.exception("a colleague was not reminded", lent=str(key))
        return False


def is_out(lent: LentComments | None, viewer: Viewer) -> bool:
    """Whether the colleague still has it: the round runs, and whoever lent it may comment in it."""
    if lent is None or lent.round is None or lent.closed_at is not None or not is_running(lent.round):
        return False
    return policy.may_comment(viewer, lent.round, lent.round.edition.document.body_id)


def lender(engine: Engine, key: UUID) -> tuple[UUID, Hat] | None:
    """Who lent it, under which hat; None where nothing was lent or its lender is suspended."""
    return by_mail.lender(engine, LentComments, key)


def is_open(session: Session, key: UUID, *, unanswered: bool = False) -> bool:
    """Whether the colleague still has it (and, if asked, has not answered), seen with the eyes of whoever lent it: for
    a mail that is composed."""
    with system_access(session, Reason.MAIL) as system:
        of = LentComments
        found = by_mail.lender_of(system, key, of.id, of.lent_by_person_id, of.lent_by_hat)
        if found is None:
            return False
        viewer = viewers.viewer_within(system, *found)
        with looking_as(system, viewer) as eyes:
            lent = queries.lent_by_id(eyes, key)
            answered = lent is not None and lent.replied_at is not None
            return is_out(lent, viewer) and not (unanswered and answered)
