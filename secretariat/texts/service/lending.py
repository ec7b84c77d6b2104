"""Passing a paragraph or the whole text of a round to a colleague in another ministry, who says what it thinks of it.

The colleague has no eyes here: what is lent is read with the lender's, and ends with them. What it writes waits in its
capital until the focal point takes it up, or throws it away.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, ViewerSession, looking_as, system_access
from secretariat.core.viewer import Hat, Viewer
from secretariat.directory import viewers
from secretariat.documents.service.submitting import capital
from secretariat.mail import lent as by_mail
from secretariat.texts import policy, queries
from secretariat.texts.editions import Content
from secretariat.texts.lent_models import LentComments
from secretariat.texts.models import Comment, CommentFor, CommentRound
from secretariat.texts.service.record import record_reply
from secretariat.texts.service.replying import Said, check_words, new_comment, reply_for
from secretariat.texts.service.rounds import deadline_of, is_running

__all__ = ["deadline_of", "end", "is_open", "is_out", "lender", "pass_on", "write"]
LENT = "comments_lent"
"""The mail with the link, to the colleague."""
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
    lent.replied_at = clock.now()
    session.flush()
    return comment


def is_out(lent: LentComments | None, viewer: Viewer) -> bool:
    """Whether the colleague still has it: the round runs, and whoever lent it may comment in it."""
    if lent is None or lent.round is None or lent.closed_at is not None or not is_running(lent.round):
        return False
    return policy.may_comment(viewer, lent.round, lent.round.edition.document.body_id)


def lender(engine: Engine, key: UUID) -> tuple[UUID, Hat] | None:
    """Who lent it, under which hat; None where nothing was lent or its lender is suspended."""
    return by_mail.lender(engine, LentComments, key)


def is_open(session: Session, key: UUID) -> bool:
    """Whether the colleague still has it, seen with the eyes of whoever lent it: for a mail that is composed."""
    with system_access(session, Reason.MAIL) as system:
        of = LentComments
        found = by_mail.lender_of(system, key, of.id, of.lent_by_person_id, of.lent_by_hat)
        if found is None:
            return False
        viewer = viewers.viewer_within(system, *found)
        with looking_as(system, viewer) as eyes:
            return is_out(queries.lent_by_id(eyes, key), viewer)
