"""The calendar file of a feed: each meeting as one reader may have it, with the UID it has in invitations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time
from uuid import UUID

from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.meetings.calendar_entry import Entry, Hours, Method, Who, collection
from secretariat.meetings.calendar_file import entry_of
from secretariat.meetings.joint_models import JointNotice
from secretariat.meetings.models import Meeting, MeetingNotice
from secretariat.meetings.words import first_and_last, place_in_words


def feed_file(
    name: str,
    meetings: Iterable[Meeting],
    notices: Iterable[MeetingNotice],
    joint: Iterable[JointNotice] = (),
    *,
    page_of: Callable[[UUID], str],
    page_of_joint: Callable[[UUID], str],
    sender: str,
    private: bool,
) -> bytes:
    """The file, in the language and by the clock of its reader. All meetings and notices have their days."""
    entries = [_of_meeting(one, page_of(one.id), sender, private=private) for one in meetings]
    entries += [_of_notice(one, sender, private=private) for one in notices]
    entries += [_of_both_sides(one, page_of_joint(one.id), sender, private=private) for one in joint]
    return collection(entries, Method.PUBLISH, name)


def _of_meeting(meeting: Meeting, page: str, sender: str, *, private: bool) -> Entry:
    acronym = meeting.process.acronym if meeting.process is not None else ""
    stamp = meeting.announced_at or _at_its_days(meeting)
    return entry_of(meeting, page=page, acronym=acronym, sender=sender, lines=[page], private=private, stamp=stamp)


def _of_notice(notice: MeetingNotice, sender: str, *, private: bool) -> Entry:
    """Title, days and place. Its UID is its own: whoever reads the notice alone knows no key of the meeting."""
    days = first_and_last(notice)
    assert days is not None
    acronym = notice.process.acronym if notice.process is not None else ""
    return Entry(
        uid=str(notice.id),
        sequence=notice.version,
        stamp=_at_its_days(notice),
        title=local_text(notice.title),
        language=notice.title.in_language(current_reading().language.code)[1],
        first_day=days[0],
        last_day=days[1],
        hours=(),
        place=place_in_words(notice),
        description="",
        address="",
        organizer=Who(_("%(process)s, Secretariat", process=acronym), sender),
        attendee=None,
        private=private,
    )


def _of_both_sides(notice: JointNotice, page: str, sender: str, *, private: bool) -> Entry:
    """A session both sides of a wall hold together, as one side is told of it: the notice of the other has a UID of its
    own. One that was called off stays, crossed out, so that nobody comes."""
    return Entry(
        uid=str(notice.id),
        sequence=notice.sequence,
        stamp=datetime.combine(notice.held_on, time(), UTC),
        title=local_text(notice.title),
        language=notice.title.in_language(current_reading().language.code)[1],
        first_day=notice.held_on,
        last_day=notice.held_on,
        hours=(Hours(notice.begins_wall, notice.ends_wall, notice.zone),),
        place=local_text(notice.place) if notice.place else "",
        description=page,
        address=page,
        organizer=Who(_("%(process)s, Secretariat", process=notice.process.acronym), sender),
        attendee=None,
        private=private,
        is_called_off=notice.called_off_at is not None,
    )


def _at_its_days(one: Meeting | MeetingNotice) -> datetime:
    """A stamp that stays the same from one fetching to the next, so that an unchanged feed is the same bytes."""
    days = first_and_last(one)
    assert days is not None
    return datetime.combine(days[0], time(), UTC)
