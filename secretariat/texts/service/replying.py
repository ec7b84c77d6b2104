"""What one government says in a round: gathered in its capital, cleared and sent as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import SystemRandom
from uuid import UUID

from secretariat.core import clock
from secretariat.core.labelling import attach, relabel
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import ViewerSession
from secretariat.documents.service.submitting import capital
from secretariat.processes import clauses as clauses_of
from secretariat.processes.models import TrackKind
from secretariat.texts import policy, queries
from secretariat.texts.editions import Content
from secretariat.texts.models import (
    Comment,
    CommentFor,
    CommentReply,
    CommentRound,
    Proposes,
    UnnamedComment,
)
from secretariat.texts.service.bracketing import check_brackets
from secretariat.texts.service.record import record_reply
from secretariat.texts.service.rounds import is_running, lock
from secretariat.texts.service.silence import check_stands

MOST_COMMENTS = 500
"""Of one government in a round."""
LONGEST_COMMENT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the form of a comment says. `paragraph` None: of the text as a whole."""

    paragraph: UUID | None
    language: str
    words: str
    wording: str = ""
    read_by: CommentFor = CommentFor.READERS
    noted: str = ""
    proposes: Proposes = Proposes.INSTEAD


def reply_for(session: ViewerSession, found: CommentRound) -> CommentReply:
    """What one's government says in a round; begun if nothing is there yet. Its capital alone reads it.

    Raises NotAllowed.
    """
    document = found.edition.document
    participant = session.viewer.participant
    require(policy.may_comment(session.viewer, found, document.body_id))
    if participant is None:
        raise NotAllowed
    reply = queries.reply_of(session, found.id, participant)
    if reply is None:
        reply = CommentReply(round_id=found.id, participant_id=participant)
        attach(session, reply, [capital(document.process, document.track, participant)], container=found)
        session.flush()
        session.refresh(reply, ["round"])
    return reply


def add_comment(session: ViewerSession, found: CommentRound, said: Said) -> Comment:
    """Write a comment down, for one's capital alone until it is sent; also when the round is over: it is kept, and not
    taken. Raises NotAllowed, Refused."""
    reply = reply_for(session, found)
    _check(found, said)
    if sum(one.lent_id is None for one in queries.comments_in_reply(session, reply.id)) >= MOST_COMMENTS:
        raise Refused(_too_many(found))
    comment = new_comment(session, reply)
    _write(comment, said)
    session.flush()
    record_reply(session, "comment written", reply)
    session.flush()
    return comment


def new_comment(session: ViewerSession, reply: CommentReply, lent: UUID | None = None) -> Comment:
    """A comment without words yet, for the capital alone; of a colleague where it says by what that was asked."""
    found = reply.round
    document = found.edition.document
    comment = Comment(
        round_id=found.id, reply_id=reply.id, participant_id=reply.participant_id, language="", lent_id=lent
    )
    comment.read_by = CommentFor.SECRETARIAT
    attach(session, comment, [capital(document.process, document.track, reply.participant_id)], container=found)
    return comment


def add_comments(session: ViewerSession, found: CommentRound, said: Sequence[Said]) -> int:
    """Write several comments down at once, as from a file; how many. All of them, or none.

    Raises NotAllowed, Refused.
    """
    if not said:
        raise Refused(_("Nothing in this file differs from the text, and it holds no comments."))
    for one in said:
        add_comment(session, found, one)
    return len(said)


def change_comment(session: ViewerSession, comment: Comment, said: Said) -> None:
    """Change a comment that is not sent; one that a colleague wrote is taken up by it. Raises NotAllowed, Refused."""
    require(policy.may_change_comment(session.viewer, comment))
    _check(comment.round, said)
    _write(comment, said)
    comment.lent_id = None
    session.flush()


def throw_away(session: ViewerSession, comment: Comment) -> None:
    """Throw away a comment that is not sent. Raises NotAllowed."""
    require(policy.may_change_comment(session.viewer, comment))
    session.delete(comment)
    session.flush()


def send(session: ViewerSession, reply: CommentReply) -> int:
    """Send what is written and not sent yet, as one; how many comments that were.

    From now on each is read as its author chose. One without a name is put in anew, without its author, and what was
    written is thrown away: nobody can tell whose it is, its author neither. Raises NotAllowed; Refused once the round
    is over, judged by the hour at the server: what is written stays.
    """
    require(policy.may_prepare(session.viewer, reply))
    found = reply.round
    lock(session, found)
    if not is_running(found):
        check_stands(session, found.edition)
        raise Refused(_too_late(found))
    written = queries.comments_in_reply(session, reply.id)
    waiting = [one for one in written if one.sent_at is None and one.lent_id is None]
    if not waiting:
        raise Refused(_("There is nothing left to send."))
    _send_unnamed(session, found, [one for one in waiting if one.read_by is CommentFor.UNNAMED])
    for one in waiting:
        if one.read_by is not CommentFor.UNNAMED:
            _send_named(session, found, one)
    reply.sent_at = clock.now()
    session.flush()
    relabel(session, reply, [_with_secretariat(found, reply.participant_id)], why="comments sent")
    record_reply(session, "comments sent", reply)
    session.flush()
    return len(waiting)


def in_network(found: CommentRound) -> bool:
    """Whether the text is a network's own, on which its organizations comment."""
    return found.edition.document.track.kind is TrackKind.CIVIL_SOCIETY


def _too_many(found: CommentRound) -> str:
    if in_network(found):
        return _("Your organization has written %(most)s comments already; no more fit in this round, but they can be "
                 "changed.", most=MOST_COMMENTS)  # fmt: skip
    return _("Your government has written %(most)s comments already; no more fit in this round, but they can be "
             "changed.", most=MOST_COMMENTS)  # fmt: skip


def _too_late(found: CommentRound) -> str:
    if in_network(found):
        return _("The round was over when this reached us. What you wrote is kept; tell the coordination if you wish "
                 "it to be considered.")  # fmt: skip
    return _("The round was over when this reached us. What you wrote is kept; tell the Secretariat if you wish it "
             "to be considered.")  # fmt: skip


def _send_named(session: ViewerSession, found: CommentRound, comment: Comment) -> None:
    comment.sent_at = clock.now()
    session.flush()
    to_all = comment.read_by is CommentFor.READERS
    own = () if to_all else (_with_secretariat(found, comment.participant_id),)
    relabel(session, comment, own, why="comment sent")


def _send_unnamed(session: ViewerSession, found: CommentRound, comments: Sequence[Comment]) -> None:
    """In an order of chance, each under a new key."""
    document = found.edition.document
    mixed = list(comments)
    SystemRandom().shuffle(mixed)
    for one in mixed:
        bare = UnnamedComment(
            round_id=found.id,
            paragraph_id=one.paragraph_id,
            language=one.language,
            words=one.words,
            wording=one.wording,
            proposes=one.proposes,
        )
        attach(session, bare, [clauses_of.nobody(document.process, document.track)], container=found)
        session.delete(one)
    session.flush()


def _with_secretariat(found: CommentRound, participant: UUID) -> Clause:
    document = found.edition.document
    audience = [clauses_of.participant(participant), clauses_of.secretariat(document.track)]
    return clauses_of.named(document.process, document.track, audience=audience)


def _check(found: CommentRound, said: Said) -> None:
    if said.proposes is Proposes.OUT:
        if said.paragraph is None:
            raise Refused(_("Choose the paragraph that is to go"), "paragraph")
        if said.wording:
            raise Refused(
                _("To take the paragraph out, leave the proposed words empty; or say that they stand in its place"),
                "wording",
            )
    elif not said.words and not said.wording:
        raise Refused(_("Write what you think of it, or the words you propose."), "words")
    check_words(found, said)


def check_words(found: CommentRound, said: Said) -> None:
    """Raises Refused for what is said of another text, at too great a length, or proposed with an open bracket."""
    content = Content.from_json(found.edition.content)
    if said.paragraph is not None and all(one.id != said.paragraph for one in content.pieces):
        raise Refused(_("This paragraph does not stand in the text that comments are asked for."), "paragraph")
    check_wording(said)


def check_wording(said: Said) -> None:
    """Raises Refused for too many words, and for brackets of a proposed wording that do not close: it could not be
    taken into the text."""
    for field, words in (("words", said.words), ("wording", said.wording)):
        if len(words) > LONGEST_COMMENT:
            raise Refused(_("Shorten this to %(most)s characters.", most=LONGEST_COMMENT), field)
    check_brackets(said.wording, "wording")


def _write(comment: Comment, said: Said) -> None:
    comment.paragraph_id, comment.language = said.paragraph, said.language
    comment.words, comment.wording = said.words, said.wording
    comment.proposes = said.proposes if said.wording or said.proposes is Proposes.OUT else Proposes.INSTEAD
    comment.read_by, comment.noted = said.read_by, said.noted
