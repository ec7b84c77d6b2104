"""Inviting participants through their focal points, and what they answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from secretariat.core import clock, events
from secretariat.core.labelling import attach, renew
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import SystemSession, ViewerSession
from secretariat.mail import outbox
from secretariat.meetings import policy, queries
from secretariat.meetings.models import (
    Answer,
    Attendance,
    Delegate,
    DelegateNeeds,
    DelegateRole,
    Invitation,
    Meeting,
    MeetingState,
)
from secretariat.meetings.service.listing import delegate_readers, forget_letter, invitation_readers, own_list
from secretariat.meetings.service.record import record

CLOSED = "meeting closed"
"""The event of this name."""
DELEGATES_KEPT_DAYS = 730
"""Names of delegates are kept for two years after the meeting: for its report and the next one's continuity."""


@dataclass(frozen=True, slots=True)
class Invited:
    """What inviting did: how many participants, how many mails will leave, and who has nobody to write to."""

    participants: int
    mails: int
    without_contact: tuple[UUID, ...]


def invite(
    session: ViewerSession, meeting: Meeting, participants: Collection[UUID], *, answer_by: date | None = None
) -> Invited:
    """Invite participants with the standing they have today; one mail to each focal point, alternates get their own.

    Raises NotAllowed; Refused where a participant cannot be invited or the day for answers lies after the meeting.
    """
    if not policy.may_invite(session.viewer, meeting):
        raise NotAllowed
    check_day(meeting, answer_by)
    today = clock.today()
    offered = {one.participant: one for one in queries.invitable(session, meeting, today)}
    if not set(participants) <= set(offered):
        raise Refused(_("One of those chosen can no longer be invited; look through the list again"), "chosen")
    own_list(session, meeting)
    made = {key: _invitation(session, meeting, offered[key], answer_by) for key in sorted(set(participants), key=str)}
    contacts = queries.contacts_of(session, meeting.process_id, meeting.track_id, today, made)
    is_past = not meeting.is_live or meeting.is_over(clock.today(meeting.zone or "UTC"))
    told = [] if is_past else contacts  # who came is noted; nobody is asked
    for contact in told:
        invitation = made[contact.participant]
        outbox.put(
            session,
            "meeting_invitation",
            key=f"meeting_invitation:{invitation.id}:{contact.person}",
            process=meeting.process,
            track=meeting.track,
            person=contact.person,
            hat=contact.hat,
            subject={"meeting": meeting.id, "invitation": invitation.id, "alternate": contact.is_alternate},
        )
    record(session, "participants invited", meeting, participants=[str(one) for one in made])
    session.flush()
    reached = {one.participant for one in contacts}
    return Invited(len(made), len(told), tuple(one for one in made if one not in reached))


def check_day(meeting: Meeting, answer_by: date | None) -> None:
    """Raises Refused for a day by which no answer can be asked for."""
    if answer_by is None or meeting.ends_on is None:
        return
    if answer_by > meeting.ends_on.last_day:
        raise Refused(_("That day lies after the meeting; give one before it ends"), "answer_by")
    if answer_by < clock.today(meeting.zone or "UTC"):
        raise Refused(_("That day is past; give one to come"), "answer_by")


def _invitation(session: ViewerSession, meeting: Meeting, one: queries.Invitable, answer_by: date | None) -> Invitation:
    invitation = Invitation(
        meeting_id=meeting.id,
        participant_id=one.participant,
        standing=one.standing,
        invited_at=clock.now(),
        answer_by=answer_by,
    )
    attach(session, invitation, invitation_readers(session, meeting, one.participant), container=meeting)
    session.flush()
    return invitation


def ask_anew(session: ViewerSession, meeting: Meeting) -> None:
    """A postponed meeting has its new days: what was answered was answered for others, so all who were invited are
    asked from now on, and no day of before is due."""
    for one in queries.invitations_of(session, meeting.id):
        one.invited_at, one.answer = clock.now(), Answer.AWAITED
        forget_noted(session, one)
        one.answer_by = one.will_answer_by = one.persons = one.answered_at = one.answered_by_id = None
        _forget_all(session, one)
        renew(session, one, why="meeting announced again")


# --- answers ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a focal point answers. `persons` counts the whole delegation; the head is named, or not yet."""

    answer: Answer
    persons: int | None = None
    head_name: str = ""
    head_function: str = ""
    head_ministry: str = ""
    will_answer_by: date | None = None


def answer_invitation(session: ViewerSession, invitation: Invitation, reply: Reply) -> None:
    """Keep a participant's own answer; a later one takes its place until the meeting.

    Raises NotAllowed; Refused where the meeting is called off or over, or the day named is past or too late.
    """
    meeting = invitation.meeting
    if not policy.may_answer(session.viewer, invitation, meeting):
        raise NotAllowed
    check_answerable(meeting)
    check_reply(meeting, reply)
    _check_head(invitation, reply)
    invitation.answer = reply.answer
    invitation.persons = reply.persons if reply.answer is Answer.ATTENDS else None
    invitation.will_answer_by = reply.will_answer_by if reply.answer is Answer.WILL_ANSWER else None
    invitation.answered_at = clock.now()
    invitation.answered_by_id = session.viewer.person
    _write_head(session, invitation, reply)
    forget_noted(session, invitation)
    record(
        session,
        "invitation answered",
        meeting,
        invitation,
        participant=invitation.participant_id,
        answer=reply.answer.value,
    )
    session.flush()
    renew(session, invitation, why="invitation answered")


def forget_noted(session: ViewerSession, invitation: Invitation) -> None:
    """What was noted after a call is past, once the participant has answered itself."""
    if invitation.noted is not None:
        session.delete(invitation.noted)
        session.flush()
        session.expire(invitation, ["noted"])


def check_answerable(meeting: Meeting) -> None:
    """Raises Refused, saying why an answer would mean nothing any more."""
    if meeting.state is MeetingState.CANCELLED:
        raise Refused(_("This meeting was cancelled; no answer is needed any more"))
    if meeting.state is MeetingState.POSTPONED:
        raise Refused(_("This meeting was postponed; you will be asked again when the new days are known"))
    if not policy.is_open_for_answers(meeting, clock.today(meeting.zone or "UTC")):
        raise Refused(_("This meeting is over; an answer is no longer needed"))


def check_reply(meeting: Meeting, reply: Reply) -> None:
    """Raises Refused for what is no answer, and for a day that is past or too late."""
    if reply.answer is Answer.AWAITED:
        raise Refused(_("Choose one of the answers"), "answer")
    if reply.answer is Answer.WILL_ANSWER:
        if reply.will_answer_by is None:
            raise Refused(_("Give the day by which you will know"), "will_answer_by")
        if reply.will_answer_by < clock.today(meeting.zone or "UTC"):
            raise Refused(_("That day is past; give one to come"), "will_answer_by")
        if meeting.ends_on is not None and reply.will_answer_by > meeting.ends_on.last_day:
            raise Refused(_("That day lies after the meeting; give one before it ends"), "will_answer_by")


def plain_name(name: str) -> str:
    """A name as it is compared with others: a second blank or another case make no other person."""
    return " ".join(name.casefold().split())


def _check_head(invitation: Invitation, reply: Reply) -> None:
    if reply.answer is not Answer.ATTENDS or not reply.head_name:
        return
    others = (one for one in invitation.delegates if one.role is not DelegateRole.HEAD)
    if any(plain_name(one.name) == plain_name(reply.head_name) for one in others):
        raise Refused(_("This person is already in the delegation; make them its head there"), "head_name")


def _write_head(session: ViewerSession, invitation: Invitation, reply: Reply) -> None:
    head = invitation.head
    if reply.answer is not Answer.ATTENDS:
        _forget_all(session, invitation)
        return
    if not reply.head_name:
        if head is not None:
            _forget(session, [head])
            session.expire(invitation, ["delegates"])
        return
    if head is None:
        head = Delegate(invitation_id=invitation.id, role=DelegateRole.HEAD, name=reply.head_name)
        head.ends_on = kept_until(invitation.meeting)
        attach(session, head, delegate_readers(session, invitation), container=invitation)
    elif plain_name(head.name) != plain_name(reply.head_name):
        head.is_by_letter = False  # the letter named somebody else
    head.name, head.function, head.ministry = reply.head_name, reply.head_function, reply.head_ministry
    session.flush()
    session.expire(invitation, ["delegates"])


def _forget_all(session: ViewerSession, invitation: Invitation) -> None:
    """A name that is no longer to come is not kept."""
    _forget(session, list(invitation.delegates))
    forget_letter(invitation)
    session.expire(invitation, ["delegates"])


def _forget(session: ViewerSession, delegates: list[Delegate]) -> None:
    for one in delegates:
        if one.needs is not None:
            session.delete(one.needs)
    session.flush()
    for one in delegates:
        session.delete(one)
    session.flush()


def forget_delegates(system: SystemSession) -> int:
    """Take away the persons named for meetings whose time has come; how many. That a delegation came stays."""
    ended = list(system.scalars(select(Delegate).where(Delegate.ends_on <= clock.today())))
    for needs in system.scalars(select(DelegateNeeds).where(DelegateNeeds.delegate_id.in_([one.id for one in ended]))):
        system.delete(needs)
    system.flush()
    for one in ended:
        system.delete(one)
    system.flush()
    return len(ended)


def kept_until(meeting: Meeting) -> date:
    """The day on which the names of its delegates go."""
    last = meeting.ends_on.last_day if meeting.ends_on else clock.today()
    return date.fromordinal(last.toordinal() + DELEGATES_KEPT_DAYS)


# --- attendance ---------------------------------------------------------------------------------------------------


def record_attendance(session: ViewerSession, meeting: Meeting, attendance: dict[UUID, Attendance | None]) -> None:
    """Note who was at the table, by invitation; the meeting was held. By delegation, never by item or person.

    Raises NotAllowed; Refused before the meeting has begun.
    """
    if not policy.may_record_attendance(session.viewer, meeting):
        raise NotAllowed
    if meeting.starts_on is None or meeting.starts_on.first_day > clock.today(meeting.zone or "UTC"):
        raise Refused(_("The meeting has not begun yet"))
    invitations = {one.id: one for one in queries.invitations_of(session, meeting.id)}
    noted = [(invitations[key], how) for key, how in attendance.items() if key in invitations]
    for one, how in noted:
        if one.attendance != how:
            one.attendance = how
            session.flush()
            renew(session, one, why="attendance recorded")
    meeting.state = MeetingState.HELD
    notice = queries.notice_of(session, meeting.id)
    if notice is not None:
        notice.state = MeetingState.HELD
    record(session, "attendance recorded", meeting)
    session.flush()


def close_meeting(session: ViewerSession, meeting: Meeting) -> None:
    """Nothing more is expected of this meeting. Raises NotAllowed."""
    if not policy.may_keep(session.viewer, meeting) or meeting.state is not MeetingState.HELD:
        raise NotAllowed
    meeting.state = MeetingState.CLOSED
    record(session, CLOSED, meeting)
    session.flush()
    events.happened(session, CLOSED, meeting.id)
