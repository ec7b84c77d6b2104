"""Linking an answer to what the submission became: an item, an outcome, an activity, a commitment, a document."""

from __future__ import annotations

from uuid import UUID

from secretariat.civil_society import became, policy, queries
from secretariat.civil_society.became_models import AnswerLink, LedTo
from secretariat.civil_society.models import SubmissionAnswer
from secretariat.civil_society.service.record import record
from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession

MOST = 50


def link(session: ViewerSession, answer: SubmissionAnswer, kind: LedTo, thing: UUID) -> AnswerLink:
    """Say that what an answer speaks of became a thing its author reads. Nothing of the thing becomes readable by it.

    Raises NotAllowed, Refused.
    """
    require(policy.may_link(session.viewer, answer))
    if became.thing_by_id(session, answer.process_id, answer.track_id, kind, thing) is None:
        raise Refused(_("This is not there to be linked. Choose one of those that are offered."), "thing")
    linked = became.links_of(session, answer.id)
    if any(one.thing_id == thing for one in linked):
        raise Refused(_("The answer is linked to it already."), "thing")
    shown = became.things_of(session, [answer.id]).get(answer.id, [])  # how many more there are is not told
    if len(shown) >= MOST:
        raise Refused(_("The answer has %(most)s links already; take one away first.", most=MOST))
    made = AnswerLink(
        answer_id=answer.id, submission_id=answer.submission_id, kind=kind, thing_id=thing, linked_at=clock.now()
    )
    attach(session, made, container=answer)
    session.flush()
    record(session, "answer linked", answer.process, queries.government_of(session, answer.process_id), answer)
    return made


def take_away(session: ViewerSession, answer: SubmissionAnswer, one: AnswerLink) -> None:
    """Take a link away that is not right. Raises NotAllowed."""
    require(policy.may_link(session.viewer, answer))
    session.delete(one)
    session.flush()
    record(session, "link taken away", answer.process, queries.government_of(session, answer.process_id), answer)
