"""Publishing a submission and its answers: an act of each side on its own words. Both stand on the page for everybody
once both were done, and neither any more when one is taken back (ADR 49).
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from secretariat.civil_society import circles, policy, published, queries
from secretariat.civil_society.models import Submission, SubmissionAnswer
from secretariat.civil_society.published_models import PublishedAnswer, PublishedReply, PublishedSubmission
from secretariat.civil_society.service.answering import told_of
from secretariat.civil_society.service.record import record
from secretariat.civil_society.service.telling import write_to_office, write_to_whose_it_is
from secretariat.core import clock
from secretariat.core.database import Labelled
from secretariat.core.labelling import attach, relabel
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track

BY_BOTH = "published_by_both"
"""The mail to whoever published first: the other side has published too."""


def publish(
    session: ViewerSession, one: Submission, *, signatures: bool = False, dissents: bool = False, replies: bool = False
) -> None:
    """The network lets everybody read a submission; of a position who signed it and the dissent that went along, and
    what it replied to the answers, where it says so. Raises NotAllowed, Refused where it was published already."""
    require(policy.may_publish(session.viewer, one))
    if published.of_network(session, one.id) is not None:
        raise Refused(_("This was published already."))
    assert one.sent_at is not None  # what is not sent is not published
    process, network = one.process, one.track
    made = PublishedSubmission(
        process_id=process.id, network_id=network.id, submission_id=one.id, number=one.symbol or "", kind=one.kind,
        title=one.title, words=one.words, sent_on=_day(one.sent_at, process), adopted_by=one.adopted_by,
        adopted_on=one.adopted_on, signatories=list(one.signatories) if signatures else [],
        dissents=list(one.dissents) if dissents else [], published_at=clock.now(),
    )  # fmt: skip
    attach(session, made, [_waiting(session, process, network)], container=process)
    session.flush()
    if replies:
        _publish_replies(session, one)
    record(session, "submission published", process, network, one, number=one.symbol)
    _settle(session, one)
    before = published.of_answers(session, one.id)
    for answer in queries.answers_of(session, one.id):
        if answer.id in before:
            once = f"{made.id}:{answer.id}"
            write_to_whose_it_is(session, BY_BOTH, answer, once=once, submission=one.id, answer=answer.id)


def _publish_replies(session: ViewerSession, one: Submission) -> None:
    process, network = one.process, one.track
    given = [each.id for each in queries.answers_of(session, one.id)]
    for answer, reply in queries.replies_to(session, given).items():
        made = PublishedReply(
            process_id=process.id, network_id=network.id, submission_id=one.id, answer_id=answer, words=reply.words,
            sent_on=_day(reply.sent_at, process), published_at=clock.now(),
        )  # fmt: skip
        attach(session, made, [_waiting(session, process, network)], container=process)
    session.flush()


def take_back(session: ViewerSession, one: Submission) -> None:
    """The network lets not everybody read it any more. Raises NotAllowed, Refused where it is not published."""
    require(policy.coordinates(session.viewer, one.track))
    row = published.of_network(session, one.id)
    if row is None:
        raise Refused(_("This is not published any more."))
    close(session, one)
    record(session, "publication taken back", one.process, one.track, one, number=one.symbol)


def close(session: ViewerSession, one: Submission) -> None:
    """What the network let everybody read of a submission is there no more, and its answers are read by who read them
    before."""
    row = published.of_network(session, one.id)
    if row is not None:
        for each in (row, *published.replies_of(session, [one.id])):
            session.delete(each)
        session.flush()
        _settle(session, one)


def publish_answer(session: ViewerSession, answer: SubmissionAnswer) -> None:
    """Whose answer it is lets everybody read it. Raises NotAllowed; Refused where it tells of others, or was published
    already."""
    require(policy.may_publish_answer(session.viewer, answer))
    one = answer.submission
    assert one is not None  # who may publish reads it
    assert answer.given_at is not None
    if published.of_answer(session, answer.id) is not None:
        raise Refused(_("This was published already."))
    if told_of(session, answer):
        raise Refused(
            _("This answer tells of another participant. What everybody reads tells of nobody but whose answer it is.")
        )
    process, government = answer.process, answer.track
    made = PublishedAnswer(
        process_id=process.id, track_id=government.id, submission_id=one.id, answer_id=answer.id,
        participant_id=answer.participant_id, says=answer.says, words=answer.words, agreed_on=answer.agreed_on,
        agreed_word=answer.agreed_word, given_on=_day(answer.given_at, process), published_at=clock.now(),
    )  # fmt: skip
    attach(session, made, [_waiting(session, process, one.track)], container=process)
    session.flush()
    record(session, "answer published", process, government, answer, number=one.symbol)
    _settle(session, one)
    if published.of_network(session, one.id) is not None:
        write_to_office(
            session, BY_BOTH, process.id, one.track_id, once=str(made.id), submission=one.id, answer=answer.id
        )


def take_answer_back(session: ViewerSession, answer: SubmissionAnswer) -> None:
    """Whose answer it is lets not everybody read it any more. Raises NotAllowed, Refused where it is not published."""
    require(policy.answers_for(session.viewer, answer) and answer.submission is not None)
    assert answer.submission is not None
    row = published.of_answer(session, answer.id)
    if row is None:
        raise Refused(_("This is not published any more."))
    session.delete(row)
    session.flush()
    record(session, "publication taken back", answer.process, answer.track, answer)
    _settle(session, answer.submission)


def _day(moment: datetime, process: Process) -> date:
    return moment.astimezone(ZoneInfo(process.zone)).date()


def _waiting(session: ViewerSession, process: Process, network: Track) -> Clause:
    """Who reads what one side alone has published: who reads what it is of."""
    return circles.across(process, network, queries.government_of(session, process.id))


def _settle(session: ViewerSession, one: Submission) -> None:
    """Everybody reads both, or neither; a reply with the answer it is to. With all eyes: each side moves what the other
    published."""
    process, network = one.process, one.track
    waiting = _waiting(session, process, network)
    with system_access(session, Reason.LABELLING) as system:
        of_network = select(PublishedSubmission).where(PublishedSubmission.submission_id == one.id)
        of_answers = select(PublishedAnswer).where(PublishedAnswer.submission_id == one.id)
        said = system.scalars(of_network).all()
        answered = system.scalars(of_answers.order_by(PublishedAnswer.id)).all()
        both = bool(said and answered)
        there = {each.answer_id for each in answered}
        pair: list[Labelled] = [*said, *answered]
        rows = [(each, both) for each in pair]
        rows += [(each, both and each.answer_id in there) for each in published.replies_of(system, [one.id])]
        for row, is_public in rows:
            why = "published by both sides" if is_public else "not published by both sides any more"
            relabel(system, row, [clauses.public(process) if is_public else waiting], why=why)
        system.flush()
