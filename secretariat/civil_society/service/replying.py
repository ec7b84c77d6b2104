"""The network's reply to an answer: it crosses the wall as the answer did, once."""

from __future__ import annotations

from secretariat.civil_society import circles, policy, queries
from secretariat.civil_society.models import SubmissionAnswer
from secretariat.civil_society.reply_models import AnswerReply
from secretariat.civil_society.service.record import record
from secretariat.civil_society.service.telling import write_to_whose_it_is
from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession

REPLIED = "answer_replied"
"""The mail to whose answer it is: the liaison officers of its government, or the Secretariat."""
LONGEST = 20_000


def reply(session: ViewerSession, answer: SubmissionAnswer, words: LocalText) -> AnswerReply:
    """Reply to an answer, for the network: who reads the answer reads it. Raises NotAllowed, Refused."""
    require(policy.may_reply(session.viewer, answer))
    one = answer.submission
    assert one is not None  # who may reply reads it
    if one.withdrawn_at is not None:
        raise Refused(_("The network has withdrawn this submission. It is not replied to any more."))
    if queries.replies_to(session, [answer.id]):
        raise Refused(
            _("The network has replied to this answer. What more there is to say is a submission of its own.")
        )
    if any(len(each) > LONGEST for each in words.texts.values()):
        raise Refused(_("Shorten this to %(most)s characters.", most=LONGEST), "words")
    process, network = one.process, one.track
    made = AnswerReply(
        process_id=process.id, track_id=network.id, answer_id=answer.id, words=words, sent_at=clock.now()
    )
    government = queries.government_of(session, process.id)
    attach(session, made, [circles.across(process, network, government)], container=process)
    session.flush()
    record(session, "answer replied to", process, network, made, number=one.symbol)
    write_to_whose_it_is(session, REPLIED, answer, once=str(made.id), reply=made.id)
    session.flush()
    return made
