"""The mails of meetings: the invitation, a change, and that a meeting is called off, to participants and to guests at
single items. Each carries its calendar part."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.labelling import label_value
from secretariat.core.labels import Level
from secretariat.core.languages import gettext as _
from secretariat.directory.models import RoleName
from secretariat.directory.queries import KEEPERS, SPEAKING_ROLES
from secretariat.mail import composition, outbox
from secretariat.mail.composition import Later, Letter, Sending
from secretariat.meetings import draft_letters, guest_queries, guest_ties, joint_queries, queries  # noqa: F401 - the mails of what states bring
from secretariat.meetings.calendar_entry import Method, Who
from secretariat.meetings.calendar_file import calendar_file, guest_file
from secretariat.meetings.joint_models import JointState
from secretariat.meetings.models import Invitation, ItemState, MeetingState
from secretariat.meetings.service import joint
from secretariat.meetings.words import days_in_words
from secretariat.processes.names import names_of

INVITATION = "meeting_invitation"
CHANGED = "meeting_changed"
CALLED_OFF = "meeting_called_off"
ANSWER_NOTED = "meeting_answer_noted"
ITEM_ANSWERED = "item_answered"
ITEM_CALL = "item_call"
GUEST_INVITED = "guest_invitation"
GUEST_CHANGED = "guest_changed"
GUEST_CALLED_OFF = "guest_called_off"
REPLY_SCOPE, ITEMS_SCOPE, GUEST_SCOPE = "reply", "items", "guest"
INVITATION_FIRST = timedelta(minutes=1)
"""How long a change waits for an invitation that is being written at the same moment."""
ANSWERING = (*SPEAKING_ROLES, RoleName.COORDINATOR)
"""Who answers for a guest: focal points and alternates of participants, the coordination of a network."""


def invitation(session: Session, sending: Sending) -> Letter | None:
    """To a focal point or alternate: the meeting, and the link to answer. Nothing once it is called off or over."""
    found = queries.invitation_by_id(session, sending.id_of("invitation"))
    if found is None or found.meeting is None or not found.meeting.is_live or found.meeting.is_over(sending.today):
        return None
    return _letter(session, sending, found, _("Invitation to a meeting"), Method.REQUEST)


def changed(session: Session, sending: Sending) -> Letter | None:
    """To those invited: what the meeting looks like now. Nothing where a later change says it again, or the invitation
    that has not left yet, or once it is over."""
    found = _own_invitation(session, sending)
    if found is None or not found.meeting.is_live or found.meeting.sequence != sending.subject["sequence"]:
        return None
    if found.meeting.is_over(sending.today):
        return None
    if _invitation_tells(session, sending, f"{INVITATION}:{found.id}:", found.meeting.sequence):
        return None
    return _letter(session, sending, found, _("Change to a meeting"), Method.REQUEST)


def _invitation_tells(session: Session, sending: Sending, keys: str, sequence: int) -> bool:
    """Whether the invitation itself says what a change would: it was put aside - until an address was confirmed, or
    the relay was back - and both would come in one moment. Raises Later while nobody can say."""
    try:
        return outbox.tells_already(session, keys, sending.person, sequence)
    except LookupError:
        raise Later(clock.now() + INVITATION_FIRST, "the invitation goes first") from None


def called_off(session: Session, sending: Sending) -> Letter | None:
    """To those invited: that it does not take place as announced; the entry leaves their calendars. Nothing of a
    postponement where the meeting was cancelled meanwhile: that has a mail of its own."""
    found = _own_invitation(session, sending)
    if found is None or found.meeting.state not in (MeetingState.CANCELLED, MeetingState.POSTPONED):
        return None
    if found.meeting.state.value != sending.subject.get("state", found.meeting.state.value):
        return None
    subject = _("Meeting cancelled") if found.meeting.state is MeetingState.CANCELLED else _("Meeting postponed")
    return _letter(session, sending, found, subject, Method.CANCEL)


def answer_noted(session: Session, sending: Sending) -> Letter | None:
    """To a focal point or alternate: that the secretariat noted an answer, and the link to confirm it. Nothing once it
    is confirmed, another was noted, or the meeting is called off. What was noted stands on the page alone."""
    found = queries.invitation_by_id(session, sending.id_of("invitation"))
    if found is None or found.meeting is None or not found.meeting.is_live or found.meeting.is_over(sending.today):
        return None
    if found.noted is None or found.noted.id != sending.id_of("noted"):
        return None
    meeting = found.meeting
    names = names_of(session, [found.participant_id], process=meeting.process_id, on=sending.today)
    return sending.letter(
        _("An answer to confirm"),
        level=label_value(session, meeting.label_id).level,
        thread=str(meeting.id),
        meeting=meeting,
        participant=names[found.participant_id],
        days=days_in_words(meeting),
        link=sending.link(REPLY_SCOPE, [found.id]),
        carried=[],
    )


def item_answered(session: Session, sending: Sending) -> Letter | None:
    """To the focal points of whoever proposed an item: what became of it; the words of it stand on the page alone."""
    found = queries.item_proposal(session, sending.id_of("proposal"))
    if found is None or found.meeting is None or found.answered_at is None:
        return None
    meeting = found.meeting
    return sending.letter(
        _("Answer to a proposed item"),
        level=label_value(session, meeting.label_id).level,
        thread=str(meeting.id),
        meeting=meeting,
        is_taken_up=found.state is ItemState.TAKEN_UP,
        days=days_in_words(meeting),
        page=sending.page(f"/meetings/{meeting.id}/proposals/{found.id}"),
        carried=[],
    )


def item_call(session: Session, sending: Sending) -> Letter | None:
    """To a focal point or alternate of a member: that items are asked for, and the link to propose one. Nothing once
    the meeting is called off or over, or its agenda adopted."""
    meeting = queries.meeting_by_id(session, sending.id_of("meeting"))
    if meeting is None or not meeting.is_live or meeting.is_over(sending.today) or meeting.agenda_adopted_at:
        return None
    by = sending.subject.get("by")
    return sending.letter(
        _("Call for agenda items"),
        level=label_value(session, meeting.label_id).level,
        thread=str(meeting.id),
        meeting=meeting,
        days=days_in_words(meeting),
        by=_still_to_come(date.fromisoformat(by) if by else None, sending),
        is_alternate=bool(sending.subject.get("alternate")),
        link=sending.link(ITEMS_SCOPE, [meeting.id]),
        carried=[],
    )


def guest_invited(session: Session, sending: Sending) -> Letter | None:
    """To a guest at single items: which, and the link to answer. Nothing once it is taken back, called off or over."""
    return _guest_letter(session, sending, _("Invitation to a meeting"), Method.REQUEST)


def guest_changed(session: Session, sending: Sending) -> Letter | None:
    """To a guest: what its items look like now. Nothing where a later change says it again, or the invitation."""
    return _guest_letter(session, sending, _("Change to a meeting"), Method.REQUEST)


def guest_called_off(session: Session, sending: Sending) -> Letter | None:
    """To a guest: that it is not awaited any more; the entry leaves its calendar. Nothing where it is again."""
    return _guest_letter(session, sending, _("Not as you were invited"), Method.CANCEL)


def _guest_letter(session: Session, sending: Sending, subject: str, method: Method) -> Letter | None:
    guest = guest_queries.guest_by_id(session, sending.id_of("guest"))
    if guest is None or (sending.notice != GUEST_INVITED and guest.sequence != sending.subject["sequence"]):
        return None
    is_off = guest.withdrawn_at is not None or guest.state in (MeetingState.CANCELLED, MeetingState.POSTPONED)
    if is_off != (method is Method.CANCEL) or (not is_off and guest.state is not MeetingState.ANNOUNCED):
        return None
    if guest.last_on is not None and guest.last_on < sending.today:
        return None
    if sending.notice == GUEST_CHANGED and _invitation_tells(
        session, sending, f"{GUEST_INVITED}:{guest.id}:", guest.sequence
    ):
        return None
    level = label_value(session, guest.label_id).level
    link = sending.link(GUEST_SCOPE, [guest.id]) if method is Method.REQUEST else ""
    page = sending.page(f"/guests/{guest.id}")
    named = names_of(session, [guest.participant_id], process=guest.process_id, on=sending.today)
    attendee = str(named[guest.participant_id]) if guest.participant_id else _("The civil-society network")
    entry = guest_file(
        guest,
        method,
        page=page,
        link=link,
        acronym=sending.process.acronym if sending.process else "",
        sender=sending.settings.mail_sender,
        attendee=Who(attendee, sending.recipient.address),
    )
    return sending.letter(
        subject,
        level=level,
        calendar=entry,
        thread=str(guest.id),
        says=guest.sequence,
        answer_by=_still_to_come(guest.answer_by, sending),
        guest=guest,
        participant=attendee if guest.participant_id else _("the civil-society network"),
        is_alternate=bool(sending.subject.get("alternate")),
        link=link,
        page=page,
        carried=list(guest.items),
        beside=guest_ties.said_beside(session, guest) if guest.network_id is not None else [],
    )


def _still_to_come(day: date | None, sending: Sending) -> date | None:
    """A day by which something is asked for; none once it is past: a mail may have waited, and nobody is late who has
    not had it."""
    return day if day is not None and day >= sending.today else None


def _own_invitation(session: Session, sending: Sending) -> Invitation | None:
    found = queries.own_invitation(session, sending.id_of("meeting"), sending.hat.id)
    return found if found is not None and found.meeting is not None else None


def _letter(session: Session, sending: Sending, found: Invitation, subject: str, method: Method) -> Letter:
    meeting = found.meeting
    level = label_value(session, meeting.label_id).level
    names = names_of(session, [found.participant_id], process=meeting.process_id, on=sending.today)
    page = sending.page(f"/meetings/{meeting.id}")
    lines = [_("Page: %(address)s", address=page)]
    link = ""
    if method is Method.REQUEST:
        link = sending.link(REPLY_SCOPE, [found.id])
        lines.insert(0, _("Answer: %(address)s", address=link))
    attendee = Who(str(names[found.participant_id]), sending.recipient.address)
    entry = calendar_file(
        meeting,
        method,
        page=page,
        acronym=sending.process.acronym if sending.process else "",
        sender=sending.settings.mail_sender,
        lines=lines,
        attendee=attendee,
        answer=found.answer,
        private=level is not Level.PUBLIC,
    )
    return sending.letter(
        subject,
        level=level,
        calendar=entry,
        thread=str(meeting.id),
        says=meeting.sequence,
        answer_by=_still_to_come(found.answer_by, sending),
        meeting=meeting,
        invitation=found,
        participant=names[found.participant_id],
        is_alternate=bool(sending.subject.get("alternate")),
        days=days_in_words(meeting),
        link=link,
        page=page,
        carried=[meeting.join_link] if meeting.join_link is not None and method is Method.REQUEST else [],
    )


def joint_proposed(session: Session, sending: Sending) -> Letter | None:
    """To the office that is asked: a joint session is proposed. Nothing once it has answered, or it was taken back."""
    return _of_joint(session, sending, _("A joint session is proposed"), JointState.PROPOSED)


def joint_answered(session: Session, sending: Sending) -> Letter | None:
    """To the office that proposed it: what the other side says. Its word stands behind sign-in."""
    return _of_joint(session, sending, _("A joint session was answered"), JointState.AGREED, JointState.DECLINED)


def joint_taken_back(session: Session, sending: Sending) -> Letter | None:
    """To the office of the other side: nothing comes of it."""
    return _of_joint(session, sending, _("A joint session was taken back"), JointState.TAKEN_BACK)


def _of_joint(session: Session, sending: Sending, subject: str, *states: JointState) -> Letter | None:
    one = joint_queries.session_by_id(session, sending.id_of("joint"))
    if one is None or one.state not in states:
        return None
    return sending.letter(
        subject,
        thread=str(one.id),
        joint=one,
        agreed=one.state is JointState.AGREED,
        page=sending.page(f"/joint-sessions/{one.id}"),
    )


for _notice, _compose in (
    (joint.PROPOSED, joint_proposed),
    (joint.ANSWERED, joint_answered),
    (joint.TAKEN_BACK, joint_taken_back),
):
    composition.register(_notice, _compose, roles=KEEPERS, across=True)
composition.register(INVITATION, invitation, roles=SPEAKING_ROLES)
composition.register(CHANGED, changed, roles=SPEAKING_ROLES)
composition.register(CALLED_OFF, called_off, roles=SPEAKING_ROLES)
composition.register(ANSWER_NOTED, answer_noted, roles=SPEAKING_ROLES)
composition.register(GUEST_INVITED, guest_invited, roles=ANSWERING, across=True)
composition.register(GUEST_CHANGED, guest_changed, roles=ANSWERING, across=True)
composition.register(GUEST_CALLED_OFF, guest_called_off, roles=ANSWERING, across=True)
composition.register(ITEM_ANSWERED, item_answered, roles=SPEAKING_ROLES)
composition.register(ITEM_CALL, item_call, roles=SPEAKING_ROLES)
