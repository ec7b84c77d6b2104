"""Making a meeting, changing it, announcing it, calling it off, and telling those invited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.core.hours import HourProblem, hour_problem, is_zone
from secretariat.core.labelling import attach, label_value, relabel, renew
from secretariat.core.labels import Clause, LabelValue
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import ViewerSession
from secretariat.mail import outbox
from secretariat.meetings import policy, queries
from secretariat.meetings.models import (
    AttributionRule,
    JoinLink,
    Meeting,
    MeetingNotice,
    MeetingState,
    Sitting,
)
from secretariat.meetings.service.busy import follow_meeting
from secretariat.meetings.service.guests import follow_guests
from secretariat.meetings.service.inviting import ask_anew
from secretariat.meetings.service.notes import check_rule
from secretariat.meetings.service.record import for_secretariat, record
from secretariat.processes import clauses as clauses_of
from secretariat.processes.models import Body, BodyMembershipRule, Process, Track

LONGEST_DAYS = 31
"""Days a meeting may last: beyond it the year was mistyped."""


class Readers(StrEnum):
    """The usual readers of a meeting."""

    BODY = "body"  # members of the body; where it has no membership of its own, the process's members
    MEMBERS = "members"
    PARTICIPANTS = "participants"


class NoticeReaders(StrEnum):
    """Who may know that a meeting takes place: title, days and place."""

    SAME = "same"
    PARTICIPANTS = "participants"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What the form of a meeting says.

    `begins` and `ends` are the hours of each day, `last_ends` that of the last day where it differs; without them only
    the days are known. `readers` are those of a new meeting, by name or as clauses; afterwards its label is changed on
    the page made for that, with a reason.
    """

    title: LocalText
    starts_on: date
    ends_on: date
    zone: str
    begins: time | None = None
    ends: time | None = None
    last_ends: time | None = None
    place: LocalText | None = None
    is_online: bool = False
    join_address: str = ""
    host_id: UUID | None = None
    host_text: str = ""
    languages: Sequence[str] = ()
    attribution: AttributionRule = AttributionRule.CHATHAM_HOUSE
    readers: Readers | frozenset[Clause] = Readers.MEMBERS
    notice: NoticeReaders = NoticeReaders.SAME

    @property
    def sittings(self) -> list[tuple[date, time, time]]:
        """A sitting a day, where hours are known."""
        if self.begins is None or self.ends is None:
            return []
        last = self.last_ends or self.ends
        return [(on, self.begins, last if on == self.ends_on else self.ends) for on in self.days]

    @property
    def days(self) -> list[date]:
        return [self.starts_on + timedelta(days=ahead) for ahead in range((self.ends_on - self.starts_on).days + 1)]


def check_particulars(particulars: Particulars) -> None:
    """Raises Refused where days, hours or zone cannot be: the first thing in the way."""
    if particulars.ends_on < particulars.starts_on:
        raise Refused(_("The last day lies before the first; give the same day or a later one"), "ends_on")
    if (particulars.ends_on - particulars.starts_on).days >= LONGEST_DAYS:
        raise Refused(_("That would be more than a month; check the year of the last day"), "ends_on")
    if not is_zone(particulars.zone):
        raise Refused(_("There is no such time zone; choose the place whose time it is"), "zone")
    if particulars.begins is not None and particulars.ends is None:
        raise Refused(_("Give the hour at which each day ends, for example 17:00"), "ends")
    if particulars.begins is None and (particulars.ends is not None or particulars.last_ends is not None):
        raise Refused(_("Give the hour at which each day begins, for example 09:00"), "begins")
    for field in ("ends", "last_ends"):
        end: time | None = getattr(particulars, field)
        if end is not None and particulars.begins is not None and end <= particulars.begins:
            raise Refused(_("The day would end before it begins; give a later hour"), field)
    for field, wall in _walls(particulars):
        problem = hour_problem(wall, particulars.zone)
        if problem is not None:
            raise Refused(_hour_in_words(problem), field)


def _hour_in_words(problem: HourProblem) -> str:
    if problem is HourProblem.SKIPPED:
        return _("On one of these days the clocks there pass over this hour; give another")
    return _("On one of these days this hour comes twice there, as the clocks are set back; give another")


def _walls(particulars: Particulars) -> Iterator[tuple[str, datetime]]:
    for on, begins, ends in particulars.sittings:
        yield "begins", datetime.combine(on, begins)
        field = "last_ends" if particulars.last_ends is not None and on == particulars.ends_on else "ends"
        yield field, datetime.combine(on, ends)


# --- verbs --------------------------------------------------------------------------------------------------------


def schedule_meeting(
    session: ViewerSession, process: Process, track: Track, particulars: Particulars, *, body: Body | None = None
) -> Meeting:
    """A new meeting: a draft, which the secretariat alone reads until it is announced.

    Raises NotAllowed, and Refused where days or hours cannot be.
    """
    if not policy.may_schedule(session.viewer, track.id):
        raise NotAllowed
    check_particulars(particulars)
    meeting = Meeting(process=process, track=track, body=body, state=MeetingState.DRAFT)
    _write(meeting, particulars)
    own = [*_readers(meeting, particulars.readers), for_secretariat(process, track)]
    attach(session, meeting, own, container=body or process)
    session.flush()
    _write_sittings(session, meeting, particulars)
    _write_join_link(session, meeting, particulars.join_address)
    _write_notice(session, meeting, particulars.notice)
    record(session, "meeting scheduled", meeting, state=meeting.state.value)
    session.flush()
    return meeting


def change_meeting(session: ViewerSession, meeting: Meeting, particulars: Particulars) -> int:
    """Change what the form says; those invited are told where their calendars must be. How many mails will leave.

    Raises NotAllowed, Refused.
    """
    if not policy.may_change(session.viewer, meeting):
        raise NotAllowed
    check_particulars(particulars)
    check_rule(session, meeting, particulars.attribution)
    told = _told_to_calendars(meeting)
    _write(meeting, particulars)
    changed = session.is_modified(meeting)
    _write_sittings(session, meeting, particulars)
    _write_join_link(session, meeting, particulars.join_address)
    session.flush()
    session.expire(meeting, ["sittings", "join_link"])
    moved = _told_to_calendars(meeting) != told
    if moved:
        meeting.sequence += 1
        session.flush()
    if moved or changed:  # who has left keeps no meeting that tells of new days, or of where one joins it
        renew(session, meeting, why="meeting changed")
    _write_notice(session, meeting, particulars.notice)
    record(session, "meeting changed", meeting, moved=moved)
    session.flush()
    follow_meeting(session, meeting)
    guests = follow_guests(session, meeting)
    tells = moved and meeting.is_live and not meeting.is_over(clock.today(meeting.zone or "UTC"))
    return guests + (_tell(session, meeting, "meeting_changed") if tells else 0)


def announce_meeting(session: ViewerSession, meeting: Meeting) -> int:
    """Let its readers see it. A postponed meeting goes again to those who were invited; how many mails will leave.

    Raises NotAllowed; Refused for a meeting whose last day is over, which is entered as held.
    """
    if not policy.may_announce(session.viewer, meeting):
        raise NotAllowed
    if meeting.is_over(clock.today(meeting.zone or "UTC")):
        raise Refused(
            _("The last day of this meeting is over, so it is not announced as one to come; enter it as held"),
            "ends_on",
        )
    again = meeting.state is MeetingState.POSTPONED
    meeting.state = MeetingState.ANNOUNCED
    meeting.state_word = None
    meeting.announced_at = clock.now()
    if again:
        meeting.sequence += 1
    _open_to_readers(session, meeting, "meeting announced")
    if again:
        ask_anew(session, meeting)
    record(session, "meeting announced", meeting)
    session.flush()
    follow_meeting(session, meeting)
    guests = follow_guests(session, meeting)
    return guests + (_tell(session, meeting, "meeting_changed") if again else 0)


def enter_as_held(session: ViewerSession, meeting: Meeting) -> None:
    """A meeting that was over before anybody entered it, or before its new days were: its readers see it from now on.
    Nobody is written to, and nothing that is done before a meeting is expected of it any more.

    Raises NotAllowed.
    """
    if not policy.may_enter_as_held(session.viewer, meeting, clock.today(meeting.zone or "UTC")):
        raise NotAllowed
    meeting.state, meeting.state_word = MeetingState.HELD, None
    _open_to_readers(session, meeting, "meeting entered as held")
    record(session, "meeting entered as held", meeting)
    session.flush()
    follow_meeting(session, meeting)


def _open_to_readers(session: ViewerSession, meeting: Meeting, why: str) -> None:
    """Meeting and notice lose what kept them with the secretariat."""
    notice = _notice(session, meeting)
    like_the_meeting = notice is not None and notice_readers_of(session, meeting) is NoticeReaders.SAME
    renew(session, meeting, why=why, without=_draft_of(session, meeting, meeting))
    if notice is None:
        return
    _copy_to_notice(meeting, notice)
    if like_the_meeting:
        _let_notice_follow(session, meeting, notice, why)
    else:
        renew(session, notice, why=why, without=_draft_of(session, meeting, notice))


def call_off_meeting(session: ViewerSession, meeting: Meeting, state: MeetingState, word: LocalText | None) -> int:
    """Postpone or cancel; the entry leaves the calendars of those invited. How many mails will leave.

    Raises NotAllowed; ValueError for another state.
    """
    if state not in (MeetingState.POSTPONED, MeetingState.CANCELLED):
        raise ValueError(f"a meeting is postponed or cancelled, not called off as {state}")
    if not policy.may_call_off(session.viewer, meeting):
        raise NotAllowed
    known = meeting.announced_at is not None
    meeting.state, meeting.state_word = state, word
    meeting.sequence += 1
    notice = _notice(session, meeting)
    if notice is not None:
        notice.state = state
    record(session, f"meeting {state.value}", meeting)
    session.flush()
    for said in (meeting, notice):
        if said is not None:
            renew(session, said, why=f"meeting {state.value}")
    follow_meeting(session, meeting)
    guests = follow_guests(session, meeting)
    return guests + (_tell(session, meeting, "meeting_called_off") if known else 0)


def people_told(session: ViewerSession, meeting: Meeting) -> list[queries.Contact]:
    """Who receives a mail when the meeting changes: focal points and alternates of those invited, as of today."""
    invited = queries.invited_participants(session, meeting.id)
    return queries.contacts_of(session, meeting.process_id, meeting.track_id, clock.today(), invited)


def _tell(session: ViewerSession, meeting: Meeting, notice: str) -> int:
    """One mail to each. It knows the state it tells of: where that is another when it leaves, a later mail says so."""
    told = people_told(session, meeting)
    for one in told:
        outbox.put(
            session,
            notice,
            key=f"{notice}:{meeting.id}:{meeting.sequence}:{one.person}:{one.hat}",
            process=meeting.process,
            track=meeting.track,
            person=one.person,
            hat=one.hat,
            subject={
                "meeting": meeting.id,
                "sequence": meeting.sequence,
                "state": meeting.state.value,
                "alternate": one.is_alternate,
            },
        )
    return len(told)


# --- parts --------------------------------------------------------------------------------------------------------


def _write(meeting: Meeting, particulars: Particulars) -> None:
    meeting.title = particulars.title
    meeting.starts_on = PartialDate.parse(particulars.starts_on)
    meeting.ends_on = PartialDate.parse(particulars.ends_on)
    meeting.zone = particulars.zone
    meeting.place = particulars.place
    meeting.is_online = particulars.is_online or bool(particulars.join_address)
    meeting.host_id = particulars.host_id
    meeting.host_text = particulars.host_text
    meeting.languages = list(particulars.languages)
    meeting.attribution = particulars.attribution


def _write_sittings(session: ViewerSession, meeting: Meeting, particulars: Particulars) -> None:
    wanted = [(*sitting, particulars.zone) for sitting in particulars.sittings]
    present = list(meeting.sittings)
    for sitting, (on, begins, ends, zone) in zip(present, wanted, strict=False):
        sitting.day, sitting.begins, sitting.ends, sitting.zone = on, begins, ends, zone
    for on, begins, ends, zone in wanted[len(present) :]:
        attach(session, Sitting(meeting_id=meeting.id, day=on, begins=begins, ends=ends, zone=zone), container=meeting)
    for sitting in present[len(wanted) :]:
        session.delete(sitting)


def _write_join_link(session: ViewerSession, meeting: Meeting, address: str) -> None:
    link = meeting.join_link
    if link is None and address:
        attach(session, JoinLink(meeting_id=meeting.id, address=address), container=meeting)
    elif link is not None and address:
        link.address = address
    elif link is not None:
        session.delete(link)


def _notice(session: Session, meeting: Meeting) -> MeetingNotice | None:
    return queries.notice_of(session, meeting.id)


def _write_notice(session: ViewerSession, meeting: Meeting, readers: NoticeReaders) -> None:
    notice = _notice(session, meeting)
    draft = _draft_clauses(meeting)
    if readers is NoticeReaders.SAME:
        # One that others have read is not taken away but comes under the meeting's own readers.
        if notice is not None:
            _copy_to_notice(meeting, notice)
            _let_notice_follow(session, meeting, notice, "readers of the notice changed")
        return
    clauses = [_notice_readers(meeting, readers), *draft]
    if notice is None:
        notice = MeetingNotice(
            process_id=meeting.process_id,
            track_id=meeting.track_id,
            body_id=meeting.body_id,
            meeting_id=meeting.id,
            title=meeting.title,
            state=meeting.state,
        )
        _copy_to_notice(meeting, notice)
        attach(session, notice, clauses, container=meeting.process)
        return
    _copy_to_notice(meeting, notice)
    relabel(session, notice, clauses, why="readers of the notice changed")


def _copy_to_notice(meeting: Meeting, notice: MeetingNotice) -> None:
    notice.title, notice.place, notice.is_online = meeting.title, meeting.place, meeting.is_online
    notice.starts_on, notice.ends_on = meeting.starts_on, meeting.ends_on
    notice.state = meeting.state


def _told_to_calendars(meeting: Meeting) -> tuple[object, ...]:
    """What stands in the calendars of those invited."""
    hours = tuple((one.day, one.begins, one.ends, one.zone) for one in meeting.sittings)
    link = meeting.join_link.address if meeting.join_link else ""
    place = meeting.place or LocalText.of("")
    return (meeting.title, meeting.starts_on, meeting.ends_on, hours, place, meeting.is_online, link)


# --- readers ------------------------------------------------------------------------------------------------------


def notice_readers_offered(process: Process) -> list[NoticeReaders]:
    """The public may know of meetings once the members have agreed to a public page."""
    return [one for one in NoticeReaders if one is not NoticeReaders.PUBLIC or process.public_page]


def notice_readers_of(session: ViewerSession, meeting: Meeting) -> NoticeReaders:
    """The choice that stands behind the label of the meeting's notice."""
    notice = _notice(session, meeting)
    if notice is None or notice.own_label_id is None:
        return NoticeReaders.SAME
    own = label_value(session, notice.own_label_id).clauses
    shown = own - set(_draft_of(session, meeting, notice))
    for choice in (NoticeReaders.PUBLIC, NoticeReaders.PARTICIPANTS):
        if clauses_of.same(shown, [_notice_readers(meeting, choice)]):
            return choice
    return NoticeReaders.SAME


def _readers(meeting: Meeting, readers: Readers | frozenset[Clause]) -> frozenset[Clause]:
    if isinstance(readers, Readers):
        return frozenset({_clause(meeting.process, meeting.track, meeting.body, readers)})
    return readers


def _clause(process: Process, track: Track, body: Body | None, readers: Readers) -> Clause:
    if readers is Readers.PARTICIPANTS:
        return clauses_of.participants_of(process, track)
    if readers is Readers.BODY and body is not None and body.membership is BodyMembershipRule.OWN:
        return clauses_of.members_of(process, track, body=body)
    return clauses_of.members_of(process, track)


def _notice_readers(meeting: Meeting, readers: NoticeReaders) -> Clause:
    if readers is NoticeReaders.PUBLIC:
        return clauses_of.public(meeting.process)
    return clauses_of.participants_of(meeting.process, meeting.track)


def _draft_clauses(meeting: Meeting) -> list[Clause]:
    """What keeps a meeting with its secretariat until it is announced, also where it was called off before."""
    return [for_secretariat(meeting.process, meeting.track)] if meeting.announced_at is None else []


def held_back(_session: Session, meeting: Meeting) -> frozenset[Clause]:
    """What a draft carries beside its label."""
    return frozenset(_draft_clauses(meeting))


def notice_follows(session: Session, meeting: Meeting, before: LabelValue) -> None:
    """A notice that was for the meeting's readers alone still is, whoever they are; busy days follow, and guests."""
    follow_meeting(session, meeting)
    follow_guests(session, meeting)
    notice = _notice(session, meeting)
    if notice is not None and clauses_of.same(label_value(session, notice.label_id).clauses, before.clauses):
        _let_notice_follow(session, meeting, notice, "the label of the meeting changed")


def _let_notice_follow(session: Session, meeting: Meeting, notice: MeetingNotice, why: str) -> None:
    relabel(session, notice, label_value(session, meeting.label_id).clauses, why=why)


def _draft_of(session: Session, meeting: Meeting, thing: Meeting | MeetingNotice) -> list[Clause]:
    """The clause that keeps a draft with its secretariat. Where a thing has no other it is no draft's but its label."""
    own = label_value(session, thing.own_label_id or thing.label_id).clauses
    kept = for_secretariat(meeting.process, meeting.track)
    draft = [one for one in own if clauses_of.same([one], [kept])]
    return draft if len(own) > len(draft) else []
