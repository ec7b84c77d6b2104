"""Answers taken by telephone: noted by the secretariat, confirmed by the focal point, counted from then on."""

from __future__ import annotations

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import ViewerSession
from secretariat.mail import outbox
from secretariat.meetings import policy, queries
from secretariat.meetings.models import Invitation, NotedAnswer
from secretariat.meetings.service.inviting import Reply, answer_invitation, check_answerable, check_reply
from secretariat.meetings.service.record import record
from secretariat.processes import clauses as clauses_of


def note_answer(session: ViewerSession, invitation: Invitation, reply: Reply, word: str) -> NotedAnswer:
    """Keep what was said in a call, in place of what was noted before; its focal points receive it to confirm.

    Raises NotAllowed; Refused where an answer would mean nothing, for a participant that has answered itself, and
    without a word on how the answer came.
    """
    meeting = invitation.meeting
    if not policy.may_keep(session.viewer, meeting):
        raise NotAllowed
    check_answerable(meeting)
    check_reply(meeting, reply)
    if not word:
        raise Refused(_("Say how the answer reached you, for example: by telephone"), "word")
    if not invitation.awaits_answer:
        raise Refused(_("This participant has answered itself; its answer stands"))
    if invitation.noted is not None:
        session.delete(invitation.noted)
        session.flush()
        session.expire(invitation, ["noted"])
    noted = NotedAnswer(
        invitation_id=invitation.id,
        answer=reply.answer,
        persons=reply.persons,
        will_answer_by=reply.will_answer_by,
        word=word,
        noted_at=clock.now(),
        noted_by_id=session.viewer.person,
    )
    audience = [clauses_of.participant(invitation.participant_id), clauses_of.secretariat(meeting.track)]
    attach(session, noted, [clauses_of.named(meeting.process, meeting.track, audience=audience)], container=invitation)
    session.flush()
    _tell(session, invitation, noted)
    record(session, "answer noted", meeting, invitation, participant=invitation.participant_id, word=word)
    session.expire(invitation, ["noted"])
    return noted


def _tell(session: ViewerSession, invitation: Invitation, noted: NotedAnswer) -> None:
    meeting, who = invitation.meeting, {invitation.participant_id}
    for one in queries.contacts_of(session, meeting.process_id, meeting.track_id, clock.today(), who):
        outbox.put(
            session,
            "meeting_answer_noted",
            key=f"meeting_answer_noted:{noted.id}:{one.person}",
            process=meeting.process,
            track=meeting.track,
            person=one.person,
            hat=one.hat,
            subject={"meeting": meeting.id, "invitation": invitation.id, "noted": noted.id},
        )


def confirm_noted(session: ViewerSession, invitation: Invitation) -> None:
    """The focal point says that it is right: from now on it is the participant's own answer.

    Raises NotAllowed; Refused where nothing is noted any more, or an answer would mean nothing.
    """
    noted = invitation.noted
    if noted is None:
        raise Refused(_("Nothing is noted that waits for you; please answer here"))
    reply = Reply(answer=noted.answer, persons=noted.persons, will_answer_by=noted.will_answer_by)
    answer_invitation(session, invitation, reply)
